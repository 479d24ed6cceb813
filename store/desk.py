"""The front desk's list: calls add to it, staff work it off. What was said is sealed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, insert, select, update

from clinic.desk import Task, TaskId, TaskKind, Urgency
from clinic.people import CallId, PatientId, Phone, StaffId
from clinic.step import Step
from clinic.time import Clock
from scheduling.working_days import due
from security.fields import FieldCipher, Place
from security.tags import Tag
from store.engine import Database
from store.errors import NoSuchRecord
from store.facts import read_zone
from store.ids import new_id
from store.steps import own
from store.tables import TaskRow
from store.timetable import all_hours, days_off
from store.work import Work, working

DESTROYED = "(destroyed under the clinic's retention rule)"
"""Stands where a task's words were."""
_MONTH = timedelta(days=31)


class SqlDesk:
    """clinic.desk.Desk and TaskBoard."""

    def __init__(self, database: Database, fields: FieldCipher, clock: Clock) -> None:
        self._database = database
        self._fields = fields
        self._clock = clock

    async def leave(
        self,
        step: Step,
        kind: TaskKind,
        urgency: Urgency,
        words: str,
        patient: PatientId | None,
        phone: Phone | None,
    ) -> Task:
        """Audited."""
        work = own(step, self._database)
        task = Task(
            id=TaskId(new_id("task")),
            kind=kind,
            urgency=urgency,
            call=work.key.call,
            patient=patient,
            phone=phone,
            due=await _due(work, urgency),
            words=words,
            created=work.at,
        )
        await self._add(work, task)
        return task

    async def leave_once(self, work: Work, task: TaskId, kind: TaskKind, words: str, phone: Phone) -> bool:
        """A task of no call, for today, under a name of its own; audited. False when there is one of that name."""
        if await work.session.get(TaskRow, task) is not None:
            return False
        left = Task(
            id=task,
            kind=kind,
            urgency=Urgency.TODAY,
            call=None,
            patient=None,
            phone=phone,
            due=await _due(work, Urgency.TODAY),
            words=words,
            created=work.at,
        )
        await self._add(work, left)
        return True

    async def open(self) -> Sequence[Task]:
        """What is still to do, the most urgent first."""
        return await self._read(select(TaskRow).where(TaskRow.done.is_(None)).order_by(TaskRow.due, TaskRow.id))

    async def of_call(self, call: CallId) -> Sequence[Task]:
        """Done and not done, in the order they were left."""
        return await self._read(select(TaskRow).where(TaskRow.call == call).order_by(TaskRow.created, TaskRow.id))

    async def recent(self, *, limit: int = 50) -> Sequence[Task]:
        """What was done last, newest first."""
        done = select(TaskRow).where(TaskRow.done.is_not(None))
        return await self._read(done.order_by(TaskRow.done.desc(), TaskRow.id).limit(limit))

    async def finish(self, task: TaskId, by: StaffId) -> None:
        """Raises NoSuchRecord."""
        await self._tick(task, by, done=self._clock.now(), tag=Tag.TASK_FINISHED)

    async def reopen(self, task: TaskId, by: StaffId) -> None:
        """Raises NoSuchRecord. Reopening an open task changes nothing."""
        await self._tick(task, by, done=None, tag=Tag.TASK_REOPENED)

    async def _add(self, work: Work, task: Task) -> None:
        await work.session.execute(insert(TaskRow).values(**self._columns(task)))
        work.note(Tag.TASK_LEFT, task.id)

    async def _tick(self, task: TaskId, by: StaffId, *, done: datetime | None, tag: Tag) -> None:
        async with working(self._database, at=self._clock.now(), actor=f"staff:{by}") as work:
            row = await work.session.get(TaskRow, task, with_for_update=True)
            if row is None:
                raise NoSuchRecord
            if (row.done is None) == (done is None):
                return
            new = {"done": done, "done_by": by if done else None}
            await work.session.execute(update(TaskRow).where(TaskRow.id == task).values(**new))
            work.note(tag, task)

    async def _read(self, wanted: Select[TaskRow]) -> tuple[Task, ...]:
        async with self._database.reads() as session:
            return tuple(self._task(row) for row in await session.scalars(wanted))

    def _columns(self, task: Task) -> dict[str, object]:
        phone = task.phone and self._fields.seal(task.phone.e164, Place("tasks", "phone", task.id))
        return {
            "id": task.id,
            "kind": task.kind,
            "urgency": task.urgency,
            "call": task.call,
            "patient": task.patient,
            "phone_sealed": phone,
            "words_sealed": self._fields.seal(task.words, Place("tasks", "words", task.id)),
            "due": task.due,
            "created": task.created,
        }

    def _task(self, row: TaskRow) -> Task:
        phone = _opened(self._fields, row.phone_sealed, Place("tasks", "phone", row.id))
        words = _opened(self._fields, row.words_sealed, Place("tasks", "words", row.id))
        return Task(
            id=TaskId(row.id),
            kind=TaskKind(row.kind),
            urgency=Urgency(row.urgency),
            call=None if row.call is None else CallId(row.call),
            patient=None if row.patient is None else PatientId(row.patient),
            phone=None if phone is None else Phone(phone),
            due=row.due,
            words=DESTROYED if words is None else words,
            created=row.created,
            done=row.done,
            done_by=None if row.done_by is None else StaffId(row.done_by),
        )


def _opened(fields: FieldCipher, sealed: bytes | None, place: Place) -> str | None:
    return None if sealed is None else fields.open(sealed, place)


async def _due(work: Work, urgency: Urgency) -> datetime:
    hours = await all_hours(work.session)
    off = await days_off(work.session, work.at, work.at + _MONTH)
    return due(urgency, work.at, await read_zone(work.session), hours, off)
