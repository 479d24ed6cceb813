"""Every scripted call, straight through and with a new process after every turn."""

import asyncio
from pathlib import Path

import pytest

from tests.calls_runner import FOLDER, perform, read_script

SCRIPTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("fresh", [False, True], ids=["straight", "new process each turn"])
def test_a_scripted_call_goes_as_written(path: Path, fresh: bool) -> None:
    script = read_script(path)
    assert asyncio.run(perform(script, fresh_process_each_turn=fresh)) == script.text


def test_there_are_scripts() -> None:
    assert len(SCRIPTS) > 40
