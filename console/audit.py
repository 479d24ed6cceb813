"""Who did what: the audit chain, newest first, and whether it still holds together."""

from starlette.responses import Response

from console.errors import BadForm
from console.guard import Asked
from console.pages import Pages
from console.rooms import ConsoleRooms

PAGE = 100


class AuditPages:
    """The audit page."""

    def __init__(self, rooms: ConsoleRooms, pages: Pages) -> None:
        self._rooms = rooms
        self._pages = pages

    async def trail(self, asked: Asked) -> Response:
        """GET /audit"""
        before = asked.query.get("before", "")
        if before and not (before.isascii() and before.isdigit() and len(before) < 16):
            raise BadForm
        found = await self._rooms.audit.entries(limit=PAGE + 1, before=int(before) if before else None)
        entries = found[:PAGE]
        values = {
            "entries": entries,
            "older": entries[-1].seq if len(found) > PAGE else None,
            "newest_shown": not before,
            "broken_at": await self._rooms.audit.verify(),
            "doers": {f"staff:{staff.id}": staff.name for staff in await self._rooms.staff.everyone()},
        }
        return await self._pages.page(asked, "audit.html", values)
