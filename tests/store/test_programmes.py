"""How far a patient is in a programme."""

from datetime import timedelta

import pytest

from care.progress import DoneEpisode
from clinic.time import ManualClock
from store.demo_clinic import DOROTHY, MARIA
from store.errors import NoSuchRecord
from store.opened import Store
from tests.house import NOW
from tests.store.calls import ring, step
from tests.store.on_both import on_both


@on_both
async def test_the_demo_programme_is_under_way(store: Store, clock: ManualClock) -> None:
    enrolment = await store.progress.enrolment(MARIA.id)
    assert enrolment is not None
    assert (enrolment.programme, enrolment.version) == ("steady", "1")
    assert enrolment.done == (
        DoneEpisode(episode="notice-1", at=NOW - timedelta(days=6), said="breathing before bed helped a little"),
    )
    assert await store.progress.enrolment(DOROTHY.id) is None


@on_both
async def test_episodes_are_kept_in_the_order_they_were_done(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    async with step(store, call, 1) as work:
        await store.progress.finish_episode(work, MARIA.id, "notice-2", "the walk was nice")
    async with step(store, call, 2) as work:
        # Done again: it keeps its place, and the newest words count.
        enrolment = await store.progress.finish_episode(work, MARIA.id, "notice-1", None)
    assert [(d.episode, d.said) for d in enrolment.done] == [("notice-1", None), ("notice-2", "the walk was nice")]
    assert await store.progress.enrolment(MARIA.id) == enrolment


@on_both
async def test_nobody_finishes_an_episode_without_a_programme(store: Store, clock: ManualClock) -> None:
    call = await ring(store)
    async with step(store, call) as work:
        with pytest.raises(NoSuchRecord):
            await store.progress.finish_episode(work, DOROTHY.id, "notice-1", None)
