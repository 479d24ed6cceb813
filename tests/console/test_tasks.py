"""The follow-ups: in what order, who ticked them off, and taking that back."""

from datetime import timedelta

from clinic.desk import TaskId, Urgency
from console.tasks import by_urgency
from tests.console.browsing import signed_in
from tests.console.house import NOW, House, lived_in, task


def test_the_most_urgent_and_then_the_earliest_come_first() -> None:
    later, sooner = task("later", due=NOW + timedelta(hours=2)), task("sooner", due=NOW + timedelta(hours=1))
    now, soon = task("now", urgency=Urgency.NOW), task("soon", urgency=Urgency.SOON, due=NOW)
    assert [each.id for each in by_urgency([soon, later, now, sooner])] == ["now", "sooner", "later", "soon"]


def test_a_task_shows_whom_to_call_and_how_late_it_is() -> None:
    page = signed_in(lived_in(House())).get("/tasks").text
    for shown in (
        "Maria Lopez",
        'href="tel:+12065550142"',
        "Asked to be called back",
        "2 hours late",
        'href="/calls/back"',
    ):
        assert shown in page


def test_an_empty_list_is_friendly() -> None:
    assert "Nothing to follow up" in signed_in(House()).get("/tasks").text


def test_ticking_off_and_taking_back() -> None:
    house = lived_in(House())
    browser = signed_in(house)
    done = browser.post("/tasks/ring-james/done")
    assert done.headers["location"] == "/tasks?done=ring-james"
    assert house.tasks.tasks[TaskId("ring-james")].done_by == "staff-front-desk"
    assert "Marked as done, by Robin of front-desk." in browser.get(done.headers["location"]).text

    on_the_call = browser.get("/calls/back").text
    assert "done Today, 10:30 AM by Robin of front-desk" in on_the_call
    undone = browser.post("/tasks/ring-james/undo", {"back": "/calls/back"})
    assert undone.headers["location"] == "/calls/back"
    assert house.tasks.tasks[TaskId("ring-james")].done is None


def test_a_form_never_leads_elsewhere() -> None:
    browser = signed_in(lived_in(House()))
    assert browser.post("/tasks/ring-james/done", {"back": "//evil.example"}).headers["location"] == "/"


def test_an_unknown_task_is_not_found() -> None:
    answer = signed_in(lived_in(House())).post("/tasks/none/done")
    assert answer.status_code == 404
