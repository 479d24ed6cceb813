"""The demo clinic is there, and seeding it again changes nothing."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from clinic.time import ManualClock
from security.sign_in import SignIn
from security.staff import Session
from store.demo import seed_demo
from store.demo_clinic import DOROTHY, JAMES, MARIA
from store.opened import Store, open_store
from tests.house import KEYRING, NOW, PASSWORDS, demo_store, sqlite_url
from tests.store.on_both import on_both

PACIFIC = ZoneInfo("America/Los_Angeles")


@on_both
async def test_visits_are_a_few_days_ahead(store: Store, clock: ManualClock) -> None:
    [maria] = await store.diary.upcoming(MARIA.id)
    [james] = await store.diary.upcoming(JAMES.id)
    assert await store.diary.upcoming(DOROTHY.id) == ()
    assert (maria.clinician.name, maria.starts.astimezone(PACIFIC)) == (
        "Dr. Anita Patel",
        datetime(2026, 3, 10, 10, 30, tzinfo=PACIFIC),
    )
    assert (james.clinician.name, james.visit_name) == ("Sofia Ramirez", "therapy session")
    assert timedelta(days=5) < james.starts - NOW < timedelta(days=9)
    facts = await store.facts.load()
    assert (facts.name, facts.neutral_name, facts.line.e164) == (
        "Riverside Counseling Center",
        "Riverside Center",
        "+12065550111",
    )


def test_every_day_of_the_week_is_a_day_to_seed() -> None:
    async def scenario() -> None:
        for day in range(7):
            async with demo_store(ManualClock(NOW + timedelta(days=day))) as store:
                for patient in (MARIA, JAMES):
                    assert len(await store.diary.upcoming(patient.id)) == 1

    asyncio.run(scenario())


def test_seeding_again_changes_nothing_and_a_lost_password_is_replaced(tmp_path: Path, sqlite_file: Path) -> None:
    async def scenario() -> None:
        clock = ManualClock(NOW)
        store = await open_store(sqlite_url(sqlite_file), KEYRING, clock)
        first = await seed_demo(store, clock, tmp_path, PASSWORDS)
        entries = len(await store.audit.entries(limit=1000))
        clock.forward(timedelta(days=3))
        assert await seed_demo(store, clock, tmp_path, PASSWORDS) == first
        assert len(await store.audit.entries(limit=1000)) == entries
        password = tmp_path / "demo-password"
        assert password.stat().st_mode & 0o777 == 0o600
        password.unlink()
        second = await seed_demo(store, clock, tmp_path, PASSWORDS)
        assert second.password != first.password
        door = SignIn(store.staff, store.audit, PASSWORDS, clock)
        assert isinstance(await door("frontdesk", second.password), Session)
        await store.close()

    asyncio.run(scenario())
