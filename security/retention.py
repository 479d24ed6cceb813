"""What is destroyed when, as a pure rule; the store carries it out and the audit chain records it."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long patients' words are kept. Facts (that a call took place, its outcome) stay for the audit's six years."""

    journal: timedelta
    """From the start of a call to the destruction of its key."""

    def cut_off(self, now: datetime) -> datetime:
        """Words from before this moment are destroyed."""
        return now - self.journal


def retention(journal_days: int) -> Retention:
    """The rule for the clinic's setting."""
    return Retention(journal=timedelta(days=journal_days))
