"""A telephone for tests: frames as fast as possible, audio played in the call's own time, a caller with a script.

A frame's first byte says what the detector hears in it, so a test writes "speak for 40 frames" and means it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence

from clinic.people import CallId
from intents.completeness import Completeness
from intents.meaning import Expecting
from voice.dialog.turn import Arrival, Dial, Event, HangUp, LineKind, Listen, Rate, Sentence, Turn
from voice.lines.live import Ended, LiveCall, Speech
from voice.lines.wire import LineLost
from voice.speech.errors import EngineFailed
from voice.speech.framing import FRAME_BYTES
from voice.speech.mulaw import SILENCE
from voice.speech.stt import Recognition, Transcript, Wanted
from voice.speech.vad import Sound

SPEECH, NOISE, QUIET = (kind * FRAME_BYTES for kind in (b"\x80", b"\xa0", SILENCE))
SENTENCE_FRAMES = 50
"""Every sentence of the line lasts a second."""
_SETTLE = 12
"""Turns of the event loop after each frame: more than any chain of our tasks needs."""


class Marked:
    """A detector that reads what the test wrote into the frame."""

    lead = 1

    def hear(self, frame: bytes) -> Sound:
        return {SPEECH[0]: Sound.SPEECH, NOISE[0]: Sound.NOISE}.get(frame[0], Sound.QUIET)


class Ears:
    """Understands what the test says will be heard, utterance by utterance; nothing more once that is used up."""

    name = "ears"

    def __init__(self) -> None:
        self.will_hear: deque[str] = deque()
        self.heard: list[int] = []
        """Frames of each stretch that was recognised."""
        self.broken = False
        self.slow = asyncio.Event()
        self.slow.set()

    async def recognise(self, mulaw: bytes, wanted: Wanted) -> Recognition:
        self.heard.append(len(mulaw) // FRAME_BYTES)
        await self.slow.wait()
        if self.broken:
            raise EngineFailed
        text = self.will_hear[0] if self.will_hear else ""
        found = (Transcript(text=text, confidence=0.9),) if text else ()
        return Recognition(transcripts=found, engine=self.name)


class Phrases:
    """A second of tone a sentence."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = False

    async def audio(self, sentence: Sentence, *, rate: Rate, language: str) -> bytes:
        self.asked.append(sentence.text)
        if self.broken:
            raise EngineFailed
        return b"\x80" * FRAME_BYTES * SENTENCE_FRAMES


class Carrier:
    """A wire that plays what it is sent as frames pass, echoes marks, and gives pending marks back when cleared."""

    def __init__(self) -> None:
        self.queue: deque[bytes | str] = deque()
        self.log: list[str] = []
        self.played = 0
        self.lost = False
        self.echo: Callable[[str], None] = lambda name: None

    async def send_audio(self, mulaw: bytes) -> None:
        self._check()
        self.log.append("audio")
        self.queue.extend(mulaw[at : at + FRAME_BYTES] for at in range(0, len(mulaw), FRAME_BYTES))

    async def mark(self, name: str) -> None:
        self._check()
        self.queue.append(name)

    async def clear(self) -> None:
        self._check()
        self.log.append("clear")
        marks = [item for item in self.queue if isinstance(item, str)]
        self.queue.clear()
        for name in marks:
            self.echo(name)

    async def said(self, sentence: Sentence, turn: int) -> None:
        self.log.append(f"said {sentence.text}")

    async def heard(self, text: str, turn: int) -> None:
        self.log.append(f"heard {text}")

    def frame_passes(self) -> None:
        while self.queue and isinstance(self.queue[0], str):
            self.echo(str(self.queue.popleft()))
        if self.queue:
            self.queue.popleft()
            self.played += 1
        while self.queue and isinstance(self.queue[0], str):
            self.echo(str(self.queue.popleft()))

    def _check(self) -> None:
        if self.lost:
            raise LineLost


class Script:
    """A switchboard that answers event after event with the Turns of the test, and then hangs up."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = deque(turns)
        self.events: list[Event] = []

    async def ring(self, arrival: Arrival) -> Turn:
        raise NotImplementedError

    async def deliver(self, call: CallId, event: Event) -> Turn:
        self.events.append(event)
        return self.turns.popleft() if self.turns else turn(then=HangUp(), number=99)

    async def find(self, carrier_ref: str) -> CallId | None:
        raise NotImplementedError

    async def current(self, call: CallId) -> Turn:
        raise NotImplementedError

    async def moved(self, call: CallId, line: LineKind, reason: str) -> None:
        raise NotImplementedError


class Gauges:
    """Keeps what was measured."""

    def __init__(self) -> None:
        self.log: list[str] = []

    def replied(self, ms: float) -> None:
        self.log.append("replied")

    def recognised(self, engine: str, ms: float) -> None:
        self.log.append("recognised")

    def barged(self, ms: float) -> None:
        self.log.append(f"barged {ms:.0f}")

    def failed(self, code: str) -> None:
        self.log.append(f"failed {code}")


class Telephone:
    """The caller's end."""

    def __init__(self, *later: Turn) -> None:
        self.carrier, self.ears, self.phrases, self.gauges = Carrier(), Ears(), Phrases(), Gauges()
        self.switchboard = Script(later)
        self.completeness = Completeness.COMPLETE
        speech = Speech(
            recogniser=self.ears, phrases=self.phrases, finished=self._finished, meter=self.gauges, detector=Marked
        )
        self.live = LiveCall(wire=self.carrier, switchboard=self.switchboard, speech=speech)
        self.carrier.echo = self.live.marked
        self._running: asyncio.Task[Ended] | None = None

    @property
    def events(self) -> list[Event]:
        return self.switchboard.events

    @property
    def log(self) -> list[str]:
        return self.carrier.log

    async def pick_up(self, first: Turn) -> None:
        """The call begins."""
        self._running = asyncio.create_task(self.live.run(first))
        await settle()

    async def quiet(self, frames: int) -> None:
        await self._pass(QUIET, frames)

    async def noise(self, frames: int) -> None:
        await self._pass(NOISE, frames)

    async def speak(self, frames: int, text: str = "") -> None:
        """Sound of speech; `text` is what will be understood of it."""
        self.ears.will_hear = deque([text] if text else [])
        await self._pass(SPEECH, frames)

    async def listen_to_the_end(self) -> None:
        """Hear out the prompt."""
        while self.carrier.queue:
            await self.quiet(1)

    async def press(self, keys: str) -> None:
        for key in keys:
            self.live.key(key)
        await settle()

    async def ended(self) -> Ended:
        assert self._running is not None
        async with asyncio.timeout(5):
            return await self._running

    async def hang_up(self) -> Ended:
        self.live.hung_up()
        return await self.ended()

    async def _pass(self, frame: bytes, count: int) -> None:
        for _ in range(count):
            self.live.frame(frame)
            self.carrier.frame_passes()
            await settle()

    def _finished(self, text: str, listen: Listen) -> Completeness:
        return self.completeness


async def settle() -> None:
    """Let every task go as far as it can."""
    for _ in range(_SETTLE):
        await asyncio.sleep(0)


ANYTHING = Listen(expects=Expecting.OPEN)


def turn(*say: str | Sentence, then: Listen | Dial | HangUp = ANYTHING, number: int = 1, gain_db: float = 0.0) -> Turn:
    """A Turn that says these sentences and then listens."""
    sentences = tuple(Sentence(text=said) if isinstance(said, str) else said for said in say)
    return Turn(call=CallId("c"), number=number, say=sentences, then=then, gain_db=gain_db)


def call(script: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run a scripted call."""
    asyncio.run(script())
