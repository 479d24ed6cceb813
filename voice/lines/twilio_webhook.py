"""The webhook line: the carrier asks what to do, we answer with a document, and nothing is kept in memory between.

The call and the turn travel in the address that the carrier requests next, so any node can answer, and a late or
duplicate request gives the current Turn again. Whatever goes wrong, the caller is offered a person.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

import structlog
from fastapi import APIRouter, Request, Response

from clinic.errors import ClinicError
from clinic.people import CallId
from voice.dialog.switchboard import Switchboard
from voice.dialog.turn import (
    Arrival,
    Dialled,
    DialStatus,
    Event,
    Gone,
    Heard,
    Hypothesis,
    Keyed,
    LineKind,
    Silent,
)
from voice.lines import twiml
from voice.lines.twilio_door import Door, Form
from voice.lines.twilio_urls import CarrierUrls

_ANSWER_WITHIN_S = 12.0
"""The carrier gives up after 15 s in all (11205)."""
_DOCUMENT_ERRORS = ("12", "13")
"""Error codes of a document that the carrier could not perform: giving it the same one again cannot help."""
_CALL_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_DIAL_STATUS = {
    "completed": DialStatus.ANSWERED,
    "answered": DialStatus.ANSWERED,
    "busy": DialStatus.BUSY,
    "no-answer": DialStatus.NO_ANSWER,
}

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """How a stream of a call ended."""

    spoken_turn: int | None
    """The Turn whose sentences the caller has heard to the end; None when the stream broke."""
    reason: str


class Streams(Protocol):
    """The stream line, as the webhook line needs to know it."""

    def ready(self) -> bool:
        """Whether another call can be taken: engines loaded, not overloaded, below the limit."""
        ...

    def token(self, carrier_ref: str, call: CallId) -> str:
        """A one-use token that admits this call's stream."""
        ...

    def parting(self, call: CallId) -> Parting | None:
        """How this call's stream ended here, told once; None when it ended on another node or never began."""
        ...


class TwilioWebhook:
    """Answers the carrier's requests about calls."""

    def __init__(
        self,
        *,
        switchboard: Switchboard,
        door: Door,
        urls: CarrierUrls,
        handover: twiml.Handover,
        streams: Streams | None,
        answer_within_s: float = _ANSWER_WITHIN_S,
    ) -> None:
        self._switchboard = switchboard
        self._door = door
        self._urls = urls
        self._handover = handover
        self._streams = streams
        self._answer_within_s = answer_within_s

    async def voice(self, request: Request) -> Response:
        """A call comes in; also the fallback address, which is told what went wrong."""
        form = await self._door.form(request, "CallSid")
        error = form.get("ErrorCode")
        if error:
            _log.error("The carrier reports an error", carrier_code=error)
        if error.startswith(_DOCUMENT_ERRORS):
            return self._hand_over()
        return await self._bounded(lambda: self._answer_call(form, by_stream=not error and self._stream_ready()))

    async def turn(self, request: Request) -> Response:
        """What the caller said or pressed."""
        form = await self._door.form(request, "CallSid")
        call, number = await self._place(request)
        return await self._bounded(lambda: self._deliver(call, heard(form, number)))

    async def after_dial(self, request: Request) -> Response:
        """How connecting to a person went."""
        form = await self._door.form(request, "CallSid")
        call, number = await self._place(request)
        status = _DIAL_STATUS.get(form.get("DialCallStatus"), DialStatus.FAILED)
        return await self._bounded(lambda: self._deliver(call, Dialled(turn=number, status=status)))

    async def after_stream(self, request: Request) -> Response:
        """Our stream was closed, by us or by a failure: go on from the current Turn without it."""
        form = await self._door.form(request, "CallSid")
        call, _ = await self._place(request)
        return await self._bounded(lambda: self._take_over(call, gone=_over(form)))

    async def after_handover(self, request: Request) -> Response:
        """The front desk was dialled by the line itself."""
        form = await self._door.form(request, "CallSid")
        answered = _DIAL_STATUS.get(form.get("DialCallStatus")) is DialStatus.ANSWERED
        return _document(twiml.hang_up() if answered else twiml.nobody_there(self._handover))

    async def stream_status(self, request: Request) -> Response:
        """Stream events arrive here; errors are logged, the call itself goes on through `after_stream`."""
        form = await self._door.form(request, "CallSid")
        if form.get("StreamEvent") == "stream-error":
            _log.error("The carrier reports a stream error", carrier_error=form.get("StreamError")[:200])
        return Response(status_code=204)

    async def call_over(self, form: Form) -> None:
        """A call status callback: only the end of a call means anything to us, in whatever order they arrive."""
        if not _over(form):
            return
        call = await self._switchboard.find(form.get("CallSid"))
        if call:
            await self._switchboard.deliver(call, Gone(turn=0, reason=form.get("CallStatus")))

    async def _answer_call(self, form: Form, *, by_stream: bool) -> str:
        line = LineKind.TWILIO_STREAM if by_stream else LineKind.TWILIO_WEBHOOK
        carrier_ref = form.get("CallSid")
        turn = await self._switchboard.ring(Arrival(line=line, carrier_ref=carrier_ref, caller=form.phone("From")))
        if form.get("ErrorCode"):
            await self._switchboard.moved(turn.call, LineKind.TWILIO_WEBHOOK, f"carrier-{form.get('ErrorCode')[:8]}")
        if by_stream and self._streams:
            return twiml.connect_stream(self._urls, turn, self._streams.token(carrier_ref, turn.call))
        return twiml.perform(turn, self._urls)

    async def _deliver(self, call: CallId, event: Event) -> str:
        return twiml.perform(await self._switchboard.deliver(call, event), self._urls)

    async def _take_over(self, call: CallId, *, gone: bool) -> str:
        parting = self._streams.parting(call) if self._streams else None
        if gone:
            await self._switchboard.deliver(call, Gone(turn=0))
            return twiml.hang_up()
        turn = await self._switchboard.current(call)
        if parting and parting.spoken_turn == turn.number:
            return twiml.perform(turn, self._urls, spoken=True)
        await self._switchboard.moved(call, LineKind.TWILIO_WEBHOOK, parting.reason if parting else "stream-lost")
        return twiml.perform(turn, self._urls)

    async def _place(self, request: Request) -> tuple[CallId, int]:
        """Call and turn out of the address, which the signature covers."""
        call, number = request.query_params.get("call", ""), request.query_params.get("turn", "0")
        if not call or not number.isdecimal():
            raise await self._door.malformed()
        return CallId(call), int(number)

    async def _bounded(self, answer: Callable[[], Awaitable[str]]) -> Response:
        """The answer in time, or a person."""
        try:
            async with asyncio.timeout(self._answer_within_s):
                return _document(await answer())
        # The one broad catch of this line (style, 7): a caller must reach a person, whatever broke.
        except Exception as error:  # noqa: BLE001
            code = error.code if isinstance(error, ClinicError) else "unexpected"
            _log.error("The webhook line hands the caller over", error_type=type(error).__name__, code=code)
            return self._hand_over()

    def _hand_over(self) -> Response:
        return _document(twiml.hand_over(self._handover, self._urls))

    def _stream_ready(self) -> bool:
        return self._streams is not None and self._streams.ready()


def webhook_router(line: TwilioWebhook) -> APIRouter:
    """The carrier's addresses for calls. Texts and status callbacks are `twilio_texts`."""
    router = APIRouter(prefix="/twilio", include_in_schema=False)
    for path, answer in (
        ("/voice", line.voice),
        ("/turn", line.turn),
        ("/after-dial", line.after_dial),
        ("/after-stream", line.after_stream),
        ("/after-handover", line.after_handover),
        ("/stream-status", line.stream_status),
    ):
        router.add_api_route(path, answer, methods=["POST"], response_model=None)
    return router


def heard(form: Form, turn: int) -> Event:
    """What a `<Gather>` brought. Keys come first: the caller who presses one does not want to be guessed at."""
    if form.get("Digits"):
        return Keyed(turn=turn, keys=form.get("Digits"))
    if form.get("SpeechResult").strip():
        guess = Hypothesis(text=form.get("SpeechResult").strip(), confidence=_confidence(form.get("Confidence")))
        return Heard(turn=turn, heard=(guess,), engine="carrier")
    return Gone(turn=turn) if _over(form) else Silent(turn=turn)


def _confidence(written: str) -> float | None:
    """May be missing; some of the carrier's models always say 0.0, which means the same."""
    try:
        confidence = float(written)
    except ValueError:
        return None
    return confidence if 0 < confidence <= 1 else None


def _over(form: Form) -> bool:
    return form.get("CallStatus") in _CALL_OVER


def _document(xml: str) -> Response:
    return Response(xml, media_type=twiml.MEDIA_TYPE)
