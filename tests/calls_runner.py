"""Runs the scripted calls of tests/calls: real flows, real understanding, real database, typed callers.

A script is a transcript that a clinician can read. Its first lines say who calls; CALLER lines are the caller's,
everything else is what the line is expected to say and do. To write down what the line does now, for review:

    python -m tests.calls_runner tests/calls/booking.txt ...
"""

import asyncio
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from clinic.people import CallId, Phone
from store.opened import Store
from tests.clinic_house import House, open_house
from voice.dialog.turn import Arrival, HangUp, LineKind, Turn
from voice.lines.terminal import lines_of
from voice.lines.text import NotNow, event_of

FOLDER = Path(__file__).parent / "calls"
CALLER = "CALLER  "
START = datetime(2026, 11, 24, 9, 12)  # noqa: DTZ001 - a wall time of the clinic's zone
"""When the scripts begin, unless they say otherwise."""
_LATER = re.compile(r"\((\d+) minutes pass\)")


@dataclass(frozen=True)
class Script:
    """One scripted call."""

    title: str
    caller: Phone | None
    at: datetime
    says: tuple[str, ...]
    text: str


def read_script(path: Path) -> Script:
    """A script file: title, `From NUMBER on DATE TIME`, empty line, transcript, empty line, results."""
    text = path.read_text()
    title, head, *_ = text.splitlines()
    _, number, _, _, day, time = head.split()
    return Script(
        title=title,
        caller=None if number == "unknown" else Phone(number),
        at=datetime.fromisoformat(f"{day}T{time}"),
        says=tuple(line.removeprefix(CALLER) for line in text.splitlines() if line.startswith(CALLER)),
        text=text,
    )


async def perform(script: Script, *, fresh_process_each_turn: bool) -> str:
    """The script as it really goes, in the same form as its file."""
    async with open_house(script.at) as house:
        lines: list[str] = []
        turn = await play(script, house, lines, fresh_process_each_turn=fresh_process_each_turn)
        head = script.text.splitlines()[:2]
        return "\n".join([*head, "", *lines, "", *await _results(house.store, turn.call)]) + "\n"


async def play(script: Script, house: House, lines: list[str], *, fresh_process_each_turn: bool) -> Turn:
    """Let the caller of the script call, and write down what happens; the turn at which it ends."""
    sessions = house.sessions()
    turn = await sessions.ring(Arrival(line=LineKind.SCRIPTED, carrier_ref="scripted", caller=script.caller))
    lines += lines_of(turn)
    for typed in script.says:
        if isinstance(turn.then, HangUp):
            lines.append(f"(the call is over; the caller would have said: {typed})")
            break
        lines.append(f"{CALLER}{typed}")
        later = _LATER.fullmatch(typed)
        if later:
            house.clock.forward(timedelta(minutes=int(later[1])))
            continue
        try:
            event = event_of(typed, turn)
        except NotNow as error:
            lines.append(f"(cannot be: {error})")
            break
        sessions = house.sessions() if fresh_process_each_turn else sessions
        turn = await sessions.deliver(turn.call, event)
        lines += lines_of(turn)
    return turn


async def _results(store: Store, call: CallId) -> list[str]:
    progress = await store.journal.progress(call)
    patient = f", {progress.patient}" if progress.patient else ""
    results = [f"RESULT  {progress.reason or 'nothing'}: {progress.outcome}{patient}"]
    for task in await store.desk.of_call(call):
        results.append(f"TASK    {task.urgency} {task.kind}: {task.words}")
    for waiting in await store.outbox.waiting(10):
        message = await store.outbox.get(waiting)
        results.append(f"TEXT    to {message.to}: {message.body}")
    return results


def record(paths: Sequence[str]) -> None:
    """Write what the line does now into the scripts, to be reviewed as a diff."""
    for name in paths:
        path = Path(name)
        path.write_text(asyncio.run(perform(read_script(path), fresh_process_each_turn=False)))


if __name__ == "__main__":
    record(sys.argv[1:] or [str(path) for path in sorted(FOLDER.glob("*.txt"))])
