"""A tiny telephone line behind `/phone/stream`: it keeps what the page sends, and does what a test tells it to."""

import base64
import json
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Queue
from typing import Any

from fastapi import FastAPI, WebSocket
from starlette.websockets import WebSocketDisconnect, WebSocketState

from tests.console.fakes import FakeTickets

Message = dict[str, Any]
Script = Callable[["Talk"], Coroutine[None, None, None]]


@dataclass
class Talk:
    """One socket of the page, after its `start`."""

    socket: WebSocket
    start: Message
    heard: Queue[Message]

    async def send(self, event: str, **more: object) -> None:
        await self.socket.send_text(json.dumps({"event": event, **more}))

    async def play(self, mulaw: bytes) -> None:
        """Sound, in pieces of 20 ms."""
        for at in range(0, len(mulaw), 160):
            await self.send("media", media={"payload": base64.b64encode(mulaw[at : at + 160]).decode()})

    async def receive(self, event: str) -> Message:
        """The next message of this kind; all are kept for the test too."""
        while True:
            message: Message = json.loads(await self.socket.receive_text())
            self.heard.put(message)
            if message["event"] == event:
                return message

    async def until_gone(self) -> None:
        """Listen until the page hangs up."""
        await self.receive("stop")


@dataclass
class PhoneLine:
    """What the line does on each connection in turn; the last script serves all further ones."""

    tickets: FakeTickets
    scripts: list[Script]
    heard: Queue[Message] = field(default_factory=Queue)
    starts: list[Message] = field(default_factory=list)

    def attach(self, app: FastAPI) -> None:
        app.add_api_websocket_route("/phone/stream", self.answer)

    async def answer(self, socket: WebSocket) -> None:
        await socket.accept()
        connected, start = json.loads(await socket.receive_text()), json.loads(await socket.receive_text())
        parameters: Message = start["start"]["customParameters"]
        if connected["event"] != "connected" or self.tickets.holders.pop(parameters["token"], None) is None:
            await socket.close(4401)
            return
        script = self.scripts[min(len(self.starts), len(self.scripts) - 1)]
        self.starts.append(parameters)
        with suppress(WebSocketDisconnect):  # the page hung up first
            await script(Talk(socket, start, self.heard))
            if socket.application_state is WebSocketState.CONNECTED:
                await socket.close(1000)

    def next(self, event: str, *, timeout_s: float = 10) -> Message:
        """What the page sent of this kind, in order; fails when nothing comes."""
        while True:
            message = self.heard.get(timeout=timeout_s)
            if message["event"] == event:
                return message
