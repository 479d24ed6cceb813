"""What we ask of the carrier: send a text, look for one, look at a call, send a live call elsewhere.

The base address is a setting: SignalWire and others speak the same documents.

CarrierError
├── CarrierBusy      nothing was done; safe to repeat
├── CarrierUnsure    the answer was lost; look before repeating
└── CarrierRefused   repeating cannot help; carries the carrier's code
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from clinic.errors import ClinicError
from clinic.messages import TextMessage
from clinic.people import CallId
from reminders.carrier import Accepted, Busy, Rejected, Sending, Unknown
from voice.lines.twilio_urls import CarrierUrls

_TIMEOUT = httpx.Timeout(10.0)
_BUSY_FOR_S = 2.0
_CLOCKS_DIFFER = timedelta(minutes=2)
_LONGEST_TWIML = 4000
"""Characters of a document given in a request."""

Json = Mapping[str, object]


class CarrierError(ClinicError):
    """The carrier did not do what it was asked."""

    code = "carrier"


class CarrierBusy(CarrierError):
    """The carrier takes no more just now; nothing was done."""

    code = "carrier-busy"

    def __init__(self, retry_after_s: float) -> None:
        super().__init__()
        self.retry_after_s = retry_after_s


class CarrierUnsure(CarrierError):
    """The carrier's answer was lost; it may have done what it was asked."""

    code = "carrier-unsure"


class CarrierRefused(CarrierError):
    """The carrier refuses this for good."""

    code = "carrier-refused"

    def __init__(self, carrier_code: str) -> None:
        super().__init__(f"The carrier refuses with {carrier_code}.")
        self.carrier_code = carrier_code


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierCall:
    """A call as the carrier sees it."""

    ref: str
    status: str
    """queued, ringing, in-progress, completed, busy, failed, no-answer, canceled."""

    @property
    def live(self) -> bool:
        """Whether it can still be sent elsewhere."""
        return self.status in ("queued", "ringing", "in-progress")


class TwilioRest:
    """One account at one carrier. Implements reminders.carrier.Carrier."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        api_url: str,
        account_sid: str,
        auth_token: str,
        number: str,
        urls: CarrierUrls,
    ) -> None:
        self._http = http
        self._base = f"{api_url.rstrip('/')}/2010-04-01/Accounts/{account_sid}"
        self._auth = (account_sid, auth_token)
        self._number = number
        self._urls = urls

    async def send_text(self, message: TextMessage) -> Sending:
        form = {
            "To": message.to.e164,
            "From": self._number,
            "Body": message.body,
            "StatusCallback": self._urls.message_status(message.id),
        }
        try:
            return Accepted(ref=_word(await self._ask("POST", "/Messages.json", form), "sid"))
        except CarrierBusy as busy:
            return Busy(retry_after_s=busy.retry_after_s)
        except CarrierUnsure as unsure:
            return Unknown(why=unsure.code)
        except CarrierRefused as refused:
            return Rejected(code=f"carrier-{refused.carrier_code}")

    async def find_text(self, message: TextMessage) -> Sequence[str] | None:
        """The newest fifty to this number are looked at; date filters would miss what is still queued there."""
        query = {"To": message.to.e164, "From": self._number, "PageSize": "50"}
        try:
            listed = (await self._ask("GET", "/Messages.json", query)).get("messages")
            return [_word(each, "sid") for each in listed if _is(each, message)] if isinstance(listed, list) else None
        except (CarrierError, ValueError):
            return None  # not known: looked for again, and given up in the end, in sight of staff

    async def call(self, ref: str) -> CarrierCall:
        """Raises CarrierError."""
        found = await self._ask("GET", f"/Calls/{ref}.json", {})
        return CarrierCall(ref=_word(found, "sid"), status=_word(found, "status"))

    async def resume_on_webhook(self, ref: str, call: CallId) -> CarrierCall:
        """Send a live call whose stream is lost to the webhook line; repeating is harmless. Raises CarrierError."""
        return await self._redirect(ref, {"Url": self._urls.after_stream(call), "Method": "POST"})

    async def perform(self, ref: str, document: str) -> CarrierCall:
        """Have a live call perform this document instead. Raises CarrierError."""
        if len(document) > _LONGEST_TWIML:
            raise CarrierRefused("document-too-long")
        return await self._redirect(ref, {"Twiml": document})

    async def _redirect(self, ref: str, form: Mapping[str, str]) -> CarrierCall:
        found = await self._ask("POST", f"/Calls/{ref}.json", form)
        return CarrierCall(ref=_word(found, "sid"), status=_word(found, "status"))

    async def _ask(self, method: str, path: str, fields: Mapping[str, str]) -> Json:
        data, params = (fields, None) if method == "POST" else (None, fields)
        try:
            response = await self._http.request(
                method, self._base + path, data=data, params=params, auth=self._auth, timeout=_TIMEOUT
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise CarrierBusy(_BUSY_FOR_S) from error
        except httpx.TransportError as error:
            raise CarrierUnsure from error
        return _answer(response)


def _answer(response: httpx.Response) -> Json:
    """The body, or what its failure means."""
    body = _object(response)
    code = str(body.get("code") or response.status_code)
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS or code == "20429":
        raise CarrierBusy(_retry_after(response))
    if response.is_server_error or (response.is_success and not body):
        raise CarrierUnsure
    if not response.is_success:
        raise CarrierRefused(code)
    return body


def _object(response: httpx.Response) -> Json:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _retry_after(response: httpx.Response) -> float:
    written = response.headers.get("Retry-After", "")
    return float(written) if written.isdecimal() else _BUSY_FOR_S


def _word(answer: object, name: str) -> str:
    value = answer.get(name) if isinstance(answer, Mapping) else None
    if not isinstance(value, str):
        raise CarrierUnsure
    return value


def _is(listed: object, message: TextMessage) -> bool:
    """Whether this is our message: the same words, written no earlier than ours."""
    if not isinstance(listed, Mapping) or listed.get("body") != message.body:
        return False
    created = listed.get("date_created")
    if not isinstance(created, str):
        return True
    return _moment(created) >= message.created - _CLOCKS_DIFFER


def _moment(written: str) -> datetime:
    """Carriers write dates as in e-mail; some as ISO 8601."""
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
