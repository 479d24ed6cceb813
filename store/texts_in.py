"""Texts that come in: an opt-out counts at once, whoever shares the number, and the front desk reads the rest.

The task that each text leaves is named after the carrier's reference, so the same text twice is one text.
"""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from clinic.consent import Channel, Consent, ConsentKind
from clinic.desk import TaskId, TaskKind
from clinic.people import PatientId, Phone
from clinic.time import Clock
from security.fields import FieldCipher
from store.consents import add_consent
from store.desk import SqlDesk
from store.engine import Database
from store.tables import PatientRow
from store.work import Work, working

_STOPPED = "Texted STOP: gets no calls and no texts from us any more. Is that what they wanted?"
_STARTED = "Texted START: may be called and texted again, as far as they had agreed to it."


class SqlTextsIn:
    """reminders.texts_in.TextsIn."""

    def __init__(self, database: Database, fields: FieldCipher, clock: Clock, desk: SqlDesk) -> None:
        self._database = database
        self._fields = fields
        self._clock = clock
        self._desk = desk

    async def opted_out(self, carrier_ref: str, phone: Phone) -> None:
        await self._record(carrier_ref, TaskKind.STOP_CALLING, _STOPPED, phone, agreed=False)

    async def opted_in(self, carrier_ref: str, phone: Phone) -> None:
        await self._record(carrier_ref, TaskKind.MESSAGE, _STARTED, phone, agreed=True)

    async def left(self, carrier_ref: str, phone: Phone, words: str) -> None:
        await self._record(carrier_ref, TaskKind.MESSAGE, f"Texted: {words}", phone, agreed=None)

    async def _record(self, ref: str, kind: TaskKind, words: str, phone: Phone, *, agreed: bool | None) -> None:
        try:
            async with working(self._database, at=self._clock.now(), actor="carrier") as work:
                if await self._desk.leave_once(work, TaskId(f"task-text-{ref}"), kind, words, phone):
                    await self._agree(work, phone, agreed)
        except IntegrityError:
            # The same text, recorded by another node in the same moment.
            return

    async def _agree(self, work: Work, phone: Phone, agreed: bool | None) -> None:
        if agreed is None:
            return
        hashes = self._fields.lookups("phone", phone.e164)
        patients = await work.session.scalars(select(PatientRow.id).where(PatientRow.phone_hash.in_(hashes)))
        for patient in patients.all():
            consent = Consent(
                patient=PatientId(patient),
                kind=ConsentKind.ALL_CONTACT,
                channel=Channel.TEXT,
                given=agreed,
                wording="text-message",
                at=work.at,
            )
            await add_consent(work, consent, call=None)
