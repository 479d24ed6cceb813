"""The port lines speak to: they bring a call or an event and get the Turn to perform. voice.session implements it."""

from typing import Protocol

from clinic.people import CallId
from voice.dialog.turn import Arrival, Event, LineKind, Turn


class Switchboard(Protocol):
    """Where calls are kept."""

    async def ring(self, arrival: Arrival) -> Turn:
        """Begin the call, or find the one begun with this carrier reference; the Turn to perform now."""
        ...

    async def deliver(self, call: CallId, event: Event) -> Turn:
        """What happened; the next Turn. A late or duplicate event changes nothing and gives the current Turn."""
        ...

    async def find(self, carrier_ref: str) -> CallId | None:
        """The call begun with this carrier reference; begins none."""
        ...

    async def current(self, call: CallId) -> Turn:
        """The Turn the call is at, as after a crash or a change of line."""
        ...

    async def moved(self, call: CallId, line: LineKind, reason: str) -> None:
        """The call goes on over another line; recorded in its journal."""
        ...
