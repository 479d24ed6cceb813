"""Finding openings: reads what is taken, a day first and then ever more, and lets scheduling's rules decide."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncSession

from scheduling.availability import Rules, openings, span
from scheduling.groups import seats
from scheduling.visits import Slot, Wanted
from store.facts import read_zone
from store.timetable import groups, rules_for, taken, visit_type_of

_FIRST, _MOST = timedelta(days=1), timedelta(days=16)
"""Most callers take one of the next days; who finds nothing there looks through twice as many the next time."""


async def find_openings(session: AsyncSession, wanted: Wanted, now: datetime) -> tuple[Slot, ...]:
    """Up to `wanted.limit`, soonest first. Raises NoSuchVisitType."""
    kind = await visit_type_of(session, wanted.visit_type)
    start, end = span(wanted, kind, now)
    rules = await rules_for(session, kind, wanted.clinician, await read_zone(session), start, end)
    found: list[Slot] = []
    stride = _FIRST
    while start < end and len(found) < wanted.limit:
        until = min(start + stride, end)
        slots = await _between(session, rules, wanted, start, until, now)
        found.extend(islice(slots, wanted.limit - len(found)))
        start, stride = until, min(stride * 2, _MOST)
    return tuple(found)


async def _between(
    session: AsyncSession, rules: Rules, wanted: Wanted, start: datetime, end: datetime, now: datetime
) -> Iterator[Slot]:
    kind = rules.visit_type
    if kind.seats > 1:
        return seats(await groups(session, rules, start=start, end=end, now=now), kind, wanted, start=start, end=end)
    # The last visit that starts before `end` may run beyond it.
    reach = end + kind.length + kind.buffer_after
    busy = await taken(session, rules.clinicians, wanted.patient, start=start, end=reach, now=now)
    return openings(rules, wanted, busy, start=start, end=end)
