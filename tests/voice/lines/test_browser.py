"""The browser phone's socket: its ticket, captions, typed words, and coming back after a reload."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient, WebSocketTestSession

from clinic.people import CallId, Phone
from clinic.time import SystemClock
from tests.voice.lines.fake_audit import FakeAudit
from tests.voice.lines.fake_speech import speech
from tests.voice.lines.fake_switchboard import SCRIPT, FakeSwitchboard, Script, turn
from tests.voice.lines.test_twilio_stream import closing, message, until
from voice.dialog.journal import NoSuchCall
from voice.dialog.turn import Dial, Dialled, DialStatus, Gone, HangUp, Heard, Keyed, LineKind
from voice.lines.browser import BrowserPhone, browser_router
from voice.lines.stream_token import StreamTokens
from voice.lines.twilio_stream import Room

CALL = CallId("call-1")


class Desk:
    """A staff member at a browser."""

    def __init__(self, script: Script = SCRIPT, *, engines: bool = True, back_within_s: float = 0.02) -> None:
        self.switchboard = FakeSwitchboard(script)
        self.audit = FakeAudit()
        self.tickets = StreamTokens(b"secret", SystemClock())
        self.phone = BrowserPhone(
            switchboard=self.switchboard,
            audit=self.audit,
            tickets=self.tickets,
            speech=speech() if engines else None,
            room=Room(calls_at_once=2),
            start_within_s=5,
            back_within_s=back_within_s,
        )
        app = FastAPI()
        app.include_router(browser_router(self.phone))
        self._client = TestClient(app)

    @contextmanager
    def socket(self) -> Iterator[WebSocketTestSession]:
        with self._client, self.another_socket() as socket:
            yield socket

    def another_socket(self) -> WebSocketTestSession:
        """While one is open: on the same event loop."""
        return self._client.websocket_connect("/phone/stream")

    @contextmanager
    def call(self, **parameters: str) -> Iterator[WebSocketTestSession]:
        with self.socket() as socket:
            socket.send_json({"event": "connected"})
            socket.send_json(start(self.tickets.issue("staff:s1"), **parameters))
            yield socket


def start(ticket: str, **parameters: str) -> dict[str, object]:
    return {"event": "start", "streamSid": "MZ1", "start": {"customParameters": {"token": ticket} | parameters}}


def captions(messages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each["who"], each["text"]) for each in messages if each["event"] == "caption"]


def test_the_page_learns_the_call_and_sees_what_it_hears() -> None:
    desk = Desk()
    with desk.call(callerNumber="+12065550142") as socket:
        first = socket.receive_json()
        assert (first["event"], first["call"]) == ("call", CALL)
        assert captions(until(socket, "caption")) == [("line", SCRIPT[0].say[0].text)]
    arrival = desk.switchboard.calls[CALL].arrival
    assert (arrival.line, arrival.caller) == (LineKind.BROWSER, Phone("+12065550142"))
    assert desk.audit.tags == ["staff:phone:opened"]


@pytest.mark.parametrize("number", ["", "front desk", "+"])
def test_without_a_number_the_caller_is_unknown(number: str) -> None:
    desk = Desk()
    with desk.call(callerNumber=number) as socket:
        until(socket, "call")
    assert desk.switchboard.calls[CALL].arrival.caller is None


def test_typed_words_and_keys_answer() -> None:
    desk = Desk([*SCRIPT[:2], turn("And?"), turn("Yes?")])
    with desk.call() as socket:
        until(socket, "mark")
        socket.send_json(message("text", text="next Tuesday"))
        while ("caller", "next Tuesday") not in captions(until(socket, "caption")):
            pass
        socket.send_json({"event": "dtmf", "dtmf": {"digit": "1"}})
        until(socket, "clear")
        until(socket, "mark")
    typed, keyed = desk.switchboard.calls[CALL].events[:2]
    assert isinstance(typed, Heard)
    assert (typed.text, typed.engine) == ("next Tuesday", "typed")
    assert isinstance(keyed, Keyed)


def test_goodbye_ends_the_call() -> None:
    with Desk([turn("Goodbye.", then=HangUp())]).call() as socket:
        assert until(socket, "end")[-1]["reason"] == "finished"
        assert closing(socket) == (1000, "finished")


def test_a_transfer_is_shown_and_goes_on_as_if_nobody_had_answered() -> None:
    desk = Desk([turn("One moment.", then=Dial(to="988")), turn("Nobody came. Anything else?")])
    with desk.call() as socket:
        assert until(socket, "transfer")[-1]["to"] == "988"
        while ("line", "Nobody came. Anything else?") not in captions(until(socket, "caption")):
            pass
    assert desk.switchboard.calls[CALL].events[0] == Dialled(turn=1, status=DialStatus.NO_ANSWER)


def test_hanging_up() -> None:
    desk = Desk()
    with desk.call() as socket:
        until(socket, "mark")
        socket.send_json({"event": "stop"})
        assert closing(socket) == (1000, "stream-stopped")
    assert desk.switchboard.calls[CALL].events == [Gone(turn=1)]


def test_a_reloaded_page_goes_on_with_its_call() -> None:
    desk = Desk(back_within_s=5)
    with desk.call() as first:
        word = first.receive_json()["resume"]
        until(first, "mark")
        with desk.another_socket() as second:
            second.send_json(start(desk.tickets.issue("staff:s1"), resume=word))
            assert second.receive_json()["call"] == CALL
    assert len(desk.switchboard.calls) == 1


@pytest.mark.parametrize("word", ["CA" + "0" * 32, "call-1", "browser-x", ""])
def test_only_a_call_that_a_page_began_can_be_gone_on_with(word: str) -> None:
    desk = Desk()
    with desk.call(resume=word) as socket:
        until(socket, "call")
    assert desk.switchboard.calls[CALL].arrival.carrier_ref.startswith("browser-")
    assert desk.switchboard.calls[CALL].arrival.carrier_ref != word


def test_without_a_ticket_nothing_opens() -> None:
    desk = Desk()
    for ticket in ("", "made.up", desk.tickets.issue("CA1 call-1")):
        with desk.socket() as socket:
            socket.send_json(start(ticket))
            assert closing(socket) == (4401, "no-valid-token")
    assert desk.switchboard.calls == {}


def test_a_ticket_opens_once() -> None:
    desk = Desk()
    ticket = desk.tickets.issue("staff:s1")
    with desk.socket() as socket:
        socket.send_json(start(ticket))
        until(socket, "call")
    with desk.socket() as socket:
        socket.send_json(start(ticket))
        assert closing(socket)[0] == 4401


def test_without_engines_or_when_draining_there_is_no_room() -> None:
    idle, draining = Desk(engines=False), Desk()
    draining.phone.drain()
    for desk in (idle, draining):
        with desk.call() as socket:
            assert closing(socket) == (4429, "no-room")


def test_a_broken_switchboard_closes_the_socket() -> None:
    desk = Desk()
    desk.switchboard.fails_with = NoSuchCall()
    with desk.call() as socket:
        assert closing(socket) == (1011, "no-such-call")
