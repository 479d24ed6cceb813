"""The call log as staff read it."""

from datetime import timedelta

import pytest

from clinic.desk import TaskKind, Urgency
from clinic.people import CallId, StaffId
from clinic.time import ManualClock
from store.demo_clinic import MARIA
from store.opened import Store
from tests.house import NOW
from tests.store.calls import CALLER, arrival, first_row, ring, step
from tests.store.on_both import on_both
from voice.dialog.journal import CallOutcome, CallSearch, NoSuchCall, Noted, Progress, Row


@on_both
async def test_a_call_is_listed_with_its_caller_and_patient(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    async with store.journal.step(call, 1, NOW) as work:
        await store.roster.identify(work, MARIA.id)
    [line] = await store.calls.search(CallSearch())
    assert (line.call, line.caller, line.patient_name, line.started) == (call, CALLER, "Maria Lopez", NOW)


@on_both
async def test_a_withheld_number_stays_withheld(store: Store, clock: ManualClock) -> None:
    await store.journal.open(CallId("call-1"), arrival("CA1", None), first_row(), Progress())
    assert (await store.calls.search(CallSearch()))[0].caller is None


@on_both
async def test_searching_by_outcome_time_patient_and_page(store: Store, clock: ManualClock) -> None:
    for hour in range(5):
        call = await ring(store, f"call-{hour}", NOW + timedelta(hours=hour))
        outcome = CallOutcome.BOOKED if hour % 2 else CallOutcome.HUNG_UP
        row = Row(seq=1, at=NOW, entry=Noted(what="line-moved"))
        await store.journal.append(call, row, Progress(outcome=outcome, patient=MARIA.id if hour == 3 else None))

    async def found(wanted: CallSearch) -> list[str]:
        return [line.call.removeprefix("call-") for line in await store.calls.search(wanted)]

    assert await found(CallSearch()) == ["4", "3", "2", "1", "0"]
    assert await found(CallSearch(outcome=CallOutcome.BOOKED)) == ["3", "1"]
    assert await found(CallSearch(since=NOW + timedelta(hours=3))) == ["4", "3"]
    assert await found(CallSearch(patient=MARIA.id)) == ["3"]
    assert await found(CallSearch(limit=2, before=NOW + timedelta(hours=3))) == ["2", "1"]


@on_both
async def test_follow_up_means_an_open_task(store: Store, clock: ManualClock) -> None:
    await ring(store, "call-quiet")
    call = await ring(store)
    async with step(store, call) as work:
        task = await store.desk.leave(work, TaskKind.CALLBACK, Urgency.TODAY, "words", None, None)
    assert [line.call for line in await store.calls.search(CallSearch(needs_follow_up=True))] == [call]
    await store.desk.finish(task.id, StaffId("staff-demo-1"))
    assert await store.calls.search(CallSearch(needs_follow_up=True)) == ()


@on_both
async def test_one_call_is_read_whole(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    record = await store.calls.record(call)
    assert record.readable
    assert list(record.rows) == [first_row()]
    with pytest.raises(NoSuchCall):
        await store.calls.record(CallId("nobody"))


@on_both
async def test_the_mark_changes_with_every_row(store: Store, clock: ManualClock) -> None:
    marks = [await store.calls.mark()]
    call = await ring(store)
    marks.append(await store.calls.mark())
    for seq in range(1, 60):
        await store.journal.append(call, Row(seq=seq, at=NOW, entry=Noted(what="line-moved")), Progress())
        marks.append(await store.calls.mark())
    assert len(set(marks)) == len(marks)
    assert await store.calls.mark() == marks[-1]
