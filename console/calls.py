"""The call log, and one call turn by turn. Both grow while a call goes on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import RedirectResponse, Response

from clinic.people import CallId, StaffId
from console.call_filter import PAGE, CallFilter
from console.guard import Asked
from console.live import live
from console.pages import TABS, Pages
from console.rooms import ConsoleRooms
from console.transcript import Tone, conversation
from console.words import LINES, length, masked, number, reason
from security.roles import Permission
from security.tags import Tag
from voice.dialog.journal import CallOutcome, CallSummary

TONES: dict[CallOutcome, Tone] = {
    CallOutcome.CRISIS: "bad",
    CallOutcome.FAILED: "bad",
    CallOutcome.NOT_HELPED: "warn",
    CallOutcome.HUNG_UP: "warn",
    CallOutcome.CALLBACK: "warn",
    CallOutcome.MESSAGE_LEFT: "warn",
    CallOutcome.REQUESTED: "warn",
    CallOutcome.IN_PROGRESS: "plain",
}
"""The rest went well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """One call as a line of the log."""

    id: CallId
    started: datetime
    caller: str
    detail: str
    """The number, where the name is shown and may be."""
    reason: str
    outcome: str
    tone: Tone
    length: str
    turns: int
    failures: int
    over: str
    going_on: bool
    follow_up: bool


def call_line(call: CallSummary, *, named: bool, follow_up: bool) -> CallLine:
    """`named`: whether the reader may know who called."""
    progress, phone = call.progress, call.caller
    who = call.patient_name if named else "A patient" if call.patient_name else None
    shown = "" if phone is None else number(phone) if named else masked(phone)
    going_on = progress.outcome is CallOutcome.IN_PROGRESS and progress.ended is None
    return CallLine(
        id=call.call,
        started=call.started,
        caller=who or shown or "Number withheld",
        detail=shown if who else "",
        reason=reason(progress.reason),
        outcome=progress.outcome.value,
        tone=TONES.get(progress.outcome, "good"),
        length=length(call.started, progress.ended) if progress.ended else "",
        turns=progress.turns,
        failures=progress.failures,
        over=LINES[progress.line],
        going_on=going_on,
        follow_up=follow_up,
    )


class CallPages:
    """The pages about calls."""

    def __init__(self, rooms: ConsoleRooms, pages: Pages) -> None:
        self._rooms = rooms
        self._pages = pages

    async def front(self, asked: Asked) -> Response:
        """GET / leads to the first page this role may see."""
        return RedirectResponse(next(tab.path for tab in TABS if asked.may(tab.needs)), status_code=303)

    async def log(self, asked: Asked) -> Response:
        """GET /calls"""
        wanted = CallFilter.read(asked.query)
        values = {"wanted": wanted, "outcomes": list(CallOutcome), **await self._lines(asked, wanted)}
        return await self._pages.page(asked, "calls.html", values)

    async def log_live(self, asked: Asked) -> Response:
        """GET /calls/live"""
        wanted = CallFilter.read(asked.query)

        async def draw() -> str:
            values = {"wanted": wanted, **await self._lines(asked, wanted)}
            return self._pages.fragment(asked, "parts/log.html", values)

        return live(self._rooms, asked, draw)

    async def call(self, asked: Asked) -> Response:
        """GET /calls/{id}; reading a conversation is itself on record."""
        values = await self._conversation(asked)
        await self._rooms.audit.note(f"staff:{asked.staff.id}", Tag.CALL_READ, asked.path("id"))
        return await self._pages.page(asked, "call.html", values)

    async def call_live(self, asked: Asked) -> Response:
        """GET /calls/{id}/live"""

        async def draw() -> str:
            return self._pages.fragment(asked, "parts/call.html", await self._conversation(asked))

        await self._rooms.calls.record(CallId(asked.path("id")))  # none: 404 now, not a broken stream later
        await self._rooms.audit.note(f"staff:{asked.staff.id}", Tag.CALL_READ, asked.path("id"))
        return live(self._rooms, asked, draw)

    async def _lines(self, asked: Asked, wanted: CallFilter) -> Mapping[str, object]:
        found = await self._rooms.calls.search(wanted.search(self._pages.time.zone))
        due = await self._follow_ups()
        named = asked.may(Permission.READ_CALLS)
        lines = [call_line(call, named=named, follow_up=call.call in due) for call in found[:PAGE]]
        older = wanted.older(lines[-1].started) if len(found) > PAGE else ""
        return {"lines": lines, "older": older}

    async def _follow_ups(self) -> Collection[CallId]:
        return {task.call for task in await self._rooms.tasks.open() if task.call}

    async def _conversation(self, asked: Asked) -> Mapping[str, object]:
        call = CallId(asked.path("id"))
        record = await self._rooms.calls.record(call)
        tasks = await self._rooms.tasks.of_call(call)
        open_tasks = any(task.done is None for task in tasks)
        return {
            "line": call_line(record.summary, named=True, follow_up=open_tasks),
            "readable": record.readable,
            "items": conversation(record, self._pages.time),
            "tasks": tasks,
            "doers": await self._doers(),
            "may_work": asked.may(Permission.WORK_TASKS),
        }

    async def _doers(self) -> Mapping[StaffId, str]:
        """Names of staff, for who ticked what off."""
        return {staff.id: staff.name for staff in await self._rooms.staff.everyone()}
