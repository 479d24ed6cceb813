"""Texts that come in: the opt-out counts at once, for everyone with the number, and one text is one text."""

from clinic.consent import Channel, ConsentKind
from clinic.desk import TaskKind
from clinic.people import Phone
from clinic.time import ManualClock
from store.opened import Store
from tests.store.on_both import on_both

MARIA = Phone("+12065550142")
STRANGER = Phone("+12065559999")


async def opted_out(store: Store) -> list[bool]:
    """What Maria's record says of all contact, newest first."""
    (maria,) = await store.roster.by_phone(MARIA)
    entries = await store.consents.of(maria.id)
    return [entry.given for entry in entries if (entry.kind, entry.channel) == (ConsentKind.ALL_CONTACT, Channel.TEXT)]


@on_both
async def test_stop_is_on_record_at_once_and_somebody_hears_of_it(store: Store, clock: ManualClock) -> None:
    await store.texts_in.opted_out("SM1", MARIA)
    assert await opted_out(store) == [False]
    (task,) = [task for task in await store.desk.open() if task.kind is TaskKind.STOP_CALLING]
    assert (task.phone, task.call) == (MARIA, None)


@on_both
async def test_the_same_text_twice_is_one_text(store: Store, clock: ManualClock) -> None:
    """A START repeated by the network after a later STOP must not undo it."""
    before = len(await store.desk.open())
    await store.texts_in.opted_in("SM1", MARIA)
    await store.texts_in.opted_out("SM2", MARIA)
    await store.texts_in.opted_in("SM1", MARIA)
    await store.texts_in.opted_out("SM2", MARIA)
    assert await opted_out(store) == [False, True]
    assert len(await store.desk.open()) == before + 2


@on_both
async def test_a_stranger_who_stops_us_leaves_a_task_too(store: Store, clock: ManualClock) -> None:
    await store.texts_in.opted_out("SM1", STRANGER)
    assert await opted_out(store) == []
    assert STRANGER in [task.phone for task in await store.desk.open()]


@on_both
async def test_other_words_are_left_for_the_front_desk(store: Store, clock: ManualClock) -> None:
    await store.texts_in.left("SM1", MARIA, "Can I come at three?")
    (task,) = [task for task in await store.desk.open() if "Can I come at three?" in task.words]
    assert task.kind is TaskKind.MESSAGE
    assert await store.audit.verify() is None
