"""Openings: the examples a scheduler would name, and the laws that hold for any diary."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from time import perf_counter
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.people import ClinicianId
from scheduling.availability import Busy, Rules, joined, openings, span, suits
from scheduling.visits import DayOff, Slot, Wanted, Window, WorkingHours
from tests.scheduling.diary_values import LEE, PACIFIC, PATEL, THERAPY, hours, pacific, rules

MONDAY = pacific(2026, 3, 2)
WANTED = Wanted(visit_type=THERAPY.id)


def found(
    of: Rules,
    wanted: Wanted = WANTED,
    taken: Mapping[ClinicianId, Sequence[Busy]] | None = None,
    *,
    start: datetime = MONDAY,
    days: int = 1,
) -> list[Slot]:
    """Everything from `start` on, for some days."""
    return list(openings(of, wanted, taken or {}, start=start, end=start + timedelta(days=days)))


def walls(slots: Sequence[Slot]) -> list[str]:
    """As the clinic's clock shows them."""
    return [slot.starts.astimezone(PACIFIC).strftime("%H:%M") for slot in slots]


def test_a_day_is_filled_in_half_hours_until_no_visit_fits() -> None:
    assert walls(found(rules(*hours(PATEL, 9, 11)))) == ["09:00", "09:30", "10:00"]


def test_two_clinicians_are_merged_by_time_and_preference() -> None:
    slots = found(rules(*hours(PATEL, 9, 11), *hours(LEE, 9, 10)))
    named = [(wall, slot.clinician) for wall, slot in zip(walls(slots), slots, strict=True)]
    assert named == [("09:00", PATEL), ("09:00", LEE), ("09:30", PATEL), ("10:00", PATEL)]
    assert {s.clinician for s in found(rules(*hours(PATEL, 9, 11)), replace(WANTED, clinician=LEE.id))} == set()


def test_what_is_taken_and_the_buffer_after_are_left_out() -> None:
    taken = {PATEL.id: [Busy(MONDAY + timedelta(hours=10), MONDAY + timedelta(hours=11))]}
    assert walls(found(rules(*hours(PATEL, 9, 13)), taken=taken)) == ["09:00", "11:00", "11:30", "12:00"]


def test_days_off_are_the_clinicians_or_everybodys() -> None:
    everyone = rules(*hours(PATEL, 9, 10), *hours(LEE, 9, 10))
    off = DayOff(clinician=PATEL.id, day=date(2026, 3, 2), reason="conference")
    assert [s.clinician for s in found(replace(everyone, days_off=(off,)))] == [LEE]
    assert found(replace(everyone, days_off=(replace(off, clinician=None),))) == []


def test_windows_hold_the_start_and_exclusions_the_whole_visit() -> None:
    day = rules(*hours(PATEL, 9, 17))
    after_three = Window(start=pacific(2026, 3, 2, 15), end=None)
    assert walls(found(day, replace(WANTED, windows=(after_three,)))) == ["15:00", "15:30", "16:00"]
    not_afternoon = Window(start=pacific(2026, 3, 2, 12), end=None)
    assert walls(found(day, replace(WANTED, excluded=(not_afternoon,))))[-1] == "11:00"
    either = (Window(start=None, end=pacific(2026, 3, 2, 9, 30)), after_three)
    assert walls(found(day, replace(WANTED, windows=either))) == ["09:00", "15:00", "15:30", "16:00"]


def test_something_else_is_later_than_what_was_offered() -> None:
    first = found(rules(*hours(PATEL, 9, 12)))[0]
    assert walls(found(rules(*hours(PATEL, 9, 12)), replace(WANTED, after=first.starts)))[0] == "09:30"


def test_notice_and_horizon_bound_the_search() -> None:
    start, end = span(WANTED, THERAPY, MONDAY)
    assert (start, end) == (MONDAY + THERAPY.notice, MONDAY + THERAPY.horizon)
    tuesday = Window(start=MONDAY + timedelta(days=1), end=MONDAY + timedelta(days=2))
    assert span(replace(WANTED, windows=(tuesday,)), THERAPY, MONDAY) == (tuesday.start, tuesday.end)
    last_year = Window(start=MONDAY - timedelta(days=300), end=MONDAY - timedelta(days=299))
    start, end = span(replace(WANTED, windows=(last_year,)), THERAPY, MONDAY)
    assert start > end


def test_the_night_the_clock_springs_forward() -> None:
    """8 March 2026, 2:00 becomes 3:00: half past two does not exist and is never offered."""
    night = rules(*hours(PATEL, 1, 5, range(7)))
    slots = found(night, start=pacific(2026, 3, 8), days=1)
    assert walls(slots) == ["01:00", "01:30", "03:00", "03:30", "04:00"]


def test_the_night_the_clock_falls_back() -> None:
    """1 November 2026, 2:00 becomes 1:00: the hour is there twice, and can be used twice."""
    night = rules(*hours(PATEL, 0, 3, range(7)))
    slots = found(night, start=pacific(2026, 11, 1), days=1)
    assert walls(slots) == ["00:00", "00:30", "01:00", "01:30", "01:00", "01:30", "02:00"]
    assert len({slot.starts for slot in slots}) == 7


def test_hours_that_open_in_the_missing_hour() -> None:
    missing = WorkingHours(clinician=PATEL.id, weekday=6, opens=time(2, 30), closes=time(5))
    assert walls(found(rules(missing), start=pacific(2026, 3, 8)))[0] == "03:30"
    closing = WorkingHours(clinician=PATEL.id, weekday=6, opens=time(0), closes=time(2, 30))
    assert walls(found(rules(closing), start=pacific(2026, 3, 8)))[-1] == "00:30"


def test_only_the_days_that_are_asked_for_are_looked_at() -> None:
    """A far horizon costs nothing to somebody who takes the first opening."""
    wide = rules(*hours(PATEL, 0, 23, range(7)), *hours(LEE, 0, 23, range(7)))
    began = perf_counter()
    slots = openings(wide, WANTED, {}, start=MONDAY, end=MONDAY + timedelta(days=36_500))
    assert len(list(islice(slots, 3))) == 3
    assert perf_counter() - began < 1


YEAR = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 360 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes))
lengths = st.integers(1, 600).map(lambda minutes: timedelta(minutes=minutes))
busies = st.lists(st.builds(lambda start, length: Busy(start, start + length), moments, lengths), max_size=30)
zones = st.sampled_from(["America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])


@st.composite
def weeks(draw: st.DrawFn) -> tuple[WorkingHours, ...]:
    """Any working hours, one stretch a day and clinician."""
    stretches = []
    for clinician in (PATEL, LEE):
        for weekday in draw(st.sets(st.integers(0, 6), min_size=1)):
            opens = draw(st.integers(0, 22 * 4))
            closes = draw(st.integers(opens + 1, 23 * 4 + 3))
            stretches.append(
                WorkingHours(
                    clinician=clinician.id,
                    weekday=weekday,
                    opens=time(opens // 4, opens % 4 * 15),
                    closes=time(closes // 4, closes % 4 * 15),
                )
            )
    return tuple(stretches)


@settings(max_examples=120, deadline=None)
@given(weeks(), busies, moments, zones)
def test_laws_of_openings(week: tuple[WorkingHours, ...], busy: list[Busy], start: datetime, name: str) -> None:
    """In order, inside working hours as the wall shows them, clear of what is taken, and bounded."""
    zone = ZoneInfo(name)
    of = rules(*week, zone=zone)
    # What is busy is put near the start, so that it matters.
    near = [Busy(start + (b.start - busy[0].start) % timedelta(days=8), b.end) for b in busy]
    taken = [Busy(b.start, b.start + (old.end - old.start)) for b, old in zip(near, busy, strict=True)]
    end = start + timedelta(days=8)
    slots = list(openings(of, WANTED, {PATEL.id: taken, LEE.id: taken}, start=start, end=end))
    assert [s.starts for s in slots] == sorted(s.starts for s in slots)
    assert len({(s.starts, s.clinician.id) for s in slots}) == len(slots)
    for slot in slots:
        assert start <= slot.starts < end
        assert slot.ends - slot.starts == THERAPY.length
        assert all(b.end <= slot.starts or slot.ends + THERAPY.buffer_after <= b.start for b in taken)
        assert any(_inside(slot, stretch, zone) for stretch in week)


def _inside(slot: Slot, hours: WorkingHours, zone: ZoneInfo) -> bool:
    day = slot.starts.astimezone(zone).date()
    # Where the clock shows an hour twice: from the first opening to the second closing.
    opens = datetime.combine(day, hours.opens, tzinfo=zone).astimezone(UTC)
    closes = datetime.combine(day, hours.closes, tzinfo=zone).replace(fold=1).astimezone(UTC)
    theirs = hours.clinician == slot.clinician.id and hours.weekday == day.weekday()
    return theirs and opens <= slot.starts and slot.ends <= closes


@settings(max_examples=100, deadline=None)
@given(busies)
def test_joined_time_is_sorted_apart_and_the_same_time(busy: list[Busy]) -> None:
    whole = joined(busy)
    assert all(one.end < other.start for one, other in pairwise(whole))
    for part in busy:
        assert any(w.start <= part.start and part.end <= w.end for w in whole)
    assert sum((w.end - w.start for w in whole), timedelta()) <= sum((b.end - b.start for b in busy), timedelta())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(moments, lengths), max_size=4), st.lists(st.tuples(moments, lengths), max_size=3), moments)
def test_laws_of_what_suits(
    wanted: list[tuple[datetime, timedelta]], excluded: list[tuple[datetime, timedelta]], starts: datetime
) -> None:
    windows = tuple(Window(start=s, end=s + n) for s, n in wanted)
    nots = tuple(Window(start=s, end=s + n) for s, n in excluded)
    slot = Slot(
        clinician=PATEL, visit_type=THERAPY.id, visit_name="x", starts=starts, ends=starts + timedelta(minutes=50)
    )
    asked = Wanted(visit_type=THERAPY.id, windows=windows, excluded=nots)
    inside = not windows or any(s <= starts < s + n for s, n in wanted)
    touched = any(s < slot.ends and starts < s + n for s, n in excluded)
    assert suits(asked, slot) == (inside and not touched)
