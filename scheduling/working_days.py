"""By when a person is to act: the end of today, the end of the next working day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinic.desk import Urgency
from scheduling.visits import DayOff, WorkingHours
from scheduling.wall_time import stretch

_LOOK_AHEAD = 31
"""Days searched for a working day; a clinic that is closed for longer still gets a due date."""


def due(
    urgency: Urgency, at: datetime, zone: ZoneInfo, hours: Sequence[WorkingHours], days_off: Sequence[DayOff]
) -> datetime:
    """When a task of this urgency is due, in UTC."""
    today = at.astimezone(zone).date()
    match urgency:
        case Urgency.NOW:
            return at
        case Urgency.TODAY:
            closes = closing(today, zone, hours, days_off)
            return closes if closes and closes > at else _midnight_after(today, zone)
        case Urgency.SOON:
            return next_closing(today, zone, hours, days_off)


def next_closing(today: date, zone: ZoneInfo, hours: Sequence[WorkingHours], days_off: Sequence[DayOff]) -> datetime:
    """When the next working day after today ends."""
    for ahead in range(1, _LOOK_AHEAD):
        if closes := closing(today + timedelta(days=ahead), zone, hours, days_off):
            return closes
    return _midnight_after(today + timedelta(days=1), zone)


def closing(day: date, zone: ZoneInfo, hours: Sequence[WorkingHours], days_off: Sequence[DayOff]) -> datetime | None:
    """When the last clinician's hours end; None when the clinic is closed on that day."""
    off = {day_off.clinician for day_off in days_off if day_off.day == day}
    if None in off:
        return None
    ends = [
        stretch(day, h.opens, h.closes, zone)[1] for h in hours if h.weekday == day.weekday() and h.clinician not in off
    ]
    return max(ends, default=None)


def _midnight_after(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=zone).astimezone(UTC)
