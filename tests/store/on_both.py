"""Turns an async test that takes a store into a plain one that pytest runs on both databases."""

import asyncio
from collections.abc import Awaitable, Callable

from clinic.time import ManualClock
from store.opened import Store
from tests.store.conftest import House

Scenario = Callable[[Store, ManualClock], Awaitable[None]]


def on_both(scenario: Scenario) -> Callable[[House], None]:
    """The scenario is given a fresh demo store and its clock."""

    def test(house: House) -> None:
        async def run() -> None:
            async with house.open() as store:
                await scenario(store, house.clock)

        asyncio.run(run())

    # Not functools.wraps: pytest would then ask for the scenario's own arguments.
    test.__name__ = test.__qualname__ = scenario.__name__
    test.__doc__ = scenario.__doc__
    return test
