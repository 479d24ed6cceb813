"""Error pages for browsers, wherever in the application the error arose; other programs get plain answers."""

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from console.errors import BadForm, ConsoleError, NothingHere
from console.guard import Asked
from console.headers import harden
from console.places import Console
from console.rooms import ConsoleRooms

PAGES: dict[int, type[ConsoleError]] = {400: BadForm, 404: NothingHere}


def add_error_pages(app: FastAPI, rooms: ConsoleRooms) -> None:
    """Give the application pages for what it refuses (404 and others) and for what broke (500)."""
    console = Console(rooms)

    async def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        page = PAGES.get(status)
        if page is None or not _is_browser(request):
            allowed = error.headers if isinstance(error, HTTPException) else None
            return PlainTextResponse(f"{status}\n", status_code=status, headers=allowed)
        asked = await console.guard.who(request)
        return harden(console.pages.problem(asked, page()), https=console.https)

    async def broke(request: Request, _error: Exception) -> Response:
        if not _is_browser(request):
            return PlainTextResponse("500\n", status_code=500)
        # Nothing is read here, as what broke may be the database; so nobody is known to be signed in.
        nobody = Asked(request=request, session=None, csrf="", form={})
        return harden(console.pages.problem(nobody, ConsoleError()), https=console.https)

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(Exception, broke)


def _is_browser(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
