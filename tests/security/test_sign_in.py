"""Signing in, with a staff book in memory."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
from argon2 import PasswordHasher

from clinic.people import StaffId
from clinic.time import ManualClock
from security.csrf import csrf_of, same
from security.passwords import Passwords
from security.sign_in import FAILURES, LOCKED_FOR, SESSION_LASTS, Refused, SignIn, locked_until
from security.staff import Role, Session, Staff
from security.tags import Tag

NOW = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Book:
    """A staff book that remembers."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.sessions: dict[str, Session] = {}

    async def by_username(self, username: str) -> Staff | None:
        return self.staff if username == self.staff.username else None

    async def everyone(self) -> tuple[Staff, ...]:
        return (self.staff,)

    async def sign_in_failed(self, staff: StaffId, lock: Callable[[int], datetime | None]) -> datetime | None:
        failures = self.staff.failed_sign_ins + 1
        self.staff = replace(self.staff, failed_sign_ins=failures, locked_until=lock(failures))
        return lock(failures)

    async def open_session(self, staff: StaffId, expires: datetime) -> Session:
        self.staff = replace(self.staff, failed_sign_ins=0, locked_until=None)
        token = f"token-{len(self.sessions)}"
        self.sessions[token] = Session(token=token, staff=self.staff, csrf=csrf_of(token), expires=expires)
        return self.sessions[token]

    async def session(self, token: str) -> Session | None:
        return self.sessions.get(token)

    async def close_session(self, token: str) -> None:
        self.sessions.pop(token, None)


class Notes:
    """An audit that only remembers tags."""

    def __init__(self) -> None:
        self.tags: list[str] = []

    async def note(self, actor: str, tag: str, subject: str = "") -> None:
        self.tags.append(tag)

    async def entries(self, *, limit: int = 200, before: int | None = None) -> tuple[()]:
        return ()

    async def verify(self) -> int | None:
        return None


class Door:
    """A sign-in over one account whose password is "right"."""

    def __init__(self, totp: str | None = None) -> None:
        hashed = asyncio.run(PASSWORDS.hash("right"))
        account = Staff(
            id=StaffId("s1"), username="ann", name="Ann", role=Role.CLINICIAN, password_hash=hashed, totp_secret=totp
        )
        self.book, self.notes, self.clock = Book(account), Notes(), ManualClock(NOW)
        self.sign_in = SignIn(self.book, self.notes, PASSWORDS, self.clock)

    def enter(self, username: str, password: str, code: str = "") -> Session | Refused:
        return asyncio.run(self.sign_in(username, password, code))


def test_the_right_password_opens_a_session() -> None:
    door = Door()
    session = door.enter("ann", "right")
    assert isinstance(session, Session)
    assert session.expires == NOW + SESSION_LASTS
    assert door.notes.tags == [Tag.SESSION_OPENED]


def test_a_wrong_password_and_a_wrong_name_are_answered_alike() -> None:
    door = Door()
    assert door.enter("ann", "wrong") == door.enter("bob", "right") == Refused(why="wrong")


def test_the_fifth_failure_locks_and_the_lock_ends() -> None:
    door = Door()
    refusals = [door.enter("ann", "wrong") for _ in range(FAILURES)]
    assert refusals[-1] == Refused(why="locked", until=NOW + LOCKED_FOR)
    assert door.enter("ann", "right") == Refused(why="locked", until=NOW + LOCKED_FOR)
    assert door.notes.tags == [Tag.SIGN_IN_FAILED] * (FAILURES - 1) + [Tag.SIGN_IN_LOCKED]
    door.clock.forward(LOCKED_FOR)
    assert isinstance(door.enter("ann", "right"), Session)


def test_locks_come_back_with_every_fifth_failure() -> None:
    assert [n for n in range(1, 16) if locked_until(n, NOW)] == [5, 10, 15]


def test_a_second_factor_is_asked_for_after_the_password_only() -> None:
    door = Door(SECRET)
    code = pyotp.TOTP(SECRET).at(NOW)
    assert door.enter("ann", "wrong", code) == Refused(why="wrong")
    assert door.enter("ann", "right") == Refused(why="code-needed")
    assert door.enter("ann", "right", "000000") == Refused(why="wrong")
    assert isinstance(door.enter("ann", "right", code), Session)
    door.clock.forward(timedelta(minutes=5))
    assert door.enter("ann", "right", code) == Refused(why="wrong")


def test_signing_out_ends_the_session_once() -> None:
    door = Door()
    session = door.enter("ann", "right")
    assert isinstance(session, Session)
    for _ in range(2):
        asyncio.run(door.sign_in.sign_out(session.token))
    assert door.book.sessions == {}
    assert door.notes.tags.count(Tag.SESSION_CLOSED) == 1


def test_passwords_never_fit_a_broken_hash() -> None:
    assert not asyncio.run(PASSWORDS.matches("x", "not a hash"))
    assert not asyncio.run(PASSWORDS.matches("x", None))
    assert asyncio.run(PASSWORDS.hash("x")).startswith("$argon2id$")


def test_form_tokens_belong_to_their_session() -> None:
    assert same(csrf_of("a"), csrf_of("a"))
    assert not same(csrf_of("a"), csrf_of("b"))
    assert not same("", csrf_of("a"))
