"""By when somebody is to act."""

from datetime import date, datetime

import pytest

from clinic.desk import Urgency
from scheduling.visits import DayOff
from scheduling.working_days import due
from tests.scheduling.diary_values import LEE, PACIFIC, PATEL, hours, pacific

HOURS = (*hours(PATEL, 9, 17), *hours(LEE, 8, 16))
TUESDAY_TEN = pacific(2026, 3, 3, 10)


@pytest.mark.parametrize(
    ("urgency", "at", "expected"),
    [
        (Urgency.NOW, TUESDAY_TEN, TUESDAY_TEN),
        (Urgency.TODAY, TUESDAY_TEN, pacific(2026, 3, 3, 17)),
        (Urgency.TODAY, pacific(2026, 3, 3, 20), pacific(2026, 3, 4)),
        (Urgency.TODAY, pacific(2026, 3, 7, 10), pacific(2026, 3, 8)),
        (Urgency.SOON, TUESDAY_TEN, pacific(2026, 3, 4, 17)),
        (Urgency.SOON, pacific(2026, 3, 6, 10), pacific(2026, 3, 9, 17)),
    ],
    ids=["now", "today", "tonight", "on a Saturday", "tomorrow", "over the weekend"],
)
def test_due(urgency: Urgency, at: datetime, expected: datetime) -> None:
    assert due(urgency, at, PACIFIC, HOURS, ()) == expected


def test_days_off_are_no_working_days() -> None:
    wednesday = date(2026, 3, 4)
    patel_away = DayOff(clinician=PATEL.id, day=wednesday, reason="leave")
    assert due(Urgency.SOON, TUESDAY_TEN, PACIFIC, HOURS, (patel_away,)) == pacific(2026, 3, 4, 16)
    holiday = DayOff(clinician=None, day=wednesday, reason="holiday")
    assert due(Urgency.SOON, TUESDAY_TEN, PACIFIC, HOURS, (holiday,)) == pacific(2026, 3, 5, 17)


def test_a_clinic_without_hours_still_gives_a_date() -> None:
    assert due(Urgency.SOON, TUESDAY_TEN, PACIFIC, (), ()) == pacific(2026, 3, 5)
