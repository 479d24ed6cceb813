"""Records journals of scripted calls, which every later release must replay or knowingly retire.

    python -m tests.journals_runner NAME...     writes tests/journals/NAME.VERSION.jsonl from tests/calls/NAME.txt

A recorded journal is never written again: what no longer replays is named, with the reason, in retired.txt.
"""

import asyncio
import sys
import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from clinic.people import CallId
from tests.calls_runner import FOLDER as CALLS
from tests.calls_runner import play, read_script
from tests.clinic_house import open_house
from voice.dialog.journal import Row

FOLDER = Path(__file__).parent / "journals"
ROW: TypeAdapter[Row] = TypeAdapter(Row)


def read_journal(path: Path) -> list[Row]:
    """The rows of a recorded call."""
    return [ROW.validate_json(line) for line in path.read_text().splitlines()]


def retired() -> dict[str, str]:
    """File names and why they no longer have to replay."""
    lines = (FOLDER / "retired.txt").read_text().splitlines()
    named = [line.partition(": ") for line in lines if line and not line.startswith("#")]
    return {name: reason for name, _, reason in named}


async def check(rows: Sequence[Row], at: datetime) -> None:
    """Raises JournalMismatch when this release's flows do not fit the rows."""
    async with open_house(at) as house:
        house.sessions().attendant.fits(CallId("recorded"), rows)


async def record(name: str, version: str) -> Path:
    """Play the script and keep its journal; raises FileExistsError."""
    script = read_script(CALLS / f"{name}.txt")
    path = FOLDER / f"{name}.{version}.jsonl"
    async with open_house(script.at) as house:
        turn = await play(script, house, [], fresh_process_each_turn=False)
        rows = await house.store.journal.rows(turn.call)
    with path.open("x") as file:
        file.writelines(ROW.dump_json(row).decode() + "\n" for row in rows)
    return path


if __name__ == "__main__":
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
    for wanted in sys.argv[1:]:
        asyncio.run(record(wanted, project["version"]))
