"""Opening the store: wrong settings and dead servers are said in one clear error."""

import asyncio
from pathlib import Path

import pytest

from clinic.errors import SettingsError
from clinic.time import ManualClock
from store.engine import connect
from store.errors import NoFacts, Unreachable
from store.opened import open_store, store_on
from tests.house import KEYRING, NOW, demo_store, sqlite_url

CLOCK = ManualClock(NOW)


@pytest.mark.parametrize(
    "url",
    ["", "not a url", "mysql://localhost/x", "sqlite:///x.db", "sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:"],
)
def test_a_wrong_url_names_the_setting(url: str) -> None:
    with pytest.raises(SettingsError, match="THROUGHLINE_DATABASE_URL"):
        connect(url)


def test_a_dead_server_is_unreachable(tmp_path: Path) -> None:
    url = f"postgresql+asyncpg://postgres@/nothing?host={tmp_path}"
    with pytest.raises(Unreachable):
        asyncio.run(open_store(url, KEYRING, CLOCK))

    async def health() -> None:
        store = store_on(connect(url), KEYRING, CLOCK)
        try:
            await store.health()
        finally:
            await store.close()

    with pytest.raises(Unreachable):
        asyncio.run(health())


def test_a_file_that_is_no_database_is_unreachable(sqlite_file: Path) -> None:
    sqlite_file.write_bytes(b"This is not a database, but a letter to one. " * 100)
    with pytest.raises(Unreachable):
        asyncio.run(open_store(sqlite_url(sqlite_file), KEYRING, CLOCK))


def test_an_empty_clinic_says_how_to_set_it_up(sqlite_file: Path) -> None:
    async def scenario() -> None:
        store = await open_store(sqlite_url(sqlite_file), KEYRING, CLOCK)
        try:
            await store.health()
            with pytest.raises(NoFacts, match="seed --demo"):
                await store.facts.load()
        finally:
            await store.close()

    asyncio.run(scenario())


def test_a_demo_store_is_open_in_a_moment() -> None:
    async def scenario() -> None:
        async with demo_store() as store:
            await store.health()

    asyncio.run(scenario())
