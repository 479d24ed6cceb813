"""What goes wrong in the dialog engine, and the signals that must never be swallowed.

ClinicError
└── DialogError
    ├── ForeignAwait        a flow awaited something that is not one of our effects
    ├── JournalMismatch     the rows do not fit the flow: another release wrote them, or the flow is not deterministic
    ├── TooManySteps        a turn did more work than a turn may
    └── UnknownPhrase       a flow named a phrase that does not exist, or gave it the wrong values
BaseException
└── Interruption            leaves whatever flow is running, for the call's own top level
    ├── Crisis, PersonWanted, StartOver, StopCalling, Served, GoodbyeSaid
    └── Hangup              the call is over
"""

from typing import Literal

from clinic.errors import ClinicError
from intents.meaning import CrisisLevel

HandoffReason = Literal[
    "asked", "not-understood", "silence", "too-long", "not-identified", "no-slot", "failed", "language"
]


class DialogError(ClinicError):
    """The dialog engine cannot go on."""

    code = "dialog"


class ForeignAwait(DialogError):
    """A flow may await nothing but the call's own effects."""

    code = "foreign-await"


class JournalMismatch(DialogError):
    """The journal does not fit the flow."""

    code = "journal-mismatch"


class TooManySteps(DialogError):
    """A turn took more steps than a turn may."""

    code = "too-many-steps"


class UnknownPhrase(DialogError):
    """There is no such phrase."""

    code = "unknown-phrase"


class Interruption(BaseException):
    """Something the caller may want in any state."""


class Crisis(Interruption):
    """Words that may mean danger to life (RULES L18)."""

    def __init__(self, level: CrisisLevel, triggers: tuple[str, ...]) -> None:
        super().__init__(level)
        self.level = level
        self.triggers = triggers


class PersonWanted(Interruption):
    """The caller wants, or needs, a person."""

    def __init__(self, reason: HandoffReason) -> None:
        super().__init__(reason)
        self.reason: HandoffReason = reason


class StartOver(Interruption):
    """Back to the first question."""


class StopCalling(Interruption):
    """No more calls or messages (RULES L5)."""


class Served(Interruption):
    """The caller has been helped in another way than was asked for; on to the next thing."""


class GoodbyeSaid(Interruption):
    """The caller is done."""


class Hangup(Interruption):
    """The call is over."""
