"""What can happen while a Turn is being performed."""

from dataclasses import dataclass
from enum import Enum

from voice.lines.ear import Spoken


class Sign(Enum):
    """Something that the loop noticed itself."""

    BARGED = "barged"
    """The caller has been speaking over the prompt for long enough."""
    SILENT = "silent"
    KEYS_DUE = "keys-due"
    PROGRESS = "progress"
    """A sentence has been played to its end."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A sign, and the performance it belongs to; stale ones mean nothing."""

    sign: Sign
    serial: int


@dataclass(frozen=True, slots=True)
class Said:
    spoken: Spoken


@dataclass(frozen=True, slots=True)
class Typed:
    """Words typed instead of spoken."""

    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    key: str


@dataclass(frozen=True, slots=True)
class HungUp:
    reason: str


Happening = Noticed | Said | Typed | Pressed | HungUp
