"""One transaction of ours, and the audit entries that commit with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from clinic.people import CallId
from security.tags import Tag
from store.chain import Note, write_notes
from store.engine import Database


@dataclass(slots=True, kw_only=True)
class Work:
    """What adapters receive to change something."""

    database: Database
    session: AsyncSession
    at: datetime
    actor: str
    """As in the audit chain: call:<id>, staff:<id>, system."""
    notes: list[Note] = field(default_factory=list)

    @property
    def call(self) -> CallId | None:
        """The call whose step this is; None outside calls."""
        return None

    def note(self, tag: Tag, subject: str = "") -> None:
        """Audit this when the transaction commits.

        Entries are written last, so that the chain's lock is held for a moment only and always taken after others.
        """
        self.notes.append(Note(at=self.at, actor=self.actor, tag=tag, subject=subject))


@asynccontextmanager
async def working(database: Database, *, at: datetime, actor: str) -> AsyncIterator[Work]:
    """A transaction outside any call: commits on leaving, rolls back on any exception."""
    async with database.writes() as session, session.begin():
        work = Work(database=database, session=session, at=at, actor=actor)
        yield work
        await write_notes(session, database.dialect, work.notes)
