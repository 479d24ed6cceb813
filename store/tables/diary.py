"""The diary. A reservation row exists only while its time is taken; the constraint on it forbids double booking."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class ClinicianRow(Base):
    __tablename__ = "clinicians"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    profession: Mapped[str]
    position: Mapped[int]


class VisitTypeRow(Base):
    __tablename__ = "visit_types"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    minutes: Mapped[int]
    buffer_minutes: Mapped[int]
    notice_minutes: Mapped[int]
    horizon_days: Mapped[int]
    seats: Mapped[int]
    for_new_patients: Mapped[bool]
    position: Mapped[int]


class OfferRow(Base):
    """Who offers which kind of visit; a kind without rows is offered by everyone."""

    __tablename__ = "offers"

    visit_type: Mapped[str] = mapped_column(ForeignKey("visit_types.id"), primary_key=True)
    clinician: Mapped[str] = mapped_column(ForeignKey("clinicians.id"), primary_key=True)


class WorkingHoursRow(Base):
    """Wall time of the clinic's zone."""

    __tablename__ = "working_hours"

    clinician: Mapped[str] = mapped_column(ForeignKey("clinicians.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    opens: Mapped[time] = mapped_column(primary_key=True)
    closes: Mapped[time]


class DayOffRow(Base):
    __tablename__ = "days_off"

    id: Mapped[str] = mapped_column(primary_key=True)
    clinician: Mapped[str | None] = mapped_column(ForeignKey("clinicians.id"))
    day: Mapped[date] = mapped_column(index=True)
    reason: Mapped[str]


class GroupSessionRow(Base):
    """A group that the clinic has planned; callers take its seats."""

    __tablename__ = "group_sessions"
    __table_args__ = (UniqueConstraint("visit_type", "clinician", "starts"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    visit_type: Mapped[str] = mapped_column(ForeignKey("visit_types.id"))
    clinician: Mapped[str] = mapped_column(ForeignKey("clinicians.id"))
    starts: Mapped[datetime] = mapped_column(index=True)
    ends: Mapped[datetime]


class VisitRow(Base):
    __tablename__ = "visits"
    __table_args__ = (Index("ix_visits_patient_starts", "patient", "starts"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    patient: Mapped[str] = mapped_column(ForeignKey("patients.id"))
    clinician: Mapped[str] = mapped_column(ForeignKey("clinicians.id"))
    visit_type: Mapped[str] = mapped_column(ForeignKey("visit_types.id"))
    starts: Mapped[datetime] = mapped_column(index=True)
    ends: Mapped[datetime]
    seat: Mapped[int]
    mode: Mapped[str]
    status: Mapped[str]
    cancel_reason_sealed: Mapped[bytes | None]
    created: Mapped[datetime]
    changed: Mapped[datetime]


class ReservationRow(Base):
    """One resource (a clinician, a patient, a group's seats), taken from `busy_from` to `busy_to`, buffers included.

    With `visit` it is a visit's, with `call` a caller's hold until `expires`, with neither a planned group's.
    """

    __tablename__ = "reservations"
    __table_args__ = (Index("ix_reservations_resource_busy_from", "resource", "busy_from"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    resource: Mapped[str]
    seat: Mapped[int]
    busy_from: Mapped[datetime]
    busy_to: Mapped[datetime]
    visit: Mapped[str | None] = mapped_column(ForeignKey("visits.id"), index=True)
    call: Mapped[str | None] = mapped_column(ForeignKey("calls.id"), index=True)
    expires: Mapped[datetime | None]
