"""The journal as staff read it: the list of calls, and one call turn by turn."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select

from clinic.people import CallId, Phone
from security.fields import CallCipher, FieldCipher
from store.call_keys import CallKeys
from store.engine import Database
from store.journal import CALLER_SEQ, progress_of, read_rows
from store.roster import patient_of
from store.tables import CallRow, JournalRow, PatientRow, TaskRow
from voice.dialog.journal import CallRecord, CallSearch, CallSummary, NoSuchCall

_MARKED = 50
"""Rows that the mark looks at: more than can be written at the same moment."""


class SqlCallLog:
    """voice.dialog.journal.CallLog."""

    def __init__(self, database: Database, fields: FieldCipher, keys: CallKeys) -> None:
        self._database = database
        self._fields = fields
        self._keys = keys

    async def search(self, wanted: CallSearch) -> Sequence[CallSummary]:
        """Newest first."""
        async with self._database.reads() as session:
            found = await session.execute(_query(wanted))
            return tuple(self._summary(call, patient) for call, patient in found)

    async def record(self, call: CallId) -> CallRecord:
        """One call; reading it is for the page to audit, which knows who reads."""
        async with self._database.reads() as session:
            found = (await session.execute(_calls().where(CallRow.id == call))).one_or_none()
            if found is None:
                raise NoSuchCall
            row, patient = found
            summary = self._summary(row, patient)
            cipher = self._cipher(row)
            if cipher is None:
                return CallRecord(summary=summary, readable=False)
            return CallRecord(summary=summary, rows=await read_rows(session, call, cipher))

    async def mark(self) -> str:
        """The sum of the last rows' numbers: rows that commit out of order change it too."""
        last = select(JournalRow.id).order_by(JournalRow.id.desc()).limit(_MARKED).subquery()
        async with self._database.reads() as session:
            return str(await session.scalar(select(func.sum(last.c.id))) or 0)

    def _summary(self, row: CallRow, patient: PatientRow | None) -> CallSummary:
        cipher = self._cipher(row)
        caller = None
        if cipher is not None and row.caller_sealed is not None:
            caller = Phone(cipher.open(row.caller_sealed, CALLER_SEQ))
        return CallSummary(
            call=CallId(row.id),
            caller=caller,
            patient_name=None if patient is None else patient_of(patient, self._fields).name,
            started=row.started,
            progress=progress_of(row),
        )

    def _cipher(self, row: CallRow) -> CallCipher | None:
        return None if row.key_sealed is None else self._keys.unseal(CallId(row.id), row.key_sealed)


def _calls() -> Select[CallRow, PatientRow | None]:
    return select(CallRow, PatientRow).outerjoin(PatientRow, PatientRow.id == CallRow.patient)


def _query(wanted: CallSearch) -> Select[CallRow, PatientRow | None]:
    query = _calls().order_by(CallRow.started.desc(), CallRow.id.desc()).limit(wanted.limit)
    if wanted.outcome is not None:
        query = query.where(CallRow.outcome == wanted.outcome)
    if wanted.since is not None:
        query = query.where(CallRow.started >= wanted.since)
    if wanted.before is not None:
        query = query.where(CallRow.started < wanted.before)
    if wanted.patient is not None:
        query = query.where(CallRow.patient == wanted.patient)
    if wanted.needs_follow_up:
        query = query.where(select(TaskRow.id).where(TaskRow.call == CallRow.id, TaskRow.done.is_(None)).exists())
    return query
