import pytest

from intents.digits import digits
from intents.meaning import Expecting, ValueType
from intents.words import split, tidy


def _found(text: str, expecting: Expecting = Expecting.OPEN) -> list[tuple[ValueType, str]]:
    tidied = tidy(text)
    return [(p.value.type, p.value.value) for p in digits(tidied, split(tidied), expecting, ())]


@pytest.mark.parametrize(
    "said",
    [
        "two oh six five five five oh one four two",
        "206-555-0142",
        "(206) 555 0142",
        "two zero six, triple five, zero one four two",
        "one two oh six five five five oh one forty two",
        "two oh six um five fifty five oh one four two",
    ],
)
def test_telephone_numbers(said: str) -> None:
    assert _found(said, Expecting.PHONE) == [(ValueType.PHONE, "+12065550142")]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("nine four one one oh", "94110"),
        ("my zip code is one five one three six", "15136"),
        ("double seven three", "773"),
        ("eight hundred", "800"),
        ("four four seven two", "4472"),
    ],
)
def test_digit_strings(said: str, value: str) -> None:
    assert _found(said) == [(ValueType.DIGITS, value)]


def test_two_digits_count_only_when_asked_for() -> None:
    assert _found("i have two kids and one dog") == []
    assert _found("four two", Expecting.DIGITS) == [(ValueType.DIGITS, "42")]


@pytest.mark.parametrize(
    ("said", "value"), [("option three", "3"), ("the second one", "2"), ("the first one, ok", "1")]
)
def test_choices(said: str, value: str) -> None:
    assert _found(said) == [(ValueType.DIGITS, value)]


def test_words_already_read_otherwise_are_left_alone() -> None:
    text = "two thirty"
    assert digits(text, split(text), Expecting.DIGITS, [(0, 2)]) == []
