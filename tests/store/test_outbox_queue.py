"""The outbox as delivery works it: intention once, statuses forward only, references told apart."""

from clinic.messages import MessageId, MessageKind, MessageStatus
from clinic.people import Phone
from clinic.time import ManualClock
from store.opened import Store
from tests.store.calls import ring, step
from tests.store.on_both import on_both


async def written(store: Store) -> MessageId:
    """A message of a call, waiting."""
    async with step(store, await ring(store)) as work:
        kind = MessageKind.VISIT_CONFIRMATION
        return await store.outbox.text(work, kind, Phone("+12065550142"), "On Tuesday.", None)


async def status(store: Store, message: MessageId) -> tuple[MessageStatus, str | None, str | None]:
    found = await store.outbox.message(message)
    assert found is not None
    return found.status, found.carrier_ref, found.error


@on_both
async def test_the_intention_is_recorded_once(store: Store, clock: ManualClock) -> None:
    message = await written(store)
    assert list(await store.outbox.waiting(10)) == [message]
    assert [await store.outbox.intend(message) for _ in range(2)] == [True, False]
    assert list(await store.outbox.waiting(10)) == []
    found = await store.outbox.message(message)
    assert found is not None
    assert found.changed == clock.now()


@on_both
async def test_a_reference_belongs_to_one_message(store: Store, clock: ManualClock) -> None:
    message = await written(store)
    await store.outbox.sent(message, "SM1")
    assert list(await store.outbox.claimed(["SM1", "SM2"])) == ["SM1"]
    assert await status(store, message) == (MessageStatus.SENT, "SM1", None)


@on_both
async def test_reports_in_any_order_come_to_the_same_end(store: Store, clock: ManualClock) -> None:
    """A report may even come before we know that the message was taken."""
    message = await written(store)
    await store.outbox.intend(message)
    for reported in (MessageStatus.DELIVERED, MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.FAILED):
        await store.outbox.reported(message, "SM1", reported, "carrier-1" if reported == "failed" else None)
    await store.outbox.sent(message, "SM1")
    assert await status(store, message) == (MessageStatus.DELIVERED, "SM1", None)


@on_both
async def test_a_failure_keeps_the_carriers_code(store: Store, clock: ManualClock) -> None:
    message = await written(store)
    await store.outbox.reported(message, "SM1", MessageStatus.FAILED, "carrier-30003")
    await store.outbox.reported(MessageId("unknown"), "SM1", MessageStatus.FAILED, None)
    assert await status(store, message) == (MessageStatus.FAILED, "SM1", "carrier-30003")
    assert await store.outbox.message(MessageId("unknown")) is None
