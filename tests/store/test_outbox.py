"""Messages: written with the call's step, sent by one, and never moved backwards by a late report."""

import asyncio
from datetime import timedelta

import pytest

from clinic.messages import MessageId, MessageKind, MessageStatus
from clinic.time import ManualClock
from store.demo_clinic import MARIA
from store.errors import NoSuchRecord
from store.opened import Store
from tests.store.calls import CALLER, ring, step
from tests.store.on_both import on_both


async def write(store: Store, count: int = 1) -> list[MessageId]:
    """Confirmations left by one call."""
    call = await ring(store)
    async with step(store, call) as work:
        return [
            await store.outbox.text(work, MessageKind.VISIT_CONFIRMATION, CALLER, f"Visit {n}", MARIA.id)
            for n in range(count)
        ]


@on_both
async def test_a_message_waits_until_it_is_about_to_be_sent(store: Store, clock: ManualClock) -> None:
    [message] = await write(store)
    found = await store.outbox.get(message)
    assert (found.id, found.to, found.body, found.status) == (message, CALLER, "Visit 0", MessageStatus.WAITING)
    assert await store.outbox.intend(message)
    assert (await store.outbox.get(message)).status is MessageStatus.SENDING
    assert await store.outbox.waiting(10) == ()


@on_both
async def test_a_failed_step_sends_nothing(store: Store, clock: ManualClock) -> None:
    call = await ring(store)

    async def fail() -> None:
        async with step(store, call) as work:
            await store.outbox.text(work, MessageKind.VISIT_CONFIRMATION, CALLER, "Visit", MARIA.id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await store.outbox.waiting(10) == ()


@on_both
async def test_of_many_who_would_send_it_one_may(store: Store, clock: ManualClock) -> None:
    [message] = await write(store)
    allowed = await asyncio.gather(*(store.outbox.intend(message) for _ in range(6)))
    assert sorted(allowed) == [False] * 5 + [True]


@on_both
async def test_reports_only_move_it_forward(store: Store, clock: ManualClock) -> None:
    [message] = await write(store)
    await store.outbox.intend(message)
    await store.outbox.sent(message, "SM1")
    await store.outbox.reported(message, "SM1", MessageStatus.DELIVERED, None)
    await store.outbox.sent(message, "SM2")
    await store.outbox.failed(message, "30003")
    assert not await store.outbox.intend(message)
    found = await store.outbox.get(message)
    assert (found.status, found.error, found.carrier_ref) == (MessageStatus.DELIVERED, None, "SM1")


@on_both
async def test_an_alert_goes_before_what_has_waited_longer(store: Store, clock: ManualClock) -> None:
    [older] = await write(store)
    clock.forward(timedelta(minutes=5))
    async with step(store, await ring(store, "CA-alert"), at=clock.now()) as work:
        alert = await store.outbox.text(work, MessageKind.CRISIS_ALERT, CALLER, "Urgent", None)
    assert await store.outbox.waiting(10) == (alert, older)


@on_both
async def test_a_failure_keeps_the_carriers_code(store: Store, clock: ManualClock) -> None:
    [message] = await write(store)
    await store.outbox.intend(message)
    await store.outbox.failed(message, "30003")
    assert (await store.outbox.get(message)).error == "30003"
    with pytest.raises(NoSuchRecord):
        await store.outbox.get(MessageId("message-nowhere"))
