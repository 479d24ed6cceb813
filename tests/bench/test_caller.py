"""The carrier simulator, over real sockets: against the real line, and against a line whose timing is known."""

import asyncio
import base64
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
import uvicorn
from fastapi import FastAPI, Response, WebSocket

from bench.caller import Conversation, Report, Talk, place_call
from bench.exchange import Line, LineUnreachable
from bench.sound import Utterance, utterance, voiced, with_pause
from clinic.people import Phone
from tests.voice.lines.fake_speech import BEEP
from tests.voice.lines.fake_switchboard import SCRIPT, turn
from tests.voice.lines.real_line import RealLine
from voice.dialog.turn import Dial, HangUp, Keyed
from voice.lines import twiml
from voice.lines.twilio_urls import CarrierUrls

TOKEN = "12345"
HELLO = utterance("hello", BEEP * 20)


@asynccontextmanager
async def serving(make: Callable[[str], FastAPI]) -> AsyncIterator[Line]:
    """The app of this address, on a free port."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(make(url), log_config=None, ws="websockets-sansio", lifespan="off"))
    running = asyncio.create_task(server.serve([listening]))
    try:
        yield Line(url=url, public_url=url, auth_token=TOKEN)
    finally:
        server.should_exit = True
        await running


def called(make: Callable[[str], FastAPI], conversation: Conversation, caller: str = "+12065550142") -> Report:
    async def call() -> Report:
        async with serving(make) as line:
            return await place_call(line, caller, conversation)

    return asyncio.run(call())


async def press_one(talk: Talk) -> None:
    await talk.greeted()
    await talk.press("1")


def test_a_call_to_the_real_line() -> None:
    line = RealLine(TOKEN, SCRIPT)
    report = called(line.app, press_one)
    (kept,) = line.switchboard.calls.values()
    assert kept.arrival.caller == Phone("+12065550142")
    assert kept.events[0] == Keyed(turn=1, keys="1")
    assert kept.gone
    assert report.greeting_ms is not None
    assert not report.turns[0].unanswered
    assert any(voiced(report.recording[i : i + 160]) for i in range(0, len(report.recording), 160))


async def wait_for_the_end(talk: Talk) -> None:
    await talk.stay_silent(10)


def test_what_the_line_wants_next_is_told() -> None:
    dialled = called(RealLine(TOKEN, [turn("One moment.", then=Dial(to="988"))]).app, wait_for_the_end)
    assert dialled.afterwards is not None
    assert dialled.afterwards.dials == "988"
    ended = called(RealLine(TOKEN, [turn("Goodbye.", then=HangUp())]).app, wait_for_the_end)
    assert ended.afterwards is not None
    assert ended.afterwards.action == ""


def test_a_line_without_streams_answers_on_the_webhook() -> None:
    report = called(RealLine(TOKEN, SCRIPT, engines=False).app, press_one)
    assert report.afterwards is not None
    assert report.afterwards.gathers
    assert report.afterwards.said[0].startswith("Thank you")


def test_a_wrong_token_is_told_in_one_line() -> None:
    with pytest.raises(LineUnreachable, match="403"):
        called(RealLine("another", SCRIPT).app, press_one)


def known_line(url: str, *, quiet_frames: int) -> FastAPI:
    """Greets, replies after so many quiet frames, and clears as soon as it is spoken over."""
    app = FastAPI()

    async def voice() -> Response:
        document = twiml.connect_stream(CarrierUrls(url), turn(""), "token")
        return Response(document, media_type="text/xml")

    async def status() -> Response:
        return Response(status_code=204)

    async def stream(ws: WebSocket) -> None:
        await ws.accept()
        sid, quiet, speaking = "", 0, False
        async for message in ws.iter_json():
            if message["event"] == "start":
                sid = message["streamSid"]
                await ws.send_text(_beeps(sid, 50))
            if message["event"] == "media":
                loud = voiced(base64.b64decode(message["media"]["payload"]))
                if loud and not speaking:
                    await ws.send_text(json.dumps({"event": "clear", "streamSid": sid}))
                quiet = 0 if loud else quiet + 1
                if speaking and quiet == quiet_frames:
                    await ws.send_text(_beeps(sid, 5))
                speaking = loud or (speaking and quiet < quiet_frames)

    app.add_api_route("/twilio/voice", voice, methods=["POST"], response_model=None)
    app.add_api_route("/twilio/status", status, methods=["POST"], response_model=None)
    app.add_api_websocket_route("/twilio/stream", stream)
    return app


def _beeps(sid: str, frames: int) -> str:
    payload = base64.b64encode(BEEP * frames).decode()
    return json.dumps({"event": "media", "streamSid": sid, "media": {"payload": payload}})


def measured(what: Utterance, quiet_frames: int, *, interrupt: bool = False) -> Report:
    async def conversation(talk: Talk) -> None:
        await talk.greeted()
        if not interrupt:
            await talk.listen()
        await (talk.interrupt(what) if interrupt else talk.say(what))

    return called(lambda url: known_line(url, quiet_frames=quiet_frames), conversation)


def test_a_reply_after_ten_quiet_frames_is_measured_as_such() -> None:
    (said,) = measured(HELLO, 10).turns
    assert said.v2v_ms is not None
    assert 190 <= said.v2v_ms < 400
    assert not said.cut_in


def test_a_line_that_does_not_wait_cuts_in() -> None:
    (said,) = measured(with_pause(HELLO, HELLO, 0.6), 10).turns
    assert said.cut_in
    assert said.v2v_ms is None


def test_the_time_to_clear_is_measured() -> None:
    (said,) = measured(HELLO, 10, interrupt=True).turns
    assert said.stop_ms is not None
    assert said.stop_ms < 100
