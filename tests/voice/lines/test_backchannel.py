"""Listening noises against answers."""

import pytest

from intents.meaning import Expecting
from voice.lines.backchannel import is_backchannel


@pytest.mark.parametrize("text", ["Uh-huh.", "Mm-hmm", "Okay.", "okay, yeah", "Right.", "I see."])
def test_over_a_prompt_it_only_says_that_someone_listens(text: str) -> None:
    assert is_backchannel(text, over_question=False, expects=Expecting.YES_NO)


@pytest.mark.parametrize("text", ["", "No.", "Tuesday", "okay Tuesday", "a person please", "stop"])
def test_words_are_an_answer(text: str) -> None:
    assert not is_backchannel(text, over_question=False, expects=Expecting.OPEN)


@pytest.mark.parametrize("text", ["Yes.", "Okay.", "uh-huh", "Mm-hmm."])
def test_over_a_yes_no_question_agreement_is_the_answer(text: str) -> None:
    assert not is_backchannel(text, over_question=True, expects=Expecting.YES_NO)


@pytest.mark.parametrize("expects", list(Expecting))
def test_hesitation_never_is(expects: Expecting) -> None:
    assert is_backchannel("Um...", over_question=True, expects=expects)


def test_other_languages() -> None:
    assert is_backchannel("Sí, claro.", over_question=False, expects=Expecting.OPEN, language="es")
    assert not is_backchannel("claro", over_question=False, expects=Expecting.OPEN, language="en")
