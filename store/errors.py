"""What can go wrong in the store.

StoreError
├── Unreachable     the database does not answer
├── BehindOrAhead   the tables are of another release
├── ForeignStep     a step of somebody else's was given to the store
├── NoSuchRecord    no record of this id
└── NoFacts         the clinic is not set up yet
"""

from clinic.errors import ClinicError, NotFound


class StoreError(ClinicError):
    """The database cannot do this."""

    code = "store"


class Unreachable(StoreError):
    """The database does not answer; check THROUGHLINE_DATABASE_URL and that the server runs."""

    code = "database-unreachable"


class BehindOrAhead(StoreError):
    """The tables are of another release; run `python server.py migrate`."""

    code = "schema-mismatch"


class ForeignStep(StoreError):
    """This step was not begun by this store's journal, so its work would not be one commit with its row."""

    code = "foreign-step"


class NoSuchRecord(StoreError, NotFound):
    """There is no record of this id."""

    code = "no-such-record"


class NoFacts(StoreError):
    """The clinic is not set up yet; run `python server.py seed --demo` or enter its details."""

    code = "no-clinic-facts"
