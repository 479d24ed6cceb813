"""The keys of single calls: made when the call begins, sealed by the keyring, destroyed by retention."""

from collections import OrderedDict

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from clinic.people import CallId
from security.errors import Unreadable
from security.fields import CallCipher, FieldCipher, Place
from store.tables import CallRow
from voice.dialog.journal import NoSuchCall

_KEPT = 1_000
"""Keys of recent calls kept open: a call in progress writes a row every few seconds."""


class CallKeys:
    """Finds the cipher of a call."""

    def __init__(self, fields: FieldCipher) -> None:
        self._fields = fields
        self._open: OrderedDict[CallId, CallCipher] = OrderedDict()

    def new(self, call: CallId) -> tuple[CallCipher, bytes]:
        """A cipher with a new key, and the key sealed for the call's row."""
        secret = CallCipher.new_secret()
        return CallCipher(secret, call), self._fields.seal_bytes(secret, _place(call))

    def unseal(self, call: CallId, key_sealed: bytes) -> CallCipher:
        """The cipher of a key that was read from the call's row."""
        return CallCipher(self._fields.open_bytes(key_sealed, _place(call)), call)

    async def of(self, session: AsyncSession, call: CallId) -> CallCipher:
        """For writing to a call in progress. Raises NoSuchCall, or Unreadable when the key has been destroyed."""
        if cipher := self._open.get(call):
            return cipher
        row = (await session.execute(select(CallRow.key_sealed).where(CallRow.id == call))).one_or_none()
        if row is None:
            raise NoSuchCall
        if row.key_sealed is None:
            raise Unreadable
        cipher = self.unseal(call, row.key_sealed)
        self.keep(call, cipher)
        return cipher

    def keep(self, call: CallId, cipher: CallCipher) -> None:
        """Remember it for the rows to come."""
        self._open[call] = cipher
        if len(self._open) > _KEPT:
            self._open.popitem(last=False)

    def forget(self, call: CallId) -> None:
        """The key has been destroyed."""
        self._open.pop(call, None)


def _place(call: CallId) -> Place:
    return Place("calls", "key_sealed", call)
