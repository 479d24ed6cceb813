"""What a line performs (a Turn) and what it reports back (an Event). Lines know these and nothing of flows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from clinic.people import CallId, Phone
from intents.meaning import Expecting


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence to be spoken, and what a line must know about it."""

    text: str
    private: bool = False
    """Holds patient data: never written to the disk cache."""
    guarded: bool = False
    """Legal and crisis wording: cannot be barged over."""
    pause_s: float = 0.0
    """Silence after it."""
    key: str = ""
    """The phrase it comes from, for logs and staff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Which keys answer: up to `most` digits, ended by # or a pause. A first key in `single` answers at once."""

    most: int = 1
    single: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listen:
    """Then wait for the caller."""

    expects: Expecting
    keys: Keys = Keys()
    hints: tuple[str, ...] = ()
    """Words that are likely, for engines that take hints. Never patient data: carriers' engines see it."""
    offers: tuple[str, ...] = ()
    """What can be chosen, for turn-taking: naming one of them is a whole answer. Stays in this process."""
    silence_s: float = 6.0
    """Report Silent after this long without speech or keys."""
    patience: float = 1.0
    """Multiplies how long a pause may be; slow speakers earn more than 1."""
    longest_s: float = 60.0
    """An utterance is cut here; messages are given longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dial:
    """Then connect the caller to a person and report Dialled."""

    to: Phone | Literal["988"]
    ring_s: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class HangUp:
    """Then end the call."""


class Rate(StrEnum):
    """How fast the line speaks to this caller."""

    SLOWEST = "slowest"
    SLOW = "slow"
    NORMAL = "normal"

    @property
    def factor(self) -> float:
        """Length of speech relative to normal."""
        return {Rate.SLOWEST: 1.5, Rate.SLOW: 1.25, Rate.NORMAL: 1.0}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Say this, then wait for that. `number` goes back with the Event; a stale number re-renders the current Turn."""

    call: CallId
    number: int
    say: tuple[Sentence, ...]
    then: Listen | Dial | HangUp
    rate: Rate = Rate.NORMAL
    gain_db: float = 0.0
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One thing the recogniser may have heard; confidence 0 to 1, None when the engine gives none."""

    text: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long the hearing of one utterance took."""

    speech_s: float
    """Length of the caller's speech."""
    recognise_ms: float
    wait_ms: float
    """Silence waited for before the turn was taken to be over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The caller spoke. `heard[0]` is best; an empty text is speech that could not be recognised."""

    turn: int
    heard: tuple[Hypothesis, ...]
    engine: str
    timing: Timing | None = None
    barged: bool = False

    @property
    def text(self) -> str:
        return self.heard[0].text if self.heard else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """The caller pressed keys; digits, * or #, without the ending #."""

    turn: int
    keys: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Nothing was said or pressed in time."""

    turn: int


class DialStatus(StrEnum):
    ANSWERED = "answered"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialled:
    """How connecting to a person went."""

    turn: int
    status: DialStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The caller hung up, or the line was lost for good. Valid whatever the turn number."""

    turn: int
    reason: str = "hung-up"


Event = Heard | Keyed | Silent | Dialled | Gone


class LineKind(StrEnum):
    TWILIO_STREAM = "twilio-stream"
    TWILIO_WEBHOOK = "twilio-webhook"
    BROWSER = "browser"
    TERMINAL = "terminal"
    SCRIPTED = "scripted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A call comes in. The same `carrier_ref` is the same call, however often it is reported."""

    line: LineKind
    carrier_ref: str
    caller: Phone | None
    """None when the number is withheld."""
