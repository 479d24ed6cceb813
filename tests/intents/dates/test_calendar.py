from datetime import datetime

import pytest

from tests.intents.dates.spoken import one, times


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("december third", "2026-12-03"),
        ("the third of december", "2026-12-03"),
        ("december the twenty first", "2026-12-21"),
        ("the third", "2026-12-03"),
        ("the twenty third", "2026-12-23"),
        ("on the 24th", "2026-11-24"),
        ("monday the thirtieth", "2026-11-30"),
        ("january fifth twenty twenty seven", "2027-01-05"),
        ("march 3rd", "2027-03-03"),
        ("15 of february", "2027-02-15"),
        ("Fri, Jul 18", "2027-07-18"),
        ("the first of the month", "2026-12-01"),
        ("14th of next month", "2026-12-14"),
        ("the last friday of the month", "2026-11-27"),
        ("the second tuesday in december", "2026-12-08"),
        ("12/3", "2026-12-03"),
        ("3/5/84", "1984-03-05"),
        ("2027-01-05", "2027-01-05"),
        ("july fourth seventy two", "1972-07-04"),
        ("oh three fourteen nineteen eighty four", "1984-03-14"),
        ("christmas eve", "2026-12-24"),
        ("thanksgiving", "2026-11-26"),
        ("the day after christmas", "2026-12-26"),
    ],
)
def test_days_of_the_calendar(said: str, day: str) -> None:
    start = one(said).start
    assert start is not None
    assert start.date().isoformat() == day


@pytest.mark.parametrize(
    "said",
    [
        "the second one",
        "the first one works",
        "may i speak to april",
        "my name is august wilson",
        "my provider is doctor sunday",
        "march is my last name",
        "he sat down with me",
        "give me a second",
        "february thirtieth",
    ],
)
def test_words_that_are_no_days(said: str) -> None:
    assert times(said) == []


def test_a_leap_day_is_looked_for_further_ahead() -> None:
    start = one("february 29", now=datetime(2026, 11, 24)).start  # noqa: DTZ001
    assert start is not None
    assert start.date().isoformat() == "2028-02-29"
