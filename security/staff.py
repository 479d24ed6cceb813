"""Staff accounts, sessions and roles: the values and the port the store implements."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from clinic.people import StaffId


class Role(StrEnum):
    FRONT_DESK = "front-desk"
    CLINICIAN = "clinician"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    id: StaffId
    username: str
    name: str
    role: Role
    password_hash: str
    """Argon2id."""
    totp_secret: str | None = None
    locked_until: datetime | None = None
    failed_sign_ins: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A staff member's signed-in browser. The cookie holds `token`; the store keeps only its hash."""

    token: str
    staff: Staff
    csrf: str
    expires: datetime


class StaffBook(Protocol):
    """Where accounts and sessions live."""

    async def by_username(self, username: str) -> Staff | None: ...

    async def everyone(self) -> Sequence[Staff]: ...

    async def sign_in_failed(self, staff: StaffId, lock: Callable[[int], datetime | None]) -> datetime | None:
        """Count it, and lock as `lock` says of the new count, in one step; until when the account is locked now."""
        ...

    async def open_session(self, staff: StaffId, expires: datetime) -> Session: ...

    async def session(self, token: str) -> Session | None:
        """None when unknown or expired."""
        ...

    async def close_session(self, token: str) -> None: ...
