"""A switchboard with a tiny dialog of its own: it keeps calls, turn numbers and moves as the real one does."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from clinic.people import CallId
from intents.meaning import Expecting
from voice.dialog.journal import NoSuchCall
from voice.dialog.turn import Arrival, Dial, Event, Gone, HangUp, LineKind, Listen, Rate, Sentence, Turn

Script = Sequence[Turn]
ASK = Listen(expects=Expecting.OPEN)


def turn(
    *words: str | Sentence,
    then: Listen | Dial | HangUp = ASK,
    rate: Rate = Rate.NORMAL,
    gain_db: float = 0.0,
    language: str = "en",
) -> Turn:
    """A Turn of no call yet."""
    say = tuple(Sentence(text=text) if isinstance(text, str) else text for text in words)
    return Turn(call=CallId("?"), number=0, say=say, then=then, rate=rate, gain_db=gain_db, language=language)


GREETING = turn("Thank you for calling. I am an automated assistant.", "How can I help?")
SCRIPT: Script = (GREETING, turn("Which day suits you?"), turn("Goodbye.", then=HangUp()))


@dataclass
class FakeCall:
    """What the switchboard remembers of one call."""

    arrival: Arrival
    at: int = 0
    events: list[Event] = field(default_factory=list)
    moves: list[tuple[LineKind, str]] = field(default_factory=list)
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def gone(self) -> bool:
        return self.hung_up.is_set()


class FakeSwitchboard:
    """Goes through its script one Turn an event; a stale event changes nothing."""

    def __init__(self, script: Script = SCRIPT, fails_with: Exception | None = None) -> None:
        self._script = script
        self.fails_with = fails_with
        self.calls: dict[CallId, FakeCall] = {}

    async def ring(self, arrival: Arrival) -> Turn:
        self._disturb()
        call = await self.find(arrival.carrier_ref)
        if call is None:
            call = CallId(f"call-{len(self.calls) + 1}")
            self.calls[call] = FakeCall(arrival)
        return await self.current(call)

    async def deliver(self, call: CallId, event: Event) -> Turn:
        self._disturb()
        kept = self._kept(call)
        if isinstance(event, Gone):
            kept.hung_up.set()
            kept.events.append(event)
        elif event.turn == kept.at + 1 and not kept.gone:
            kept.events.append(event)
            kept.at = min(kept.at + 1, len(self._script) - 1)
        return await self.current(call)

    async def find(self, carrier_ref: str) -> CallId | None:
        return next((call for call, kept in self.calls.items() if kept.arrival.carrier_ref == carrier_ref), None)

    async def current(self, call: CallId) -> Turn:
        at = self._kept(call).at
        return replace(self._script[at], call=call, number=at + 1)

    async def moved(self, call: CallId, line: LineKind, reason: str) -> None:
        self._kept(call).moves.append((line, reason))

    async def until_gone(self, call: CallId) -> None:
        """Waits for the caller's hanging up to be reported."""
        async with asyncio.timeout(5):
            await self._kept(call).hung_up.wait()

    def _kept(self, call: CallId) -> FakeCall:
        if call not in self.calls:
            raise NoSuchCall
        return self.calls[call]

    def _disturb(self) -> None:
        if self.fails_with is not None:
            raise self.fails_with
