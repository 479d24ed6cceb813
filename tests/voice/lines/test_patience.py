"""How long a silence may last."""

import pytest

from intents.completeness import Completeness
from intents.meaning import Expecting
from voice.dialog.turn import Listen
from voice.lines.patience import Patience

OPEN = Listen(expects=Expecting.OPEN)


def test_the_more_is_missing_the_longer_it_waits() -> None:
    waits = [Patience().wait_s(c, OPEN) for c in (Completeness.COMPLETE, Completeness.OPEN, Completeness.UNFINISHED)]
    assert waits == sorted(waits)
    assert waits[0] <= 0.3
    assert waits[1] > 0.6
    assert 1.2 <= waits[2] <= 2.0


@pytest.mark.parametrize("expects", [Expecting.SPELLING, Expecting.DIGITS, Expecting.PHONE, Expecting.BIRTH_DATE])
def test_answers_in_parts_get_longer_pauses(expects: Expecting) -> None:
    parts = Patience().wait_s(Completeness.IN_PARTS, Listen(expects=expects))
    open_ = Patience().wait_s(Completeness.OPEN, Listen(expects=expects))
    assert parts > open_


def test_long_pauses_earn_patience_up_to_a_limit_and_short_ones_none() -> None:
    patience = Patience()
    before = patience.wait_s(Completeness.OPEN, OPEN)
    patience.went_on_after(0.6)
    assert patience.wait_s(Completeness.OPEN, OPEN) == before
    for _ in range(100):
        patience.went_on_after(1.0)
    assert before < patience.wait_s(Completeness.OPEN, OPEN) <= 1.6 * before


def test_a_complete_answer_is_not_made_to_wait_for_what_was_earned() -> None:
    patience = Patience()
    patience.went_on_after(2.0)
    assert patience.wait_s(Completeness.COMPLETE, OPEN) == Patience().wait_s(Completeness.COMPLETE, OPEN)


def test_the_question_can_ask_for_patience() -> None:
    patient = Listen(expects=Expecting.OPEN, patience=1.5)
    for completeness in Completeness:
        assert Patience().wait_s(completeness, patient) == pytest.approx(1.5 * Patience().wait_s(completeness, OPEN))


def test_a_short_answer_to_an_open_question_may_be_only_its_beginning() -> None:
    yes_no = Listen(expects=Expecting.YES_NO)
    assert Patience().wait_s(Completeness.COMPLETE, OPEN, 0.6) == Patience().wait_s(Completeness.OPEN, OPEN)
    complete = Patience().wait_s(Completeness.COMPLETE, OPEN, 2.0)
    assert complete < Patience().wait_s(Completeness.COMPLETE, yes_no, 0.3) < 0.45
    assert Patience().wait_s(Completeness.COMPLETE, yes_no, 2.0) == complete
