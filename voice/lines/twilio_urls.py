"""The addresses that we hand to the carrier. They carry the call and the turn, and come back to us signed."""

from urllib.parse import urlencode

from clinic.messages import MessageId
from clinic.people import CallId


class CarrierUrls:
    """All under the configured public URL."""

    def __init__(self, public_url: str) -> None:
        self._base = public_url.rstrip("/")

    @property
    def voice(self) -> str:
        return f"{self._base}/twilio/voice"

    @property
    def stream(self) -> str:
        """wss:// for an https:// address; without any query, which the carrier forbids (31920)."""
        return "ws" + self._base.removeprefix("http") + "/twilio/stream"

    def turn(self, call: CallId, number: int) -> str:
        return self._of("turn", call=call, turn=number)

    def after_dial(self, call: CallId, number: int) -> str:
        return self._of("after-dial", call=call, turn=number)

    @property
    def after_handover(self) -> str:
        """After the dial that the line itself makes when the dialog cannot go on."""
        return f"{self._base}/twilio/after-handover"

    def after_stream(self, call: CallId) -> str:
        return self._of("after-stream", call=call)

    def stream_status(self, call: CallId) -> str:
        return self._of("stream-status", call=call)

    def message_status(self, message: MessageId) -> str:
        return self._of("status", message=message)

    def _of(self, name: str, **query: str | int) -> str:
        return f"{self._base}/twilio/{name}?{urlencode(query)}"
