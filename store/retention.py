"""Carrying out the retention rule: keys of old calls are destroyed, and with them everything that was said."""

from datetime import datetime

from sqlalchemy import select, text, update

from clinic.people import CallId
from clinic.time import Clock
from security.retention import Retention
from security.tags import Tag
from store.call_keys import CallKeys
from store.engine import Database
from store.tables import CallRow, MessageRow, TaskRow
from store.work import Work, working

_AT_ONCE = 500
"""Calls a transaction, so that callers need not wait for housekeeping."""


class SqlRetention:
    """Destroys what the rule says; run daily."""

    def __init__(self, database: Database, keys: CallKeys, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    async def apply(self, rule: Retention) -> int:
        """Destroy keys and words from before the cut-off; audited, each. Tells how many calls became unreadable."""
        now = self._clock.now()
        destroyed = 0
        while batch := await self._destroy(now, rule.cut_off(now)):
            destroyed += batch
        if self._database.dialect == "sqlite":
            await self._empty_log()
        return destroyed

    async def _destroy(self, now: datetime, cut_off: datetime) -> int:
        async with working(self._database, at=now, actor="system") as work:
            calls = await _destroy_keys(work, cut_off)
            await _destroy_words(work, cut_off)
        for call in calls:
            self._keys.forget(call)
        return len(calls)

    async def _empty_log(self) -> None:
        """SQLite's write-ahead log still holds the pages as they were; copy it over the file and cut it off."""
        async with self._database.reading.connect() as connection:
            plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await plain.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


async def _destroy_keys(work: Work, cut_off: datetime) -> list[CallId]:
    old = select(CallRow.id).where(CallRow.started < cut_off, CallRow.key_sealed.is_not(None)).limit(_AT_ONCE)
    calls = [CallId(call) for call in await work.session.scalars(old)]
    await work.session.execute(update(CallRow).where(CallRow.id.in_(calls)).values(key_sealed=None, caller_sealed=None))
    for call in calls:
        work.note(Tag.CALL_KEY_DESTROYED, call)
    return calls


async def _destroy_words(work: Work, cut_off: datetime) -> None:
    """Of tasks that are done, and of messages; an open task keeps its words until somebody has acted on them."""
    done = (TaskRow.done < cut_off, TaskRow.words_sealed.is_not(None))
    tasks = (await work.session.scalars(select(TaskRow.id).where(*done))).all()
    await work.session.execute(
        update(TaskRow).where(TaskRow.id.in_(tasks)).values(words_sealed=None, phone_sealed=None)
    )
    old = (MessageRow.created < cut_off, MessageRow.body_sealed.is_not(None))
    messages = (await work.session.scalars(select(MessageRow.id).where(*old))).all()
    await work.session.execute(
        update(MessageRow).where(MessageRow.id.in_(messages)).values(body_sealed=None, to_sealed=None)
    )
    for task in tasks:
        work.note(Tag.WORDS_DESTROYED, task)
    for message in messages:
        work.note(Tag.MESSAGE_DESTROYED, message)
