import pytest

from intents.meaning import Expecting, Grain
from tests.intents.dates.spoken import one, times


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("half past two", "14:30"),
        ("a quarter to nine", "08:45"),
        ("twenty to three", "14:40"),
        ("ten minutes past six", "18:10"),
        ("two thirty", "14:30"),
        ("five oh five", "17:05"),
        ("nine o'clock", "09:00"),
        ("oh nine hundred", "09:00"),
        ("fourteen hundred hours", "14:00"),
        ("eleven a m", "11:00"),
        ("4:45 p.m.", "16:45"),
        ("3pm", "15:00"),
        ("three in the afternoon", "15:00"),
        ("morning 10:30", "10:30"),
        ("noonish", "12:00"),
        ("14:15", "14:15"),
        ("16h30", "16:30"),
        ("twelve in the afternoon", "12:00"),
        ('10 o"clock in the morning', "10:00"),
        ("quarter past one", "13:15"),
    ],
)
def test_times_of_day(said: str, time: str) -> None:
    start = one(said).start
    assert start is not None
    assert f"{start:%H:%M}" == time


def test_office_hours_come_first_and_the_other_half_second() -> None:
    when = one("at half past two")
    assert [f"{r.start:%H:%M}" for r in when.alternatives if r.start] == ["02:30"]
    assert one("at two pm").alternatives == ()


def test_grain_follows_what_was_said() -> None:
    assert one("at three pm").grain is Grain.HOUR
    assert one("at three thirty pm").grain is Grain.MINUTE
    assert one("tomorrow morning").grain is Grain.PART


@pytest.mark.parametrize(
    "said",
    [
        "i have two kids",
        "my number is five five five one two one two",
        "i'm on fifty milligrams",
        "option three",
        "after three weeks of this",
        "my insurance id is four four seven two",
        "one moment please",
        "to be honest",
    ],
)
def test_numbers_that_are_no_times(said: str) -> None:
    assert not [when for when in times(said) if when.rule == "clock"]


def test_a_bare_number_answers_when() -> None:
    assert one("three", Expecting.WHEN).start is not None
    assert times("three") == []
    assert times("five thirty", Expecting.PHONE) == []
