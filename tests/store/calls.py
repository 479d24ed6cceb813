"""Calls for the store's tests: rung, stepped and ended without any dialog."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from clinic.people import CallId, Phone
from store.opened import Store
from tests.house import NOW
from voice.dialog.journal import CallOutcome, JournalStep, Progress, Row, Started, Stepped
from voice.dialog.turn import Arrival, LineKind

CALLER = Phone("+12065550142")


def arrival(ref: str, caller: Phone | None = CALLER) -> Arrival:
    """A call as a line reports it."""
    return Arrival(line=LineKind.SCRIPTED, carrier_ref=ref, caller=caller)


def first_row(at: datetime = NOW) -> Row:
    """Row 0 of any call."""
    started = Started(flow="reception", source_hash="abc", line=LineKind.SCRIPTED, caller=CALLER, language="en")
    return Row(seq=0, at=at, entry=started)


async def ring(store: Store, name: str = "call-1", at: datetime = NOW) -> CallId:
    """Begin a call."""
    return await store.journal.open(CallId(name), arrival(f"ref-{name}"), first_row(at), Progress())


@asynccontextmanager
async def step(store: Store, call: CallId, seq: int = 1, at: datetime = NOW) -> AsyncIterator[JournalStep]:
    """One step of a call, recorded when its work is done."""
    async with store.journal.step(call, seq, at) as work:
        yield work
        await work.record(Stepped(name="test", effect="do", result="{}"), Progress(outcome=CallOutcome.HELPED))
