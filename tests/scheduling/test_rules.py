"""How a visit's status may change."""

import pytest

from scheduling.errors import NotChangeable
from scheduling.rules import TAKES_TIME, may_become, require_movable
from scheduling.visits import VisitStatus


def test_what_is_over_stays_over() -> None:
    for over in (VisitStatus.DONE, VisitStatus.CANCELLED, VisitStatus.NO_SHOW):
        assert not any(may_become(over, then) for then in VisitStatus)
        with pytest.raises(NotChangeable):
            require_movable(over)


def test_a_booked_visit_can_be_kept_missed_or_cancelled() -> None:
    then = {status for status in VisitStatus if may_become(VisitStatus.BOOKED, status)}
    assert then == {VisitStatus.ARRIVED, VisitStatus.DONE, VisitStatus.CANCELLED, VisitStatus.NO_SHOW}
    require_movable(VisitStatus.BOOKED)


def test_only_visits_to_come_take_time() -> None:
    assert {s for s in VisitStatus if s in TAKES_TIME} == {VisitStatus.HOLD, VisitStatus.BOOKED, VisitStatus.ARRIVED}
