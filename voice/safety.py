"""Reads every utterance before any flow does. Recall first: a false alarm costs a question, a miss can cost a life."""

from intents.meaning import Meaning
from voice.dialog.journal import InCrisis


def watch(meaning: Meaning) -> InCrisis | None:
    """Crisis words, at any level, in any state (RULES L18). No threshold holds them back."""
    if meaning.crisis is None:
        return None
    return InCrisis(level=meaning.crisis.level, triggers=meaning.crisis.triggers)
