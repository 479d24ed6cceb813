"""Everything a process has open: the store, the understanding, the calls. Lines and pages are added by wiring.web."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from clinic.errors import SettingsError
from clinic.settings import Settings
from clinic.time import Clock
from intents.pipeline import SpacyUnderstanding
from intents.understanding import Understand
from security.keyring import Keyring, read_keyring
from store.errors import NoFacts
from store.opened import Store, open_store
from voice.session import Sessions
from wiring.carrier import carrier_ready
from wiring.metrics import Metrics
from wiring.sessions import Content, make_sessions, read_content


@dataclass(frozen=True, kw_only=True)
class House:
    """One process of Throughline."""

    settings: Settings
    clock: Clock
    keyring: Keyring
    store: Store
    content: Content
    understand: Understand
    metrics: Metrics
    sessions: Sessions


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock) -> AsyncIterator[House]:
    """Open the database and load the models; raises SettingsError with what to do."""
    keyring = read_keyring(settings.keys.get_secret_value())
    store = await open_store(settings.database_url, keyring, clock)
    try:
        content = read_content(await store.facts.load())
    except NoFacts:
        await store.close()
        raise SettingsError("There is no clinic in the database yet. Run: python server.py seed --demo") from None
    try:
        understand, metrics = SpacyUnderstanding.load(settings.data_dir / "models"), Metrics()
        yield House(
            settings=settings,
            clock=clock,
            keyring=keyring,
            store=store,
            content=content,
            understand=understand,
            metrics=metrics,
            sessions=make_sessions(store, content, understand, clock, metrics, can_text=carrier_ready(settings)),
        )
    finally:
        await store.close()
