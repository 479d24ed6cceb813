"""The stream line over a real socket, with the carrier's own messages (TWILIO.md, "Media streams").

Not tested here because only the carrier can do them: 31930 (we never wait while reading, by construction), and that
there is one bidirectional stream a call, inbound track only (a second one with a fresh token is refused below).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from clinic.people import CallId, Phone
from clinic.time import SystemClock
from tests.voice.lines.carrier import AUTH_TOKEN, PUBLIC_URL, SID, signed
from tests.voice.lines.fake_audit import FakeAudit
from tests.voice.lines.fake_speech import speech
from tests.voice.lines.fake_switchboard import SCRIPT, FakeSwitchboard, Script, turn
from voice.dialog.turn import Arrival, Dial, Gone, HangUp, Keyed, LineKind
from voice.lines.stream_token import StreamTokens
from voice.lines.twilio_door import Door
from voice.lines.twilio_signature import Signatures
from voice.lines.twilio_stream import Room, TwilioStreams, stream_router
from voice.lines.twilio_webhook import Parting

CALL = CallId("call-1")
SIGNATURE = signed("wss://line.example.org/twilio/stream")
CONNECTED = {"event": "connected", "protocol": "Call", "version": "1.0.0"}


class Exchange:
    """A telephone exchange with our stream line at one end and a call already answered."""

    def __init__(
        self,
        script: Script = SCRIPT,
        *,
        broken: bool = False,
        engines: bool = True,
        calls_at_once: int = 2,
        start_within_s: float = 5,
        asked_within_s: float = 0.02,
    ) -> None:
        self.switchboard = FakeSwitchboard(script)
        self.audit = FakeAudit()
        self.streams = TwilioStreams(
            switchboard=self.switchboard,
            door=Door(Signatures(AUTH_TOKEN, PUBLIC_URL), self.audit),
            audit=self.audit,
            tokens=StreamTokens(b"secret", SystemClock()),
            speech=speech(broken=broken) if engines else None,
            room=Room(calls_at_once=calls_at_once),
            start_within_s=start_within_s,
            asked_within_s=asked_within_s,
        )
        app = FastAPI()
        app.include_router(stream_router(self.streams))
        self._client = TestClient(app)

    @contextmanager
    def socket(self, signature: str = SIGNATURE) -> Iterator[WebSocketTestSession]:
        with self._client, self.another_socket(signature) as socket:
            yield socket

    def another_socket(self, signature: str = SIGNATURE) -> WebSocketTestSession:
        """While one is open: on the same event loop."""
        return self._client.websocket_connect("/twilio/stream", headers={"X-Twilio-Signature": signature})

    @contextmanager
    def stream(self) -> Iterator[WebSocketTestSession]:
        """A stream whose call has been answered."""
        with self.socket() as socket:
            assert socket.portal is not None
            arrival = Arrival(line=LineKind.TWILIO_STREAM, carrier_ref=SID, caller=Phone("+12065550142"))
            socket.portal.call(self.switchboard.ring, arrival)
            socket.send_json(CONNECTED)
            socket.send_json(start(self.streams.token(SID, CALL)))
            yield socket

    def until_gone(self, socket: WebSocketTestSession) -> None:
        assert socket.portal is not None
        socket.portal.call(self.switchboard.until_gone, CALL)

    def asked(self) -> Parting | None:
        """The carrier asks how to go on."""
        return self.streams.parting(CALL)


def start(token: str, call_sid: str = SID) -> dict[str, object]:
    return {
        "event": "start",
        "sequenceNumber": "1",
        "streamSid": "MZ1",
        "start": {
            "accountSid": "AC1",
            "streamSid": "MZ1",
            "callSid": call_sid,
            "tracks": ["inbound"],
            "customParameters": {"token": token},
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": "8000", "channels": "1"},
        },
    }


def message(event: str, **fields: object) -> dict[str, object]:
    return {"event": event, "sequenceNumber": "9", "streamSid": "MZ1"} | fields


def until(socket: WebSocketTestSession, event: str) -> list[dict[str, Any]]:
    """Everything we are sent up to this event, played at once: marks come straight back."""
    received: list[dict[str, Any]] = []
    while not received or received[-1]["event"] != event:
        received.append(socket.receive_json())
        if received[-1]["event"] == "mark":
            socket.send_json(received[-1])
    return received


def closing(socket: WebSocketTestSession) -> tuple[int, str]:
    """Code and reason of the close, whatever is sent before it."""
    while True:
        try:
            socket.receive_json()
        except WebSocketDisconnect as closed:
            return closed.code, closed.reason or ""


def test_the_line_speaks_and_keys_answer() -> None:
    exchange = Exchange()
    with exchange.stream() as socket:
        first = until(socket, "mark")
        assert {"event", "streamSid", "media"} == set(first[0])
        assert {each["event"] for each in first} <= {"media", "mark"}
        socket.send_json(message("dtmf", dtmf={"track": "inbound_track", "digit": "1"}))
        assert "clear" in {each["event"] for each in until(socket, "clear")}
        until(socket, "mark")
        assert exchange.switchboard.calls[CALL].events == [Keyed(turn=1, keys="1")]


def test_after_goodbye_the_socket_closes_and_the_carrier_is_told_to_hang_up() -> None:
    exchange = Exchange([turn("Goodbye.", then=HangUp())])
    with exchange.stream() as socket:
        until(socket, "mark")
        assert closing(socket) == (1000, "finished")
        assert exchange.asked() == Parting(spoken_turn=1, reason="finished")
    assert exchange.switchboard.calls[CALL].events == []


def test_before_a_transfer_the_socket_closes_and_the_carrier_is_told_to_dial() -> None:
    exchange = Exchange([turn("One moment.", then=Dial(to="988"))])
    with exchange.stream() as socket:
        until(socket, "mark")
        closing(socket)
        assert exchange.asked() == Parting(spoken_turn=1, reason="finished")


def test_a_failing_engine_leaves_the_call_to_the_webhook_line() -> None:
    exchange = Exchange(broken=True)
    with exchange.stream() as socket:
        code, reason = closing(socket)
        assert code == 1011
        assert exchange.asked() == Parting(spoken_turn=None, reason=reason)
    assert not exchange.switchboard.calls[CALL].gone


def test_a_bug_leaves_the_call_to_the_webhook_line() -> None:
    exchange = Exchange()
    with exchange.stream() as socket:
        until(socket, "mark")
        exchange.switchboard.fails_with = RuntimeError()
        socket.send_json(message("dtmf", dtmf={"digit": "1"}))
        assert closing(socket) == (1011, "unexpected")
        exchange.switchboard.fails_with = None
        assert exchange.asked() == Parting(spoken_turn=None, reason="unexpected")


def test_a_caller_who_hangs_up_is_gone_once_nobody_asks_how_to_go_on() -> None:
    exchange = Exchange()
    with exchange.stream() as socket:
        until(socket, "mark")
        socket.send_json(message("stop", stop={"accountSid": "AC1", "callSid": SID}))
        closing(socket)
        exchange.until_gone(socket)
    assert exchange.switchboard.calls[CALL].events == [Gone(turn=0, reason="stream-stopped")]
    assert exchange.asked() is None


@pytest.mark.parametrize("stop", [True, False])
def test_a_stream_that_stops_while_the_call_goes_on_is_taken_over(stop: bool) -> None:
    exchange = Exchange(asked_within_s=5)
    with exchange.stream() as socket:
        until(socket, "mark")
        if stop:
            socket.send_json(message("stop", stop={}))
            closing(socket)
            assert exchange.asked() == Parting(spoken_turn=None, reason="stream-stopped")
        else:
            exchange.streams.drain()
    assert exchange.switchboard.calls[CALL].events == []


BROKEN: list[tuple[str | bytes, int, str]] = [
    ("not json", 4400, "not-json"),
    (json.dumps(message("selfie")), 4400, "unknown-event"),
    (json.dumps(message("media", media={"payload": "QUJD"}) | {"streamSid": "MZ2"}), 4400, "wrong-stream"),
    (json.dumps(message("media", media={"payload": "%%"})), 4400, "bad-audio"),
    (json.dumps(message("media", media={"payload": ""})), 4400, "bad-audio"),
    (json.dumps(message("media")), 4400, "missing-field"),
    (json.dumps(start("t")), 4409, "second-start"),
    (b"\x00\x01", 4400, "binary-message"),
]


@pytest.mark.parametrize(("raw", "code", "reason"), BROKEN)
def test_a_broken_stream_is_closed_with_its_reason_and_the_call_goes_on(
    raw: str | bytes, code: int, reason: str
) -> None:
    exchange = Exchange(asked_within_s=5)
    with exchange.stream() as socket:
        until(socket, "mark")
        socket.send_bytes(raw) if isinstance(raw, bytes) else socket.send_text(raw)
        assert closing(socket) == (code, reason)
        assert exchange.asked() == Parting(spoken_turn=None, reason=reason)
    assert "stream:message:refused" in exchange.audit.tags
    assert exchange.switchboard.calls[CALL].events == []


def test_an_unsigned_handshake_is_refused_before_it_is_accepted() -> None:
    exchange = Exchange()
    for signature in ("", "wrong", signed(PUBLIC_URL + "/twilio/stream")):
        with pytest.raises(WebSocketDisconnect), exchange.socket(signature):
            pass
    assert set(exchange.audit.tags) == {"stream:signature:refused"}


@pytest.mark.parametrize("token", ["", "made.up", "none"])
def test_a_stream_without_its_token_is_closed(token: str) -> None:
    exchange = Exchange()
    with exchange.socket() as socket:
        socket.send_json(CONNECTED)
        socket.send_json(start(token))
        assert closing(socket) == (4401, "no-valid-token")
    assert exchange.switchboard.calls == {}


def test_a_token_belongs_to_one_call_and_opens_one_stream() -> None:
    exchange = Exchange()
    with exchange.socket() as socket:
        socket.send_json(start(exchange.streams.token(SID, CALL), call_sid="CA" + "9" * 32))
        assert closing(socket) == (4401, "no-valid-token")


def test_a_token_opens_once() -> None:
    exchange = Exchange([turn("Goodbye.", then=HangUp())])
    token = exchange.streams.token(SID, CALL)
    for expected in ("no-such-call", "no-valid-token"):
        with exchange.socket() as socket:
            socket.send_json(start(token))
            assert closing(socket)[1] == expected


def test_a_call_has_one_stream() -> None:
    exchange = Exchange()
    with exchange.stream() as first:
        until(first, "mark")
        with exchange.another_socket() as second:
            second.send_json(start(exchange.streams.token(SID, CALL)))
            assert closing(second) == (4409, "already-connected")


def test_a_stream_that_never_starts_is_closed() -> None:
    with Exchange(start_within_s=0.02).socket() as socket:
        socket.send_json(CONNECTED)
        assert closing(socket) == (4408, "no-start-in-time")


def test_media_before_start_is_refused() -> None:
    with Exchange().socket() as socket:
        socket.send_json(CONNECTED)
        socket.send_json(message("media", media={"payload": "QUJD"}))
        assert closing(socket) == (4400, "not-started")


def test_no_stream_is_offered_without_engines_or_room() -> None:
    assert Exchange().streams.ready()
    assert not Exchange(engines=False).streams.ready()
    assert not Exchange(calls_at_once=0).streams.ready()


def test_a_stream_beyond_the_limit_is_closed() -> None:
    exchange = Exchange(calls_at_once=0)
    with exchange.stream() as socket:
        assert closing(socket) == (4429, "no-room")
