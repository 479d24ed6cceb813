"""The call log and the page of one call."""

from datetime import timedelta

import pytest

from clinic.people import CallId
from console.call_filter import PAGE
from security.staff import Role
from security.tags import Tag
from tests.console.browsing import signed_in
from tests.console.house import BEGUN, NOW, House, lived_in, replied, summary
from voice.dialog.journal import CallOutcome, Progress, Row
from voice.dialog.turn import LineKind


def test_an_empty_log_says_what_will_happen() -> None:
    page = signed_in(House()).get("/calls").text
    assert "No calls yet" in page
    assert "appears here by itself" in page


def test_the_log_shows_each_call_on_a_line() -> None:
    page = signed_in(lived_in(House())).get("/calls").text
    for shown in ("Maria Lopez", "(206) 555-0142", "Book a visit", "Booked", "2:05", "Today, 9:30 AM"):
        assert shown in page
    assert page.index('id="call-now"') < page.index('id="call-booked"') < page.index('id="call-back"')
    assert "Number withheld" in page
    assert "In progress" in page
    assert page.count(">To do<") == 1


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_overseers_see_no_names_numbers_or_conversations(role: Role) -> None:
    browser = signed_in(lived_in(House()), role)
    page = browser.get("/calls").text
    assert "A patient" in page
    assert "number ending 0142" in page
    for hidden in ("Maria", "Lopez", "555-0142", "+1206555", 'href="/calls/booked"'):
        assert hidden not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("outcome=booked", {"booked"}),
        ("outcome=&day=&follow_up=", {"now", "booked", "back"}),
        ("follow_up=yes", {"back"}),
        ("day=2026-03-03", {"now", "booked", "back"}),
        ("day=2026-03-02", set()),
    ],
)
def test_filters(query: str, shown: set[str]) -> None:
    page = signed_in(lived_in(House())).get(f"/calls?{query}").text
    assert {call for call in ("now", "booked", "back") if f'id="call-{call}"' in page} == shown
    assert ("No calls match" in page) is (not shown)


@pytest.mark.parametrize("query", ["outcome=nonsense", "day=yesterday", "before=then", "before=1e99", "before=nan"])
def test_a_filter_that_cannot_be_read_is_refused_politely(query: str) -> None:
    answer = signed_in(House()).get(f"/calls?{query}")
    assert answer.status_code == 400
    assert "cannot be read" in answer.text


def test_older_calls_are_on_further_pages() -> None:
    house = House()
    done = Progress(outcome=CallOutcome.HELPED, line=LineKind.BROWSER, ended=NOW)
    for number in range(PAGE + 3):
        house.calls.begin(summary(f"c{number:03d}", ago=timedelta(minutes=number + 1), progress=done))
    browser = signed_in(house)
    first = browser.get("/calls?outcome=helped").text
    assert first.count('id="call-c') == PAGE
    assert "data-live" in first
    older = first.split('<a href="/calls?outcome=helped&amp;before=')[1].split('"')[0]
    second = browser.get(f"/calls?outcome=helped&before={older}").text
    assert second.count('id="call-c') == 3
    assert "data-live" not in second
    assert "Newest calls" in second


def test_a_call_turn_by_turn() -> None:
    house = lived_in(House())
    page = signed_in(house).get("/calls/booked").text
    for shown in (
        "How can I help you today?",
        "I would like to book a visit",
        "94%",
        "Close to “I need an appointment”",
        "waited 260 ms",
        "Booked a follow-up visit with Dr. Anita Patel on Thu, Mar 5, 1:30 PM.",
        "Nothing was said",
        "The caller hung up.",
        "“Goodbye.”",
    ):
        assert shown in page


def test_patients_words_are_never_markup() -> None:
    page = signed_in(lived_in(House())).get("/calls/booked").text
    assert "<script>alert" not in page
    assert "yes &lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_reading_a_conversation_is_on_record() -> None:
    house = lived_in(House())
    signed_in(house).get("/calls/booked")
    last = house.audit.noted[-1]
    assert (last.actor, last.tag, last.subject) == ("staff:staff-front-desk", Tag.CALL_READ, "booked")


def test_a_call_whose_words_are_no_longer_kept_says_so() -> None:
    page = signed_in(lived_in(House())).get("/calls/back").text
    assert "The words are no longer kept" in page
    assert "Asked to be called back about her visit." in page


def test_a_call_in_progress_shows_what_was_said_so_far() -> None:
    house = lived_in(House())
    browser = signed_in(house)
    assert 'data-live="/calls/now/live"' in browser.get("/calls/now").text
    row = Row(seq=1, at=BEGUN, entry=replied("How can I help you today?", "my exercise"))
    house.calls.append(CallId("now"), row, Progress(turns=1))
    page = browser.get("/calls/now").text
    assert "my exercise" in page
    assert "The call is going on" in page


def test_an_unknown_call_is_not_found() -> None:
    browser = signed_in(House())
    for path in ("/calls/none", "/calls/none/live", "/calls/%2e%2e%2fetc", "/calls/%00"):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "There is nothing here" in answer.text
