"""Collects key presses into an answer. Pure: told the frame at which each key came."""

from voice.dialog.turn import Keys
from voice.speech.framing import frames_in

_PAUSE_S = 1.8
KEYS = frozenset("0123456789*#")


class Keypad:
    """The keys pressed in one turn."""

    def __init__(self, keys: Keys, patience: float = 1.0) -> None:
        self._keys = keys
        self._pause = frames_in(_PAUSE_S * max(1.0, patience))
        self._pressed = ""
        self._last = 0

    @property
    def begun(self) -> bool:
        """Whether keys wait for the rest of the answer."""
        return bool(self._pressed)

    def press(self, key: str, now: int) -> str | None:
        """One key; the whole answer when this key completes it."""
        self._last = now
        if not self._pressed and (key in self._keys.single or self._keys.most <= 1):
            return key
        if key == "#":
            return self.take() or key
        self._pressed += key
        return self.take() if len(self._pressed) >= self._keys.most else None

    def due(self, now: int) -> bool:
        """Whether the pause after the last key is long enough to end the answer."""
        return bool(self._pressed) and now - self._last >= self._pause

    def take(self) -> str:
        """The keys so far, which begin anew."""
        pressed, self._pressed = self._pressed, ""
        return pressed
