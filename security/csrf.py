"""Proof that a form was served to the session that sends it back."""

import hmac
from hashlib import sha256


def csrf_of(token: str) -> str:
    """The form token of a session: derived from its secret, so that nothing more need be kept."""
    return hmac.digest(token.encode(), b"throughline/csrf", sha256).hex()


def same(given: str, expected: str) -> bool:
    """Compares without telling by its time where they differ."""
    return hmac.compare_digest(given.encode(), expected.encode())
