"""The switchboard of this process: finds the call, keeps its events in order, and gives the line its next Turn."""

import secrets
from collections.abc import Callable
from datetime import datetime

from clinic.people import CallId
from voice.dialog.journal import Noted, SeqTaken
from voice.dialog.turn import Arrival, Event, Gone, LineKind, Turn
from voice.session.attendant import Attendant
from voice.session.ongoing import Ongoing

MOST_IN_MEMORY = 2000
"""Calls kept in memory; the rest are replayed when they are next heard of."""


class Sessions:
    """Implements voice.dialog.switchboard.Switchboard. The calls it holds are a cache of their journals."""

    def __init__(self, attendant: Attendant, new_id: Callable[[], str] = lambda: secrets.token_hex(8)) -> None:
        self.attendant = attendant
        self._new_id = new_id
        self._calls: dict[CallId, Ongoing] = {}

    @property
    def in_progress(self) -> int:
        """Calls held in memory that have not ended."""
        return len(self._calls)

    async def ring(self, arrival: Arrival) -> Turn:
        """Begin the call, or find the one begun with this carrier reference; the Turn to perform now."""
        return await self.current(await self.attendant.open(CallId(self._new_id()), arrival))

    async def find(self, carrier_ref: str) -> CallId | None:
        """The call begun with this carrier reference, if any."""
        return await self.attendant.journal.find(carrier_ref)

    async def current(self, call: CallId) -> Turn:
        """The Turn the call is at; raises NoSuchCall."""
        ongoing = await self._find(call)
        async with ongoing.lock:
            return ongoing.turn()

    async def deliver(self, call: CallId, event: Event) -> Turn:
        """What happened; the next Turn. A late or duplicate event changes nothing and gives the current Turn."""
        ongoing = await self._find(call)
        async with ongoing.lock:
            try:
                await self.attendant.take(ongoing, event)
            except SeqTaken:
                self._calls.pop(call, None)
            else:
                if ongoing.ended:
                    self._calls.pop(call, None)
                return ongoing.turn()
        return await self.current(call)

    async def close_silent(self, since: datetime) -> int:
        """End the calls that nobody has heard of since then, as when the carrier never said that they were over."""
        silent = await self.attendant.journal.silent_since(since)
        for call in silent:
            await self.deliver(call, Gone(turn=0, reason="line-lost"))
        return len(silent)

    async def moved(self, call: CallId, line: LineKind, reason: str) -> None:
        """The call goes on over another line; recorded, and nothing else changes."""
        ongoing = await self._find(call)
        async with ongoing.lock:
            try:
                await self.attendant.note(ongoing, Noted(what="line-moved", detail=f"{line}: {reason}"), line)
            except SeqTaken:
                self._calls.pop(call, None)

    async def _find(self, call: CallId) -> Ongoing:
        """The call as held in memory, else rebuilt from its journal."""
        if call in self._calls:
            return self._calls[call]
        while True:
            try:
                ongoing = await self.attendant.rebuild(call)
                break
            except SeqTaken:
                continue
        if ongoing.ended:
            return ongoing
        while len(self._calls) >= MOST_IN_MEMORY:
            self._calls.pop(next(iter(self._calls)))
        return self._calls.setdefault(call, ongoing)
