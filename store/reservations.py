"""Taking and freeing time. The database's own rule forbids overlap; locks only keep the losers of a race from waiting.

Whoever touches reservations first locks the resources concerned, in sorted order, so that two bookers never wait for
each other. SQLite has one writer, which is lock enough.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import IntegrityError

from clinic.people import CallId, ClinicianId, PatientId
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


async def lock(work: Work, resources: Collection[str]) -> None:
    """Until the transaction ends, nobody else who asks for these gets them."""
    if work.database.dialect != "postgresql":
        return
    for key in sorted(_lock_key(resource) for resource in resources):
        await work.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


async def held_by(work: Work, call: CallId) -> set[str]:
    """The resources of the call's hold."""
    found = await work.session.scalars(select(ReservationRow.resource).where(ReservationRow.call == call))
    return set(found)


async def taken_by(work: Work, visit: VisitId) -> set[str]:
    """The resources of the visit."""
    found = await work.session.scalars(select(ReservationRow.resource).where(ReservationRow.visit == visit))
    return set(found)


async def take(
    work: Work,
    claims: Sequence[Claim],
    *,
    visit: VisitId | None = None,
    call: CallId | None = None,
    expires: datetime | None = None,
) -> None:
    """Reserve all of them; holds that have expired are swept away first.

    Raises Overlap when somebody has any of them: call it in a savepoint, which then takes everything back.
    """
    rows = []
    for claim in claims:
        await sweep(work, claim)
        rows.append(_row(claim) | {"visit": visit, "call": call, "expires": expires})
    try:
        await work.session.execute(insert(ReservationRow), rows)
    except IntegrityError as error:
        if "no_double_booking" not in str(error.orig):
            raise
        raise Overlap from error


async def free_visit(work: Work, visit: VisitId) -> None:
    """The visit's time is anybody's again."""
    await work.session.execute(delete(ReservationRow).where(ReservationRow.visit == visit))


async def free_hold(work: Work, call: CallId) -> None:
    """The call lets go of what it held."""
    await work.session.execute(delete(ReservationRow).where(ReservationRow.call == call))


async def sweep(work: Work, claim: Claim) -> None:
    """Delete expired holds that stand in the claim's way, on any seat."""
    row = ReservationRow
    await work.session.execute(
        delete(row).where(
            row.resource == claim.resource,
            row.busy_from < claim.end,
            row.busy_from > claim.start - LONGEST,
            row.busy_to > claim.start,
            row.expires <= work.at,
        )
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
