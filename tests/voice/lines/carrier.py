"""The carrier's side of the webhook line in tests: signs forms as Twilio does, by code of its own, and posts them."""

import asyncio
import base64
import hashlib
import hmac
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from fastapi import FastAPI

from tests.voice.lines.fake_audit import FakeAudit

PUBLIC_URL = "https://line.example.org"
AUTH_TOKEN = "12345"
SID = "CA" + "0" * 32


def signed(url: str, form: Mapping[str, str] | None = None, token: str = AUTH_TOKEN) -> str:
    """Base64 of HMAC-SHA1 over the URL and the sorted form."""
    text = url + "".join(f"{name}{value}" for name, value in sorted((form or {}).items()))
    return base64.b64encode(hmac.digest(token.encode(), text.encode(), hashlib.sha1)).decode()


class Carrier:
    """Posts to an app as the carrier does, and reads the documents it gets."""

    def __init__(self, app: FastAPI, audit: FakeAudit) -> None:
        self._app = app
        self.audit = audit

    def post(self, target: str, form: Mapping[str, str], signature: str | None = None) -> httpx.Response:
        """A signed form; `target` is a path or a whole address out of a document."""
        target = target.removeprefix(PUBLIC_URL)
        headers = {
            "X-Twilio-Signature": signed(PUBLIC_URL + target, form) if signature is None else signature,
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        }
        return self.send(target, urlencode(form).encode(), headers)

    def call(self, **form: str) -> httpx.Response:
        """A call comes in."""
        return self.post("/twilio/voice", incoming(**form))

    def send(self, target: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Any request, as it is."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            # The address behind the proxy, which is not the public one.
            async with httpx.AsyncClient(transport=transport, base_url="http://10.0.0.7:8080") as client:
                return await client.post(target, content=body, headers=dict(headers))

        return asyncio.run(send())


def incoming(**form: str) -> dict[str, str]:
    """The form of an incoming call."""
    return {"CallSid": SID, "From": "+12065550142", "To": "+12065550100", "CallStatus": "ringing"} | form


def document(response: httpx.Response) -> ET.Element:
    """The TwiML of an answer."""
    assert response.status_code == 200
    assert response.text.startswith("<?xml")
    assert response.headers["content-type"].startswith("text/xml")
    return ET.fromstring(response.text)  # noqa: S314 - our own document


def action(element: ET.Element, verb: str) -> str:
    """The address a verb requests next."""
    found = element.find(f".//{verb}")
    assert found is not None
    return found.attrib["action"]


def query(url: str) -> dict[str, str]:
    """The query of an address."""
    return dict(parse_qsl(urlsplit(url).query))
