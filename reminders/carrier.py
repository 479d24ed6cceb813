"""The port to whatever sends texts, and how a sending can come out. Expected outcomes are values, not exceptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from clinic.messages import TextMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The carrier has taken the message over."""

    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """Nothing was done; safe to try again."""

    retry_after_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The answer was lost: the message may have gone. Look before repeating."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """The carrier will never take this message."""

    code: str


Sending = Accepted | Busy | Unknown | Rejected


class Carrier(Protocol):
    """Sends texts."""

    async def send_text(self, message: TextMessage) -> Sending: ...

    async def find_text(self, message: TextMessage) -> Sequence[str] | None:
        """References of messages at the carrier with this number and body, since it was written; None: cannot tell."""
        ...


class NoCarrier:
    """Stands in while none is configured: every text fails visibly, so that staff see what was not sent."""

    async def send_text(self, message: TextMessage) -> Sending:  # noqa: ARG002
        return Rejected(code="no-carrier")

    async def find_text(self, message: TextMessage) -> Sequence[str] | None:  # noqa: ARG002
        return ()
