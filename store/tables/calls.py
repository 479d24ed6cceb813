"""Calls and their journals. What was said is sealed with the call's own key, which retention destroys."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Counter


class CallRow(Base):
    """A line of the call log; kept in step with the journal by writing both in one transaction."""

    __tablename__ = "calls"
    __table_args__ = (Index("ix_calls_outcome_started", "outcome", "started"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    carrier_ref: Mapped[str] = mapped_column(unique=True)
    key_sealed: Mapped[bytes | None]
    """The call's own key; None once retention has destroyed it, and then the call cannot be read by anybody."""
    caller_sealed: Mapped[bytes | None]
    """The caller's number, sealed with the call's key as row -1 of its journal."""
    started: Mapped[datetime] = mapped_column(index=True)
    line: Mapped[str]
    reason: Mapped[str]
    outcome: Mapped[str]
    patient: Mapped[str | None] = mapped_column(ForeignKey("patients.id"), index=True)
    turns: Mapped[int]
    failures: Mapped[int]
    ended: Mapped[datetime | None]


class JournalRow(Base):
    """One row of one call. The unique key is the lock that makes a step happen once."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("call", "seq"),)

    id: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    call: Mapped[str] = mapped_column(ForeignKey("calls.id"))
    seq: Mapped[int]
    at: Mapped[datetime]
    body_sealed: Mapped[bytes]
