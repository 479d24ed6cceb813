"""Days named by the calendar: "december third", "the third", "3/5/84", "monday the thirtieth", "christmas"."""

from datetime import date, timedelta

from intents.dates.atoms import DAY, MONTHS, WEEKDAYS, Atom, Said, add_months, day, month_day
from intents.dates.clock import clock
from intents.numbers import Number, below_hundred, is_number_word, ordinal, two_places, year
from intents.words import vocabulary

_CHOICES = vocabulary(
    "one option slot choice opening time appointment visit session is was name letter digit",
)
_AFTER_ORDINAL = vocabulary(
    "of in week day month floor door person thing street avenue",
)
_FIXED = {
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "xmas": (12, 25),
    "new year's eve": (12, 31), "new years eve": (12, 31), "new year's day": (1, 1), "new years day": (1, 1),
    "new year's": (1, 1), "new years": (1, 1), "halloween": (10, 31), "valentine's day": (2, 14),
    "valentines day": (2, 14), "independence day": (7, 4), "saint patrick's day": (3, 17),
    "st patrick's day": (3, 17), "veterans day": (11, 11), "juneteenth": (6, 19),
}  # fmt: skip
_NTH = {
    "thanksgiving day": (11, 3, 4), "thanksgiving": (11, 3, 4), "labor day": (9, 0, 1), "memorial day": (5, 0, -1),
    "martin luther king day": (1, 0, 3), "mlk day": (1, 0, 3), "presidents day": (2, 0, 3), "columbus day": (10, 0, 2),
    "mother's day": (5, 6, 2), "mothers day": (5, 6, 2), "father's day": (6, 6, 3), "fathers day": (6, 6, 3),
    "black friday": (11, 4, 4), "election day": (11, 0, 1), "easter": (0, 0, 0),
}  # fmt: skip

_HOLIDAY_STARTS = frozenset(name.split()[0] for name in (*_FIXED, *_NTH))


def calendar_day(said: Said, i: int) -> Atom | None:
    """Any day the calendar names; a weekday in front of it is taken along."""
    weekday = _weekday(said, i)
    start = weekday if weekday else i
    for rule in (_iso, _numeric, _figures, _month_first, _day_first, _nth_weekday, _of_month, holiday):
        if (found := rule(said, start)) is not None:
            return found
    return _day_of_month(said, start, weekday=WEEKDAYS[said.at(i)] if weekday else None)


def _weekday(said: Said, i: int) -> int | None:
    """The place after a weekday and its comma, when something may follow that dates it."""
    if said.at(i) not in WEEKDAYS:
        return None
    return i + 2 if said.at(i + 1) in {",", "."} else i + 1


def _iso(said: Said, i: int) -> Atom | None:
    if len(said.at(i)) != 4 or not said.at(i).isdecimal():
        return None
    parts = [said.at(i + k) for k in range(5)]
    if len(parts[0]) == 4 and parts[1] == parts[3] and parts[1] in {"-", "/"} and parts[2].isdecimal():
        found = month_day(int(parts[0]), int(parts[2]), int(parts[4])) if _all_digits(parts[0], parts[4]) else None
        return day(found, i + 5, "iso-date") if found else None
    return None


def _numeric(said: Said, i: int) -> Atom | None:
    """ "3/5", "3-5-84": month first, unless only the other order is a date."""
    first, mark, second = said.at(i), said.at(i + 1), said.at(i + 2)
    if mark not in {"/", "-"} or not _all_digits(first, second) or len(first) > 2 or len(second) > 2:
        return None
    if said.at(i + 3) == mark and _all_digits(said.at(i + 4)) and len(said.at(i + 4)) in {2, 4}:
        found = _either_order(full_year(int(said.at(i + 4)), said.now.year), int(first), int(second))
        return day(found, i + 5, "numeric-date") if found else None
    if mark == "-" or not (said.words[i + 1].glued and said.words[i + 2].glued):
        return None
    found = coming(said.today, int(first), int(second)) or coming(said.today, int(second), int(first))
    return day(found, i + 3, "numeric-date") if found else None


def _figures(said: Said, i: int) -> Atom | None:
    """ "Oh three fourteen nineteen eighty four": three spoken figures, the year in full."""
    found = month_day_year(said, i, short_years=False)
    return day(found[0], found[1], "full-date") if found else None


def month_day_year(said: Said, i: int, *, short_years: bool) -> tuple[date, int] | None:
    """Three figures in a row with nothing numeric before or behind, and the place after them."""
    if is_number_word(said.at(i - 1)):
        return None
    first = two_places(said.words, i)
    second = two_places(said.words, _over_mark(said, first.end)) if first else None
    if first is None or second is None:
        return None
    place = _over_mark(said, second.end)
    last = year(said.words, place) or (two_places(said.words, place) if short_years else None)
    if last is None or is_number_word(said.at(last.end)):
        return None
    found = _either_order(full_year(last.value, said.now.year), first.value, second.value)
    return (found, last.end) if found else None


def _over_mark(said: Said, i: int) -> int:
    return i + 1 if said.at(i) in {",", "/", "-", "."} else i


def _month_first(said: Said, i: int) -> Atom | None:
    """ "December (the) third", "march 5 1984", "july fourth seventy two"."""
    month = MONTHS.get(said.at(i))
    if month is None:
        return None
    after = i + 2 if said.at(i + 1) in {".", ",", "the"} else i + 1
    number = ordinal(said.words, after) or _plain_day(said, after)
    return _dated(said, month, number, number.end) if number and number.value <= 31 else None


def _plain_day(said: Said, i: int) -> Number | None:
    number = two_places(said.words, i)
    return None if number is None or said.at(number.end) in {":", "pm", "am", "percent"} else number


def _day_first(said: Said, i: int) -> Atom | None:
    """ "The third of december", "5th march", "15 of february"."""
    start = i + 1 if said.at(i) == "the" else i
    number = ordinal(said.words, start) or below_hundred(said.words, start)
    if number is None or number.value > 31:
        return None
    after = number.end + (said.at(number.end) in {"of", "in"})
    month = MONTHS.get(said.at(after))
    if month is None or (said.at(after) in {"may", "march"} and after == number.end and start == i):
        return None
    return _dated(said, month, number, after + 1)


def _dated(said: Said, month: int, number: Number, end: int) -> Atom | None:
    """Month and day found; now the year, said or implied."""
    after = end + (said.at(end) in {",", "of", "in"})
    if said_year := (year(said.words, after) or _short_year(said, after)):
        found = month_day(said_year.value, month, number.value)
        return day(found, said_year.end, "full-date") if found else None
    for words, shift in (("this year", 0), ("next year", 1)):
        if tail := (said.starts(after, words)):
            found = month_day(said.now.year + shift, month, number.value)
            return day(found, tail, "month-day") if found else None
    found = coming(said.today, month, number.value)
    return day(found, end, "month-day") if found else None


def _short_year(said: Said, i: int) -> Number | None:
    """ "Seventy two" or "'84" after a month and day: two places that cannot be an hour."""
    start = i + (said.at(i) == "'")
    number = two_places(said.words, start)
    if number is None or not 32 <= number.value <= 99 or is_number_word(said.at(number.end)):
        return None
    return Number(full_year(number.value, said.now.year), number.end)


def _nth_weekday(said: Said, i: int) -> Atom | None:
    """ "The second tuesday in december", "the last friday of the month"."""
    start = i + 1 if said.at(i) == "the" else i
    number = Number(-1, start + 1) if said.at(start) == "last" else ordinal(said.words, start)
    if number is None or not (number.value == -1 or 1 <= number.value <= 5) or said.at(number.end) not in WEEKDAYS:
        return None
    place = number.end + 1
    if said.at(place) not in {"in", "of"}:
        return None
    where = _which_month(said, place + 1)
    if where is None:
        return None
    first, end = where
    found = nth_weekday(first.year, first.month, WEEKDAYS[said.at(number.end)], number.value)
    return day(found, end, "nth-weekday") if found else None


def _which_month(said: Said, i: int) -> tuple[date, int] | None:
    first = said.today.replace(day=1)
    for words, shift in (("the month", 0), ("this month", 0), ("next month", 1), ("the next month", 1), ("month", 0)):
        if end := said.starts(i, words):
            return add_months(first, shift), end
    if month := MONTHS.get(said.at(i)):
        passed = month < said.today.month
        if said_year := year(said.words, i + 1):
            return date(said_year.value, month, 1), said_year.end
        return date(said.now.year + passed, month, 1), i + 1
    return None


def _of_month(said: Said, i: int) -> Atom | None:
    """ "The first of the month", "14th of this month", "20 of next month"."""
    start = i + 1 if said.at(i) == "the" else i
    number = ordinal(said.words, start) or below_hundred(said.words, start)
    if number is None or number.value > 31 or said.at(number.end) not in {"of", "in", "day"}:
        return None
    after = number.end + 1 + (said.at(number.end) == "day" and said.at(number.end + 1) == "of")
    where = _which_month(said, after)
    if where is None or (said.at(after) in MONTHS and said.at(number.end) != "day"):
        return None
    first, end = where
    found = month_day(first.year, first.month, number.value)
    if found and found < said.today and said.at(after) in {"the", "month"}:
        later = add_months(first, 1)
        found = month_day(later.year, later.month, number.value)
    return day(found, end, "day-of-month") if found else None


def _day_of_month(said: Said, i: int, weekday: int | None) -> Atom | None:
    """ "The third", "the twenty third", "on the 24", "monday the thirtieth"."""
    the = said.at(i) == "the"
    number = ordinal(said.words, i + the)
    if number is None and (the or weekday is not None) and _all_digits(said.at(i + the)):
        number = below_hundred(said.words, i + the)
    if number is None or not 1 <= number.value <= 31 or not (the or weekday is not None or said.at(i - 1) == "on"):
        return None
    if weekday is None and said.at(number.end) in _CHOICES | _AFTER_ORDINAL:
        return None
    if _all_digits(said.at(i + the)) and number.end == i + the + 1 and clock(said, i + the, joined=False):
        return None
    found = next_with_day(said.today, number.value, weekday)
    return day(found, number.end, "weekday-day" if weekday is not None else "day-of-month") if found else None


def holiday(said: Said, i: int) -> Atom | None:
    """A holiday's coming date."""
    start = i + (said.at(i) in {"next", "this"})
    if said.at(start) not in _HOLIDAY_STARTS:
        return None
    shape = " ".join(said.at(start + k) for k in range(4))
    for name in (*_FIXED, *_NTH):
        if not (shape == name or shape.startswith(f"{name} ")):
            continue
        end = start + len(name.split())
        named_year = year(said.words, end + (said.at(end) in {"of", "in"}))
        years = [named_year.value] if named_year else [said.now.year, said.now.year + 1]
        dates = [found for y in years if (found := _holiday(y, name)) and (named_year or found >= said.today)]
        return day(dates[0], named_year.end if named_year else end, "holiday") if dates else None
    return None


def _holiday(in_year: int, name: str) -> date | None:
    if name == "easter":
        return easter(in_year)
    if name in _FIXED:
        return date(in_year, *_FIXED[name])
    month, weekday, nth = _NTH[name]
    found = nth_weekday(in_year, month, weekday, nth)
    return found + DAY if found and name == "election day" else found


def easter(in_year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher's rule)."""
    golden, century = in_year % 19, in_year // 100
    skipped = century - century // 4 - (8 * century + 13) // 25
    epact = (19 * golden + skipped + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (in_year + in_year // 4 + epact + 2 - century + century // 4) % 7
    month = 3 + (epact - weekday + 40) // 44
    return date(in_year, month, epact - weekday + 28 - 31 * (month // 4))


def nth_weekday(in_year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of the month; -1 is the last."""
    first = date(in_year, month, 1)
    if nth == -1:
        last = add_months(first, 1) - DAY
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else None


def next_with_day(today: date, number: int, weekday: int | None) -> date | None:
    """The next date, from today on, with this day of the month (and on this weekday, where that can be met)."""
    found = [
        candidate
        for ahead in range(13)
        for first in [add_months(today.replace(day=1), ahead)]
        if (candidate := month_day(first.year, first.month, number)) and candidate >= today
    ]
    fitting = [d for d in found if weekday is None or d.weekday() == weekday]
    return next(iter(fitting or found), None)


def coming(today: date, month: int, number: int) -> date | None:
    """The next such date from today on; a leap day is looked for further ahead."""
    years = (today.year + ahead for ahead in range(9))
    return next((d for y in years if (d := month_day(y, month, number)) and d >= today), None)


def full_year(short: int, this_year: int) -> int:
    """ "84" is 1984 and "26" is 2026; four places stay."""
    if short >= 100:
        return short
    return 2000 + short if short <= (this_year % 100) + 10 else 1900 + short


def _either_order(in_year: int, first: int, second: int) -> date | None:
    return month_day(in_year, first, second) or month_day(in_year, second, first)


def _all_digits(*words: str) -> bool:
    return all(word.isascii() and word.isdecimal() for word in words)
