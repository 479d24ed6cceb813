"""Clocks, and the guard that no naive time gets in. Times are kept in UTC and spoken in the clinic's zone."""

from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from clinic.errors import BadInput


class NaiveTime(BadInput):
    """A time without a zone cannot be used."""

    code = "naive-time"


class UnknownZone(BadInput):
    """No such time zone; use a name such as America/Los_Angeles."""

    code = "unknown-zone"


def aware(moment: datetime) -> datetime:
    """The same moment in UTC; raises NaiveTime when it has no zone."""
    if moment.tzinfo is None:
        raise NaiveTime
    return moment.astimezone(UTC)


def zone(name: str) -> ZoneInfo:
    """The zone of this IANA name; raises UnknownZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UnknownZone(f"No such time zone: {name!r}; use a name such as America/Los_Angeles.") from error


class Clock(Protocol):
    """Tells the time. Whatever needs the time takes one of these."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """A clock that stands still until moved; for tests, replay and simulation."""

    def __init__(self, moment: datetime) -> None:
        self._moment = aware(moment)

    def now(self) -> datetime:
        return self._moment

    def forward(self, by: timedelta) -> None:
        """Move the hands."""
        self._moment += by
