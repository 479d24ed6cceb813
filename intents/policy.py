"""What to do with what was understood: act, confirm, offer two, or ask again. Each decision says why in plain words."""

from dataclasses import dataclass
from enum import StrEnum

from intents.classify import Guessed
from intents.meaning import Guess, Intent, Meaning

ACT_FROM = 0.90
CONFIRM_FROM = 0.60
OFFER_FROM = 0.40

ALWAYS_CONFIRMED = frozenset({Intent.CANCEL, Intent.RESCHEDULE, Intent.REFILL, Intent.STOP_CALLING})
NEVER_HELD_BACK = frozenset({Intent.PERSON})


class Action(StrEnum):
    ACT = "act"
    CONFIRM = "confirm"
    OFFER_TWO = "offer-two"
    REASK = "re-ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do next. `offers` are the two intents to choose between when offering two, else the intent acted on."""

    action: Action
    reason: str
    offers: tuple[Intent, ...] = ()


def decide(meaning: Meaning) -> Decision:
    """The policy of design section 5, for one utterance."""
    wanted, sure = meaning.intent, f"{meaning.confidence:.0%} sure"
    name = in_words(wanted)
    if meaning.crisis is not None:
        return Decision(action=Action.ACT, reason="Words that may mean danger are never held back.", offers=(wanted,))
    if wanted in NEVER_HELD_BACK:
        return Decision(action=Action.ACT, reason=f"A wish for a {name} is never held back.", offers=(wanted,))
    if not meaning.in_scope:
        return Decision(action=Action.REASK, reason="It does not sound like something this line does.")
    if meaning.confidence >= CONFIRM_FROM and wanted in ALWAYS_CONFIRMED:
        reason = f'Heard "{name}", {sure}; that is always confirmed.'
        return Decision(action=Action.CONFIRM, reason=reason, offers=(wanted,))
    if meaning.confidence >= ACT_FROM:
        return Decision(action=Action.ACT, reason=f'Heard "{name}", {sure}.', offers=(wanted,))
    if meaning.confidence >= CONFIRM_FROM:
        reason = f'Heard "{name}", but only {sure}, so it is confirmed first.'
        return Decision(action=Action.CONFIRM, reason=reason, offers=(wanted,))
    if meaning.confidence >= OFFER_FROM and (second := _second(meaning)):
        reason = f'It may be "{name}" or "{in_words(second)}"; the caller chooses.'
        return Decision(action=Action.OFFER_TWO, reason=reason, offers=(wanted, second))
    return Decision(action=Action.REASK, reason=f"Nothing was clear enough (best {meaning.confidence:.0%}).")


def settle(guessed: Guessed) -> tuple[Guess, bool]:
    """The intent to report and whether it is in scope: what is like no example is about something else."""
    best = guessed.best
    if best.intent == Intent.OUT_OF_SCOPE:
        return best, False
    if guessed.likeness >= guessed.near or best.confidence >= ACT_FROM:
        return best, True
    strange = max(1 - best.confidence, 0.5)
    return Guess(intent=Intent.OUT_OF_SCOPE, confidence=round(strange, 4)), False


def in_words(intent: Intent) -> str:
    """The intent as a person would say it."""
    return intent.value.replace("_", " ")


def _second(meaning: Meaning) -> Intent | None:
    return next((g.intent for g in meaning.alternatives if g.intent != Intent.OUT_OF_SCOPE), None)
