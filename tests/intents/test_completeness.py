import time

import pytest

from intents.completeness import Completeness, how_complete
from intents.meaning import Expecting, Grain, Intent, Meaning, When
from tests.intents.conftest import NOW, Hear

COMPLETE, OPEN, UNFINISHED = Completeness.COMPLETE, Completeness.OPEN, Completeness.UNFINISHED


@pytest.mark.parametrize(
    ("text", "expecting", "wanted"),
    [
        ("I would like to", Expecting.OPEN, UNFINISHED),
        ("I would like to book an appointment", Expecting.OPEN, OPEN),
        ("I would like to book an appointment for next Tuesday.", Expecting.OPEN, OPEN),
        ("I need to cancel my", Expecting.OPEN, UNFINISHED),
        ("I need to cancel my appointment.", Expecting.OPEN, OPEN),
        ("Please move my visit", Expecting.OPEN, OPEN),
        ("Please move my visit to three in the afternoon.", Expecting.OPEN, COMPLETE),
        ("My date of birth is April the fifth,", Expecting.BIRTH_DATE, UNFINISHED),
        ("My date of birth is April the fifth", Expecting.BIRTH_DATE, UNFINISHED),
        ("My date of birth is April the fifth, nineteen", Expecting.BIRTH_DATE, UNFINISHED),
        ("My date of birth is April the fifth, nineteen eighty two.", Expecting.BIRTH_DATE, COMPLETE),
        ("five twenty-seven", Expecting.BIRTH_DATE, UNFINISHED),
        ("five twenty-seven sixty-six", Expecting.BIRTH_DATE, COMPLETE),
        ("Yes,", Expecting.OPEN, UNFINISHED),
        ("Yes.", Expecting.OPEN, OPEN),
        ("Yes.", Expecting.YES_NO, COMPLETE),
        ("Yes, that works for me.", Expecting.YES_NO, COMPLETE),
        ("yes i do", Expecting.YES_NO, COMPLETE),
        ("no", Expecting.YES_NO, COMPLETE),
        ("No, I want to", Expecting.YES_NO, UNFINISHED),
        ("Do you take", Expecting.OPEN, UNFINISHED),
        ("do you take my insurance", Expecting.OPEN, COMPLETE),
        ("what should I bring to my first session", Expecting.OPEN, COMPLETE),
        ("What time do you open?", Expecting.OPEN, OPEN),
        ("what time do you open tomorrow", Expecting.OPEN, COMPLETE),
        ("I want to speak", Expecting.OPEN, OPEN),
        ("I want to speak with", Expecting.OPEN, UNFINISHED),
        ("I want to speak with a person.", Expecting.OPEN, COMPLETE),
        ("I want to speak with a person.", Expecting.BIRTH_DATE, COMPLETE),
        ("two oh six", Expecting.PHONE, UNFINISHED),
        ("two oh six five five five oh one four two", Expecting.PHONE, COMPLETE),
        ("M A", Expecting.SPELLING, UNFINISHED),
        ("L O P E Z", Expecting.SPELLING, Completeness.IN_PARTS),
        ("My name is", Expecting.NAME, UNFINISHED),
        ("James", Expecting.NAME, Completeness.IN_PARTS),
        ("Do you take my insurance", Expecting.BIRTH_DATE, COMPLETE),
        ("I need to cancel my appointment on Friday morning", Expecting.NAME, COMPLETE),
        ("Can you tell me", Expecting.OPEN, UNFINISHED),
        ("my date of birth is", Expecting.OPEN, UNFINISHED),
        ("nineteen eighty", Expecting.BIRTH_DATE, UNFINISHED),
        ("James Carter.", Expecting.NAME, COMPLETE),
        ("Tuesday", Expecting.WHEN, OPEN),
        ("Tuesday at", Expecting.WHEN, UNFINISHED),
        ("next Tuesday at two thirty", Expecting.WHEN, COMPLETE),
        ("Could you say that again?", Expecting.WHEN, COMPLETE),
        ("um", Expecting.OPEN, UNFINISHED),
        ("I've been wondering...", Expecting.OPEN, UNFINISHED),
        ("", Expecting.OPEN, OPEN),
        ("?!", Expecting.OPEN, OPEN),
    ],
)
def test_who_may_be_answered_now(hear: Hear, text: str, expecting: Expecting, wanted: Completeness) -> None:
    assert how_complete(hear(text, expecting), text, expecting) is wanted


def test_a_caller_in_danger_is_not_hurried(hear: Hear) -> None:
    text = "I want to kill myself."
    assert how_complete(hear(text), text, Expecting.OPEN) is OPEN


def test_an_excluded_day_waits_for_the_one_that_is_wanted() -> None:
    when = When(start=NOW, end=NOW, grain=Grain.MINUTE, text="monday", rule="not+weekday", excluded=True)
    meaning = Meaning(text="not monday", intent=Intent.NO, confidence=0.9, in_scope=True, entities=(when,))
    assert how_complete(meaning, "not monday", Expecting.WHEN) is OPEN


def test_it_takes_well_under_a_millisecond(hear: Hear) -> None:
    text = "I would like to book an appointment for next Tuesday at three. " * 20
    meaning = hear(text)
    begun = time.perf_counter()
    for _ in range(50):
        how_complete(meaning, text, Expecting.OPEN)
    assert (time.perf_counter() - begun) / 50 < 0.001
