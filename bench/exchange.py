"""The carrier's HTTP side: signs requests as the carrier does, and reads the documents it gets."""

import base64
import hashlib
import hmac
import secrets
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import httpx

from clinic.errors import ClinicError


class LineUnreachable(ClinicError):
    """The line does not answer, or refuses us."""

    code = "line-unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A running line."""

    url: str
    """Where it really listens."""
    public_url: str
    """What it believes its address to be: signatures are made over this."""
    auth_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What the line wants done, as far as a caller notices."""

    said: tuple[str, ...] = ()
    stream_url: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    gathers: bool = False
    dials: str = ""
    action: str = ""
    """What to request next; empty when the call is over."""


class Exchange:
    """One call's requests to a line."""

    def __init__(self, http: httpx.AsyncClient, line: Line, caller: str) -> None:
        self._http = http
        self._line = line
        self._caller = caller
        self.sid = "CA" + secrets.token_hex(16)

    async def ring(self) -> Document:
        """The call comes in. Raises LineUnreachable."""
        return await self.request(f"{self._line.public_url}/twilio/voice", CallStatus="ringing")

    async def request(self, url: str, **form: str) -> Document:
        """Request an address out of a document. Raises LineUnreachable."""
        return _read(await self._post(url, {"CallStatus": "in-progress"} | form))

    async def over(self) -> None:
        """The caller has hung up."""
        await self._post(f"{self._line.public_url}/twilio/status", {"CallStatus": "completed", "CallDuration": "1"})

    def stream_handshake(self, document: Document) -> tuple[str, dict[str, str]]:
        """Where to open the stream, and the header that the carrier sends with it."""
        path = urlsplit(document.stream_url).path.removeprefix(urlsplit(self._line.public_url).path)
        return "ws" + self._line.url.removeprefix("http") + path, self._signature(document.stream_url, {})

    async def _post(self, url: str, form: Mapping[str, str]) -> str:
        sent = {"CallSid": self.sid, "AccountSid": "AC" + "0" * 32, "From": self._caller or "anonymous"} | dict(form)
        headers = self._signature(url, sent) | {"Content-Type": "application/x-www-form-urlencoded"}
        target = self._line.url + url.removeprefix(self._line.public_url)
        try:
            response = await self._http.post(target, content=urlencode(sent), headers=headers)
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise LineUnreachable(f"{target}: {error}") from error
        return response.text

    def _signature(self, url: str, form: Mapping[str, str]) -> dict[str, str]:
        signed = url + "".join(name + form[name] for name in sorted(form))
        mac = hmac.digest(self._line.auth_token.encode(), signed.encode(), hashlib.sha1)
        return {"X-Twilio-Signature": base64.b64encode(mac).decode()}


def _read(xml: str) -> Document:
    response = ET.fromstring(xml)  # noqa: S314 - the line's own document
    said = tuple("".join(say.itertext()) for say in response.iter("Say"))
    stream, gather, dial = response.find("Connect/Stream"), response.find("Gather"), response.find("Dial")
    if stream is not None:
        parameters = {each.attrib["name"]: each.attrib["value"] for each in stream.findall("Parameter")}
        action = response.find("Connect")
        return Document(
            said=said,
            stream_url=stream.attrib["url"],
            parameters=parameters,
            action=action.attrib.get("action", "") if action is not None else "",
        )
    if gather is not None:
        return Document(said=said, gathers=True, action=gather.attrib["action"])
    if dial is not None:
        return Document(said=said, dials=dial.findtext("Number") or "", action=dial.attrib.get("action", ""))
    return Document(said=said)
