"""Digit strings and telephone numbers as people say them: "double five", "eight hundred", "two oh six 555 0142"."""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic.people import BadPhone, Phone
from intents.meaning import Expecting, Value, ValueType
from intents.numbers import UNITS, ZEROS, below_hundred, norm, ordinal
from intents.words import Word

_TIMES = {"double": 2, "triple": 3, "treble": 3}
_SKIPPED = frozenset({"-", ".", ",", "(", ")", "um", "uh", "er", "dash", "and"})
_CHOOSING = frozenset({"option", "press", "number", "choice", "pick"})
_CHOSEN = frozenset({"one", "option", "choice", "slot", "time", "opening", "appointment"})
_FEWEST = 3
"""Fewer digits than this are a digit string only where one was asked for."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A value and the places of its first word and after its last."""

    value: Value
    start: int
    end: int


def digits(text: str, words: tuple[Word, ...], expecting: Expecting, taken: Iterable[tuple[int, int]]) -> list[Placed]:
    """Digit strings, numbers and choices outside the places already `taken` by other readings."""
    used = {place for start, end in taken for place in range(start, end)}
    asked = expecting in {Expecting.PHONE, Expecting.DIGITS}
    found: list[Placed] = []
    i = 0
    while i < len(words):
        placed = None if i in used else _choice(text, words, i) or _run(text, words, i, used, asked)
        if placed:
            found.append(placed)
        i = placed.end if placed else i + 1
    return found


def _choice(text: str, words: tuple[Word, ...], i: int) -> Placed | None:
    """ "Option three", "press one", "the second one", "the last one"."""
    if norm(words, i) in _CHOOSING and (number := below_hundred(words, i + 1)):
        return _placed(text, words, i, number.end, ValueType.DIGITS, str(number.value), "choice")
    start = i + (norm(words, i) == "the")
    nth = ordinal(words, start)
    if nth and (norm(words, nth.end) in _CHOSEN or (start > i and nth.end == len(words) and start == 1)):
        end = nth.end + (norm(words, nth.end) in _CHOSEN)
        return _placed(text, words, i, end, ValueType.DIGITS, str(nth.value), "choice")
    return None


def _run(text: str, words: tuple[Word, ...], i: int, used: set[int], asked: bool) -> Placed | None:
    said, end, place = "", i, i
    while place < len(words) and place not in used:
        piece = _piece(words, place)
        if piece is None and not (said and norm(words, place) in _SKIPPED | {"+"}):
            break
        if piece:
            said, end = said + piece[0], piece[1]
        place = piece[1] if piece else place + 1
    if not said or (len(said) < _FEWEST and not asked):
        return None
    if phone := _phone(said):
        return _placed(text, words, i, end, ValueType.PHONE, phone.e164, "phone")
    return _placed(text, words, i, end, ValueType.DIGITS, said, "digits")


def _piece(words: tuple[Word, ...], i: int) -> tuple[str, int] | None:
    """The digits of one spoken group and the place after it."""
    word = norm(words, i)
    if word in _TIMES and (one := _one(norm(words, i + 1))):
        return one * _TIMES[word], i + 2
    if word.isascii() and word.isdecimal():
        return word, i + 1
    if word in ZEROS:
        return "0", i + 1
    number = below_hundred(words, i)
    if number is None:
        return None
    if norm(words, number.end) == "hundred" and number.value < 100:
        return f"{number.value}00", number.end + 1
    if norm(words, number.end) == "thousand" and number.value < 100:
        return f"{number.value}000", number.end + 1
    return str(number.value), number.end


def _one(word: str) -> str | None:
    if word in ZEROS:
        return "0"
    if word in UNITS:
        return str(UNITS[word])
    return word if len(word) == 1 and word.isascii() and word.isdecimal() else None


def _phone(said: str) -> Phone | None:
    if len(said) not in {10, 11} or (len(said) == 11 and said[0] != "1"):
        return None
    try:
        return Phone.parse(said)
    except BadPhone:
        return None


def _placed(text: str, words: tuple[Word, ...], start: int, end: int, kind: ValueType, value: str, rule: str) -> Placed:
    own = text[words[start].start : words[end - 1].end]
    return Placed(Value(type=kind, value=value, text=own, rule=rule), start, end)
