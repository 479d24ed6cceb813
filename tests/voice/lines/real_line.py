"""The carrier's whole side of the real line, with beeping engines and a switchboard that has a script."""

from dataclasses import dataclass, field

from fastapi import FastAPI

from clinic.messages import MessageId, MessageStatus
from clinic.people import Phone
from clinic.time import SystemClock
from tests.voice.lines.fake_audit import FakeAudit
from tests.voice.lines.fake_speech import speech
from tests.voice.lines.fake_switchboard import FakeSwitchboard, Script
from voice.lines.stream_token import StreamTokens
from voice.lines.twilio_door import Door
from voice.lines.twilio_signature import Signatures
from voice.lines.twilio_stream import Room, TwilioStreams, stream_router
from voice.lines.twilio_texts import TextAnswers, TwilioTexts, texts_router
from voice.lines.twilio_urls import CarrierUrls
from voice.lines.twilio_webhook import TwilioWebhook, webhook_router
from voice.lines.twiml import Handover

HANDOVER = Handover(front_desk=Phone("+12065550100"), apology="I am sorry.", nobody="Please call again.")
ANSWERS = TextAnswers(stopped="No more messages.", started="Welcome back.", help="Call us.", received="We call you.")


@dataclass
class TextsDesk:
    """Keeps what came in, once for each reference, and what was reported."""

    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    reports: dict[MessageId, tuple[MessageStatus, str | None]] = field(default_factory=dict)

    async def opted_out(self, carrier_ref: str, phone: Phone) -> None:
        self.seen[carrier_ref] = ("out", phone.e164)

    async def opted_in(self, carrier_ref: str, phone: Phone) -> None:
        self.seen[carrier_ref] = ("in", phone.e164)

    async def left(self, carrier_ref: str, phone: Phone, words: str) -> None:
        self.seen[carrier_ref] = ("left", words)

    async def reported(self, message: MessageId, carrier_ref: str, status: MessageStatus, error: str | None) -> None:
        final = (MessageStatus.DELIVERED, MessageStatus.FAILED)
        if message not in self.reports or self.reports[message][0] not in final:
            self.reports[message] = (status, error)


class RealLine:
    """One process of the line."""

    def __init__(self, auth_token: str, script: Script, *, engines: bool = True) -> None:
        self._auth_token = auth_token
        self._engines = engines
        self.switchboard = FakeSwitchboard(script)
        self.audit = FakeAudit()
        self.desk = TextsDesk()

    def app(self, public_url: str) -> FastAPI:
        """Everything the carrier may ask for, at this address."""
        app, urls = FastAPI(), CarrierUrls(public_url)
        door = Door(Signatures(self._auth_token, public_url), self.audit)
        streams = TwilioStreams(
            switchboard=self.switchboard,
            door=door,
            audit=self.audit,
            tokens=StreamTokens(b"secret", SystemClock()),
            speech=speech() if self._engines else None,
            room=Room(calls_at_once=5),
        )
        calls = TwilioWebhook(switchboard=self.switchboard, door=door, urls=urls, handover=HANDOVER, streams=streams)
        texts = TwilioTexts(door=door, calls=calls, texts=self.desk, receipts=self.desk, answers=ANSWERS)
        for router in (webhook_router(calls), stream_router(streams), texts_router(texts)):
            app.include_router(router)
        return app
