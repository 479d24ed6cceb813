"""Finding patients, and recording that the caller is one of them."""

from dataclasses import replace
from datetime import date

import pytest

from clinic.people import PatientId, Phone
from clinic.time import ManualClock
from store.demo_clinic import JAMES, MARIA
from store.errors import NoSuchRecord
from store.opened import Store
from tests.store.calls import ring, step
from tests.store.on_both import on_both


@on_both
async def test_by_number_and_by_birth_date(store: Store, clock: ManualClock) -> None:
    assert await store.roster.by_phone(Phone("+12065550142")) == (MARIA,)
    assert await store.roster.by_birth_date(date(1951, 11, 20)) == (JAMES,)
    assert await store.roster.by_phone(Phone("+12065550143")) == ()
    assert await store.roster.by_birth_date(date(1951, 11, 21)) == ()


@on_both
async def test_a_household_shares_a_number(store: Store, clock: ManualClock) -> None:
    child = replace(MARIA, id=PatientId("patient-child"), given_name="Ana", birth_date=date(2012, 1, 2))
    await store.roster.add(child)
    assert {p.id for p in await store.roster.by_phone(MARIA.phone)} == {MARIA.id, child.id}


@on_both
async def test_identifying_marks_the_call_and_is_audited(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    async with store.journal.step(call, 1, clock.now()) as work:
        assert await store.roster.identify(work, MARIA.id) == MARIA
    assert (await store.journal.progress(call)).patient == MARIA.id
    newest = (await store.audit.entries(limit=1))[0]
    assert (newest.actor, newest.tag, newest.subject) == ("call:call-1", "call:caller:identified", MARIA.id)


@on_both
async def test_nobody_is_identified_as_a_stranger(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    with pytest.raises(NoSuchRecord):
        await store.roster.get(PatientId("patient-nobody"))
    async with step(store, call) as work:
        with pytest.raises(NoSuchRecord):
            await store.roster.identify(work, PatientId("patient-nobody"))
