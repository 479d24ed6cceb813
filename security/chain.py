"""The hash chain of the audit log, as pure functions: each digest covers the one before and the whole entry."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

from security.audit import AuditEntry

GENESIS = "0" * 64
"""The digest before the first entry."""


def link(previous: str, *, seq: int, at: datetime, actor: str, tag: str, subject: str) -> AuditEntry:
    """The next entry of the chain."""
    digest = _digest(previous, seq, at, actor, tag, subject)
    return AuditEntry(seq=seq, at=at, actor=actor, tag=tag, subject=subject, digest=digest)


def first_break(entries: Iterable[AuditEntry], *, previous: str = GENESIS, seq: int = 1) -> int | None:
    """The seq of the first entry that is missing, moved or changed; None when all fit. `entries` go upwards."""
    for entry in entries:
        if entry.seq != seq:
            return seq
        if entry.digest != _digest(previous, entry.seq, entry.at, entry.actor, entry.tag, entry.subject):
            return entry.seq
        previous, seq = entry.digest, seq + 1
    return None


def _digest(previous: str, seq: int, at: datetime, actor: str, tag: str, subject: str) -> str:
    # JSON, so that no two different entries are ever written the same way.
    written = json.dumps([previous, seq, at.astimezone(UTC).isoformat(), actor, tag, subject])
    return sha256(written.encode()).hexdigest()
