"""Lets in what the carrier signed, and nothing else: 403 and an audit entry otherwise, and nothing is stored."""

import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

import structlog
from fastapi import HTTPException, Request, WebSocket

from clinic.people import BadPhone, Phone
from security.audit import Audit
from security.tags import Tag
from voice.lines.twilio_signature import HEADER, Signatures

_LONGEST_BODY = 256 * 1024
_MOST_FIELDS = 1000
_SID = re.compile(r"[A-Za-z0-9-]{1,64}")
_WITHHELD = frozenset({"+266696687", "+7378742833", "+2562533", "+8566", "+86282452253"})
"""What the carrier sends as the number of a caller who is anonymous, restricted, blocked, unknown or unavailable."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Form:
    """What the carrier posted. Fields are added without notice, so unknown and empty ones are accepted."""

    pairs: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """The first value of this name; empty when there is none."""
        return next((value for field, value in self.pairs if field == name), "")

    def phone(self, name: str) -> Phone | None:
        """A telephone number; None when withheld or not a telephone (a SIP address, a client name)."""
        written = self.get(name)
        try:
            return None if written in _WITHHELD else Phone.parse(written)
        except BadPhone:
            return None


class Door:
    """Checks every request of the carrier before anything else sees it."""

    def __init__(self, signatures: Signatures, audit: Audit) -> None:
        self._signatures = signatures
        self._audit = audit

    async def form(self, request: Request, *needed: str) -> Form:
        """The signed form; `needed` fields must be there and look like the carrier's identifiers."""
        body = await self._body(request)
        try:
            form, signed = self._read(request, body)
        except ValueError:
            raise await self._refusal(403, Tag.WEBHOOK_UNREADABLE) from None
        if not signed:
            raise await self._refusal(403, Tag.WEBHOOK_FORGED)
        if not all(_SID.fullmatch(form.get(name)) for name in needed):
            raise await self._refusal(400, Tag.WEBHOOK_MALFORMED)
        return form

    async def stream(self, socket: WebSocket) -> bool:
        """Whether this handshake is the carrier's; audited when not."""
        if self._signatures.stream_fits(_target(socket), socket.headers.get(HEADER, "")):
            return True
        await self._refusal(403, Tag.STREAM_FORGED)
        return False

    async def malformed(self) -> HTTPException:
        """The answer to something signed that makes no sense all the same."""
        return await self._refusal(400, Tag.WEBHOOK_MALFORMED)

    def _read(self, request: Request, body: bytes) -> tuple[Form, bool]:
        """The form and whether its signature fits; raises ValueError when it is not a form at all."""
        signature, target = request.headers.get(HEADER, ""), _target(request)
        if request.headers.get("content-type", "").partition(";")[0].strip() == "application/json":
            return _from_json(body), self._signatures.json_fits(target, body, signature)
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS, separator="&"
        )
        return Form(tuple(pairs)), self._signatures.form_fits(target, pairs, signature)

    async def _body(self, request: Request) -> bytes:
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _LONGEST_BODY:
                raise await self._refusal(413, Tag.WEBHOOK_UNREADABLE)
        return bytes(body)

    async def _refusal(self, status: int, tag: Tag) -> HTTPException:
        await self._audit.note("carrier", tag)
        _log.warning("A request to the carrier's endpoints was refused", status=status, tag=tag)
        return HTTPException(status)


def _from_json(body: bytes) -> Form:
    read = json.loads(body)
    if not isinstance(read, dict):
        raise ValueError("not an object")
    return Form(tuple((name, value) for name, value in read.items() if isinstance(value, str)))


def _target(request: Request | WebSocket) -> str:
    """Path and query exactly as requested; decoding them would change what was signed."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope["query_string"]
    return (raw.partition(b"?")[0] + (b"?" + query if query else b"")).decode("ascii", errors="replace")
