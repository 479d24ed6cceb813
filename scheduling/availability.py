"""What could be booked: a pure function of working hours, days off, what is taken, and what the caller wants.

Openings come soonest first and one at a time, so nobody pays for days that nobody asks about. A slot *starts* within
one of the wanted windows and does not touch any excluded one.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from zoneinfo import ZoneInfo

from clinic.people import ClinicianId
from scheduling.visits import Clinician, DayOff, Slot, VisitType, Wanted, Window, WorkingHours
from scheduling.wall_time import stretch

START_EVERY = timedelta(minutes=30)
"""Visits begin this far apart, counted from when the clinician's hours open."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Taken time, buffers included."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What openings follow from, besides what is taken."""

    visit_type: VisitType
    clinicians: tuple[Clinician, ...]
    """Those who offer the visit, in the order of preference."""
    hours: tuple[WorkingHours, ...]
    days_off: tuple[DayOff, ...]
    zone: ZoneInfo


def span(wanted: Wanted, visit_type: VisitType, now: datetime) -> tuple[datetime, datetime]:
    """The bounds within which any opening starts: notice, horizon, and the outermost of what is wanted."""
    start, end = now + visit_type.notice, now + visit_type.horizon
    if wanted.after is not None:
        start = max(start, wanted.after + timedelta(microseconds=1))
    if wanted.windows:
        starts = [window.start for window in wanted.windows]
        ends = [window.end for window in wanted.windows]
        start = max(start, min((s for s in starts if s), default=start)) if all(starts) else start
        end = min(end, max((e for e in ends if e), default=end)) if all(ends) else end
    return start, end


def openings(
    rules: Rules, wanted: Wanted, taken: Mapping[ClinicianId, Sequence[Busy]], *, start: datetime, end: datetime
) -> Iterator[Slot]:
    """Bookable slots that start in [start, end), soonest first. `taken` holds, for each clinician, what is busy."""
    chosen = [c for c in rules.clinicians if wanted.clinician in (None, c.id)]
    busy = {clinician.id: joined(taken.get(clinician.id, ())) for clinician in chosen}
    week = _week(rules.hours)
    for day in _days(start, end, rules.zone):
        if not _touched(wanted.windows, day, rules.zone):
            continue
        each = [
            _starts(rules, week[c.id, day.weekday()], rank, day, busy[c.id], start)
            for rank, c in enumerate(chosen)
            if not _is_off(rules.days_off, c.id, day)
        ]
        for begins, rank in merge(*each):
            if begins >= end:
                return
            slot = _slot(rules.visit_type, chosen[rank], begins)
            if suits(wanted, slot):
                yield slot


def suits(wanted: Wanted, slot: Slot) -> bool:
    """Whether the slot is one of those asked for."""
    if wanted.after is not None and slot.starts <= wanted.after:
        return False
    if any(_overlaps(window, slot) for window in wanted.excluded):
        return False
    return not wanted.windows or any(_holds(window, slot.starts) for window in wanted.windows)


def joined(busy: Iterable[Busy]) -> tuple[Busy, ...]:
    """Sorted, and what touches or overlaps made one, so that one look tells whether a time is free."""
    whole: list[Busy] = []
    for part in sorted(busy, key=lambda b: b.start):
        if whole and part.start <= whole[-1].end:
            whole[-1] = Busy(whole[-1].start, max(whole[-1].end, part.end))
        else:
            whole.append(part)
    return tuple(whole)


def _starts(
    rules: Rules, today: Sequence[WorkingHours], rank: int, day: date, busy: Sequence[Busy], earliest: datetime
) -> Iterator[tuple[datetime, int]]:
    """When visits with one clinician could start on this day; the rank breaks ties between clinicians."""
    kind = rules.visit_type
    for hours in today:
        opens, closes = stretch(day, hours.opens, hours.closes, rules.zone)
        begins = _next_start(opens, max(opens, earliest))
        while begins + kind.length <= closes:
            blocked = _blocked_until(busy, begins, begins + kind.length + kind.buffer_after)
            if blocked is None:
                yield begins, rank
                begins += START_EVERY
            else:
                begins = _next_start(opens, blocked)


def _week(hours: Iterable[WorkingHours]) -> Mapping[tuple[ClinicianId, int], Sequence[WorkingHours]]:
    """By clinician and weekday, in the order of the day."""
    week: defaultdict[tuple[ClinicianId, int], list[WorkingHours]] = defaultdict(list)
    for stretch_of_day in sorted(hours, key=lambda h: h.opens):
        week[stretch_of_day.clinician, stretch_of_day.weekday].append(stretch_of_day)
    return week


def _is_off(days_off: Iterable[DayOff], clinician: ClinicianId, day: date) -> bool:
    return any(off.day == day and off.clinician in (None, clinician) for off in days_off)


def _next_start(opens: datetime, not_before: datetime) -> datetime:
    """The first regular start that is not before this moment."""
    steps = -((opens - not_before) // START_EVERY)
    return opens + steps * START_EVERY


def _blocked_until(busy: Sequence[Busy], start: datetime, end: datetime) -> datetime | None:
    """When the taken time ends that stands in the way of [start, end); None when it is free."""
    before = bisect_left(busy, end, key=lambda b: b.start)
    if before == 0 or busy[before - 1].end <= start:
        return None
    return busy[before - 1].end


def _days(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The days of the clinic, from the one of `start` to the one of `end`."""
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _touched(windows: Sequence[Window], day: date, zone: ZoneInfo) -> bool:
    """Whether anything wanted falls on the day."""
    if not windows:
        return True
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    # 26 hours: the longest day there is, with room.
    after = midnight + timedelta(hours=26)
    return any((w.start is None or w.start < after) and (w.end is None or w.end > midnight) for w in windows)


def _slot(kind: VisitType, clinician: Clinician, begins: datetime) -> Slot:
    return Slot(
        clinician=clinician,
        visit_type=kind.id,
        visit_name=kind.name,
        starts=begins,
        ends=begins + kind.length,
    )


def _holds(window: Window, moment: datetime) -> bool:
    return (window.start is None or window.start <= moment) and (window.end is None or moment < window.end)


def _overlaps(window: Window, slot: Slot) -> bool:
    return (window.start is None or window.start < slot.ends) and (window.end is None or slot.starts < window.end)
