"""Wall times of the clinic's zone, and the moments they stand for. Sums are done in UTC, never on wall times."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def moment(day: date, wall: time, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC, the first one where the clock shows the time twice; None when the clock skips it."""
    local = datetime.combine(day, wall, tzinfo=zone)
    there = local.astimezone(UTC)
    # A wall time that was skipped comes back from UTC as another one.
    back = there.astimezone(zone)
    return there if back.replace(tzinfo=None) == local.replace(tzinfo=None) else None


def stretch(day: date, opens: time, closes: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From opening to closing in UTC. Where a bound was skipped, the shorter reading: never outside working hours."""
    begins = moment(day, opens, zone) or datetime.combine(day, opens, tzinfo=zone).astimezone(UTC)
    ends = moment(day, closes, zone) or datetime.combine(day, closes, tzinfo=zone).replace(fold=1).astimezone(UTC)
    return begins, ends
