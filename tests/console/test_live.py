"""The event stream behind live pages."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from starlette.requests import Request

from console import live
from console.guard import Asked
from console.live import changes
from security.staff import Role
from tests.console.house import NOW, House, lived_in, summary
from voice.dialog.journal import Progress


@dataclass
class Watching:
    """Somebody looking at a part that is drawn from the number of calls."""

    house: House
    draws: int = 0
    looks: int = 0
    stop_after: int = 3
    between: Callable[[], None] = lambda: None
    events: list[str] = field(default_factory=list)

    def draining(self) -> bool:
        self.looks += 1
        return self.looks > self.stop_after

    async def draw(self) -> str:
        self.draws += 1
        return f"mark {await self.house.calls.mark()}\nsecond line"

    async def watch(self) -> list[str]:
        self.house.draining = self.draining
        staff = await self.house.staff.by_username(Role.FRONT_DESK)
        assert staff is not None
        session = await self.house.staff.open_session(staff.id, NOW + timedelta(hours=1))
        asked = Asked(request=Request({"type": "http"}), session=session, csrf="", form={})
        async for event in changes(self.house.rooms(), asked, self.draw):
            self.events.append(event)
            self.between()
        return self.events


def run(watching: Awaitable[list[str]]) -> list[str]:
    async def within() -> list[str]:
        async with asyncio.timeout(5):
            return await watching

    return asyncio.run(within())


def test_the_part_is_sent_once_and_then_only_when_a_call_changes() -> None:
    watching = Watching(lived_in(House()))
    assert run(watching.watch()) == ["event: part\ndata: mark 3\ndata: second line\n\n"]
    assert watching.draws == 1


def test_a_change_is_sent() -> None:
    watching = Watching(lived_in(House()))
    house = watching.house
    watching.between = lambda: (
        house.calls.begin(summary("new", ago=timedelta(0), progress=Progress())) if watching.draws == 1 else None
    )
    assert [event.splitlines()[1] for event in run(watching.watch())] == ["data: mark 3", "data: mark 4"]


def test_a_part_that_looks_the_same_is_not_sent_again() -> None:
    watching = Watching(lived_in(House()), stop_after=live.BEATS + 2)
    assert run(watching.watch())[1:] == [": still here\n\n"]


def test_the_stream_ends_with_the_session() -> None:
    watching = Watching(lived_in(House()), stop_after=live.BEATS + 5)
    watching.between = lambda: watching.house.clock.forward(timedelta(hours=2))
    assert run(watching.watch())[-1] == "event: signed-out\ndata: \n\n"
    assert watching.looks == live.BEATS + 1


def test_the_stream_lets_the_server_stop() -> None:
    watching = Watching(lived_in(House()), stop_after=0)
    assert run(watching.watch()) == []
