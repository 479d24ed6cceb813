"""A browser without a screen: keeps cookies, follows nothing, sends forms with the token of the last page."""

import asyncio
import re
from collections.abc import Mapping

import httpx
from fastapi import FastAPI

from console import add_error_pages, console_router
from security.staff import Role
from tests.console.house import PASSWORD, House


def app_of(house: House) -> FastAPI:
    """The console alone, as server.py would put it in."""
    app = FastAPI(openapi_url=None)
    rooms = house.rooms()
    app.include_router(console_router(rooms))
    add_error_pages(app, rooms)
    return app


class Browser:
    """One member of staff's browser."""

    def __init__(self, house: House, *, app: FastAPI | None = None) -> None:
        self._app = app or app_of(house)
        self._base = house.public_url
        self.cookies = httpx.Cookies()
        self.csrf = ""

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self._send("GET", path, headers=headers)

    def post(self, path: str, form: Mapping[str, str] | None = None, *, csrf: str | None = None) -> httpx.Response:
        token = self.csrf if csrf is None else csrf
        return self._send("POST", path, form={"csrf": token, **(form or {})})

    def sign_in(self, role: Role, password: str = PASSWORD, **more: str) -> httpx.Response:
        self.get("/sign-in")
        answer = self.post("/sign-in", {"username": role.value, "password": password, **more})
        if answer.status_code == 303:
            self.get("/")
            self.get(self.get("/").headers["location"])
        return answer

    def _send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        answer = asyncio.run(self._exchange(method, path, {"accept": "text/html", **(headers or {})}, form))
        if found := re.search(r'name="csrf" value="([^"]+)"', answer.text):
            self.csrf = found[1]
        return answer

    async def _exchange(
        self, method: str, path: str, headers: Mapping[str, str], form: Mapping[str, str] | None
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=self._base, cookies=self.cookies) as client:
            answer = await client.request(method, path, headers=dict(headers), data=dict(form) if form else None)
            self.cookies = client.cookies
            return answer


def signed_in(house: House, role: Role = Role.FRONT_DESK) -> Browser:
    """A browser in which somebody of this role is signed in."""
    browser = Browser(house)
    assert browser.sign_in(role).status_code == 303
    return browser
