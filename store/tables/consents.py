"""The ledger of agreements; triggers forbid changing or deleting an entry."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base, Counter


class ConsentRow(Base):
    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    patient: Mapped[str] = mapped_column(ForeignKey("patients.id"), index=True)
    kind: Mapped[str]
    channel: Mapped[str]
    given: Mapped[bool]
    wording: Mapped[str]
    at: Mapped[datetime]
    call: Mapped[str | None] = mapped_column(ForeignKey("calls.id"))
