"""Messages: written with the call's step, claimed once, and never moved backwards by a late report."""

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
async def test_a_message_waits_until_it_is_claimed(store: Store, clock: ManualClock) -> None:
    [message] = await write(store)
    assert (await store.outbox.get(message)).status is MessageStatus.WAITING
    [claimed] = await store.outbox.claim()
    assert (claimed.id, claimed.to, claimed.body, claimed.status) == (message, CALLER, "Visit 0", MessageStatus.SENDING)
    assert await store.outbox.claim() == ()


@on_both
async def test_a_failed_step_sends_nothing(store: Store, clock: ManualClock) -> None:
    call = await ring(store)

    async def fail() -> None:
        async with step(store, call) as work:
            await store.outbox.text(work, MessageKind.VISIT_CONFIRMATION, CALLER, "Visit", MARIA.id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await store.outbox.claim() == ()


@on_both
async def test_two_relays_never_claim_the_same(store: Store, clock: ManualClock) -> None:
    messages = await write(store, 12)
    claims = await asyncio.gather(*(store.outbox.claim(limit=3) for _ in range(6)))
    claimed = [message.id for claim in claims for message in claim]
    claimed += [message.id for message in await store.outbox.claim(limit=12)]
    assert sorted(claimed) == sorted(messages)


@on_both
async def test_reports_only_move_it_forward(store: Store, clock: ManualClock) -> None:
    [message] = await write(store)
    await store.outbox.claim()
    await store.outbox.sent(message, "SM1")
    await store.outbox.delivered(message)
    for late in (
        store.outbox.sent(message, "SM2"),
        store.outbox.failed(message, "30003"),
        store.outbox.release(message),
    ):
        await late
    found = await store.outbox.by_carrier_ref("SM1")
    assert found is not None
    assert (found.id, found.status, found.error) == (message, MessageStatus.DELIVERED, None)
    assert await store.outbox.by_carrier_ref("SM2") is None


@on_both
async def test_what_a_crash_left_in_doubt_is_found(store: Store, clock: ManualClock) -> None:
    [message] = await write(store)
    await store.outbox.claim()
    clock.forward(timedelta(minutes=5))
    assert await store.outbox.in_doubt(clock.now() - timedelta(minutes=6)) == ()
    [doubt] = await store.outbox.in_doubt(clock.now() - timedelta(minutes=1))
    assert doubt.id == message
    await store.outbox.release(message)
    assert [m.id for m in await store.outbox.claim()] == [message]


@on_both
async def test_a_failure_keeps_the_carriers_code(store: Store, clock: ManualClock) -> None:
    [message] = await write(store)
    await store.outbox.claim()
    await store.outbox.failed(message, "30003")
    assert (await store.outbox.get(message)).error == "30003"
    with pytest.raises(NoSuchRecord):
        await store.outbox.get(MessageId("message-nowhere"))
