"""From stream to webhook and to what only the carrier can do, over HTTP (TWILIO.md, "TwiML": `<Connect>`)."""

import pytest

from tests.voice.lines.carrier import PUBLIC_URL, SID, action, document, incoming, query
from tests.voice.lines.fake_switchboard import FakeSwitchboard, turn
from tests.voice.lines.webhook_phone import CALL, Stream, phone
from voice.dialog.turn import Dial, LineKind
from voice.lines.twilio_webhook import Parting


@pytest.fixture
def switchboard() -> FakeSwitchboard:
    return FakeSwitchboard()


def test_the_call_is_joined_to_a_stream_when_there_is_one(switchboard: FakeSwitchboard) -> None:
    response = document(phone(switchboard, Stream()).call())
    stream, parameter = response.find("Connect/Stream"), response.find("Connect/Stream/Parameter")
    assert stream is not None
    assert parameter is not None
    assert (stream.attrib["url"], query(stream.attrib["url"])) == ("wss://line.example.org/twilio/stream", {})
    assert parameter.attrib["value"] == f"token of {SID} call-1"
    assert switchboard.calls[CALL].arrival.line is LineKind.TWILIO_STREAM


def test_without_room_for_a_stream_the_webhook_line_answers(switchboard: FakeSwitchboard) -> None:
    assert document(phone(switchboard, Stream(ready=False)).call()).find("Gather") is not None
    assert switchboard.calls[CALL].arrival.line is LineKind.TWILIO_WEBHOOK


def after_stream(switchboard: FakeSwitchboard, streams: Stream, **form: str) -> list[str]:
    carrier = phone(switchboard, streams)
    response = document(carrier.post(action(document(carrier.call()), "Connect"), incoming(**form)))
    return [child.tag for child in response]


@pytest.mark.parametrize("parting", [None, Parting(spoken_turn=None, reason="engine-failed")])
def test_a_broken_stream_goes_on_on_the_webhook_line(parting: Parting | None, switchboard: FakeSwitchboard) -> None:
    assert after_stream(switchboard, Stream(parting=parting)) == ["Gather"]
    assert switchboard.calls[CALL].moves == [(LineKind.TWILIO_WEBHOOK, parting.reason if parting else "stream-lost")]


def test_a_stream_that_ended_well_is_followed_by_what_only_the_carrier_can_do() -> None:
    switchboard = FakeSwitchboard([turn("One moment.", then=Dial(to="988"))])
    assert after_stream(switchboard, Stream(parting=Parting(spoken_turn=1, reason="finished"))) == ["Dial"]
    assert switchboard.calls[CALL].moves == []


def test_a_caller_who_hung_up_is_gone(switchboard: FakeSwitchboard) -> None:
    assert after_stream(switchboard, Stream(), CallStatus="completed") == ["Hangup"]
    assert switchboard.calls[CALL].gone


def test_the_fallback_address_goes_on_without_the_stream(switchboard: FakeSwitchboard) -> None:
    carrier = phone(switchboard, Stream())
    carrier.call()
    response = document(carrier.call(ErrorCode="11205", ErrorUrl=PUBLIC_URL + "/twilio/after-stream?call=call-1"))
    assert response.find("Gather") is not None
    assert switchboard.calls[CALL].moves == [(LineKind.TWILIO_WEBHOOK, "carrier-11205")]
