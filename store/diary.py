"""The diary: openings, holds, bookings. Who may have a time is decided by the database's own rule."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import insert, update

from clinic.people import ClinicianId, PatientId, StaffId
from clinic.step import Step
from clinic.time import Clock
from scheduling.rules import may_become, require_movable
from scheduling.visits import Clinician, Held, Slot, Taken, Visit, VisitId, VisitStatus, VisitType, Wanted
from security.fields import FieldCipher, Place
from security.tags import Tag
from store.claims import claims_on, target_of
from store.engine import Database
from store.ids import new_id
from store.openings import find_openings
from store.reservations import Overlap, free_hold, free_visit, is_free, lock, take
from store.steps import own
from store.tables import VisitRow
from store.timetable import all_clinicians, all_visit_types
from store.visit_rows import one_visit, read_visits, whole_visits
from store.work import Work, working

HOLD_LASTS = timedelta(minutes=5)
"""What was offered can be taken this long."""


class SqlDiary:
    """scheduling.diary.Diary and DiaryPages."""

    def __init__(self, database: Database, fields: FieldCipher, clock: Clock) -> None:
        self._database = database
        self._fields = fields
        self._clock = clock

    async def clinicians(self) -> tuple[Clinician, ...]:
        """In the clinic's own order."""
        async with self._database.reads() as session:
            return await all_clinicians(session)

    async def visit_types(self) -> tuple[VisitType, ...]:
        """In the clinic's own order."""
        async with self._database.reads() as session:
            return await all_visit_types(session)

    async def openings(self, wanted: Wanted) -> tuple[Slot, ...]:
        """Soonest first. Raises NoSuchVisitType."""
        async with self._database.reads() as session:
            return await find_openings(session, wanted, self._clock.now())

    async def upcoming(self, patient: PatientId) -> tuple[Visit, ...]:
        """Booked, and not over yet."""
        wanted = whole_visits().where(
            VisitRow.patient == patient,
            VisitRow.status == VisitStatus.BOOKED,
            VisitRow.ends > self._clock.now(),
        )
        async with self._database.reads() as session:
            return await read_visits(session, wanted.order_by(VisitRow.starts))

    async def between(self, start: datetime, end: datetime, clinician: ClinicianId | None = None) -> Sequence[Visit]:
        """Visits of any status that start in [start, end)."""
        wanted = whole_visits().where(VisitRow.starts >= start, VisitRow.starts < end)
        if clinician is not None:
            wanted = wanted.where(VisitRow.clinician == clinician)
        async with self._database.reads() as session:
            return await read_visits(session, wanted.order_by(VisitRow.starts, VisitRow.id))

    async def hold(self, step: Step, slot: Slot) -> Held | Taken:
        """Audited."""
        work = own(step, self._database)
        expires = work.at + HOLD_LASTS
        target = await target_of(work, slot)
        await lock(work, target.resources(None))
        await free_hold(work)
        try:
            slot, claims = await claims_on(work, target, None)
            async with work.session.begin_nested():
                await take(work, claims, expires=expires)
        except Overlap:
            return Taken(slot=slot)
        work.note(Tag.SLOT_HELD, slot.clinician.id)
        return Held(call=work.call, slot=slot, expires=expires)

    async def book(self, step: Step, patient: PatientId, slot: Slot) -> Visit | Taken:
        """Audited."""
        return await self._book(own(step, self._database), patient, slot)

    async def book_by_staff(self, patient: PatientId, slot: Slot, by: StaffId | None = None) -> Visit | Taken:
        """A booking made at the desk, outside any call; audited."""
        actor = "system" if by is None else f"staff:{by}"
        async with working(self._database, at=self._clock.now(), actor=actor) as work:
            return await self._book(work, patient, slot)

    async def move(self, step: Step, visit: VisitId, slot: Slot) -> Visit | Taken:
        """Audited. The visit keeps its id. Raises NoSuchVisit, NotChangeable."""
        work = own(step, self._database)
        patient = (await one_visit(work.session, visit)).patient
        target = await target_of(work, slot)
        await lock(work, target.resources(patient), visit=visit)
        require_movable((await one_visit(work.session, visit)).status)
        try:
            slot, claims = await claims_on(work, target, patient)
            async with work.session.begin_nested():
                await free_hold(work)
                await free_visit(work, visit)
                await take(work, claims, visit=visit)
                new = _when(slot) | {"changed": work.at}
                await work.session.execute(update(VisitRow).where(VisitRow.id == visit).values(**new))
        except Overlap:
            return Taken(slot=slot)
        work.note(Tag.VISIT_MOVED, visit)
        return await one_visit(work.session, visit)

    async def cancel(self, step: Step, visit: VisitId, reason: str) -> Visit:
        """Raises NoSuchVisit. A visit that is over stays as it is."""
        work = own(step, self._database)
        await lock(work, (), visit=visit)
        old = await one_visit(work.session, visit)
        if not may_become(old.status, VisitStatus.CANCELLED):
            return old
        new = {
            "status": VisitStatus.CANCELLED,
            "cancel_reason_sealed": self._fields.seal(reason, Place("visits", "cancel_reason", visit)),
            "changed": work.at,
        }
        await work.session.execute(update(VisitRow).where(VisitRow.id == visit).values(**new))
        await free_visit(work, visit)
        work.note(Tag.VISIT_CANCELLED, visit)
        return replace(old, status=VisitStatus.CANCELLED)

    async def let_go(self, step: Step) -> None:
        """Nothing happens when the call holds nothing."""
        work = own(step, self._database)
        await lock(work, ())
        await free_hold(work)

    async def _book(self, work: Work, patient: PatientId, slot: Slot) -> Visit | Taken:
        visit = VisitId(new_id("visit"))
        target = await target_of(work, slot)
        await lock(work, target.resources(patient))
        try:
            slot, claims = await claims_on(work, target, patient)
            if not await is_free(work, claims):
                return Taken(slot=slot)
            async with work.session.begin_nested():
                await free_hold(work)
                new = {"id": visit, "patient": patient, "status": VisitStatus.BOOKED, "created": work.at}
                await work.session.execute(insert(VisitRow).values(**new, **_when(slot), changed=work.at))
                await take(work, claims, visit=visit)
        except Overlap:
            return Taken(slot=slot)
        work.note(Tag.VISIT_BOOKED, visit)
        return await one_visit(work.session, visit)


def _when(slot: Slot) -> dict[str, object]:
    return {
        "clinician": slot.clinician.id,
        "visit_type": slot.visit_type,
        "starts": slot.starts,
        "ends": slot.ends,
        "seat": slot.seat,
        "mode": slot.mode,
    }
