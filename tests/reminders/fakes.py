"""An outbox, a ledger and a carrier in memory, with the behaviour that delivery relies on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from clinic.consent import Channel, Consent, ConsentKind
from clinic.messages import MessageId, MessageKind, MessageStatus, TextMessage
from clinic.people import PatientId, Phone
from clinic.step import Step
from reminders.carrier import Accepted, Sending

NOW = datetime(2026, 11, 23, 20, tzinfo=UTC)
"""Noon in Seattle."""
PATIENT = PatientId("maria")


def confirmation(name: str = "m1", created: datetime = NOW) -> TextMessage:
    """A confirmation for a patient in Seattle."""
    return TextMessage(
        id=MessageId(name),
        kind=MessageKind.VISIT_CONFIRMATION,
        to=Phone("+12065550142"),
        body=f"Your visit is on Tuesday. ({name})",
        patient=PATIENT,
        status=MessageStatus.WAITING,
        created=created,
    )


class FakeOutbox:
    """Messages whose status never moves backward."""

    def __init__(self, *messages: TextMessage) -> None:
        self.messages = {message.id: message for message in messages}

    async def waiting(self, limit: int) -> Sequence[MessageId]:
        found = [m.id for m in self.messages.values() if m.status is MessageStatus.WAITING]
        return found[:limit]

    async def message(self, message: MessageId) -> TextMessage | None:
        return self.messages.get(message)

    async def intend(self, message: MessageId) -> bool:
        before = self.messages[message]
        self.messages[message] = replace(before, status=MessageStatus.SENDING)
        return before.status is MessageStatus.WAITING

    async def sent(self, message: MessageId, carrier_ref: str) -> None:
        before = self.messages[message]
        self.messages[message] = replace(before, status=MessageStatus.SENT, carrier_ref=carrier_ref)

    async def failed(self, message: MessageId, error: str) -> None:
        self.messages[message] = replace(self.messages[message], status=MessageStatus.FAILED, error=error)

    async def claimed(self, refs: Sequence[str]) -> Sequence[str]:
        return [m.carrier_ref for m in self.messages.values() if m.carrier_ref in refs and m.carrier_ref]

    def outcome(self, name: str = "m1") -> tuple[MessageStatus, str | None]:
        """Where a message is, and its reference or error."""
        message = self.messages[MessageId(name)]
        return message.status, message.carrier_ref or message.error


@dataclass
class FakeLedger:
    """Agreements in memory."""

    entries: list[Consent] = field(default_factory=list)

    async def record(
        self, step: Step, patient: PatientId, kind: ConsentKind, channel: Channel, given: bool, wording: str
    ) -> Consent:
        entry = Consent(patient=patient, kind=kind, channel=channel, given=given, wording=wording, at=step.at)
        self.entries.append(entry)
        return entry

    async def of(self, patient: PatientId) -> Sequence[Consent]:
        return [entry for entry in self.entries if entry.patient == patient]


def agreed(given: bool = True, at: datetime = NOW - timedelta(days=1)) -> Consent:
    """The patient's word on texts about visits."""
    return Consent(
        patient=PATIENT,
        kind=ConsentKind.VISIT_MESSAGES,
        channel=Channel.TEXT,
        given=given,
        wording="booking.text-consent/1",
        at=at,
    )


@dataclass
class FakeCarrier:
    """Answers as told, then accepts. Keeps what has really reached it."""

    answers: list[Sending] = field(default_factory=list)
    reached: list[TextMessage] = field(default_factory=list)
    keeps_lost: bool = True
    """Whether a message whose answer is lost has reached it all the same."""
    blind: int = 0
    """How many look-ups fail."""
    looked: int = 0

    async def send_text(self, message: TextMessage) -> Sending:
        answer = self.answers.pop(0) if self.answers else Accepted(ref=f"SM{len(self.reached)}")
        if isinstance(answer, Accepted) or self.keeps_lost:
            self.reached.append(message)
        return answer

    async def find_text(self, message: TextMessage) -> Sequence[str] | None:
        self.looked += 1
        if self.blind:
            self.blind -= 1
            return None
        return [f"SM{i}" for i, each in enumerate(self.reached) if (each.to, each.body) == (message.to, message.body)]
