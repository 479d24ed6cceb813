"""Messages that leave the house: written with the call's own transaction, then sent by the durable engine.

Sending is not ours to undo, so the intention is recorded first (`intend`), and what was left in doubt by a crash is
looked up at the carrier before it is repeated. A status only moves forward: a repeated or late report changes nothing.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, insert, select, update

from clinic.messages import MessageId, MessageKind, MessageStatus, TextMessage
from clinic.people import PatientId, Phone
from clinic.step import Step
from clinic.time import Clock
from security.fields import FieldCipher, Place
from security.tags import Tag
from store.engine import Database
from store.errors import NoSuchRecord
from store.ids import new_id
from store.steps import own
from store.tables import MessageRow

_BEFORE: dict[MessageStatus, tuple[MessageStatus, ...]] = {
    MessageStatus.SENDING: (MessageStatus.WAITING,),
    MessageStatus.SENT: (MessageStatus.WAITING, MessageStatus.SENDING),
    MessageStatus.DELIVERED: (MessageStatus.WAITING, MessageStatus.SENDING, MessageStatus.SENT),
    MessageStatus.FAILED: (MessageStatus.WAITING, MessageStatus.SENDING, MessageStatus.SENT),
}
"""From which states each state can be reached."""


class SqlOutbox:
    """clinic.messages.Outbox, and what the relay to the durable engine needs."""

    def __init__(self, database: Database, fields: FieldCipher, clock: Clock) -> None:
        self._database = database
        self._fields = fields
        self._clock = clock

    async def text(self, step: Step, kind: MessageKind, to: Phone, body: str, patient: PatientId | None) -> MessageId:
        """Audited."""
        work = own(step, self._database)
        message = MessageId(new_id("message"))
        row = insert(MessageRow).values(
            id=message,
            kind=kind,
            call=work.key.call,
            patient=patient,
            to_sealed=self._fields.seal(to.e164, Place("messages", "to", message)),
            body_sealed=self._fields.seal(body, Place("messages", "body", message)),
            status=MessageStatus.WAITING,
            created=work.at,
            changed=work.at,
        )
        await work.session.execute(row)
        work.note(Tag.MESSAGE_WRITTEN, message)
        return message

    async def waiting(self, limit: int) -> Sequence[MessageId]:
        """Not yet handed over: alerts first, then oldest first."""
        readable = (MessageRow.status == MessageStatus.WAITING, MessageRow.body_sealed.is_not(None))
        alerts_first = (MessageRow.kind != MessageKind.CRISIS_ALERT, MessageRow.created, MessageRow.id)
        async with self._database.reads() as session:
            ids = await session.scalars(select(MessageRow.id).where(*readable).order_by(*alerts_first).limit(limit))
            return tuple(MessageId(each) for each in ids)

    async def message(self, message: MessageId) -> TextMessage | None:
        """None when there is none, or retention has destroyed its words."""
        found = await self._read(select(MessageRow).where(MessageRow.id == message))
        return found[0] if found else None

    async def intend(self, message: MessageId) -> bool:
        """Record that it is about to be sent; True when nothing can have been sent until now."""
        return await self._move(message, MessageStatus.SENDING)

    async def claimed(self, refs: Sequence[str]) -> Sequence[str]:
        """Which of these references of the carrier belong to messages already."""
        async with self._database.reads() as session:
            found = await session.scalars(select(MessageRow.carrier_ref).where(MessageRow.carrier_ref.in_(refs)))
            return tuple(ref for ref in found if ref)

    async def reported(self, message: MessageId, carrier_ref: str, status: MessageStatus, error: str | None) -> None:
        """What the carrier says; a late or repeated report, or one about no message of ours, changes nothing."""
        also = {"carrier_ref": carrier_ref} | ({"error": error} if error else {})
        await self._move(message, status, **also)

    async def get(self, message: MessageId) -> TextMessage:
        """Raises NoSuchRecord."""
        found = await self._read(select(MessageRow).where(MessageRow.id == message))
        if not found:
            raise NoSuchRecord
        return found[0]

    async def sent(self, message: MessageId, carrier_ref: str) -> None:
        """The carrier has taken it."""
        await self._move(message, MessageStatus.SENT, carrier_ref=carrier_ref)

    async def failed(self, message: MessageId, error: str) -> None:
        """It will not arrive; `error` is the carrier's code, never the message."""
        await self._move(message, MessageStatus.FAILED, error=error)

    async def _move(self, message: MessageId, status: MessageStatus, **also: str) -> bool:
        """Whether anything changed."""
        new = {"status": status, "changed": self._clock.now(), **also}
        reachable = MessageRow.status.in_(_BEFORE[status])
        async with self._database.writes() as session, session.begin():
            moved = update(MessageRow).where(MessageRow.id == message, reachable).values(**new)
            return await session.scalar(moved.returning(MessageRow.id)) is not None

    async def _read(self, wanted: Select[MessageRow]) -> tuple[TextMessage, ...]:
        async with self._database.reads() as session:
            return self._messages(await session.scalars(wanted))

    def _messages(self, rows: Iterable[MessageRow]) -> tuple[TextMessage, ...]:
        """Opened; those whose words retention has destroyed are left out."""
        return tuple(
            TextMessage(
                id=MessageId(row.id),
                kind=MessageKind(row.kind),
                to=Phone(self._fields.open(row.to_sealed, Place("messages", "to", row.id))),
                body=self._fields.open(row.body_sealed, Place("messages", "body", row.id)),
                patient=None if row.patient is None else PatientId(row.patient),
                status=MessageStatus(row.status),
                created=row.created,
                changed=row.changed,
                carrier_ref=row.carrier_ref,
                error=row.error,
            )
            for row in rows
            if row.to_sealed is not None and row.body_sealed is not None
        )
