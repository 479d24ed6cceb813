import pytest

from intents.classify import Guessed
from intents.meaning import CrisisLevel, CrisisSign, Guess, Intent, Meaning
from intents.policy import Action, decide, settle


def _meaning(intent: Intent, confidence: float, *, in_scope: bool = True, crisis: CrisisSign | None = None) -> Meaning:
    other = (Guess(intent=Intent.HOURS, confidence=0.2),)
    return Meaning(text="", intent=intent, confidence=confidence, in_scope=in_scope, alternatives=other, crisis=crisis)


@pytest.mark.parametrize(
    ("intent", "confidence", "action"),
    [
        (Intent.BOOK, 0.95, Action.ACT),
        (Intent.BOOK, 0.90, Action.ACT),
        (Intent.BOOK, 0.75, Action.CONFIRM),
        (Intent.BOOK, 0.60, Action.CONFIRM),
        (Intent.BOOK, 0.50, Action.OFFER_TWO),
        (Intent.BOOK, 0.20, Action.REASK),
        (Intent.CANCEL, 0.99, Action.CONFIRM),
        (Intent.RESCHEDULE, 0.99, Action.CONFIRM),
        (Intent.REFILL, 0.99, Action.CONFIRM),
        (Intent.STOP_CALLING, 0.99, Action.CONFIRM),
        (Intent.PERSON, 0.30, Action.ACT),
    ],
)
def test_the_thresholds(intent: Intent, confidence: float, action: Action) -> None:
    decision = decide(_meaning(intent, confidence))
    assert decision.action is action
    assert decision.reason


def test_out_of_scope_is_asked_again() -> None:
    assert decide(_meaning(Intent.BOOK, 0.99, in_scope=False)).action is Action.REASK


def test_crisis_is_never_held_back() -> None:
    sign = CrisisSign(level=CrisisLevel.PASSIVE, triggers=("x",))
    assert decide(_meaning(Intent.OUT_OF_SCOPE, 0.1, in_scope=False, crisis=sign)).action is Action.ACT


def test_two_are_offered_by_name() -> None:
    decision = decide(_meaning(Intent.BOOK, 0.5))
    assert decision.offers == (Intent.BOOK, Intent.HOURS)
    assert '"book" or "hours"' in decision.reason


def test_what_is_like_no_example_is_out_of_scope() -> None:
    guesses = (Guess(intent=Intent.BOOK, confidence=0.7),)
    strange = Guessed(guesses=guesses, likeness=0.2, nearest=(), near=0.4)
    assert settle(strange)[0].intent is Intent.OUT_OF_SCOPE
    assert settle(strange)[1] is False
    assert settle(Guessed(guesses=guesses, likeness=0.6, nearest=(), near=0.4)) == (guesses[0], True)
