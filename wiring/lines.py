"""Joining the lines to the calls: the carrier's webhooks and streams, texts, and the browser phone."""

from dataclasses import dataclass

from fastapi import APIRouter

from clinic.facts import ClinicFacts
from voice.lines.browser import BrowserPhone, browser_router
from voice.lines.stream_token import StreamTokens
from voice.lines.twilio_door import Door
from voice.lines.twilio_signature import Signatures
from voice.lines.twilio_stream import Room, TwilioStreams, stream_router
from voice.lines.twilio_texts import TextAnswers, TwilioTexts, texts_router
from voice.lines.twilio_urls import CarrierUrls
from voice.lines.twilio_webhook import TwilioWebhook, webhook_router
from voice.lines.twiml import Handover
from wiring.carrier import signing_token
from wiring.house import House
from wiring.speech import Ears


@dataclass(kw_only=True)
class Lines:
    """The lines of one process."""

    routers: tuple[APIRouter, ...]
    streams: TwilioStreams
    phone: BrowserPhone
    tickets: StreamTokens
    draining: bool = False
    """The process has been asked to stop."""

    @property
    def open(self) -> int:
        """Live calls held now."""
        return self.streams.open + self.phone.open

    def drain(self) -> None:
        """Take no new stream; what is left goes on elsewhere."""
        self.draining = True
        self.streams.drain()
        self.phone.drain()


def make_lines(house: House, ears: Ears) -> Lines:
    """Every way a caller is attached to this process."""
    settings, store, sessions = house.settings, house.store, house.sessions
    door = Door(Signatures(signing_token(settings, house.keyring), settings.public_url), store.audit)
    room = Room(calls_at_once=settings.calls_at_once, overloaded=ears.overloaded)
    tickets = StreamTokens(house.keyring.newest.derive("browser-phone"), house.clock)
    streams = TwilioStreams(
        switchboard=sessions,
        door=door,
        audit=store.audit,
        tokens=StreamTokens(house.keyring.newest.derive("stream"), house.clock),
        speech=ears.speech,
        room=room,
    )
    phone = BrowserPhone(switchboard=sessions, audit=store.audit, tickets=tickets, speech=ears.speech, room=room)
    webhook = TwilioWebhook(
        switchboard=sessions,
        door=door,
        urls=CarrierUrls(settings.public_url),
        handover=_handover(house.content.facts),
        streams=streams if settings.twilio_line == "stream" else None,
    )
    texts = TwilioTexts(
        door=door, calls=webhook, texts=store.texts_in, receipts=store.outbox, answers=_answers(house.content.facts)
    )
    routers = (webhook_router(webhook), stream_router(streams), texts_router(texts), browser_router(phone))
    return Lines(routers=routers, streams=streams, phone=phone, tickets=tickets)


def _handover(facts: ClinicFacts) -> Handover:
    return Handover(
        front_desk=facts.front_desk,
        apology="I am sorry, something went wrong. I am connecting you with the front desk.",
        nobody="Nobody can come to the phone right now. Please call again a little later.",
        language=facts.language,
    )


def _answers(facts: ClinicFacts) -> TextAnswers:
    return TextAnswers(
        stopped=f"{facts.neutral_name}: you will get no more texts or calls from us. Reply START to get them again.",
        started=f"{facts.neutral_name}: you will get our texts again. Reply STOP to stop them.",
        help=f"{facts.neutral_name}: call {facts.line} for help. Reply STOP to get no more texts.",
        received=f"{facts.neutral_name}: thank you. Someone will read your text. If it is urgent, call {facts.line}.",
    )
