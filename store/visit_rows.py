"""Rows of visits to values of the diary."""

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from clinic.people import ClinicianId, PatientId
from scheduling.errors import NoSuchVisit
from scheduling.visits import Clinician, Mode, Visit, VisitId, VisitStatus, VisitTypeId
from store.tables import ClinicianRow, VisitRow, VisitTypeRow


def whole_visits() -> Select[VisitRow, ClinicianRow, str]:
    """Visits with the names that are spoken."""
    return (
        select(VisitRow, ClinicianRow, VisitTypeRow.name)
        .join(ClinicianRow, ClinicianRow.id == VisitRow.clinician)
        .join(VisitTypeRow, VisitTypeRow.id == VisitRow.visit_type)
    )


async def read_visits(session: AsyncSession, wanted: Select[VisitRow, ClinicianRow, str]) -> tuple[Visit, ...]:
    """The visits the query finds."""
    # A session remembers rows; what was just changed must be read anew.
    fresh = wanted.execution_options(populate_existing=True)
    return tuple(_visit(*row) for row in (await session.execute(fresh)))


async def one_visit(session: AsyncSession, visit: VisitId) -> Visit:
    """Raises NoSuchVisit."""
    found = await read_visits(session, whole_visits().where(VisitRow.id == visit))
    if not found:
        raise NoSuchVisit
    return found[0]


def _visit(row: VisitRow, clinician: ClinicianRow, name: str) -> Visit:
    return Visit(
        id=VisitId(row.id),
        patient=PatientId(row.patient),
        clinician=Clinician(id=ClinicianId(clinician.id), name=clinician.name, profession=clinician.profession),
        visit_type=VisitTypeId(row.visit_type),
        visit_name=name,
        starts=row.starts,
        ends=row.ends,
        status=VisitStatus(row.status),
        mode=Mode(row.mode),
    )
