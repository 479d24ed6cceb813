"""Seats of planned groups. A group takes its clinician's time once; callers take its seats."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduling.availability import suits
from scheduling.visits import Slot, VisitType, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSession:
    """One meeting of a group, and which of its seats are taken."""

    id: str
    slot: Slot
    taken: frozenset[int] = frozenset()


def seats(
    sessions: Sequence[GroupSession], kind: VisitType, wanted: Wanted, *, start: datetime, end: datetime
) -> Iterator[Slot]:
    """One free seat of each wanted session in [start, end), soonest first."""
    for session in sorted(sessions, key=lambda s: s.slot.starts):
        seat = free_seat(session.taken, kind.seats)
        if seat is None or not start <= session.slot.starts < end:
            continue
        if wanted.clinician in (None, session.slot.clinician.id) and suits(wanted, session.slot):
            yield replace(session.slot, seat=seat)


def free_seat(taken: Collection[int], seats: int) -> int | None:
    """The first seat that nobody has."""
    return next((seat for seat in range(seats) if seat not in taken), None)
