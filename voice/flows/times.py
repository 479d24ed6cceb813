"""From the times a caller spoke of to the windows the diary searches."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from clinic.time import aware
from intents.meaning import Grain, Reading, When
from scheduling.visits import Window

ABOUT = timedelta(minutes=60)
"""How far after a time said to the minute an opening still answers it: "at three" is answered by half past three."""


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


def _window(reading: When | Reading, zone: ZoneInfo) -> Window:
    start, end = _moment(reading.start, zone), _moment(reading.end, zone)
    if reading.grain is Grain.MINUTE and start and end:
        end = max(end, start + ABOUT)
    return Window(start=start, end=end)


def _moment(local: datetime | None, zone: ZoneInfo) -> datetime | None:
    return aware(local.replace(tzinfo=zone)) if local else None
