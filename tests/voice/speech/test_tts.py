"""Leading silence is waiting time; the natural tail is not ours to cut."""

import numpy as np

from voice.speech.framing import FRAME_BYTES, silence
from voice.speech.mulaw import encode
from voice.speech.tts import trim_lead

LOUD = encode(np.full(800, 8000, np.int16))


def test_at_most_a_frame_of_silence_is_left_in_front() -> None:
    trimmed = trim_lead(silence(0.3) + LOUD + silence(0.2))
    lead = len(trimmed) - len(LOUD + silence(0.2))
    assert 0 <= lead <= FRAME_BYTES
    assert trimmed.endswith(LOUD + silence(0.2))


def test_silence_alone_is_kept() -> None:
    assert trim_lead(silence(0.1)) == silence(0.1)
    assert trim_lead(b"") == b""
