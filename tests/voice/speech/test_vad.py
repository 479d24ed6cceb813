"""The gate in front of the judge: who is asked, and when."""

import numpy as np
import pytest

from voice.speech.framing import FRAME_BYTES
from voice.speech.mulaw import SILENCE, encode
from voice.speech.resample import Samples
from voice.speech.vad import WINDOW, Silero, Sound, VoiceDetector, level_db

RNG = np.random.default_rng(1)


def frame(dbfs: float) -> bytes:
    """20 ms of noise this loud."""
    return encode((RNG.normal(0, 10 ** (dbfs / 20), FRAME_BYTES) * 32768).clip(-32768, 32767).astype(np.int16))


class Judge:
    """Takes everything it is asked about for speech, or nothing; counts."""

    def __init__(self, answer: float) -> None:
        self.answer = answer
        self.asked = 0

    def __call__(self, window: Samples) -> float:
        assert len(window) == WINDOW
        self.asked += 1
        return self.answer


def test_silence_costs_nothing() -> None:
    judge = Judge(1.0)
    detector = VoiceDetector(judge)
    assert all(detector.hear(SILENCE * FRAME_BYTES) is Sound.QUIET for _ in range(500))
    assert judge.asked == 0


@pytest.mark.parametrize("noise_dbfs", [-65, -55, -45])
def test_steady_noise_soon_costs_nothing(noise_dbfs: float) -> None:
    judge = Judge(0.0)
    detector = VoiceDetector(judge)
    for _ in range(600):
        detector.hear(frame(noise_dbfs))
    asked = judge.asked
    sounds = {detector.hear(frame(noise_dbfs)) for _ in range(500)}
    assert sounds == {Sound.QUIET}
    assert judge.asked == asked


def test_speech_is_heard_within_three_frames_and_backdated() -> None:
    detector = VoiceDetector(Judge(0.9))
    for _ in range(100):
        detector.hear(frame(-65))
    heard = [detector.hear(frame(-20)) for _ in range(5)]
    assert heard[2:] == [Sound.SPEECH] * 3
    assert detector.lead == 5
    assert detector.hear(frame(-65)) is Sound.QUIET
    assert detector.lead == 0


def test_loud_noise_that_is_not_speech() -> None:
    detector = VoiceDetector(Judge(0.1))
    assert {detector.hear(frame(-20)) for _ in range(20)} == {Sound.NOISE}


def test_levels() -> None:
    assert level_db(np.zeros(FRAME_BYTES, np.int16)) == -90.0
    assert level_db(np.full(FRAME_BYTES, 16384, np.int16)) == pytest.approx(-6.0, abs=0.1)


def test_the_real_judge_knows_noise_from_nothing() -> None:
    judge = Silero().judge()
    assert all(judge(RNG.normal(0, 0.05, WINDOW).astype(np.float32)) < 0.5 for _ in range(20))


def test_judges_of_one_model_do_not_hear_each_others_calls() -> None:
    silero = Silero()
    windows = [RNG.normal(0, 0.1, WINDOW).astype(np.float32) for _ in range(10)]
    alone = silero.judge()
    expected = [alone(window) for window in windows]
    one, other = silero.judge(), silero.judge()
    heard = [(one(window), other(-window))[0] for window in windows]
    assert heard == expected
