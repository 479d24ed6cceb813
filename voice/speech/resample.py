"""Changing the sample rate, and between 16-bit and floating samples."""

import numpy as np
import soxr
from numpy.typing import NDArray

from voice.speech.mulaw import Pcm

Samples = NDArray[np.float32]
"""Floating samples, -1 to 1."""


def to_float(pcm: Pcm) -> Samples:
    """16-bit samples as floating ones."""
    return pcm.astype(np.float32) / np.float32(32768)


def to_pcm(samples: Samples) -> Pcm:
    """Floating samples as 16-bit ones, clipped."""
    return (np.clip(samples, -1, 1) * 32767).astype(np.int16)


def resample(samples: Samples, *, from_hz: int, to_hz: int) -> Samples:
    """The same sound at another rate."""
    if from_hz == to_hz or len(samples) == 0:
        return samples
    changed: Samples = soxr.resample(samples, from_hz, to_hz).astype(np.float32)
    return changed
