"""A live call on a WebSocket that speaks media stream messages: opening it, holding it, and how it parted.

Shared by the carrier's stream and the browser phone, which differ in who may open it and in what a lost socket means.
"""

import asyncio
from dataclasses import dataclass
from typing import assert_never

import structlog
from fastapi import WebSocket, WebSocketDisconnect

from clinic.errors import ClinicError
from voice.dialog.turn import Sentence, Turn
from voice.lines import media_stream
from voice.lines.live import Ended, How, LiveCall
from voice.lines.media_stream import (
    Audio,
    Played,
    Pressed,
    Reader,
    Refused,
    Started,
    Stopped,
    StreamRefused,
    Typed,
)

_CAUGHT_UP_S = 0.005
"""Having waited this long for a message, there was no other one."""

_log = structlog.get_logger(__name__)


class SocketLost(ClinicError):
    """The stream's socket is gone; the caller may still be there."""

    code = "stream-lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """How a stream ended."""

    ended: Ended | None
    """What the live call came to; None when it was cut short."""
    reason: str
    stopped: bool = False
    """The other side said `stop`."""
    close_code: int = 1000

    @property
    def refused(self) -> bool:
        """We closed it, because the other side broke the protocol."""
        return self.close_code >= 4400


class SocketWire:
    """The outbound half of a stream, without captions."""

    def __init__(self, socket: WebSocket, stream_sid: str) -> None:
        self._socket = socket
        self._sid = stream_sid

    async def send_audio(self, mulaw: bytes) -> None:
        await self.send(media_stream.media(self._sid, mulaw))

    async def mark(self, name: str) -> None:
        await self.send(media_stream.mark(self._sid, name))

    async def clear(self) -> None:
        await self.send(media_stream.clear(self._sid))

    async def said(self, sentence: Sentence, turn: int) -> None: ...

    async def heard(self, text: str, turn: int) -> None: ...

    async def send(self, message: str) -> None:
        """One message; raises SocketLost."""
        try:
            await self._socket.send_text(message)
        except (WebSocketDisconnect, RuntimeError, OSError) as error:  # RuntimeError: closed from our own side
            raise SocketLost from error


async def opened(socket: WebSocket, reader: Reader, within_s: float) -> Started:
    """The `start` of an accepted socket; raises StreamRefused, SocketLost."""
    try:
        async with asyncio.timeout(within_s):
            while True:
                message = await _next(socket, reader)
                if isinstance(message, Started):
                    return message
    except TimeoutError:
        raise StreamRefused(Refused.NO_START) from None


async def hold(socket: WebSocket, reader: Reader, live: LiveCall, turn: Turn) -> Parted:
    """Hold the call until it ends or the stream does, whichever is first. Never raises an error of ours."""
    running = asyncio.create_task(live.run(turn))
    reading = asyncio.create_task(_read(socket, reader, live))
    try:
        await asyncio.wait((running, reading), return_when=asyncio.FIRST_COMPLETED)
        return _parting(running, reading)
    finally:
        running.cancel()
        reading.cancel()
        await asyncio.wait((running, reading))


async def close(socket: WebSocket, code: int, reason: str) -> None:
    """Close, unless the other side was faster."""
    try:
        await socket.close(code, reason)
    except (WebSocketDisconnect, RuntimeError, OSError):
        _log.info("The stream was closed already", reason=reason)


async def _read(socket: WebSocket, reader: Reader, live: LiveCall) -> None:
    """Pass on what comes, until `stop`. Nothing here waits for the call, or the carrier would find us slow (31930)."""
    loop = asyncio.get_running_loop()
    while True:
        asked_at = loop.time()
        message = await _next(socket, reader)
        if loop.time() - asked_at > _CAUGHT_UP_S:
            await asyncio.sleep(live.spare_s)
        match message:
            case Audio(mulaw=mulaw):
                live.frame(mulaw)
            case Pressed(digit=digit):
                live.key(digit)
            case Played(mark=mark):
                live.marked(mark)
            case Typed(text=text):
                live.typed(text)
            case Stopped():
                return
            case Started() | None:
                pass
            case never:
                assert_never(never)


async def _next(socket: WebSocket, reader: Reader) -> media_stream.Message | None:
    received = await socket.receive()
    if received["type"] == "websocket.disconnect":
        raise SocketLost
    text = received.get("text")
    if not isinstance(text, str):
        raise StreamRefused(Refused.BINARY)
    return reader.read(text)


def _parting(running: asyncio.Task[Ended], reading: asyncio.Task[None]) -> Parted:
    if running.done():
        error = running.exception()
        if error is None:
            return _of_call(running.result())
        # A bug, or the database gone: the call goes on on another line, and so must not be lost with this one.
        _log.error("A live call broke", error_type=type(error).__name__)
        return Parted(ended=None, reason="unexpected", close_code=1011)
    match reading.exception():
        case None:
            return Parted(ended=None, reason="stream-stopped", stopped=True)
        case StreamRefused() as refused:
            return Parted(ended=None, reason=refused.reason.value, close_code=refused.close_code)
        case SocketLost():
            return Parted(ended=None, reason=SocketLost.code)
        case error:
            _log.error("Reading a stream broke", error_type=type(error).__name__)
            return Parted(ended=None, reason="unexpected", close_code=1011)


def _of_call(ended: Ended) -> Parted:
    match ended.how:
        case How.FAILED:
            return Parted(ended=ended, reason=ended.reason, close_code=1011)
        case How.DIAL | How.HANG_UP | How.GONE:
            return Parted(ended=ended, reason="finished")
