"""Engines by URI: the wrong setting, the missing model, and the next one in the list."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from clinic.errors import SettingsError
from voice.engines.choosing import Place, Remark, choose_stt, choose_tts
from voice.speech.errors import EngineUnavailable


@pytest.mark.parametrize("uri", ["", "whisper", "Moonshine", "vosk2:/x", "file:/etc/passwd"])
def test_unknown_engines_name_the_setting(uri: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="THROUGHLINE_STT"):
        asyncio.run(choose_stt(uri, Place(data_dir=tmp_path)))
    with pytest.raises(SettingsError, match="THROUGHLINE_TTS"):
        asyncio.run(choose_tts(uri))


@pytest.mark.audio
@pytest.mark.parametrize("uri", ["vosk:/no/such/model", "vosk:small-en-us", "moonshine:base"])
def test_a_recogniser_that_cannot_be_loaded_is_replaced_and_explained(uri: str, tmp_path: Path) -> None:
    recogniser, remarks = asyncio.run(choose_stt(uri, Place(data_dir=tmp_path, workers=1)))
    assert recogniser.name == "moonshine"
    (remark,) = remarks
    assert remark.engine == uri
    assert remark.reason
    assert remark.remedy


@pytest.mark.audio
def test_a_voice_that_cannot_be_loaded_is_replaced_and_explained() -> None:
    async def choose() -> tuple[str, tuple[Remark, ...]]:
        voices, remarks = await choose_tts("piper:/no/such/voice.onnx")
        await voices.close()
        return voices.name, remarks

    name, remarks = asyncio.run(choose())
    assert name == "piper:joe"
    assert [(r.engine, "THROUGHLINE_TTS" in r.remedy) for r in remarks] == [("piper:/no/such/voice.onnx", True)]


def test_when_nothing_can_be_loaded_every_remedy_is_told() -> None:
    error = EngineUnavailable("No voice.", remedy="Install one.")
    assert str(error) == "No voice. Install one."


def test_the_server_never_imports_what_is_gpl() -> None:
    code = (
        "import sys, voice.engines.choosing, voice.engines.worker, voice.engines.files, voice.engines.phrase_cache\n"
        "print([name for name in ('piper', 'pyttsx3', 'espeakng_loader') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
