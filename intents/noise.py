"""Training text as a recogniser on a bad line might print it: words lost, doubled, or heard as another word."""

import random

from intents.words import vocabulary

_HEARD_AS = {
    "appointment": ("a pointment", "appointments", "the appointment", "ointment"),
    "visit": ("visits", "this it"),
    "cancel": ("council", "cancels", "can sell"),
    "reschedule": ("re schedule", "we schedule"),
    "schedule": ("scheduled", "shed your"),
    "session": ("sessions", "section"),
    "therapist": ("therapists", "the rapist"),
    "refill": ("re fill", "real fill", "we fill"),
    "prescription": ("subscription", "prescriptions"),
    "person": ("parson", "persons"),
    "repeat": ("repeats", "re pete"),
    "insurance": ("assurance", "insurances"),
    "message": ("messages", "massage"),
    "exercise": ("exercises", "exorcise"),
    "breathing": ("breeding", "breathe in"),
    "address": ("a dress", "dress"),
    "parking": ("barking", "park in"),
    "louder": ("ladder", "allowed her"),
    "slower": ("lower", "slow her"),
    "calling": ("call in", "falling"),
    "doctor": ("doctors", "docter"),
    "my": ("may", "by"),
    "i'd": ("i", "id"),
    "want": ("wanna", "one"),
    "your": ("you're", "you"),
}
_SMALL = vocabulary(
    "a an the to of my is it i'd for and can you",
)


def misheard(text: str, seed: int) -> str:
    """One such rendering, always the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - variety for training, not a secret
    words = [kept for word in text.split() for kept in _hear(word, chance)]
    return " ".join(words) or text


def _hear(word: str, chance: random.Random) -> list[str]:
    roll = chance.random()
    if word in _HEARD_AS and roll < 0.35:
        return [chance.choice(_HEARD_AS[word])]
    if word in _SMALL and roll < 0.25:
        return []
    if roll > 0.97:
        return [word, word]
    return [word]
