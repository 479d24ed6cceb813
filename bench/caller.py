"""One call from ringing to hanging up, as the telephone network would carry it, with what was measured on the way."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx

from bench.exchange import Document, Exchange, Line
from bench.handset import Handset, on_the_phone
from bench.sound import Utterance

_GREETING_WITHIN_S = 10.0
_REPLY_WITHIN_S = 10.0
_GAP_S = 0.5
"""How long a caller waits after the line has spoken."""
_TOO_SOON_S = 0.08
"""A reply sooner than this was begun before the end could be heard: it cut in."""
_TIMEOUT = httpx.Timeout(20.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing the caller said or pressed, and how the line took it. Times in milliseconds."""

    what: str
    v2v_ms: float | None = None
    """Last voiced frame of the caller to first voiced frame of the line; None when there was no reply, or it cut in."""
    heard_ms: float | None = None
    """The same, to the moment the frame leaves the carrier's play-out buffer."""
    stop_ms: float | None = None
    """First voiced frame over the line's speech to `clear`; None when nothing was talked over, or it did not stop."""
    cut_in: bool = False
    barged: bool = False

    @property
    def unanswered(self) -> bool:
        return self.v2v_ms is None and not self.cut_in


@dataclass(slots=True, kw_only=True)
class Report:
    """A call that is over."""

    sid: str
    rang_at: float
    """On the event loop's clock."""
    greeting_ms: float | None = None
    """From ringing to the first voiced frame in the caller's ear."""
    turns: list[Turn] = field(default_factory=list)
    afterwards: Document | None = None
    """What the line wanted next when it closed the stream; None when the caller hung up."""
    close_reason: str = ""
    recording: bytes = b""
    """What the caller heard, mu-law."""
    seconds: float = 0.0
    frames_late: float = 0.0
    """Share of the caller's own frames that were late: above 0.01 the measuring machine was too busy."""


class Talk:
    """A conversation over a handset."""

    def __init__(self, handset: Handset, report: Report) -> None:
        self._handset = handset
        self._report = report

    @property
    def sid(self) -> str:
        """The carrier's name for this call."""
        return self._report.sid

    @property
    def over(self) -> bool:
        """The line has hung up."""
        return self._handset.closed.is_set()

    async def greeted(self) -> None:
        """Until the line has begun to speak."""
        first = await self._handset.first_after(0.0, _GREETING_WITHIN_S)
        self._report.greeting_ms = _ms(first.heard - self._report.rang_at) if first else None

    async def listen(self) -> None:
        """Until the line has said what it has to say."""
        await self._handset.quiet(_GAP_S)

    async def say(self, what: Utterance) -> Turn:
        """Say something when the line is quiet, and wait for the beginning of its reply."""
        before = len(self._handset.sounded)
        await self._handset.say(what)
        last = self._handset.last_voiced
        early = any(each.arrived < last + _TOO_SOON_S for each in self._handset.sounded[before:])
        reply = None if early else await self._handset.first_after(last, _REPLY_WITHIN_S)
        turn = Turn(
            what=what.name,
            cut_in=early or (reply is not None and reply.arrived - last < _TOO_SOON_S),
            v2v_ms=_ms(reply.arrived - last) if reply else None,
            heard_ms=_ms(reply.heard - last) if reply else None,
        )
        self._report.turns.append(turn)
        return turn

    async def interrupt(self, what: Utterance) -> Turn:
        """Say something over the line's speech."""
        clears = len(self._handset.clears)
        await self._handset.say(what)
        stopped = self._handset.clears[clears:]
        stop = _ms(stopped[0] - self._handset.first_voiced) if stopped else None
        last = self._handset.last_voiced
        reply = await self._handset.first_after(last, _REPLY_WITHIN_S)
        v2v = _ms(reply.arrived - last) if reply else None
        turn = Turn(what=what.name, barged=True, stop_ms=stop, v2v_ms=v2v)
        self._report.turns.append(turn)
        return turn

    async def press(self, keys: str) -> Turn:
        """Press keys one after the other, as fast as fingers do."""
        loop = asyncio.get_running_loop()
        for key in keys:
            await self._handset.press(key)
            pressed = loop.time()
            await asyncio.sleep(0.25)
        reply = await self._handset.first_after(pressed, _REPLY_WITHIN_S)
        turn = Turn(what=keys, v2v_ms=_ms(reply.arrived - pressed) if reply else None)
        self._report.turns.append(turn)
        return turn

    async def stay_silent(self, seconds: float) -> None:
        """Say nothing for so long, or until the line hangs up."""
        try:
            async with asyncio.timeout(seconds):
                await self._handset.closed.wait()
        except TimeoutError:
            return


Conversation = Callable[[Talk], Awaitable[None]]


async def place_call(line: Line, caller: str, conversation: Conversation) -> Report:
    """Call from this number (empty: withheld), talk, hang up. Raises LineUnreachable.

    A line that answers without a stream is reported by `afterwards` alone: nothing can be said to it by voice.
    """
    async with httpx.AsyncClient(timeout=_TIMEOUT) as http:
        exchange = Exchange(http, line, caller)
        report = Report(sid=exchange.sid, rang_at=asyncio.get_running_loop().time())
        document = await exchange.ring()
        if not document.stream_url:
            report.afterwards = document
            return report
        await _on_stream(exchange, document, report, conversation)
        if report.afterwards is None:
            await exchange.over()
        return report


async def _on_stream(exchange: Exchange, document: Document, report: Report, conversation: Conversation) -> None:
    loop = asyncio.get_running_loop()
    url, headers = exchange.stream_handshake(document)
    began = loop.time()
    async with on_the_phone(url, headers, exchange.sid, document.parameters) as handset:
        talk = Talk(handset, report)
        await conversation(talk)
        closed = talk.over
        if not closed:
            await handset.hang_up()
        report.seconds = loop.time() - began
        report.close_reason = handset.close_reason
        report.recording = bytes(handset.recording)
        report.frames_late = handset.frames_late / max(1, handset.frames_sent)
    if closed:
        report.afterwards = await exchange.request(document.action)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
