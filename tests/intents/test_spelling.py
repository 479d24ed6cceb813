import pytest

from intents.meaning import Expecting
from intents.spelling import spellings
from intents.words import split, tidy


def _spelled(text: str, expecting: Expecting = Expecting.SPELLING) -> list[str]:
    tidied = tidy(text)
    return [p.value.value for p in spellings(tidied, split(tidied), expecting)]


@pytest.mark.parametrize(
    ("said", "letters"),
    [
        ("L-O-P-E-Z.", "LOPEZ"),
        ("m a r i a", "MARIA"),
        ("M as in Mary, a, double l, o, y", "MALLOY"),
        ("p as in peter a t for tom t e r s o n", "PATTERSON"),
        ("double u i l l", "WILL"),
        ("see are you zee", "CRUZ"),
        ("H. I. L. L.", "HILL"),
        ("hotel india lima lima", "HILL"),
    ],
)
def test_spelled_names(said: str, letters: str) -> None:
    assert _spelled(said) == [letters]


def test_small_words_are_no_spelling_unless_asked_for() -> None:
    assert _spelled("i have a question", Expecting.OPEN) == []
    assert _spelled("it's maria l o p e z", Expecting.NAME) == ["LOPEZ"]
