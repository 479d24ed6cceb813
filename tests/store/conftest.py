"""Every contract test runs on SQLite and on PostgreSQL, in a database of its own that holds the demo clinic."""

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
from tests.house import KEYRING, NOW, demo_store, make_demo
from tests.postgres import start_postgres

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Postgres:
    """The server of this run; `template` is a database with the demo clinic."""

    socket: str
    template: str

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://postgres@/{database}?host={self.socket}"

    async def command(self, statement: str) -> None:
        engine = create_async_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            await connection.execute(text(statement))
        await engine.dispose()


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
        async with empty_database(self.postgres, self.postgres.template) as url:
            store = store_on(connect(url), KEYRING, self.clock)
            try:
                yield store
            finally:
                await store.close()


@asynccontextmanager
async def empty_database(postgres: Postgres, template: str = "template0") -> AsyncIterator[str]:
    """The URL of a new database, which is dropped afterwards."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    await postgres.command(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    try:
        yield postgres.url(name)
    finally:
        await postgres.command(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    """A server with a seeded template; each worker of a parallel run has a template of its own."""
    server = Postgres(start_postgres(), f"demo_{os.getpid()}")

    async def prepare() -> None:
        await server.command(f"CREATE DATABASE {server.template}")
        await make_demo(server.url(server.template), ManualClock(NOW))

    asyncio.run(prepare())
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
