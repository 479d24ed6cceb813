"""The telephone page and its ticket; `test_browser_phone` makes calls with it."""

from security.staff import Role
from tests.console.browsing import signed_in
from tests.console.house import House


def test_staff_who_read_calls_may_phone_as_a_patient() -> None:
    page = signed_in(House()).get("/phone").text
    assert '<option value="+12065550142">Maria Lopez, (206) 555-0142</option>' in page
    assert "Unknown caller" in page


def test_administrators_may_try_the_line_and_see_no_patients() -> None:
    page = signed_in(House(), Role.ADMINISTRATOR).get("/phone").text
    assert "Unknown caller" in page
    assert "Maria" not in page


def test_the_ticket_is_for_whoever_asked() -> None:
    house = House()
    answer = signed_in(house).post("/phone/ticket")
    assert answer.json() == {"ticket": "ticket-1"}
    assert house.tickets.holders == {"ticket-1": "staff:staff-front-desk"}
    assert answer.headers["cache-control"] == "no-store"
