"""Putting the demo clinic into an empty store. Running it again changes nothing."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from care.progress import DoneEpisode, Enrolment
from clinic.consent import Channel, ConsentKind
from clinic.time import Clock, zone
from scheduling.visits import Clinician, Slot, VisitType
from scheduling.wall_time import moment
from security.passwords import Passwords
from security.staff import Staff
from store import demo_clinic as demo
from store.errors import NoFacts
from store.opened import Store

_ZONE = zone(demo.FACTS.zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSignIns:
    """What to print: any of the user names, with the one password of this installation."""

    usernames: tuple[str, ...]
    password: str


async def seed_demo(store: Store, clock: Clock, data_dir: Path, passwords: Passwords | None = None) -> DemoSignIns:
    """The demo clinic, its people, some visits, and a programme under way."""
    passwords = passwords or Passwords()
    file = data_dir / "demo-password"
    lost = not file.exists()
    password = _password(file)
    await _seed_accounts(store, passwords, password, lost=lost)
    try:
        await store.facts.load()
    except NoFacts:
        # The facts come last: they mark a seeding that was finished, and one that was cut short goes on.
        await _seed_clinic(store, clock)
        await store.facts.save(demo.FACTS)
    return DemoSignIns(usernames=tuple(username for _, username, _, _ in demo.ACCOUNTS), password=password)


async def _seed_accounts(store: Store, passwords: Passwords, password: str, *, lost: bool) -> None:
    for staff_id, username, name, role in demo.ACCOUNTS:
        known = await store.staff.by_username(username)
        if known is None:
            hashed = await passwords.hash(password)
            await store.staff.add(Staff(id=staff_id, username=username, name=name, role=role, password_hash=hashed))
        elif lost:
            await store.staff.set_password(known.id, await passwords.hash(password))


async def _seed_clinic(store: Store, clock: Clock) -> None:
    today = clock.now().astimezone(_ZONE).date()
    if not await store.diary.clinicians():
        await store.set_up.add_clinicians(demo.CLINICIANS, demo.HOURS)
    if not await store.diary.visit_types():
        await store.set_up.add_visit_types(demo.VISIT_TYPES)
    for patient in demo.PATIENTS:
        if not await store.roster.by_phone(patient.phone):
            await store.roster.add(patient)
            await store.consents.record_in_person(patient.id, ConsentKind.VISIT_MESSAGES, Channel.TEXT, True)
    await _seed_groups(store, today)
    await _seed_visits(store, today)
    if await store.progress.enrolment(demo.MARIA.id) is None:
        await store.progress.enrol(_enrolment(clock.now()))


async def _seed_groups(store: Store, today: date) -> None:
    for ahead in range(1, demo.GROUP_WEEKS * 7 + 1):
        day = today + timedelta(days=ahead)
        slot = _slot(demo.GROUP, demo.RAMIREZ, day, demo.GROUP_STARTS)
        if day.weekday() == demo.GROUP_WEEKDAY and not await store.set_up.has_group(slot):
            await store.set_up.plan_group(slot)


async def _seed_visits(store: Store, today: date) -> None:
    if not await store.diary.upcoming(demo.MARIA.id):
        fifth = [day for day, _ in zip(_working_days(today), range(5), strict=False)][-1]
        await store.diary.book_by_staff(demo.MARIA.id, _slot(demo.FOLLOW_UP, demo.PATEL, fifth, time(10, 30)))
    if not await store.diary.upcoming(demo.JAMES.id):
        next_tuesday = today + timedelta(days=8 - today.weekday())
        await store.diary.book_by_staff(demo.JAMES.id, _slot(demo.THERAPY, demo.RAMIREZ, next_tuesday, time(14)))


def _enrolment(now: datetime) -> Enrolment:
    done = DoneEpisode(episode=demo.EPISODE_DONE, at=now - timedelta(days=6), said=demo.EPISODE_SAID)
    return Enrolment(
        patient=demo.MARIA.id,
        programme=demo.PROGRAMME,
        version=demo.PROGRAMME_VERSION,
        done=(done,),
        started=now - timedelta(days=7),
    )


def _slot(kind: VisitType, clinician: Clinician, day: date, at: time) -> Slot:
    starts = moment(day, at, _ZONE) or datetime.combine(day, at, tzinfo=_ZONE).astimezone(UTC)
    return Slot(clinician=clinician, visit_type=kind.id, visit_name=kind.name, starts=starts, ends=starts + kind.length)


def _working_days(today: date) -> Iterator[date]:
    day = today
    while True:
        day += timedelta(days=1)
        if day.weekday() < 5:
            yield day


def _password(file: Path) -> str:
    """The installation's own demo password: the same until the file is deleted."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists():
        return file.read_text(encoding="ascii").strip()
    password = "-".join(secrets.token_hex(2) for _ in range(3))
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as opened:
        opened.write(password + "\n")
    return password
