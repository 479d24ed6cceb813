"""Rules that hold whoever writes: no double booking, and ledgers to which one can only add.

PostgreSQL has a constraint for overlap; SQLite has triggers that find an overlapping row by index. No reservation is
longer than a day, which is what bounds the triggers' and the diary's search.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LEDGERS = ("audit", "consents")

POSTGRESQL_NO_DOUBLE_BOOKING = (
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    """
    ALTER TABLE reservations
        ADD CONSTRAINT no_double_booking
            EXCLUDE USING gist (resource WITH =, seat WITH =, tstzrange(busy_from, busy_to, '[)') WITH &&),
        ADD CONSTRAINT no_longer_than_a_day
            CHECK (busy_from < busy_to AND busy_to <= busy_from + interval '24 hours'),
        ADD CONSTRAINT holds_expire
            CHECK ((call IS NULL) = (expires IS NULL))
    """,
)

SQLITE_NO_DOUBLE_BOOKING = """
    CREATE TRIGGER reservations_no_double_booking_{event} BEFORE {event} ON reservations
    BEGIN
        SELECT RAISE(ABORT, 'no_longer_than_a_day')
        WHERE NEW.busy_from >= NEW.busy_to OR julianday(NEW.busy_to) - julianday(NEW.busy_from) > 1.0001;
        SELECT RAISE(ABORT, 'holds_expire')
        WHERE (NEW.call IS NULL) <> (NEW.expires IS NULL);
        SELECT RAISE(ABORT, 'no_double_booking')
        WHERE EXISTS (
            SELECT 1 FROM reservations AS other
            WHERE other.resource = NEW.resource
              AND other.seat = NEW.seat
              AND other.busy_from < NEW.busy_to
              AND other.busy_from > datetime(NEW.busy_from, '-2 days')
              AND other.busy_to > NEW.busy_from
              AND other.id <> NEW.id
        );
    END
"""

POSTGRESQL_APPEND_ONLY = """
    CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'append_only' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def upgrade() -> None:
    """Put the rules in place."""
    if op.get_bind().dialect.name == "postgresql":
        _postgresql()
    else:
        _sqlite()


def _postgresql() -> None:
    for statement in (*POSTGRESQL_NO_DOUBLE_BOOKING, POSTGRESQL_APPEND_ONLY):
        op.execute(statement)
    for table in LEDGERS:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )


def _sqlite() -> None:
    for event in ("INSERT", "UPDATE"):
        op.execute(SQLITE_NO_DOUBLE_BOOKING.format(event=event))
    for table in LEDGERS:
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_append_only_{event} BEFORE {event} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'append_only'); END"
            )
