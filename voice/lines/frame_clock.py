"""A call's own time: the frames that have come in. A test can run a minute of it in a millisecond."""

import asyncio
import heapq
import itertools


class FrameClock:
    """Counts frames and wakes whoever waits for one."""

    def __init__(self) -> None:
        self._now = 0
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    @property
    def now(self) -> int:
        """Frames so far."""
        return self._now

    def tick(self) -> None:
        """One more frame has come in."""
        self._now += 1
        while self._waiting and self._waiting[0][0] <= self._now:
            _, _, woken = heapq.heappop(self._waiting)
            if not woken.done():
                woken.set_result(None)

    async def until(self, frame: int) -> None:
        """Wait for this frame; at once when it has passed."""
        if frame <= self._now:
            return
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (frame, next(self._order), waiting))
        await waiting
