"""Spelled names: "l o p e z", "M as in Mary", "double l", "L-O-P-E-Z", and letters heard as words."""

from intents.digits import Placed
from intents.meaning import Expecting, Value, ValueType
from intents.numbers import norm
from intents.words import Word, vocabulary

_HEARD_AS = {
    "bee": "b", "be": "b", "see": "c", "sea": "c", "dee": "d", "gee": "g", "jay": "j", "kay": "k", "okay": "k",
    "el": "l", "ell": "l", "em": "m", "en": "n", "and": "n", "oh": "o", "pea": "p", "pee": "p", "queue": "q",
    "cue": "q", "are": "r", "our": "r", "ess": "s", "tea": "t", "tee": "t", "you": "u", "vee": "v", "ex": "x",
    "why": "y", "zee": "z", "zed": "z", "eye": "i", "aye": "i", "ay": "a", "eh": "a", "aitch": "h", "age": "h",
    "eff": "f", "if": "f",
}  # fmt: skip
_NATO = {
    word: word[0]
    for word in vocabulary(
        "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec",
        "romeo sierra tango uniform victor whiskey xray yankee zulu",
    )
}
_MARKS = frozenset({"-", ".", ",", "um", "uh", "then", "capital"})
_FEWEST = 3
"""Letters in a row that are a spelling even where none was asked for."""


def spellings(text: str, words: tuple[Word, ...], expecting: Expecting) -> list[Placed]:
    """Runs of letters; where a spelling was asked for, letters heard as words count too."""
    asked = expecting == Expecting.SPELLING
    found: list[Placed] = []
    i = 0
    while i < len(words):
        letters, end, sure = _letters(words, i, asked)
        if len(letters) >= (1 if asked else 2 if sure else _FEWEST):
            own = text[words[i].start : words[end - 1].end]
            value = Value(type=ValueType.SPELLING, value=letters.upper(), text=own, rule="letters")
            found.append(Placed(value, i, end))
        i = max(end, i + 1)
    return found


def _letters(words: tuple[Word, ...], i: int, asked: bool) -> tuple[str, int, bool]:
    """The letters from here on, the place after them, and whether a "as in" makes them surely letters."""
    letters, end, sure, place = "", i, False, i
    while place < len(words):
        piece = _piece(words, place, asked)
        if piece is None:
            if not letters or norm(words, place) not in _MARKS:
                break
            place += 1
            continue
        letter, place, explained = piece
        letters, end, sure = letters + letter, place, sure or explained
    return letters, end, sure


def _piece(words: tuple[Word, ...], i: int, asked: bool) -> tuple[str, int, bool] | None:
    word = norm(words, i)
    if word == "double" and norm(words, i + 1) in {"u", "you"}:
        return _explained(words, "w", i + 2)
    if word == "double" and (twice := _letter(norm(words, i + 1), asked)):
        return _explained(words, twice * 2, i + 2)
    letter = _letter(word, asked)
    if letter is None:
        return None
    return _explained(words, letter, i + 1)


def _explained(words: tuple[Word, ...], letters: str, i: int) -> tuple[str, int, bool]:
    """Over an "as in Mary" or "for Mary" that repeats the letter."""
    for lead in (("as", "in"), ("like", "in"), ("for",), ("is", "for"), ("as",)):
        after = i + len(lead)
        if all(norm(words, i + k) == word for k, word in enumerate(lead)) and norm(words, after)[:1] == letters[-1]:
            return letters, after + 1, True
    return letters, i, False


def _letter(word: str, asked: bool) -> str | None:
    if len(word) == 1 and word.isalpha():
        return word
    return (_HEARD_AS.get(word) or _NATO.get(word)) if asked else None
