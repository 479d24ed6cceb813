"""Taking and freeing time. The database's own rule forbids overlap; locks only keep the losers of a race from waiting.

Whoever touches reservations first locks the resources concerned, in sorted order, so that two bookers never wait for
each other. SQLite has one writer, which is lock enough.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, text, true
from sqlalchemy.exc import IntegrityError

from clinic.people import ClinicianId, PatientId
from scheduling.errors import SchedulingError
from scheduling.visits import VisitId
from store.ids import new_id
from store.tables import ReservationRow
from store.work import Work

LONGEST = timedelta(days=1)
"""No reservation is longer, by constraint; so a search need look back no further."""


class Overlap(SchedulingError):
    """Somebody else has this time."""

    code = "overlap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One resource, for one stretch of time."""

    resource: str
    start: datetime
    end: datetime
    seat: int = 0


def of_clinician(clinician: ClinicianId) -> str:
    """The name of the clinician's time."""
    return f"clinician:{clinician}"


def of_patient(patient: PatientId) -> str:
    """The name of the patient's time: nobody is in two visits at once."""
    return f"patient:{patient}"


def of_group(session: str) -> str:
    """The name of a group's seats."""
    return f"group:{session}"


async def lock(work: Work, resources: Collection[str], *, visit: VisitId | None = None) -> None:
    """Until the transaction ends, nobody else who asks for these gets them; nor what the call or the visit has now."""
    if work.database.dialect != "postgresql":
        return
    mine = or_(ReservationRow.call == (work.call or ""), ReservationRow.visit == (visit or ""))
    now = await work.session.scalars(select(ReservationRow.resource).where(mine))
    for key in sorted(_lock_key(resource) for resource in {*resources, *now}):
        await work.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


async def is_free(work: Work, claims: Sequence[Claim], *, visit: VisitId | None = None) -> bool:
    """Whether nobody else has any of it: the losers of a race learn it here, at the cost of a look."""
    row = ReservationRow
    others = and_(
        or_(*(_meets(claim) for claim in claims)),
        or_(row.expires.is_(None), row.expires > work.at),
        row.call.is_distinct_from(work.call) if work.call else true(),
        row.visit.is_distinct_from(visit) if visit else true(),
    )
    return await work.session.scalar(select(row.id).where(others).limit(1)) is None


async def take(
    work: Work,
    claims: Sequence[Claim],
    *,
    visit: VisitId | None = None,
    expires: datetime | None = None,
) -> None:
    """Reserve all of them, for a visit or, until `expires`, for the call; holds that have expired are swept away first.

    Raises Overlap when somebody has any of them: call it in a savepoint, which then takes everything back.
    """
    expired = and_(or_(*(_meets(claim) for claim in claims)), ReservationRow.expires <= work.at)
    await work.session.execute(delete(ReservationRow).where(expired))
    rows = [
        _row(claim) | {"visit": visit, "call": work.call if expires else None, "expires": expires} for claim in claims
    ]
    try:
        await work.session.execute(insert(ReservationRow), rows)
    except IntegrityError as error:
        if "no_double_booking" not in str(error.orig):
            raise
        raise Overlap from error


async def free_visit(work: Work, visit: VisitId) -> None:
    """The visit's time is anybody's again."""
    await work.session.execute(delete(ReservationRow).where(ReservationRow.visit == visit))


async def free_hold(work: Work) -> None:
    """The call lets go of what it held."""
    if work.call is not None:
        await work.session.execute(delete(ReservationRow).where(ReservationRow.call == work.call))


def _meets(claim: Claim) -> ColumnElement[bool]:
    """Rows of the same seat that overlap. Found by index: none begins more than a day earlier."""
    row = ReservationRow
    return and_(
        row.resource == claim.resource,
        row.seat == claim.seat,
        row.busy_from < claim.end,
        row.busy_from > claim.start - LONGEST,
        row.busy_to > claim.start,
    )


def _row(claim: Claim) -> dict[str, object]:
    return {
        "id": new_id("reservation"),
        "resource": claim.resource,
        "seat": claim.seat,
        "busy_from": claim.start,
        "busy_to": claim.end,
    }


def _lock_key(resource: str) -> int:
    return int.from_bytes(sha256(resource.encode()).digest()[:8], signed=True)
