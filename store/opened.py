"""The store, open: one adapter for each port, over the same connections."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from clinic.time import Clock
from security.fields import FieldCipher
from security.keyring import Keyring
from store.audit import SqlAudit
from store.call_keys import CallKeys
from store.call_log import SqlCallLog
from store.consents import SqlConsents
from store.desk import SqlDesk
from store.diary import SqlDiary
from store.engine import Database, connect
from store.errors import Unreachable
from store.facts import SqlFacts
from store.journal import SqlJournal
from store.migrating import migrate_database
from store.outbox import SqlOutbox
from store.programmes import SqlProgress
from store.retention import SqlRetention
from store.roster import SqlRoster
from store.rotation import SqlRotation
from store.set_up import SqlSetUp
from store.staff import SqlStaffBook
from store.texts_in import SqlTextsIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """Everything that is kept. Give flows and pages the adapters they need, not the store."""

    database: Database
    journal: SqlJournal
    calls: SqlCallLog
    roster: SqlRoster
    diary: SqlDiary
    desk: SqlDesk
    outbox: SqlOutbox
    texts_in: SqlTextsIn
    consents: SqlConsents
    progress: SqlProgress
    staff: SqlStaffBook
    audit: SqlAudit
    facts: SqlFacts
    set_up: SqlSetUp
    retention: SqlRetention
    rotation: SqlRotation

    async def health(self) -> None:
        """Raises Unreachable unless the database can be read."""
        try:
            async with self.database.reading.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError) as error:
            raise Unreachable from error

    async def close(self) -> None:
        """Close every connection; the store cannot be used any more."""
        await self.database.close()


async def open_store(url: str, keyring: Keyring, clock: Clock) -> Store:
    """Connect and bring the tables up to this release. Raises SettingsError, Unreachable."""
    database = connect(url)
    try:
        await migrate_database(database)
    except (SQLAlchemyError, OSError) as error:
        await database.close()
        raise Unreachable from error
    return store_on(database, keyring, clock)


def store_on(database: Database, keyring: Keyring, clock: Clock) -> Store:
    """The adapters over engines whose tables are known to be of this release."""
    fields = FieldCipher(keyring)
    keys = CallKeys(fields)
    desk = SqlDesk(database, fields, clock)
    return Store(
        database=database,
        journal=SqlJournal(database, keys),
        calls=SqlCallLog(database, fields, keys),
        roster=SqlRoster(database, fields, clock),
        diary=SqlDiary(database, fields, clock),
        desk=desk,
        outbox=SqlOutbox(database, fields, clock),
        texts_in=SqlTextsIn(database, fields, clock, desk),
        consents=SqlConsents(database, clock),
        progress=SqlProgress(database, fields, clock),
        staff=SqlStaffBook(database, fields, clock),
        audit=SqlAudit(database, clock),
        facts=SqlFacts(database, clock),
        set_up=SqlSetUp(database, clock),
        retention=SqlRetention(database, keys, clock),
        rotation=SqlRotation(database, fields, clock),
    )
