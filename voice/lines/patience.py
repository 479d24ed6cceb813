"""How long to wait in a caller's silence before taking the turn: by the words, the question and the caller."""

from collections.abc import Callable

from intents.completeness import Completeness
from intents.meaning import Expecting
from voice.dialog.turn import Listen

Finished = Callable[[str, Listen], Completeness]
"""Judges the words heard so far."""

_WAIT_S = {Completeness.COMPLETE: 0.25, Completeness.OPEN: 0.72, Completeness.UNFINISHED: 1.4}
_PART_S = 1.0
_PARTS_S = {
    Expecting.SPELLING: 1.3,
    Expecting.DIGITS: 1.2,
    Expecting.PHONE: 1.3,
    Expecting.BIRTH_DATE: 1.0,
    Expecting.NAME: 0.8,
}
"""Answers said in parts: the pause between the parts is longer than other pauses."""
_BEGINNING_S = 0.75
"""To an open question, speech shorter than this is more often the beginning of a sentence than the whole of it."""
_COMMA_S = 0.38
"""After a bare yes or no: longer than the comma of "yes, this is Maria"."""
_LONG_PAUSE_S = 0.70
"""Shorter pauses are survived without earning anything."""
_MOST_EARNED = 1.6


class Patience:
    """The waits of one call. A caller who pauses long inside sentences earns longer ones for the rest of the call."""

    def __init__(self) -> None:
        self._earned = 1.0

    def wait_s(self, completeness: Completeness, listen: Listen, speech_s: float = _BEGINNING_S) -> float:
        """Silence after which these words, said in so much time, are the whole answer."""
        short = speech_s < _BEGINNING_S
        if completeness is Completeness.COMPLETE and listen.expects is Expecting.OPEN and short:
            completeness = Completeness.OPEN
        if completeness is Completeness.COMPLETE:
            comma = listen.expects is Expecting.YES_NO and short
            return (_COMMA_S if comma else _WAIT_S[completeness]) * max(1.0, listen.patience)
        in_parts = completeness is Completeness.IN_PARTS
        wait = _PARTS_S.get(listen.expects, _PART_S) if in_parts else _WAIT_S[completeness]
        return wait * max(self._earned, listen.patience)

    def went_on_after(self, pause_s: float) -> None:
        """The caller paused inside an utterance and then went on."""
        if pause_s >= _LONG_PAUSE_S:
            self._earned = min(_MOST_EARNED, self._earned + 0.1 + 0.1 * (pause_s - _LONG_PAUSE_S))
