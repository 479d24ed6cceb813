import pytest

from tests.intents.dates.spoken import brief, one, times


@pytest.mark.parametrize(
    "said",
    [
        "from the 13th to the 15th of december",
        "December 13 through 15",
        "between the thirteenth and the fifteenth of december",
        "december thirteenth to fifteenth",
        "13th to 15th of december 2026",
    ],
)
def test_days_that_share_a_month(said: str) -> None:
    assert brief(one(said)) == "2026-12-13T00:00/2026-12-16T00:00"


def test_a_range_that_runs_into_the_next_month() -> None:
    assert brief(one("december twenty seventh to the third")) == "2026-12-27T00:00/2027-01-04T00:00"


def test_two_days_are_no_range() -> None:
    assert len(times("the thirteenth and the fifteenth")) == 2
