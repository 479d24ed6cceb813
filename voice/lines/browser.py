"""The browser phone's WebSocket, `/phone/stream`: the same speech path as a telephone, for signed-in staff.

It speaks the JSON dialect of Twilio Media Streams, so one loop serves both, plus captions and typed input. Audio is
base64 of raw mu-law, 8000 Hz, mono; 160 bytes (20 ms) a message is usual, any size up to one second is accepted.
One text message holds one JSON object. Numbers may be strings (as Twilio sends them) or JSON numbers.

The page gets a one-use ticket from the console (`StreamTokens.issue("staff:<staff id>")`, valid for one minute) and
opens the socket without any query string. The ticket travels in `start`, never in a URL, which would be logged.

Page to line, in this order:

    {"event": "connected", "protocol": "Call", "version": "1.0.0"}
    {"event": "start", "streamSid": "<any name the page chooses>",
     "start": {"customParameters": {"token": "<ticket>",
                                    "callerNumber": "+12065550142",      optional: phone as this (demo) patient
                                    "resume": "<word>"}}}                optional: go on with a call after a reload
    {"event": "media", "streamSid": "...", "media": {"payload": "<base64 mu-law>"}}      the microphone, in real time
    {"event": "dtmf", "streamSid": "...", "dtmf": {"digit": "1"}}                        0-9 * #
    {"event": "text", "streamSid": "...", "text": "next Tuesday please"}                 typed instead of spoken
    {"event": "mark", "streamSid": "...", "mark": {"name": "..."}}                       the audio before it was played
    {"event": "stop", "streamSid": "..."}                                                the caller hangs up

`streamSid` may be left out; when given it must be the one of `start`. A page without a microphone sends no media.

Line to page:

    {"event": "call", "streamSid": "...", "call": "<call id>", "resume": "<word>"}
                                                                         first of all; keep the word for "resume"
    {"event": "media", "streamSid": "...", "media": {"payload": "..."}}  play after what is already queued
    {"event": "mark", "streamSid": "...", "mark": {"name": "..."}}       send back once all media before it was played
    {"event": "clear", "streamSid": "..."}                               drop what is queued; send all its marks back
    {"event": "caption", "who": "line" | "caller", "text": "...", "turn": 3}
                                                                         one finished sentence of either side
    {"event": "transfer", "to": "+12065550100" | "988"}                  a telephone line would now dial this
    {"event": "end", "reason": "finished" | "failed"}                    the line hung up; then it closes

No telephone is dialled from a browser: after `transfer` the call goes on as if nobody had answered, so the tester hears
what a patient would hear then.

Close codes: 1000 the call ended; 4400 protocol error; 4401 no valid ticket; 4408 no `start` within ten seconds;
4409 the stream was already started; 4429 no room for another call; 1011 the line failed (connect again with "resume").
The reason text is one of the words of `voice.lines.media_stream.Refused`.
"""

import asyncio
import json
import re
import secrets

import structlog
from fastapi import APIRouter, WebSocket

from clinic.errors import ClinicError
from clinic.people import BadPhone, CallId, Phone
from security.audit import Audit
from security.tags import Tag
from voice.dialog.switchboard import Switchboard
from voice.dialog.turn import Arrival, Dial, Dialled, DialStatus, Gone, LineKind, Sentence, Turn
from voice.lines.live import How, LiveCall, Speech
from voice.lines.media_stream import START_WITHIN_S, Reader, Refused, Started, StreamRefused
from voice.lines.stream_socket import Parted, SocketLost, SocketWire, close, hold, opened
from voice.lines.stream_token import BadToken, StreamTokens
from voice.lines.twilio_stream import Room

_RESUME = re.compile(r"browser-[0-9a-f]{32}")
"""A carrier reference of our own; so a page can only go on with a call that a page began."""
_BACK_WITHIN_S = 60.0

_log = structlog.get_logger(__name__)


class BrowserWire(SocketWire):
    """A stream with captions."""

    def __init__(self, socket: WebSocket, stream_sid: str) -> None:
        super().__init__(socket, stream_sid)
        self._stream_sid = stream_sid

    async def said(self, sentence: Sentence, turn: int) -> None:
        await self._caption("line", sentence.text, turn)

    async def heard(self, text: str, turn: int) -> None:
        await self._caption("caller", text, turn)

    async def call(self, call: CallId, resume: str) -> None:
        """Tell the page which call this is."""
        await self.send(json.dumps({"event": "call", "streamSid": self._stream_sid, "call": call, "resume": resume}))

    async def transfer(self, to: Phone | str) -> None:
        """Tell the page what a telephone line would dial."""
        await self.send(json.dumps({"event": "transfer", "to": str(to)}))

    async def end(self, reason: str) -> None:
        """Tell the page that the line hangs up."""
        await self.send(json.dumps({"event": "end", "reason": reason}))

    async def _caption(self, who: str, text: str, turn: int) -> None:
        await self.send(json.dumps({"event": "caption", "who": who, "text": text, "turn": turn}))


class BrowserPhone:
    """The browser phones of this process."""

    def __init__(
        self,
        *,
        switchboard: Switchboard,
        audit: Audit,
        tickets: StreamTokens,
        speech: Speech | None,
        room: Room,
        start_within_s: float = START_WITHIN_S,
        back_within_s: float = _BACK_WITHIN_S,
    ) -> None:
        self._switchboard = switchboard
        self._audit = audit
        self._tickets = tickets
        self._speech = speech
        self._room = room
        self._start_within_s = start_within_s
        self._back_within_s = back_within_s
        self._draining = False
        self._open: dict[CallId, asyncio.Event] = {}
        """Calls held here; the event is set when the page has come back on another socket."""

    @property
    def open(self) -> int:
        """Phones in use now."""
        return len(self._open)

    def drain(self) -> None:
        """The process is going: take no new phone; pages come back to whoever answers next."""
        self._draining = True
        for back in self._open.values():
            back.set()

    async def stream(self, socket: WebSocket) -> None:
        """WS /phone/stream"""
        await socket.accept()
        reader = Reader(typing=True, sid_needed=False)
        try:
            started = await opened(socket, reader, self._start_within_s)
            admitted = await self._admit(started)
        except StreamRefused as refused:
            _log.warning("A browser phone was refused", reason=refused.reason.value)
            await self._audit.note("system", Tag.STREAM_REFUSED)
            await close(socket, refused.close_code, refused.reason)
        except SocketLost as lost:
            _log.info("A browser phone was lost before it began", code=lost.code)
        else:
            parted = await self._talk(socket, reader, started, admitted)
            await close(socket, parted.close_code, parted.reason)

    async def _admit(self, started: Started) -> tuple[str, Speech]:
        """Raises StreamRefused."""
        try:
            staff = self._tickets.redeem(started.parameters.get("token", ""))
        except BadToken:
            raise StreamRefused(Refused.UNKNOWN_TICKET) from None
        if not staff.startswith("staff:"):
            raise StreamRefused(Refused.UNKNOWN_TICKET)
        if self._speech is None or self._draining or self.open >= self._room.calls_at_once:
            raise StreamRefused(Refused.NO_ROOM)
        return staff, self._speech

    async def _talk(self, socket: WebSocket, reader: Reader, started: Started, admitted: tuple[str, Speech]) -> Parted:
        staff, speech = admitted
        wire = BrowserWire(socket, started.stream_sid)
        arrival = _arrival(started)
        try:
            turn = await self._switchboard.ring(arrival)
            await self._audit.note(staff, Tag.PHONE_OPENED, turn.call)
            await wire.call(turn.call, arrival.carrier_ref)
            parted = await self._hold(socket, reader, wire, turn, speech)
            if parted.ended:
                await wire.end("failed" if parted.ended.how is How.FAILED else "finished")
        except SocketLost as lost:
            return Parted(ended=None, reason=lost.code)
        except ClinicError as error:
            _log.error("A browser phone cannot be served", code=error.code)
            return Parted(ended=None, reason=error.code, close_code=1011)
        return parted

    async def _hold(self, socket: WebSocket, reader: Reader, wire: BrowserWire, turn: Turn, speech: Speech) -> Parted:
        """Talk until the end, over every transfer that a telephone line would make."""
        back = self._taken_by_this_socket(turn.call)
        while True:
            live = LiveCall(wire=wire, switchboard=self._switchboard, speech=speech)
            parted = await hold(socket, reader, live, turn)
            if parted.ended is None or parted.ended.how is not How.DIAL:
                break
            turn = await self._not_connected(wire, parted.ended.turn)
        if parted.stopped:
            await self._switchboard.deliver(turn.call, Gone(turn=turn.number))
        elif parted.ended is None:
            await self._await_return(turn.call, back, parted.reason)
        if self._open.get(turn.call) is back:
            del self._open[turn.call]
        return parted

    def _taken_by_this_socket(self, call: CallId) -> asyncio.Event:
        """An older socket of the same call, if any, learns that the page is back."""
        if call in self._open:
            self._open[call].set()
        back = self._open[call] = asyncio.Event()
        return back

    async def _not_connected(self, wire: BrowserWire, turn: Turn) -> Turn:
        """No telephone is dialled from a browser: go on as if nobody had answered."""
        if isinstance(turn.then, Dial):
            await wire.transfer(turn.then.to)
        return await self._switchboard.deliver(turn.call, Dialled(turn=turn.number, status=DialStatus.NO_ANSWER))

    async def _await_return(self, call: CallId, back: asyncio.Event, reason: str) -> None:
        """A page may be reloaded; when it does not come back, the caller has hung up."""
        try:
            async with asyncio.timeout(self._back_within_s):
                await back.wait()
        except TimeoutError:
            await self._switchboard.deliver(call, Gone(turn=0, reason=reason))


def browser_router(phone: BrowserPhone) -> APIRouter:
    """The address of the browser phone."""
    router = APIRouter()
    router.add_api_websocket_route("/phone/stream", phone.stream)
    return router


def _arrival(started: Started) -> Arrival:
    resume = started.parameters.get("resume", "")
    carrier_ref = resume if _RESUME.fullmatch(resume) else f"browser-{secrets.token_hex(16)}"
    try:
        caller = Phone.parse(started.parameters.get("callerNumber", ""))
    except BadPhone:
        caller = None
    return Arrival(line=LineKind.BROWSER, carrier_ref=carrier_ref, caller=caller)
