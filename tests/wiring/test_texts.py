"""From "yes, text me" on a call to the carrier's REST address: through outbox, relay and the durable engine."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from pydantic import SecretStr

from clinic.messages import MessageStatus
from clinic.people import Phone
from clinic.settings import Settings
from clinic.time import SystemClock
from security.keyring import make_keys_file
from tests.voice.lines.fake_carrier import ACCOUNT, TOKEN, FakeCarrier
from voice.dialog.turn import Arrival, LineKind
from voice.lines.text import event_of
from wiring.background import background
from wiring.house import House, open_house
from wiring.run import seed_line

ROOT = Path(__file__).parents[2]
SAYS = ("1", "yes", "March fifth nineteen eighty four", "a follow-up", "the soonest", "yes", "yes", "no")


@asynccontextmanager
async def serving(carrier: FakeCarrier) -> AsyncIterator[str]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(carrier.app(), log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve([listening]))
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running


def settings(folder: Path, carrier_url: str) -> Settings:
    make_keys_file(folder / "keys")
    (folder / "models").symlink_to(ROOT / "var" / "models")
    return Settings(
        data_dir=folder,
        database_url=f"sqlite+aiosqlite:///{folder}/line.db",
        keys=SecretStr(f"file:{folder}/keys"),
        public_url="https://line.example.org",
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=SecretStr(TOKEN),
        twilio_number="+12065550111",
        twilio_api_url=carrier_url,
    )


async def book(house: House) -> None:
    arrival = Arrival(line=LineKind.SCRIPTED, carrier_ref="CA1", caller=Phone("+12065550142"))
    turn = await house.sessions.ring(arrival)
    for said in SAYS:
        turn = await house.sessions.deliver(turn.call, event_of(said, turn))


def test_a_confirmation_that_was_asked_for_reaches_the_carrier_once(tmp_path: Path) -> None:
    async def text() -> None:
        carrier = FakeCarrier(busy=1)
        async with serving(carrier) as url:
            chosen = settings(tmp_path, url)
            await seed_line(chosen)
            async with open_house(chosen, SystemClock()) as house, background(house):
                await book(house)
                (waiting,) = await house.store.outbox.waiting(10)
                async with asyncio.timeout(60):
                    while (await house.store.outbox.get(waiting)).status is not MessageStatus.SENT:  # noqa: ASYNC110
                        await asyncio.sleep(0.1)  # the carrier tells nobody when it is done
        (message,) = carrier.messages
        assert message["to"] == "+12065550142"
        assert message["body"].startswith("Riverside Center: your visit is on ")
        assert "STOP" in message["body"]
        assert message["callback"].startswith("https://line.example.org/twilio/status?message=")

    asyncio.run(text())
