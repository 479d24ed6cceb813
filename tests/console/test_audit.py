"""The audit page."""

import asyncio

import pytest

from console.audit import PAGE
from security.staff import Role
from tests.console.browsing import signed_in
from tests.console.house import House


def test_entries_name_staff_and_the_chain_is_verified() -> None:
    page = signed_in(House(), Role.AUDITOR).get("/audit").text
    assert "Chain verified" in page
    assert "Robin of auditor" in page
    assert "staff:session:opened" in page


def test_a_broken_chain_is_loud() -> None:
    house = House()
    house.audit.broken_at = 1
    page = signed_in(house, Role.ADMINISTRATOR).get("/audit").text
    assert "Chain broken at entry 1" in page
    assert 'role="alert"' in page


def test_older_entries_are_on_further_pages() -> None:
    house = House()
    for _ in range(PAGE + 4):
        asyncio.run(house.audit.note("system", "clinic:facts:changed"))
    browser = signed_in(house, Role.AUDITOR)
    assert '<a href="/audit?before=6">' in browser.get("/audit").text
    older = browser.get("/audit?before=6").text
    assert "Newest entries" in older
    assert "Older entries" not in older


@pytest.mark.parametrize("before", ["x", "-1", "1.5", "9" * 40, "١"])
def test_a_place_in_the_chain_that_is_none_is_refused_politely(before: str) -> None:
    assert signed_in(House(), Role.AUDITOR).get(f"/audit?before={before}").status_code == 400
