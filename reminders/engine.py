"""The durable engine (DBOS) as this process runs it: one queue of texts, and recovery of what a dead process left.

DBOS keeps one engine a process; this is the only place that knows it. Started within the event loop, it runs
workflows on that loop, where our database and network connections live.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dbos import DBOS, DBOSConfig, SetWorkflowID, StepOptions
from dbos._error import DBOSMaxStepRetriesExceeded

from clinic.messages import MessageId
from reminders.delivery import MOST_ATTEMPTS, Courier, HandOver, Next

_QUEUE = "texts"
_VERSION = "texts-1"
"""Raised when the steps of a workflow change order; workflows of other versions wait for their own."""
_STEP: StepOptions = {"retries_allowed": True, "max_attempts": 12, "interval_seconds": 1.0, "backoff_rate": 2.0}
"""Our own database being away is waited for, about an hour."""
_LONGEST_BACKOFF_S = 600.0


@asynccontextmanager
async def durable_engine(
    courier: Courier, database_url: str, *, poll_s: float = 0.5, stop_within_s: int = 5
) -> AsyncIterator[HandOver]:
    """Runs deliveries until each is done, over crashes and restarts; gives the function that takes a message.

    `database_url` is the engine's own: "sqlite:///var/durable.db", or PostgreSQL for several nodes.
    """
    config: DBOSConfig = {
        "name": "throughline",
        "system_database_url": database_url,
        "application_version": _VERSION,
        "log_level": "WARNING",
        "notification_listener_polling_interval_sec": poll_s,
    }
    DBOS(config=config)
    _log_as_we_do()

    @DBOS.workflow(name="deliver-text")
    async def deliver(message: str) -> None:
        await _deliver(courier, MessageId(message))

    async def hand_over(message: MessageId) -> None:
        with SetWorkflowID(message):
            await DBOS.enqueue_workflow_async(_QUEUE, deliver, message)

    try:
        DBOS.launch()
        # A long number lets one text a second through.
        await DBOS.register_queue_async(_QUEUE, limiter={"limit": 5, "period": 5.0}, polling_interval_sec=poll_s)
        yield hand_over
    finally:
        # In a thread: the workflows it waits for run on this loop.
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=stop_within_s)


async def _deliver(courier: Courier, message: MessageId) -> None:
    """The workflow. Each attempt is a step, whose outcome is kept; sleeping survives a restart."""
    attempts = 0
    while attempts < MOST_ATTEMPTS:
        try:
            word, wait_s = await DBOS.run_step_async({"name": "attempt", **_STEP}, _attempt, courier, message)
        except DBOSMaxStepRetriesExceeded:
            break
        if word == Next.DONE:
            return
        if word == Next.RETRY:
            attempts += 1
            wait_s = max(wait_s, min(2.0**attempts, _LONGEST_BACKOFF_S))
        await DBOS.sleep_async(wait_s)
    await DBOS.run_step_async({"name": "give-up", **_STEP}, courier.give_up, message)


def _log_as_we_do() -> None:
    """The engine sets up a log of its own; its lines have to pass the redaction filter as all others do."""
    engine = logging.getLogger("dbos")
    engine.handlers.clear()
    engine.propagate = True


async def _attempt(courier: Courier, message: MessageId) -> tuple[str, float]:
    """Plain values, so that a later release can read them."""
    attempt = await courier.attempt(message)
    return attempt.next.value, attempt.wait_s
