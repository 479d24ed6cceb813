"""Wall times and moments, on the days when they do not match one to one."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.wall_time import moment, stretch
from tests.scheduling.diary_values import PACIFIC

SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)


def test_a_skipped_time_is_no_moment() -> None:
    assert moment(SPRING, time(2, 30), PACIFIC) is None
    assert moment(SPRING, time(3), PACIFIC) == datetime(2026, 3, 8, 10, tzinfo=UTC)


def test_a_repeated_time_is_its_first_moment() -> None:
    assert moment(AUTUMN, time(1, 30), PACIFIC) == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


def test_hours_across_the_change_are_as_long_as_the_night_is() -> None:
    for day, length in ((SPRING, 3), (AUTUMN, 5), (date(2026, 6, 1), 4)):
        begins, ends = stretch(day, time(0), time(4), PACIFIC)
        assert ends - begins == timedelta(hours=length)


@settings(deadline=None)
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.times())
def test_a_moment_shows_the_wall_time_it_was_made_from(day: date, wall: time) -> None:
    found = moment(day, wall, PACIFIC)
    if found is not None:
        assert found.astimezone(PACIFIC).replace(tzinfo=None) == datetime.combine(day, wall)
