from datetime import datetime

import pytest

from clinic.people import Phone
from tests.voice.dialog.talk import ZONE
from voice.dialog.errors import UnknownPhrase
from voice.dialog.spoken import clock, count, ordinal, series, speak


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "midnight"),
        (9, 0, "9 o'clock in the morning"),
        (10, 30, "10:30 in the morning"),
        (12, 0, "noon"),
        (12, 5, "12:05 in the afternoon"),
        (17, 59, "5:59 in the afternoon"),
        (18, 0, "6 o'clock in the evening"),
    ],
)
def test_a_time_is_said_with_its_part_of_day(hour: int, minute: int, words: str) -> None:
    assert clock(datetime(2026, 11, 24, hour, minute)) == words  # noqa: DTZ001 - a wall time


@pytest.mark.parametrize(("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (21, "21st"), (30, "30th")])  # fmt: skip # noqa: E501
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_numbers_are_said_digit_by_digit_in_groups() -> None:
    assert speak(Phone("+12065550142"), "", ZONE).text == "2 0 6, 5 5 5, 0 1 4 2"
    assert speak(Phone("+12065550142"), "ending", ZONE).text == "0 1 4 2"


def test_series_and_counts() -> None:
    assert series(["a"]) == "a"
    assert series(["a", "b"]) == "a and b"
    assert series(["a", "b", "c"]) == "a, b, and c"
    assert (count(3), count(12)) == ("three", "12")


def test_what_cannot_be_said_is_an_error() -> None:
    for value in (True, object()):
        with pytest.raises(UnknownPhrase):
            speak(value, "", ZONE)
