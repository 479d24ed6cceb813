"""pyttsx3 with espeak-ng: the second voice, for every language without a Piper voice. GPL: only in the voice worker."""

import ctypes
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from voice.engines.synthesis import Synthesise
from voice.speech.errors import EngineFailed, EngineUnavailable, NotAudio
from voice.speech.wav import Sound, read_wav

LANGUAGES = {"en": "en-us", "es": "es-419"}
"""Our languages, and espeak's voices for them."""
_WORDS_A_MINUTE = 165
_REMEDY = "Reinstall the packages pyttsx3 and espeakng-loader."


class _Driver(Protocol):
    """What we use of pyttsx3's espeak driver."""

    def setProperty(self, name: str, value: object) -> None: ...


class _Engine(Protocol):
    """What we use of pyttsx3."""

    def save_to_file(self, text: str, filename: str) -> None: ...
    def runAndWait(self) -> None: ...


def load(voice: str) -> Synthesise:
    """Load it; `voice` may name an espeak voice for English. Raises EngineUnavailable."""
    engine, driver, settled = _engine()
    voices = LANGUAGES | ({"en": voice} if voice else {})

    def synthesise(text: str, length: float, language: str) -> Sound:
        # Asked of the driver itself, as the engine's queue forgets; and espeak sets them in a thread of its own.
        driver.setProperty("voice", voices.get(language, voices["en"]))
        driver.setProperty("rate", round(_WORDS_A_MINUTE / length))
        settled()
        with tempfile.TemporaryDirectory() as folder:
            spoken = Path(folder) / "spoken.wav"
            engine.save_to_file(text, str(spoken))
            engine.runAndWait()
            try:
                return read_wav(spoken)
            except NotAudio as error:
                raise EngineFailed("espeak-ng wrote no audio.") from error

    return synthesise


def _engine() -> tuple[_Engine, _Driver, Callable[[], object]]:
    """pyttsx3 finds espeak-ng by its library name, so ours is loaded first. It only ever writes files."""
    try:
        import espeakng_loader

        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
        import pyttsx3
        from pyttsx3.drivers._espeak import Synchronize
        from pyttsx3.drivers.espeak import EspeakDriver

        engine: _Engine = pyttsx3.init("espeak")
    except (ImportError, OSError, RuntimeError) as error:
        raise EngineUnavailable("espeak-ng cannot be loaded.", remedy=_REMEDY) from error
    return engine, EspeakDriver, Synchronize
