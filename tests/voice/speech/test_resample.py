"""Rates and sample formats."""

import numpy as np
import pytest

from voice.speech.resample import resample, to_float, to_pcm


@pytest.mark.parametrize("to_hz", [8000, 16000, 22050, 48000])
def test_a_tone_keeps_its_pitch(to_hz: int) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(16000) / 16000).astype(np.float32)
    changed = resample(tone, from_hz=16000, to_hz=to_hz)
    assert abs(len(changed) - to_hz) <= 2
    assert np.argmax(np.abs(np.fft.rfft(changed))) == pytest.approx(440, abs=1)


def test_nothing_stays_nothing() -> None:
    assert len(resample(np.zeros(0, np.float32), from_hz=8000, to_hz=16000)) == 0


def test_samples_are_clipped_not_wrapped() -> None:
    assert to_pcm(np.array([2.0, -2.0], np.float32)).tolist() == [32767, -32767]
    assert to_float(np.array([-32768], np.int16)).tolist() == [-1.0]
