"""A journal in memory and a practice of one port, so that sessions are tested without a database."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from clinic.people import CallId, Phone
from clinic.step import Step, StepKey
from clinic.time import ManualClock
from intents.meaning import CrisisLevel, CrisisSign, Expecting, Intent, Meaning
from tests.voice.dialog.talk import phrasebook
from voice.dialog.conversation import Flow
from voice.dialog.effects import Action
from voice.dialog.journal import (
    ENTRY,
    JournalStep,
    NoSuchCall,
    Progress,
    Row,
    SeqTaken,
    Stepped,
)
from voice.dialog.turn import Arrival, LineKind
from voice.safety import watch
from voice.session import Attendant, Limits, Unmetered

NOON = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


class MemoryJournal:
    """Rows in a dict; every row goes through its JSON form, as in a database."""

    def __init__(self) -> None:
        self.calls: dict[CallId, list[Row]] = {}
        self.log: dict[CallId, Progress] = {}
        self._refs: dict[str, CallId] = {}

    async def open(self, call: CallId, arrival: Arrival, row: Row, progress: Progress) -> CallId:
        known = self._refs.setdefault(arrival.carrier_ref, call)
        if known == call:
            self.calls[call] = []
            self._write(call, row, progress)
        return known

    async def find(self, carrier_ref: str) -> CallId | None:
        return self._refs.get(carrier_ref)

    async def rows(self, call: CallId) -> Sequence[Row]:
        if call not in self.calls:
            raise NoSuchCall
        return tuple(self.calls[call])

    async def progress(self, call: CallId) -> Progress:
        return self.log[call]

    async def silent_since(self, moment: datetime) -> Sequence[CallId]:
        quiet = [call for call, rows in self.calls.items() if rows[-1].at <= moment]
        return tuple(call for call in quiet if self.log[call].ended is None)

    async def append(self, call: CallId, row: Row, progress: Progress) -> None:
        self._write(call, row, progress)

    def step(self, call: CallId, seq: int, at: datetime) -> AbstractAsyncContextManager[JournalStep]:
        @asynccontextmanager
        async def begin() -> AsyncIterator[JournalStep]:
            step = MemoryStep(self, call, seq, at)
            yield step
            step.commit()

        return begin()

    def _write(self, call: CallId, row: Row, progress: Progress) -> None:
        if row.seq != len(self.calls[call]):
            raise SeqTaken
        written = ENTRY.validate_json(ENTRY.dump_json(row.entry))
        self.calls[call].append(Row(seq=row.seq, at=row.at, entry=written))
        self.log[call] = progress

    write = _write


@dataclass
class MemoryStep:
    """Work is done when the step is left; nothing of it is when anything is raised."""

    journal: MemoryJournal
    call: CallId
    seq: int
    at: datetime
    work: list[tuple[list[str], str]] = field(default_factory=list)
    _row: tuple[Row, Progress] | None = None

    @property
    def key(self) -> StepKey:
        return StepKey(self.call, self.seq)

    async def record(self, entry: Stepped, progress: Progress) -> None:
        self._row = (Row(seq=self.seq, at=self.at, entry=entry), progress)

    def commit(self) -> None:
        assert self._row is not None
        self.journal.write(self.call, *self._row)
        for shelf, item in self.work:
            shelf.append(item)


class Shelf:
    """A port with one thing to read, one to change, one that lapses and one that fails."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.read = 0
        self.broken: BaseException | None = None
        self.crisis = False
        """Whether the flow stays on the line in a crisis."""

    async def fetch_count(self) -> int:
        self.read += 1
        return len(self.items)

    async def put(self, step: Step, item: str) -> str:
        if self.broken:
            raise self.broken
        assert isinstance(step, MemoryStep)
        step.work.append((self.items, item))
        return item

    async def keep(self, step: Step, item: str) -> str:
        return item

    def name_of(self, action: Action) -> str:
        return f"Shelf.{action.__name__}"


def understand(text: str, *, expecting: Expecting, now: datetime, language: str = "en") -> Meaning:
    """Understands the names of intents, and that "die" is a crisis."""
    words = text.lower().strip()
    known = {intent.value: intent for intent in Intent}
    crisis = CrisisSign(level=CrisisLevel.ACTIVE, triggers=("die",)) if "die" in words.split() else None
    intent = known.get(words.replace(" ", "_"), Intent.OUT_OF_SCOPE)
    return Meaning(text=text, intent=intent, confidence=0.99, in_scope=intent is not Intent.OUT_OF_SCOPE, crisis=crisis)


def arrival(ref: str = "CA1") -> Arrival:
    return Arrival(line=LineKind.SCRIPTED, carrier_ref=ref, caller=Phone("+12065550142"))


def attendant(
    flow: Flow, journal: MemoryJournal, shelf: Shelf, *, fingerprint: str = "v1", clock: ManualClock | None = None,
    limits: Limits | None = None, **phrases: str,
) -> Attendant:  # fmt: skip
    """Someone to attend to calls of this flow; make another for a new process."""
    return Attendant(
        flow=flow,
        fingerprint=fingerprint,
        name_of=shelf.name_of,
        journal=journal,
        understand=understand,
        safety=watch,
        phrases=phrasebook(**phrases),
        clock=clock or ManualClock(NOON),
        meter=Unmetered(),
        limits=limits or Limits(),
    )
