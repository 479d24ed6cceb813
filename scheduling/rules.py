"""How a visit's status may change."""

from scheduling.errors import NotChangeable
from scheduling.visits import VisitStatus

_NEXT: dict[VisitStatus, frozenset[VisitStatus]] = {
    VisitStatus.HOLD: frozenset({VisitStatus.BOOKED, VisitStatus.CANCELLED}),
    VisitStatus.BOOKED: frozenset({VisitStatus.ARRIVED, VisitStatus.DONE, VisitStatus.CANCELLED, VisitStatus.NO_SHOW}),
    VisitStatus.ARRIVED: frozenset({VisitStatus.DONE, VisitStatus.CANCELLED}),
    VisitStatus.DONE: frozenset(),
    VisitStatus.CANCELLED: frozenset(),
    VisitStatus.NO_SHOW: frozenset(),
}

TAKES_TIME = frozenset({VisitStatus.HOLD, VisitStatus.BOOKED, VisitStatus.ARRIVED})
"""In these states nobody else can have the time."""


def may_become(now: VisitStatus, then: VisitStatus) -> bool:
    """Whether the change is one that happens in a clinic."""
    return then in _NEXT[now]


def require_movable(status: VisitStatus) -> None:
    """Only a visit that is still to come can be moved; raises NotChangeable."""
    if status is not VisitStatus.BOOKED:
        raise NotChangeable
