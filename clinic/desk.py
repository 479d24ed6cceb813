"""What is left for people to do: messages, call-backs, alerts. Every failure of the line ends here, with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from clinic.people import CallId, PatientId, Phone, StaffId
from clinic.step import Step

TaskId = NewType("TaskId", str)


class TaskKind(StrEnum):
    """Why a person is needed."""

    CALLBACK = "callback"
    MESSAGE = "message"
    NEW_PATIENT = "new-patient"
    CRISIS = "crisis"
    REQUEST = "request"
    STOP_CALLING = "stop-calling"
    COMPLAINT = "complaint"
    LINE_FAILED = "line-failed"


class Urgency(StrEnum):
    NOW = "now"
    TODAY = "today"
    SOON = "soon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing a person has to do about one call."""

    id: TaskId
    kind: TaskKind
    urgency: Urgency
    call: CallId | None
    patient: PatientId | None
    phone: Phone | None
    due: datetime
    words: str
    """What to do and why, for staff; holds the patient's own words, so it is kept encrypted."""
    created: datetime
    done: datetime | None = None
    done_by: StaffId | None = None


class Desk(Protocol):
    """The front desk's list, as a call writes to it."""

    async def leave(
        self,
        step: Step,
        kind: TaskKind,
        urgency: Urgency,
        words: str,
        patient: PatientId | None,
        phone: Phone | None,
    ) -> Task:
        """Add a task. `due` follows from the urgency: now, end of today, end of the next working day."""
        ...


class TaskBoard(Protocol):
    """The same list, as staff work it."""

    async def open(self) -> Sequence[Task]: ...

    async def of_call(self, call: CallId) -> Sequence[Task]: ...

    async def finish(self, task: TaskId, by: StaffId) -> None:
        """Tick it off; audited. Finishing a finished task changes nothing."""
        ...

    async def reopen(self, task: TaskId, by: StaffId) -> None:
        """Undo a tick; audited."""
        ...
