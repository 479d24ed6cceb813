"""A line of its own to measure: a real server process with the demo clinic, and a meter on its process tree."""

import asyncio
import os
import secrets
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
from pydantic import SecretStr

from bench.exchange import Line
from clinic.errors import ClinicError
from clinic.settings import Settings

_READY_WITHIN_S = 600.0
_STOP_WITHIN_S = 15.0
_CACHES = ("phrases", "models")
"""What of the data folder may be shared: rendering every phrase anew would take longer than the measurement."""
_SERVER = Path(__file__).parent.parent / "server.py"


class NotStarted(ClinicError):
    """The line to be measured did not start."""

    code = "line-not-started"


class Meter:
    """Processor time and memory of a process and all its children."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)

    def cpu_s(self) -> float:
        """Seconds of processor time so far."""
        return sum(self._each(lambda process: sum(process.cpu_times()[:2])))

    def memory_mb(self) -> float:
        """Resident memory."""
        return sum(self._each(lambda process: process.memory_info().rss)) / 2**20

    def _each(self, read: Callable[[psutil.Process], float]) -> list[float]:
        found = []
        for process in (self._process, *self._process.children(recursive=True)):
            try:
                found.append(float(read(process)))
            except psutil.NoSuchProcess:  # ended while we looked
                continue
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """A line that is measured."""

    line: Line
    meter: Meter
    settings: Settings
    """The line's own: its database can be read while it runs."""


@asynccontextmanager
async def own_line(settings: Settings) -> AsyncIterator[OwnLine]:
    """Start a line with the demo clinic on a free port; engines as in the settings. Raises NotStarted."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        url = f"http://127.0.0.1:{port}"
        line = Line(url=url, public_url=url, auth_token=secrets.token_hex(16))
        own = _settings(settings, folder, line)
        environment = _environment(own)
        _share_caches(settings.data_dir, folder)
        await _seed(environment, folder)
        with (folder / "server.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, _SERVER, "serve", "--port", str(port), env=environment, stdout=log, stderr=log
            )
            try:
                await _ready(line.url, process, folder)
                yield OwnLine(line=line, meter=Meter(process.pid), settings=own)
            finally:
                await _stop(process)


def _settings(settings: Settings, folder: Path, line: Line) -> Settings:
    """As given, but with a database, keys and an address of its own, and no carrier that could cost money."""
    own = {
        "database_url": f"sqlite+aiosqlite:///{folder}/line.db",
        "keys": SecretStr(f"file:{folder}/keys"),
        "data_dir": folder,
        "public_url": line.public_url,
        "twilio_account_sid": "",
        "twilio_number": "",
        "twilio_auth_token": SecretStr(line.auth_token),
        "twilio_line": "stream",
        "log_format": "json",
    }
    return settings.model_copy(update=own)


def _environment(settings: Settings) -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
    values = {name: getattr(settings, name) for name in Settings.model_fields}
    plain = {name: v.get_secret_value() if isinstance(v, SecretStr) else str(v) for name, v in values.items()}
    return others | {f"THROUGHLINE_{name.upper()}": value for name, value in plain.items()}


def _share_caches(data_dir: Path, folder: Path) -> None:
    for cache in _CACHES:
        shared = (data_dir / cache).resolve()
        shared.mkdir(parents=True, exist_ok=True)
        (folder / cache).symlink_to(shared, target_is_directory=True)


async def _seed(environment: dict[str, str], folder: Path) -> None:
    with (folder / "seed.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, _SERVER, "seed", "--demo", env=environment, stdout=log, stderr=log
        )
        if await process.wait() != 0:
            raise NotStarted(_last_line(folder / "seed.log"))


async def _ready(url: str, process: asyncio.subprocess.Process, folder: Path) -> None:
    async with httpx.AsyncClient() as http, asyncio.timeout(_READY_WITHIN_S):
        while True:
            if process.returncode is not None:
                raise NotStarted(_last_line(folder / "server.log"))
            try:
                if (await http.get(f"{url}/readyz")).json().get("streams"):
                    return
            except httpx.TransportError:  # not listening yet
                await asyncio.sleep(0.25)


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(_STOP_WITHIN_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else (NotStarted.__doc__ or "")
