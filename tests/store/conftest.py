"""Every contract test runs on SQLite and on PostgreSQL, in a database that holds the demo clinic as just seeded.

SQLite files are copied. Making a PostgreSQL database takes half a second, so one serves all tests and is put back
before each from a copy of its own tables.
"""

import asyncio
import itertools
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from clinic.time import ManualClock
from store.engine import connect
from store.opened import Store, store_on
from store.tables import Base
from tests.house import KEYRING, NOW, demo_store, make_demo
from tests.postgres import start_postgres

TABLES = tuple(table.name for table in Base.metadata.sorted_tables)
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Postgres:
    """The server of this run; `demo` is a database with the demo clinic."""

    socket: str
    demo: str

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://postgres@/{database}?host={self.socket}"

    async def run(self, *statements: str, database: str = "postgres") -> None:
        """Each in a transaction of its own."""
        engine = create_async_engine(self.url(database), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
        await engine.dispose()

    async def prepare(self) -> None:
        """Seed the demo clinic, and keep a copy of every table."""
        await self.run(f"CREATE DATABASE {self.demo}")
        await make_demo(self.url(self.demo), ManualClock(NOW))
        copies = (f"CREATE TABLE seeded.{table} AS TABLE public.{table}" for table in TABLES)
        await self.run("CREATE SCHEMA seeded", *copies, database=self.demo)

    async def put_back(self) -> None:
        """The demo clinic as it was seeded. As a replica, no trigger or foreign key stands in the way."""
        rows = (
            f"DELETE FROM public.{table}; INSERT INTO public.{table} SELECT * FROM seeded.{table};"  # noqa: S608
            for table in TABLES
        )
        whole = "DO $$ BEGIN SET LOCAL session_replication_role = replica; " + " ".join(rows) + " END $$"
        await self.run(whole, database=self.demo)


@dataclass(frozen=True, slots=True)
class House:
    """Opens demo stores on one of the databases."""

    postgres: Postgres | None
    clock: ManualClock

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Store]:
        """A fresh store, with the clock of the test."""
        if self.postgres is None:
            async with demo_store(self.clock) as store:
                yield store
            return
        await self.postgres.put_back()
        store = store_on(connect(self.postgres.url(self.postgres.demo)), KEYRING, self.clock)
        try:
            yield store
        finally:
            await store.close()


@asynccontextmanager
async def empty_database(postgres: Postgres) -> AsyncIterator[str]:
    """The URL of a new database, which is dropped afterwards."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    await postgres.run(f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield postgres.url(name)
    finally:
        await postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    """The run's server; each worker of a parallel run has a demo database of its own."""
    server = Postgres(start_postgres(), f"demo_{os.getpid()}")
    asyncio.run(server.prepare())
    return server


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest) -> House:
    """The database under test."""
    wanted = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return House(wanted, ManualClock(NOW))


@pytest.fixture
def sqlite_file(tmp_path: Path) -> Path:
    """Where an empty SQLite database may be made."""
    return tmp_path / "clinic.db"
