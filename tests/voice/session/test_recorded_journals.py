"""Calls recorded under earlier releases must replay under this one, or be retired on purpose."""

import asyncio
from pathlib import Path

import pytest

from tests.calls_runner import START
from tests.journals_runner import FOLDER, check, read_journal, retired
from voice.dialog.errors import JournalMismatch

RECORDED = sorted(FOLDER.glob("*.jsonl"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_a_recorded_call_replays(path: Path) -> None:
    rows = read_journal(path)
    if path.name in retired():
        with pytest.raises(JournalMismatch):
            asyncio.run(check(rows, START))
    else:
        asyncio.run(check(rows, START))


def test_there_are_recorded_calls() -> None:
    assert len(RECORDED) >= 6


def test_every_retirement_has_a_reason_and_a_file() -> None:
    for name, reason in retired().items():
        assert (FOLDER / name).exists()
        assert reason
