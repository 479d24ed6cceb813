"""What all tables share: names of constraints that migrations can rely on, and moments kept in UTC."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

from clinic.time import aware

Sealed = bytes
"""A column whose name ends in _sealed holds a value only the keyring can read."""

Counter = BigInteger().with_variant(Integer, "sqlite")
"""A number the database gives out, upwards."""


class Moment(TypeDecorator[datetime]):
    """An aware moment, in UTC. SQLite keeps it as text that sorts by time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive time before it is stored."""
        return None if value is None else aware(value)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone, PostgreSQL may give another."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, bytes: LargeBinary, str: Text}  # noqa: RUF012
