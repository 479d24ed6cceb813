from intents.dates.windows import daily
from tests.intents.dates.spoken import one


def _short(said: str) -> list[str]:
    return [f"{r.start:%m-%d %H:%M}-{r.end:%H:%M}" for r in daily(one(said), days=3) if r.start and r.end]


def test_hours_of_many_days_are_hours_of_each() -> None:
    assert _short("any morning next week")[:2] == ["11-30 06:00-12:00", "12-01 06:00-12:00"]
    assert len(_short("any morning next week")) == 7


def test_hours_without_a_day_are_hours_of_any_day() -> None:
    assert _short("after four") == ["11-24 16:00-00:00", "11-25 16:00-00:00", "11-26 16:00-00:00"]
    assert "11-25 06:00-12:00" in _short("in the morning")


def test_a_time_on_a_day_stays_as_it_is() -> None:
    assert _short("tomorrow at two pm") == ["11-25 14:00-15:00"]
    assert daily(one("next week"))[0].end is not None
