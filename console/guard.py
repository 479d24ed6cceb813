"""Who may come in: every page passes this door, which checks the session, the role and the form.

Pages are listed in `console.places`, each with what it needs; there is no other way to add one.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from clinic.errors import NotFound
from console.cookies import Cookies
from console.errors import ConsoleError, FormExpired, NotAllowed, NothingHere, SignInNeeded
from security.csrf import same
from security.roles import Permission, may
from security.staff import Session, Staff, StaffBook


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page is asked: the request, by whom, and the checked form."""

    request: Request
    session: Session | None
    csrf: str
    """What forms on this page must carry."""
    form: Mapping[str, str]

    @property
    def staff(self) -> Staff:
        """Who is signed in; pages with a permission always have somebody."""
        if self.session is None:
            raise SignInNeeded
        return self.session.staff

    def may(self, permission: Permission) -> bool:
        return self.session is not None and may(self.session.staff.role, permission)

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    def path(self, name: str) -> str:
        """A part of the address: the id in /calls/{id}. No id of ours holds what cannot be printed."""
        part = str(self.request.path_params[name])
        if not part.isprintable():
            raise NothingHere
        return part


class Open(StrEnum):
    """Places that need no permission."""

    TO_ALL = "to all"
    TO_STAFF = "to staff"


Answer = Callable[[Asked], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Place:
    """One address of the console."""

    method: Literal["GET", "POST"]
    path: str
    answer: Answer
    needs: Permission | Open


class Guard:
    """Lets requests through to places, or says why not."""

    def __init__(self, staff: StaffBook, cookies: Cookies, refuse: Callable[[Asked, ConsoleError], Response]) -> None:
        self._staff = staff
        self._cookies = cookies
        self._refuse = refuse

    async def admit(self, request: Request, place: Place) -> Response:
        """The place's answer, or the page that says why there is none."""
        asked = await self.who(request)
        try:
            self._check_role(asked, place)
            if place.method == "POST":
                asked = await self._checked_form(asked)
            return await place.answer(asked)
        except SignInNeeded:
            return self._to_sign_in(request)
        except NotFound:
            return self._refuse(asked, NothingHere())
        except ConsoleError as error:
            return self._refuse(asked, error)

    async def who(self, request: Request) -> Asked:
        """The request with the session behind its cookie, if there is one."""
        token = self._cookies.session_of(request)
        session = await self._staff.session(token) if token else None
        csrf = session.csrf if session else self._cookies.visitor_of(request)
        return Asked(request=request, session=session, csrf=csrf, form={})

    @staticmethod
    def _check_role(asked: Asked, place: Place) -> None:
        if place.needs is Open.TO_ALL:
            return
        if asked.session is None:
            raise SignInNeeded
        if isinstance(place.needs, Permission) and not asked.may(place.needs):
            raise NotAllowed

    @staticmethod
    async def _checked_form(asked: Asked) -> Asked:
        fields = await asked.request.form(max_files=0, max_fields=20)
        form = {name: value for name, value in fields.items() if isinstance(value, str)}
        if not same(form.get("csrf", ""), asked.csrf):
            raise FormExpired
        return Asked(request=asked.request, session=asked.session, csrf=asked.csrf, form=form)

    @staticmethod
    def _to_sign_in(request: Request) -> Response:
        if request.method != "GET" or "text/event-stream" in request.headers.get("accept", ""):
            return Response(status_code=401)
        came_for = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(came_for, safe='')}", status_code=303)
