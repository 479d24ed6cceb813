"""The diary: what is offered can be taken, what is taken is taken once, and what is let go is free again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clinic.people import ClinicianId, PatientId
from clinic.time import ManualClock
from scheduling.errors import NoSuchGroup, NoSuchVisit, NoSuchVisitType, NotChangeable
from scheduling.visits import Held, Slot, Taken, Visit, VisitId, VisitStatus, VisitTypeId, Wanted, Window
from store.diary import HOLD_LASTS
from store.opened import Store
from tests.house import NOW
from tests.store.calls import ring, step
from tests.store.on_both import on_both

MARIA, JAMES, DOROTHY = (PatientId(f"patient-demo-{n}") for n in (1, 2, 3))
FOLLOW_UP, THERAPY, GROUP = VisitTypeId("follow-up"), VisitTypeId("therapy"), VisitTypeId("group")


async def first(store: Store, kind: VisitTypeId = FOLLOW_UP, patient: PatientId | None = None) -> Slot:
    """The soonest opening."""
    return (await store.diary.openings(Wanted(visit_type=kind, patient=patient, limit=1)))[0]


async def book(store: Store, patient: PatientId, slot: Slot, name: str = "booker") -> Visit | Taken:
    """Book in a call of its own."""
    call = await ring(store, name)
    async with step(store, call) as work:
        return await store.diary.book(work, patient, slot)


async def booked(store: Store, patient: PatientId, slot: Slot, name: str = "booker") -> Visit:
    """The same, when it must succeed."""
    visit = await book(store, patient, slot, name)
    assert isinstance(visit, Visit)
    return visit


@on_both
async def test_the_demo_clinic_has_clinicians_and_kinds_of_visit(store: Store, clock: ManualClock) -> None:
    assert [c.name for c in await store.diary.clinicians()] == ["Dr. Anita Patel", "Dr. Marcus Lee", "Sofia Ramirez"]
    kinds = {kind.name: kind for kind in await store.diary.visit_types()}
    assert kinds["group session"].seats == 8
    assert kinds["therapy session"].length == timedelta(minutes=50)
    assert set(kinds["therapy session"].clinicians) == {"lee", "ramirez"}


@on_both
async def test_openings_are_soonest_first_and_keep_the_notice(store: Store, clock: ManualClock) -> None:
    slots = await store.diary.openings(Wanted(visit_type=FOLLOW_UP, limit=10))
    assert len(slots) == 10
    assert [s.starts for s in slots] == sorted(s.starts for s in slots)
    assert slots[0].starts >= NOW + timedelta(hours=2)


@on_both
async def test_openings_within_a_window_and_with_one_clinician(store: Store, clock: ManualClock) -> None:
    friday = Window(start=datetime(2026, 3, 6, 8, tzinfo=UTC), end=datetime(2026, 3, 7, 8, tzinfo=UTC))
    wanted = Wanted(visit_type=FOLLOW_UP, windows=(friday,), clinician=ClinicianId("patel"), limit=20)
    slots = await store.diary.openings(wanted)
    assert {s.clinician.name for s in slots} == {"Dr. Anita Patel"}
    # Nine to one, eight half hours.
    assert [s.starts.hour * 60 + s.starts.minute for s in slots] == [17 * 60 + 30 * n for n in range(8)]


@on_both
async def test_no_opening_where_the_patient_is_somewhere_else(store: Store, clock: ManualClock) -> None:
    [visit] = await store.diary.upcoming(MARIA)
    window = Window(start=visit.starts, end=visit.ends)
    wanted = Wanted(visit_type=THERAPY, windows=(window,))
    assert await store.diary.openings(wanted)
    assert not await store.diary.openings(replace(wanted, patient=MARIA))


@on_both
async def test_unknown_kinds_of_visit_are_refused(store: Store, clock: ManualClock) -> None:
    with pytest.raises(NoSuchVisitType):
        await store.diary.openings(Wanted(visit_type=VisitTypeId("massage")))


@on_both
async def test_a_hold_keeps_the_slot_for_its_call_only(store: Store, clock: ManualClock) -> None:
    slot = await first(store)
    call = await ring(store, "holder")
    async with step(store, call) as work:
        held = await store.diary.hold(work, slot)
    assert isinstance(held, Held)
    assert held.expires == NOW + HOLD_LASTS
    assert (await first(store)).starts != slot.starts or (await first(store)).clinician != slot.clinician
    assert isinstance(await book(store, JAMES, slot, "other"), Taken)
    async with step(store, call, 2) as work:
        assert isinstance(await store.diary.book(work, DOROTHY, slot), Visit)


@on_both
async def test_a_call_holds_one_slot_at_a_time(store: Store, clock: ManualClock) -> None:
    one, two = await store.diary.openings(Wanted(visit_type=FOLLOW_UP, limit=2))
    call = await ring(store, "holder")
    for seq, slot in ((1, one), (2, two)):
        async with step(store, call, seq) as work:
            assert isinstance(await store.diary.hold(work, slot), Held)
    assert isinstance(await book(store, JAMES, one), Visit)


@on_both
async def test_a_hold_expires_and_can_be_let_go(store: Store, clock: ManualClock) -> None:
    tomorrow = Window(start=NOW + timedelta(days=1), end=None)
    wanted = Wanted(visit_type=FOLLOW_UP, windows=(tomorrow,), limit=1)
    [slot] = await store.diary.openings(wanted)
    for name in ("first", "second"):
        call = await ring(store, name)
        async with step(store, call, at=clock.now()) as work:
            assert isinstance(await store.diary.hold(work, slot), Held)
        assert await store.diary.openings(wanted) != (slot,)
        clock.forward(HOLD_LASTS)
    assert await store.diary.openings(wanted) == (slot,)
    call = await ring(store, "third")
    async with step(store, call, 1, clock.now()) as work:
        await store.diary.hold(work, slot)
    async with step(store, call, 2, clock.now()) as work:
        await store.diary.let_go(work)
    assert await store.diary.openings(wanted) == (slot,)


@on_both
async def test_a_booking_is_in_the_diary_and_its_time_is_gone(store: Store, clock: ManualClock) -> None:
    slot = await first(store, THERAPY)
    visit = await booked(store, DOROTHY, slot)
    assert (visit.starts, visit.ends, visit.status) == (slot.starts, slot.ends, VisitStatus.BOOKED)
    assert await store.diary.upcoming(DOROTHY) == (visit,)
    assert visit in await store.diary.between(slot.starts, slot.ends, slot.clinician.id)
    again = await store.diary.openings(Wanted(visit_type=THERAPY, clinician=slot.clinician.id, limit=1))
    # The next one begins after the ten minutes that a therapy session leaves for notes.
    assert again[0].starts >= slot.ends + timedelta(minutes=10)


@on_both
async def test_a_patient_is_not_in_two_visits_at_once(store: Store, clock: ManualClock) -> None:
    slot = await first(store, FOLLOW_UP)
    await booked(store, DOROTHY, slot)
    others = [s for s in await store.diary.openings(Wanted(visit_type=FOLLOW_UP, limit=20)) if s.starts == slot.starts]
    assert others
    assert isinstance(await book(store, DOROTHY, others[0], "second"), Taken)
    assert isinstance(await book(store, JAMES, others[0], "third"), Visit)


@on_both
async def test_moving_frees_the_old_time_and_keeps_the_visit(store: Store, clock: ManualClock) -> None:
    [visit] = await store.diary.upcoming(MARIA)
    slot = await first(store, FOLLOW_UP, MARIA)
    call = await ring(store, "mover")
    async with step(store, call) as work:
        moved = await store.diary.move(work, visit.id, slot)
    assert isinstance(moved, Visit)
    assert (moved.id, moved.starts) == (visit.id, slot.starts)
    assert await store.diary.upcoming(MARIA) == (moved,)
    old = Slot(
        clinician=visit.clinician,
        visit_type=visit.visit_type,
        visit_name=visit.visit_name,
        starts=visit.starts,
        ends=visit.ends,
    )
    assert isinstance(await book(store, JAMES, old), Visit)


@on_both
async def test_moving_by_half_a_visit_is_no_conflict_with_itself(store: Store, clock: ManualClock) -> None:
    [visit] = await store.diary.upcoming(JAMES)
    later = timedelta(minutes=30)
    slot = replace(await first(store, THERAPY), clinician=visit.clinician)
    slot = replace(slot, starts=visit.starts + later, ends=visit.ends + later)
    call = await ring(store, "mover")
    async with step(store, call) as work:
        assert isinstance(await store.diary.move(work, visit.id, slot), Visit)


@on_both
async def test_a_move_onto_a_taken_slot_changes_nothing(store: Store, clock: ManualClock) -> None:
    [visit] = await store.diary.upcoming(MARIA)
    slot = await first(store)
    await booked(store, DOROTHY, slot)
    call = await ring(store, "mover")
    async with step(store, call) as work:
        assert await store.diary.move(work, visit.id, slot) == Taken(slot=slot)
    assert await store.diary.upcoming(MARIA) == (visit,)
    old = Window(start=visit.starts, end=visit.ends)
    openings = await store.diary.openings(
        Wanted(visit_type=FOLLOW_UP, windows=(old,), clinician=visit.clinician.id, limit=1)
    )
    assert not openings or openings[0].starts != visit.starts


@on_both
async def test_cancelling_frees_the_time_and_twice_is_once(store: Store, clock: ManualClock) -> None:
    [visit] = await store.diary.upcoming(MARIA)
    call = await ring(store, "canceller")
    for seq in (1, 2):
        async with step(store, call, seq) as work:
            cancelled = await store.diary.cancel(work, visit.id, "feeling unwell")
        assert cancelled == replace(visit, status=VisitStatus.CANCELLED)
    assert await store.diary.upcoming(MARIA) == ()
    tags = [entry.tag for entry in await store.audit.entries()]
    assert tags.count("visit:slot:cancelled") == 1
    async with step(store, call, 3) as work:
        with pytest.raises(NotChangeable):
            await store.diary.move(work, visit.id, await first(store))
        with pytest.raises(NoSuchVisit):
            await store.diary.cancel(work, VisitId("visit-nowhere"), "")


@on_both
async def test_a_group_has_as_many_seats_as_it_has(store: Store, clock: ManualClock) -> None:
    slot = await first(store, GROUP)
    # Each caller was offered the same first seat; each gets one of their own.
    holders = [await ring(store, f"holder-{n}") for n in range(9)]
    results = []
    for call in holders:
        async with step(store, call) as work:
            results.append(await store.diary.hold(work, slot))
    seats = [held.slot.seat for held in results if isinstance(held, Held)]
    assert seats == list(range(8))
    assert isinstance(results[-1], Taken)
    assert (await first(store, GROUP)).starts > slot.starts


@on_both
async def test_a_group_takes_its_clinicians_time(store: Store, clock: ManualClock) -> None:
    group = await first(store, GROUP)
    window = Window(start=group.starts, end=group.ends)
    wanted = Wanted(visit_type=THERAPY, windows=(window,), clinician=group.clinician.id)
    assert await store.diary.openings(wanted) == ()
    alone = replace(group, visit_type=THERAPY, ends=group.starts + timedelta(minutes=50))
    assert isinstance(await book(store, JAMES, alone), Taken)


@on_both
async def test_no_seat_in_a_group_that_is_not_planned(store: Store, clock: ManualClock) -> None:
    group = await first(store, GROUP)
    call = await ring(store, "holder")
    async with step(store, call) as work:
        with pytest.raises(NoSuchGroup):
            await store.diary.hold(work, replace(group, starts=group.starts + timedelta(hours=1)))
