"""The audit chain, kept in the database."""

from collections.abc import Sequence

from sqlalchemy import select

from clinic.time import Clock
from security.audit import AuditEntry
from security.chain import GENESIS, first_break
from store.chain import Note, write_notes
from store.engine import Database
from store.tables import AuditRow

_CHUNK = 2_000


class SqlAudit:
    """security.audit.Audit."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def note(self, actor: str, tag: str, subject: str = "") -> None:
        """Append an entry in a transaction of its own; work in a transaction uses Work.note."""
        async with self._database.writes() as session, session.begin():
            note = Note(at=self._clock.now(), actor=actor, tag=str(tag), subject=subject)
            await write_notes(session, self._database.dialect, [note])

    async def entries(self, *, limit: int = 200, before: int | None = None) -> Sequence[AuditEntry]:
        """Newest first."""
        wanted = select(AuditRow).order_by(AuditRow.seq.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(AuditRow.seq < before)
        async with self._database.reads() as session:
            return tuple(_entry(row) for row in await session.scalars(wanted))

    async def verify(self) -> int | None:
        """Reads the whole chain, in parts."""
        previous, seq = GENESIS, 1
        async with self._database.reads() as session:
            while True:
                wanted = select(AuditRow).where(AuditRow.seq >= seq).order_by(AuditRow.seq).limit(_CHUNK)
                entries = [_entry(row) for row in await session.scalars(wanted)]
                if not entries:
                    return None
                if (broken := first_break(entries, previous=previous, seq=seq)) is not None:
                    return broken
                previous, seq = entries[-1].digest, entries[-1].seq + 1


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(seq=row.seq, at=row.at, actor=row.actor, tag=row.tag, subject=row.subject, digest=row.digest)
