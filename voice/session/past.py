"""What the rows of a call tell before any of them is replayed."""

from collections.abc import Sequence

from pydantic import TypeAdapter

from clinic.people import Patient
from voice.dialog.errors import Crisis, JournalMismatch
from voice.dialog.journal import InCrisis, Renewed, Replied, Row, Started, Stepped

IDENTIFIED = "Roster.identify"
"""The step that says who is calling; it is kept when a call begins anew."""

_PATIENT = TypeAdapter(Patient)


def started(rows: Sequence[Row]) -> Started:
    """Row 0; raises JournalMismatch."""
    if not rows or not isinstance(rows[0].entry, Started):
        raise JournalMismatch("The journal of a call has no beginning.")
    return rows[0].entry


def renewed_at(rows: Sequence[Row]) -> int:
    """Place of the latest renewal among the rows, 0 when there was none."""
    return max((place for place, row in enumerate(rows) if isinstance(row.entry, Renewed)), default=0)


def renewal(rows: Sequence[Row]) -> Renewed | None:
    """The latest renewal, if any."""
    entry = rows[renewed_at(rows)].entry
    return entry if isinstance(entry, Renewed) else None


def fingerprint(rows: Sequence[Row]) -> str:
    """What the rows since the latest renewal were written under."""
    return (renewal(rows) or started(rows)).source_hash


def danger(rows: Sequence[Row]) -> Crisis | None:
    """The latest words of danger in this call: a crisis outlives a new release and a failure."""
    for row in reversed(rows):
        if isinstance(row.entry, Replied) and isinstance(row.entry.outcome, InCrisis):
            return Crisis(row.entry.outcome.level, row.entry.outcome.triggers)
    return None


def identified(rows: Sequence[Row]) -> Patient | None:
    """The patient that the caller was found to be."""
    for row in reversed(rows):
        if isinstance(row.entry, Stepped) and row.entry.name == IDENTIFIED:
            return _PATIENT.validate_json(row.entry.result)
    return None
