"""The revisions make the tables the code expects, on both databases; a store of another release is refused."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from store.engine import connect
from store.errors import BehindOrAhead
from store.migrating import migrate, require_current
from store.tables import Base
from tests.house import sqlite_url
from tests.store.conftest import Postgres, empty_database


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def _check(url: str) -> None:
    database = connect(url)
    try:
        with pytest.raises(BehindOrAhead):
            await require_current(database)
        await asyncio.gather(migrate(url), migrate(url))
        await migrate(url)
        await require_current(database)
        async with database.reading.connect() as connection:
            assert await connection.run_sync(_differences) == []
        async with database.writing.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(BehindOrAhead):
            await require_current(database)
    finally:
        await database.close()


def test_sqlite(sqlite_file: Path) -> None:
    asyncio.run(_check(sqlite_url(sqlite_file)))


def test_postgresql(postgres: Postgres) -> None:
    async def scenario() -> None:
        async with empty_database(postgres) as url:
            await _check(url)

    asyncio.run(scenario())


def test_there_is_one_line_of_revisions() -> None:
    script = ScriptDirectory(str(Path("store/migrations")))
    assert len(script.get_heads()) == 1
    assert all(not hasattr(revision.module, "downgrade") for revision in script.walk_revisions())
