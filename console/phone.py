"""The browser telephone's page, and the ticket with which it opens the line's socket."""

from starlette.responses import JSONResponse, Response

from console.guard import Asked
from console.pages import Pages
from console.rooms import ConsoleRooms
from security.roles import Permission

OFFERED = 20
"""Patients whose number one can phone as."""


class PhonePages:
    """The telephone page."""

    def __init__(self, rooms: ConsoleRooms, pages: Pages) -> None:
        self._rooms = rooms
        self._pages = pages

    async def show(self, asked: Asked) -> Response:
        """GET /phone; only those who may read calls see whose numbers there are."""
        named = asked.may(Permission.READ_CALLS)
        patients = await self._rooms.patients.listed(OFFERED) if named else ()
        return await self._pages.page(asked, "phone.html", {"patients": patients})

    async def ticket(self, asked: Asked) -> Response:
        """POST /phone/ticket"""
        return JSONResponse({"ticket": self._rooms.tickets.issue(f"staff:{asked.staff.id}")})
