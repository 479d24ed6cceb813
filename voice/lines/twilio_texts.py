"""Texts that come in, and the carrier's reports about calls and messages."""

from dataclasses import dataclass

import structlog
from fastapi import APIRouter, Request, Response

from clinic.messages import MessageId
from reminders.receipts import Receipts, meaning
from reminders.texts_in import Asks, TextsIn, asks
from voice.lines import twiml
from voice.lines.twilio_door import Door, Form
from voice.lines.twilio_webhook import TwilioWebhook

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnswers:
    """What we text back. Neutral wording: a text is read by whoever holds the telephone (rule L13)."""

    stopped: str
    started: str
    help: str
    received: str


class TwilioTexts:
    """Answers the carrier's requests that are not turns of a call."""

    def __init__(
        self, *, door: Door, calls: TwilioWebhook, texts: TextsIn, receipts: Receipts, answers: TextAnswers
    ) -> None:
        self._door = door
        self._calls = calls
        self._texts = texts
        self._receipts = receipts
        self._answers = answers

    async def sms(self, request: Request) -> Response:
        """POST /twilio/sms"""
        form = await self._door.form(request, "MessageSid")
        return Response(twiml.text_back(await self._record(form)), media_type=twiml.MEDIA_TYPE)

    async def status(self, request: Request) -> Response:
        """POST /twilio/status: about a message when it names one, otherwise about a call."""
        form = await self._door.form(request)
        if form.get("MessageSid"):
            await self._report(MessageId(request.query_params.get("message", "")), form)
        elif form.get("CallSid"):
            await self._calls.call_over(form)
        else:
            raise await self._door.malformed()
        return Response(status_code=204)

    async def _record(self, form: Form) -> str | None:
        phone, ref, words = form.phone("From"), form.get("MessageSid"), form.get("Body")
        if phone is None:
            return None
        # A carrier that has answered the word itself says so; two answers to one STOP would be one too many.
        answered = bool(form.get("OptOutType"))
        match asks(words):
            case Asks.STOP:
                await self._texts.opted_out(ref, phone)
                return None if answered else self._answers.stopped
            case Asks.START:
                await self._texts.opted_in(ref, phone)
                return None if answered else self._answers.started
            case Asks.HELP:
                return None if answered else self._answers.help
            case Asks.PERSON:
                await self._texts.left(ref, phone, words)
                return self._answers.received

    async def _report(self, message: MessageId, form: Form) -> None:
        status = meaning(form.get("MessageStatus") or form.get("SmsStatus"))
        if status is None or not message:
            return
        error = form.get("ErrorCode")
        if error:
            _log.warning("The carrier could not deliver a text", message=message, carrier_code=error[:16])
        await self._receipts.reported(message, form.get("MessageSid"), status, f"carrier-{error}" if error else None)


def texts_router(texts: TwilioTexts) -> APIRouter:
    """The carrier's addresses for texts and status callbacks."""
    router = APIRouter(prefix="/twilio", include_in_schema=False)
    router.add_api_route("/sms", texts.sms, methods=["POST"], response_model=None)
    router.add_api_route("/status", texts.status, methods=["POST"], response_model=None)
    return router
