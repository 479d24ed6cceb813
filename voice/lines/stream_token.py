"""One-use tokens for WebSockets: a carrier does not sign what it sends in `start`, and a page cannot set headers.

A token names its subject ("CA..." and our call, or a staff member), expires soon, and opens one stream once.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from clinic.errors import ClinicError
from clinic.time import Clock

_LIFE = timedelta(seconds=60)


class BadToken(ClinicError):
    """This token is not ours, is too old, or has been used."""

    code = "bad-token"


class StreamTokens:
    """Issues and redeems. Tokens are signed, so that only used ones are remembered, and those only until they expire.

    The memory of used tokens is this process's own; a token is only ever redeemed at the address that issued it, within
    a minute, and the call's own numbering makes a second stream on another node harmless.
    """

    def __init__(self, secret: bytes, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock
        self._used: dict[str, datetime] = {}

    def issue(self, subject: str) -> str:
        """A token for this subject; under 500 characters for any subject of ours, as `<Parameter>` demands."""
        expires = int((self._clock.now() + _LIFE).timestamp())
        body = f"{expires}.{secrets.token_urlsafe(12)}.{_encode(subject.encode())}"
        return f"{body}.{self._seal(body)}"

    def redeem(self, token: str) -> str:
        """The subject, once; raises BadToken."""
        body, _, seal = token.rpartition(".")
        if not hmac.compare_digest(self._seal(body).encode(), seal.encode(errors="replace")):
            raise BadToken
        expires_at, nonce, subject = body.split(".")
        now, expires = self._clock.now(), datetime.fromtimestamp(int(expires_at), tz=self._clock.now().tzinfo)
        self._used = {used: until for used, until in self._used.items() if until > now}
        if now >= expires or nonce in self._used:
            raise BadToken
        self._used[nonce] = expires
        return _decode(subject)

    def _seal(self, body: str) -> str:
        return _encode(hmac.digest(self._secret, body.encode(errors="replace"), hashlib.sha256))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decode(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise BadToken from error
