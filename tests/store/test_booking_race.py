"""Two hundred callers want the same time: one has it, the others are told, and nobody waits long."""

import asyncio
from time import perf_counter

from clinic.people import CallId, Patient, PatientId
from clinic.time import ManualClock
from scheduling.visits import Slot, Taken, Visit, VisitTypeId, Wanted
from store.opened import Store
from tests.store.calls import ring, step
from tests.store.on_both import on_both

CALLERS, FEWER = 200, 60
LONGEST_S = 4.0
"""Far above what is measured on a quiet machine (under 1 s): a guard against waiting for locks, not a benchmark."""


async def _callers(store: Store, count: int) -> list[tuple[CallId, PatientId]]:
    [known] = await store.roster.by_birth_date((await store.roster.get(PatientId("patient-demo-3"))).birth_date)
    people = []
    for number in range(count):
        patient = Patient(
            id=PatientId(f"patient-{number}"),
            given_name=f"Given{number}",
            family_name="Family",
            birth_date=known.birth_date,
            phone=known.phone,
        )
        await store.roster.add(patient)
        people.append((await ring(store, f"caller-{number}"), patient.id))
    return people


async def _race(store: Store, people: list[tuple[CallId, PatientId]], slots: list[Slot]) -> tuple[list[object], float]:
    """Everybody books at once; what each got, and how long the slowest waited."""
    waits: list[float] = []

    async def book(call: CallId, patient: PatientId, slot: Slot) -> Visit | Taken:
        began = perf_counter()
        async with step(store, call) as work:
            result = await store.diary.book(work, patient, slot)
        waits.append(perf_counter() - began)
        return result

    turns = zip(people, slots, strict=True)
    results = await asyncio.gather(*(book(call, patient, slot) for (call, patient), slot in turns))
    return list(results), max(waits)


@on_both
async def test_one_slot_is_booked_once(store: Store, clock: ManualClock) -> None:
    people = await _callers(store, CALLERS)
    [slot] = await store.diary.openings(Wanted(visit_type=VisitTypeId("follow-up"), limit=1))
    results, longest = await _race(store, people, [slot] * CALLERS)
    assert sum(isinstance(r, Visit) for r in results) == 1
    assert sum(isinstance(r, Taken) for r in results) == CALLERS - 1
    assert longest < LONGEST_S
    assert len(await store.diary.between(slot.starts, slot.ends, slot.clinician.id)) == 1


@on_both
async def test_overlapping_slots_never_dead_lock(store: Store, clock: ManualClock) -> None:
    """Neighbours overlap by half, so each booker collides with two others in both directions."""
    people = await _callers(store, FEWER)
    offered = await store.diary.openings(Wanted(visit_type=VisitTypeId("therapy"), limit=20))
    results, longest = await _race(store, people, [offered[n % 20] for n in range(FEWER)])
    booked = [r for r in results if isinstance(r, Visit)]
    assert longest < LONGEST_S
    assert await store.audit.verify() is None
    for one in booked:
        for other in booked:
            apart = one.ends <= other.starts or other.ends <= one.starts
            assert one is other or one.clinician != other.clinician or apart


@on_both
async def test_a_group_fills_to_its_last_seat_and_no_further(store: Store, clock: ManualClock) -> None:
    people = await _callers(store, FEWER)
    [slot] = await store.diary.openings(Wanted(visit_type=VisitTypeId("group"), limit=1))
    results, _ = await _race(store, people, [slot] * FEWER)
    assert sum(isinstance(r, Visit) for r in results) == 8
