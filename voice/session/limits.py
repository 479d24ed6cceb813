"""What keeps a call from going on for ever: every loop ends at a person (design, section 3, rule 7)."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one call."""

    turns: int = 150
    length: timedelta = timedelta(minutes=30)
    steps_per_turn: int = 60
