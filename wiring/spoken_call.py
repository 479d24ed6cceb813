"""`server.py call`: a spoken call over the media stream, as the telephone network would place it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from bench.caller import Report, Talk, place_call
from bench.exchange import Line
from bench.process import free_port
from bench.sound import NoSpeech, Utterance, from_wav, utterance
from bench.transcript import transcript
from clinic.errors import SettingsError
from clinic.settings import Settings
from clinic.time import SystemClock
from security.logs import set_up_logs
from voice.dialog.turn import Turn
from voice.engines.choosing import choose_tts
from voice.speech.wav import write_wav
from wiring.carrier import signing_token
from wiring.house import House, open_house
from wiring.line import Tell, open_line
from wiring.run import parse_caller

_HERE = "127.0.0.1"
_LISTENS_WITHIN_S, _LOOK_EVERY_S = 30.0, 0.05


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What to do on the call: say things, play files, press keys, one turn each and in this order."""

    say: Sequence[str] = ()
    wav: Sequence[Path] = ()
    keys: Sequence[str] = ()
    record: Path | None = None
    url: str = ""
    """A running line; empty: one is started for this call."""
    caller: str = ""


async def place_spoken_call(settings: Settings, asked: Asked, tell: Tell) -> None:
    """Call, take every turn, and print the transcript. Raises SettingsError, LineUnreachable."""
    set_up_logs(settings.log_format)
    number = parse_caller(asked.caller)
    turns: list[Utterance | str] = [*await _spoken(settings, asked.say), *_recorded(asked.wav), *asked.keys]
    async with _line(settings, asked.url, tell) as (line, house):
        present: list[Turn] = []

        async def conversation(talk: Talk) -> None:
            await _take_turns(talk, turns)
            if not talk.over:
                present.append(await _present(house, talk.sid))

        report = await place_call(line, number.e164 if number else "", conversation)
        await _tell(house, report, present[0] if present else None, tell)
    if asked.record:
        write_wav(asked.record, report.recording)
        tell(f"What was heard is in {asked.record}.")


async def _take_turns(talk: Talk, turns: Sequence[Utterance | str]) -> None:
    await talk.greeted()
    for turn in turns:
        await talk.listen()
        if talk.over:
            return
        await (talk.say(turn) if isinstance(turn, Utterance) else talk.press(turn))
    await talk.listen()


@asynccontextmanager
async def _line(settings: Settings, url: str, tell: Tell) -> AsyncIterator[tuple[Line, House]]:
    """The line to call, and the house whose journal tells what was said."""
    if url:
        async with open_house(settings, SystemClock()) as house:
            yield _address(settings, house, url.rstrip("/")), house
        return
    tell("Starting a line for this call.")
    port = free_port()
    async with open_line(settings, _HERE, port, tell) as line:
        serving = asyncio.create_task(line.server.serve())
        try:
            await _answering(line.server)
            yield _address(settings, line.house, f"http://{_HERE}:{port}"), line.house
        finally:
            line.server.should_exit = True
            await serving


async def _answering(server: uvicorn.Server) -> None:
    """Until it listens; uvicorn tells by a flag only."""
    for _ in range(round(_LISTENS_WITHIN_S / _LOOK_EVERY_S)):
        if server.started:
            return
        await asyncio.sleep(_LOOK_EVERY_S)


def _address(settings: Settings, house: House, url: str) -> Line:
    """A line without a public address takes the one it listens on for its own (wiring.line)."""
    public = settings.public_url.rstrip("/") if "public_url" in settings.model_fields_set else url
    return Line(url=url, public_url=public, auth_token=signing_token(settings, house.keyring))


async def _present(house: House, sid: str) -> Turn:
    """What the line has said last: no row of the journal holds it until it is answered."""
    call = await house.sessions.find(sid)
    if call is None:
        raise SettingsError("The line that answered keeps another journal: run this with that line's own settings.")
    return await house.sessions.current(call)


async def _tell(house: House, report: Report, present: Turn | None, tell: Tell) -> None:
    if report.afterwards and report.seconds == 0:
        tell("The line answered without a stream; it said: " + " ".join(report.afterwards.said))
        return
    call = await house.sessions.find(report.sid)
    for line in transcript(await house.store.journal.rows(call), present, report) if call else ():
        tell(line)
    if report.afterwards and report.afterwards.dials:
        tell(f"The line dials {report.afterwards.dials}.")
    elif report.afterwards and report.afterwards.gathers:
        tell(f"The stream was closed ({report.close_reason}); the call would go on on the webhook line.")


async def _spoken(settings: Settings, texts: Sequence[str]) -> list[Utterance]:
    """The caller's words, in the voice of the settings."""
    if not texts:
        return []
    voices, _ = await choose_tts(settings.tts)
    try:
        return [utterance(text, await voices.speak(text)) for text in texts]
    except NoSpeech as error:
        raise SettingsError(f"--say {str(error)!r}: there is nothing in this that can be spoken.") from None
    finally:
        await voices.close()


def _recorded(files: Sequence[Path]) -> list[Utterance]:
    try:
        return [from_wav(file) for file in files]
    except NoSpeech as error:
        raise SettingsError(f"--wav {error}: there is nothing to hear in this file.") from None
