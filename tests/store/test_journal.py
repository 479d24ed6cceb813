"""The journal: once and only once, in order, sealed, and whole or not at all."""

import asyncio
from datetime import timedelta

import pytest

from clinic.desk import TaskKind, Urgency
from clinic.people import CallId
from clinic.step import StepKey
from clinic.time import ManualClock
from store.errors import ForeignStep
from store.opened import Store
from tests.house import NOW, demo_store
from tests.store.calls import arrival, first_row, ring, step
from tests.store.on_both import on_both
from voice.dialog.journal import (
    CallOutcome,
    ClockRead,
    Ended,
    NoSuchCall,
    Noted,
    Progress,
    Row,
    SeqTaken,
    Stepped,
)


@on_both
async def test_rows_come_back_in_order_and_unchanged(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    later = NOW + timedelta(microseconds=123_456)
    rows = [Row(seq=n, at=later, entry=Noted(what="line-moved", detail=f"row {n}")) for n in (1, 2, 3)]
    for row in rows:
        await store.journal.append(call, row, Progress(turns=row.seq))
    assert list(await store.journal.rows(call)) == [first_row(), *rows]
    assert (await store.journal.progress(call)).turns == 3


@on_both
async def test_the_same_carrier_reference_is_the_same_call(store: Store, clock: ManualClock) -> None:
    names = [CallId(f"call-{n}") for n in range(8)]
    opened = await asyncio.gather(
        *(store.journal.open(name, arrival("CA1"), first_row(), Progress()) for name in names)
    )
    assert len(set(opened)) == 1
    assert await store.journal.find("CA1") == opened[0]
    assert len(await store.journal.rows(opened[0])) == 1


@on_both
async def test_unknown_calls_are_said_to_be_unknown(store: Store, clock: ManualClock) -> None:
    nobody = CallId("nobody")
    assert await store.journal.find("CA-unknown") is None
    with pytest.raises(NoSuchCall):
        await store.journal.rows(nobody)
    with pytest.raises(NoSuchCall):
        await store.journal.progress(nobody)
    with pytest.raises(NoSuchCall):
        await store.journal.append(nobody, first_row(), Progress())


@on_both
async def test_of_many_writers_of_a_row_one_wins(store: Store, clock: ManualClock) -> None:
    call = await ring(store)

    async def write(turns: int) -> bool:
        try:
            await store.journal.append(call, Row(seq=1, at=NOW, entry=ClockRead(at=NOW)), Progress(turns=turns))
        except SeqTaken:
            return False
        return True

    assert sum(await asyncio.gather(*(write(n) for n in range(20)))) == 1
    assert len(await store.journal.rows(call)) == 2


@on_both
async def test_a_step_that_comes_second_leaves_nothing(store: Store, clock: ManualClock) -> None:
    call = await ring(store)

    async def leave(words: str) -> bool:
        try:
            async with step(store, call) as work:
                await store.desk.leave(work, TaskKind.MESSAGE, Urgency.TODAY, words, None, None)
        except SeqTaken:
            return False
        return True

    assert sum(await asyncio.gather(*(leave(f"words {n}") for n in range(10)))) == 1
    assert len(await store.desk.of_call(call)) == 1
    assert [e.tag for e in await store.audit.entries()].count("task:item:left") == 1


@on_both
async def test_a_failure_takes_everything_back(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    before = len(await store.audit.entries())

    async def fail() -> None:
        async with step(store, call) as work:
            await store.desk.leave(work, TaskKind.MESSAGE, Urgency.TODAY, "words", None, None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await store.desk.of_call(call) == ()
    assert len(await store.journal.rows(call)) == 1
    assert len(await store.audit.entries()) == before


@on_both
async def test_a_step_writes_its_row_and_the_call_line(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    async with store.journal.step(call, 1, NOW) as work:
        assert work.key == StepKey(call, 1)
        assert work.at == NOW
        entry = Stepped(name="Diary.book", effect="do", result='{"kind":"taken"}')
        await work.record(entry, Progress(outcome=CallOutcome.BOOKED, reason="book"))
    assert (await store.journal.rows(call))[1] == Row(seq=1, at=NOW, entry=entry)
    assert (await store.journal.progress(call)).outcome is CallOutcome.BOOKED


@on_both
async def test_a_step_cannot_be_used_when_it_is_over(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    async with step(store, call) as work:
        pass
    with pytest.raises(ForeignStep):
        await store.diary.let_go(work)


def test_a_step_of_another_store_is_refused() -> None:
    async def scenario() -> None:
        async with demo_store() as ours, demo_store() as theirs:
            call = await ring(theirs)
            async with step(theirs, call) as work:
                with pytest.raises(ForeignStep):
                    await ours.diary.let_go(work)

    asyncio.run(scenario())


@on_both
async def test_many_calls_write_at_once(store: Store, clock: ManualClock) -> None:
    calls = [await ring(store, f"call-{n}") for n in range(10)]

    async def talk(call: CallId) -> None:
        for seq in range(1, 11):
            await store.journal.append(call, Row(seq=seq, at=NOW, entry=ClockRead(at=NOW)), Progress(turns=seq))

    await asyncio.gather(*(talk(call) for call in calls))
    assert [len(await store.journal.rows(call)) for call in calls] == [11] * 10


@on_both
async def test_a_call_that_is_cut_off_leaves_no_lock_behind(store: Store, clock: ManualClock) -> None:
    """Cancelled at any point of its step, as when a server shuts down, it holds nobody else up."""
    call = await ring(store)

    async def work_on() -> None:
        async with step(store, call) as work:
            await store.desk.leave(work, TaskKind.MESSAGE, Urgency.TODAY, "words", None, None)

    for turns in range(0, 120, 3):
        task = asyncio.create_task(work_on())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if len(await store.journal.rows(call)) == 2:
            break
    other = await ring(store, "call-2")
    await asyncio.wait_for(store.journal.append(other, Row(seq=1, at=NOW, entry=ClockRead(at=NOW)), Progress()), 5)
    rows, tasks = await store.journal.rows(call), await store.desk.of_call(call)
    # Both or neither.
    assert len(tasks) == len(rows) - 1


@on_both
async def test_calls_that_went_silent_are_found_until_they_end(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    assert await store.journal.silent_since(NOW) == (call,)
    assert await store.journal.silent_since(NOW - timedelta(seconds=1)) == ()
    later = NOW + timedelta(hours=1)
    await store.journal.append(call, Row(seq=1, at=later, entry=Ended(how="line-lost")), Progress(ended=later))
    assert await store.journal.silent_since(later) == ()
