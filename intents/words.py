"""Words as the grammars read them: a token's spelling, its normal form and its place in the utterance.

Every grammar of ours (dates, numbers, names, crisis) works over a tuple of these and never over a spaCy Doc, so each
can be tested, and timed, by itself.
"""

import re
import unicodedata
from dataclasses import dataclass

MOST_WORDS = 600
"""Nobody says more in one breath; what lies beyond is not parsed (crisis words are looked for in all of it)."""

_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[^\w\s]|_")
_TYPOS = {
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
    "tomorow": "tomorrow",
    "tmrw": "tomorrow",
    "wensday": "wednesday",
    "wendsday": "wednesday",
    "teusday": "tuesday",
    "thrusday": "thursday",
    "okay": "ok",
    "noontime": "noon",
    "tonite": "tonight",
    "apointment": "appointment",
    "appt": "appointment",
    "fourty": "forty",
    "nineth": "ninth",
    "twelth": "twelfth",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One token. `start` and `end` are offsets into the tidied text."""

    text: str
    norm: str
    start: int
    end: int
    glued: bool
    """No space before it: "3pm" is "3" and a glued "pm"."""


def tidy(text: str) -> str:
    """The utterance with one kind of space, quote and hyphen, and no control characters."""
    straight = text.translate(_STRAIGHT)
    printable = "".join(c if c.isprintable() else " " for c in straight)
    return " ".join(unicodedata.normalize("NFC", printable).split())


def split(tidied: str, most: int = MOST_WORDS) -> tuple[Word, ...]:
    """The words of a tidied text, at most `most` of them."""
    words: list[Word] = []
    for match in _TOKEN.finditer(tidied):
        if len(words) == most:
            break
        start, end = match.span()
        glued = start > 0 and tidied[start - 1] != " "
        words.append(Word(match.group(), normal(match.group()), start, end, glued))
    return tuple(words)


def normal(token: str) -> str:
    """The form the grammars compare: lower case, common misspellings put right."""
    low = token.lower()
    return _TYPOS.get(low, low)


def spoken(words: tuple[Word, ...]) -> str:
    """The normal forms of the real words, without punctuation: what a recogniser would have printed."""
    return " ".join(word.norm for word in words if word.norm[0].isalnum())


_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "\u00a0": " "}
)


def vocabulary(*listed: str) -> frozenset[str]:
    """The set of these words, written with spaces between."""
    return frozenset(word for words in listed for word in words.split())
