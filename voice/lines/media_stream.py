"""The messages of a media stream, read strictly and written exactly. No I/O: that is `twilio_stream` and `browser`.

What we send may hold no field too many or too few (31951) and no binary (31950): `media`, `mark` and `clear` only. What
we get is refused with a reason when it makes no sense; fields that we do not know are accepted.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from clinic.errors import ClinicError

START_WITHIN_S = 10.0
LONGEST_MESSAGE = 64 * 1024
LONGEST_AUDIO = 8000
"""Bytes of mu-law in one message: one second. Carriers send 160."""
_LONGEST_TEXT = 2000
_DIGITS = frozenset("0123456789*#ABCD")


class Refused(StrEnum):
    """Why a stream is closed."""

    NOT_SIGNED = "not-signed"
    UNKNOWN_TICKET = "no-valid-token"
    NO_START = "no-start-in-time"
    SECOND_START = "second-start"
    NOT_STARTED = "not-started"
    BINARY = "binary-message"
    TOO_LONG = "message-too-long"
    NOT_JSON = "not-json"
    NO_EVENT = "unknown-event"
    MISSING_FIELD = "missing-field"
    WRONG_STREAM = "wrong-stream"
    WRONG_FORMAT = "wrong-media-format"
    BAD_AUDIO = "bad-audio"
    ALREADY_CONNECTED = "already-connected"
    NO_ROOM = "no-room"


_CLOSE_CODES = {
    Refused.NOT_SIGNED: 4401,
    Refused.UNKNOWN_TICKET: 4401,
    Refused.NO_START: 4408,
    Refused.SECOND_START: 4409,
    Refused.ALREADY_CONNECTED: 4409,
    Refused.NO_ROOM: 4429,
}


class StreamRefused(ClinicError):
    """This media stream breaks the protocol and is closed."""

    code = "stream-refused"

    def __init__(self, reason: Refused) -> None:
        super().__init__(reason.value)
        self.reason = reason

    @property
    def close_code(self) -> int:
        """The WebSocket close code that goes with the reason."""
        return _CLOSE_CODES.get(self.reason, 4400)


class Started(NamedTuple):
    """The stream is open; `parameters` are the `<Parameter>`s of the document, or the page's own."""

    stream_sid: str
    call_sid: str
    parameters: dict[str, str]


class Audio(NamedTuple):
    """What the caller said, mu-law."""

    mulaw: bytes


class Pressed(NamedTuple):
    """A key."""

    digit: str


class Played(NamedTuple):
    """A mark came back: reached, or dropped by a `clear`."""

    mark: str


class Typed(NamedTuple):
    """Typed instead of spoken; browser phone only."""

    text: str


class Stopped(NamedTuple):
    """The stream ends."""


Message = Started | Audio | Pressed | Played | Typed | Stopped


@dataclass(slots=True)
class Reader:
    """Reads the messages of one stream, in order, and knows which may come when."""

    typing: bool = False
    """Whether `text` messages are allowed."""
    sid_needed: bool = True
    """Whether every message must name its stream."""
    started: Started | None = None

    def read(self, raw: str) -> Message | None:
        """One message; None for `connected`, which says nothing. Raises StreamRefused."""
        message = _object(raw)
        event = message.get("event")
        if event == "connected" and self.started is None:
            return None
        if event == "start":
            return self._start(message)
        if self.started is None:
            raise StreamRefused(Refused.NOT_STARTED)
        self._check_stream(message, self.started)
        match event:
            case "media":
                return Audio(_audio(_text(_part(message, "media"), "payload")))
            case "dtmf":
                return Pressed(_digit(_part(message, "dtmf")))
            case "mark":
                return Played(_text(_part(message, "mark"), "name"))
            case "text" if self.typing:
                return Typed(_text(message, "text")[:_LONGEST_TEXT])
            case "stop":
                return Stopped()
            case _:
                raise StreamRefused(Refused.NO_EVENT)

    def _start(self, message: dict[str, object]) -> Started:
        if self.started is not None:
            raise StreamRefused(Refused.SECOND_START)
        start = _part(message, "start")
        _check_format(start)
        sid = message.get("streamSid", start.get("streamSid", ""))
        if not isinstance(sid, str) or (self.sid_needed and not sid):
            raise StreamRefused(Refused.MISSING_FIELD)
        given = start.get("customParameters", {})
        if not isinstance(given, dict):
            raise StreamRefused(Refused.MISSING_FIELD)
        parameters = {name: value for name, value in given.items() if isinstance(value, str)}
        call_sid = start.get("callSid")
        self.started = Started(sid, call_sid if isinstance(call_sid, str) else "", parameters)
        return self.started

    def _check_stream(self, message: dict[str, object], started: Started) -> None:
        sid = message.get("streamSid")
        if sid is None and not self.sid_needed:
            return
        if sid != started.stream_sid:
            raise StreamRefused(Refused.WRONG_STREAM)


def media(stream_sid: str, mulaw: bytes) -> str:
    """Audio to play after what is queued: raw mu-law, no file header."""
    payload = base64.b64encode(mulaw).decode()
    return json.dumps({"event": "media", "streamSid": stream_sid, "media": {"payload": payload}})


def mark(stream_sid: str, name: str) -> str:
    """Comes back when everything before it has been played, or was cleared."""
    return json.dumps({"event": "mark", "streamSid": stream_sid, "mark": {"name": name}})


def clear(stream_sid: str) -> str:
    """Drop what is queued."""
    return json.dumps({"event": "clear", "streamSid": stream_sid})


def _object(raw: str) -> dict[str, object]:
    if len(raw) > LONGEST_MESSAGE:
        raise StreamRefused(Refused.TOO_LONG)
    try:
        message = json.loads(raw)
    except (ValueError, RecursionError):
        raise StreamRefused(Refused.NOT_JSON) from None
    if not isinstance(message, dict):
        raise StreamRefused(Refused.NOT_JSON)
    return message


def _part(message: dict[str, object], name: str) -> dict[str, object]:
    part = message.get(name)
    if not isinstance(part, dict):
        raise StreamRefused(Refused.MISSING_FIELD)
    return part


def _text(part: dict[str, object], name: str) -> str:
    value = part.get(name)
    if not isinstance(value, str):
        raise StreamRefused(Refused.MISSING_FIELD)
    return value


def _audio(payload: str) -> bytes:
    try:
        mulaw = base64.b64decode(payload, validate=True)
    except (binascii.Error, ValueError):
        raise StreamRefused(Refused.BAD_AUDIO) from None
    if not 0 < len(mulaw) <= LONGEST_AUDIO:
        raise StreamRefused(Refused.BAD_AUDIO)
    return mulaw


def _digit(part: dict[str, object]) -> str:
    digit = _text(part, "digit")
    if digit not in _DIGITS:
        raise StreamRefused(Refused.MISSING_FIELD)
    return digit


def _check_format(start: dict[str, object]) -> None:
    """All numbers are strings as carriers send them; a page may send numbers."""
    if "mediaFormat" not in start:
        return
    given = _part(start, "mediaFormat")
    found = (given.get("encoding"), str(given.get("sampleRate")), str(given.get("channels", 1)))
    if found != ("audio/x-mulaw", "8000", "1"):
        raise StreamRefused(Refused.WRONG_FORMAT)
