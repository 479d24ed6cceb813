"""The stream line: the carrier brings a call's audio over a WebSocket, and the shared live loop talks with the caller.

A stream that ends is not a caller who is gone. Whatever happens to it, the carrier then asks `after-stream` how to go
on, and the webhook line takes over at the current Turn. Only when nobody asks is the caller taken to have hung up.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from fastapi import APIRouter, WebSocket

from clinic.errors import ClinicError
from clinic.people import CallId
from security.audit import Audit
from security.tags import Tag
from voice.dialog.switchboard import Switchboard
from voice.dialog.turn import Gone
from voice.lines.live import How, LiveCall, Speech
from voice.lines.media_stream import START_WITHIN_S, Reader, Refused, Started, StreamRefused
from voice.lines.stream_socket import Parted, SocketLost, SocketWire, close, hold, opened
from voice.lines.stream_token import BadToken, StreamTokens
from voice.lines.twilio_door import Door
from voice.lines.twilio_webhook import Parting

_ASKED_WITHIN_S = 5.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many streams this process takes."""

    calls_at_once: int
    overloaded: Callable[[], bool] = lambda: False


class TwilioStreams:
    """The streams of this process. Implements twilio_webhook.Streams."""

    def __init__(
        self,
        *,
        switchboard: Switchboard,
        door: Door,
        audit: Audit,
        tokens: StreamTokens,
        speech: Speech | None,
        room: Room,
        start_within_s: float = START_WITHIN_S,
        asked_within_s: float = _ASKED_WITHIN_S,
    ) -> None:
        self._switchboard = switchboard
        self._door = door
        self._audit = audit
        self._tokens = tokens
        self._speech = speech
        self._room = room
        self._start_within_s = start_within_s
        self._asked_within_s = asked_within_s
        self._draining = False
        self._open: set[CallId] = set()
        self._partings: dict[CallId, Parting] = {}
        self._asked: dict[CallId, asyncio.Event] = {}

    @property
    def open(self) -> int:
        """Streams held now."""
        return len(self._open)

    def ready(self) -> bool:
        """Whether another call can be taken: engines loaded, not overloaded, below the limit."""
        room = self._speech is not None and self.open < self._room.calls_at_once
        return room and not self._draining and not self._room.overloaded()

    def drain(self) -> None:
        """The process is going: take no new stream, and leave calls that are cut to whoever answers next."""
        self._draining = True
        for asked in self._asked.values():
            asked.set()

    def token(self, carrier_ref: str, call: CallId) -> str:
        """A one-use token that admits this call's stream."""
        return self._tokens.issue(f"{carrier_ref} {call}")

    def parting(self, call: CallId) -> Parting | None:
        """How this call's stream ended here, told once; None when it ended on another node or never began."""
        if call in self._asked:
            self._asked[call].set()
        return self._partings.pop(call, None)

    async def stream(self, socket: WebSocket) -> None:
        """WS /twilio/stream"""
        if not await self._door.stream(socket):
            await socket.close()  # before it is accepted: the carrier sees a 403
            return
        await socket.accept()
        reader = Reader()
        try:
            started = await opened(socket, reader, self._start_within_s)
            call = self._admit(started)
        except StreamRefused as refused:
            await self._refuse(refused)
            await close(socket, refused.close_code, refused.reason)
        except SocketLost as lost:
            _log.info("A stream was lost before it began", code=lost.code)
        else:
            await self._hold(socket, reader, call)

    def _admit(self, started: Started) -> CallId:
        """The call that this stream belongs to; raises StreamRefused."""
        try:
            carrier_ref, _, call = self._tokens.redeem(started.parameters.get("token", "")).partition(" ")
        except BadToken:
            raise StreamRefused(Refused.UNKNOWN_TICKET) from None
        if carrier_ref != started.call_sid:
            raise StreamRefused(Refused.UNKNOWN_TICKET)
        if call in self._open:
            raise StreamRefused(Refused.ALREADY_CONNECTED)
        if not self.ready():
            raise StreamRefused(Refused.NO_ROOM)
        return CallId(call)

    async def _hold(self, socket: WebSocket, reader: Reader, call: CallId) -> None:
        asked = self._asked[call] = asyncio.Event()
        self._open.add(call)
        try:
            parted = await self._talk(socket, reader, call)
            self._open.discard(call)
            # Before the socket closes: the carrier asks at once.
            self._partings[call] = _told(parted)
            await close(socket, parted.close_code, parted.reason)
            await self._await_takeover(call, asked, parted)
        finally:
            self._open.discard(call)
            self._asked.pop(call, None)

    async def _talk(self, socket: WebSocket, reader: Reader, call: CallId) -> Parted:
        if self._speech is None or reader.started is None:
            return Parted(ended=None, reason=Refused.NO_ROOM)
        try:
            turn = await self._switchboard.current(call)
        except ClinicError as error:
            return Parted(ended=None, reason=error.code, close_code=1011)
        wire = SocketWire(socket, reader.started.stream_sid)
        live = LiveCall(wire=wire, switchboard=self._switchboard, speech=self._speech)
        parted = await hold(socket, reader, live, turn)
        if parted.close_code != 1000:
            _log.warning("A stream broke off", call=call, reason=parted.reason)
        if parted.refused:
            await self._audit.note("carrier", Tag.STREAM_REFUSED, call)
        return parted

    async def _await_takeover(self, call: CallId, asked: asyncio.Event, parted: Parted) -> None:
        """The carrier asks how to go on, unless the caller has hung up; then there is nobody to go on with."""
        try:
            async with asyncio.timeout(self._asked_within_s):
                await asked.wait()
        except TimeoutError:
            self._partings.pop(call, None)
            if not (parted.ended and parted.ended.how is How.HANG_UP):
                await self._switchboard.deliver(call, Gone(turn=0, reason=parted.reason))

    async def _refuse(self, refused: StreamRefused) -> None:
        _log.warning("A stream was refused", reason=refused.reason.value)
        await self._audit.note("carrier", Tag.STREAM_REFUSED)


def stream_router(streams: TwilioStreams) -> APIRouter:
    """The carrier's address for media streams."""
    router = APIRouter(prefix="/twilio")
    router.add_api_websocket_route("/stream", streams.stream)
    return router


def _told(parted: Parted) -> Parting:
    """A Turn that was said to its end needs only what the carrier alone can do: dial, or hang up."""
    ended = parted.ended
    said = ended.turn.number if ended and ended.how in (How.DIAL, How.HANG_UP) else None
    return Parting(spoken_turn=said, reason=parted.reason)
