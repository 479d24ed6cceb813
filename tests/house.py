"""A whole clinic for a test: the demo clinic in a database of its own, and as many processes as a test wants."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic.time import ManualClock, aware, zone
from intents.understanding import Understand
from security.keyring import make_keys_file, read_keyring
from store.demo import seed_demo
from store.demo_clinic import FACTS
from store.opened import Store, open_store
from voice.session import Limits, Sessions, Unmetered
from wiring.sessions import make_sessions, read_content


@dataclass(frozen=True)
class House:
    """The demo clinic, at a moment."""

    store: Store
    clock: ManualClock

    def sessions(self, limits: Limits | None = None) -> Sessions:
        """The calls of a process that has just started."""
        return make_sessions(self.store, read_content(FACTS), understanding(), self.clock, Unmetered(), limits)


@cache
def understanding() -> Understand:
    """The real pipeline, loaded once."""
    from intents.pipeline import load_understanding

    return load_understanding()


_SEEDED: dict[datetime, TemporaryDirectory[str]] = {}
"""A seeded clinic for each moment asked for; every house is a copy of one."""


@asynccontextmanager
async def open_house(local: datetime) -> AsyncIterator[House]:
    """The demo clinic on a fresh SQLite file at this wall time in its own zone."""
    clock = ManualClock(aware(local.replace(tzinfo=zone(FACTS.zone))))
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(await _seeded(clock), folder, dirs_exist_ok=True)
        store = await _open(folder, clock)
        try:
            yield House(store, clock)
        finally:
            await store.close()


async def _seeded(clock: ManualClock) -> Path:
    if clock.now() not in _SEEDED:
        _SEEDED[clock.now()] = TemporaryDirectory()
        folder = Path(_SEEDED[clock.now()].name)
        make_keys_file(folder / "keys")
        store = await _open(folder, clock)
        await seed_demo(store, clock, folder)
        await store.close()
    return Path(_SEEDED[clock.now()].name)


async def _open(folder: Path, clock: ManualClock) -> Store:
    keyring = read_keyring(f"file:{folder / 'keys'}")
    return await open_store(f"sqlite+aiosqlite:///{folder / 'clinic.db'}", keyring, clock)
