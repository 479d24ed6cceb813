"""After a new key was put first in the keyring: everything is sealed again with it, so that the old one can go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import RowMapping, Table, select, update

from clinic.time import Clock
from security.fields import FieldCipher, Place
from security.tags import Tag
from store.engine import Database
from store.tables import Base
from store.work import Work, working

_AT_ONCE = 200
"""Rows a transaction, so that callers need not wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedColumns:
    """Where a table keeps sealed values, and the place each is bound to."""

    table: str
    places: Mapping[str, str]
    """Column of the database to column of the place."""
    name: Callable[[RowMapping], str] = lambda row: str(row["id"])
    hashes: Mapping[str, tuple[str, str]] | None = None
    """Column of the hash, to its kind and the sealed column it is a hash of."""


SEALED = (
    SealedColumns(
        table="patients",
        places={
            "given_name_sealed": "given_name",
            "family_name_sealed": "family_name",
            "birth_date_sealed": "birth_date",
            "phone_sealed": "phone",
        },
        hashes={
            "birth_date_hash": ("birth-date", "birth_date_sealed"),
            "phone_hash": ("phone", "phone_sealed"),
        },
    ),
    # Journals are sealed by their calls' own keys; only those keys change hands.
    SealedColumns(table="calls", places={"key_sealed": "key_sealed"}),
    SealedColumns(table="tasks", places={"phone_sealed": "phone", "words_sealed": "words"}),
    SealedColumns(table="messages", places={"to_sealed": "to", "body_sealed": "body"}),
    SealedColumns(table="visits", places={"cancel_reason_sealed": "cancel_reason"}),
    SealedColumns(table="staff", places={"totp_secret_sealed": "totp_secret"}),
    SealedColumns(
        table="episodes", places={"said_sealed": "said"}, name=lambda row: f"{row['enrolment']}/{row['episode']}"
    ),
)


class SqlRotation:
    """Run it once after each new key, with the old one still second in the keyring; it can be stopped and run again."""

    def __init__(self, database: Database, fields: FieldCipher, clock: Clock) -> None:
        self._database = database
        self._fields = fields
        self._clock = clock

    async def apply(self) -> int:
        """Seal everything with the newest key; audited. Tells how many rows were changed."""
        changed = 0
        for sealed in SEALED:
            changed += await self._table(sealed)
        if changed:
            async with working(self._database, at=self._clock.now(), actor="system") as work:
                work.note(Tag.KEYS_ROTATED, self._fields.newest)
        return changed

    async def _table(self, sealed: SealedColumns) -> int:
        table = Base.metadata.tables[sealed.table]
        changed, after = 0, ""
        while True:
            async with working(self._database, at=self._clock.now(), actor="system") as work:
                rows = await _page(work, table, after)
                for row in rows:
                    changed += await self._row(work, table, sealed, row)
            if not rows:
                return changed
            after = str(rows[-1]["id"])

    async def _row(self, work: Work, table: Table, sealed: SealedColumns, row: RowMapping) -> int:
        new: dict[str, bytes] = {}
        opened: dict[str, bytes] = {}
        for column, place_column in sealed.places.items():
            value = row[column]
            if value is None or self._fields.is_current(value):
                continue
            place = Place(sealed.table, place_column, sealed.name(row))
            opened[column] = self._fields.open_bytes(value, place)
            new[column] = self._fields.seal_bytes(opened[column], place)
        for column, (kind, of) in (sealed.hashes or {}).items():
            if of in opened:
                new[column] = self._fields.lookup(kind, opened[of].decode())
        if not new:
            return 0
        await work.session.execute(update(table).where(table.c.id == row["id"]).values(**new))
        return 1


async def _page(work: Work, table: Table, after: str) -> Sequence[RowMapping]:
    """The next rows, locked on PostgreSQL: retention may be destroying them at the same time."""
    wanted = select(table).where(table.c.id > after).order_by(table.c.id).limit(_AT_ONCE).with_for_update()
    return (await work.session.execute(wanted)).mappings().all()
