"""A whole line, ready to be served: the house, the ears, the lines, the pages and the background."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from clinic.settings import Settings
from clinic.time import SystemClock
from wiring.background import background
from wiring.house import House, open_house
from wiring.lines import make_lines
from wiring.serving import DrainingServer, make_server
from wiring.speech import Ears, open_speech
from wiring.web import make_app

Tell = Callable[[str], None]
"""Says a line to whoever started the process."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """Everything of a process that answers calls."""

    house: House
    ears: Ears
    server: DrainingServer


@asynccontextmanager
async def open_line(settings: Settings, host: str, port: int, tell: Tell) -> AsyncIterator[Line]:
    """Load everything; `server.serve()` then answers. Raises SettingsError."""
    if "public_url" not in settings.model_fields_set:
        settings = settings.model_copy(update={"public_url": f"http://{host}:{port}"})
    async with open_house(settings, SystemClock()) as house:
        phrases, metrics = house.content.phrases, house.metrics
        progress = _Progress(tell)
        async with open_speech(settings, phrases, house.understand, house.clock, metrics, progress) as ears:
            lines = make_lines(house, ears)
            server = make_server(make_app(house, ears, lines), lines, host, port, tell)
            async with background(house):
                yield Line(house=house, ears=ears, server=server)


class _Progress:
    """Tells of long work now and then, and nothing of short work."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def __call__(self, what: str, done: int, of: int) -> None:
        if done == of or done % 25 == 0:
            self._tell(f"  {what}: {done} of {of}")
