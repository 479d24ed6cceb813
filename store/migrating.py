"""Bringing the tables up to this release. Forward only: each revision is safe while the previous release still runs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from store.engine import Database, connect
from store.errors import BehindOrAhead

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 7_301_001
"""PostgreSQL advisory lock: of several nodes that start together, one migrates and the others wait."""


async def migrate(url: str) -> None:
    """Run every revision that is missing."""
    database = connect(url)
    try:
        await migrate_database(database)
    finally:
        await database.close()


async def migrate_database(database: Database) -> None:
    """The same on open engines."""
    async with database.writing.begin() as connection:
        if database.dialect == "postgresql":
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        await connection.run_sync(_upgrade)


async def require_current(database: Database) -> None:
    """Raises BehindOrAhead unless the tables are of this release."""
    async with database.reading.connect() as connection:
        at = await connection.run_sync(_revision)
    if at != ScriptDirectory(str(_FOLDER)).get_current_head():
        raise BehindOrAhead


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
