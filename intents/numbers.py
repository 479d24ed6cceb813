"""Numbers as people say them: "twenty-three", "oh five", "twenty third", "nineteen eighty four", "2026"."""

from dataclasses import dataclass

from intents.words import Word

UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ZEROS = frozenset({"zero", "oh", "o", "nought"})
_UNIT_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
}  # fmt: skip
ORDINALS = _UNIT_ORDINALS | {
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_SUFFIXES = frozenset({"st", "nd", "rd", "th"})


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the place after its last word."""

    value: int
    end: int


def norm(words: tuple[Word, ...], i: int) -> str:
    """The normal form of word `i`, empty beyond either end."""
    return words[i].norm if 0 <= i < len(words) else ""


def is_number_word(word: str) -> bool:
    """Whether this word can be part of a number."""
    return word.isdecimal() or word in UNITS or word in TEENS or word in TENS or word in ZEROS


def below_hundred(words: tuple[Word, ...], i: int) -> Number | None:
    """1 to 99 in words or in up to two digits."""
    word = norm(words, i)
    if word.isascii() and word.isdecimal():
        return Number(int(word), i + 1) if len(word) <= 2 else None
    if word in UNITS or word in TEENS:
        return Number(UNITS.get(word) or TEENS[word], i + 1)
    if word in TENS:
        after = i + 2 if norm(words, i + 1) == "-" else i + 1
        unit = UNITS.get(norm(words, after))
        return Number(TENS[word] + unit, after + 1) if unit else Number(TENS[word], i + 1)
    return None


def two_places(words: tuple[Word, ...], i: int) -> Number | None:
    """Two places of a clock or a year: "oh five", "zero three", "15", "thirty five"."""
    if norm(words, i) in ZEROS or norm(words, i) == "0":
        after = i + 2 if norm(words, i + 1) == "-" else i + 1
        unit = norm(words, after)
        if unit in UNITS or (unit.isascii() and unit.isdecimal() and len(unit) == 1):
            return Number(UNITS.get(unit) or int(unit), after + 1)
        return None
    return below_hundred(words, i)


def ordinal(words: tuple[Word, ...], i: int) -> Number | None:
    """ "third", "twenty third", "21st"."""
    word = norm(words, i)
    if word in ORDINALS:
        return Number(ORDINALS[word], i + 1)
    if word in TENS:
        after = i + 2 if norm(words, i + 1) == "-" else i + 1
        unit = _UNIT_ORDINALS.get(norm(words, after))
        return Number(TENS[word] + unit, after + 1) if unit else None
    suffix = words[i + 1] if i + 1 < len(words) else None
    if word.isascii() and word.isdecimal() and len(word) <= 2 and suffix and suffix.norm in _SUFFIXES:
        return Number(int(word), i + 2) if suffix.glued else None
    return None


def year(words: tuple[Word, ...], i: int) -> Number | None:
    """A year of four places: "1984", "nineteen eighty four", "nineteen oh five", "two thousand (and) six"."""
    word = norm(words, i)
    if word.isascii() and word.isdecimal() and len(word) == 4:
        return Number(int(word), i + 1) if 1880 <= int(word) <= 2199 else None
    if word in {"nineteen", "twenty", "19", "20"}:
        return _century(words, i)
    if word == "two" and norm(words, i + 1) == "thousand":
        after = i + 3 if norm(words, i + 2) == "and" else i + 2
        rest = two_places(words, after)
        return Number(2000 + rest.value, rest.end) if rest else Number(2000, i + 2)
    return None


def _century(words: tuple[Word, ...], i: int) -> Number | None:
    hundreds = 19 if words[i].norm in {"nineteen", "19"} else 20
    after = i + 2 if norm(words, i + 1) in {"-", "hundred"} else i + 1
    if norm(words, after) == "and":
        after += 1
    rest = two_places(words, after)
    if rest is None:
        return Number(hundreds * 100, after) if norm(words, i + 1) == "hundred" else None
    enough = rest.value >= 10 or norm(words, after) in ZEROS or norm(words, after) == "0" or after > i + 1
    return Number(hundreds * 100 + rest.value, rest.end) if enough else None


def quantity(words: tuple[Word, ...], i: int) -> Number | None:
    """How many: a number, "a", "an", "a couple (of)", "a few"."""
    word = norm(words, i)
    if word in {"a", "an", "the"} and norm(words, i + 1) in {"couple", "few"}:
        return _of(words, i + 2, 2 if words[i + 1].norm == "couple" else 3)
    if word == "couple":
        return _of(words, i + 1, 2)
    if word == "few":
        return Number(3, i + 1)
    if word in {"a", "an"}:
        return Number(1, i + 1)
    return below_hundred(words, i)


def _of(words: tuple[Word, ...], i: int, value: int) -> Number:
    return Number(value, i + 1 if norm(words, i) == "of" else i)
