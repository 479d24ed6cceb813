"""Encryption of personal fields: AES-GCM, bound to the table, column and row they stand in.

A sealed value is: version, length of key id, key id, nonce, ciphertext. A value copied to another row or column does
not open there.
"""

import hmac
import os
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from security.errors import Unreadable
from security.keyring import Keyring

_VERSION = 1
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands."""

    table: str
    column: str
    row: str

    @property
    def bound(self) -> bytes:
        """As associated data; NUL cannot occur in the parts."""
        return "\0".join((self.table, self.column, self.row)).encode()


class FieldCipher:
    """Seals and opens personal fields, and makes the keyed hashes by which they are found."""

    def __init__(self, keyring: Keyring) -> None:
        self._newest = keyring.newest.id
        self._ciphers = {key.id: AESGCM(key.derive("fields")) for key in keyring.keys}
        self._hash_keys = tuple(key.derive("lookup") for key in keyring.keys)

    @property
    def newest(self) -> str:
        """The id of the key that seals."""
        return self._newest

    def seal(self, text: str, place: Place) -> bytes:
        """The text, readable only at this place."""
        return self.seal_bytes(text.encode(), place)

    def open(self, sealed: bytes, place: Place) -> str:
        """The text again; raises Unreadable."""
        return self.open_bytes(sealed, place).decode()

    def seal_bytes(self, secret: bytes, place: Place) -> bytes:
        """The same for bytes, such as a call's own key."""
        nonce = os.urandom(_NONCE_BYTES)
        head = bytes((_VERSION, len(self._newest))) + self._newest.encode()
        return head + nonce + self._ciphers[self._newest].encrypt(nonce, secret, place.bound)

    def open_bytes(self, sealed: bytes, place: Place) -> bytes:
        """Raises Unreadable."""
        if len(sealed) < 2 or sealed[0] != _VERSION:
            raise Unreadable
        body = 2 + sealed[1]
        cipher = self._ciphers.get(key_id(sealed))
        if cipher is None:
            raise Unreadable
        try:
            return cipher.decrypt(sealed[body : body + _NONCE_BYTES], sealed[body + _NONCE_BYTES :], place.bound)
        except (InvalidTag, ValueError) as error:
            raise Unreadable from error

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it; what is not current is sealed again after a rotation."""
        return key_id(sealed) == self._newest

    def lookup(self, kind: str, value: str) -> bytes:
        """The keyed hash under which a new value is filed: HMAC-SHA256 with the newest key."""
        return _hash(self._hash_keys[0], kind, value)

    def lookups(self, kind: str, value: str) -> tuple[bytes, ...]:
        """Every hash under which the value may have been filed, one for each key in force."""
        return tuple(_hash(key, kind, value) for key in self._hash_keys)


class CallCipher:
    """Seals the journal of one call with a key of its own; once that key is destroyed nobody can read the call."""

    def __init__(self, secret: bytes, call: str) -> None:
        self._cipher = AESGCM(secret)
        self._call = call

    @staticmethod
    def new_secret() -> bytes:
        """A fresh key."""
        return AESGCM.generate_key(256)

    def seal(self, text: str, seq: int) -> bytes:
        """One row's body, bound to the call and the row's number."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), self._bound(seq))

    def open(self, sealed: bytes, seq: int) -> str:
        """Raises Unreadable."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], self._bound(seq)).decode()
        except (InvalidTag, ValueError) as error:
            raise Unreadable from error

    def _bound(self, seq: int) -> bytes:
        return f"{self._call}\0{seq}".encode()


def key_id(sealed: bytes) -> str:
    """Which key sealed it."""
    return sealed[2 : 2 + sealed[1]].decode("ascii", "replace")


def _hash(key: bytes, kind: str, value: str) -> bytes:
    return hmac.digest(key, f"{kind}\0{value}".encode(), sha256)
