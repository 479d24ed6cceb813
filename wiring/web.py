"""The web application of one process: the lines, the console, and what operators watch."""

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse

from clinic.errors import ClinicError
from console import ConsoleRooms, add_error_pages, console_router
from security.passwords import Passwords
from security.sign_in import SignIn
from wiring.house import House
from wiring.lines import Lines
from wiring.speech import Ears


def make_app(house: House, ears: Ears, lines: Lines) -> FastAPI:
    """Every address of the contract (design, section 11)."""
    app = FastAPI(title="Throughline", docs_url=None, redoc_url=None, openapi_url=None)
    for router in lines.routers:
        app.include_router(router)
    _add_watch(app, house, ears, lines)
    rooms = _rooms(house, lines)
    app.include_router(console_router(rooms))
    add_error_pages(app, rooms)
    return app


def _rooms(house: House, lines: Lines) -> ConsoleRooms:
    store, clock = house.store, house.clock
    return ConsoleRooms(
        facts=house.content.facts,
        public_url=house.settings.public_url,
        clock=clock,
        staff=store.staff,
        sign_in=SignIn(store.staff, store.audit, Passwords(), clock),
        audit=store.audit,
        calls=store.calls,
        tasks=store.desk,
        diary=store.diary,
        visits=store.diary,
        patients=store.roster,
        tickets=lines.tickets,
        draining=lambda: lines.draining,
    )


def _add_watch(app: FastAPI, house: House, ears: Ears, lines: Lines) -> None:
    house.metrics.watch("live_calls", "Calls on streaming lines now.", lambda: lines.open)
    house.metrics.watch(
        "calls_in_memory", "Calls in progress that this process holds.", lambda: house.sessions.in_progress
    )

    @app.get("/healthz")
    async def healthz() -> JSONResponse:
        """The process answers."""
        return JSONResponse({"status": "ok"})

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        """Calls can be taken: the database answers. Says which engines serve."""
        try:
            await house.store.health()
        except ClinicError as error:
            return JSONResponse({"status": "not ready", "code": error.code}, status_code=503)
        return JSONResponse({"status": "ready", "engines": ears.engines, "streams": lines.streams.ready()})

    @app.get("/metrics")
    async def metrics() -> Response:
        """For Prometheus."""
        return Response(house.metrics.page(), media_type="text/plain; version=0.0.4; charset=utf-8")
