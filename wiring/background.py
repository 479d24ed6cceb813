"""What goes on beside the calls: texts are sent, old words destroyed, calls that nobody ended are closed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx

from clinic.settings import Settings
from clinic.time import zone
from reminders.delivery import Courier, Relay
from reminders.engine import durable_engine
from reminders.may_contact import Hours
from security.logs import logger
from security.retention import retention
from voice.lines.twilio_rest import TwilioRest
from voice.lines.twilio_urls import CarrierUrls
from wiring.carrier import carrier_ready
from wiring.house import House

_log = logger("background")
_HOUR_S, _MINUTE_S, _SECOND_S = 3600.0, 60.0, 1.0
_SILENT = timedelta(hours=1)
"""Longer than any call may last without a row."""


@asynccontextmanager
async def background(house: House) -> AsyncIterator[None]:
    """Runs while the line serves, and ends with it."""
    async with asyncio.TaskGroup() as tasks:
        running = [
            tasks.create_task(_every(_HOUR_S, lambda: _retain(house))),
            tasks.create_task(_every(_MINUTE_S, lambda: _close_silent(house))),
        ]
        async with _texts(house) as relay:
            if relay:
                running.append(tasks.create_task(_every(_SECOND_S, relay.once)))
            yield
            for task in running:
                task.cancel()


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - whatever fails here, the calls that go on must not end with it
            _log.error("Background work failed and is tried again later", exc_info=error)
        await asyncio.sleep(seconds)


async def _retain(house: House) -> None:
    await house.store.retention.apply(retention(house.settings.journal_days))


async def _close_silent(house: House) -> None:
    await house.sessions.close_silent(house.clock.now() - _SILENT)


@asynccontextmanager
async def _texts(house: House) -> AsyncIterator[Relay | None]:
    """The relay of texts to the durable engine; None where no carrier is set up, and texts wait in the outbox."""
    settings = house.settings
    if not carrier_ready(settings):
        yield None
        return
    async with httpx.AsyncClient(timeout=10.0) as http:
        courier = Courier(
            outbox=house.store.outbox,
            carrier=TwilioRest(
                http,
                api_url=settings.twilio_api_url,
                account_sid=settings.twilio_account_sid,
                auth_token=settings.twilio_auth_token.get_secret_value(),
                number=settings.twilio_number,
                urls=CarrierUrls(settings.public_url),
            ),
            ledger=house.store.consents,
            clock=house.clock,
            clinic_zone=zone(house.content.facts.zone),
            hours=Hours(),
        )
        async with durable_engine(courier, _durable_url(settings)) as hand_over:
            yield Relay(house.store.outbox, hand_over)


def _durable_url(settings: Settings) -> str:
    """Beside our own tables on PostgreSQL, so that several nodes share one engine and send a text once."""
    if settings.database_url.startswith("postgresql"):
        return settings.database_url.replace("postgresql+asyncpg", "postgresql", 1)
    return f"sqlite:///{settings.data_dir / 'durable.db'}"
