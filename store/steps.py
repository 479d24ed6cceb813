"""The store's own Step: the transaction in which a call's work and the row that records it are committed together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from clinic.people import CallId
from clinic.step import Step, StepKey
from store.engine import Database
from store.errors import ForeignStep
from store.work import Work
from voice.dialog.journal import Progress, Stepped


@dataclass(slots=True, kw_only=True)
class StoreStep(Work):
    """voice.dialog.journal.JournalStep, with what adapters need."""

    key: StepKey
    write_row: Callable[["StoreStep", Stepped, Progress], Awaitable[None]]
    """Given by the journal, which knows how rows are written."""

    @property
    def call(self) -> CallId:
        """The call whose step this is."""
        return self.key.call

    async def record(self, entry: Stepped, progress: Progress) -> None:
        """Write the row; raises SeqTaken."""
        await self.write_row(self, entry, progress)


def own(step: Step, database: Database) -> StoreStep:
    """The step, when it is one of this database's journal; raises ForeignStep."""
    if not isinstance(step, StoreStep) or step.database is not database or not step.session.in_transaction():
        raise ForeignStep
    return step
