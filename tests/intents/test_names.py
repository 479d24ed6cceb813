import pytest

from intents.meaning import Expecting
from intents.names import names
from intents.words import split, tidy, vocabulary

COMMON = vocabulary("a the calling sick not late ridiculous an emergency sure here about my appointment cold")


def _name(text: str, expecting: Expecting = Expecting.OPEN) -> str | None:
    tidied = tidy(text)
    found = names(tidied, split(tidied), expecting, COMMON)
    return found[0].value.value if found else None


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("my name is James Carter", "James Carter"),
        ("hello um my name is dorothy hill and i need an appointment", "Dorothy Hill"),
        ("this is Dorothy Hill", "Dorothy Hill"),
        ("this is dorothy hill calling about my appointment", "Dorothy Hill"),
        ("It's Maria Lopez.", "Maria Lopez"),
        ("James Carter speaking", "James Carter"),
        ("my name's siobhan o'brien", "Siobhan O'Brien"),
        ("Yes, hi, I'm Anne McDonald", "Anne McDonald"),
    ],
)
def test_a_name_with_its_lead(said: str, name: str) -> None:
    assert _name(said) == name


@pytest.mark.parametrize(
    "said", ["this is ridiculous", "i'm calling about my appointment", "i'm not sure", "it's cold"]
)
def test_everyday_words_are_no_name(said: str) -> None:
    assert _name(said) is None


@pytest.mark.parametrize("said", ["Maria Lopez.", "um maria lopez", "it's maria lopez", "Maria Lopez please"])
def test_the_answer_to_a_question_for_the_name(said: str) -> None:
    assert _name(said, Expecting.NAME) == "Maria Lopez"


@pytest.mark.parametrize("said", ["yes", "what", "could you repeat that please", "person", "m a r i a"])
def test_other_answers_to_it(said: str) -> None:
    assert _name(said, Expecting.NAME) is None
