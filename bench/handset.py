"""The carrier's stream side and the caller's handset: sends 20 ms frames in real time, and plays what comes back
through a buffer as the carrier does: in order, with marks returned when reached and all at once on `clear`.
"""

import asyncio
import base64
import json
import secrets
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.sound import Utterance, line_noise, voiced
from voice.speech.framing import FRAME_BYTES, FRAME_S, RATE_HZ
from voice.speech.mulaw import SILENCE

_LATE_S = 0.06


@dataclass(frozen=True, slots=True)
class Sounded:
    """A voiced frame of the line: when it arrived, and when it leaves the play-out buffer."""

    arrived: float
    heard: float


class Handset:
    """One caller's end of a stream. Times are those of the event loop."""

    def __init__(self, socket: ClientConnection, call_sid: str) -> None:
        self._socket = socket
        self._call_sid = call_sid
        self._sid = "MZ" + secrets.token_hex(16)
        self._loop = asyncio.get_running_loop()
        self._began = self._loop.time()
        self._noise = line_noise()
        self._saying: deque[bytes] = deque()
        self._said = asyncio.Event()
        self._marks: deque[tuple[float, str]] = deque()
        self._dry_at = 0.0
        """When the play-out buffer runs dry."""
        self._changed = asyncio.Event()
        self.first_voiced = self.last_voiced = 0.0
        """Of the utterance said last: when its first and last voiced frame were sent."""
        self.sounded: list[Sounded] = []
        self.clears: list[float] = []
        self.closed = asyncio.Event()
        self.close_reason = ""
        """Why the line closed abnormally; empty when it did not."""
        self.frames_sent = self.frames_late = 0
        self.recording = bytearray()

    async def start(self, parameters: Mapping[str, str]) -> None:
        """What the carrier sends first."""
        await self._send({"event": "connected", "protocol": "Call", "version": "1.0.0"})
        start = {
            "accountSid": "AC" + "0" * 32,
            "streamSid": self._sid,
            "callSid": self._call_sid,
            "tracks": ["inbound"],
            "customParameters": dict(parameters),
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": "8000", "channels": "1"},
        }
        await self._send({"event": "start", "sequenceNumber": "1", "streamSid": self._sid, "start": start})

    async def say(self, what: Utterance) -> None:
        """Until its last frame has been sent."""
        self.first_voiced = self.last_voiced = 0.0
        self._said.clear()
        self._saying.extend(what.frames)
        await self._either(self._said)

    async def press(self, digit: str) -> None:
        dtmf = {"track": "inbound_track", "digit": digit}
        await self._send({"event": "dtmf", "sequenceNumber": "1", "streamSid": self._sid, "dtmf": dtmf})

    async def hang_up(self) -> None:
        stop = {"accountSid": "AC" + "0" * 32, "callSid": self._call_sid}
        await self._send({"event": "stop", "sequenceNumber": "1", "streamSid": self._sid, "stop": stop})
        await self._socket.close()

    async def first_after(self, moment: float, within_s: float) -> Sounded | None:
        """The first voiced frame that arrived later than this; None when none comes, or the line closes."""
        try:
            async with asyncio.timeout(within_s):
                while True:
                    found = next((each for each in self.sounded if each.arrived > moment), None)
                    if found or self.closed.is_set():
                        return found
                    self._changed.clear()
                    await self._either(self._changed)
        except TimeoutError:
            return None

    async def quiet(self, gap_s: float) -> None:
        """Until nothing has waited to be played for this long, pauses of the line's own included, or it has closed."""
        while not self.closed.is_set():
            since = self._loop.time() - max(self._began, self._dry_at)
            if since >= gap_s:
                return
            await asyncio.sleep(gap_s - since)

    async def send_frames(self) -> None:
        """The caller's audio, in real time, until the line closes."""
        due = self._loop.time()
        while not self.closed.is_set():
            await asyncio.sleep(max(0.0, due - self._loop.time()))
            self.frames_late += self._loop.time() - due > _LATE_S
            await self._frame()
            await self._return_marks()
            due += FRAME_S

    async def receive(self) -> None:
        """What the line sends, until it closes."""
        try:
            async for raw in self._socket:
                self._take(json.loads(raw))
                self._changed.set()
        except ConnectionClosed as closed:
            self.close_reason = closed.rcvd.reason if closed.rcvd else "lost"
        finally:
            self.closed.set()

    def _take(self, message: Mapping[str, Mapping[str, str]]) -> None:
        now = self._loop.time()
        match message["event"]:
            case "media":
                self._play(base64.b64decode(message["media"]["payload"]), now)
            case "mark":
                self._marks.append((max(now, self._dry_at), message["mark"]["name"]))
            case "clear":
                self.clears.append(now)
                self._dry_at = now
                self._marks = deque((now, name) for _, name in self._marks)
                del self.recording[self._position(now) :]

    def _play(self, mulaw: bytes, now: float) -> None:
        starts = max(now, self._dry_at)
        for offset in range(0, len(mulaw), FRAME_BYTES):
            if voiced(mulaw[offset : offset + FRAME_BYTES]):
                self.sounded.append(Sounded(now, starts + offset / RATE_HZ))
        self._dry_at = starts + len(mulaw) / RATE_HZ
        self.recording.extend(SILENCE * (self._position(starts) - len(self.recording)))
        self.recording.extend(mulaw)

    async def _frame(self) -> None:
        frame = self._saying.popleft() if self._saying else None
        if frame is not None and voiced(frame):
            self.last_voiced = self._loop.time()
            self.first_voiced = self.first_voiced or self.last_voiced
        if frame is not None and not self._saying:
            self._said.set()
        payload = base64.b64encode(frame or self._noise[self.frames_sent % len(self._noise)]).decode()
        self.frames_sent += 1
        chunk = str(self.frames_sent)
        media = {
            "track": "inbound",
            "chunk": chunk,
            "timestamp": str(round(self.frames_sent * FRAME_S * 1000)),
            "payload": payload,
        }
        await self._send({"event": "media", "sequenceNumber": chunk, "streamSid": self._sid, "media": media})

    async def _return_marks(self) -> None:
        while self._marks and self._marks[0][0] <= self._loop.time():
            _, name = self._marks.popleft()
            mark = {"name": name}
            await self._send({"event": "mark", "sequenceNumber": "1", "streamSid": self._sid, "mark": mark})

    def _position(self, moment: float) -> int:
        return round((moment - self._began) * RATE_HZ)

    async def _either(self, event: asyncio.Event) -> None:
        """Until the event, or the line closes."""
        waits = [asyncio.create_task(event.wait()), asyncio.create_task(self.closed.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()

    async def _send(self, message: Mapping[str, object]) -> None:
        try:
            await self._socket.send(json.dumps(message))
        except ConnectionClosed:
            self.closed.set()


@asynccontextmanager
async def on_the_phone(
    url: str, headers: Mapping[str, str], call_sid: str, parameters: Mapping[str, str]
) -> AsyncIterator[Handset]:
    """A handset whose audio runs both ways."""
    async with (
        connect(url, additional_headers=headers, compression=None, max_queue=None, ping_interval=None) as socket,
        asyncio.TaskGroup() as tasks,
    ):
        handset = Handset(socket, call_sid)
        await handset.start(parameters)
        running = [tasks.create_task(handset.send_frames()), tasks.create_task(handset.receive())]
        try:
            yield handset
        finally:
            for each in running:
                each.cancel()
