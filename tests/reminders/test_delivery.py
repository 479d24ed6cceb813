"""One attempt at a time: permission first, then the intention, then the carrier, and a look before any repeat."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from clinic.consent import Consent
from clinic.messages import MessageId, MessageKind, MessageStatus, TextMessage
from clinic.people import PatientId
from clinic.time import ManualClock, zone
from reminders.carrier import Busy, Rejected, Sending, Unknown
from reminders.delivery import Attempt, Courier, Next, Relay
from reminders.may_contact import Hours
from tests.reminders.fakes import NOW, FakeCarrier, FakeLedger, FakeOutbox, agreed, confirmation

SEATTLE = zone("America/Los_Angeles")
DONE = Attempt(Next.DONE)


def attempt(
    outbox: FakeOutbox, carrier: FakeCarrier, *ledger: Consent, now: datetime = NOW, name: str = "m1"
) -> Attempt:
    courier = Courier(
        outbox=outbox,
        carrier=carrier,
        ledger=FakeLedger(list(ledger)),
        clock=ManualClock(now),
        clinic_zone=SEATTLE,
        hours=Hours(),
    )
    return asyncio.run(courier.attempt(MessageId(name)))


def test_a_confirmation_is_sent_once() -> None:
    outbox, carrier = FakeOutbox(confirmation()), FakeCarrier()
    assert attempt(outbox, carrier, agreed()) == DONE
    assert attempt(outbox, carrier, agreed()) == DONE
    assert (outbox.outcome(), len(carrier.reached)) == ((MessageStatus.SENT, "SM0"), 1)


@pytest.mark.parametrize("ledger", [(), (agreed(False),), (agreed(), agreed(False, NOW))])
def test_without_consent_nothing_is_sent(ledger: tuple[Consent, ...]) -> None:
    outbox, carrier = FakeOutbox(confirmation()), FakeCarrier()
    assert attempt(outbox, carrier, *ledger) == DONE
    assert carrier.reached == []
    assert outbox.outcome() == (MessageStatus.FAILED, "opted-out" if ledger else "no-consent")


@pytest.mark.parametrize("patient", [None, PatientId("somebody else")])
def test_nor_to_somebody_without_a_record(patient: PatientId | None) -> None:
    outbox, carrier = FakeOutbox(replace(confirmation(), patient=patient)), FakeCarrier()
    attempt(outbox, carrier, agreed())
    assert outbox.outcome() == (MessageStatus.FAILED, "no-consent")


def test_stopping_between_two_attempts_counts() -> None:
    outbox, carrier = FakeOutbox(confirmation()), FakeCarrier([Busy(retry_after_s=5)], keeps_lost=False)
    assert attempt(outbox, carrier, agreed()).next is Next.RETRY
    attempt(outbox, carrier, agreed(), agreed(False, NOW))
    assert carrier.reached == []


def test_a_late_confirmation_waits_for_the_morning() -> None:
    at_night = datetime(2026, 11, 24, 3, tzinfo=SEATTLE)
    outbox, carrier = FakeOutbox(confirmation(created=at_night - timedelta(hours=1))), FakeCarrier()
    assert attempt(outbox, carrier, agreed(), now=at_night) == Attempt(Next.WAIT, 6 * 3600)
    assert outbox.outcome() == (MessageStatus.WAITING, None)


def test_an_alert_for_our_own_staff_goes_at_any_hour() -> None:
    alert = replace(confirmation(), kind=MessageKind.CRISIS_ALERT, patient=None)
    outbox = FakeOutbox(alert)
    assert attempt(outbox, FakeCarrier(), now=datetime(2026, 11, 24, 3, tzinfo=SEATTLE)) == DONE
    assert outbox.outcome() == (MessageStatus.SENT, "SM0")


def test_a_lost_answer_is_looked_up_before_repeating() -> None:
    outbox, carrier = FakeOutbox(confirmation()), FakeCarrier([Unknown(why="lost")])
    assert attempt(outbox, carrier, agreed()).next is Next.RETRY
    assert attempt(outbox, carrier, agreed()) == DONE
    assert (outbox.outcome(), len(carrier.reached)) == ((MessageStatus.SENT, "SM0"), 1)


def test_what_never_reached_the_carrier_is_sent_again() -> None:
    outbox, carrier = FakeOutbox(confirmation()), FakeCarrier([Unknown(why="lost")], keeps_lost=False)
    attempt(outbox, carrier, agreed())
    assert attempt(outbox, carrier, agreed()) == DONE
    assert len(carrier.reached) == 1


def test_when_one_cannot_look_one_does_not_repeat() -> None:
    outbox, carrier = FakeOutbox(confirmation()), FakeCarrier([Unknown(why="lost")], blind=1)
    attempt(outbox, carrier, agreed())
    assert attempt(outbox, carrier, agreed()).next is Next.RETRY
    assert len(carrier.reached) == 1


def test_a_process_that_died_while_sending_is_not_repeated_blindly() -> None:
    """The intention was recorded, the message reached the carrier, and then the process died."""
    message = confirmation()
    outbox = FakeOutbox(replace(message, status=MessageStatus.SENDING))
    carrier = FakeCarrier(reached=[message])
    assert attempt(outbox, carrier, agreed()) == DONE
    assert (outbox.outcome(), len(carrier.reached)) == ((MessageStatus.SENT, "SM0"), 1)


def test_what_was_sent_a_moment_ago_is_looked_for_only_when_the_carrier_can_know_of_it() -> None:
    """The carrier took it and has not listed it yet: sending now would send it twice."""
    outbox = FakeOutbox(replace(confirmation(), status=MessageStatus.SENDING, changed=NOW - timedelta(seconds=1)))
    carrier = FakeCarrier()
    assert attempt(outbox, carrier, agreed()).next is Next.WAIT
    assert carrier.reached == []


def test_two_messages_of_the_same_words_are_two_messages() -> None:
    first, second = confirmation("m1"), replace(confirmation("m2"), body=confirmation("m1").body)
    outbox = FakeOutbox(replace(first, status=MessageStatus.SENT, carrier_ref="SM0"), second)
    carrier = FakeCarrier([Unknown(why="lost")], reached=[first], keeps_lost=False)
    attempt(outbox, carrier, agreed(), name="m2")
    assert attempt(outbox, carrier, agreed(), name="m2") == DONE
    assert outbox.outcome("m2") == (MessageStatus.SENT, "SM1")


def test_a_rejection_is_final() -> None:
    outbox, carrier = FakeOutbox(confirmation()), FakeCarrier([Rejected(code="carrier-21610")], keeps_lost=False)
    assert attempt(outbox, carrier, agreed()) == DONE
    assert outbox.outcome() == (MessageStatus.FAILED, "carrier-21610")


@pytest.mark.parametrize("answer", [Busy(retry_after_s=7.0), Unknown(why="lost")])
def test_other_answers_are_tried_again(answer: Sending) -> None:
    tried = attempt(FakeOutbox(confirmation()), FakeCarrier([answer]), agreed())
    assert (tried.next, tried.wait_s > 0) == (Next.RETRY, True)


def test_a_destroyed_message_is_nothing_to_do() -> None:
    assert attempt(FakeOutbox(), FakeCarrier()) == DONE


def test_the_relay_hands_over_each_waiting_message_once() -> None:
    async def relayed() -> list[MessageId]:
        handed: list[MessageId] = []

        async def hand_over(message: MessageId) -> None:
            handed.append(message)

        outbox = FakeOutbox(confirmation("m1"), confirmation("m2"))
        relay = Relay(outbox, hand_over)
        await relay.once()
        await outbox.intend(MessageId("m1"))
        late: TextMessage = confirmation("m3")
        outbox.messages[late.id] = late
        await relay.once()
        return handed

    assert asyncio.run(relayed()) == ["m1", "m2", "m3"]
