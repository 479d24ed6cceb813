"""A small clinic for the tests of the pure rules."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.people import ClinicianId
from scheduling.availability import Rules
from scheduling.visits import Clinician, DayOff, VisitType, VisitTypeId, WorkingHours

PACIFIC = ZoneInfo("America/Los_Angeles")
PATEL = Clinician(id=ClinicianId("patel"), name="Dr. Anita Patel", profession="psychiatrist")
LEE = Clinician(id=ClinicianId("lee"), name="Dr. Marcus Lee", profession="psychologist")
THERAPY = VisitType(
    id=VisitTypeId("therapy"), name="therapy session", length=timedelta(minutes=50), buffer_after=timedelta(minutes=10)
)


def hours(who: Clinician, opens: int, closes: int, weekdays: range = range(5)) -> tuple[WorkingHours, ...]:
    """The same hours on each of the weekdays."""
    return tuple(
        WorkingHours(clinician=who.id, weekday=day, opens=time(opens), closes=time(closes)) for day in weekdays
    )


def rules(
    *stretches: WorkingHours,
    kind: VisitType = THERAPY,
    zone: ZoneInfo = PACIFIC,
    clinicians: tuple[Clinician, ...] = (PATEL, LEE),
    days_off: tuple[DayOff, ...] = (),
) -> Rules:
    """Both clinicians, in this order of preference."""
    return Rules(visit_type=kind, clinicians=clinicians, hours=stretches, days_off=days_off, zone=zone)


def pacific(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A wall time in Los Angeles, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=PACIFIC).astimezone(UTC)
