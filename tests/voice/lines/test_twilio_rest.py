"""The carrier's REST address (TWILIO.md, "Outbound" and "SMS"), against a carrier that behaves badly.

Not applicable yet, as this release places no calls: the order and kinds of outbound call events, one call a second and
`queue_time`, and answering-machine detection.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import httpx
import pytest

from clinic.messages import MessageId, MessageKind, MessageStatus, TextMessage
from clinic.people import CallId, Phone
from reminders.carrier import Accepted, Busy, NoCarrier, Rejected, Unknown
from tests.voice.lines.fake_carrier import ACCOUNT, API_URL, TOKEN, FakeCarrier, Network
from voice.lines.twilio_rest import CarrierBusy, CarrierCall, CarrierRefused, CarrierUnsure, TwilioRest
from voice.lines.twilio_urls import CarrierUrls

T = TypeVar("T")
MESSAGE = TextMessage(
    id=MessageId("m1"),
    kind=MessageKind.VISIT_CONFIRMATION,
    to=Phone("+12065550142"),
    body="Your visit is on Tuesday.",
    patient=None,
    status=MessageStatus.SENDING,
    created=datetime(2026, 11, 23, 20, tzinfo=UTC),
)


@pytest.fixture
def network() -> Network:
    return Network(FakeCarrier())


def ask(network: Network, question: Callable[[TwilioRest], Awaitable[T]], token: str = TOKEN) -> T:
    async def asked() -> T:
        async with httpx.AsyncClient(transport=network) as http:
            urls = CarrierUrls("https://line.example.org")
            rest = TwilioRest(
                http, api_url=API_URL + "/", account_sid=ACCOUNT, auth_token=token, number="+12065550100", urls=urls
            )
            return await question(rest)

    return asyncio.run(asked())


def send(network: Network, message: TextMessage = MESSAGE) -> object:
    return ask(network, lambda rest: rest.send_text(message))


def find(network: Network, message: TextMessage = MESSAGE) -> object:
    return ask(network, lambda rest: rest.find_text(message))


def test_a_text_is_accepted_and_its_fate_will_be_reported(network: Network) -> None:
    assert send(network) == Accepted(ref="SM0")
    sent = network.carrier.messages[0]
    assert (sent["to"], sent["from"], sent["body"]) == ("+12065550142", "+12065550100", "Your visit is on Tuesday.")
    assert sent["callback"] == "https://line.example.org/twilio/status?message=m1"


def test_too_many_requests_means_that_nothing_was_done(network: Network) -> None:
    network.carrier.busy = 1
    assert isinstance(send(network), Busy)
    assert network.carrier.messages == []


def test_a_carrier_out_of_reach_means_the_same(network: Network) -> None:
    network.down = True
    assert isinstance(send(network), Busy)


def test_after_a_lost_answer_one_looks_and_finds_it(network: Network) -> None:
    network.losing = 1
    assert send(network) == Unknown(why="carrier-unsure")
    assert find(network) == ["SM0"]


def test_a_server_error_is_not_known_to_have_done_nothing(network: Network) -> None:
    network.carrier.broken = 1
    assert isinstance(send(network), Unknown)
    assert find(network) == []


def test_somebody_who_opted_out_at_the_carrier_is_refused(network: Network) -> None:
    network.carrier.opted_out = {"+12065550142"}
    assert send(network) == Rejected(code="carrier-21610")


def test_a_wrong_token_is_refused(network: Network) -> None:
    assert ask(network, lambda rest: rest.send_text(MESSAGE), token="other") == Rejected(code="carrier-20003")


def test_looking_tells_our_message_from_others(network: Network) -> None:
    send(network, replace(MESSAGE, body="Another."))
    network.carrier.now -= timedelta(days=1)
    send(network)
    assert find(network) == []


@pytest.mark.parametrize("trouble", ["busy", "broken"])
def test_when_one_cannot_look_one_does_not_know(trouble: str, network: Network) -> None:
    setattr(network.carrier, trouble, 1)
    assert find(network) is None


def test_a_live_call_is_sent_to_the_webhook_line(network: Network) -> None:
    network.carrier.calls["CA1"] = {"sid": "CA1", "status": "in-progress"}
    assert ask(network, lambda rest: rest.call("CA1")).live
    ask(network, lambda rest: rest.resume_on_webhook("CA1", CallId("c1")))
    assert network.carrier.calls["CA1"]["redirected"] == "https://line.example.org/twilio/after-stream?call=c1"


def test_a_call_that_is_over_cannot_be_sent_anywhere(network: Network) -> None:
    network.carrier.calls["CA1"] = {"sid": "CA1", "status": "completed"}
    assert ask(network, lambda rest: rest.call("CA1")) == CarrierCall(ref="CA1", status="completed")
    with pytest.raises(CarrierRefused, match="21220"):
        ask(network, lambda rest: rest.perform("CA1", "<Response/>"))
    with pytest.raises(CarrierRefused, match="20404"):
        ask(network, lambda rest: rest.call("CA2"))


def test_a_document_in_a_request_has_at_most_4000_characters(network: Network) -> None:
    with pytest.raises(CarrierRefused, match="document-too-long"):
        ask(network, lambda rest: rest.perform("CA1", "x" * 4001))


def test_trouble_is_told_apart(network: Network) -> None:
    network.carrier.calls["CA1"] = {"sid": "CA1", "status": "in-progress"}
    network.losing = 1
    with pytest.raises(CarrierUnsure):
        ask(network, lambda rest: rest.call("CA1"))
    network.carrier.busy = 1
    with pytest.raises(CarrierBusy):
        ask(network, lambda rest: rest.call("CA1"))


def test_without_a_carrier_texts_fail_visibly() -> None:
    assert asyncio.run(NoCarrier().send_text(MESSAGE)) == Rejected(code="no-carrier")
    assert asyncio.run(NoCarrier().find_text(MESSAGE)) == ()
