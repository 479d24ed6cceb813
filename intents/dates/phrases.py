"""Putting atoms together: "after five on thursday", "monday or tuesday at three", "not friday", "from two to four"."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from intents.dates.atoms import DAY, WEEK, Atom, Clock, Days, Moment, Part, Said, Span
from intents.dates.beginnings import may_begin
from intents.dates.calendar import calendar_day
from intents.dates.clock import clock, moment, part
from intents.dates.day_ranges import day_range
from intents.dates.relative import relative_day
from intents.words import vocabulary


class Bound(StrEnum):
    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One spoken time, pieces found so far."""

    start: int
    end: int
    days: Days | None = None
    clock: Clock | None = None
    part: Part | None = None
    moment: Moment | None = None
    until_clock: Clock | None = None
    until_days: Days | None = None
    bound: Bound | None = None
    excluded: bool = False
    rules: tuple[str, ...] = field(default=())

    @property
    def empty(self) -> bool:
        return not (self.days or self.clock or self.part or self.moment)


_BOUNDS = {
    "no earlier than": Bound.AFTER, "not earlier than": Bound.AFTER, "not before": Bound.AFTER,
    "any time after": Bound.AFTER, "anytime after": Bound.AFTER, "later than": Bound.AFTER, "after": Bound.AFTER,
    "past": Bound.AFTER, "starting from": Bound.AFTER, "starting at": Bound.AFTER, "starting on": Bound.AFTER,
    "starting": Bound.AFTER, "since": Bound.AFTER, "beyond": Bound.AFTER, "no sooner than": Bound.AFTER,
    "no later than": Bound.BEFORE, "not later than": Bound.BEFORE, "not after": Bound.BEFORE,
    "any time before": Bound.BEFORE, "anytime before": Bound.BEFORE, "earlier than": Bound.BEFORE,
    "before": Bound.BEFORE, "by": Bound.BEFORE, "until": Bound.BEFORE, "till": Bound.BEFORE, "up to": Bound.BEFORE,
    "sooner than": Bound.BEFORE, "prior to": Bound.BEFORE,
}  # fmt: skip
_OPEN_BOUNDS = frozenset({"on", "onwards", "onward", "or later", "and after", "or after"})
_GLUE = (
    "at about", "at around", "in the", "on the", "of the", "at", "on", "in", "of", "the", ",", "around", "about", "for",
    "@", "say", "maybe", "like", "approximately", "right", "between", "from", "-",
)  # fmt: skip
_RANGE = ("through to", "through", "thru", "to", "until", "till", "til", "-", "and")
_NEGATORS = vocabulary(
    "not except excluding besides cannot never without don't can't won't couldn't dont cant",
)
_BETWEEN_NEGATOR = vocabulary(
    "do make it come in on be there for any the a at work have want good with this that next well like by",
)
_LISTING = frozenset({"or", "and", ","})
_AND_THEN = frozenset({"maybe", "at", "on", "around", "about", "the"})
_REPLACING = (
    "the one after that",
    "the one after",
    "the following one",
    "the next one",
    "the week after",
    "but the one after",
)


def phrases(said: Said) -> list[Phrase]:
    """Every spoken time in the words, in order; whatever reads them moves only forward."""
    found: list[Phrase] = []
    i = 0
    while i < len(said.words):
        phrase = _phrase(said, i) if may_begin(said.at(i)) else None
        if phrase is None or phrase.end <= i:
            i += 1
            continue
        phrase = _excluded(said, phrase, found[-1] if found else None)
        i = phrase.end
        if phrase.excluded and phrase.days and (after := _replacing(said, i)):
            phrase, i = _one_later(phrase, after), after
        found.append(phrase)
    return list(_shared(said, found))


def _phrase(said: Said, i: int) -> Phrase | None:
    """The longest phrase that begins at `i`."""
    opening = said.at(i) in {"from", "between"}
    start = i + 1 if opening else i
    bound, after = _bound(said, start)
    phrase = _grow(said, Phrase(i, after, bound=bound), after, in_range=opening)
    if phrase.empty:
        return None
    between = any(said.at(k) == "between" for k in range(i, phrase.end))
    return _with_range(said, phrase, between, opening)


def _bound(said: Said, i: int) -> tuple[Bound | None, int]:
    for words, bound in _BOUNDS.items():
        if end := said.starts(i, words):
            return (None, i) if said.at(end) in {"lunch", "work"} else (bound, end)
    return None, i


def _grow(said: Said, phrase: Phrase, i: int, *, in_range: bool = False) -> Phrase:
    """Take in atoms, over glue words, for as long as each fills an empty place."""
    while True:
        place = i if phrase.empty else _over_glue(said, i)
        atom = _atom(said, place, phrase, in_range)
        if atom is None and place > i:
            place, atom = i, _atom(said, i, phrase, in_range)
        if atom is None and not phrase.empty and phrase.bound is None:
            bound, after = _bound(said, place)
            inner = _atom(said, after, phrase, in_range) if bound else None
            if bound and inner and isinstance(inner.what, Clock):
                phrase, atom = replace(phrase, bound=bound), inner
        if atom is None or (atom.end <= place and not isinstance(atom.what, Days)):
            return phrase
        phrase = _take(phrase, atom)
        i = phrase.end


def _over_glue(said: Said, i: int) -> int:
    for _ in range(2):
        end = said.any_of(i, _GLUE)
        if end is None:
            return i
        i = end
    return i


def _atom(said: Said, i: int, phrase: Phrase, in_range: bool) -> Atom | None:
    """The next piece that still has a place in the phrase."""
    if i >= len(said.words) or phrase.moment:
        return None
    if phrase.empty and (found := moment(said, i)):
        return found
    if phrase.days is None and (found := day_range(said, i) or calendar_day(said, i) or relative_day(said, i)):
        return found
    joined = bool(phrase.days or phrase.part or phrase.bound)
    if phrase.clock is None and (found := clock(said, i, joined=joined, in_range=in_range)):
        return found
    return part(said, i) if phrase.part is None else None


def _take(phrase: Phrase, atom: Atom) -> Phrase:
    grown = replace(phrase, end=atom.end, rules=(*phrase.rules, atom.rule))
    match atom.what:
        case Days():
            return replace(grown, days=atom.what)
        case Clock():
            return replace(grown, clock=atom.what)
        case Part():
            return replace(grown, part=atom.what)
        case Moment():
            return replace(grown, moment=atom.what)


def _with_range(said: Said, phrase: Phrase, between: bool, opening: bool) -> Phrase:
    """The phrase with its other end, when "to", "through" or "and" and a like piece follow."""
    if phrase.bound == Bound.AFTER and phrase.clock and (closed := _until(said, phrase)):
        return closed
    end = said.any_of(phrase.end, _RANGE)
    word = said.at(phrase.end)
    if end is None or phrase.bound or phrase.moment or (word == "and" and not between):
        return replace(phrase, bound=Bound.AFTER) if opening and not between and _from_on(said, phrase) else phrase
    other = _grow(said, Phrase(end, end), end, in_range=True)
    if phrase.clock and other.clock and not (other.days and phrase.days):
        return replace(
            phrase, end=other.end, until_clock=other.clock, days=phrase.days or other.days,
            part=phrase.part or other.part, rules=(*phrase.rules, "range"),
        )  # fmt: skip
    if phrase.days and other.days and not phrase.clock and not other.clock:
        return replace(
            phrase, end=other.end, until_days=other.days, part=phrase.part or other.part,
            rules=(*phrase.rules, "range"),
        )  # fmt: skip
    return phrase


def _until(said: Said, phrase: Phrase) -> Phrase | None:
    """ "After two but before four" is one stretch."""
    place = phrase.end + (said.at(phrase.end) in {"but", "and", ","})
    bound, start = _bound(said, place)
    other = _grow(said, Phrase(start, start), start, in_range=True) if bound == Bound.BEFORE else None
    if other is None or other.clock is None or other.days:
        return None
    rules = (*phrase.rules, "range")
    return replace(
        phrase, end=other.end, bound=None, until_clock=other.clock, part=phrase.part or other.part, rules=rules
    )


def _from_on(said: Said, phrase: Phrase) -> bool:
    """ "From three on", and "from monday"."""
    one_day = phrase.days and phrase.days.options[0].end - phrase.days.options[0].start == DAY
    return said.at(phrase.end) in _OPEN_BOUNDS or bool(one_day and not phrase.clock and not phrase.part)


def _excluded(said: Said, phrase: Phrase, before: Phrase | None) -> Phrase:
    """Marked as not wanted when a negator stands shortly before, or before the list it continues."""
    if before and before.excluded and said.at(before.end) in {"or", "and", ","} and phrase.start <= before.end + 2:
        return replace(phrase, excluded=True, rules=("not", *phrase.rules))
    for back in range(phrase.start - 1, max(-1, phrase.start - 6), -1):
        if before and back < before.end:
            break
        word = said.at(back)
        other_than = word == "than" and said.at(back - 1) in {"other", "rather"}
        anything_but = word == "but" and said.at(back - 1) in {"anything", "any", "day", "time", "anytime"}
        if (word in _NEGATORS or other_than or anything_but) and phrase.bound is None:
            return replace(phrase, excluded=True, rules=("not", *phrase.rules))
        if word == "no" and back == phrase.start - 1 and said.at(phrase.start).endswith("s"):
            return replace(phrase, excluded=True, rules=("not", *phrase.rules))
        if word not in _BETWEEN_NEGATOR:
            break
    return phrase


def _replacing(said: Said, i: int) -> int | None:
    """ "Not this friday, the one after": the place after it."""
    return said.any_of(i + (said.at(i) in {",", "but"}), _REPLACING)


def _one_later(phrase: Phrase, end: int) -> Phrase:
    later = tuple(Span(s.start + WEEK, s.end + WEEK, s.grain) for s in (phrase.days.options if phrase.days else ()))
    return replace(phrase, days=Days(later), end=end, excluded=False, rules=(*phrase.rules[1:], "one-after"))


def _shared(said: Said, found: list[Phrase]) -> Iterator[Phrase]:
    """ "Monday or tuesday at three": what the last of a list says of the hour or the day, all of it means."""
    for place, phrase in enumerate(found):
        after = found[place + 1] if place + 1 < len(found) and _listed(said, phrase, found[place + 1]) else None
        before = found[place - 1] if place and _listed(said, found[place - 1], phrase) else None
        if after and phrase.days and after.days and not (phrase.clock or phrase.part or phrase.bound):
            phrase = replace(
                phrase, clock=after.clock, part=after.part, bound=after.bound, until_clock=after.until_clock
            )
        elif after and after.days and not phrase.days and not phrase.moment:
            phrase = replace(phrase, days=after.days, rules=(*after.rules[:1], *phrase.rules))
        elif before and before.days and not phrase.days and not phrase.moment:
            phrase = replace(phrase, days=before.days, rules=(*before.rules[:1], *phrase.rules))
        yield phrase


def _listed(said: Said, one: Phrase, other: Phrase) -> bool:
    """Whether only "or", "and" or a comma stands between them."""
    between = [said.at(i) for i in range(one.end, other.start)]
    return 0 < len(between) <= 3 and between[0] in _LISTING and all(word in _LISTING | _AND_THEN for word in between)
