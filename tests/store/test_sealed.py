"""What lies on the disk tells nobody anything: no name, number, birth date or word of a patient is in the file."""

import asyncio
from pathlib import Path

from clinic.consent import Channel, ConsentKind
from clinic.desk import TaskKind, Urgency
from clinic.messages import MessageKind
from clinic.time import ManualClock
from intents.meaning import Expecting
from scheduling.visits import Visit
from security.retention import Retention
from store.demo_clinic import EPISODE_SAID, MARIA, PATIENTS
from store.opened import Store
from tests.house import NOW, demo_store
from tests.store.calls import CALLER, ring
from voice.dialog.journal import Answered, Progress, Replied, Row, Stepped

SECRETS = ("zebra tablets", "hummingbird worries", "walrus evening", "pelican reasons", "ostrich message")


async def _talk(store: Store) -> None:
    """A call in which each kind of row gets some words."""
    call = await ring(store)
    row = Replied(
        turn=1,
        prompt="reception.how-can-i-help",
        said=("How can I help?",),
        expects=Expecting.OPEN,
        heard=SECRETS[0],
        outcome=Answered(value=f'"{SECRETS[0]}"'),
    )
    await store.journal.append(call, Row(seq=1, at=NOW, entry=row), Progress())
    [visit] = await store.diary.upcoming(MARIA.id)
    async with store.journal.step(call, 2, NOW) as work:
        await store.desk.leave(work, TaskKind.MESSAGE, Urgency.TODAY, SECRETS[1], MARIA.id, CALLER)
        await store.progress.finish_episode(work, MARIA.id, "notice-2", SECRETS[2])
        assert isinstance(await store.diary.cancel(work, visit.id, SECRETS[3]), Visit)
        await store.outbox.text(work, MessageKind.VISIT_CONFIRMATION, CALLER, SECRETS[4], MARIA.id)
        await store.consents.record(work, MARIA.id, ConsentKind.RECORDING, Channel.VOICE, False, "consent.recording/1")
        await work.record(Stepped(name="x", effect="do", result=SECRETS[0]), Progress())


def _bytes(store: Store) -> bytes:
    """The database with its write-ahead log."""
    file = Path(str(store.database.reading.url.database))
    return b"".join(part.read_bytes() for part in sorted(file.parent.iterdir()))


def test_no_words_names_or_numbers_on_the_disk() -> None:
    async def scenario() -> bytes:
        async with demo_store() as store:
            await _talk(store)
            return _bytes(store)

    found = asyncio.run(scenario())
    # The search would find them: staff names and visit types are there to be read.
    assert b"Dr. Anita Patel" in found
    personal = {
        text for p in PATIENTS for text in (p.given_name, p.family_name, p.phone.e164, p.birth_date.isoformat())
    }
    # Dr. Patel's patients are not named after the clinic's street or staff.
    for secret in (*SECRETS, EPISODE_SAID, *personal):
        assert secret.encode() not in found, secret
        assert secret.removeprefix("+1").encode() not in found, secret


def test_a_destroyed_key_is_nowhere_in_the_files() -> None:
    async def scenario() -> None:
        clock = ManualClock(NOW)
        async with demo_store(clock) as store:
            await _talk(store)
            async with store.database.reading.connect() as connection:
                sealed = (await connection.exec_driver_sql("SELECT key_sealed FROM calls")).scalar_one()
            assert sealed in _bytes(store)
            rule = Retention(journal=NOW - NOW)
            clock.forward(store_age := NOW - NOW.replace(hour=0))
            assert store_age
            assert await store.retention.apply(rule) == 1
            assert sealed not in _bytes(store)

    asyncio.run(scenario())
