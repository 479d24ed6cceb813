"""The journal: what was meant and done in a call, row by row. It rebuilds the call, and it is the log that staff read.

Record meaning, not media: a better model never changes a past call (design, section 3, rule 1). Bodies hold patients'
words, so the store keeps them encrypted with a key of the call's own.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import TypeAdapter

from clinic.errors import ClinicError, NotFound
from clinic.people import CallId, PatientId, Phone
from clinic.step import Step
from intents.meaning import CrisisLevel, Expecting
from voice.dialog.turn import Arrival, DialStatus, LineKind, Timing


class NoSuchCall(NotFound):
    """There is no call of this name."""

    code = "no-such-call"


class SeqTaken(ClinicError):
    """Another process has written this row of the call first."""

    code = "seq-taken"


class Wish(StrEnum):
    """What a caller may want in any state, understood before the question's own answer."""

    REPEAT = "repeat"
    SLOWER = "slower"
    LOUDER = "louder"
    GO_BACK = "go-back"
    START_OVER = "start-over"
    PERSON = "person"
    STOP_CALLING = "stop-calling"
    WHY = "why"
    ROBOT = "robot"
    GOODBYE = "goodbye"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The question was answered."""

    value: str
    """The typed answer, as JSON."""
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """It was not; `why` is for staff."""

    why: Literal["silence", "not-recognised", "not-understood", "unsure", "out-of-scope"]
    kind: Literal["unclear"] = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wished:
    wish: Wish
    kind: Literal["wished"] = "wished"


@dataclass(frozen=True, slots=True, kw_only=True)
class InCrisis:
    """Words that may mean danger to life."""

    level: CrisisLevel
    triggers: tuple[str, ...]
    kind: Literal["crisis"] = "crisis"


@dataclass(frozen=True, slots=True, kw_only=True)
class DialEnded:
    status: DialStatus
    kind: Literal["dial-ended"] = "dial-ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitReached:
    """The call has become too long; said once, and a person is fetched."""

    which: Literal["turns", "seconds"]
    kind: Literal["limit"] = "limit"


Outcome = Answered | Unclear | Wished | InCrisis | DialEnded | LimitReached


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """Row 0: what the call runs on. Another hash means that the row sequence cannot be trusted any more."""

    flow: str
    source_hash: str
    line: LineKind
    caller: Phone | None
    language: str
    kind: Literal["started"] = "started"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """One turn: what the line said, what came back, what was made of it."""

    turn: int
    prompt: str
    """Name of the phrase that asked."""
    said: tuple[str, ...]
    expects: Expecting | None
    heard: str
    keys: str = ""
    others: tuple[str, ...] = ()
    """The recogniser's other guesses."""
    engine: str = ""
    recognised: float | None = None
    """The recogniser's confidence."""
    understood: str = ""
    """Intent, or the answer in words, for staff."""
    sure: float | None = None
    explanation: str = ""
    timing: Timing | None = None
    barged: bool = False
    outcome: Outcome
    kind: Literal["replied"] = "replied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """A result from outside the dialog: a fetch (may repeat), a do (exactly once), or a hold (a do that lapses)."""

    name: str
    """The port's method: "Diary.book"."""
    effect: Literal["fetch", "do", "hold"]
    result: str
    """As JSON."""
    kind: Literal["stepped"] = "stepped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRead:
    at: datetime
    kind: Literal["clock"] = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class WentBack:
    """The caller took back answers: rows from `to` up to this one no longer count."""

    to: int
    kind: Literal["went-back"] = "went-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What staff should know that does not steer the dialog: a transfer intended, a change of line."""

    what: Literal["transfer-intended", "line-moved", "line-failed"]
    detail: str = ""
    kind: Literal["noted"] = "noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """The flow began anew inside the call; the rows before this one are history and are not replayed."""

    why: Literal["new-release", "failed"]
    detail: str
    """Code of the failure, or the fingerprint that the rows before were written under."""
    source_hash: str
    kind: Literal["renewed"] = "renewed"


HowEnded = Literal["finished", "hung-up", "line-lost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    how: HowEnded
    said: tuple[str, ...] = ()
    kind: Literal["ended"] = "ended"


Entry = Started | Replied | Stepped | ClockRead | WentBack | Noted | Renewed | Ended

ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)
"""Reads and writes the JSON body of a row; each kind has its own `kind` word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of one call's journal, keyed (call, seq)."""

    seq: int
    at: datetime
    entry: Entry


class CallOutcome(StrEnum):
    """How a call came out, in the words of the call log."""

    IN_PROGRESS = "in progress"
    HELPED = "helped"
    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    MESSAGE_LEFT = "message left"
    CALLBACK = "call back"
    TRANSFERRED = "transferred"
    CRISIS = "crisis"
    REQUESTED = "request left"
    STOPPED = "no more calls"
    HUNG_UP = "hung up"
    NOT_HELPED = "not helped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The line of the call log, kept beside the journal with every row so that it can be searched and sorted."""

    reason: str = ""
    """First thing the caller wanted: an Intent, "crisis", or empty while unknown."""
    outcome: CallOutcome = CallOutcome.IN_PROGRESS
    patient: PatientId | None = None
    turns: int = 0
    failures: int = 0
    """Turns in which the caller was not understood."""
    line: LineKind = LineKind.SCRIPTED
    ended: datetime | None = None


class JournalStep(Step, Protocol):
    """A step whose journal row is written in the same transaction as its work."""

    async def record(self, entry: Stepped, progress: Progress) -> None:
        """Write the row; raises SeqTaken, and then nothing of the step has happened."""
        ...


class Journal(Protocol):
    """Where the rows of calls live."""

    async def open(self, call: CallId, arrival: Arrival, row: Row, progress: Progress) -> CallId:
        """Write row 0. When this carrier reference already has a call, write nothing and give that call's id."""
        ...

    async def find(self, carrier_ref: str) -> CallId | None: ...

    async def rows(self, call: CallId) -> Sequence[Row]:
        """Every row in order; raises NoSuchCall."""
        ...

    async def progress(self, call: CallId) -> Progress:
        """As last written; raises NoSuchCall."""
        ...

    async def silent_since(self, moment: datetime) -> Sequence[CallId]:
        """Calls that have not ended and have no row later than this: nobody told us that the caller is gone."""
        ...

    async def append(self, call: CallId, row: Row, progress: Progress) -> None:
        """The insert is the lock: raises SeqTaken when the row exists, and then nothing is changed."""
        ...

    def step(self, call: CallId, seq: int, at: datetime) -> AbstractAsyncContextManager[JournalStep]:
        """A transaction for one `do`: commits on leaving, rolls everything back on any exception."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSummary:
    """One line of the call log."""

    call: CallId
    caller: Phone | None
    patient_name: str | None
    started: datetime
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """One call as staff read it."""

    summary: CallSummary
    rows: Sequence[Row] = field(default_factory=tuple)
    """Empty once retention has destroyed the call's key."""
    readable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSearch:
    """What staff look for in the log; empty fields match everything."""

    outcome: CallOutcome | None = None
    since: datetime | None = None
    patient: PatientId | None = None
    needs_follow_up: bool = False
    limit: int = 50
    before: datetime | None = None
    """For the next page: calls started before this."""


class CallLog(Protocol):
    """The journal as staff read it."""

    async def search(self, wanted: CallSearch) -> Sequence[CallSummary]: ...

    async def record(self, call: CallId) -> CallRecord:
        """Raises NoSuchCall."""
        ...

    async def mark(self) -> str:
        """Changes whenever any call changed; cheap, for live pages."""
        ...
