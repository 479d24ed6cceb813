"""What the commands of server.py do: open the house, do the one thing, close it."""

import secrets
import socket
from pathlib import Path

from clinic.errors import SettingsError
from clinic.people import BadPhone, CallId, Phone
from clinic.settings import Settings
from clinic.time import SystemClock
from security.keyring import make_keys_file, read_keyring
from security.logs import set_up_logs
from store.demo import DemoSignIns, seed_demo
from store.demo_clinic import ACCOUNTS
from store.opened import open_store
from voice.lines.terminal import Terminal
from wiring.carrier import carrier_ready
from wiring.house import House, open_house
from wiring.line import Tell, open_line
from wiring.speech import Ears


async def serve_line(settings: Settings, host: str, port: int, tell: Tell, *, demo: bool) -> None:
    """Answer calls until asked to stop."""
    set_up_logs(settings.log_format)
    _port_is_free(host, port)
    if demo:
        await seed_line(settings)
    async with open_line(settings, host, port, tell) as line:
        for told in _banner(line.house, line.ears, host, port):
            tell(told)
        await line.server.serve()
    tell("Stopped.")


async def seed_line(settings: Settings) -> DemoSignIns:
    """The demo clinic, with keys of its own when there are none."""
    keys = settings.keys.get_secret_value()
    _make_keys(settings)
    clock = SystemClock()
    store = await open_store(settings.database_url, read_keyring(keys), clock)
    try:
        return await seed_demo(store, clock, settings.data_dir)
    finally:
        await store.close()


def _make_keys(settings: Settings) -> None:
    """New keys for a new database only: an old one cannot be read without its own, and new ones would hide that."""
    setting = settings.keys.get_secret_value()
    file, database = Path(setting.removeprefix("file:")), settings.database_url.partition(":///")[2]
    if not setting.startswith("file:") or file.exists():
        return
    if "sqlite" in settings.database_url and Path(database).exists():
        raise SettingsError(f"THROUGHLINE_KEYS: {file} is missing, and {database} was written with it. Restore it.")
    make_keys_file(file)


async def migrate_line(settings: Settings) -> None:
    """Opening the store brings its tables up to date."""
    store = await open_store(settings.database_url, read_keyring(settings.keys.get_secret_value()), SystemClock())
    await store.close()


async def phone_line(settings: Settings, caller: str, resume: str, tell: Tell) -> CallId:
    """A typed call."""
    set_up_logs(settings.log_format)
    number = parse_caller(caller)
    async with open_house(settings, SystemClock()) as house:
        terminal = Terminal(house.sessions, tell, _type)
        if resume:
            return await terminal.resume(CallId(resume))
        return await terminal.ring(f"terminal-{secrets.token_hex(8)}", number)


def parse_caller(caller: str) -> Phone | None:
    """The number to call from; raises SettingsError that names the option."""
    try:
        return Phone.parse(caller) if caller else None
    except BadPhone:
        raise SettingsError(
            f"--from {caller!r} is not a telephone number; try +12065550142, or '' to withhold it."
        ) from None


def _type() -> str | None:
    try:
        return input("CALLER  ")
    except (EOFError, KeyboardInterrupt):
        return None


def _banner(house: House, ears: Ears, host: str, port: int) -> list[str]:
    address = f"http://{host}:{port}"
    password = house.settings.data_dir / "demo-password"
    lines = [
        "",
        f"{house.content.facts.name} is on the line: {address}",
        f"  Speech        {ears.engines}",
        *(
            f"  Note          {remark.engine} does not serve: {remark.reason} {remark.remedy}"
            for remark in ears.remarks
        ),
    ]
    if password.exists():
        names = ", ".join(username for _, username, _, _ in ACCOUNTS)
        lines.append(f"  Sign in       {names}; password {password.read_text().strip()}")
    lines += [
        f"  Phone it      {address}/phone in a browser, or in another terminal:",
        f'                .venv/bin/python server.py call --url {address} --say "When is my next visit?" --say "Yes"',
        "  Twilio        "
        + ("connected" if carrier_ready(house.settings) else "not connected: docs/connecting-twilio.md"),
        "  Stop          Ctrl-C",
        "",
    ]
    return lines


def _port_is_free(host: str, port: int) -> None:
    """Said before anything is loaded; raises SettingsError."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"Cannot listen on {host}:{port} ({error.strerror}). Choose another with --port."
            ) from None
