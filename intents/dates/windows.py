"""Spoken times as the stretches a diary can be searched in: "mornings next week" is a stretch on each of its days."""

from datetime import date, datetime, time, timedelta

from intents.dates.resolve import names_a_day
from intents.meaning import Grain, Reading, When

_PARTS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (17, 21), "night": (18, 24), "lunch": (12, 14)}
_DAY = timedelta(days=1)


def daily(when: When, days: int = 14) -> tuple[Reading, ...]:
    """The readings of a time, day by day where it means the same hours of many days.

    A time without a day ("at three", "after four", "mornings") is given for each of `days` days from its first on.
    """
    readings = (Reading(start=when.start, end=when.end, grain=when.grain), *when.alternatives)
    if not names_a_day(when):
        return tuple(_moved(reading, ahead) for ahead in range(days) for reading in readings)
    if when.grain is Grain.PART and (hours := _hours(when)) and when.start and when.end:
        return tuple(_part_of(day, *hours) for day in _each_day(when.start.date(), when.end))
    return readings


def _moved(reading: Reading, ahead: int) -> Reading:
    """The same hours so many days later; an open end closes with the day, so that the days do not run together."""
    shift = timedelta(days=ahead)
    start = reading.start + shift if reading.start else None
    end = reading.end + shift if reading.end else None
    if start and end is None:
        end = datetime.combine(start.date(), time()) + _DAY
    if end and start is None:
        start = datetime.combine(end.date(), time())
    return Reading(start=start, end=end, grain=reading.grain)


def _hours(when: When) -> tuple[int, int] | None:
    """The hours of the part of day that was named, when the time covers several days."""
    if when.start is None or when.end is None or when.end - when.start <= _DAY:
        return None
    text = when.text.lower()
    return next((hours for name, hours in _PARTS.items() if name in text), None)


def _each_day(first: date, end: datetime) -> list[date]:
    count = max(1, (end - datetime.combine(first, time())).days)
    return [first + timedelta(days=ahead) for ahead in range(count)]


def _part_of(day: date, begins: int, ends: int) -> Reading:
    start = datetime.combine(day, time())
    return Reading(start=start + timedelta(hours=begins), end=start + timedelta(hours=ends), grain=Grain.PART)
