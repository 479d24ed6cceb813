"""Telephone audio in frames of 20 ms, the unit in which a call's time is counted."""

from collections.abc import Iterator

from voice.speech.mulaw import SILENCE

RATE_HZ = 8000
FRAME_BYTES = 160
FRAME_S = FRAME_BYTES / RATE_HZ


def frames_in(seconds: float) -> int:
    """How many frames last this long, to the nearest frame."""
    return round(seconds / FRAME_S)


def seconds(mulaw: bytes) -> float:
    """How long this audio lasts."""
    return len(mulaw) / RATE_HZ


def silence(length_s: float) -> bytes:
    """Silence of this length."""
    return SILENCE * round(length_s * RATE_HZ)


class Framer:
    """Cuts audio of any chunk size into whole frames; what is left over waits for the next chunk."""

    def __init__(self) -> None:
        self._rest = b""

    def push(self, mulaw: bytes) -> Iterator[bytes]:
        """The frames that are now complete."""
        if not self._rest and len(mulaw) == FRAME_BYTES:
            yield mulaw
            return
        audio = self._rest + mulaw
        whole = len(audio) - len(audio) % FRAME_BYTES
        self._rest = audio[whole:]
        for start in range(0, whole, FRAME_BYTES):
            yield audio[start : start + FRAME_BYTES]
