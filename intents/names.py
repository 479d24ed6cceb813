"""Names, as callers give them. How alike a heard and a known name are is told in `intents.likeness`.

Patients are found by number and birth date; a name only confirms (design, section 5).
"""

from collections.abc import Iterable

from intents.digits import Placed
from intents.meaning import Expecting, Value, ValueType
from intents.numbers import is_number_word, norm
from intents.words import Word, vocabulary

_LEADS = ("my name is", "my name's", "name is", "the name is", "the name's", "name's", "i am called")
_WEAKER_LEADS = ("this is", "it's", "it is", "i'm", "i am", "that's", "you're speaking with", "here is")
_ENDS = vocabulary(
    "and i my calling born but with from here speaking the a on at for to is was date birthday",
)
_FILLERS = vocabulary(
    "um uh er well yes yeah hi hello so ok sure mr mrs ms miss dr doctor please it's oh",
)
_ANSWERS = vocabulary(
    "yes no yeah nope maybe what why who repeat help person operator okay ok hello hi sorry",
)
_LONGEST = 4


def names(text: str, words: tuple[Word, ...], expecting: Expecting, common: frozenset[str]) -> list[Placed]:
    """The name a caller gives; `common` are everyday words, which "this is ..." may bring as well as a name."""
    found = _led(text, words, _LEADS, frozenset(), "my-name-is") or _led(text, words, _WEAKER_LEADS, common, "this-is")
    if found is None:
        found = _speaking(text, words, common)
    if found is None and expecting == Expecting.NAME:
        found = _whole(text, words, common)
    return [found] if found else []


def _led(text: str, words: tuple[Word, ...], leads: Iterable[str], common: frozenset[str], rule: str) -> Placed | None:
    """The name after the first of the leads."""
    for lead in leads:
        wanted = lead.split()
        for i in range(min(len(words), 60) - len(wanted)):
            if all(norm(words, i + k) == word for k, word in enumerate(wanted)):
                found = _run(text, words, i + len(wanted), common, rule)
                if found:
                    return found
    return None


def _run(text: str, words: tuple[Word, ...], start: int, common: frozenset[str], rule: str) -> Placed | None:
    while norm(words, start) in _FILLERS and norm(words, start) not in _ENDS:
        start += 1
    end = start
    while end < len(words) and end - start < _LONGEST and _name_word(words[end], common, first=end == start):
        end += 1
    return _placed(text, words, start, end, rule) if end > start else None


def _speaking(text: str, words: tuple[Word, ...], common: frozenset[str]) -> Placed | None:
    """ "James Carter speaking", "Dorothy Hill here"."""
    real = [i for i, word in enumerate(words) if word.norm[0].isalnum()]
    if not 2 <= len(real) <= 6 or words[real[-1]].norm not in {"speaking", "here", "calling"}:
        return None
    return _run(text, words, real[0], common, "speaking")


def _whole(text: str, words: tuple[Word, ...], common: frozenset[str]) -> Placed | None:
    """The answer to "what is your name?", said without more."""
    places = [i for i, word in enumerate(words) if word.norm[0].isalpha() and word.norm not in _FILLERS]
    if not places or len(places) > _LONGEST or any(words[i].norm in _ANSWERS for i in places):
        return None
    if len(places) > 2 and all(words[i].norm in common for i in places):
        return None
    if all(len(words[i].norm) == 1 for i in places) or places[-1] - places[0] >= 2 * _LONGEST:
        return None
    return _placed(text, words, places[0], places[-1] + 1, "answer")


def _name_word(word: Word, common: frozenset[str], *, first: bool) -> bool:
    if not word.norm[0].isalpha() or is_number_word(word.norm) or word.norm in _ENDS or word.norm in common:
        return False
    return len(word.norm) > 1 or not first


def _placed(text: str, words: tuple[Word, ...], start: int, end: int, rule: str) -> Placed:
    real = [word.text for word in words[start:end] if word.norm[0].isalpha() and word.norm not in _FILLERS]
    while real and len(real[-1]) == 1 and len(real) > 1:
        real.pop()
    name = " ".join(
        word if any(c.isupper() for c in word[1:]) and not word.isupper() else word.title() for word in real
    )
    own = text[words[start].start : words[end - 1].end]
    return Placed(Value(type=ValueType.NAME, value=name, text=own, rule=rule), start, end)
