"""The pieces a spoken time is put together from, and the words they are read out of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from intents.meaning import Expecting, Grain
from intents.numbers import norm
from intents.words import Word, vocabulary

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)

MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
    "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sep": 9, "sept": 9,
    "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = {
    "monday": 0, "mon": 0, "tuesday": 1, "tue": 1, "tues": 1, "wednesday": 2, "wed": 2, "weds": 2, "thursday": 3,
    "thu": 3, "thur": 3, "thurs": 3, "friday": 4, "fri": 4, "saturday": 5, "sat": 5, "sunday": 6, "sun": 6,
}  # fmt: skip
WEEKDAYS |= {f"{name}s": n for name, n in WEEKDAYS.items() if name.endswith("day")}
UNITS_OF_TIME = {
    "minute": "minute", "minutes": "minute", "min": "minute", "mins": "minute", "hour": "hour", "hours": "hour",
    "day": "day", "days": "day", "week": "week", "weeks": "week", "fortnight": "fortnight",
    "fortnights": "fortnight", "month": "month", "months": "month", "year": "year", "years": "year",
}  # fmt: skip
TITLES = vocabulary(
    "doctor dr mr mrs ms miss nurse named name professor",
)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days, the end exclusive."""

    start: date
    end: date
    grain: Grain = Grain.DAY

    @classmethod
    def of(cls, day: date) -> "Span":
        return cls(day, day + DAY)


@dataclass(frozen=True, slots=True)
class Days:
    """Which days; readings best first."""

    options: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. Not `sure`: "three" may be either half of the day."""

    at: time
    sure: bool
    grain: Grain = Grain.MINUTE

    @property
    def other(self) -> "Clock":
        """The same figure in the other half of the day."""
        return replace(self, at=self.at.replace(hour=(self.at.hour + 12) % 24))

    @property
    def office(self) -> "Clock":
        """The half in which offices are open: seven to noon in the morning, one to six in the afternoon."""
        return self if self.sure or self.at.hour >= 7 or self.at.hour == 0 else self.other


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day; an `end` of midnight is the next day's."""

    name: str
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Moment:
    """Counted from now: "in an hour"."""

    at: datetime
    grain: Grain = Grain.MINUTE


@dataclass(frozen=True, slots=True)
class Atom:
    """One piece, the place after its last word, and the rule that found it."""

    what: Days | Clock | Part | Moment
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules read: the words, the clinic's local time, and what was asked."""

    words: tuple[Word, ...]
    now: datetime
    expecting: Expecting

    def at(self, i: int) -> str:
        """The normal form of word `i`, empty beyond either end."""
        return norm(self.words, i)

    @property
    def today(self) -> date:
        return self.now.date()

    def starts(self, i: int, phrase: str) -> int | None:
        """The place after `phrase` when the words from `i` are it."""
        wanted, words = _split(phrase), self.words
        if not 0 <= i <= len(words) - len(wanted) or words[i].norm != wanted[0]:
            return None
        return i + len(wanted) if all(words[i + k].norm == word for k, word in enumerate(wanted)) else None

    def any_of(self, i: int, phrases: Iterable[str]) -> int | None:
        """The place after the first of the phrases found at `i`; put longer ones first."""
        return next((end for phrase in phrases if (end := self.starts(i, phrase))), None)


@cache
def _split(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


def day(what: date, end: int, rule: str, *others: date) -> Atom:
    """An atom for one day and, when it may mean others, those."""
    return Atom(Days(tuple(dict.fromkeys(Span.of(d) for d in (what, *others)))), end, rule)


def days(start: date, end: date, grain: Grain, after: int, rule: str) -> Atom:
    """An atom for a stretch of days."""
    return Atom(Days((Span(start, end, grain),)), after, rule)


def month_day(year: int, month: int, number: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def add_months(day: date, count: int) -> date:
    """The same day of a later month, or that month's last."""
    months = day.year * 12 + day.month - 1 + count
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - DAY)


def monday_of(day: date) -> date:
    """The Monday of this day's week."""
    return day - timedelta(days=day.weekday())
