"""Every table, one file a subject. Import from here, so that the metadata is always whole."""

from store.tables.audit import AuditRow
from store.tables.base import Base
from store.tables.calls import CallRow, JournalRow
from store.tables.care import EnrolmentRow, EpisodeRow
from store.tables.clinic import ClinicFactsRow
from store.tables.consents import ConsentRow
from store.tables.desk import MessageRow, TaskRow
from store.tables.diary import (
    ClinicianRow,
    DayOffRow,
    GroupSessionRow,
    OfferRow,
    ReservationRow,
    VisitRow,
    VisitTypeRow,
    WorkingHoursRow,
)
from store.tables.people import PatientRow
from store.tables.staff import SessionRow, StaffRow

__all__ = [
    "AuditRow",
    "Base",
    "CallRow",
    "ClinicFactsRow",
    "ClinicianRow",
    "ConsentRow",
    "DayOffRow",
    "EnrolmentRow",
    "EpisodeRow",
    "GroupSessionRow",
    "JournalRow",
    "MessageRow",
    "OfferRow",
    "PatientRow",
    "ReservationRow",
    "SessionRow",
    "StaffRow",
    "TaskRow",
    "VisitRow",
    "VisitTypeRow",
    "WorkingHoursRow",
]
