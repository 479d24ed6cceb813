"""Times of day: "half past two", "two thirty", "fourteen hundred", "3pm", "noon", and the parts of a day."""

from datetime import time, timedelta

from intents.dates.atoms import UNITS_OF_TIME, Atom, Clock, Moment, Part, Said
from intents.meaning import Expecting, Grain
from intents.numbers import ZEROS, Number, below_hundred, is_number_word, ordinal, two_places
from intents.words import vocabulary

_TO = frozenset({"to", "til", "till", "of", "before"})
_PAST = frozenset({"past", "after"})
_LICENCE = vocabulary(
    "at around about by after before until till from between like @ than approximately",
)
_FIGURES = frozenset({Expecting.PHONE, Expecting.DIGITS, Expecting.SPELLING, Expecting.BIRTH_DATE})
_POINTING = vocabulary(
    "the that this which other another press option number first next last any no",
)
_NOT_TIMES = (
    frozenset(UNITS_OF_TIME)
    | vocabulary(
        "kid kids child children people persons visit visits session sessions appointment appointments",
    )
    | vocabulary(
        "call calls time times pill pills tablet tablets milligram milligrams mg dollar dollars cent",
    )
    | vocabulary(
        "percent street avenue road year years old of hundred thousand million one ones more other",
    )
    | vocabulary(
        "block blocks mile miles moment second seconds thing things person option options bucks",
    )
    | vocabulary(
        "drive lane court place apartment suite degrees pounds feet boys girls sons daughters days'",
    )
)
_PARTS = {
    "early morning": Part("morning", time(6), time(9)),
    "late morning": Part("morning", time(10), time(12)),
    "mid morning": Part("morning", time(9), time(11)),
    "midmorning": Part("morning", time(9), time(11)),
    "morning": Part("morning", time(6), time(12)),
    "mornings": Part("morning", time(6), time(12)),
    "early afternoon": Part("afternoon", time(12), time(15)),
    "late afternoon": Part("afternoon", time(15), time(18)),
    "mid afternoon": Part("afternoon", time(14), time(16)),
    "afternoon": Part("afternoon", time(12), time(18)),
    "afternoons": Part("afternoon", time(12), time(18)),
    "early evening": Part("evening", time(17), time(19)),
    "late evening": Part("evening", time(19), time(22)),
    "evening": Part("evening", time(17), time(21)),
    "evenings": Part("evening", time(17), time(21)),
    "tonight": Part("night", time(18), time(0)),
    "night": Part("night", time(18), time(0)),
    "nights": Part("night", time(18), time(0)),
    "lunch time": Part("lunch", time(12), time(14)),
    "lunchtime": Part("lunch", time(12), time(14)),
    "lunch hour": Part("lunch", time(12), time(14)),
    "after lunch": Part("afternoon", time(13), time(17)),
    "before lunch": Part("morning", time(9), time(12)),
    "after work": Part("evening", time(17), time(21)),
    "first thing": Part("morning", time(6), time(10)),
    "end of the day": Part("afternoon", time(15), time(18)),
    "end of day": Part("afternoon", time(15), time(18)),
    "lunch": Part("lunch", time(12), time(14)),
}
_LATER_HALF = frozenset({"afternoon", "evening", "night"})


def part(said: Said, i: int) -> Atom | None:
    """A part of the day, with its "in the", "early in the" or "at"."""
    if said.at(i - 1) in {"good", "that's"}:
        return None
    for lead in ("early in the", "late in the", "in the early", "in the late", "in the", "during the", "at", ""):
        start = said.starts(i, lead) if lead else i
        if start is None:
            continue
        shade = next((w for w in ("early", "late") if w in lead), "")
        if (name := _part_name(said, start)) and (lead != "at" or name in {"night", "lunch", "lunchtime"}):
            shaded = f"{shade} {name}" if f"{shade} {name}" in _PARTS else name
            return Atom(_PARTS[shaded], start + len(name.split()), "part")
    return None


def _part_name(said: Said, i: int) -> str | None:
    word = said.at(i)
    if word == "lunch" and said.at(i + 1) not in {"time", "hour"}:
        return "lunch" if said.expecting == Expecting.WHEN or said.at(i - 1) in {"at", "tomorrow", "around"} else None
    for name in (f"{word} {said.at(i + 1)} {said.at(i + 2)} {said.at(i + 3)}", f"{word} {said.at(i + 1)}", word):
        if name in _PARTS and name != "lunch":
            return name
    return None


def clock(said: Said, i: int, *, joined: bool, in_range: bool = False) -> Atom | None:
    """A time of day. `joined`: a day or part stands beside it, so a bare "three" is a time too."""
    found = _named(said, i) or (None if in_range else _past_or_to(said, i)) or _figures(said, i)
    if found:
        return _with_half(said, found)
    licensed = joined or in_range or said.at(i - 1) in _LICENCE or _alone(said, i)
    return _hour(said, i, licensed)


def with_part(clock: Clock, part: Part) -> Clock:
    """ "Three" with "in the afternoon"."""
    hour = clock.at.hour
    if clock.sure and hour != 12:
        return clock
    if part.name in _LATER_HALF and hour < 12 and not (part.name == "night" and hour < 5):
        hour += 12
    if part.name in {"lunch"} and hour < 6:
        hour += 12
    if part.name == "morning" and hour == 12 and not clock.sure:
        hour = 0
    return Clock(clock.at.replace(hour=hour), True, clock.grain)


def moment(said: Said, i: int) -> Atom | None:
    """Minutes or hours from now: "in an hour", "an hour and a half from now"."""
    lead = said.any_of(i, ("within the next", "within", "in about", "in")) or i
    amount = _amount(said, lead)
    if amount is None:
        return None
    length, end = amount
    tail = said.any_of(end, ("from now", "from right now"))
    if lead == i and tail is None:
        return None
    return Atom(Moment(said.now + length), tail or end, "in-hours")


def _amount(said: Said, i: int) -> tuple[timedelta, int] | None:
    for phrase, minutes in (
        ("half an hour", 30), ("a half hour", 30), ("half hour", 30), ("an hour and a half", 90),
        ("one hour and a half", 90), ("a quarter of an hour", 15), ("a couple of hours", 120), ("a couple hours", 120),
        ("a few hours", 180), ("a few minutes", 5), ("an hour", 60), ("a minute", 1),
    ):  # fmt: skip
        if end := said.starts(i, phrase):
            return timedelta(minutes=minutes), end
    count = below_hundred(said.words, i)
    unit = UNITS_OF_TIME.get(said.at(count.end)) if count else None
    if count is None or unit not in {"minute", "hour"}:
        return None
    end = count.end + 1
    half = said.starts(end, "and a half")
    minutes = count.value * (60 if unit == "hour" else 1) + (30 if half and unit == "hour" else 0)
    return timedelta(minutes=minutes), half or end


def _named(said: Said, i: int) -> Atom | None:
    word = said.at(i)
    if word in {"noon", "noonish", "midday", "twelve noon"}:
        return Atom(Clock(time(12), True, Grain.HOUR), i + 1, "clock")
    if word == "midnight":
        return Atom(Clock(time(0), True, Grain.HOUR), i + 1, "clock")
    if word in {"twelve", "12"} and said.at(i + 1) == "noon":
        return Atom(Clock(time(12), True, Grain.HOUR), i + 2, "clock")
    return None


def _past_or_to(said: Said, i: int) -> Atom | None:
    """ "Half past two", "a quarter to nine", "twenty to three", "ten minutes past six"."""
    start = i + 1 if said.at(i) in {"a", "an"} else i
    minutes = {"half": 30, "quarter": 15}.get(said.at(start))
    count = None if minutes else below_hundred(said.words, start)
    if minutes is None and (count is None or count.value not in range(1, 60)):
        return None
    after = count.end if count else start + 1
    spelled = said.at(after) in {"minutes", "minute"}
    if count and count.value > 29 and not spelled:
        return None
    after += spelled
    word = said.at(after)
    if word not in _PAST | _TO or (word in {"after", "of", "before"} and not (minutes or spelled)):
        return None
    if count and word in _TO and not spelled and count.value % 5:
        return None
    return _around_hour(said, after + 1, (minutes or (count.value if count else 0)) * (1 if word in _PAST else -1))


def _around_hour(said: Said, i: int, minutes: int) -> Atom | None:
    named = _named(said, i)
    hour = below_hundred(said.words, i)
    if named and isinstance(named.what, Clock):
        base, end, sure = named.what.at.hour, named.end, True
    elif hour and hour.value <= 23:
        base, end, sure = hour.value, hour.end, hour.value > 12
    else:
        return None
    total = (base * 60 + minutes) % (24 * 60)
    at = time(total // 60, total % 60)
    if not sure and at.hour == 0:
        at = at.replace(hour=12)
    return Atom(Clock(at, sure and at.hour > 0), _oclock(said, end), "clock")


def _figures(said: Said, i: int) -> Atom | None:
    """ "2:30", "16h00", "14:00", "0730 hours", "fourteen hundred", "oh nine hundred"."""
    word, following = said.at(i), said.at(i + 1)
    if word.isdecimal() and len(word) <= 2 and following in {":", "h", "."} and int(word) < 24:
        minute = said.at(i + 2)
        if minute.isdecimal() and len(minute) == 2 and int(minute) < 60 and said.words[i + 2].glued:
            sure = int(word) > 12 or int(word) == 0 or (len(word) == 2 and word[0] == "0") or following == "h"
            decimal = following == "." and said.at(i + 3) not in {"am", "pm", "a", "p"} and said.at(i - 1) != "at"
            return None if decimal else Atom(Clock(time(int(word), int(minute)), sure), i + 3, "clock")
        if following == "h" and said.words[i + 1].glued:
            return Atom(Clock(time(int(word)), True, Grain.HOUR), i + 2, "clock")
    hundred = two_places(said.words, i)
    if hundred and said.at(hundred.end) == "hundred" and hundred.value < 24 and (word in ZEROS or hundred.value > 9):
        hours = said.at(hundred.end + 1) in {"hours", "hour"}
        if hours or word in ZEROS or hundred.value > 12:
            return Atom(Clock(time(hundred.value), True, Grain.HOUR), hundred.end + 1 + hours, "clock")
    return _four_digits(said, i)


def _four_digits(said: Said, i: int) -> Atom | None:
    word = said.at(i)
    if word.isdecimal() and len(word) == 3 and said.at(i + 1) in {"am", "pm", "p", "a"} and 0 < int(word[1:]) + 1 <= 60:
        return Atom(Clock(time(int(word[0]), int(word[1:])), False), i + 1, "clock") if word[0] != "0" else None
    if not (word.isdecimal() and len(word) == 4 and int(word[:2]) < 24 and int(word[2:]) < 60):
        return None
    if said.expecting in _FIGURES or is_number_word(said.at(i - 1)) or (i and said.at(i - 1) in {"-", "/", ".", ")"}):
        return None
    hours = said.at(i + 1) in {"hours", "hour"}
    if hours or word[0] == "0" or said.at(i - 1) in {"at", "between"}:
        return Atom(Clock(time(int(word[:2]), int(word[2:])), True), i + 1 + hours, "clock")
    return None


def _hour(said: Said, i: int, licensed: bool) -> Atom | None:
    """ "Two thirty", "five oh five", "three pm", "nine o'clock", and "three" where that can only be a time."""
    zero = said.at(i) in ZEROS
    hour = two_places(said.words, i) if zero else below_hundred(said.words, i)
    if hour is None or not 0 < hour.value <= 23 or (i and is_number_word(said.at(i - 1)) and not licensed):
        return None
    minute = _minute(said, hour)
    if said.at(i) == "one" and minute is None and (said.at(i - 1) in _POINTING or ordinal(said.words, i - 1)):
        return None
    end = minute.end if minute else hour.end
    at = time(hour.value, minute.value if minute else 0)
    bare = Atom(Clock(at, hour.value > 12, Grain.MINUTE if minute else Grain.HOUR), _oclock(said, end), "clock")
    marked = _with_half(said, bare)
    if bare.end > end or marked is not bare or (minute is None and _named_part(said, bare.end)):
        return marked
    if said.at(end) in _NOT_TIMES or is_number_word(said.at(end)) or hour.value > 12 or zero:
        return None
    glued = said.at(end) in {"/", "-", "."} and is_number_word(said.at(end + 1)) and said.words[end].glued
    if glued and not _begins_range(said, end):
        return None
    return marked if (minute and said.expecting not in _FIGURES) or licensed or _begins_range(said, end) else None


def _begins_range(said: Said, i: int) -> bool:
    """ "9-11am", "two to four pm": the other end says that these are hours."""
    other = below_hundred(said.words, i + 1) if said.at(i) in {"-", "to"} else None
    return other is not None and said.at(other.end) in {"am", "pm", "a", "p"}


def _named_part(said: Said, i: int) -> bool:
    return bool(said.any_of(i, ("in the morning", "in the afternoon", "in the evening", "at night", "tonight")))


def _minute(said: Said, hour: Number) -> Number | None:
    if said.at(hour.end) == "-" and said.at(hour.end + 1).isdecimal():
        return None
    after = hour.end + (said.at(hour.end) in {"-", "and"} and said.at(hour.end + 1) != "a")
    minute = two_places(said.words, after)
    zero = said.at(after) in ZEROS or said.at(after)[:1] == "0"
    if minute is None or minute.value > 59 or (minute.value < 10 and not zero) or said.at(hour.end) == "and":
        return None
    return Number(minute.value, minute.end + (said.at(minute.end) == "minutes"))


def _oclock(said: Said, i: int) -> int:
    return said.any_of(i, ("o'clock", "oclock", "o clock", 'o " clock')) or (i + 1 if said.at(i) == "ish" else i)


def _with_half(said: Said, atom: Atom) -> Atom:
    """The atom with an "am" or "pm" that follows it, however that is written."""
    if not isinstance(atom.what, Clock):
        return atom
    end, i = None, atom.end
    if (word := said.at(i)) in {"am", "pm"}:
        half, end = word[0], i + 1
    elif word in {"a", "p"} and (tail := said.any_of(i + 1, (". m .", ". m", "m"))):
        half, end = word, tail
    elif word in {"a", "p"} and said.words[i].glued and said.words[i - 1].norm.isdecimal():
        half, end = word, i + 1
    if end is None or atom.what.at.hour > 12:
        return Atom(atom.what, end or atom.end, atom.rule) if end else atom
    hour = atom.what.at.hour % 12 + (12 if half == "p" else 0)
    return Atom(Clock(atom.what.at.replace(hour=hour), True, atom.what.grain), end, atom.rule)


def _alone(said: Said, i: int) -> bool:
    """Whether a when-question was answered with little but this number."""
    return (
        said.expecting == Expecting.WHEN and len(said.words) <= 4 and said.at(i - 1) not in {"the", "option", "number"}
    )
