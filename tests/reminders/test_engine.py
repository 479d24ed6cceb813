"""Delivery on the real durable engine: once, over repeats, retries and a restart."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from clinic.messages import MessageId, MessageStatus, TextMessage
from clinic.time import ManualClock, zone
from reminders.carrier import Busy
from reminders.delivery import Courier, HandOver
from reminders.engine import durable_engine
from reminders.may_contact import Hours
from tests.reminders.fakes import NOW, FakeCarrier, FakeLedger, FakeOutbox, agreed, confirmation


class Waiting(FakeOutbox):
    """Tells when its message has been sent."""

    def __init__(self, *messages: TextMessage) -> None:
        super().__init__(*messages)
        self._sent = asyncio.Event()

    async def sent(self, message: MessageId, carrier_ref: str) -> None:
        await super().sent(message, carrier_ref)
        self._sent.set()

    async def ended(self) -> None:
        async with asyncio.timeout(20):
            await self._sent.wait()


def courier(outbox: FakeOutbox, carrier: FakeCarrier) -> Courier:
    return Courier(
        outbox=outbox,
        carrier=carrier,
        ledger=FakeLedger([agreed()]),
        clock=ManualClock(NOW),
        clinic_zone=zone("America/Los_Angeles"),
        hours=Hours(),
    )


def run(folder: Path, of: Courier, work: Callable[[HandOver], Awaitable[None]]) -> None:
    async def running() -> None:
        async with durable_engine(of, f"sqlite:///{folder}/durable.db", poll_s=0.05, stop_within_s=0) as hand_over:
            await work(hand_over)

    asyncio.run(running())


@pytest.fixture
def outbox() -> Waiting:
    return Waiting(confirmation())


def test_a_message_handed_over_twice_is_sent_once_even_over_a_restart(outbox: Waiting, tmp_path: Path) -> None:
    carrier = FakeCarrier([Busy(retry_after_s=0.01)], keeps_lost=False)

    async def twice(hand_over: HandOver) -> None:
        await hand_over(MessageId("m1"))
        await hand_over(MessageId("m1"))
        await outbox.ended()

    async def again(hand_over: HandOver) -> None:
        await hand_over(MessageId("m1"))

    run(tmp_path, courier(outbox, carrier), twice)
    run(tmp_path, courier(outbox, carrier), again)
    assert (outbox.outcome(), len(carrier.reached)) == ((MessageStatus.SENT, "SM0"), 1)


def test_the_engines_own_database_holds_no_number_and_no_word(outbox: Waiting, tmp_path: Path) -> None:
    async def once(hand_over: HandOver) -> None:
        await hand_over(MessageId("m1"))
        await outbox.ended()

    run(tmp_path, courier(outbox, FakeCarrier()), once)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"deliver-text" in kept
    assert b"2065550142" not in kept
    assert b"Tuesday" not in kept


def test_what_a_dead_process_left_is_gone_on_with(outbox: Waiting, tmp_path: Path) -> None:
    """The first process stops while its carrier does not answer; the next one finishes."""
    stuck = asyncio.Event()

    class Silent(FakeCarrier):
        async def send_text(self, message: object) -> Busy:
            stuck.set()
            await asyncio.Event().wait()
            raise AssertionError

    async def dies(hand_over: HandOver) -> None:
        await hand_over(MessageId("m1"))
        async with asyncio.timeout(10):
            await stuck.wait()

    async def recovers(hand_over: HandOver) -> None:
        await outbox.ended()

    run(tmp_path, courier(outbox, Silent()), dies)
    assert outbox.outcome() == (MessageStatus.SENDING, None)
    alive = FakeCarrier()
    run(tmp_path, courier(outbox, alive), recovers)
    assert (outbox.outcome(), alive.looked, len(alive.reached)) == ((MessageStatus.SENT, "SM0"), 1, 1)
