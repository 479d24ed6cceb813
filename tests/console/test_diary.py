"""The day list."""

import pytest

from tests.console.browsing import signed_in
from tests.console.house import House, lived_in


def test_today_by_clinician() -> None:
    page = signed_in(lived_in(House())).get("/diary").text
    assert "Tuesday, March 3" in page
    for shown in ("Dr. Anita Patel", "10:30 AM", "Maria Lopez", "Follow-up visit · In person", "Cancelled"):
        assert shown in page


def test_another_day_is_empty_and_can_be_left() -> None:
    page = signed_in(lived_in(House())).get("/diary?day=2026-03-04").text
    assert page.count("No visits this day.") == 2
    assert 'href="/diary?day=2026-03-03&clinician="' in page


def test_one_clinician() -> None:
    page = signed_in(lived_in(House())).get("/diary?clinician=lee").text
    assert "James Carter" in page
    assert "Maria Lopez" not in page


@pytest.mark.parametrize("day", ["soon", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_refused_politely(day: str) -> None:
    assert signed_in(House()).get(f"/diary?day={day}").status_code == 400
