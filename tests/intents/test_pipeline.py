import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.understand import measure
from intents.meaning import Expecting, Intent, Meaning, ValueType
from intents.pipeline import COMPONENTS, SpacyUnderstanding, build
from intents.words import vocabulary
from tests.intents.conftest import NOW, Hear


def test_the_components_stand_in_their_places() -> None:
    assert build().pipe_names == list(COMPONENTS)
    assert list(COMPONENTS) == ["normalise", "safety", "dates", "numbers", "names", "intent", "policy"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I would like to book an appointment for next Tuesday.", Intent.BOOK),
        ("can i please move my appointment to another day", Intent.RESCHEDULE),
        ("I need to cancel my appointment on Friday morning", Intent.CANCEL),
        ("When is my next appointment?", Intent.WHEN_IS_MY_VISIT),
        ("I want to speak with a person", Intent.PERSON),
        ("get me a human being please", Intent.PERSON),
        ("thanks but i am still confused about the fees could i talk to someone", Intent.PERSON),
        ("i want to come in and talk to someone about my nerves", Intent.BOOK),
        ("what is my exercise today", Intent.PROGRAMME_STEP),
        ("do you take medicare", Intent.INSURANCE),
        ("What time do you open tomorrow?", Intent.HOURS),
        ("where is your office", Intent.ADDRESS),
        ("what should I bring to my first session", Intent.NEW_PATIENT),
        ("could you say that again", Intent.REPEAT),
        ("please talk slower", Intent.SLOWER),
        ("stop calling me", Intent.STOP_CALLING),
        ("are you a real person", Intent.ARE_YOU_A_ROBOT),
        ("i'd like to leave a message for doctor patel", Intent.LEAVE_MESSAGE),
        ("goodbye", Intent.GOODBYE),
        ("who won the football game last night", Intent.OUT_OF_SCOPE),
    ],
)
def test_what_callers_want(hear: Hear, text: str, intent: Intent) -> None:
    assert hear(text).intent is intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("yes", Intent.YES),
        ("Yeah, that's fine.", Intent.YES),
        ("yes please cancel it", Intent.YES),
        ("No.", Intent.NO),
        ("no that's not me", Intent.NO),
        ("no i want to talk to a person", Intent.PERSON),
        ("nope", Intent.NO),
    ],
)
def test_answers_to_yes_or_no(hear: Hear, text: str, intent: Intent) -> None:
    assert hear(text, Expecting.YES_NO).intent is intent


def test_everything_said_is_found_in_order(hear: Hear) -> None:
    meaning = hear("hi this is Maria Lopez, born March 5th 1984, and my number is 206 555 0142")
    found = [(value.type, value.value) for kind in ValueType for value in meaning.values(kind)]
    assert (ValueType.NAME, "Maria Lopez") in found
    assert (ValueType.BIRTH_DATE, "1984-03-05") in found
    assert (ValueType.PHONE, "+12065550142") in found


def test_the_explanation_is_in_plain_words(hear: Hear) -> None:
    meaning = hear("could i possibly get an appointment on friday with my therapist")
    assert "Taken as book" in meaning.explanation
    assert '"on friday" is a time' in meaning.explanation or '"friday" is a time' in meaning.explanation
    assert "danger" in hear("i want to kill myself").explanation


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "\x00\x01", "😀" * 50, "a" * 5000, "monday " * 10_000, "1 " * 10_000, "９ ０ ١٢", "ß ĳ ﬁ Ⅻ ½ ²"],
)
def test_no_text_is_too_odd(hear: Hear, text: str) -> None:
    for expecting in Expecting:
        assert isinstance(hear(text, expecting), Meaning)


@given(text=st.text(max_size=80), expecting=st.sampled_from(list(Expecting)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_has_a_meaning(understand: SpacyUnderstanding, text: str, expecting: Expecting) -> None:
    assert understand(text, expecting=expecting, now=NOW).text == text


WORDS = st.sampled_from(
    sorted(
        vocabulary(
            "the third of may twenty next friday monday at half past two to four thirty pm a m between and not after",
            "before in weeks from oh five 3 / 15 : 30 - , 2026 1984 thousand week month end early first last noon",
        )
    )
)


@given(words=st.lists(WORDS, max_size=14), expecting=st.sampled_from(list(Expecting)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_heap_of_date_words_has_a_meaning(
    understand: SpacyUnderstanding, words: list[str], expecting: Expecting
) -> None:
    for when in understand(" ".join(words), expecting=expecting, now=NOW).whens:
        assert when.start or when.end
        assert not (when.start and when.end) or when.start < when.end


def test_several_threads_may_ask_at_once(understand: SpacyUnderstanding) -> None:
    heard: list[Intent] = []
    threads = [
        threading.Thread(
            target=lambda: heard.append(understand("cancel my appointment", expecting=Expecting.OPEN, now=NOW).intent)
        )
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == [Intent.CANCEL] * 8


def test_a_caller_leaves_no_words_behind() -> None:
    nlp = build()
    SpacyUnderstanding(nlp)("my name is Zebulonia Quuxworthy", expecting=Expecting.NAME, now=NOW)
    assert "Quuxworthy" not in nlp.vocab.strings


def test_it_is_quick(understand: SpacyUnderstanding) -> None:
    figures = measure(understand, rounds=3)
    assert figures["understand_p95_ms"] < 100
    assert figures["understand_200_words_p95_ms"] < 400


def test_loading_is_quick() -> None:
    begun = time.perf_counter()
    SpacyUnderstanding.load()
    assert time.perf_counter() - begun < 8
