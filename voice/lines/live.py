"""The shared real-time loop of streaming lines: performs Turns over a wire and reports what the caller does.

Frames, keys and marks come in through plain methods that never wait; everything that waits happens in `run`, whose
task group owns every task, so nothing outlives the call. Time is counted in the caller's frames.

    frame --> ear ----> Said ----+
    key ----> keypad -> Pressed -+--> inbox --> Performance --> Event --> switchboard --> Turn --> mouth --> wire
    marked -> mouth --> Noticed -+
"""

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from enum import StrEnum

from clinic.errors import ClinicError
from voice.dialog.switchboard import Switchboard
from voice.dialog.turn import Dial, Event, Gone, Heard, Turn
from voice.lines.ear import Ear, Spoken
from voice.lines.frame_clock import FrameClock
from voice.lines.happenings import Happening, HungUp, Noticed, Pressed, Said, Sign, Typed
from voice.lines.keypad import KEYS
from voice.lines.mouth import Mouth, Phrases
from voice.lines.patience import Finished
from voice.lines.performance import Performance, Stage
from voice.lines.wire import NO_METER, LineLost, LineMeter, Wire
from voice.speech.framing import FRAME_BYTES, FRAME_S, Framer
from voice.speech.mulaw import SILENCE
from voice.speech.stt import Recogniser
from voice.speech.vad import Detector, Silero

_DELIVER_LIMIT_S = 30.0
_GAP_S = 0.5
"""Frames that do not come for this long are taken as silence: a page without a microphone sends none."""


_SPARE_SPEAKING_S, _SPARE_WAITING_S = 0.05, 0.15
"""Working off several frames at once saves more than half of a silent call's CPU: waking up costs ten times what a
frame does. While the line speaks, barge-in must not be noticed much later."""


class How(StrEnum):
    """Why the loop came back."""

    DIAL = "dial"
    HANG_UP = "hang-up"
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a live call ended. After DIAL the line connects the caller and delivers Dialled for `turn`."""

    how: How
    turn: Turn
    dial: Dial | None = None
    reason: str = ""
    """For GONE and FAILED: a code, never words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What every live call of this process shares."""

    recogniser: Recogniser
    phrases: Phrases
    finished: Finished
    meter: LineMeter = NO_METER
    detector: Callable[[], Detector] = field(default_factory=lambda: Silero().detector)
    """A new call's own detector of speech."""


class LiveCall:
    """One call on a streaming line."""

    def __init__(self, *, wire: Wire, switchboard: Switchboard, speech: Speech) -> None:
        self._wire = wire
        self._switchboard = switchboard
        self._meter = speech.meter
        self._clock = FrameClock()
        self._framer = Framer()
        self._inbox: asyncio.Queue[Happening] = asyncio.Queue()
        self._mouth = Mouth(wire, speech.phrases, self._clock)
        self._mouth.on_progress = self._progress
        self._mouth.on_first_audio = self._first_audio
        self._ear = Ear(
            detector=speech.detector(),
            recogniser=speech.recogniser,
            finished=speech.finished,
            meter=speech.meter,
            spawn=self._spawn,
            spoken=self._spoken,
        )
        self._stage = Stage(
            mouth=self._mouth,
            ear=self._ear,
            clock=self._clock,
            spawn=self._spawn,
            post=self._inbox.put_nowait,
            meter=speech.meter,
        )
        self._tasks: asyncio.TaskGroup | None = None
        self._performance: Performance | None = None
        self._serials = itertools.count()
        self._serial = 0
        self._last_frame_at = 0.0
        self._spoke_at: float | None = None

    @property
    def spare_s(self) -> float:
        """How late frames may come just now. Not at all while the caller speaks; a little while the line does."""
        if self._ear.busy:
            return 0.0
        return _SPARE_SPEAKING_S if self._mouth.speaking else _SPARE_WAITING_S

    def frame(self, mulaw: bytes) -> None:
        """The caller's audio, 8 kHz mu-law of any length."""
        if self._tasks is None:
            return
        self._last_frame_at = asyncio.get_running_loop().time()
        for frame in self._framer.push(mulaw):
            self._one_frame(frame)

    def key(self, digit: str) -> None:
        """The caller pressed a key; anything that is not on a telephone is ignored."""
        if digit in KEYS:
            self._inbox.put_nowait(Pressed(digit))

    def typed(self, text: str) -> None:
        """The caller typed instead of speaking."""
        self._inbox.put_nowait(Typed(text))

    def marked(self, name: str) -> None:
        """A mark came back."""
        self._mouth.marked(name)

    def hung_up(self, reason: str = "hung-up") -> None:
        """The caller is gone."""
        self._inbox.put_nowait(HungUp(reason))

    async def run(self, turn: Turn) -> Ended:
        """Hold the call until it ends, and say how. Never raises a ClinicError: a call that fails goes on elsewhere."""
        self._turn = turn
        gone, failed = "", ""
        try:
            return await self._own_everything(turn)
        except* LineLost:
            gone = LineLost.code
        except* (ClinicError, TimeoutError) as errors:
            failed = _code(errors)
        finally:
            self._tasks = None
        if failed:
            return self._failed(self._turn, failed)
        return await self._gone(self._turn, gone)

    async def _own_everything(self, turn: Turn) -> Ended:
        """Every task of the call runs in here."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            self._last_frame_at = asyncio.get_running_loop().time()
            filler = tasks.create_task(self._fill_gaps())
            ended = await self._converse(turn)
            self._ear.drop()
            filler.cancel()
            self._tasks = None
        return ended

    async def _converse(self, turn: Turn) -> Ended:
        while True:
            event = await self._perform(turn)
            if isinstance(event, Gone):
                return await self._gone(turn, event.reason)
            if event is None:
                dial = turn.then if isinstance(turn.then, Dial) else None
                return Ended(how=How.DIAL if dial else How.HANG_UP, turn=turn, dial=dial)
            if isinstance(event, Heard):
                self._spoke_at = asyncio.get_running_loop().time() - self._ear.silent_for * FRAME_S
                if event.text:
                    await self._wire.heard(event.text, turn.number)
            turn = self._turn = await self._deliver(turn, event)

    async def _perform(self, turn: Turn) -> Event | None:
        """The Event that answers the turn; None when it asked for nothing and has been said."""
        self._serial = next(self._serials)
        performance = self._performance = Performance(turn, self._stage, serial=self._serial)
        performance.begin()
        while not performance.finished:
            event = await performance.on(await self._inbox.get())
            if event is not None:
                break
        else:
            event = None
        await performance.end()
        self._performance = None
        return event

    async def _deliver(self, turn: Turn, event: Event) -> Turn:
        async with asyncio.timeout(_DELIVER_LIMIT_S):
            return await self._switchboard.deliver(turn.call, event)

    async def _gone(self, turn: Turn, reason: str) -> Ended:
        await self._deliver(turn, Gone(turn=turn.number, reason=reason))
        return Ended(how=How.GONE, turn=turn, reason=reason)

    def _failed(self, turn: Turn, code: str) -> Ended:
        self._meter.failed(code)
        return Ended(how=How.FAILED, turn=turn, reason=code)

    def _one_frame(self, frame: bytes) -> None:
        self._clock.tick()
        self._ear.hear(frame)
        if self._performance is not None:
            self._performance.tick()

    async def _fill_gaps(self) -> None:
        """Keep the call's time going when no frames come."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_GAP_S)
            missing = int((loop.time() - self._last_frame_at) / FRAME_S)
            if missing * FRAME_S >= _GAP_S:
                self._last_frame_at += missing * FRAME_S
                for _ in range(missing):
                    self._one_frame(SILENCE * FRAME_BYTES)

    def _spawn(self, coroutine: Coroutine[None, None, None]) -> asyncio.Task[None]:
        assert self._tasks is not None, "only a running call starts tasks"  # noqa: S101
        return self._tasks.create_task(coroutine)

    def _spoken(self, spoken: Spoken) -> None:
        self._inbox.put_nowait(Said(spoken))

    def _progress(self) -> None:
        self._inbox.put_nowait(Noticed(Sign.PROGRESS, self._serial))

    def _first_audio(self) -> None:
        """The reply has begun: how long did the caller wait for it?"""
        if self._spoke_at is not None:
            self._meter.replied((asyncio.get_running_loop().time() - self._spoke_at) * 1000)
            self._spoke_at = None


def _code(errors: BaseExceptionGroup[BaseException]) -> str:
    """The stable code of the first of our own errors in the group."""
    first = errors.exceptions[0]
    if isinstance(first, BaseExceptionGroup):
        return _code(first)
    return first.code if isinstance(first, ClinicError) else "timeout"
