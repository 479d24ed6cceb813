"""The journal: rows sealed with the call's own key; the insert of a row is the lock that makes its work happen once."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from clinic.people import CallId, PatientId
from clinic.step import StepKey
from security.errors import Unreadable
from security.fields import CallCipher
from store.call_keys import CallKeys
from store.chain import write_notes
from store.engine import Database
from store.steps import StoreStep
from store.tables import CallRow, JournalRow
from voice.dialog.journal import (
    ENTRY,
    CallOutcome,
    Entry,
    JournalStep,
    NoSuchCall,
    Progress,
    Row,
    SeqTaken,
    Stepped,
)
from voice.dialog.turn import Arrival, LineKind

CALLER_SEQ = -1
"""The caller's number is sealed as if it were this row of the journal."""

# Made once: these two run for every answer of every call.
_ADD_ROW = insert(cast(Table, JournalRow.__table__))
_CALLS = cast(Table, CallRow.__table__)
_SET_PROGRESS = update(_CALLS).where(_CALLS.c.id == bindparam("this_call"))


class SqlJournal:
    """voice.dialog.journal.Journal."""

    def __init__(self, database: Database, keys: CallKeys) -> None:
        self._database = database
        self._keys = keys

    async def open(self, call: CallId, arrival: Arrival, row: Row, progress: Progress) -> CallId:
        """The unique carrier reference decides between two reports of the same call."""
        cipher, key_sealed = self._keys.new(call)
        caller = None if arrival.caller is None else cipher.seal(arrival.caller.e164, CALLER_SEQ)
        new = {
            "id": call,
            "carrier_ref": arrival.carrier_ref,
            "key_sealed": key_sealed,
            "caller_sealed": caller,
            "started": row.at,
        }
        try:
            async with self._database.writes() as session, session.begin():
                await session.execute(insert(CallRow).values(**new, **_columns(progress)))
                await session.execute(_ADD_ROW, _row(call, row, cipher))
        except IntegrityError:
            existing = await self.find(arrival.carrier_ref)
            if existing is None:
                raise
            return existing
        self._keys.keep(call, cipher)
        return call

    async def find(self, carrier_ref: str) -> CallId | None:
        """The call that the carrier knows by this name."""
        async with self._database.reads() as session:
            found = await session.scalar(select(CallRow.id).where(CallRow.carrier_ref == carrier_ref))
        return None if found is None else CallId(found)

    async def rows(self, call: CallId) -> Sequence[Row]:
        """Raises Unreadable too, when retention has destroyed the call's key."""
        async with self._database.reads() as session:
            key_sealed = await _key_of(session, call)
            if key_sealed is None:
                raise Unreadable
            return await read_rows(session, call, self._keys.unseal(call, key_sealed))

    async def progress(self, call: CallId) -> Progress:
        """The call's line in the log."""
        async with self._database.reads() as session:
            row = await session.scalar(select(CallRow).where(CallRow.id == call))
        if row is None:
            raise NoSuchCall
        return progress_of(row)

    async def silent_since(self, moment: datetime) -> Sequence[CallId]:
        """Calls that have not ended and have no row later than this."""
        last = select(JournalRow.call, func.max(JournalRow.at).label("at")).group_by(JournalRow.call).subquery()
        quiet = select(CallRow.id).join(last, last.c.call == CallRow.id)
        async with self._database.reads() as session:
            found = await session.scalars(quiet.where(CallRow.ended.is_(None), last.c.at <= moment))
            return tuple(CallId(call) for call in found)

    async def append(self, call: CallId, row: Row, progress: Progress) -> None:
        """One row and the call's line in the log, in one transaction."""
        async with self._database.writes() as session, session.begin():
            await self._write(session, call, row, progress)

    @asynccontextmanager
    async def step(self, call: CallId, seq: int, at: datetime) -> AsyncIterator[JournalStep]:
        """A transaction that ports given the step work in."""

        async def write_row(step: StoreStep, entry: Stepped, progress: Progress) -> None:
            await self._write(step.session, call, Row(seq=seq, at=at, entry=entry), progress)

        async with self._database.writes() as session, session.begin():
            step = StoreStep(
                database=self._database,
                session=session,
                at=at,
                actor=f"call:{call}",
                key=StepKey(call, seq),
                write_row=write_row,
            )
            yield step
            await write_notes(session, self._database.dialect, step.notes)

    async def _write(self, session: AsyncSession, call: CallId, row: Row, progress: Progress) -> None:
        cipher = await self._keys.of(session, call)
        try:
            await session.execute(_ADD_ROW, _row(call, row, cipher))
        except IntegrityError as error:
            raise SeqTaken from error
        await session.execute(_SET_PROGRESS, {"this_call": call, **_columns(progress)})


async def read_rows(session: AsyncSession, call: CallId, cipher: CallCipher) -> tuple[Row, ...]:
    """Every row of the call, opened."""
    columns = select(JournalRow.seq, JournalRow.at, JournalRow.body_sealed)
    found = await session.execute(columns.where(JournalRow.call == call).order_by(JournalRow.seq))
    return tuple(Row(seq=seq, at=at, entry=_entry(cipher.open(body_sealed, seq))) for seq, at, body_sealed in found)


def progress_of(row: CallRow) -> Progress:
    """The call's line in the log, as a value."""
    return Progress(
        reason=row.reason,
        outcome=CallOutcome(row.outcome),
        patient=None if row.patient is None else PatientId(row.patient),
        turns=row.turns,
        failures=row.failures,
        line=LineKind(row.line),
        ended=row.ended,
    )


async def _key_of(session: AsyncSession, call: CallId) -> bytes | None:
    found = (await session.execute(select(CallRow.key_sealed).where(CallRow.id == call))).one_or_none()
    if found is None:
        raise NoSuchCall
    return found[0]


def _row(call: CallId, row: Row, cipher: CallCipher) -> dict[str, object]:
    body = cipher.seal(ENTRY.dump_json(row.entry).decode(), row.seq)
    return {"call": call, "seq": row.seq, "at": row.at, "body_sealed": body}


def _entry(body: str) -> Entry:
    return ENTRY.validate_json(body)


def _columns(progress: Progress) -> dict[str, object]:
    return {
        "reason": progress.reason,
        "outcome": progress.outcome.value,
        "patient": progress.patient,
        "turns": progress.turns,
        "failures": progress.failures,
        "line": progress.line.value,
        "ended": progress.ended,
    }
