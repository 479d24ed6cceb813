"""The clinic's encryption keys: newest first, so that new values use the newest and old ones still open."""

import base64
import binascii
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clinic.errors import SettingsError

_SECRET_BYTES = 32
_ID_BYTES = 64
_REMEDY = 'Use "id:base64" pairs, newest first, 32 bytes each, or "file:PATH" of the same, one a line.'


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One master key. It is never used itself; each purpose has a key derived from it."""

    id: str
    secret: bytes = field(repr=False)

    def derive(self, purpose: str) -> bytes:
        """The 32-byte key of this purpose (HKDF-SHA256)."""
        return HKDF(SHA256(), _SECRET_BYTES, salt=None, info=f"throughline/{purpose}".encode()).derive(self.secret)


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys in force; the first one seals."""

    keys: tuple[Key, ...]

    def __post_init__(self) -> None:
        if not self.keys:
            raise SettingsError(f"THROUGHLINE_KEYS holds no key. {_REMEDY}")
        if len({key.id for key in self.keys}) < len(self.keys):
            raise SettingsError("THROUGHLINE_KEYS names the same key twice.")

    @property
    def newest(self) -> Key:
        return self.keys[0]


def read_keyring(setting: str) -> Keyring:
    """The keyring of the `keys` setting; raises SettingsError, which never repeats the setting's value."""
    if setting.startswith("file:"):
        return Keyring(_parse(_lines(Path(setting.removeprefix("file:")))))
    return Keyring(_parse(setting.split(",")))


def make_keys_file(path: Path, *, key_id: str = "k1") -> None:
    """Write a file with one new key, readable by its owner only; leaves an existing file alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{key_id}:{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}\n")


def _lines(path: Path) -> Sequence[str]:
    try:
        text = path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"THROUGHLINE_KEYS names a file that cannot be read: {path}") from error
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _parse(pairs: Sequence[str]) -> tuple[Key, ...]:
    return tuple(_key(pair.strip()) for pair in pairs if pair.strip())


def _key(pair: str) -> Key:
    key_id, _, encoded = pair.partition(":")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise SettingsError(f"THROUGHLINE_KEYS holds a key that is not base64. {_REMEDY}") from None
    if not (key_id.isascii() and 0 < len(key_id) <= _ID_BYTES and len(secret) == _SECRET_BYTES):
        raise SettingsError(f"THROUGHLINE_KEYS holds a key of the wrong form. {_REMEDY}")
    return Key(id=key_id, secret=secret)
