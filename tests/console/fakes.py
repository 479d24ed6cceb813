"""A small clinic in memory, behind the console's ports. Real behaviour, no database."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from clinic.desk import Task, TaskId
from clinic.errors import NotFound
from clinic.people import CallId, ClinicianId, Patient, PatientId, StaffId
from clinic.time import Clock
from scheduling.visits import Clinician, Visit
from security.audit import AuditEntry
from security.csrf import csrf_of
from security.staff import Session, Staff
from voice.dialog.journal import CallOutcome, CallRecord, CallSearch, CallSummary, NoSuchCall, Progress, Row


class FakeStaffBook:
    """Accounts and sessions."""

    def __init__(self, clock: Clock, staff: Sequence[Staff]) -> None:
        self._clock = clock
        self._staff = {one.id: one for one in staff}
        self._sessions: dict[str, Session] = {}

    async def by_username(self, username: str) -> Staff | None:
        return next((one for one in self._staff.values() if one.username == username), None)

    async def everyone(self) -> Sequence[Staff]:
        return tuple(self._staff.values())

    async def sign_in_failed(self, staff: StaffId, lock: Callable[[int], datetime | None]) -> datetime | None:
        failures = self._staff[staff].failed_sign_ins + 1
        self._staff[staff] = replace(self._staff[staff], failed_sign_ins=failures, locked_until=lock(failures))
        return lock(failures)

    async def open_session(self, staff: StaffId, expires: datetime) -> Session:
        token = f"session-{len(self._sessions) + 1}"
        session = Session(token=token, staff=self._staff[staff], csrf=csrf_of(token), expires=expires)
        self._sessions[token] = session
        return session

    async def session(self, token: str) -> Session | None:
        session = self._sessions.get(token)
        return session if session and session.expires > self._clock.now() else None

    async def close_session(self, token: str) -> None:
        self._sessions.pop(token, None)


class FakeAudit:
    """A chain whose break can be set."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.noted: list[AuditEntry] = []
        self.broken_at: int | None = None

    async def note(self, actor: str, tag: str, subject: str = "") -> None:
        seq = len(self.noted) + 1
        self.noted.append(
            AuditEntry(seq=seq, at=self._clock.now(), actor=actor, tag=tag, subject=subject, digest=f"{seq:064x}")
        )

    async def entries(self, *, limit: int = 200, before: int | None = None) -> Sequence[AuditEntry]:
        found = [entry for entry in reversed(self.noted) if before is None or entry.seq < before]
        return found[:limit]

    async def verify(self) -> int | None:
        return self.broken_at


class FakeCallLog:
    """Calls that grow when a test appends to them."""

    def __init__(self) -> None:
        self._records: dict[CallId, CallRecord] = {}
        self._changes = 0

    def begin(self, summary: CallSummary, rows: Sequence[Row] = (), *, readable: bool = True) -> None:
        self._records[summary.call] = CallRecord(summary=summary, rows=tuple(rows), readable=readable)
        self._changes += 1

    def append(self, call: CallId, row: Row, progress: Progress) -> None:
        record = self._records[call]
        summary = replace(record.summary, progress=progress)
        self._records[call] = replace(record, summary=summary, rows=(*record.rows, row))
        self._changes += 1

    async def search(self, wanted: CallSearch) -> Sequence[CallSummary]:
        found = [record.summary for record in self._records.values() if _fits(record.summary, wanted)]
        return sorted(found, key=lambda call: call.started, reverse=True)[: wanted.limit]

    async def record(self, call: CallId) -> CallRecord:
        if call not in self._records:
            raise NoSuchCall
        return self._records[call]

    async def mark(self) -> str:
        return str(self._changes)


def _fits(call: CallSummary, wanted: CallSearch) -> bool:
    return (
        (wanted.outcome is None or call.progress.outcome is wanted.outcome)
        and (wanted.since is None or call.started >= wanted.since)
        and (wanted.before is None or call.started < wanted.before)
        and (not wanted.needs_follow_up or call.progress.outcome is CallOutcome.CALLBACK)
    )


class FakeTaskBoard:
    """A list of tasks."""

    def __init__(self, clock: Clock, tasks: Sequence[Task] = ()) -> None:
        self._clock = clock
        self.tasks = {task.id: task for task in tasks}

    async def open(self) -> Sequence[Task]:
        return [task for task in self.tasks.values() if task.done is None]

    async def of_call(self, call: CallId) -> Sequence[Task]:
        return [task for task in self.tasks.values() if task.call == call]

    async def finish(self, task: TaskId, by: StaffId) -> None:
        self.tasks[task] = replace(self._known(task), done=self._clock.now(), done_by=by)

    async def reopen(self, task: TaskId, by: StaffId) -> None:
        self.tasks[task] = replace(self._known(task), done=None, done_by=None)

    def _known(self, task: TaskId) -> Task:
        if task not in self.tasks:
            raise NotFound
        return self.tasks[task]


class FakeDiary:
    """Clinicians and their visits."""

    def __init__(self, clinicians: Sequence[Clinician], visits: Sequence[Visit]) -> None:
        self._clinicians = tuple(clinicians)
        self._visits = visits

    async def clinicians(self) -> tuple[Clinician, ...]:
        return self._clinicians

    async def between(self, start: datetime, end: datetime, clinician: ClinicianId | None = None) -> Sequence[Visit]:
        return [
            visit for visit in self._visits if start <= visit.starts < end and clinician in {None, visit.clinician.id}
        ]


class FakePatients:
    """A handful of patients."""

    def __init__(self, patients: Sequence[Patient]) -> None:
        self._patients = patients

    async def names(self, patients: Collection[PatientId]) -> Mapping[PatientId, str]:
        return {patient.id: patient.name for patient in self._patients if patient.id in patients}

    async def listed(self, limit: int) -> Sequence[Patient]:
        return sorted(self._patients, key=lambda patient: patient.family_name)[:limit]


class FakeTickets:
    """Numbered tickets, and who has which."""

    def __init__(self) -> None:
        self.holders: dict[str, str] = {}
        self._issued = 0

    def issue(self, holder: str) -> str:
        self._issued += 1
        ticket = f"ticket-{self._issued}"
        self.holders[ticket] = holder
        return ticket
