"""The audit chain holds under many writers, and shows where somebody has changed it."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from clinic.time import ManualClock
from store.opened import Store
from tests.store.on_both import on_both


@on_both
async def test_many_writers_make_one_chain(store: Store, clock: ManualClock) -> None:
    before = len(await store.audit.entries())
    await asyncio.gather(*(store.audit.note("system", "staff:sign-in:failed", f"{n}") for n in range(30)))
    entries = await store.audit.entries(limit=1000)
    assert [e.seq for e in entries] == list(range(before + 30, 0, -1))
    assert await store.audit.verify() is None


@on_both
async def test_older_entries_are_a_page_further(store: Store, clock: ManualClock) -> None:
    newest = await store.audit.entries(limit=3)
    older = await store.audit.entries(limit=3, before=newest[-1].seq)
    assert [e.seq for e in (*newest, *older)] == list(range(newest[0].seq, newest[0].seq - 6, -1))


@on_both
async def test_the_chain_cannot_be_changed(store: Store, clock: ManualClock) -> None:
    for statement in ("UPDATE audit SET actor = 'nobody'", "DELETE FROM audit WHERE seq = 3"):
        with pytest.raises(IntegrityError, match="append_only"):
            async with store.database.writing.begin() as connection:
                await connection.execute(text(statement))


@on_both
async def test_a_change_behind_the_triggers_shows(store: Store, clock: ManualClock) -> None:
    statements = ["UPDATE audit SET subject = 'somebody else' WHERE seq = 4"]
    if store.database.dialect == "sqlite":
        statements.insert(0, "DROP TRIGGER audit_append_only_UPDATE")
    else:
        statements.insert(0, "ALTER TABLE audit DISABLE TRIGGER audit_append_only")
        statements.append("ALTER TABLE audit ENABLE TRIGGER audit_append_only")
    async with store.database.writing.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    assert await store.audit.verify() == 4
