"""The audit chain; triggers forbid changing or deleting an entry."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Counter


class AuditRow(Base):
    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    tag: Mapped[str]
    subject: Mapped[str]
    digest: Mapped[str]
