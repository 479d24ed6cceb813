"""The table of every address of the console and what it needs: the one place to add a page."""

from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from console.audit import AuditPages
from console.calls import CallPages
from console.cookies import Cookies
from console.diary import DiaryPageSet
from console.guard import Asked, Guard, Open, Place
from console.headers import harden
from console.pages import Pages
from console.phone import PhonePages
from console.rooms import ConsoleRooms
from console.signing import SigningPages
from console.static_files import StaticFiles
from console.tasks import TaskPages
from security.roles import Permission

LARGEST_FORM = 64 * 1024


class Console:
    """The console, put together: its places, and the door they share."""

    def __init__(self, rooms: ConsoleRooms) -> None:
        self.https = rooms.public_url.startswith("https:")
        cookies = Cookies(secure=self.https)
        self.static = StaticFiles.read()
        self.pages = Pages(rooms, self.static)
        self.guard = Guard(rooms.staff, cookies, self.pages.problem)
        self.places = _places(rooms, self.pages, SigningPages(rooms.sign_in, cookies, self.pages), self.static)

    async def answer(self, request: Request, place: Place) -> Response:
        """What a browser gets at this place."""
        return harden(await self.guard.admit(request, place), https=self.https)


def console_router(rooms: ConsoleRooms) -> APIRouter:
    """Every page of the console; `add_error_pages` gives the rest of the application its error pages."""
    console = Console(rooms)
    router = APIRouter(include_in_schema=False, max_body_size=LARGEST_FORM)
    for place in console.places:
        router.add_api_route(place.path, _endpoint(console, place), methods=[place.method], response_model=None)
    return router


def _endpoint(console: Console, place: Place) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await console.answer(request, place)

    return endpoint


def _places(rooms: ConsoleRooms, pages: Pages, signing: SigningPages, static: StaticFiles) -> Sequence[Place]:
    calls, tasks = CallPages(rooms, pages), TaskPages(rooms, pages)
    diary, audit, phone = DiaryPageSet(rooms, pages), AuditPages(rooms, pages), PhonePages(rooms, pages)

    async def own_file(asked: Asked) -> Response:
        return static.answer(asked.path("version"), asked.path("name"))

    may = Permission
    return (
        Place("GET", "/static/{version}/{name:path}", own_file, Open.TO_ALL),
        Place("GET", "/sign-in", signing.show, Open.TO_ALL),
        Place("POST", "/sign-in", signing.sign_in, Open.TO_ALL),
        Place("POST", "/sign-out", signing.sign_out, Open.TO_STAFF),
        Place("GET", "/", calls.front, Open.TO_STAFF),
        Place("GET", "/calls", calls.log, may.SEE_LOG),
        Place("GET", "/calls/live", calls.log_live, may.SEE_LOG),
        Place("GET", "/calls/{id}", calls.call, may.READ_CALLS),
        Place("GET", "/calls/{id}/live", calls.call_live, may.READ_CALLS),
        Place("GET", "/tasks", tasks.board, may.WORK_TASKS),
        Place("GET", "/tasks/live", tasks.board_live, may.WORK_TASKS),
        Place("POST", "/tasks/{id}/done", tasks.finish, may.WORK_TASKS),
        Place("POST", "/tasks/{id}/undo", tasks.reopen, may.WORK_TASKS),
        Place("GET", "/diary", diary.day, may.RUN_DIARY),
        Place("GET", "/audit", audit.trail, may.READ_AUDIT),
        Place("GET", "/phone", phone.show, may.USE_PHONE),
        Place("POST", "/phone/ticket", phone.ticket, may.USE_PHONE),
    )
