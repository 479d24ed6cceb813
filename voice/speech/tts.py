"""Text to speech: the port that voices implement, and the tidying every voice's audio gets."""

from typing import Protocol

import numpy as np

from voice.speech.framing import FRAME_BYTES
from voice.speech.mulaw import decode

_AUDIBLE = 300
"""About -41 dBFS: what a listener on the telephone notices."""


class Voice(Protocol):
    """Speaks text."""

    @property
    def name(self) -> str:
        """Engine and voice, as settings name them: "piper:joe"."""
        ...

    def serves(self, language: str) -> bool:
        """Whether it speaks this language."""
        ...

    async def speak(self, text: str, *, length: float = 1.0, language: str = "en") -> bytes:
        """8 kHz mu-law; `length` 1.25 is a quarter slower than usual. Raises EngineFailed."""
        ...

    async def close(self) -> None:
        """Give back what it holds."""
        ...


def trim_lead(mulaw: bytes) -> bytes:
    """Without leading silence but for at most a frame: silence before a reply is waiting time. The tail stays."""
    audible = np.flatnonzero(np.abs(decode(mulaw).astype(np.int32)) > _AUDIBLE)
    if len(audible) == 0:
        return mulaw
    return mulaw[max(0, int(audible[0]) - FRAME_BYTES // 2) :]
