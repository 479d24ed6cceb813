"""One exactly-once piece of work of a call.

A port that changes our database takes the Step first; the store's own Step carries the transaction that also
writes the journal row, so the change and the record of it are one commit (design, section 3, rule 3).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from clinic.people import CallId


@dataclass(frozen=True, slots=True)
class StepKey:
    """Which step of which call: the same key never does its work twice."""

    call: CallId
    seq: int

    def __str__(self) -> str:
        return f"{self.call}/{self.seq}"


class Step(Protocol):
    """What a port receives when a call asks it to change something."""

    @property
    def key(self) -> StepKey: ...

    @property
    def at(self) -> datetime:
        """When the step was begun, UTC."""
        ...
