"""A whole clinic for a test: the demo store, the real flows and understanding, in any number of processes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from clinic.time import ManualClock, aware, zone
from intents.pipeline import SpacyUnderstanding
from intents.understanding import Understand
from store.demo_clinic import FACTS
from store.opened import Store
from tests.house import demo_store
from voice.session import Limits, Sessions, Unmetered
from wiring.sessions import make_sessions, read_content


@dataclass(frozen=True)
class House:
    """The demo clinic, at a moment."""

    store: Store
    clock: ManualClock

    def sessions(self, limits: Limits | None = None) -> Sessions:
        """The calls of a process that has just started."""
        content, meter = read_content(FACTS), Unmetered()
        made = make_sessions(self.store, content, understanding(), self.clock, meter, can_text=True, limits=limits)
        return Sessions(made.attendant, new_id=lambda: "the-call")


@cache
def understanding() -> Understand:
    """The real pipeline, loaded once."""
    return SpacyUnderstanding.load()


@asynccontextmanager
async def open_house(local: datetime) -> AsyncIterator[House]:
    """The demo clinic at this wall time in its own zone."""
    clock = ManualClock(aware(local.replace(tzinfo=zone(FACTS.zone))))
    async with demo_store(clock) as store:
        yield House(store, clock)
