"""The day's visits, clinician by clinician. Read only: the diary is changed on the telephone, and soon here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from starlette.responses import Response

from clinic.people import ClinicianId
from console.errors import BadForm
from console.guard import Asked
from console.pages import Pages
from console.rooms import ConsoleRooms
from scheduling.visits import Clinician, Mode, Visit, VisitStatus

MODES: dict[Mode, str] = {Mode.IN_PERSON: "In person", Mode.PHONE: "By phone", Mode.VIDEO: "By video"}

STATUSES: dict[VisitStatus, str] = {
    VisitStatus.HOLD: "kept for a caller",
    VisitStatus.BOOKED: "booked",
    VisitStatus.ARRIVED: "arrived",
    VisitStatus.DONE: "done",
    VisitStatus.CANCELLED: "cancelled",
    VisitStatus.NO_SHOW: "did not come",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A visit as the day list shows it."""

    visit: Visit
    patient: str
    mode: str
    status: str
    off: bool
    """Will not take place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianDay:
    """One clinician's day."""

    clinician: Clinician
    visits: Sequence[Appointment]


class DiaryPageSet:
    """The diary page."""

    def __init__(self, rooms: ConsoleRooms, pages: Pages) -> None:
        self._rooms = rooms
        self._pages = pages

    async def day(self, asked: Asked) -> Response:
        """GET /diary"""
        today = self._rooms.clock.now().astimezone(self._pages.time.zone).date()
        day = _read_day(asked.query.get("day", ""), today)
        only = ClinicianId(asked.query.get("clinician", ""))
        clinicians = await self._rooms.diary.clinicians()
        shown = [clinician for clinician in clinicians if clinician.id == only] or clinicians
        values = {
            "date": day,
            "today": today,
            "before": day - timedelta(days=1),
            "after": day + timedelta(days=1),
            "clinicians": clinicians,
            "only": only,
            "days": await self._days(day, shown),
        }
        return await self._pages.page(asked, "diary.html", values)

    async def _days(self, day: date, clinicians: Sequence[Clinician]) -> Sequence[ClinicianDay]:
        zone = self._pages.time.zone
        start, end = (datetime.combine(d, time(), zone) for d in (day, day + timedelta(days=1)))
        visits = await self._rooms.visits.between(start, end)
        names = await self._rooms.patients.names({visit.patient for visit in visits})
        appointments = [_appointment(visit, names.get(visit.patient, "")) for visit in visits]
        return [
            ClinicianDay(clinician=who, visits=[a for a in appointments if a.visit.clinician.id == who.id])
            for who in clinicians
        ]


def _read_day(written: str, today: date) -> date:
    if not written:
        return today
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise BadForm from error
    if not 1900 < day.year < 2200:
        raise BadForm
    return day


def _appointment(visit: Visit, patient: str) -> Appointment:
    return Appointment(
        visit=visit,
        patient=patient or "Patient no longer on file",
        mode=MODES[visit.mode],
        status=STATUSES[visit.status],
        off=visit.status in {VisitStatus.CANCELLED, VisitStatus.NO_SHOW},
    )
