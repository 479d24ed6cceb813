"""Are the recognisers overloaded? Asked before a call is put on a streaming line rather than on the webhook line."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_SMOOTHING = 0.3
_FORGET_S = 10.0


class Load:
    """How long speech waits for a recogniser, smoothed, and how many wait now."""

    def __init__(
        self, workers: int, *, longest_wait_s: float = 0.75, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._workers = workers
        self._longest_wait_s = longest_wait_s
        self._clock = clock
        self._waiting = 0
        self._wait_s = 0.0
        self._measured_at = clock()

    @contextmanager
    def queueing(self) -> Iterator[None]:
        """Around the wait for a free recogniser."""
        began = self._clock()
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1
            self._measured_at = self._clock()
            self._wait_s += _SMOOTHING * (self._measured_at - began - self._wait_s)

    @property
    def waiting(self) -> int:
        """Utterances waiting for a recogniser now."""
        return self._waiting

    @property
    def overloaded(self) -> bool:
        """True when another talking call would make everyone wait. Old measurements are forgotten."""
        if self._waiting > 2 * self._workers:
            return True
        recent = self._clock() - self._measured_at < _FORGET_S
        return recent and self._wait_s > self._longest_wait_s
