"""The patients of the clinic, found by keyed hashes of number and birth date."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from clinic.people import Patient, PatientId, Phone
from clinic.step import Step
from clinic.time import Clock
from security.fields import FieldCipher, Place
from security.tags import Tag
from store.engine import Database
from store.errors import NoSuchRecord
from store.steps import own
from store.tables import CallRow, PatientRow
from store.work import working


class SqlRoster:
    """clinic.roster.Roster and PatientPages, and adding patients."""

    def __init__(self, database: Database, fields: FieldCipher, clock: Clock) -> None:
        self._database = database
        self._fields = fields
        self._clock = clock

    async def by_phone(self, phone: Phone) -> tuple[Patient, ...]:
        """In the order they were added."""
        hashes = self._fields.lookups("phone", phone.e164)
        async with self._database.reads() as session:
            found = await session.scalars(
                select(PatientRow).where(PatientRow.phone_hash.in_(hashes)).order_by(PatientRow.created, PatientRow.id)
            )
            return tuple(patient_of(row, self._fields) for row in found)

    async def by_birth_date(self, born: date) -> tuple[Patient, ...]:
        """In the order they were added."""
        hashes = self._fields.lookups("birth-date", born.isoformat())
        order = (PatientRow.created, PatientRow.id)
        async with self._database.reads() as session:
            found = await session.scalars(
                select(PatientRow).where(PatientRow.birth_date_hash.in_(hashes)).order_by(*order)
            )
            return tuple(patient_of(row, self._fields) for row in found)

    async def identify(self, step: Step, patient: PatientId) -> Patient:
        """Audited. Raises NoSuchRecord."""
        work = own(step, self._database)
        known = await _get(work.session, patient, self._fields)
        await work.session.execute(update(CallRow).where(CallRow.id == work.key.call).values(patient=patient))
        work.note(Tag.CALL_IDENTIFIED, patient)
        return known

    async def get(self, patient: PatientId) -> Patient:
        """One patient; raises NoSuchRecord."""
        async with self._database.reads() as session:
            return await _get(session, patient, self._fields)

    async def names(self, patients: Collection[PatientId]) -> Mapping[PatientId, str]:
        """Those that exist."""
        async with self._database.reads() as session:
            found = await session.scalars(select(PatientRow).where(PatientRow.id.in_(patients)))
            return {PatientId(row.id): patient_of(row, self._fields).name for row in found}

    async def listed(self, limit: int) -> Sequence[Patient]:
        """In the order they were added."""
        async with self._database.reads() as session:
            found = await session.scalars(select(PatientRow).order_by(PatientRow.created, PatientRow.id).limit(limit))
            return tuple(patient_of(row, self._fields) for row in found)

    async def add(self, patient: Patient, *, actor: str = "system") -> None:
        """A new patient; audited."""
        now = self._clock.now()
        async with working(self._database, at=now, actor=actor) as work:
            row = insert(PatientRow).values(
                id=patient.id,
                given_name_sealed=self._seal(patient.id, "given_name", patient.given_name),
                family_name_sealed=self._seal(patient.id, "family_name", patient.family_name),
                birth_date_sealed=self._seal(patient.id, "birth_date", patient.birth_date.isoformat()),
                phone_sealed=self._seal(patient.id, "phone", patient.phone.e164),
                birth_date_hash=self._fields.lookup("birth-date", patient.birth_date.isoformat()),
                phone_hash=self._fields.lookup("phone", patient.phone.e164),
                language=patient.language,
                created=now,
            )
            await work.session.execute(row)
            work.note(Tag.PATIENT_ADDED, patient.id)

    def _seal(self, patient: PatientId, column: str, text: str) -> bytes:
        return self._fields.seal(text, Place("patients", column, patient))


def patient_of(row: PatientRow, fields: FieldCipher) -> Patient:
    """The value, opened."""

    def opened(sealed: bytes, column: str) -> str:
        return fields.open(sealed, Place("patients", column, row.id))

    return Patient(
        id=PatientId(row.id),
        given_name=opened(row.given_name_sealed, "given_name"),
        family_name=opened(row.family_name_sealed, "family_name"),
        birth_date=date.fromisoformat(opened(row.birth_date_sealed, "birth_date")),
        phone=Phone(opened(row.phone_sealed, "phone")),
        language=row.language,
    )


async def _get(session: AsyncSession, patient: PatientId, fields: FieldCipher) -> Patient:
    row = await session.get(PatientRow, patient)
    if row is None:
        raise NoSuchRecord
    return patient_of(row, fields)
