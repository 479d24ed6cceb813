"""The switchboard of this process: finds the call, keeps its events in order, and gives the line its next Turn."""

import secrets
from collections.abc import Callable
from datetime import datetime

from clinic.errors import ClinicError
from clinic.people import CallId
from security.logs import logger
from voice.dialog.journal import Noted, SeqTaken
from voice.dialog.turn import Arrival, Event, Gone, LineKind, Turn
from voice.session.attendant import Attendant
from voice.session.ongoing import Ongoing

log = logger("session")

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
            if self._calls.get(call, ongoing) is ongoing and await self._took(ongoing, event):
                return ongoing.turn()
        return await self.deliver(call, event) if self._is_other(ongoing) else await self.current(call)

    async def _took(self, ongoing: Ongoing, event: Event) -> bool:
        """False when another process was first. What was left half-way is forgotten: the journal knows where it is."""
        taken = False
        try:
            await self.attendant.take(ongoing, event)
            taken = True
        except SeqTaken:
            return False
        finally:
            if not taken or ongoing.ended:
                self._forget(ongoing)
        return True

    def _forget(self, ongoing: Ongoing) -> None:
        if self._calls.get(ongoing.call) is ongoing:
            del self._calls[ongoing.call]

    def _is_other(self, ongoing: Ongoing) -> bool:
        return self._calls.get(ongoing.call, ongoing) is not ongoing

    async def close_silent(self, since: datetime) -> int:
        """End the calls that nobody has heard of since then, as when the carrier never said that they were over."""
        silent = await self.attendant.journal.silent_since(since)
        for call in silent:
            try:
                await self.deliver(call, Gone(turn=0, reason="line-lost"))
            except (ClinicError, ValueError) as error:
                log.error("a forgotten call cannot be closed", call=call, exc_info=error)
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
