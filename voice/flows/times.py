"""From the times a caller spoke of to the windows the diary searches."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.time import aware
from intents.meaning import Grain, Reading, When
from scheduling.visits import Window

ABOUT = timedelta(minutes=60)
"""How far after a time said to the minute an opening still answers it: "at three" is answered by half past three."""


_TIMES = (Grain.MINUTE, Grain.HOUR, Grain.PART)
_DAY = re.compile(
    r"\b(\w*day|tonight|tomorrow|weekend|week|month|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|\d+(st|nd|rd|th))\b",
    re.IGNORECASE,
)


def windows(whens: Iterable[When], zone: ZoneInfo) -> tuple[Window, ...]:
    """Where to look. Every reading of a time counts: which half of the day was meant, the working hours decide."""
    readings: list[When | Reading] = []
    for when in whens:
        if not when.excluded:
            readings += [when, *when.alternatives]
    return tuple(_window(reading, zone) for reading in readings)


def exclusions(whens: Iterable[When], zone: ZoneInfo) -> tuple[Window, ...]:
    """Where not to look: "not Monday"."""
    return tuple(_window(when, zone) for when in whens if when.excluded)


def on_the_day_of(whens: tuple[When, ...], offered: datetime) -> tuple[When, ...]:
    """A time without a day, said of an offer, is of the day offered: "no, in the afternoon"."""
    return tuple(when if _names_a_day(when) else _shifted(when, offered) for when in whens)


def _names_a_day(when: When) -> bool:
    return when.grain not in _TIMES or _DAY.search(when.text) is not None


def _shifted(when: When, offered: datetime) -> When:
    first = when.start or when.end
    if first is None:
        return when
    by = offered.date() - first.date()
    others = tuple(
        replace(other, start=_later(other.start, by), end=_later(other.end, by)) for other in when.alternatives
    )
    return replace(when, start=_later(when.start, by), end=_later(when.end, by), alternatives=others)


def _later(moment: datetime | None, by: timedelta) -> datetime | None:
    return moment + by if moment else None


def _window(reading: When | Reading, zone: ZoneInfo) -> Window:
    start, end = _moment(reading.start, zone), _moment(reading.end, zone)
    if reading.grain is Grain.MINUTE and start and end:
        end = max(end, start + ABOUT)
    return Window(start=start, end=end)


def _moment(local: datetime | None, zone: ZoneInfo) -> datetime | None:
    return aware(local.replace(tzinfo=zone)) if local else None
