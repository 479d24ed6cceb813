"""Stretches of days that share a month: "from the 13th to the 15th of July", "July 13 through 15"."""

from datetime import date

from intents.dates.atoms import DAY, MONTHS, Atom, Said, days, month_day
from intents.dates.calendar import coming
from intents.meaning import Grain
from intents.numbers import Number, below_hundred, ordinal, year

_TO = ("through to", "through", "thru", "until", "untill", "till", "til", "to", "and", "-")


def day_range(said: Said, i: int) -> Atom | None:
    """A first and a last day of one month."""
    if not (said.at(i) in MONTHS or said.at(i) == "the" or ordinal(said.words, i) or said.at(i).isdecimal()):
        return None
    month = MONTHS.get(said.at(i))
    first = _number(said, i + 1 if month else i)
    to = said.any_of(first.end, _TO) if first else None
    if first is None or to is None or (said.at(first.end) == "and" and said.at(i - 1) != "between"):
        return None
    last = _number(said, to)
    if last is None:
        return None
    end = last.end
    if month is None:
        place = end + (said.at(end) in {"of", "in"})
        month, end = MONTHS.get(said.at(place)), place + 1
    return _span(said, month, first.value, last.value, end) if month else None


def _number(said: Said, i: int) -> Number | None:
    start = i + (said.at(i) == "the")
    number = ordinal(said.words, start) or (below_hundred(said.words, start) if said.at(start).isdecimal() else None)
    return number if number and 1 <= number.value <= 31 else None


def _span(said: Said, month: int, first: int, last: int, end: int) -> Atom | None:
    place = end + (said.at(end) in {",", "of", "in"})
    named = year(said.words, place)
    begins: date | None = month_day(named.value, month, first) if named else coming(said.today, month, first)
    ends = month_day(begins.year, month, last) if begins else None
    if begins is None or ends is None or ends < begins:
        return None
    return days(begins, ends + DAY, Grain.DAY, named.end if named else end, "day-range")
