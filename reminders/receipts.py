"""What the carrier says later about a message it has taken. Reports repeat and arrive out of order."""

from typing import Protocol

from clinic.messages import MessageId, MessageStatus

_MEANING = {
    "sent": MessageStatus.SENT,
    "delivered": MessageStatus.DELIVERED,
    "read": MessageStatus.DELIVERED,
    "undelivered": MessageStatus.FAILED,
    "failed": MessageStatus.FAILED,
}


class Receipts(Protocol):
    """Where reports are kept. Declared here, implemented by the store.

    DELIVERED and FAILED are final: whichever is reported first stays, and a later SENT changes nothing.
    """

    async def reported(self, message: MessageId, carrier_ref: str, status: MessageStatus, error: str | None) -> None:
        """An unknown message changes nothing."""
        ...


def meaning(carriers_word: str) -> MessageStatus | None:
    """The status that a carrier's word stands for; None for words about its own queue."""
    return _MEANING.get(carriers_word.lower())
