"""What a booking takes: the clinician's time or a seat of a planned group, and the patient's own time."""

from dataclasses import dataclass, replace

from sqlalchemy import or_, select, true

from clinic.people import PatientId
from scheduling.errors import NoSuchGroup
from scheduling.groups import free_seat
from scheduling.visits import Slot, VisitType
from store.reservations import Claim, Overlap, of_clinician, of_group, of_patient
from store.tables import GroupSessionRow, ReservationRow
from store.timetable import visit_type_of
from store.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A slot and the resource that it takes besides the patient."""

    slot: Slot
    kind: VisitType
    resource: str

    def resources(self, patient: PatientId | None) -> set[str]:
        """Everything to be locked."""
        return {self.resource} if patient is None else {self.resource, of_patient(patient)}


async def target_of(work: Work, slot: Slot) -> Target:
    """Raises NoSuchVisitType, NoSuchGroup."""
    kind = await visit_type_of(work.session, slot.visit_type)
    if kind.seats == 1:
        return Target(slot=slot, kind=kind, resource=of_clinician(slot.clinician.id))
    group = await work.session.scalar(
        select(GroupSessionRow.id).where(
            GroupSessionRow.visit_type == kind.id,
            GroupSessionRow.clinician == slot.clinician.id,
            GroupSessionRow.starts == slot.starts,
        )
    )
    if group is None:
        raise NoSuchGroup
    return Target(slot=slot, kind=kind, resource=of_group(group))


async def claims_on(work: Work, target: Target, patient: PatientId | None) -> tuple[Slot, list[Claim]]:
    """The slot with its seat, and what it takes. Call it with the resources locked. Raises Overlap: no seat left."""
    slot = target.slot
    end = slot.ends + target.kind.buffer_after
    if target.kind.seats > 1:
        slot = replace(slot, seat=await _seat(work, target))
    claims = [Claim(resource=target.resource, seat=slot.seat, start=slot.starts, end=end)]
    if patient is not None:
        claims.append(Claim(resource=of_patient(patient), start=slot.starts, end=slot.ends))
    return slot, claims


async def _seat(work: Work, target: Target) -> int:
    """A seat that is free or this call's own; the offered one was only the first that was free at the time."""
    row = ReservationRow
    taken = await work.session.scalars(
        select(row.seat).where(
            row.resource == target.resource,
            or_(row.expires.is_(None), row.expires > work.at),
            row.call.is_distinct_from(work.call) if work.call else true(),
        )
    )
    seat = free_seat(frozenset(taken), target.kind.seats)
    if seat is None:
        raise Overlap
    return seat
