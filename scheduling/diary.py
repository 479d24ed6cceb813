"""The port to where visits live: implemented by the store (and, later, by FHIR)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from clinic.people import ClinicianId, PatientId
from clinic.step import Step
from scheduling.visits import Clinician, Held, Slot, Taken, Visit, VisitId, VisitType, Wanted


class Diary(Protocol):
    """Where visits live. No double booking, by constraint and not by care."""

    async def clinicians(self) -> tuple[Clinician, ...]: ...

    async def visit_types(self) -> tuple[VisitType, ...]: ...

    async def openings(self, wanted: Wanted) -> tuple[Slot, ...]:
        """Up to `wanted.limit` bookable slots, soonest first; none that is held by somebody else."""
        ...

    async def upcoming(self, patient: PatientId) -> tuple[Visit, ...]:
        """The patient's booked visits from now on, soonest first."""
        ...

    async def hold(self, step: Step, slot: Slot) -> Held | Taken:
        """Keep a slot for this call for a few minutes. A call holds at most one: an earlier hold of it is let go."""
        ...

    async def book(self, step: Step, patient: PatientId, slot: Slot) -> Visit | Taken:
        """Book; takes over this call's own hold on the slot."""
        ...

    async def move(self, step: Step, visit: VisitId, slot: Slot) -> Visit | Taken:
        """Book the new slot and free the old one in one transaction; Taken leaves the old one untouched."""
        ...

    async def cancel(self, step: Step, visit: VisitId, reason: str) -> Visit:
        """Free the slot; audited. Cancelling a cancelled visit changes nothing."""
        ...

    async def let_go(self, step: Step) -> None:
        """Release this call's hold, if any."""
        ...


class DiaryPages(Protocol):
    """The same diary as staff read it."""

    async def between(
        self, start: datetime, end: datetime, clinician: ClinicianId | None = None
    ) -> Sequence[Visit]: ...
