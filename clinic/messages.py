"""Messages that leave the house. A call writes them down; the durable engine sends them (design, section 3, rule 3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from clinic.people import PatientId, Phone
from clinic.step import Step

MessageId = NewType("MessageId", str)


class MessageKind(StrEnum):
    VISIT_CONFIRMATION = "visit-confirmation"
    CRISIS_ALERT = "crisis-alert"


class MessageStatus(StrEnum):
    WAITING = "waiting"
    """Written with the call's own transaction, not yet handed to the durable engine."""
    SENDING = "sending"
    """The intention to send is recorded; look at the carrier before repeating."""
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMessage:
    """One SMS."""

    id: MessageId
    kind: MessageKind
    to: Phone
    body: str
    patient: PatientId | None
    status: MessageStatus
    created: datetime
    changed: datetime | None = None
    """When the status last changed, where that is known."""
    carrier_ref: str | None = None
    error: str | None = None


class Outbox(Protocol):
    """Where a call leaves a message."""

    async def text(self, step: Step, kind: MessageKind, to: Phone, body: str, patient: PatientId | None) -> MessageId:
        """Write an SMS to be sent once this step is committed."""
        ...
