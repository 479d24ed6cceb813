"""How alike two names sound and look: half double-metaphone, half Jaro-Winkler (design, section 5)."""

from metaphone import doublemetaphone
from rapidfuzz.distance import JaroWinkler


def likeness(heard: str, known: str) -> float:
    """0 to 1, for whole names: each word known is matched with the word heard that is most like it."""
    said, names = heard.lower().split(), known.lower().split()
    if not said or not names:
        return 0.0
    return sum(max(_word_likeness(word, name) for word in said) for name in names) / len(names)


def _word_likeness(heard: str, known: str) -> float:
    looks = JaroWinkler.similarity(heard, known)
    sounds = (
        max(
            JaroWinkler.similarity(one, other)
            for one in doublemetaphone(heard)
            for other in doublemetaphone(known)
            if one and other
        )
        if any(doublemetaphone(heard)) and any(doublemetaphone(known))
        else looks
    )
    return (looks + sounds) / 2
