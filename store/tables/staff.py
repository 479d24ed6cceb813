"""Staff accounts and their signed-in browsers."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class StaffRow(Base):
    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    totp_secret_sealed: Mapped[bytes | None]
    locked_until: Mapped[datetime | None]
    failed_sign_ins: Mapped[int]


class SessionRow(Base):
    """Keyed by the hash of the token, so that reading this table signs nobody in."""

    __tablename__ = "sessions"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    expires: Mapped[datetime]
