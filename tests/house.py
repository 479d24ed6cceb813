"""A fresh store in a moment: the demo clinic is seeded once per run and copied for each test."""

import atexit
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher

from clinic.time import Clock, ManualClock
from security.keyring import Key, Keyring
from security.passwords import Passwords
from store.demo import seed_demo
from store.engine import connect
from store.opened import Store, open_store, store_on

NOW = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
"""A Tuesday, half past ten in the morning at the demo clinic."""
KEYRING = Keyring((Key(id="test", secret=bytes(range(32))),))
PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""As in the house, and cheap."""
DEMO_PASSWORD = "a quiet river bends"

_templates: dict[datetime, Path] = {}


@asynccontextmanager
async def demo_store(clock: Clock | None = None) -> AsyncIterator[Store]:
    """The demo clinic on a SQLite file of its own, as it is right after seeding at the clock's present moment."""
    clock = clock or ManualClock(NOW)
    folder = Path(tempfile.mkdtemp(dir=_folder()))
    file = folder / "clinic.db"
    shutil.copyfile(await _template(clock.now()), file)
    store = store_on(connect(sqlite_url(file)), KEYRING, clock)
    try:
        yield store
    finally:
        await store.close()
        shutil.rmtree(folder)


async def make_demo(url: str, clock: Clock) -> None:
    """Tables and the demo clinic in an empty database."""
    store = await open_store(url, KEYRING, clock)
    try:
        (_folder() / "demo-password").write_text(DEMO_PASSWORD, encoding="ascii")
        await seed_demo(store, clock, _folder(), PASSWORDS)
    finally:
        await store.close()


def sqlite_url(file: Path) -> str:
    """As in the settings."""
    return f"sqlite+aiosqlite:///{file}"


async def _template(moment: datetime) -> Path:
    if moment not in _templates:
        file = _folder() / f"template-{len(_templates)}.db"
        await make_demo(sqlite_url(file), ManualClock(moment))
        _templates[moment] = file
    return _templates[moment]


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="throughline-house-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
