"""Days counted from today: "tomorrow", "next tuesday", "in two weeks", "the week of the fifth", "end of the month"."""

from datetime import date, timedelta

from intents.dates.atoms import (
    DAY,
    MONTHS,
    TITLES,
    UNITS_OF_TIME,
    WEEK,
    WEEKDAYS,
    Atom,
    Days,
    Said,
    Span,
    add_months,
    day,
    days,
    monday_of,
)
from intents.dates.calendar import calendar_day
from intents.meaning import Expecting, Grain
from intents.numbers import is_number_word, quantity, year
from intents.words import vocabulary

_MUST_BE_SEEN = frozenset({"sat", "sun", "wed", "mon"})
_SHADES = {
    "early": "start", "early in": "start", "earlier": "start", "beginning of": "start", "start of": "start",
    "the beginning of": "start", "the start of": "start", "first part of": "start", "the first half of": "start",
    "late": "end", "later": "end", "late in": "end", "later in": "end", "end of": "end", "the end of": "end",
    "the last part of": "end", "towards the end of": "end", "middle of": "middle", "the middle of": "middle",
    "mid": "middle", "any time": "", "anytime": "", "any day": "", "sometime": "", "some time": "",
}  # fmt: skip
_WEEKS = {
    "the week after next": 2, "week after next": 2, "this coming week": 1, "the coming week": 1, "coming week": 1,
    "upcoming week": 1, "the following week": 1, "following week": 1, "the next week": 1, "next week": 1,
    "the week after": 1, "this week": 0, "the week": 0, "last week": -1,
}  # fmt: skip
_MONTH_LICENCE = vocabulary(
    "in this next during until till before after since by early late mid for of through",
)


def relative_day(said: Said, i: int) -> Atom | None:
    """Any day or stretch of days counted from today."""
    for rule in (_near, _counted, _shaded, _weekend, _week, _weekday, _month):
        if (found := rule(said, i)) is not None:
            return found
    return None


def _near(said: Said, i: int) -> Atom | None:
    """ "Tomorrow", "the day after tomorrow", "tonight", "this afternoon" (the day of it)."""
    today = said.today
    for words, ahead in (("the day after tomorrow", 2), ("day after tomorrow", 2), ("tomorrow", 1), ("yesterday", -1)):
        if end := said.starts(i, words):
            if said.starts(end, "week"):
                return day(today + WEEK + timedelta(days=ahead), end + 1, "tomorrow-week")
            return day(today + timedelta(days=ahead), end, words.removeprefix("the ").replace(" ", "-"))
    if said.at(i) == "today":
        return day(today, i + 1, "today")
    if said.at(i) == "this" and said.at(i + 1) in {"morning", "afternoon", "evening"}:
        return day(today, i + 1, "today")
    if said.at(i) == "this" and said.at(i + 1) in {"early", "late"} and said.at(i + 2) in {"morning", "afternoon"}:
        return day(today, i + 1, "today")
    if said.at(i) == "tonight":
        return Atom(Days((Span.of(today),)), i, "today")
    return None


def _counted(said: Said, i: int) -> Atom | None:
    """ "In ten days", "two weeks from monday", "a week from friday", "a fortnight hence", "three days ago"."""
    lead = said.any_of(i, ("in about", "within", "in")) or i
    count = quantity(said.words, lead)
    unit = UNITS_OF_TIME.get(said.at(count.end)) if count else None
    if count is None or unit in {None, "minute", "hour"}:
        return None
    end = count.end + 1
    if said.starts(end, "'s time") or said.at(end) == "time":
        end += 1
    if said.at(end) == "ago":
        return day(_later(said.today, -count.value, unit), end + 1, "ago")
    if tail := said.any_of(end, ("from now", "from today", "hence", "later", "after today")):
        return _in(said, count.value, unit, tail)
    if said.at(end) in {"from", "after"} and (base := _one_day(said, end + 1)):
        start, after = base
        return day(_later(start, count.value, unit), after, "counted-from")
    return _in(said, count.value, unit, end) if lead > i and said.at(lead - 1) != "within" else None


def _in(said: Said, count: int, unit: str | None, end: int) -> Atom:
    found = _later(said.today, count, unit)
    rule = f"in-{unit}s"
    if unit not in {"week", "fortnight"}:
        return day(found, end, rule)
    week = Span(monday_of(found), monday_of(found) + WEEK, Grain.WEEK)
    return Atom(Days((Span.of(found), week)), end, rule)


def _later(start: date, count: int, unit: str | None) -> date:
    if unit in {"month", "year"}:
        return add_months(start, count * (12 if unit == "year" else 1))
    return start + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}.get(unit or "day", 1))


def _one_day(said: Said, i: int) -> tuple[date, int] | None:
    """A single day, not itself counted."""
    atom = _near(said, i) or calendar_day(said, i) or _weekday(said, i)
    return (atom.what.options[0].start, atom.end) if atom and isinstance(atom.what, Days) else None


def _shaded(said: Said, i: int) -> Atom | None:
    """ "Early next week", "end of the month", "sometime this week"."""
    for words, shade in _SHADES.items():
        end = said.starts(i, words)
        if end is None:
            continue
        inner = _week(said, end) or _month_period(said, end)
        if inner and isinstance(inner.what, Days):
            return Atom(Days((_shade(said, inner.what.options[0], shade),)), inner.end, inner.rule)
        if shade == "end" and said.at(end) == "today":
            return None
    return None


def _shade(said: Said, span: Span, shade: str) -> Span:
    month = span.grain == Grain.MONTH
    if shade == "start":
        return Span(span.start, span.start + timedelta(days=10 if month else 3), span.grain)
    if shade == "end":
        late = max(span.end - timedelta(days=7 if month else 4), min(said.today, span.end - DAY))
        return Span(late, span.end, span.grain)
    if shade == "middle":
        first = span.start + timedelta(days=10 if month else 1)
        return Span(first, first + timedelta(days=10 if month else 3), span.grain)
    return span


def _weekend(said: Said, i: int) -> Atom | None:
    saturday = monday_of(said.today) + timedelta(days=5)
    for words, ahead in (
        ("the weekend after next", 2), ("next weekend", 1), ("this coming weekend", 0), ("this weekend", 0),
        ("the weekend", 0), ("weekend", 0), ("weekends", 0), ("last weekend", -1),
    ):  # fmt: skip
        if end := said.starts(i, words):
            start = saturday + ahead * WEEK
            return days(start, start + 2 * DAY, Grain.DAY, end, "weekend")
    return None


def _week(said: Said, i: int) -> Atom | None:
    """ "Next week", "the week of the fifth", and "tuesday" in front or behind is seen by `_weekday`."""
    for words in ("the week of", "week of", "the week commencing", "week commencing", "the week starting"):
        if (end := said.starts(i, words)) and (base := _one_day(said, end)):
            start = monday_of(base[0])
            return days(start, start + WEEK, Grain.WEEK, base[1], "week-of")
    for words, ahead in _WEEKS.items():
        if (end := said.starts(i, words)) and not (words == "the week" and said.at(end) in {"of", "after", "before"}):
            start = monday_of(said.today) + ahead * WEEK
            first = max(start, said.today) if ahead == 0 else start
            if said.at(end) in WEEKDAYS:
                return day(start + timedelta(days=WEEKDAYS[said.at(end)]), end + 1, "weekday-of-week")
            return days(first, start + WEEK, Grain.WEEK, end, "week")
    if (lead := said.any_of(i, ("the next", "next", "within the next"))) and (count := quantity(said.words, lead)):
        unit = UNITS_OF_TIME.get(said.at(count.end))
        if unit in {"day", "week", "month"} and said.at(lead) not in {"a", "an"}:
            return days(said.today, _later(said.today, count.value, unit), Grain.DAY, count.end + 1, f"next-{unit}s")
    return None


def _weekday(said: Said, i: int) -> Atom | None:
    """A weekday with everything that may stand around it."""
    lead = said.any_of(i, ("this coming", "this next", "the following", "the coming", "this", "next", "last", "the"))
    place = lead or i
    word = said.at(place)
    if word not in WEEKDAYS or _a_name(said, place) or not _surely(said, place):
        return None
    which = " ".join(said.at(k) for k in range(i, place))
    number, today = WEEKDAYS[word], said.today
    next_one = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    own_week = monday_of(today) + timedelta(days=number)
    if tail := said.any_of(place + 1, ("after next", "after the next")):
        return day(_next(own_week, next_one) + WEEK, tail, "weekday-after-next")
    if which in {"the"} and not tail:
        return None
    for words, ahead in _WEEKS.items():
        after = said.any_of(place + 1, (f"of {words}", f"in {words}", words))
        if after and words not in {"the week", "the week after"}:
            return day(own_week + ahead * WEEK, after, "weekday-of-week")
    if said.at(place + 1) == "week":
        return day(next_one + WEEK, place + 2, "weekday-week")
    if which == "next":
        first = _next(own_week, next_one)
        return day(first, place + 1, "next-weekday", *([next_one] if next_one < first else []))
    if which == "last":
        return day(next_one - (WEEK if next_one - WEEK < today else 2 * WEEK), place + 1, "last-weekday")
    if which == "this" and own_week == today:
        return day(today, place + 1, "this-weekday")
    return day(next_one, place + 1, "weekday", *([today] if own_week == today else []))


def _next(own_week: date, next_one: date) -> date:
    """ "Next friday" is next week's; said before this week's friday it may mean that one, which the caller is asked."""
    return own_week + WEEK if next_one == own_week else next_one


def _a_name(said: Said, i: int) -> bool:
    before = said.at(i - 2) if said.at(i - 1) == "." else said.at(i - 1)
    return before in TITLES or (said.at(i - 1) == "is" and said.at(i - 2) == "name")


def _surely(said: Said, i: int) -> bool:
    """Whether "sat", "sun", "wed" or "mon" is a day here."""
    if said.at(i) not in _MUST_BE_SEEN:
        return True
    after = said.at(i + 1)
    return after in {",", "at", "the", "."} or after in MONTHS or is_number_word(after) or len(said.words) == 1


def _month(said: Said, i: int) -> Atom | None:
    if said.at(i - 1) in {"to", "with", "is", "am"} | TITLES or said.starts(i + 1, "is my"):
        return None
    alone = said.expecting == Expecting.WHEN and (said.at(i) not in {"may", "march"} or len(said.words) <= 2)
    if said.at(i) in MONTHS and (alone or said.at(i - 1) in _MONTH_LICENCE):
        return None if len(said.at(i)) == 3 and said.at(i) != "may" else _month_period(said, i)
    return _month_period(said, i) if said.at(i) not in MONTHS else None


def _month_period(said: Said, i: int) -> Atom | None:
    first = said.today.replace(day=1)
    for words, ahead in (
        ("the month after next", 2), ("the following month", 1), ("the next month", 1), ("next month", 1),
        ("this month", 0), ("the month", 0), ("month", 0), ("last month", -1),
    ):  # fmt: skip
        if (end := said.starts(i, words)) and not (ahead == 0 and words != "this month" and said.at(i - 1) != "of"):
            start = add_months(first, ahead)
            return days(start, add_months(start, 1), Grain.MONTH, end, "month")
    start_at = i + (said.at(i) in {"this", "next"})
    month = MONTHS.get(said.at(start_at))
    if month is None:
        return None
    after = start_at + 1 + (said.at(start_at + 1) in {"of", "in", ","})
    named = year(said.words, after)
    in_year = named.value if named else said.now.year + (month < said.today.month)
    start = date(in_year, month, 1)
    return days(start, add_months(start, 1), Grain.MONTH, named.end if named else start_at + 1, "month")
