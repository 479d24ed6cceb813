"""Programmes under way. What patients said of an episode is sealed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class EnrolmentRow(Base):
    __tablename__ = "enrolments"
    __table_args__ = (
        # A patient is in at most one programme at a time.
        Index(
            "uq_enrolments_patient_under_way",
            "patient",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    patient: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    programme: Mapped[str]
    version: Mapped[str]
    started: Mapped[datetime]
    ended: Mapped[datetime | None]


class EpisodeRow(Base):
    """A finished episode; finishing it again replaces what was said."""

    __tablename__ = "episodes"
    __table_args__ = (UniqueConstraint("enrolment", "episode"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    enrolment: Mapped[str] = mapped_column(ForeignKey("enrolments.id"))
    position: Mapped[int]
    episode: Mapped[str]
    at: Mapped[datetime]
    said_sealed: Mapped[bytes | None]
