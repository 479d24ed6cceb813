import pytest

from intents.numbers import below_hundred, ordinal, quantity, two_places, year
from intents.words import split


@pytest.mark.parametrize(
    ("said", "value"), [("seven", 7), ("seventeen", 17), ("twenty-three", 23), ("twenty three", 23), ("42", 42)]
)
def test_below_hundred(said: str, value: int) -> None:
    words = split(said)
    number = below_hundred(words, 0)
    assert number is not None
    assert (number.value, number.end) == (value, len(words))


@pytest.mark.parametrize(("said", "value"), [("third", 3), ("twenty third", 23), ("21st", 21), ("thirtieth", 30)])
def test_ordinal(said: str, value: int) -> None:
    number = ordinal(split(said), 0)
    assert number is not None
    assert number.value == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("nineteen eighty four", 1984),
        ("nineteen oh five", 1905),
        ("nineteen hundred and six", 1906),
        ("two thousand and six", 2006),
        ("two thousand", 2000),
        ("twenty twenty seven", 2027),
        ("1943", 1943),
        ("19 84", 1984),
    ],
)
def test_year(said: str, value: int) -> None:
    number = year(split(said), 0)
    assert number is not None
    assert number.value == value


@pytest.mark.parametrize("said", ["nineteen", "twenty", "eighty four", "12345", "1066"])
def test_what_is_no_year(said: str) -> None:
    assert year(split(said), 0) is None


def test_two_places_hears_oh() -> None:
    heard = [two_places(split(said), 0) for said in ("oh five", "zero three", "0 7", "15")]
    assert [number.value for number in heard if number] == [5, 3, 7, 15]


@pytest.mark.parametrize(("said", "value"), [("a couple of", 2), ("a few", 3), ("an", 1), ("ten", 10)])
def test_quantity(said: str, value: int) -> None:
    number = quantity(split(said), 0)
    assert number is not None
    assert number.value == value
