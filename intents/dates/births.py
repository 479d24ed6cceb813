"""Birth dates: days in the past with a year, however they are said: "five twenty-seven sixty-six", "3/5/84"."""

from dataclasses import dataclass
from datetime import date

from intents.dates.atoms import MONTHS, Days, Said, month_day
from intents.dates.beginnings import may_begin
from intents.dates.calendar import calendar_day, full_year, month_day_year
from intents.meaning import Expecting
from intents.numbers import ordinal, two_places

_OLDEST = 120
_WITH_YEAR = frozenset({"full-date", "numeric-date", "iso-date"})
_BIRTH_WORDS = frozenset({"born", "birth", "birthday", "birthdate", "dob"})


@dataclass(frozen=True, slots=True)
class Born:
    """A birth date and where it was said."""

    day: date
    start: int
    end: int
    rule: str


def births(said: Said) -> list[Born]:
    """Every day in the past that may be someone's birth date."""
    asked = said.expecting == Expecting.BIRTH_DATE or any(w.norm in _BIRTH_WORDS for w in said.words)
    found: list[Born] = []
    i = 0
    while i < len(said.words):
        if not may_begin(said.at(i)):
            i += 1
            continue
        born = _dated(said, i) or (_figures(said, i) if asked else None)
        if born and 0 <= said.now.year - born.day.year <= _OLDEST and born.day < said.today:
            found.append(born)
            i = born.end
        else:
            i += 1
    return found


def _dated(said: Said, i: int) -> Born | None:
    """A day with its year."""
    atom = calendar_day(said, i)
    if atom is None or not isinstance(atom.what, Days) or atom.rule not in _WITH_YEAR:
        return None
    if atom.rule == "numeric-date" and atom.end - i < 5:
        return None
    in_full = len(said.at(atom.end - 1)) == 4 and said.at(atom.end - 1).isdecimal()
    found = atom.what.options[0].start
    return Born(found if in_full else _in_the_past(found, said), i, atom.end, atom.rule)


def _figures(said: Said, i: int) -> Born | None:
    """Figures that are a birth date only because one was asked for."""
    for found, rule in (
        (month_day_year(said, i, short_years=True), "month-day-year"),
        (_month_named(said, i), "month-day-year"),
        (_run_together(said, i), "digits-date"),
    ):
        if found:
            return Born(_in_the_past(found[0], said), i, found[1], rule)
    return None


def _month_named(said: Said, i: int) -> tuple[date, int] | None:
    """ "March fifth oh four", "the fifth of march twenty one": short years below 32 too."""
    start = i + (said.at(i) == "the")
    month = MONTHS.get(said.at(start))
    if month:
        number = ordinal(said.words, start + 1 + (said.at(start + 1) == "the")) or two_places(said.words, start + 1)
        place = number.end if number else start
    else:
        number = ordinal(said.words, start)
        place = number.end + (said.at(number.end) == "of") if number else start
        month = MONTHS.get(said.at(place))
        place += 1
    if month is None or number is None:
        return None
    short = two_places(said.words, place + (said.at(place) in {",", "'"}))
    found = month_day(full_year(short.value, said.now.year), month, number.value) if short else None
    return (found, short.end) if found and short else None


def _run_together(said: Said, i: int) -> tuple[date, int] | None:
    """ "03051984" and "030584"."""
    word = said.at(i)
    if not (word.isascii() and word.isdecimal() and len(word) in {6, 8}):
        return None
    found = month_day(full_year(int(word[4:]), said.now.year), int(word[:2]), int(word[2:4]))
    return (found, i + 1) if found else None


def _in_the_past(day: date, said: Said) -> date:
    """A short year that would lie ahead is the century before."""
    return day if day < said.today else (month_day(day.year - 100, day.month, day.day) or day)
