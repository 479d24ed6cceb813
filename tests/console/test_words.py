"""How staff read times, numbers and names."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic.desk import TaskKind, Urgency
from clinic.people import Phone
from console import words
from console.calls import TONES
from console.diary import MODES, STATUSES
from console.words import ClinicTime
from intents.meaning import Intent
from scheduling.visits import Mode, VisitStatus
from security.staff import Role
from tests.console.house import NOW
from voice.dialog.journal import CallOutcome
from voice.dialog.turn import LineKind

TIME = ClinicTime(ZoneInfo("America/Los_Angeles"))


def test_every_word_has_a_name() -> None:
    assert set(Intent) <= set(words.REASONS)
    assert set(words.TASKS) == set(TaskKind)
    assert set(words.URGENCIES) == set(Urgency)
    assert set(words.LINES) == set(LineKind)
    assert set(words.ROLES) == set(Role)
    assert set(MODES) == set(Mode)
    assert set(STATUSES) == set(VisitStatus)
    assert set(TONES) <= set(CallOutcome)


def test_times_are_the_clinics_own() -> None:
    assert TIME.clock(NOW) == "10:30 AM"
    assert TIME.seconds(NOW) == "10:30:00 AM"
    assert TIME.day(NOW) == "Tuesday, March 3"
    assert TIME.when(datetime(2026, 7, 4, 6, 5, tzinfo=UTC)) == "Fri, Jul 3, 11:05 PM"


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, "Today, 10:30 AM"), (-11, "Yesterday, 11:30 PM"), (24, "Tomorrow, 10:30 AM"), (72, "Fri, Mar 6, 10:30 AM")],
)
def test_near_days_by_name(hours: int, said: str) -> None:
    assert TIME.friendly(NOW + timedelta(hours=hours), NOW) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [(1, "Today, 11:30 AM"), (13.5, "end of today"), (37.5, "end of tomorrow"), (61.5, "end of Thu, Mar 5")],
)
def test_midnight_is_the_end_of_the_day_before(hours: float, said: str) -> None:
    assert TIME.due(NOW + timedelta(hours=hours), NOW) == said


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (timedelta(seconds=-5), ""),
        (timedelta(seconds=59), ""),
        (timedelta(minutes=5), "5 minutes late"),
        (timedelta(hours=1, minutes=59), "1 hour late"),
        (timedelta(days=3), "3 days late"),
    ],
)
def test_lateness(late: timedelta, said: str) -> None:
    assert TIME.late(NOW - late, NOW) == said


def test_numbers_and_lengths() -> None:
    assert words.number(Phone("+12065550142")) == "(206) 555-0142"
    assert words.number(Phone("+442079460000")) == "+44 20 7946 0000"
    assert words.masked(Phone("+12065550142")) == "number ending 0142"
    assert words.length(NOW, NOW + timedelta(seconds=3725)) == "62:05"
    assert words.length(NOW, NOW - timedelta(seconds=1)) == "0:00"
    assert words.reason("new_thing") == "New thing"
