"""The console in a real browser: signing in, reading, ticking off, and pages that grow by themselves."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from clinic.desk import TaskId
from clinic.people import CallId
from tests.console.browsing import app_of
from tests.console.chromium import chromium, serving, sign_in, visiting
from tests.console.house import BEGUN, JAMES, House, lived_in, replied, summary
from voice.dialog.journal import CallOutcome, Progress, Row
from voice.dialog.turn import LineKind

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house() -> House:
    return lived_in(House())


@pytest.fixture(scope="module")
def page(house: House) -> Iterator[Page]:
    with serving(app_of(house)) as address, chromium() as browser, visiting(browser, address) as page:
        sign_in(page)
        yield page


def test_the_log_grows_while_it_is_looked_at(house: House, page: Page) -> None:
    page.goto("/calls")
    expect(page.get_by_role("row")).to_have_count(4)
    house.calls.begin(summary("fresh", ago=timedelta(0), progress=Progress(line=LineKind.BROWSER), patient=JAMES))
    row = page.locator("#call-fresh")
    expect(row).to_contain_text("James Carter")
    expect(row).to_contain_text("In progress")
    assert page.locator("tbody tr").first.get_attribute("id") == "call-fresh"

    done = Progress(reason="cancel", outcome=CallOutcome.CANCELLED, turns=4, ended=BEGUN + timedelta(hours=1))
    house.calls.append(CallId("fresh"), Row(seq=1, at=BEGUN, entry=replied("Yes?", "cancel it")), done)
    expect(row).to_contain_text("Cancelled")
    expect(row).to_contain_text("Cancel a visit")


def test_a_call_grows_and_keeps_what_was_unfolded(house: House, page: Page) -> None:
    house.calls.begin(summary("long", ago=timedelta(0), progress=Progress(turns=1)))
    house.calls.append(CallId("long"), Row(seq=1, at=BEGUN, entry=replied("Hello?", "first")), Progress(turns=1))
    page.goto("/calls/long")
    page.get_by_text("How and why").click()
    house.calls.append(CallId("long"), Row(seq=2, at=BEGUN, entry=replied("And?", "<b>second</b>")), Progress(turns=2))
    expect(page.locator("#row-2")).to_contain_text("<b>second</b>")
    expect(page.locator("#row-1 details")).to_have_attribute("open", "")
    expect(page.locator("#row-2 details")).not_to_have_attribute("open", "")


def test_a_task_is_ticked_off_and_taken_back(house: House, page: Page) -> None:
    page.goto("/tasks")
    expect(page.get_by_text("2 hours late")).to_be_visible()
    page.get_by_role("button", name="Done: Call back").click()
    expect(page.get_by_text("Nothing to follow up")).to_be_visible()
    assert house.tasks.tasks[TaskId("ring-james")].done_by == "staff-front-desk"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 hours late")).to_be_visible()


def test_the_pages_work_without_a_mouse(page: Page) -> None:
    page.goto("/calls")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("path", ["/calls", "/calls/booked", "/tasks", "/diary", "/phone"])
def test_pages_fit_a_narrow_screen_and_name_their_fields(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 380, "height": 800})
    try:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        fields = "[...document.querySelectorAll('input:not([type=hidden]), select')]"
        assert page.evaluate(f"{fields}.filter(field => !field.labels.length).map(field => field.id)") == []
        assert page.locator("h1").count() == 1
    finally:
        page.set_viewport_size({"width": 1280, "height": 720})
