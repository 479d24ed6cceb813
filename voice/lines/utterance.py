"""The audio of one utterance, and the words of its parts that need not be recognised again."""

from collections import deque

from voice.speech.framing import frames_in

_BEFORE = frames_in(0.14)
_AFTER = frames_in(0.10)
"""What the recogniser gets around the speech: soft first and last sounds, and no more, or it hears ghosts."""
_SETTLED = frames_in(9.0)
"""A part longer than this is settled at the next pause: recognising it over and over would cost too much."""


class Utterance:
    """Keeps the last moments of a call until an utterance begins, and then all of it."""

    def __init__(self) -> None:
        self._recent: deque[bytes] = deque(maxlen=_BEFORE + frames_in(0.3))
        self._frames: list[bytes] = []
        self._first = 0
        self._open = False
        self._settled: list[str] = []

    @property
    def settled(self) -> tuple[str, ...]:
        """The words of the parts that are done with."""
        return tuple(self._settled)

    def add(self, frame: bytes, now: int) -> None:
        """The frame that was heard as number `now`."""
        if self._open:
            self._frames.append(frame)
        else:
            self._recent.append(frame)
            self._first = now - len(self._recent) + 1

    def begin(self, at: int) -> None:
        """Speech began at this frame."""
        self._open = True
        self._frames = list(self._recent)
        self._settled = []
        self._drop_before(at)

    def end(self) -> None:
        """The utterance is over."""
        self._recent.extend(self._frames)
        self._open = False
        self._frames = []
        self._settled = []

    def speech(self, ended: int, *, last: int | None = None) -> bytes:
        """What is not settled yet, up to the frame where speech ended; or only its last so many frames."""
        upto = max(0, ended + _AFTER - self._first)
        since = 0 if last is None else max(0, upto - last)
        return b"".join(self._frames[since:upto])

    def settle(self, words: str, resumed: int) -> None:
        """The caller goes on at this frame; keep the words of the part before if it is long enough to be worth it."""
        if resumed - self._first >= _SETTLED and words:
            self._settled.append(words)
            self._drop_before(resumed)

    def _drop_before(self, frame: int) -> None:
        spare = max(0, frame - _BEFORE - self._first)
        del self._frames[:spare]
        self._first += spare
