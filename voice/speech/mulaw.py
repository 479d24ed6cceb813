"""G.711 mu-law, the telephone's audio: one byte a sample at 8 kHz. Everything is a table look-up."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Pcm = NDArray[np.int16]
"""Linear samples, 16 bits."""

SILENCE = b"\xff"
"""One sample of silence."""

_BIAS = 0x21
_CLIP = 8159


def decode(mulaw: bytes) -> Pcm:
    """Mu-law to linear samples."""
    return _LINEAR[np.frombuffer(mulaw, np.uint8)]


def encode(pcm: Pcm) -> bytes:
    """Linear samples to mu-law, bit for bit as G.711 has it."""
    return _MULAW[pcm.view(np.uint16)].tobytes()


def louder(mulaw: bytes, gain_db: float) -> bytes:
    """The same audio louder or softer, without leaving mu-law."""
    return mulaw if gain_db == 0 else mulaw.translate(_gain_table(round(gain_db, 1)))


def _linear_table() -> Pcm:
    """What each of the 256 bytes means."""
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    magnitude = ((((code & 0x0F) << 3) + (_BIAS << 2)) << ((code >> 4) & 0x07)) - (_BIAS << 2)
    return np.where(code & 0x80, -magnitude, magnitude).astype(np.int16)


def _mulaw_table() -> NDArray[np.uint8]:
    """The byte for each of the 65,536 samples, indexed by the sample as unsigned."""
    sample = np.arange(65536, dtype=np.uint16).view(np.int16).astype(np.int32) >> 2
    biased = np.minimum(np.abs(sample), _CLIP) + _BIAS
    segment = np.floor(np.log2(biased)).astype(np.int32) - 5
    code = (segment << 4) | ((biased >> (segment + 1)) & 0x0F)
    byte = np.where(segment >= 8, 0x7F, code) ^ np.where(sample < 0, 0x7F, 0xFF)
    return byte.astype(np.uint8)


_LINEAR = _linear_table()
_MULAW = _mulaw_table()


@lru_cache(maxsize=64)
def _gain_table(gain_db: float) -> bytes:
    scaled = _LINEAR.astype(np.float64) * 10 ** (gain_db / 20)
    return encode(np.clip(np.round(scaled), -32768, 32767).astype(np.int16))
