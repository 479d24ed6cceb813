"""Reading the diary's rules and what is taken, for the pure functions of scheduling."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from clinic.people import ClinicianId, PatientId
from scheduling.availability import Busy, Rules
from scheduling.errors import NoSuchVisitType
from scheduling.groups import GroupSession
from scheduling.visits import Clinician, DayOff, Slot, VisitType, VisitTypeId, WorkingHours
from store.reservations import LONGEST, of_clinician, of_group, of_patient
from store.tables import (
    ClinicianRow,
    DayOffRow,
    GroupSessionRow,
    OfferRow,
    ReservationRow,
    VisitTypeRow,
    WorkingHoursRow,
)


async def all_clinicians(session: AsyncSession) -> tuple[Clinician, ...]:
    """In the clinic's own order."""
    row = ClinicianRow
    rows = await session.execute(select(row.id, row.name, row.profession).order_by(row.position))
    return tuple(Clinician(id=ClinicianId(c), name=name, profession=profession) for c, name, profession in rows)


async def all_visit_types(session: AsyncSession) -> tuple[VisitType, ...]:
    """In the clinic's own order."""
    offers: dict[str, list[ClinicianId]] = defaultdict(list)
    for offer in await session.scalars(select(OfferRow).order_by(OfferRow.clinician)):
        offers[offer.visit_type].append(ClinicianId(offer.clinician))
    rows = await session.scalars(select(VisitTypeRow).order_by(VisitTypeRow.position))
    return tuple(_visit_type(row, tuple(offers[row.id])) for row in rows)


async def visit_type_of(session: AsyncSession, wanted: VisitTypeId) -> VisitType:
    """Raises NoSuchVisitType."""
    row = await session.get(VisitTypeRow, wanted)
    if row is None:
        raise NoSuchVisitType
    offers = await session.scalars(
        select(OfferRow.clinician).where(OfferRow.visit_type == wanted).order_by(OfferRow.clinician)
    )
    return _visit_type(row, tuple(ClinicianId(c) for c in offers))


async def all_hours(session: AsyncSession, of: Sequence[Clinician] | None = None) -> tuple[WorkingHours, ...]:
    """The weeks of these clinicians; None: everybody's."""
    row = WorkingHoursRow
    wanted = select(row.clinician, row.weekday, row.opens, row.closes)
    if of is not None:
        wanted = wanted.where(row.clinician.in_([clinician.id for clinician in of]))
    return tuple(
        WorkingHours(clinician=ClinicianId(clinician), weekday=weekday, opens=opens, closes=closes)
        for clinician, weekday, opens, closes in await session.execute(wanted)
    )


async def days_off(session: AsyncSession, start: datetime, end: datetime) -> tuple[DayOff, ...]:
    """Those that may matter from start to end, whatever the zone."""
    first, last = (start - LONGEST).date(), (end + LONGEST).date()
    rows = await session.scalars(select(DayOffRow).where(DayOffRow.day.between(first, last)))
    return tuple(
        DayOff(clinician=None if r.clinician is None else ClinicianId(r.clinician), day=r.day, reason=r.reason)
        for r in rows
    )


async def rules_for(
    session: AsyncSession,
    kind: VisitType,
    clinician: ClinicianId | None,
    zone: ZoneInfo,
    start: datetime,
    end: datetime,
) -> Rules:
    """What openings of this kind follow from; with one clinician, when one is asked for."""
    chosen = tuple(
        c
        for c in await all_clinicians(session)
        if clinician in (None, c.id) and (not kind.clinicians or c.id in kind.clinicians)
    )
    return Rules(
        visit_type=kind,
        clinicians=chosen,
        hours=await all_hours(session, chosen),
        days_off=await days_off(session, start, end),
        zone=zone,
    )


async def taken(
    session: AsyncSession,
    clinicians: Sequence[Clinician],
    patient: PatientId | None,
    *,
    start: datetime,
    end: datetime,
    now: datetime,
) -> dict[ClinicianId, list[Busy]]:
    """What is busy for each clinician in [start, end); the patient's own visits count for every one of them."""
    resources = {of_clinician(c.id): c.id for c in clinicians}
    names = [*resources, *([of_patient(patient)] if patient else [])]
    found: dict[ClinicianId, list[Busy]] = {c.id: [] for c in clinicians}
    columns = select(ReservationRow.resource, ReservationRow.busy_from, ReservationRow.busy_to)
    rows = await session.execute(columns.where(*_within(names, start, end, now)))
    for resource, busy_from, busy_to in rows:
        for clinician in [resources[resource]] if resource in resources else found:
            found[clinician].append(Busy(busy_from, busy_to))
    return found


async def groups(
    session: AsyncSession, rules: Rules, *, start: datetime, end: datetime, now: datetime
) -> list[GroupSession]:
    """Planned sessions of the rules' kind that start in [start, end), with their taken seats."""
    by_id = {c.id: c for c in rules.clinicians}
    rows = await session.scalars(
        select(GroupSessionRow).where(
            GroupSessionRow.visit_type == rules.visit_type.id,
            GroupSessionRow.starts >= start,
            GroupSessionRow.starts < end,
        )
    )
    planned = {row.id: row for row in rows if row.clinician in by_id}
    seats: dict[str, set[int]] = defaultdict(set)
    names = [of_group(group) for group in planned]
    found = await session.execute(
        select(ReservationRow.resource, ReservationRow.seat).where(*_within(names, start, end + LONGEST, now))
    )
    for resource, seat in found:
        seats[resource].add(seat)
    return [
        GroupSession(
            id=row.id,
            slot=Slot(
                clinician=by_id[ClinicianId(row.clinician)],
                visit_type=rules.visit_type.id,
                visit_name=rules.visit_type.name,
                starts=row.starts,
                ends=row.ends,
            ),
            taken=frozenset(seats[of_group(row.id)]),
        )
        for row in planned.values()
    ]


def _within(names: Sequence[str], start: datetime, end: datetime, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Reservations that touch [start, end) and are no expired hold. Found by index: none is longer than a day."""
    row = ReservationRow
    return (
        row.resource.in_(names),
        row.busy_from < end,
        row.busy_from > start - LONGEST,
        row.busy_to > start,
        (row.expires.is_(None)) | (row.expires > now),
    )


def _visit_type(row: VisitTypeRow, offered_by: tuple[ClinicianId, ...]) -> VisitType:
    return VisitType(
        id=VisitTypeId(row.id),
        name=row.name,
        length=timedelta(minutes=row.minutes),
        buffer_after=timedelta(minutes=row.buffer_minutes),
        notice=timedelta(minutes=row.notice_minutes),
        horizon=timedelta(days=row.horizon_days),
        seats=row.seats,
        for_new_patients=row.for_new_patients,
        clinicians=offered_by,
    )
