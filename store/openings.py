"""Finding openings: reads a week of what is taken at a time and lets scheduling's pure functions decide."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncSession

from scheduling.availability import Rules, openings, span
from scheduling.groups import seats
from scheduling.visits import Slot, Wanted
from store.facts import read_zone
from store.timetable import groups, rules_for, taken, visit_type_of

_CHUNK = timedelta(days=7)
"""Most callers want the next days, and nobody pays for the months after."""


async def find_openings(session: AsyncSession, wanted: Wanted, now: datetime) -> tuple[Slot, ...]:
    """Up to `wanted.limit`, soonest first. Raises NoSuchVisitType."""
    kind = await visit_type_of(session, wanted.visit_type)
    start, end = span(wanted, kind, now)
    rules = await rules_for(session, kind, await read_zone(session), start, end)
    found: list[Slot] = []
    while start < end and len(found) < wanted.limit:
        until = min(start + _CHUNK, end)
        slots = await _between(session, rules, wanted, start, until, now)
        found.extend(islice(slots, wanted.limit - len(found)))
        start = until
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
