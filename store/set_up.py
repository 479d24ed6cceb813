"""Setting up the diary: who works when, what is offered, which groups meet. For administrators and the demo."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import insert, select

from clinic.time import Clock
from scheduling.visits import Clinician, DayOff, Slot, VisitType, WorkingHours
from security.tags import Tag
from store.engine import Database
from store.ids import new_id
from store.reservations import Claim, lock, of_clinician, take
from store.tables import ClinicianRow, DayOffRow, GroupSessionRow, OfferRow, VisitTypeRow, WorkingHoursRow
from store.timetable import visit_type_of
from store.work import Work, working

_MINUTE = timedelta(minutes=1)


class SqlSetUp:
    """Adds to the diary's rules; each addition is audited."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add_clinicians(self, clinicians: Sequence[Clinician], hours: Sequence[WorkingHours]) -> None:
        """In the order in which they are offered."""
        async with working(self._database, at=self._clock.now(), actor="system") as work:
            for position, clinician in enumerate(clinicians):
                row = {"id": clinician.id, "name": clinician.name, "profession": clinician.profession}
                await work.session.execute(insert(ClinicianRow).values(**row, position=position))
                work.note(Tag.DIARY_SET_UP, clinician.id)
            for stretch in hours:
                await work.session.execute(
                    insert(WorkingHoursRow).values(
                        clinician=stretch.clinician,
                        weekday=stretch.weekday,
                        opens=stretch.opens,
                        closes=stretch.closes,
                    )
                )

    async def add_visit_types(self, visit_types: Sequence[VisitType]) -> None:
        """In the order in which they are named."""
        async with working(self._database, at=self._clock.now(), actor="system") as work:
            for position, kind in enumerate(visit_types):
                await _add_visit_type(work, kind, position)

    async def add_day_off(self, day_off: DayOff) -> None:
        """Visits that are already booked on it stay; the desk moves them."""
        async with working(self._database, at=self._clock.now(), actor="system") as work:
            row = {"clinician": day_off.clinician, "day": day_off.day, "reason": day_off.reason}
            await work.session.execute(insert(DayOffRow).values(id=new_id("day-off"), **row))
            work.note(Tag.DIARY_SET_UP, day_off.clinician or "")

    async def plan_group(self, slot: Slot) -> None:
        """A meeting of a group; takes the clinician's time. Raises Overlap when that is taken."""
        async with working(self._database, at=self._clock.now(), actor="system") as work:
            group = new_id("group")
            kind = await visit_type_of(work.session, slot.visit_type)
            resource = of_clinician(slot.clinician.id)
            await lock(work, {resource})
            await work.session.execute(
                insert(GroupSessionRow).values(
                    id=group,
                    visit_type=slot.visit_type,
                    clinician=slot.clinician.id,
                    starts=slot.starts,
                    ends=slot.ends,
                )
            )
            await take(work, [Claim(resource=resource, start=slot.starts, end=slot.ends + kind.buffer_after)])
            work.note(Tag.DIARY_SET_UP, group)

    async def has_group(self, slot: Slot) -> bool:
        """Whether this meeting is planned."""
        async with self._database.reads() as session:
            found = await session.scalar(
                select(GroupSessionRow.id).where(
                    GroupSessionRow.visit_type == slot.visit_type,
                    GroupSessionRow.clinician == slot.clinician.id,
                    GroupSessionRow.starts == slot.starts,
                )
            )
        return found is not None


async def _add_visit_type(work: Work, kind: VisitType, position: int) -> None:
    await work.session.execute(
        insert(VisitTypeRow).values(
            id=kind.id,
            name=kind.name,
            minutes=kind.length // _MINUTE,
            buffer_minutes=kind.buffer_after // _MINUTE,
            notice_minutes=kind.notice // _MINUTE,
            horizon_days=kind.horizon.days,
            seats=kind.seats,
            for_new_patients=kind.for_new_patients,
            position=position,
        )
    )
    for clinician in kind.clinicians:
        await work.session.execute(insert(OfferRow).values(visit_type=kind.id, clinician=clinician))
    work.note(Tag.DIARY_SET_UP, kind.id)
