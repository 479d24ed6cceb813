"""The console over the real store: what the fakes promise holds there too."""

import asyncio
import re

import httpx
from fastapi import FastAPI

from clinic.desk import TaskKind, Urgency
from clinic.people import CallId
from clinic.time import ManualClock
from console import ConsoleRooms, add_error_pages, console_router
from security.sign_in import SignIn
from store.demo_clinic import FACTS
from store.opened import Store
from tests.console.fakes import FakeTickets
from tests.house import DEMO_PASSWORD, NOW, PASSWORDS, demo_store
from tests.store.calls import CALLER, ring, step

BASE = "http://testserver"


def rooms_of(store: Store, clock: ManualClock) -> ConsoleRooms:
    return ConsoleRooms(
        facts=FACTS,
        public_url=BASE,
        clock=clock,
        staff=store.staff,
        sign_in=SignIn(store.staff, store.audit, PASSWORDS, clock),
        audit=store.audit,
        calls=store.calls,
        tasks=store.desk,
        diary=store.diary,
        visits=store.diary,
        patients=store.roster,
        tickets=FakeTickets(),
    )


async def sign_in(client: httpx.AsyncClient, username: str) -> None:
    answer = await client.post(
        "/sign-in",
        data={"csrf": token(await client.get("/sign-in")), "username": username, "password": DEMO_PASSWORD},
    )
    assert answer.status_code == 303


def token(answer: httpx.Response) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', answer.text)
    assert found
    return found[1]


async def leave_task(store: Store, call: CallId) -> str:
    async with step(store, call) as work:
        task = await store.desk.leave(work, TaskKind.CALLBACK, Urgency.TODAY, "Call me <b>back</b>", None, CALLER)
    return task.id


def test_a_day_at_the_front_desk() -> None:
    async def day() -> None:
        clock = ManualClock(NOW)
        async with demo_store(clock) as store:
            app, rooms = FastAPI(), rooms_of(store, clock)
            app.include_router(console_router(rooms))
            add_error_pages(app, rooms)
            call = await ring(store)
            task = await leave_task(store, call)
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                await sign_in(client, "frontdesk")
                await work_through(client, call, task)
            async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
                await sign_in(client, "auditor")
                await look_over(client, call)

    asyncio.run(day())


async def work_through(client: httpx.AsyncClient, call: CallId, task: str) -> None:
    log = (await client.get("/calls?follow_up=yes")).text
    assert f'id="call-{call}"' in log
    assert "(206) 555-0142" in log

    page = await client.get(f"/calls/{call}")
    assert "The call came in over the scripted call." in page.text
    assert "Call me &lt;b&gt;back&lt;/b&gt;" in page.text

    done = await client.post(f"/tasks/{task}/done", data={"csrf": token(page)})
    assert "Nothing to follow up" in (await client.get(done.headers["location"])).text
    assert f'id="call-{call}"' not in (await client.get("/calls?follow_up=yes")).text
    assert (await client.post("/tasks/none/done", data={"csrf": token(page)})).status_code == 404

    assert "Dr. Anita Patel" in (await client.get("/diary")).text
    assert "Maria Lopez, (206) 555-0142" in (await client.get("/phone")).text


async def look_over(client: httpx.AsyncClient, call: CallId) -> None:
    trail = (await client.get("/audit")).text
    assert "Chain verified" in trail
    for tag in ("call:journal:read", "task:item:finished", "staff:session:opened"):
        assert tag in trail
    assert "number ending 0142" in (await client.get("/calls")).text
    assert (await client.get(f"/calls/{call}")).status_code == 403
