"""Where everything is kept: SQLite by default, PostgreSQL by URL. One adapter file for each port.

opened      Store and open_store: start here
engine      connections; migrating, migrations/, tables/: the schema
journal     calls in progress; call_log: the same as staff read them
roster diary desk outbox consents programmes staff audit facts: one port each
work steps  transactions and the audit entries that commit with them
retention   destroys what the clinic need not keep; rotation: seals everything with a new key
demo        the demo clinic
"""

from store.opened import Store, open_store

__all__ = ["Store", "open_store"]
