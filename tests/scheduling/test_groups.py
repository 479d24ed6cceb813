"""Seats of planned groups."""

from dataclasses import replace
from datetime import timedelta

from scheduling.groups import GroupSession, free_seat, seats
from scheduling.visits import Slot, VisitType, VisitTypeId, Wanted
from tests.scheduling.diary_values import LEE, PATEL, pacific

GROUP = VisitType(id=VisitTypeId("group"), name="group session", length=timedelta(minutes=90), seats=3)
STARTS = pacific(2026, 3, 4, 16)
SLOT = Slot(
    clinician=PATEL, visit_type=GROUP.id, visit_name=GROUP.name, starts=STARTS, ends=STARTS + timedelta(minutes=90)
)
BOUNDS = {"start": STARTS - timedelta(days=1), "end": STARTS + timedelta(days=30)}


def test_the_first_free_seat_of_each_session_in_time_order() -> None:
    later = replace(SLOT, starts=STARTS + timedelta(days=7), ends=SLOT.ends + timedelta(days=7))
    sessions = [GroupSession(id="b", slot=later, taken=frozenset({0, 2})), GroupSession(id="a", slot=SLOT)]
    assert list(seats(sessions, GROUP, Wanted(visit_type=GROUP.id), **BOUNDS)) == [SLOT, replace(later, seat=1)]


def test_full_unwanted_and_distant_sessions_are_left_out() -> None:
    full = GroupSession(id="a", slot=SLOT, taken=frozenset(range(3)))
    wanted = Wanted(visit_type=GROUP.id)
    assert list(seats([full], GROUP, wanted, **BOUNDS)) == []
    free = replace(full, taken=frozenset())
    assert list(seats([free], GROUP, replace(wanted, clinician=LEE.id), **BOUNDS)) == []
    assert list(seats([free], GROUP, replace(wanted, after=STARTS), **BOUNDS)) == []
    assert list(seats([free], GROUP, wanted, start=STARTS, end=STARTS)) == []


def test_free_seat() -> None:
    assert [free_seat(taken, 2) for taken in ((), (0,), (1,), (0, 1))] == [0, 1, 0, None]
