"""Signing in: the password, the second factor when there is one, and the lock after too many failures."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import pyotp

from clinic.people import StaffId
from clinic.time import Clock
from security.audit import Audit
from security.passwords import Passwords
from security.staff import Session, Staff, StaffBook
from security.tags import Tag

FAILURES = 5
"""Wrong attempts in a row before the account is locked."""
LOCKED_FOR = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Not signed in. "code-needed" is said only to someone who knew the password."""

    why: Literal["wrong", "locked", "code-needed"]
    until: datetime | None = None


class SignIn:
    """The door of the console."""

    def __init__(self, book: StaffBook, audit: Audit, passwords: Passwords, clock: Clock) -> None:
        self._book = book
        self._audit = audit
        self._passwords = passwords
        self._clock = clock

    async def __call__(self, username: str, password: str, code: str = "") -> Session | Refused:
        """A session, or why not. An unknown name takes as long and answers the same as a wrong password."""
        now = self._clock.now()
        staff = await self._book.by_username(username)
        right = await self._passwords.matches(password, staff.password_hash if staff else None)
        if staff is None:
            await self._audit.note("system", Tag.SIGN_IN_FAILED)
            return Refused(why="wrong")
        staff = await self._book.by_username(username) or staff  # others may have guessed while this was checked
        if staff.locked_until is not None and staff.locked_until > now:
            # Said whether or not the password was right, so a locked account cannot be used to guess on.
            return Refused(why="locked", until=staff.locked_until)
        if right and staff.totp_secret and not code:
            return Refused(why="code-needed")
        if not right or not _code_fits(staff, code, now):
            return await self._fail(staff, now)
        await self._audit.note(f"staff:{staff.id}", Tag.SESSION_OPENED, staff.id)
        return await self._book.open_session(staff.id, now + SESSION_LASTS)

    async def sign_out(self, token: str) -> None:
        """End the session; an unknown one is already ended."""
        session = await self._book.session(token)
        if session is None:
            return
        await self._book.close_session(token)
        await self._audit.note(f"staff:{session.staff.id}", Tag.SESSION_CLOSED, session.staff.id)

    async def _fail(self, staff: Staff, now: datetime) -> Refused:
        lock = await self._book.sign_in_failed(staff.id, lambda failures: locked_until(failures, now))
        await self._note_failure(staff.id, locked=lock is not None)
        return Refused(why="locked", until=lock) if lock else Refused(why="wrong")

    async def _note_failure(self, staff: StaffId, *, locked: bool) -> None:
        await self._audit.note("system", Tag.SIGN_IN_LOCKED if locked else Tag.SIGN_IN_FAILED, staff)


def locked_until(failures: int, now: datetime) -> datetime | None:
    """Until when an account is locked after this many failures in a row; None: not yet."""
    return now + LOCKED_FOR if failures % FAILURES == 0 else None


def _code_fits(staff: Staff, code: str, now: datetime) -> bool:
    if not staff.totp_secret:
        return True
    # One step either way: telephones' clocks differ by seconds.
    return pyotp.TOTP(staff.totp_secret).verify(code, for_time=now, valid_window=1)
