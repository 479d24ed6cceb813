"""Media stream messages (TWILIO.md, "Media streams"), read one by one."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.lines import media_stream
from voice.lines.media_stream import Audio, Played, Pressed, Reader, Refused, Started, Stopped, StreamRefused, Typed

CONNECTED = '{"event": "connected", "protocol": "Call", "version": "1.0.0"}'


def start(**fields: object) -> str:
    """As the carrier sends it: every number a string."""
    body = {
        "accountSid": "AC1",
        "streamSid": "MZ1",
        "callSid": "CA1",
        "tracks": ["inbound"],
        "customParameters": {"token": "t"},
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": "8000", "channels": "1"},
    } | fields
    return json.dumps({"event": "start", "sequenceNumber": "1", "streamSid": "MZ1", "start": body})


def message(event: str, sid: str = "MZ1", **fields: object) -> str:
    return json.dumps({"event": event, "sequenceNumber": "5", "streamSid": sid} | fields)


def audio(payload: str) -> str:
    return message("media", media={"track": "inbound", "chunk": "1", "timestamp": "20", "payload": payload})


def begun() -> Reader:
    reader = Reader()
    reader.read(CONNECTED)
    reader.read(start())
    return reader


def refusal(reader: Reader, raw: str) -> Refused:
    with pytest.raises(StreamRefused) as refused:
        reader.read(raw)
    return refused.value.reason


def test_a_stream_from_beginning_to_end() -> None:
    reader = Reader()
    payload = base64.b64encode(b"\xff" * 160).decode()
    raw = [
        CONNECTED,
        start(),
        audio(payload),
        message("dtmf", dtmf={"track": "inbound_track", "digit": "#"}),
        message("mark", mark={"name": "m1"}),
        message("stop", stop={"accountSid": "AC1", "callSid": "CA1"}),
    ]
    assert [reader.read(each) for each in raw] == [
        None,
        Started("MZ1", "CA1", {"token": "t"}),
        Audio(b"\xff" * 160),
        Pressed("#"),
        Played("m1"),
        Stopped(),
    ]


@pytest.mark.parametrize("size", [1, 159, 160, 161, 4000, 8000])
def test_audio_of_any_sensible_size_is_taken(size: int) -> None:
    payload = base64.b64encode(b"\x7f" * size).decode()
    assert begun().read(audio(payload)) == Audio(b"\x7f" * size)


@pytest.mark.parametrize("payload", ["", "!!!", "QUJ", "QUJD\n!", base64.b64encode(b"x" * 8001).decode(), "é"])
def test_other_audio_is_refused(payload: str) -> None:
    assert refusal(begun(), audio(payload)) is Refused.BAD_AUDIO


@pytest.mark.parametrize("raw", ["", "not json", "[]", '"start"', "null", "[" * 5000, "{" * 100])
def test_what_is_not_a_json_object_is_refused(raw: str) -> None:
    assert refusal(begun(), raw) is Refused.NOT_JSON


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (message("selfie"), Refused.NO_EVENT),
        ('{"streamSid": "MZ1"}', Refused.NO_EVENT),
        (CONNECTED.replace("}", ', "streamSid": "MZ1"}'), Refused.NO_EVENT),
        (message("text", text="typed"), Refused.NO_EVENT),
        (message("media", sid="MZ2", media={"payload": "QUJD"}), Refused.WRONG_STREAM),
        ('{"event": "media", "media": {"payload": "QUJD"}}', Refused.WRONG_STREAM),
        (message("media"), Refused.MISSING_FIELD),
        (message("media", media={"chunk": "1"}), Refused.MISSING_FIELD),
        (message("media", media="QUJD"), Refused.MISSING_FIELD),
        (message("dtmf", dtmf={"digit": "12"}), Refused.MISSING_FIELD),
        (message("mark", mark={}), Refused.MISSING_FIELD),
        (start(), Refused.SECOND_START),
        ('{"event": "x", "more": "' + "x" * media_stream.LONGEST_MESSAGE + '"}', Refused.TOO_LONG),
    ],
)
def test_messages_that_make_no_sense_are_refused(raw: str, reason: Refused) -> None:
    assert refusal(begun(), raw) is reason


def test_nothing_comes_before_start() -> None:
    assert refusal(Reader(), audio("QUJD")) is Refused.NOT_STARTED


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (start(mediaFormat={"encoding": "audio/l16", "sampleRate": "16000", "channels": "1"}), Refused.WRONG_FORMAT),
        (start(customParameters="token"), Refused.MISSING_FIELD),
        ('{"event": "start", "start": {}}', Refused.MISSING_FIELD),
        ('{"event": "start", "streamSid": "MZ1"}', Refused.MISSING_FIELD),
    ],
)
def test_starts_that_make_no_sense_are_refused(raw: str, reason: Refused) -> None:
    assert refusal(Reader(), raw) is reason


def test_a_browser_may_type_and_leave_out_what_it_need_not_say() -> None:
    reader = Reader(typing=True, sid_needed=False)
    assert reader.read('{"event": "start", "start": {}}') == Started("", "", {})
    assert reader.read('{"event": "text", "text": "next Tuesday"}') == Typed("next Tuesday")
    assert refusal(reader, message("text", sid="MZ9", text="x")) is Refused.WRONG_STREAM


@given(st.text(max_size=200) | st.recursive(st.text() | st.integers(), st.lists).map(json.dumps))
def test_nothing_else_than_a_refusal_comes_of_rubbish(raw: str) -> None:
    assert isinstance(refusal(begun(), raw), Refused)


@given(st.dictionaries(st.sampled_from(["event", "media", "start", "mark", "streamSid"]), st.text() | st.integers()))
def test_nor_of_rubbish_in_an_object(fields: dict[str, object]) -> None:
    assert isinstance(refusal(begun(), json.dumps(fields)), Refused)


def test_we_send_exactly_the_fields_that_are_allowed() -> None:
    """31951 otherwise, and the carrier drops the stream."""
    assert json.loads(media_stream.media("MZ1", b"\xff")) == {
        "event": "media",
        "streamSid": "MZ1",
        "media": {"payload": "/w=="},
    }
    assert json.loads(media_stream.mark("MZ1", "m")) == {"event": "mark", "streamSid": "MZ1", "mark": {"name": "m"}}
    assert json.loads(media_stream.clear("MZ1")) == {"event": "clear", "streamSid": "MZ1"}


def test_every_reason_has_a_close_code_of_ours() -> None:
    assert all(4400 <= StreamRefused(reason).close_code < 4500 for reason in Refused)
