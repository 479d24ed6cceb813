"""The audit chain: who did what to which record, each entry hashing the one before, so that a change shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """`tag` is subject:thing:action ("staff:session:opened"); never a patient's words."""

    seq: int
    at: datetime
    actor: str
    """staff:<id>, call:<id>, carrier, system."""
    tag: str
    subject: str
    """Id of the record concerned; empty when none."""
    digest: str
    """SHA-256 over the previous digest and this entry, hex."""


class Audit(Protocol):
    """Append-only."""

    async def note(self, actor: str, tag: str, subject: str = "") -> None: ...

    async def entries(self, *, limit: int = 200, before: int | None = None) -> Sequence[AuditEntry]: ...

    async def verify(self) -> int | None:
        """The seq of the first entry that does not fit the chain; None when all is well."""
        ...
