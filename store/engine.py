"""Connections. SQLite: many readers and one writer that queue in order; PostgreSQL: one pool for both."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import aiosqlite
from sqlalchemy import AdaptedConnection, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from clinic.errors import SettingsError

Dialect = Literal["sqlite", "postgresql"]

_READERS = 4
_POSTGRES_CONNECTIONS = 12
_WAIT_S = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """Where statements go. Reads and writes differ on SQLite only."""

    dialect: Dialect
    reading: AsyncEngine
    writing: AsyncEngine
    reads: async_sessionmaker[AsyncSession]
    writes: async_sessionmaker[AsyncSession]

    async def close(self) -> None:
        """Close every connection."""
        await self.reading.dispose()
        await self.writing.dispose()


def connect(url: str) -> Database:
    """Engines for this URL; nothing is opened until the first statement. Raises SettingsError."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError("THROUGHLINE_DATABASE_URL is not a database URL") from error
    match parsed.drivername:
        case "sqlite+aiosqlite":
            return _sqlite(url, parsed.database)
        case "postgresql+asyncpg":
            return _postgresql(url)
        case _:
            raise SettingsError(
                "THROUGHLINE_DATABASE_URL must begin with sqlite+aiosqlite:/// or postgresql+asyncpg://"
            )


def _sqlite(url: str, file: str | None) -> Database:
    if not file or file == ":memory:":
        raise SettingsError("THROUGHLINE_DATABASE_URL must name a file: several connections share the database")
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    reading = _sqlite_engine(url, connections=_READERS, begin="BEGIN")
    # One writer: calls queue for it in this process, in order, instead of polling for the file's lock.
    writing = _sqlite_engine(url, connections=1, begin="BEGIN IMMEDIATE")
    return _database("sqlite", reading, writing)


def _postgresql(url: str) -> Database:
    engine = create_async_engine(
        url, pool_size=_POSTGRES_CONNECTIONS, max_overflow=0, pool_timeout=_WAIT_S, hide_parameters=True
    )
    return _database("postgresql", engine, engine)


def _database(dialect: Dialect, reading: AsyncEngine, writing: AsyncEngine) -> Database:
    return Database(
        dialect=dialect,
        reading=reading,
        writing=writing,
        reads=async_sessionmaker(reading, expire_on_commit=False, autoflush=False),
        writes=async_sessionmaker(writing, expire_on_commit=False, autoflush=False),
    )


def _sqlite_engine(url: str, *, connections: int, begin: str) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=_WAIT_S,
        # An error must not carry a patient's words into a log.
        hide_parameters=True,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: PoolProxiedConnection, _entry: ConnectionPoolEntry) -> None:
        """Take transactions out of the driver's hands, so that they begin when and how we say."""
        connection.isolation_level = None  # type: ignore[attr-defined]  # the driver's own attribute
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            # What retention destroys is overwritten, not only unlinked.
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        adapted = connection.connection.dbapi_connection
        # On the driver itself: one trip to its thread, where a statement of SQLAlchemy's takes three.
        cast(AdaptedConnection, adapted).run_async(lambda driver: cast(aiosqlite.Connection, driver).execute(begin))

    return engine
