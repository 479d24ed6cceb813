import pytest

from intents.dates.atoms import Said
from intents.dates.births import births
from intents.meaning import Expecting
from intents.words import split, tidy
from tests.intents.conftest import NOW


def _born(text: str, expecting: Expecting = Expecting.BIRTH_DATE) -> list[str]:
    return [born.day.isoformat() for born in births(Said(split(tidy(text)), NOW, expecting))]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("five twenty-seven sixty-six", "1966-05-27"),
        ("twelve twenty nine fifty nine", "1959-12-29"),
        ("march fifth nineteen eighty four", "1984-03-05"),
        ("March 5th, 1984.", "1984-03-05"),
        ("3/5/84", "1984-03-05"),
        ("03-05-1984", "1984-03-05"),
        ("the seventh of March sixty-seven", "1967-03-07"),
        ("My date of birth is April the fifth, nineteen eighty two.", "1982-04-05"),
        ("july 8 43", "1943-07-08"),
        ("oh three oh five eighty four", "1984-03-05"),
        ("11, 20, 51", "1951-11-20"),
        ("eleven twenty nineteen fifty one", "1951-11-20"),
        ("11201951", "1951-11-20"),
        ("may first oh four", "2004-05-01"),
        ("i was born on the twentieth of november fifty one", "1951-11-20"),
        ("july eighth nineteen forty three", "1943-07-08"),
        ("the fifth of march two thousand and one", "2001-03-05"),
    ],
)
def test_birth_dates(said: str, day: str) -> None:
    assert _born(said) == [day]


@pytest.mark.parametrize("said", ["march fifth", "march fifth 2031", "five twenty seven", "yes", "13 45 70"])
def test_what_is_no_birth_date(said: str) -> None:
    assert _born(said) == []


def test_bare_figures_count_only_where_a_birth_date_was_asked_for() -> None:
    assert _born("five twenty seven sixty six", Expecting.OPEN) == []
    assert _born("march fifth nineteen eighty four", Expecting.OPEN) == ["1984-03-05"]
