"""Writing to the audit chain inside a transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from security.chain import GENESIS, link
from store.engine import Dialect
from store.tables import AuditRow

_LOCK = 7_301_002
"""PostgreSQL advisory lock: one writer of the chain at a time. SQLite has one writer anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An entry to be written."""

    at: datetime
    actor: str
    tag: str
    subject: str


async def write_notes(session: AsyncSession, dialect: Dialect, notes: Sequence[Note]) -> None:
    """Append to the chain; call it as the last thing before the commit."""
    if not notes:
        return
    if dialect == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = (
        await session.execute(select(AuditRow.seq, AuditRow.digest).order_by(AuditRow.seq.desc()).limit(1))
    ).one_or_none()
    seq, digest = (last.seq, last.digest) if last else (0, GENESIS)
    for note in notes:
        seq += 1
        entry = link(digest, seq=seq, at=note.at, actor=note.actor, tag=note.tag, subject=note.subject)
        digest = entry.digest
        await session.execute(
            insert(AuditRow).values(
                seq=seq, at=note.at, actor=note.actor, tag=note.tag, subject=note.subject, digest=digest
            )
        )
