"""Enrolments: how far each patient is in a programme, and what they said of each episode, sealed."""

from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from care.progress import DoneEpisode, Enrolment
from clinic.people import PatientId
from clinic.step import Step
from clinic.time import Clock
from security.fields import FieldCipher, Place
from security.tags import Tag
from store.engine import Database
from store.errors import NoSuchRecord
from store.ids import new_id
from store.steps import own
from store.tables import EnrolmentRow, EpisodeRow
from store.work import working


class SqlProgress:
    """care.progress.Progress, and enrolling."""

    def __init__(self, database: Database, fields: FieldCipher, clock: Clock) -> None:
        self._database = database
        self._fields = fields
        self._clock = clock

    async def enrolment(self, patient: PatientId) -> Enrolment | None:
        """The programme under way."""
        async with self._database.reads() as session:
            row = await _under_way(session, patient)
            return None if row is None else await self._value(session, row)

    async def finish_episode(self, step: Step, patient: PatientId, episode: str, said: str | None) -> Enrolment:
        """Audited. Finishing an episode again keeps its place and replaces what was said. Raises NoSuchRecord."""
        work = own(step, self._database)
        row = await _under_way(work.session, patient)
        if row is None:
            raise NoSuchRecord
        await self._write(work.session, row.id, episode, work.at, said)
        work.note(Tag.EPISODE_FINISHED, patient)
        return await self._value(work.session, row)

    async def enrol(self, enrolment: Enrolment, *, actor: str = "system") -> None:
        """Begin a programme, with the episodes done elsewhere; audited. One programme at a time, by constraint."""
        enrolment_id = new_id("enrolment")
        async with working(self._database, at=self._clock.now(), actor=actor) as work:
            await work.session.execute(
                insert(EnrolmentRow).values(
                    id=enrolment_id,
                    patient=enrolment.patient,
                    programme=enrolment.programme,
                    version=enrolment.version,
                    started=enrolment.started,
                )
            )
            for done in enrolment.done:
                await self._write(work.session, enrolment_id, done.episode, done.at, done.said)
            work.note(Tag.ENROLLED, enrolment.patient)

    async def _write(self, session: AsyncSession, enrolment: str, episode: str, at: datetime, said: str | None) -> None:
        place = Place("episodes", "said", f"{enrolment}/{episode}")
        new = {"at": at, "said_sealed": None if said is None else self._fields.seal(said, place)}
        same = (EpisodeRow.enrolment == enrolment, EpisodeRow.episode == episode)
        if await session.scalar(select(EpisodeRow.id).where(*same)):
            await session.execute(update(EpisodeRow).where(*same).values(**new))
            return
        position = await session.scalar(select(func.count()).where(EpisodeRow.enrolment == enrolment))
        where = {"id": new_id("episode"), "enrolment": enrolment, "episode": episode, "position": position}
        await session.execute(insert(EpisodeRow).values(**where, **new))

    async def _value(self, session: AsyncSession, row: EnrolmentRow) -> Enrolment:
        wanted = select(EpisodeRow).where(EpisodeRow.enrolment == row.id).order_by(EpisodeRow.position)
        episodes = await session.scalars(wanted.execution_options(populate_existing=True))
        return Enrolment(
            patient=PatientId(row.patient),
            programme=row.programme,
            version=row.version,
            started=row.started,
            done=tuple(self._done(episode) for episode in episodes),
        )

    def _done(self, row: EpisodeRow) -> DoneEpisode:
        place = Place("episodes", "said", f"{row.enrolment}/{row.episode}")
        said = None if row.said_sealed is None else self._fields.open(row.said_sealed, place)
        return DoneEpisode(episode=row.episode, at=row.at, said=said)


async def _under_way(session: AsyncSession, patient: PatientId) -> EnrolmentRow | None:
    wanted = select(EnrolmentRow).where(EnrolmentRow.patient == patient, EnrolmentRow.ended.is_(None))
    return await session.scalar(wanted)
