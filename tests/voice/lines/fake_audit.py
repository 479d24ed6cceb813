"""An audit chain in memory."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from security.audit import AuditEntry


class FakeAudit:
    """Append-only, each entry hashing the one before."""

    def __init__(self) -> None:
        self._entries: list[AuditEntry] = []

    @property
    def tags(self) -> list[str]:
        """What was noted, in order."""
        return [entry.tag for entry in self._entries]

    async def note(self, actor: str, tag: str, subject: str = "") -> None:
        before = self._entries[-1].digest if self._entries else ""
        seq, at = len(self._entries) + 1, datetime(2026, 11, 22, tzinfo=UTC)
        digest = hashlib.sha256(f"{before}|{seq}|{actor}|{tag}|{subject}".encode()).hexdigest()
        self._entries.append(AuditEntry(seq=seq, at=at, actor=actor, tag=tag, subject=subject, digest=digest))

    async def entries(self, *, limit: int = 200, before: int | None = None) -> Sequence[AuditEntry]:
        kept = [entry for entry in self._entries if before is None or entry.seq < before]
        return kept[::-1][:limit]

    async def verify(self) -> int | None:
        return None
