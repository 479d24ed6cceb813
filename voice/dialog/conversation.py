"""One flow being driven: send it what happened, and it runs to the next thing that it needs from outside."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from voice.dialog.call import Call
from voice.dialog.effects import Ask, Now, Say, Transfer, Work
from voice.dialog.errors import DialogError, ForeignAwait, Hangup
from voice.dialog.turn import Sentence

Flow = Callable[[Call], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Over:
    """The flow has come to its end."""


Need = Ask | Work | Now | Transfer | Over


class Conversation:
    """A flow and the call it runs on. Not started until `begin`; touches nothing outside itself."""

    def __init__(self, flow: Flow, call: Call) -> None:
        self.call = call
        self.said: list[Sentence] = []
        """What has been said since the caller last had the floor; incomplete while `muted`."""
        self._unsaid: list[Say] = []
        self._muted = False
        self.need: Need = Over()
        self._flow = flow
        self._running: Coroutine[Any, Any, None] | None = None

    def begin(self) -> Need:
        """Run to the first need."""
        self._running = self._flow(self.call)
        return self._run(self._running, None)

    def mute(self) -> None:
        """Say nothing aloud: a replay runs through turns that were spoken long ago."""
        self._muted = True

    def unmute(self) -> None:
        """Say what is to be heard now."""
        self._muted = False
        for say in self._unsaid:
            self.said.extend(say.sentences())
        self._unsaid.clear()

    def resume(self, result: object) -> Need:
        """Give the flow the result of its last need and run to the next; raises ForeignAwait."""
        if self._running is None:
            raise DialogError("A conversation has to begin before it can go on.")
        if isinstance(self.need, (Ask, Transfer)):
            self.said.clear()
            self._unsaid.clear()
        return self._run(self._running, result)

    def close(self) -> None:
        """Let the flow go without running it further."""
        if self._running is not None:
            self._running.close()

    def _run(self, running: Coroutine[Any, Any, None], result: object) -> Need:
        while True:
            try:
                effect = running.send(result)
            except (StopIteration, Hangup):
                self.need = Over()
                return self.need
            match effect:
                case Say() as say:
                    if self._muted:
                        self._unsaid.append(say)
                    else:
                        self.said.extend(say.sentences())
                    result = None
                case Ask() | Work() | Now() | Transfer():
                    self.need = effect
                    return self.need
                case _:
                    running.close()
                    raise ForeignAwait(f"A flow awaited a {type(effect).__name__}, which is not an effect of its call.")
