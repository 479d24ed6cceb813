"""The ledger: entries are added, the newest counts, and the database lets nobody change the past."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from clinic.consent import Channel, ConsentKind
from clinic.time import ManualClock
from store.demo_clinic import MARIA
from store.opened import Store
from tests.store.calls import ring, step
from tests.store.on_both import on_both


@on_both
async def test_the_newest_entry_comes_first(store: Store, clock: ManualClock) -> None:
    [given] = await store.consents.of(MARIA.id)
    assert (given.given, given.kind, given.channel, given.wording) == (
        True,
        ConsentKind.VISIT_MESSAGES,
        Channel.TEXT,
        "in-person",
    )
    call = await ring(store)
    async with step(store, call) as work:
        stop = await store.consents.record(
            work, MARIA.id, ConsentKind.ALL_CONTACT, Channel.VOICE, False, "consent.stop/1"
        )
    assert list(await store.consents.of(MARIA.id)) == [stop, given]
    assert (await store.audit.entries(limit=1))[0].tag == "patient:consent:withdrawn"


@on_both
async def test_the_past_cannot_be_changed(store: Store, clock: ManualClock) -> None:
    for statement in ("UPDATE consents SET given = NOT given", "DELETE FROM consents"):
        with pytest.raises(IntegrityError, match="append_only"):
            async with store.database.writing.begin() as connection:
                await connection.execute(text(statement))
