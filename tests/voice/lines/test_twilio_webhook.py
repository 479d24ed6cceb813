"""The webhook line over HTTP, as the carrier sees it (TWILIO.md, "Signatures", "Webhooks", "TwiML").

Not tested here because they are the carrier's own doing: its retries and its fallback request (both are requests like
any other, and repeats are tested), and the time it takes to give up (ours is shorter, which is tested).
"""

import asyncio

import pytest

from clinic.errors import ClinicError
from clinic.people import CallId, Phone
from tests.voice.lines.carrier import PUBLIC_URL, SID, Carrier, action, document, incoming, signed
from tests.voice.lines.fake_switchboard import FakeSwitchboard, turn
from tests.voice.lines.webhook_phone import CALL, phone
from voice.dialog.turn import Dial, Dialled, DialStatus, Event, Gone, Heard, Hypothesis, Keyed, LineKind, Silent, Turn


@pytest.fixture
def switchboard() -> FakeSwitchboard:
    return FakeSwitchboard()


@pytest.fixture
def carrier(switchboard: FakeSwitchboard) -> Carrier:
    return phone(switchboard)


def events(switchboard: FakeSwitchboard) -> list[Event]:
    return switchboard.calls[CALL].events


def test_a_call_is_answered_with_the_first_question(carrier: Carrier, switchboard: FakeSwitchboard) -> None:
    response = document(carrier.call())
    assert response.findtext("Gather/Say") == "Thank you for calling. I am an automated assistant."
    arrival = switchboard.calls[CALL].arrival
    assert (arrival.line, arrival.carrier_ref, arrival.caller) == (LineKind.TWILIO_WEBHOOK, SID, Phone("+12065550142"))


@pytest.mark.parametrize("withheld", ["anonymous", "+266696687", "+7378742833", "", "client:alice", "sip:a@b.c"])
def test_a_withheld_number_is_no_number(withheld: str, carrier: Carrier, switchboard: FakeSwitchboard) -> None:
    carrier.call(From=withheld)
    assert switchboard.calls[CALL].arrival.caller is None


def test_speech_is_delivered_and_the_next_question_comes_back(carrier: Carrier, switchboard: FakeSwitchboard) -> None:
    asked = document(carrier.call())
    answer = carrier.post(
        action(asked, "Gather"), incoming(SpeechResult="I want to book.", Confidence="0.91", CallStatus="in-progress")
    )
    assert document(answer).findtext("Gather/Say") == "Which day suits you?"
    heard = Heard(turn=1, heard=(Hypothesis(text="I want to book.", confidence=0.91),), engine="carrier")
    assert events(switchboard) == [heard]


@pytest.mark.parametrize("form", [{}, {"Confidence": ""}, {"Confidence": "0.0"}, {"Confidence": "high"}])
def test_confidence_may_be_missing(form: dict[str, str], carrier: Carrier, switchboard: FakeSwitchboard) -> None:
    asked = document(carrier.call())
    carrier.post(action(asked, "Gather"), incoming(SpeechResult="Hello", **form))
    assert events(switchboard) == [Heard(turn=1, heard=(Hypothesis(text="Hello"),), engine="carrier")]


@pytest.mark.parametrize(
    ("form", "event"),
    [
        ({"Digits": "12"}, Keyed(turn=1, keys="12")),
        ({"Digits": "1", "SpeechResult": "one"}, Keyed(turn=1, keys="1")),
        ({"Digits": "", "SpeechResult": " "}, Silent(turn=1)),
        ({}, Silent(turn=1)),
        ({"CallStatus": "completed"}, Gone(turn=1)),
    ],
)
def test_keys_silence_and_hang_up(
    form: dict[str, str], event: Event, carrier: Carrier, switchboard: FakeSwitchboard
) -> None:
    asked = document(carrier.call())
    carrier.post(action(asked, "Gather"), incoming(**form))
    assert events(switchboard) == [event]


def test_a_repeated_request_gets_the_same_answer_and_changes_nothing(
    carrier: Carrier, switchboard: FakeSwitchboard
) -> None:
    """One retry by default: the exact replay of a signed request is answered, idempotently."""
    assert carrier.call().text == carrier.call().text
    where, said = action(document(carrier.call()), "Gather"), incoming(SpeechResult="Tuesday")
    assert carrier.post(where, said).text == carrier.post(where, said).text
    assert len(switchboard.calls) == 1
    assert len(events(switchboard)) == 1


def test_a_late_answer_to_an_earlier_question_gets_the_present_one(
    carrier: Carrier, switchboard: FakeSwitchboard
) -> None:
    first = action(document(carrier.call()), "Gather")
    carrier.post(first, incoming(SpeechResult="book"))
    assert (
        document(carrier.post(first, incoming(SpeechResult="cancel"))).findtext("Gather/Say") == "Which day suits you?"
    )
    assert len(events(switchboard)) == 1


def test_unknown_and_empty_fields_are_accepted(carrier: Carrier) -> None:
    assert document(carrier.call(StirVerstat="", BrandNewField="ü & =")) is not None


@pytest.mark.parametrize("signature", ["", "wrong", signed(PUBLIC_URL + "/twilio/voice", incoming(), token="other")])
def test_a_forged_request_is_refused_audited_and_stores_nothing(
    signature: str, carrier: Carrier, switchboard: FakeSwitchboard
) -> None:
    response = carrier.post("/twilio/voice", incoming(), signature=signature)
    assert (response.status_code, "<" in response.text) == (403, False)
    assert carrier.audit.tags == ["webhook:signature:refused"]
    assert switchboard.calls == {}


@pytest.mark.parametrize("path", ["turn", "after-dial", "after-stream", "after-handover", "stream-status"])
def test_every_address_asks_for_a_signature(path: str, carrier: Carrier) -> None:
    assert carrier.post(f"/twilio/{path}?call=call-1&turn=1", incoming(), signature="wrong").status_code == 403


def test_the_address_is_part_of_the_signature(carrier: Carrier) -> None:
    stolen = signed(PUBLIC_URL + "/twilio/turn?call=call-1&turn=1", incoming())
    response = carrier.post("/twilio/turn?call=call-2&turn=1", incoming(), signature=stolen)
    assert response.status_code == 403


@pytest.mark.parametrize("sid", ["", "CA<script>", "C" * 65])
def test_a_signed_form_without_its_call_is_malformed(sid: str, carrier: Carrier, switchboard: FakeSwitchboard) -> None:
    assert carrier.call(CallSid=sid).status_code == 400
    assert carrier.audit.tags == ["webhook:form:malformed"]
    assert switchboard.calls == {}


@pytest.mark.parametrize("where", ["/twilio/turn", "/twilio/turn?call=call-1&turn=x", "/twilio/turn?call=&turn=1"])
def test_a_signed_request_without_its_turn_is_malformed(where: str, carrier: Carrier) -> None:
    assert carrier.post(where, incoming()).status_code == 400


@pytest.mark.parametrize("body", [b"\xff\xfe", b"CallSid=%FF", b"&".join(b"a=%d" % i for i in range(2000))])
def test_what_is_not_a_form_is_refused(body: bytes, carrier: Carrier) -> None:
    headers = {"X-Twilio-Signature": "x", "Content-Type": "application/x-www-form-urlencoded"}
    assert carrier.send("/twilio/voice", body, headers).status_code == 403


def test_an_endless_body_is_cut_off(carrier: Carrier) -> None:
    assert carrier.send("/twilio/voice", b"a" * 300_000, {}).status_code == 413


def test_json_is_checked_by_the_hash_of_its_body(carrier: Carrier) -> None:
    headers = {"X-Twilio-Signature": signed(PUBLIC_URL + "/twilio/voice"), "Content-Type": "application/json"}
    assert carrier.send("/twilio/voice", b'{"CallSid": "CA1"}', headers).status_code == 403
    assert carrier.send("/twilio/voice", b"[not json", headers).status_code == 403


class Broken(ClinicError):
    code = "broken"


@pytest.mark.parametrize("error", [Broken(), OSError("disk"), RuntimeError("bug")])
def test_whatever_breaks_the_caller_is_offered_a_person(error: Exception) -> None:
    response = document(phone(FakeSwitchboard(fails_with=error)).call())
    assert response.findtext("Say") == "I am sorry."
    assert response.findtext("Dial/Number") == "+12065550100"


def test_an_answer_that_takes_too_long_is_replaced_by_a_person() -> None:
    class Stuck(FakeSwitchboard):
        async def current(self, call: CallId) -> Turn:
            await asyncio.Event().wait()
            raise AssertionError

    assert document(phone(Stuck(), answer_within_s=0.01).call()).find("Dial") is not None


def test_a_call_that_nobody_knows_is_offered_a_person(carrier: Carrier) -> None:
    response = document(carrier.post("/twilio/turn?call=lost&turn=3", incoming(SpeechResult="hello")))
    assert response.findtext("Dial/Number") == "+12065550100"


def test_nobody_at_the_front_desk_either(carrier: Carrier) -> None:
    where = action(document(carrier.post("/twilio/turn?call=lost&turn=3", incoming())), "Dial")
    unanswered = document(carrier.post(where, incoming(DialCallStatus="no-answer")))
    assert [child.tag for child in unanswered] == ["Say", "Hangup"]
    answered = document(carrier.post(where, incoming(DialCallStatus="completed")))
    assert [child.tag for child in answered] == ["Hangup"]


@pytest.mark.parametrize(
    ("carriers_word", "status"),
    [
        ("completed", DialStatus.ANSWERED),
        ("answered", DialStatus.ANSWERED),
        ("busy", DialStatus.BUSY),
        ("no-answer", DialStatus.NO_ANSWER),
        ("failed", DialStatus.FAILED),
        ("canceled", DialStatus.FAILED),
        ("", DialStatus.FAILED),
    ],
)
def test_how_the_dial_went_is_reported(carriers_word: str, status: DialStatus) -> None:
    switchboard = FakeSwitchboard([turn("One moment.", then=Dial(to="988")), turn("Nobody came. Anything else?")])
    carrier = phone(switchboard)
    where = action(document(carrier.call()), "Dial")
    form = incoming(DialCallStatus=carriers_word, DialCallSid="CA9", DialCallDuration="3", DialBridged="true")
    assert document(carrier.post(where, form)).find("Gather") is not None
    assert events(switchboard) == [Dialled(turn=1, status=status)]


@pytest.mark.parametrize("code", ["12100", "12300", "13520"])
def test_a_document_that_could_not_be_performed_is_not_given_again(code: str, carrier: Carrier) -> None:
    assert document(carrier.call(ErrorCode=code)).find("Dial") is not None


def test_stream_status_is_taken_note_of(carrier: Carrier) -> None:
    form = incoming(StreamSid="MZ1", StreamEvent="stream-error", StreamError="31951")
    assert carrier.post("/twilio/stream-status?call=call-1", form).status_code == 204


def test_the_answer_is_a_document_of_at_most_64_kilobytes() -> None:
    assert document(phone(FakeSwitchboard([turn("word " * 20_000)])).call()).find("Dial") is not None
