import time

import pytest

from intents.dates.resolve import names_a_day
from intents.meaning import Expecting, Grain
from tests.intents.dates.spoken import brief, one, times


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("tomorrow at half past two", "2026-11-25T14:30/2026-11-25T14:31"),
        ("half past two tomorrow", "2026-11-25T14:30/2026-11-25T14:31"),
        ("tomorrow morning", "2026-11-25T06:00/2026-11-25T12:00"),
        ("wednesday evening around six thirty", "2026-11-25T18:30/2026-11-25T18:31"),
        ("this afternoon", "2026-11-24T12:00/2026-11-24T18:00"),
        ("first thing monday", "2026-11-30T06:00/2026-11-30T10:00"),
        ("lunch time tomorrow", "2026-11-25T12:00/2026-11-25T14:00"),
        ("any morning next week", "2026-11-30T00:00/2026-12-07T00:00"),
        ("after three", "2026-11-24T15:00/.."),
        ("no earlier than ten", "2026-11-24T10:00/.."),
        ("before noon", "../2026-11-24T12:00"),
        ("after five on thursday", "2026-11-26T17:00/2026-11-27T00:00"),
        ("thursday after five", "2026-11-26T17:00/2026-11-27T00:00"),
        ("before ten tomorrow", "2026-11-25T00:00/2026-11-25T10:00"),
        ("after friday", "2026-11-28T00:00/.."),
        ("saturday between two and four", "2026-11-28T14:00/2026-11-28T16:00"),
        ("from two to four", "2026-11-24T14:00/2026-11-24T16:00"),
        ("between ten and noon", "2026-11-24T10:00/2026-11-24T12:00"),
        ("3:30 to 6 PM", "2026-11-24T15:30/2026-11-24T18:00"),
        ("monday through wednesday", "2026-11-30T00:00/2026-12-03T00:00"),
        ("december third to december fifth", "2026-12-03T00:00/2026-12-06T00:00"),
        ("not this friday the one after", "2026-12-04T00:00/2026-12-05T00:00"),
    ],
)
def test_pieces_put_together(said: str, span: str) -> None:
    assert brief(one(said)) == span


def test_a_list_shares_its_hour_and_its_day() -> None:
    assert [brief(w)[:16] for w in times("monday or tuesday at three")] == ["2026-11-30T15:00", "2026-12-01T15:00"]
    assert [brief(w)[:16] for w in times("monday or wednesday afternoon")] == ["2026-11-30T12:00", "2026-11-25T12:00"]
    assert [brief(w)[:16] for w in times("friday at two or at four")] == ["2026-11-27T14:00", "2026-11-27T16:00"]
    assert len(times("monday, wednesday or friday")) == 3


@pytest.mark.parametrize(
    "said", ["not monday", "anything but monday", "except monday", "i can't do monday", "any day except on monday"]
)
def test_days_to_avoid(said: str) -> None:
    when = one(said)
    assert when.excluded
    assert when.start is not None
    assert when.start.date().isoformat() == "2026-11-30"


def test_only_what_is_avoided_is_excluded() -> None:
    assert [(w.text, w.excluded) for w in times("not monday or tuesday but wednesday is fine")] == [
        ("monday", True), ("tuesday", True), ("wednesday", False),
    ]  # fmt: skip
    assert [w.excluded for w in times("any day next week except friday afternoon")] == [False, True]


def test_whether_a_day_was_named() -> None:
    assert not names_a_day(one("after three"))
    assert not names_a_day(one("in the morning"))
    assert names_a_day(one("tomorrow after three"))
    assert names_a_day(one("next week"))


def test_the_rule_and_the_words_are_told() -> None:
    when = one("could you do next tuesday at two thirty please")
    assert (when.text, when.rule, when.grain) == ("next tuesday at two thirty", "next-weekday+clock", Grain.MINUTE)


@pytest.mark.parametrize(
    "phrase", ["monday ", "next friday after ", "the first of ", "between two and ", "5 / ", "not "]
)
def test_time_grows_with_length_only(phrase: str) -> None:
    def took(count: int) -> float:
        begun = time.perf_counter()
        times(phrase * count, Expecting.WHEN)
        return time.perf_counter() - begun

    took(5)
    assert took(160) < max(0.4, 40 * min(took(20), took(20)))
