"""Texts that come in and status callbacks over HTTP (TWILIO.md, "SMS"; rules L5 and L13)."""

import pytest

from clinic.messages import MessageStatus
from clinic.people import Phone
from tests.voice.lines.carrier import AUTH_TOKEN, PUBLIC_URL, SID, Carrier, action, document, incoming
from tests.voice.lines.fake_switchboard import SCRIPT
from tests.voice.lines.real_line import RealLine
from voice.dialog.turn import Gone

PHONE = Phone("+12065550142")


class Exchange:
    """The carrier's side of a real line, and what was kept there."""

    def __init__(self) -> None:
        line = RealLine(AUTH_TOKEN, SCRIPT, engines=False)
        self.desk, self.switchboard = line.desk, line.switchboard
        self.carrier = Carrier(line.app(PUBLIC_URL), line.audit)

    def text(self, body: str, **form: str) -> str | None:
        """A text comes in; what is texted back."""
        sent = {"MessageSid": "SM1", "From": PHONE.e164, "To": "+12065550100", "Body": body} | form
        return document(self.carrier.post("/twilio/sms", sent)).findtext("Message")

    def report(self, status: str, message: str = "m1", **form: str) -> int:
        sent = {"MessageSid": "SM9", "MessageStatus": status} | form
        return self.carrier.post(f"/twilio/status?message={message}", sent).status_code


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


@pytest.mark.parametrize("words", ["STOP", "stop.", "Please stop texting me", "unsubscribe", "don’t call me anymore"])
def test_stop_opts_out_of_everything_at_once(words: str, exchange: Exchange) -> None:
    assert exchange.text(words) == "No more messages."
    assert exchange.desk.seen == {"SM1": ("out", "+12065550142")}


def test_start_opts_in_again(exchange: Exchange) -> None:
    assert exchange.text("START") == "Welcome back."
    assert exchange.desk.seen == {"SM1": ("in", "+12065550142")}


def test_help_is_neutral(exchange: Exchange) -> None:
    assert exchange.text("help") == "Call us."
    assert exchange.desk.seen == {}


@pytest.mark.parametrize("words", ["I cannot stop crying", "Can I come at three?", "", "End of the week is fine"])
def test_other_words_are_for_a_person(words: str, exchange: Exchange) -> None:
    assert exchange.text(words) == "We call you."
    assert exchange.desk.seen == {"SM1": ("left", words)}


def test_what_the_carrier_has_answered_is_recorded_but_not_answered_twice(exchange: Exchange) -> None:
    assert exchange.text("STOP", OptOutType="STOP") is None
    assert exchange.desk.seen == {"SM1": ("out", "+12065550142")}


def test_a_text_without_a_number_is_dropped(exchange: Exchange) -> None:
    assert exchange.text("hello", From="anonymous") is None
    assert exchange.desk.seen == {}


def test_a_forged_text_stores_nothing(exchange: Exchange) -> None:
    form = {"MessageSid": "SM1", "From": PHONE.e164, "Body": "STOP"}
    assert exchange.carrier.post("/twilio/sms", form, signature="wrong").status_code == 403
    assert exchange.carrier.post("/twilio/status?message=m1", form, signature="wrong").status_code == 403
    assert exchange.desk.seen == {}


def test_reports_repeat_and_come_out_of_order(exchange: Exchange) -> None:
    for status in ("queued", "delivered", "sent", "delivered", "sending"):
        assert exchange.report(status) == 204
    assert exchange.desk.reports == {"m1": (MessageStatus.DELIVERED, None)}


def test_a_failure_carries_the_carriers_code(exchange: Exchange) -> None:
    exchange.report("undelivered", ErrorCode="30003")
    assert exchange.desk.reports == {"m1": (MessageStatus.FAILED, "carrier-30003")}


def test_a_report_about_no_message_of_ours_changes_nothing(exchange: Exchange) -> None:
    assert exchange.report("delivered", message="") == 204
    assert exchange.desk.reports == {}


@pytest.mark.parametrize("status", ["completed", "busy", "failed", "no-answer", "canceled"])
def test_the_end_of_a_call_is_reported_to_it(status: str, exchange: Exchange) -> None:
    document(exchange.carrier.call())
    callback = {"CallSid": SID, "CallStatus": status, "SequenceNumber": "3", "CallDuration": "12"}
    assert exchange.carrier.post("/twilio/status", callback).status_code == 204
    assert [kept.events for kept in exchange.switchboard.calls.values()] == [[Gone(turn=0, reason=status)]]


def test_call_events_arrive_in_any_order_and_more_than_once(exchange: Exchange) -> None:
    asked = document(exchange.carrier.call())
    for status in ("completed", "answered", "ringing", "initiated", "completed"):
        exchange.carrier.post("/twilio/status", {"CallSid": SID, "CallStatus": status})
    late = exchange.carrier.post(action(asked, "Gather"), incoming(SpeechResult="hello"))
    assert late.status_code == 200
    assert exchange.switchboard.calls[next(iter(exchange.switchboard.calls))].gone


def test_the_end_of_a_call_that_never_reached_us_begins_none(exchange: Exchange) -> None:
    assert exchange.carrier.post("/twilio/status", {"CallSid": SID, "CallStatus": "completed"}).status_code == 204
    assert exchange.switchboard.calls == {}


def test_a_status_about_nothing_is_malformed(exchange: Exchange) -> None:
    assert exchange.carrier.post("/twilio/status", {"AccountSid": "AC1"}).status_code == 400
