"""The commands for other programs: understand, transcribe, speak, replay."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from clinic.people import CallId
from clinic.settings import Settings
from clinic.time import SystemClock, zone
from intents.jsonlines import answer_line
from intents.pipeline import SpacyUnderstanding
from store.demo_clinic import FACTS
from voice.dialog.journal import Row
from voice.engines.choosing import Place, choose_stt, choose_tts
from voice.engines.files import FileTranscript, speak_to_file, transcribe_file
from wiring.house import open_house
from wiring.line import Tell


def understand_lines(settings: Settings, lines: TextIO, out: TextIO) -> None:
    """One answer for each line, in order."""
    understand = SpacyUnderstanding.load(settings.data_dir / "models")
    here = zone(FACTS.zone)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            out.write(answer_line(line, number, understand, SystemClock().now().astimezone(here)) + "\n")
            out.flush()


async def transcribe_files(settings: Settings, files: Sequence[Path], give: Callable[[FileTranscript], None]) -> None:
    """What is said in each file."""
    recogniser, _ = await choose_stt(settings.stt, Place(data_dir=settings.data_dir))
    for file in files:
        give(await transcribe_file(file, recogniser))


async def speak_text(settings: Settings, text: str, out: Path) -> None:
    """A text as the line would say it."""
    voices, _ = await choose_tts(settings.tts)
    try:
        await speak_to_file(text, out, voices)
    finally:
        await voices.close()


async def replay_call(settings: Settings, call: str, tell: Tell) -> None:
    """Whether the rows of a call still fit this release's flows; raises NoSuchCall, JournalMismatch."""
    async with open_house(settings, SystemClock()) as house:
        rows: Sequence[Row] = await house.store.journal.rows(CallId(call))
        house.sessions.attendant.fits(CallId(call), rows)
        tell(f"Call {call}: {len(rows)} rows fit.")
