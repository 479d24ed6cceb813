"""Rotating keys: when it is done, the old key opens nothing and is needed for nothing."""

from clinic.desk import TaskKind, Urgency
from clinic.messages import MessageKind
from clinic.people import StaffId
from clinic.time import ManualClock
from security.keyring import Key, Keyring
from security.staff import Role, Staff
from store.demo_clinic import EPISODE_SAID, MARIA
from store.opened import Store, store_on
from store.rotation import SEALED
from store.tables import Base
from tests.house import KEYRING
from tests.store.calls import CALLER, first_row, ring, step
from tests.store.on_both import on_both
from voice.dialog.journal import CallSearch

NEW = Key(id="newer", secret=bytes(range(32, 64)))


def test_every_sealed_column_is_rotated() -> None:
    """Except what is sealed with a call's own key."""
    known = {f"{sealed.table}.{column}" for sealed in SEALED for column in sealed.places}
    there = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_sealed")
    }
    assert there - known == {"calls.caller_sealed", "journal.body_sealed"}


@on_both
async def test_the_old_key_can_go(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    async with step(store, call) as work:
        await store.desk.leave(work, TaskKind.MESSAGE, Urgency.TODAY, "words", MARIA.id, CALLER)
        message = await store.outbox.text(work, MessageKind.VISIT_CONFIRMATION, CALLER, "body", MARIA.id)
        [visit] = await store.diary.upcoming(MARIA.id)
        await store.diary.cancel(work, visit.id, "unwell")
    night = Staff(
        id=StaffId("s9"), username="night", name="Night", role=Role.CLINICIAN, password_hash="x", totp_secret="JBSW"
    )
    await store.staff.add(night)

    both = store_on(store.database, Keyring((NEW, *KEYRING.keys)), clock)
    assert await both.roster.by_phone(MARIA.phone) == (MARIA,)
    # Three patients, a call, a task, a message, a visit, an account, an episode.
    assert await both.rotation.apply() == 9
    assert await both.rotation.apply() == 0

    after = store_on(store.database, Keyring((NEW,)), clock)
    assert await after.roster.by_phone(MARIA.phone) == (MARIA,)
    assert await after.roster.by_birth_date(MARIA.birth_date) == (MARIA,)
    assert (await after.journal.rows(call))[0] == first_row()
    assert (await after.calls.search(CallSearch()))[0].caller == CALLER
    assert [(task.words, task.phone) for task in await after.desk.of_call(call)] == [("words", CALLER)]
    assert (await after.outbox.get(message)).body == "body"
    found = await after.staff.by_username("night")
    assert found is not None
    assert found.totp_secret == "JBSW"
    enrolment = await after.progress.enrolment(MARIA.id)
    assert enrolment is not None
    assert enrolment.done[0].said == EPISODE_SAID
    tags = [entry.tag for entry in await after.audit.entries()]
    assert tags.count("system:keys:rotated") == 1
