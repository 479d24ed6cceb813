"""Throughline's command line. What each command does is in the room it belongs to; this file only joins them."""

import asyncio
import json
import os
import sys
from collections.abc import Coroutine
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from clinic.errors import ClinicError
from clinic.settings import Settings, load_settings
from clinic.time import SystemClock

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)]
Says = Annotated[list[str] | None, typer.Option("--say", help="Say this; repeat for each turn.")]
Wavs = Annotated[list[Path] | None, typer.Option("--wav", help="Play this WAV file instead of --say.")]
KeyStrokes = Annotated[list[str] | None, typer.Option("--keys", help="Press these keys as one turn.")]
Record = Annotated[Path | None, typer.Option(help="Write what was heard to this WAV file.")]
Url = Annotated[str, typer.Option(help="A running line; without one, a line is started for this call.")]
Demo = Annotated[bool, typer.Option("--demo", help="Put the demo clinic into the database if it is not there.")]
Caller = Annotated[str, typer.Option("--from", help="Number to call from; empty for a withheld number.")]

DEMO_CALLER = "+12065550142"


@app.command()
def serve(host: Host = "127.0.0.1", port: Port = 8080, demo: Demo = False) -> None:
    """Answer calls, serve the console and send texts, until Ctrl-C."""
    from wiring.run import serve_line

    _run(serve_line(_settings(), host, port, _tell, demo=demo))


@app.command()
def seed(demo: Demo = False) -> None:
    """Put a clinic into the database. Running it again changes nothing."""
    from wiring.run import seed_line

    if not demo:
        _fail("Say which clinic: --demo is the one there is.")
    signs = _run(seed_line(_settings()))
    _tell(f"Demo sign-in: {', '.join(signs.usernames)}; password {signs.password}")


@app.command()
def migrate() -> None:
    """Bring the database's tables up to this release."""
    from wiring.run import migrate_line

    _run(migrate_line(_settings()))
    _tell("The database is up to date.")


@app.command()
def check() -> None:
    """Tell what is missing or wrong in the set-up. Exits with 1 when the line cannot work."""
    from wiring.checking import Level
    from wiring.checking import check as look

    async def tell_all() -> bool:
        fine = True
        async for finding in look(_settings(), SystemClock()):
            _tell(f"{finding.level.upper():6} {finding.text}")
            fine = fine and finding.level is not Level.WRONG
        return fine

    if not _run(tell_all()):
        raise typer.Exit(1)


@app.command()
def phone(
    caller: Caller = DEMO_CALLER, resume: Annotated[str, typer.Option(help="Go on with this call.")] = ""
) -> None:
    """Phone the line in text: type, read what it says. `*` repeats, `0` is a person, an empty line is silence."""
    from wiring.run import phone_line

    call = _run(phone_line(_settings(), caller, resume, _tell))
    _tell(f"Call {call}. It can be read at /calls/{call}; if it was broken off: python server.py phone --resume {call}")


@app.command()
def call(
    say: Says = None, wav: Wavs = None, keys: KeyStrokes = None, record: Record = None,
    url: Url = "", caller: Caller = DEMO_CALLER,
) -> None:  # fmt: skip
    """Place a spoken call over the media stream and print the transcript with the reply time of every turn."""
    from wiring.spoken_call import Asked, place_spoken_call

    asked = Asked(say=say or [], wav=wav or [], keys=keys or [], record=record, url=url, caller=caller)
    _run(place_spoken_call(_settings(), asked, _tell))


@app.command()
def understand() -> None:
    """JSON lines in, JSON lines out: what each text means (docs/architecture.md)."""
    from wiring.tools import understand_lines

    understand_lines(_settings(), sys.stdin, sys.stdout)


@app.command()
def transcribe(files: Annotated[list[Path], typer.Argument(help="WAV files.")]) -> None:
    """WAV files in, JSON lines out."""
    from wiring.tools import transcribe_files

    _run(transcribe_files(_settings(), files, lambda found: _tell(json.dumps(asdict(found)))))


@app.command()
def speak(text: str, out: Annotated[Path, typer.Option(help="WAV file to write.")]) -> None:
    """Say a text into a WAV file."""
    from wiring.tools import speak_text

    _run(speak_text(_settings(), text, out))


@app.command()
def replay(call: Annotated[str, typer.Argument(help="Call to replay.")]) -> None:
    """Run a call's journal through this release's flows, and tell whether they fit."""
    from wiring.tools import replay_call

    _run(replay_call(_settings(), call, _tell))


@app.command()
def bench(
    what: Annotated[str, typer.Argument(help="latency | calls | understand | replay")],
) -> None:
    """Measure, as JSON. Exits with 1 when a figure does not hold."""
    from wiring.benches import run_bench

    if not _run(run_bench(_settings(), what, lambda found: _tell(json.dumps(found, indent=2)))):
        raise typer.Exit(1)


def _settings() -> Settings:
    try:
        return load_settings()
    except ClinicError as error:
        _fail(str(error))
        raise


def _run(work: Coroutine[Any, Any, T]) -> T:
    try:
        return asyncio.run(work)
    except ClinicError as error:
        _fail(str(error))
        raise
    except BaseExceptionGroup as several:
        ours = several.subgroup(ClinicError)
        if ours is None or several.split(ClinicError)[1] is not None:
            raise
        _fail("; ".join(str(error) for error in leaves(ours)))
        raise
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def leaves(group: BaseExceptionGroup[ClinicError]) -> list[ClinicError]:
    """The errors themselves, out of however many groups tasks have wrapped them in."""
    found: list[ClinicError] = []
    for error in group.exceptions:
        found += leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found


def _tell(text: str) -> None:
    print(text, flush=True)


def _fail(text: str) -> None:
    """One clear line, never a traceback."""
    print(text, file=sys.stderr)
    raise typer.Exit(1)


if __name__ == "__main__":
    os.umask(0o077)  # what is written here is for this user alone
    app()
