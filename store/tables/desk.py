"""What is left for people to do, and messages that wait to leave the house."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class TaskRow(Base):
    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_done_due", "done", "due"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    urgency: Mapped[str]
    call: Mapped[str | None] = mapped_column(ForeignKey("calls.id"), index=True)
    patient: Mapped[str | None] = mapped_column(ForeignKey("patients.id"))
    phone_sealed: Mapped[bytes | None]
    words_sealed: Mapped[bytes | None]
    """None once retention has destroyed them."""
    due: Mapped[datetime]
    created: Mapped[datetime]
    done: Mapped[datetime | None]
    done_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))


class MessageRow(Base):
    """An SMS of the outbox. `status` only ever moves forward, so a repeated report changes nothing."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_status_created", "status", "created"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    call: Mapped[str | None] = mapped_column(ForeignKey("calls.id"), index=True)
    patient: Mapped[str | None] = mapped_column(ForeignKey("patients.id"))
    to_sealed: Mapped[bytes | None]
    body_sealed: Mapped[bytes | None]
    """None once retention has destroyed it."""
    status: Mapped[str]
    created: Mapped[datetime]
    changed: Mapped[datetime]
    carrier_ref: Mapped[str | None] = mapped_column(index=True)
    error: Mapped[str | None]
