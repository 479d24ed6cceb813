"""What a caller's reply means to the question that was asked: safety first, then wishes, then the answer itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from intents.meaning import Intent, Meaning
from voice.dialog.effects import Ask
from voice.dialog.expectation import Expectation, NoAnswer, encode
from voice.dialog.journal import Answered, InCrisis, Outcome, Unclear, Wish, Wished
from voice.dialog.turn import Heard, Keyed, Silent

Comprehend = Callable[[str, Expectation[Any]], Meaning]
"""Text and the question it answers, to meaning."""

Safety = Callable[[Meaning], InCrisis | None]

WISHES = {
    Intent.REPEAT: Wish.REPEAT,
    Intent.SLOWER: Wish.SLOWER,
    Intent.LOUDER: Wish.LOUDER,
    Intent.GO_BACK: Wish.GO_BACK,
    Intent.PERSON: Wish.PERSON,
    Intent.STOP_CALLING: Wish.STOP_CALLING,
    Intent.WHY: Wish.WHY,
    Intent.ARE_YOU_A_ROBOT: Wish.ROBOT,
    Intent.GOODBYE: Wish.GOODBYE,
    Intent.LANGUAGE: Wish.LANGUAGE,
}

WISH_CONFIDENCE = 0.6
"""Below this a wish is taken for an attempt at the answer; a person and a crisis are never held back."""

KEY_WISHES = {"0": Wish.PERSON, "*": Wish.REPEAT}
"""Keys that mean the same on every question."""

START_OVER = ("start over", "start again", "from the beginning", "main menu")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An outcome, and what staff see of how it came about."""

    outcome: Outcome
    understood: str = ""
    sure: float | None = None
    explanation: str = ""


def read(ask: Ask, event: Heard | Keyed | Silent, comprehend: Comprehend, safety: Safety) -> Read:
    """What this reply to this question comes to."""
    match event:
        case Silent():
            return Read(outcome=Unclear(why="silence"))
        case Keyed(keys=keys):
            return _read_keys(ask, keys)
        case Heard() if not event.text.strip():
            return Read(outcome=Unclear(why="not-recognised"))
        case Heard():
            return _read_speech(ask, event, comprehend, safety)


def _read_keys(ask: Ask, keys: str) -> Read:
    if keys in KEY_WISHES:
        return Read(outcome=Wished(wish=KEY_WISHES[keys]), understood=KEY_WISHES[keys], sure=1.0)
    answer = ask.expects.from_keys(keys)
    if isinstance(answer, NoAnswer):
        return Read(outcome=Unclear(why="not-understood"), explanation=answer.why)
    value = encode(ask.expects, answer)
    return Read(outcome=Answered(value=value), understood=ask.expects.in_words(answer), sure=1.0)


def _read_speech(ask: Ask, event: Heard, comprehend: Comprehend, safety: Safety) -> Read:
    """Safety reads every guess of the recogniser; the answer is taken from the first guess that answers."""
    meanings = [comprehend(guess.text, ask.expects) for guess in event.heard if guess.text.strip()]
    for meaning in meanings:
        danger = None if ask.in_crisis else safety(meaning)
        if danger:
            return Read(
                outcome=danger,
                understood=f"crisis: {danger.level}",
                explanation=f"These words raised it: {', '.join(danger.triggers)}.",
            )
    best = meanings[0]
    wish = _wish(ask, best)
    if wish:
        return Read(outcome=Wished(wish=wish), understood=wish, sure=best.confidence, explanation=best.explanation)
    for meaning in meanings:
        answer = ask.expects.from_speech(meaning)
        if not isinstance(answer, NoAnswer):
            value = encode(ask.expects, answer)
            return Read(
                outcome=Answered(value=value),
                understood=ask.expects.in_words(answer),
                sure=meaning.confidence if ask.expects.by_intent else None,
                explanation=meaning.explanation,
            )
    refused = ask.expects.from_speech(best)
    why = f"{refused.why}. {best.explanation}" if isinstance(refused, NoAnswer) else best.explanation
    return Read(
        outcome=Unclear(why="not-understood"), understood=best.intent, sure=best.confidence, explanation=why.strip()
    )


def _wish(ask: Ask, meaning: Meaning) -> Wish | None:
    text = meaning.text.lower()
    if ask.expects.takes_anything and len(text.split()) > 4:
        return None
    if any(phrase in text for phrase in START_OVER):
        return Wish.START_OVER
    wish = WISHES.get(meaning.intent)
    if wish is Wish.PERSON:
        return wish
    return wish if wish and meaning.confidence >= WISH_CONFIDENCE else None
