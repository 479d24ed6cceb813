"""Delivery of texts on the durable engine (DBOS). A message is one workflow whose id is the message's own, so that
handing it over twice is harmless, and a process that died goes on where it was.

The engine's own database never holds a number or a word of a message: workflows carry ids and outcomes only.

The one thing nobody can make exact is the post to the carrier. So the intention is recorded first, and whenever a
message is found already intended, the carrier is looked at before anything is repeated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from clinic.consent import Channel, ConsentKind, ConsentLedger
from clinic.messages import MessageId, MessageKind, MessageStatus, TextMessage
from clinic.time import Clock
from reminders.carrier import Accepted, Busy, Carrier, Rejected, Unknown
from reminders.may_contact import Contact, Decision, Hours, Reason, may_contact, plausible_zones

MOST_ATTEMPTS = 8
_SETTLE_S = 15.0
"""How long after a lost answer the carrier's list is taken to be complete."""

_log = structlog.get_logger(__name__)


class OutboxQueue(Protocol):
    """The outbox as delivery works it. Declared here, implemented by the store; a status never moves backward."""

    async def waiting(self, limit: int) -> Sequence[MessageId]:
        """Messages not yet handed over, oldest first."""
        ...

    async def message(self, message: MessageId) -> TextMessage | None:
        """None when retention has destroyed it."""
        ...

    async def intend(self, message: MessageId) -> bool:
        """Mark as SENDING; True when it was WAITING until now, so that nothing can have been sent."""
        ...

    async def sent(self, message: MessageId, carrier_ref: str) -> None: ...

    async def failed(self, message: MessageId, error: str) -> None:
        """Give up, with a code for staff."""
        ...

    async def claimed(self, refs: Sequence[str]) -> Sequence[str]:
        """Which of these carrier references belong to messages already."""
        ...


class Next(StrEnum):
    """What one attempt came to."""

    DONE = "done"
    RETRY = "retry"
    WAIT = "wait"
    """Not the carrier's fault: does not count as an attempt."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The outcome of one attempt, as the durable engine keeps it."""

    next: Next
    wait_s: float = 0.0


_DONE = Attempt(Next.DONE)


class Courier:
    """Makes one attempt at a time; the durable engine repeats it."""

    def __init__(
        self,
        *,
        outbox: OutboxQueue,
        carrier: Carrier,
        ledger: ConsentLedger,
        clock: Clock,
        clinic_zone: ZoneInfo,
        hours: Hours,
    ) -> None:
        self._outbox = outbox
        self._carrier = carrier
        self._ledger = ledger
        self._clock = clock
        self._clinic_zone = clinic_zone
        self._hours = hours

    async def attempt(self, message_id: MessageId) -> Attempt:
        """Send it, unless it has gone, must wait, or must not."""
        message = await self._outbox.message(message_id)
        if message is None or message.status not in (MessageStatus.WAITING, MessageStatus.SENDING):
            return _DONE
        decision = await self._decide(message)
        if not decision.allowed:
            return await self._put_off(message, decision)
        if not await self._outbox.intend(message_id):
            gone = await self._look(message)
            if gone is not None:
                return gone
        return await self._send(message)

    async def give_up(self, message_id: MessageId) -> None:
        """After the last attempt."""
        await self._outbox.failed(message_id, "carrier-unreachable")

    async def _decide(self, message: TextMessage) -> Decision:
        """Alerts to our own staff need nobody's consent; everything for patients does."""
        if message.kind is MessageKind.CRISIS_ALERT:
            return Decision(allowed=True, reason=Reason.PERMITTED)
        ledger = await self._ledger.of(message.patient) if message.patient else ()
        contact = Contact(kind=ConsentKind.VISIT_MESSAGES, channel=Channel.TEXT, asked_at=message.created)
        zones = plausible_zones(message.to, self._clinic_zone)
        return may_contact(contact, self._clock.now(), ledger, zones, self._hours)

    async def _put_off(self, message: TextMessage, decision: Decision) -> Attempt:
        if decision.next is None:
            await self._outbox.failed(message.id, decision.reason)
            return _DONE
        return Attempt(Next.WAIT, (decision.next - self._clock.now()) / timedelta(seconds=1))

    async def _look(self, message: TextMessage) -> Attempt | None:
        """Whether an earlier attempt has reached the carrier after all; None when it has not."""
        if message.changed and self._clock.now() - message.changed < timedelta(seconds=_SETTLE_S):
            return Attempt(Next.WAIT, _SETTLE_S)  # what was sent just now may not be listed yet
        found = await self._carrier.find_text(message)
        if found is None:
            return Attempt(Next.RETRY, _SETTLE_S)
        taken = await self._outbox.claimed(found)
        ours = [ref for ref in found if ref not in taken]
        if not ours:
            return None
        await self._outbox.sent(message.id, ours[0])
        return _DONE

    async def _send(self, message: TextMessage) -> Attempt:
        match await self._carrier.send_text(message):
            case Accepted(ref=ref):
                await self._outbox.sent(message.id, ref)
                return _DONE
            case Rejected(code=code):
                _log.warning("The carrier rejects a text", message=message.id, carrier_code=code)
                await self._outbox.failed(message.id, code)
                return _DONE
            case Busy(retry_after_s=wait):
                return Attempt(Next.RETRY, wait)
            case Unknown(why=why):
                _log.warning("The carrier's answer to a text was lost", message=message.id, why=why)
                return Attempt(Next.RETRY, _SETTLE_S)


class HandOver(Protocol):
    """Takes a message for delivery; harmless when repeated."""

    async def __call__(self, message: MessageId) -> None: ...


class Relay:
    """Hands waiting messages to the durable engine, again and again: a message is only ever delivered once."""

    def __init__(self, outbox: OutboxQueue, hand_over: HandOver) -> None:
        self._outbox = outbox
        self._hand_over = hand_over
        self._handed: set[MessageId] = set()

    async def once(self) -> None:
        """Those that wait now. What this process has handed over already is not handed over again by it."""
        waiting = await self._outbox.waiting(1000)
        self._handed &= set(waiting)
        for message in waiting:
            if message not in self._handed:
                await self._hand_over(message)
                self._handed.add(message)
