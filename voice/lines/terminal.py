"""The telephone in a terminal: what the line says is printed, what is typed is the caller."""

from collections.abc import Callable, Iterable

from clinic.people import CallId, Phone
from voice.dialog.switchboard import Switchboard
from voice.dialog.turn import Arrival, Dial, HangUp, LineKind, Turn
from voice.lines.text import NotNow, event_of


class Terminal:
    """One typed call. `write` shows a line, `read` gives the next one or None when the caller is gone."""

    def __init__(self, switchboard: Switchboard, write: Callable[[str], None], read: Callable[[], str | None]) -> None:
        self._switchboard = switchboard
        self._write = write
        self._read = read

    async def ring(self, ref: str, caller: Phone | None) -> CallId:
        """Place a call and stay until it is over."""
        turn = await self._switchboard.ring(Arrival(line=LineKind.TERMINAL, carrier_ref=ref, caller=caller))
        return await self._talk(turn)

    async def resume(self, call: CallId) -> CallId:
        """Go on with a call that was broken off; raises NoSuchCall."""
        return await self._talk(await self._switchboard.current(call))

    async def _talk(self, turn: Turn) -> CallId:
        self._show(turn)
        while not isinstance(turn.then, HangUp):
            typed = self._read()
            try:
                event = event_of("(hangs up)" if typed is None else typed, turn)
            except NotNow as error:
                self._write(str(error))
                continue
            turn = await self._switchboard.deliver(turn.call, event)
            self._show(turn)
        return turn.call

    def _show(self, turn: Turn) -> None:
        for line in lines_of(turn):
            self._write(line)


def lines_of(turn: Turn) -> Iterable[str]:
    """A turn as it is written down."""
    for sentence in turn.say:
        yield f"LINE    {sentence.text}" + (f" [{sentence.pause_s:g} s]" if sentence.pause_s else "")
    match turn.then:
        case Dial(to=to):
            yield f"DIALS   {to}"
        case HangUp():
            yield "ENDS"
