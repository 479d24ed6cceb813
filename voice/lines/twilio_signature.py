"""Is this request really the carrier's? X-Twilio-Signature over the configured public URL, as the carrier signs it.

The signature itself is computed by Twilio's own library. Which URLs to try, and how a stream handshake and a JSON body
are read, is ours: the library takes port 80 for `wss://` and cannot be given an unsigned body.
"""

import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import RequestValidator

HEADER = "X-Twilio-Signature"
_DEFAULT_PORTS = {"https": 443, "wss": 443, "http": 80, "ws": 80}


class Signatures:
    """Checks against the configured URL, not what is seen behind a proxy. Without a token nothing is valid."""

    def __init__(self, auth_token: str, public_url: str) -> None:
        self._public_url = public_url.rstrip("/")
        self._validator = RequestValidator(auth_token) if auth_token else None

    def form_fits(self, target: str, form: Sequence[tuple[str, str]], signature: str) -> bool:
        """A form post (or a request without a body) to `target`, the path with its query as it was requested."""
        return self._fits(self._public_url + target, form, signature)

    def json_fits(self, target: str, body: bytes, signature: str) -> bool:
        """A JSON post: only the URL is signed, and its query carries the hash of the body."""
        stated = parse_qs(urlsplit(target).query).get("bodySHA256", [""])[0]
        return _same(hashlib.sha256(body).hexdigest(), stated) and self._fits(self._public_url + target, (), signature)

    def stream_fits(self, target: str, signature: str) -> bool:
        """A stream's handshake: signed over the wss:// URL, without parameters."""
        return self._fits("ws" + self._public_url.removeprefix("http") + target, (), signature)

    def _fits(self, url: str, form: Sequence[tuple[str, str]], signature: str) -> bool:
        if self._validator is None or not signature:
            return False
        signed = [
            str(self._validator.compute_signature(form_url, _Form(form))) for form_url in _with_and_without_port(url)
        ]
        return any([_same(candidate, signature) for candidate in signed])  # noqa: C419 - all are compared, whichever fits


class _Form(dict[str, list[str]]):
    """A form in which a name may come more than once, as the library wants to read it."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        for name, value in pairs:
            self.setdefault(name, []).append(value)

    def getall(self, name: str) -> list[str]:
        return self[name]


def _with_and_without_port(url: str) -> tuple[str, ...]:
    """Carriers sign with the port or without it, whichever way the URL was configured."""
    parts = urlsplit(url)
    host = parts.netloc.removesuffix(f":{parts.port}") if parts.port else parts.netloc
    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    rest = url[len(parts.scheme) + len("://") + len(parts.netloc) :]
    return f"{parts.scheme}://{host}{rest}", f"{parts.scheme}://{host}:{port}{rest}"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
