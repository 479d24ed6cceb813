import pytest

from intents.meaning import Expecting, Grain
from tests.intents.dates.spoken import brief, one, times


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("today", "2026-11-24T00:00/2026-11-25T00:00"),
        ("the day after tomorrow", "2026-11-26T00:00/2026-11-27T00:00"),
        ("friday", "2026-11-27T00:00/2026-11-28T00:00"),
        ("next tuesday", "2026-12-01T00:00/2026-12-02T00:00"),
        ("a week from friday", "2026-12-04T00:00/2026-12-05T00:00"),
        ("friday week", "2026-12-04T00:00/2026-12-05T00:00"),
        ("the monday after next", "2026-12-07T00:00/2026-12-08T00:00"),
        ("tuesday next week", "2026-12-01T00:00/2026-12-02T00:00"),
        ("in ten days", "2026-12-04T00:00/2026-12-05T00:00"),
        ("three weeks from monday", "2026-12-21T00:00/2026-12-22T00:00"),
        ("in a fortnight", "2026-12-08T00:00/2026-12-09T00:00"),
        ("next week", "2026-11-30T00:00/2026-12-07T00:00"),
        ("early next week", "2026-11-30T00:00/2026-12-03T00:00"),
        ("end of next week", "2026-12-03T00:00/2026-12-07T00:00"),
        ("the week of the fifth", "2026-11-30T00:00/2026-12-07T00:00"),
        ("this weekend", "2026-11-28T00:00/2026-11-30T00:00"),
        ("next month", "2026-12-01T00:00/2027-01-01T00:00"),
        ("in march", "2027-03-01T00:00/2027-04-01T00:00"),
        ("in an hour", "2026-11-24T10:12/2026-11-24T10:13"),
        ("an hour and a half from now", "2026-11-24T10:42/2026-11-24T10:43"),
    ],
)
def test_days_counted_from_today(said: str, span: str) -> None:
    assert brief(one(said)) == span


def test_next_friday_may_mean_this_one_and_is_asked_about() -> None:
    when = one("next friday")
    assert when.start is not None
    assert when.start.date().isoformat() == "2026-12-04"
    assert [r.start.date().isoformat() for r in when.alternatives if r.start] == ["2026-11-27"]


def test_in_two_weeks_may_mean_the_week() -> None:
    assert [r.grain for r in one("in two weeks").alternatives] == [Grain.WEEK]


def test_a_month_alone_counts_where_a_time_was_asked_for() -> None:
    assert times("june") == []
    assert brief(one("june", Expecting.WHEN)) == "2027-06-01T00:00/2027-07-01T00:00"
    assert times("i need to talk to june please", Expecting.WHEN) == []
