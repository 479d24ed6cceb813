"""A carrier with a REST address of its own: keeps messages and calls, refuses, is busy, and loses answers."""

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

ACCOUNT = "AC" + "0" * 32
TOKEN = "12345"
API_URL = "https://api.carrier.example"


@dataclass
class FakeCarrier:
    """One account."""

    now: datetime = datetime(2026, 11, 23, 20, tzinfo=UTC)
    messages: list[dict[str, str]] = field(default_factory=list)
    calls: dict[str, dict[str, str]] = field(default_factory=dict)
    opted_out: set[str] = field(default_factory=set)
    busy: int = 0
    """How many requests are answered with 429."""
    broken: int = 0
    """How many requests are answered with 500."""

    def app(self) -> FastAPI:
        """The address of the account."""
        app, base = FastAPI(), f"/2010-04-01/Accounts/{ACCOUNT}"
        app.add_api_route(base + "/Messages.json", self._send, methods=["POST"])
        app.add_api_route(base + "/Messages.json", self._list, methods=["GET"])
        app.add_api_route(base + "/Calls/{sid}.json", self._redirect, methods=["POST"])
        app.add_api_route(base + "/Calls/{sid}.json", self._call, methods=["GET"])
        return app

    async def _send(self, request: Request) -> JSONResponse:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        refused = self._refused(request)
        if refused:
            return refused
        if form["To"] in self.opted_out:
            return _error(400, 21610)
        message = {
            "sid": f"SM{len(self.messages)}",
            "to": form["To"],
            "from": form["From"],
            "body": form["Body"],
            "status": "queued",
            "date_created": format_datetime(self.now),
            "callback": form["StatusCallback"],
        }
        self.messages.insert(0, message)
        return JSONResponse(message, 201)

    async def _list(self, request: Request) -> JSONResponse:
        wanted = request.query_params
        found = [m for m in self.messages if (m["to"], m["from"]) == (wanted["To"], wanted["From"])]
        return self._refused(request) or JSONResponse({"messages": found[: int(wanted["PageSize"])]})

    async def _call(self, sid: str, request: Request) -> JSONResponse:
        if sid not in self.calls:
            return _error(404, 20404)
        return self._refused(request) or JSONResponse(self.calls[sid])

    async def _redirect(self, sid: str, request: Request) -> JSONResponse:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if sid not in self.calls or self.calls[sid]["status"] != "in-progress":
            return _error(400, 21220)
        self.calls[sid] |= {"redirected": form.get("Url") or form["Twiml"]}
        return self._refused(request) or JSONResponse(self.calls[sid])

    def _refused(self, request: Request) -> JSONResponse | None:
        credentials = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {credentials}":
            return _error(401, 20003)
        if self.busy:
            self.busy -= 1
            return _error(429, 20429)
        if self.broken:
            self.broken -= 1
            return _error(500, 20500)
        return None


@dataclass
class Network(httpx.AsyncBaseTransport):
    """The way to the carrier. It can be down, or lose answers on the way back."""

    carrier: FakeCarrier
    down: bool = False
    losing: int = 0
    """How many answers are lost."""

    def __post_init__(self) -> None:
        self._there = httpx.ASGITransport(app=self.carrier.app())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("down", request=request)
        response = await self._there.handle_async_request(request)
        if self.losing:
            self.losing -= 1
            raise httpx.ReadTimeout("lost", request=request)
        return response


def _error(status: int, code: int) -> JSONResponse:
    return JSONResponse({"code": code, "message": "no", "status": status}, status)
