from datetime import UTC, datetime, timedelta, timezone

import pytest

from clinic.time import ManualClock, NaiveTime, SystemClock, UnknownZone, aware, zone


def test_times_become_utc() -> None:
    there = datetime(2026, 11, 24, 9, 12, tzinfo=timezone(timedelta(hours=-8)))
    assert aware(there) == datetime(2026, 11, 24, 17, 12, tzinfo=UTC)
    assert aware(there).tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveTime):
        aware(datetime(2026, 11, 24))  # noqa: DTZ001


@pytest.mark.parametrize("name", ["America/Nowhere", "", "../etc/passwd"])
def test_an_unknown_zone_is_named(name: str) -> None:
    with pytest.raises(UnknownZone, match="America/Los_Angeles"):
        zone(name)


def test_clocks() -> None:
    clock = ManualClock(datetime(2026, 11, 24, tzinfo=UTC))
    clock.forward(timedelta(hours=1))
    assert clock.now() == datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert SystemClock().now().tzinfo is UTC
