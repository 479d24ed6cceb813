"""Names for new records: they begin with the kind, so that a log line or an audit entry can be read."""

import secrets


def new_id(kind: str) -> str:
    """A name nobody can guess: "visit-3f9a…"."""
    return f"{kind}-{secrets.token_hex(10)}"
