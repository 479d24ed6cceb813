"""The front desk's list."""

from datetime import UTC, datetime

import pytest

from clinic.desk import Task, TaskId, TaskKind, Urgency
from clinic.people import StaffId
from clinic.time import ManualClock
from store.demo_clinic import MARIA
from store.errors import NoSuchRecord
from store.opened import Store
from tests.house import NOW
from tests.store.calls import CALLER, ring, step
from tests.store.on_both import on_both

FRANCES = StaffId("staff-demo-1")


async def leave(store: Store, urgency: Urgency, words: str = "Please call about the refill.", seq: int = 1) -> Task:
    """A message from a call."""
    call = await ring(store)
    async with step(store, call, seq) as work:
        return await store.desk.leave(work, TaskKind.MESSAGE, urgency, words, MARIA.id, CALLER)


@on_both
async def test_a_task_comes_back_as_it_was_left(store: Store, clock: ManualClock) -> None:
    task = await leave(store, Urgency.SOON, "Она звонила — «перезвоните»")
    assert list(await store.desk.open()) == [task]
    assert task.call is not None
    assert list(await store.desk.of_call(task.call)) == [task]


@on_both
async def test_due_follows_the_clinics_hours(store: Store, clock: ManualClock) -> None:
    now, today, soon = [await leave(store, urgency, seq=seq) for seq, urgency in enumerate(Urgency, start=1)]
    assert now.due == NOW
    # Tuesday and Wednesday: the last clinician goes at seven and at six, Pacific time.
    assert today.due == datetime(2026, 3, 4, 3, tzinfo=UTC)
    assert soon.due == datetime(2026, 3, 5, 2, tzinfo=UTC)
    assert [t.urgency for t in await store.desk.open()] == [Urgency.NOW, Urgency.TODAY, Urgency.SOON]


@on_both
async def test_finishing_twice_is_once_and_can_be_undone(store: Store, clock: ManualClock) -> None:
    task = await leave(store, Urgency.TODAY)
    await store.desk.finish(task.id, FRANCES)
    await store.desk.finish(task.id, StaffId("staff-demo-2"))
    assert await store.desk.open() == ()
    [done] = await store.desk.recent()
    assert (done.done, done.done_by) == (NOW, FRANCES)
    await store.desk.reopen(task.id, FRANCES)
    assert list(await store.desk.open()) == [task]
    tags = [e.tag for e in await store.audit.entries() if e.subject == task.id]
    assert tags == ["task:item:reopened", "task:item:finished", "task:item:left"]


@on_both
async def test_an_unknown_task_is_said_to_be_unknown(store: Store, clock: ManualClock) -> None:
    with pytest.raises(NoSuchRecord):
        await store.desk.finish(TaskId("task-nowhere"), FRANCES)
