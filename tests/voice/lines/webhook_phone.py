"""The webhook line of tests: over HTTP, with a stream line that does as it is told."""

from fastapi import FastAPI

from clinic.people import CallId
from tests.voice.lines.carrier import AUTH_TOKEN, PUBLIC_URL, Carrier
from tests.voice.lines.fake_audit import FakeAudit
from tests.voice.lines.fake_switchboard import FakeSwitchboard
from tests.voice.lines.real_line import HANDOVER
from voice.lines.twilio_door import Door
from voice.lines.twilio_signature import Signatures
from voice.lines.twilio_urls import CarrierUrls
from voice.lines.twilio_webhook import Parting, Streams, TwilioWebhook, webhook_router

CALL = CallId("call-1")


class Stream:
    """The stream line as the webhook line knows it."""

    def __init__(self, *, ready: bool = True, parting: Parting | None = None) -> None:
        self._ready = ready
        self._parting = parting

    def ready(self) -> bool:
        return self._ready

    def token(self, carrier_ref: str, call: CallId) -> str:
        return f"token of {carrier_ref} {call}"

    def parting(self, call: CallId) -> Parting | None:
        return self._parting


def phone(switchboard: FakeSwitchboard, streams: Streams | None = None, answer_within_s: float = 12.0) -> Carrier:
    audit, app = FakeAudit(), FastAPI()
    line = TwilioWebhook(
        switchboard=switchboard,
        door=Door(Signatures(AUTH_TOKEN, PUBLIC_URL), audit),
        urls=CarrierUrls(PUBLIC_URL),
        handover=HANDOVER,
        streams=streams,
        answer_within_s=answer_within_s,
    )
    app.include_router(webhook_router(line))
    return Carrier(app, audit)
