"""The values of the diary: clinicians, visit types, slots, visits. Times are aware, in UTC, ends exclusive."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal, NewType

from clinic.people import CallId, ClinicianId, PatientId

VisitId = NewType("VisitId", str)
VisitTypeId = NewType("VisitTypeId", str)


class Mode(StrEnum):
    IN_PERSON = "in-person"
    PHONE = "phone"
    VIDEO = "video"


class VisitStatus(StrEnum):
    HOLD = "hold"
    BOOKED = "booked"
    ARRIVED = "arrived"
    DONE = "done"
    CANCELLED = "cancelled"
    NO_SHOW = "no-show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinician:
    """Someone patients have visits with."""

    id: ClinicianId
    name: str
    """As it is spoken: "Dr. Anita Patel"."""
    profession: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitType:
    """A kind of visit and its rules."""

    id: VisitTypeId
    name: str
    """As it is spoken: "follow-up visit"."""
    length: timedelta
    buffer_after: timedelta = timedelta(0)
    notice: timedelta = timedelta(hours=2)
    """No opening sooner than this from now."""
    horizon: timedelta = timedelta(days=60)
    seats: int = 1
    for_new_patients: bool = False
    clinicians: tuple[ClinicianId, ...] = ()
    """Who offers it; empty means everyone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """One stretch of one weekday (0 is Monday), wall time of the clinic's zone."""

    clinician: ClinicianId
    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A day on which a clinician (None: the whole clinic) sees nobody."""

    clinician: ClinicianId | None
    day: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of time, None where open."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the caller asked for. Within any of `windows` (none: any time), outside all of `excluded`."""

    visit_type: VisitTypeId
    windows: tuple[Window, ...] = ()
    excluded: tuple[Window, ...] = ()
    clinician: ClinicianId | None = None
    patient: PatientId | None = None
    limit: int = 3
    after: datetime | None = None
    """Only openings later than this: "something else"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time that could be booked: a clinician, a kind of visit, a start and an end."""

    clinician: Clinician
    visit_type: VisitTypeId
    visit_name: str
    starts: datetime
    ends: datetime
    seat: int = 0
    mode: Mode = Mode.IN_PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit in the diary."""

    id: VisitId
    patient: PatientId
    clinician: Clinician
    visit_type: VisitTypeId
    visit_name: str
    starts: datetime
    ends: datetime
    status: VisitStatus
    mode: Mode = Mode.IN_PERSON
    kind: Literal["visit"] = "visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A slot kept for this call until `expires`, so that what was offered can be taken."""

    call: CallId
    slot: Slot
    expires: datetime
    kind: Literal["held"] = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Someone else has this slot; an expected outcome, not an error."""

    slot: Slot
    kind: Literal["taken"] = "taken"
