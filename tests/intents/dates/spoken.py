"""What the date grammar makes of a text, written short for tests."""

from datetime import datetime

from intents.dates.grammar import spoken_times
from intents.meaning import Expecting, When
from intents.words import split, tidy
from tests.intents.conftest import NOW


def times(text: str, expecting: Expecting = Expecting.OPEN, now: datetime = NOW) -> list[When]:
    tidied = tidy(text)
    return [when for when, _, _ in spoken_times(tidied, split(tidied), expecting, now)]


def one(text: str, expecting: Expecting = Expecting.OPEN, now: datetime = NOW) -> When:
    """The only spoken time."""
    found = times(text, expecting, now)
    assert len(found) == 1, found
    return found[0]


def brief(when: When) -> str:
    """ "2026-11-25T14:30/2026-11-25T14:31", with ".." for an open end."""
    start, end = (at.isoformat(timespec="minutes") if at else ".." for at in (when.start, when.end))
    return f"{start}/{end}"
