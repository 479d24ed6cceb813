"""Staff accounts and sessions. A session is kept by the hash of its token, a second factor's secret sealed."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, insert, select, update

from clinic.people import StaffId
from clinic.time import Clock
from security.csrf import csrf_of
from security.fields import FieldCipher, Place
from security.staff import Role, Session, Staff
from security.tags import Tag
from store.engine import Database
from store.errors import NoSuchRecord
from store.tables import SessionRow, StaffRow
from store.work import working

_TOKEN_BYTES = 32


class SqlStaffBook:
    """security.staff.StaffBook, and adding accounts."""

    def __init__(self, database: Database, fields: FieldCipher, clock: Clock) -> None:
        self._database = database
        self._fields = fields
        self._clock = clock

    async def by_username(self, username: str) -> Staff | None:
        """Names are compared as typed, without regard to case."""
        async with self._database.reads() as session:
            row = await session.scalar(select(StaffRow).where(StaffRow.username == username.strip().lower()))
        return None if row is None else self._staff(row)

    async def everyone(self) -> Sequence[Staff]:
        """By name."""
        async with self._database.reads() as session:
            rows = await session.scalars(select(StaffRow).order_by(StaffRow.name, StaffRow.id))
            return tuple(self._staff(row) for row in rows)

    async def sign_in_failed(self, staff: StaffId, lock: Callable[[int], datetime | None]) -> datetime | None:
        """Counts and locks in one transaction, so that parallel attempts all count."""
        this = StaffRow.id == staff
        count = update(StaffRow).where(this).values(failed_sign_ins=StaffRow.failed_sign_ins + 1)
        async with self._database.writes() as session, session.begin():
            failures = await session.scalar(count.returning(StaffRow.failed_sign_ins))
            until = lock(failures) if failures is not None else None
            if until is not None:
                await session.execute(update(StaffRow).where(this).values(locked_until=until))
            return until

    async def open_session(self, staff: StaffId, expires: datetime) -> Session:
        """Forgets earlier failures, and sessions that have expired. Raises NoSuchRecord."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        async with self._database.writes() as session, session.begin():
            await session.execute(delete(SessionRow).where(SessionRow.expires <= self._clock.now()))
            await session.execute(
                update(StaffRow).where(StaffRow.id == staff).values(failed_sign_ins=0, locked_until=None)
            )
            row = await session.get(StaffRow, staff)
            if row is None:
                raise NoSuchRecord
            await session.execute(insert(SessionRow).values(token_hash=_hash(token), staff=staff, expires=expires))
            return Session(token=token, staff=self._staff(row), csrf=csrf_of(token), expires=expires)

    async def session(self, token: str) -> Session | None:
        """The session of this cookie."""
        wanted = select(SessionRow.expires, StaffRow).join(StaffRow, StaffRow.id == SessionRow.staff)
        wanted = wanted.where(SessionRow.token_hash == _hash(token), SessionRow.expires > self._clock.now())
        async with self._database.reads() as session:
            found = (await session.execute(wanted)).one_or_none()
        if found is None:
            return None
        expires, row = found
        return Session(token=token, staff=self._staff(row), csrf=csrf_of(token), expires=expires)

    async def close_session(self, token: str) -> None:
        """An unknown token is already closed."""
        async with self._database.writes() as session, session.begin():
            await session.execute(delete(SessionRow).where(SessionRow.token_hash == _hash(token)))

    async def add(self, staff: Staff, *, actor: str = "system") -> None:
        """A new account; audited."""
        totp = staff.totp_secret and self._fields.seal(staff.totp_secret, _totp_place(staff.id))
        async with working(self._database, at=self._clock.now(), actor=actor) as work:
            await work.session.execute(
                insert(StaffRow).values(
                    id=staff.id,
                    username=staff.username.strip().lower(),
                    name=staff.name,
                    role=staff.role,
                    password_hash=staff.password_hash,
                    totp_secret_sealed=totp,
                    failed_sign_ins=0,
                )
            )
            work.note(Tag.STAFF_ADDED, staff.id)

    async def set_password(self, staff: StaffId, password_hash: str, *, actor: str = "system") -> None:
        """A new password ends every session of the account; audited."""
        async with working(self._database, at=self._clock.now(), actor=actor) as work:
            await work.session.execute(
                update(StaffRow)
                .where(StaffRow.id == staff)
                .values(password_hash=password_hash, failed_sign_ins=0, locked_until=None)
            )
            await work.session.execute(delete(SessionRow).where(SessionRow.staff == staff))
            work.note(Tag.PASSWORD_CHANGED, staff)

    def _staff(self, row: StaffRow) -> Staff:
        totp = row.totp_secret_sealed
        return Staff(
            id=StaffId(row.id),
            username=row.username,
            name=row.name,
            role=Role(row.role),
            password_hash=row.password_hash,
            totp_secret=None if totp is None else self._fields.open(totp, _totp_place(row.id)),
            locked_until=row.locked_until,
            failed_sign_ins=row.failed_sign_ins,
        )


def _totp_place(staff: str) -> Place:
    return Place("staff", "totp_secret", staff)


def _hash(token: str) -> bytes:
    return sha256(token.encode()).digest()
