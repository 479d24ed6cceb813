"""Live pages: a part of a page sent again whenever a call has changed, as server-sent events.

Works without JavaScript too: the page then shows what there was when it was loaded.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.responses import StreamingResponse

from console.guard import Asked
from console.rooms import ConsoleRooms

BEATS = 15
"""Looks without a change after which the part is drawn anyway, as tasks and sessions change without a call."""

Draw = Callable[[], Awaitable[str]]


def live(rooms: ConsoleRooms, asked: Asked, draw: Draw) -> StreamingResponse:
    """The event stream of one part of a page, until the session or the server ends."""
    headers = {"x-accel-buffering": "no"}
    return StreamingResponse(changes(rooms, asked, draw), media_type="text/event-stream", headers=headers)


async def changes(rooms: ConsoleRooms, asked: Asked, draw: Draw) -> AsyncIterator[str]:
    """One event for each time that the part looks different."""
    shown, mark, beats = "", "", 0
    while not rooms.draining():
        seen, beats = await rooms.calls.mark(), beats + 1
        if seen != mark or beats >= BEATS:
            if not await _signed_in(rooms, asked):
                yield _event("signed-out", "")
                return
            mark, beats, part = seen, 0, await draw()
            yield ": still here\n\n" if part == shown else _event("part", part)
            shown = part
        await asyncio.sleep(rooms.look_every_s)


async def _signed_in(rooms: ConsoleRooms, asked: Asked) -> bool:
    return asked.session is not None and await rooms.staff.session(asked.session.token) is not None


def _event(name: str, data: str) -> str:
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {name}\n{lines}\n"
