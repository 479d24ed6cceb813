"""Speech to text: the ports that recognisers implement, and what they give back."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from intents.meaning import Expecting


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the question expects, for recognisers that can make use of it."""

    expecting: Expecting = Expecting.OPEN
    hints: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One thing that may have been said; confidence 0 to 1, None when the engine gives none."""

    text: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What an engine made of one stretch of speech, best first. No transcripts: there were no words in it."""

    transcripts: tuple[Transcript, ...]
    engine: str

    @property
    def text(self) -> str:
        return self.transcripts[0].text if self.transcripts else ""


class Recogniser(Protocol):
    """Turns speech into words."""

    @property
    def name(self) -> str:
        """As settings name it: "moonshine"."""
        ...

    async def recognise(self, mulaw: bytes, wanted: Wanted) -> Recognition:
        """The words of exactly this speech, 8 kHz mu-law; raises EngineFailed."""
        ...


class Dictation(Protocol):
    """One utterance being recognised while it is spoken."""

    def feed(self, mulaw: bytes) -> None:
        """More of it; never waits."""
        ...

    async def partial(self) -> str:
        """The words so far."""
        ...

    async def finish(self) -> Recognition:
        """The words of all that was fed."""
        ...


@runtime_checkable
class StreamingRecogniser(Recogniser, Protocol):
    """A recogniser that listens along."""

    def begin(self, wanted: Wanted) -> Dictation: ...
