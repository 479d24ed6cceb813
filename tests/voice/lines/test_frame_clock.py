"""Waiting in the call's own time."""

import asyncio

from tests.voice.lines.telephone import settle
from voice.lines.frame_clock import FrameClock


def test_sleepers_wake_in_order_and_what_has_passed_does_not_wait() -> None:
    async def run() -> None:
        clock, woken = FrameClock(), list[int]()

        async def sleep(frame: int) -> None:
            await clock.until(frame)
            woken.append(frame)

        async with asyncio.TaskGroup() as tasks:
            for frame in (5, 2, 3, 2):
                tasks.create_task(sleep(frame))
            gone = tasks.create_task(sleep(4))
            await settle()
            gone.cancel()
            for _ in range(6):
                clock.tick()
                await settle()
        assert woken == [2, 2, 3, 5]
        assert clock.now == 6
        await clock.until(6)

    asyncio.run(run())
