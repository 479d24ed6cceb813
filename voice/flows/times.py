"""From the times a caller spoke of to the windows the diary searches."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.time import aware
from intents.dates.resolve import names_a_day
from intents.dates.windows import daily
from intents.meaning import Grain, Reading, When
from scheduling.visits import Window

ABOUT = timedelta(minutes=60)
"""How far after a time said to the minute an opening still answers it: "at three" is answered by half past three."""


def windows(whens: Iterable[When], zone: ZoneInfo) -> tuple[Window, ...]:
    """Where to look. Every reading of a time counts: which half of the day was meant, the working hours decide."""
    return tuple(_window(reading, zone) for when in whens if not when.excluded for reading in daily(when))


def exclusions(whens: Iterable[When], zone: ZoneInfo) -> tuple[Window, ...]:
    """Where not to look: "not Monday"."""
    return tuple(_window(reading, zone) for when in whens if when.excluded for reading in daily(when))


def fits(moment: datetime, whens: Iterable[When], zone: ZoneInfo) -> bool:
    """Whether a moment is one of the times spoken of: "yes, Tuesday is fine" agrees, "yes, but later" does not."""
    return any(
        (w.start is None or w.start <= moment) and (w.end is None or moment < w.end) for w in windows(whens, zone)
    )


def on_the_day_of(whens: tuple[When, ...], offered: datetime) -> tuple[When, ...]:
    """A time without a day, said of an offer, is of the day offered: "no, in the afternoon"."""
    return tuple(when if names_a_day(when) else _shifted(when, offered) for when in whens)


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


def _window(reading: Reading, zone: ZoneInfo) -> Window:
    start, end = _moment(reading.start, zone), _moment(reading.end, zone)
    if reading.grain is Grain.MINUTE and start and end:
        end = max(end, start + ABOUT)
    return Window(start=start, end=end)


def _moment(local: datetime | None, zone: ZoneInfo) -> datetime | None:
    return aware(local.replace(tzinfo=zone)) if local else None
