"""The ledger of agreements. Entries are added and never changed; the database refuses anything else."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from clinic.consent import Channel, Consent, ConsentKind
from clinic.people import PatientId, StaffId
from clinic.step import Step
from clinic.time import Clock
from security.tags import Tag
from store.engine import Database
from store.steps import own
from store.tables import ConsentRow
from store.work import Work, working


class SqlConsents:
    """clinic.consent.ConsentLedger."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def record(
        self, step: Step, patient: PatientId, kind: ConsentKind, channel: Channel, given: bool, wording: str
    ) -> Consent:
        """Audited."""
        work = own(step, self._database)
        consent = _consent(patient, kind, channel, given, wording, work.at)
        await add_consent(work, consent, call=work.key.call)
        return consent

    async def record_in_person(
        self, patient: PatientId, kind: ConsentKind, channel: Channel, given: bool, by: StaffId | None = None
    ) -> Consent:
        """What the patient told somebody at the desk; audited."""
        consent = _consent(patient, kind, channel, given, "in-person", self._clock.now())
        actor = "system" if by is None else f"staff:{by}"
        async with working(self._database, at=consent.at, actor=actor) as work:
            await add_consent(work, consent, call=None)
        return consent

    async def of(self, patient: PatientId) -> Sequence[Consent]:
        """Every entry, the newest first."""
        wanted = select(ConsentRow).where(ConsentRow.patient == patient).order_by(ConsentRow.id.desc())
        async with self._database.reads() as session:
            rows = await session.scalars(wanted)
            return tuple(
                _consent(patient, ConsentKind(r.kind), Channel(r.channel), r.given, r.wording, r.at) for r in rows
            )


async def add_consent(work: Work, consent: Consent, *, call: str | None) -> None:
    """Within this transaction; audited."""
    await work.session.execute(
        insert(ConsentRow).values(
            patient=consent.patient,
            kind=consent.kind,
            channel=consent.channel,
            given=consent.given,
            wording=consent.wording,
            at=consent.at,
            call=call,
        )
    )
    work.note(Tag.CONSENT_GIVEN if consent.given else Tag.CONSENT_WITHDRAWN, consent.patient)


def _consent(
    patient: PatientId, kind: ConsentKind, channel: Channel, given: bool, wording: str, at: datetime
) -> Consent:
    return Consent(patient=patient, kind=kind, channel=channel, given=given, wording=wording, at=at)
