"""Retention: what was said is gone for good, that a call took place stays."""

from datetime import timedelta

import pytest

from clinic.desk import TaskKind, Urgency
from clinic.messages import MessageKind
from clinic.people import StaffId
from clinic.time import ManualClock
from security.errors import Unreadable
from security.retention import retention
from store.desk import DESTROYED
from store.errors import NoSuchRecord
from store.opened import Store
from tests.house import NOW
from tests.store.calls import CALLER, ring, step
from tests.store.on_both import on_both
from voice.dialog.journal import Noted, Progress, Row


@on_both
async def test_old_calls_become_unreadable_and_young_ones_do_not(store: Store, clock: ManualClock) -> None:
    old = await ring(store, "call-old", NOW - timedelta(days=366))
    young = await ring(store, "call-young", NOW - timedelta(days=364))
    assert await store.retention.apply(retention(365)) == 1
    assert await store.retention.apply(retention(365)) == 0
    record = await store.calls.record(old)
    assert (record.readable, record.rows, record.summary.caller) == (False, (), None)
    assert record.summary.started == NOW - timedelta(days=366)
    assert (await store.calls.record(young)).readable
    with pytest.raises(Unreadable):
        await store.journal.rows(old)
    with pytest.raises(Unreadable):
        await store.journal.append(old, Row(seq=1, at=NOW, entry=Noted(what="line-moved")), Progress())
    tags = [(e.tag, e.subject) for e in await store.audit.entries()]
    assert tags.count(("call:key:destroyed", old)) == 1


@on_both
async def test_words_of_done_tasks_and_of_messages_go_too(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    async with step(store, call) as work:
        done = await store.desk.leave(work, TaskKind.MESSAGE, Urgency.TODAY, "done words", None, CALLER)
        waiting = await store.desk.leave(work, TaskKind.MESSAGE, Urgency.TODAY, "open words", None, CALLER)
        message = await store.outbox.text(work, MessageKind.VISIT_CONFIRMATION, CALLER, "body", None)
    await store.desk.finish(done.id, StaffId("staff-demo-1"))
    clock.forward(timedelta(days=366))
    await store.retention.apply(retention(365))
    words = {task.id: (task.words, task.phone) for task in await store.desk.of_call(call)}
    assert words == {done.id: (DESTROYED, None), waiting.id: ("open words", CALLER)}
    with pytest.raises(NoSuchRecord):
        await store.outbox.get(message)
