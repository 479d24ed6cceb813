"""Moonshine: ghosts, long speech, and the real model."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from voice.engines import moonshine_model
from voice.engines.moonshine import Moonshine, is_ghost, open_moonshine, split_long
from voice.engines.moonshine_model import RATE_HZ, Decoded, read_tokens
from voice.speech.errors import EngineUnavailable
from voice.speech.framing import silence
from voice.speech.mulaw import encode
from voice.speech.stt import Wanted

RNG = np.random.default_rng(3)


@pytest.mark.parametrize(
    ("text", "confidence", "ghost"),
    [
        ("You", 0.45, True),
        ("?", 0.99, True),
        ("...", 0.9, True),
        ("Yeah.", 0.4, True),
        ("Yeah.", 0.93, False),
        ("Yes.", 0.5, False),
        ("no", 0.4, False),
        ("Something mumbled", 0.2, True),
        ("I want to die", 0.4, False),
    ],
)
def test_ghosts(text: str, confidence: float, ghost: bool) -> None:
    assert is_ghost(Decoded(text=text, confidence=confidence)) is ghost


def test_long_speech_is_cut_where_it_is_quiet() -> None:
    samples = np.ones(50 * RATE_HZ, np.float32)
    samples[17 * RATE_HZ : 17 * RATE_HZ + 4000] = 0
    parts = split_long(samples)
    assert np.array_equal(np.concatenate(parts), samples)
    assert all(len(part) <= 20 * RATE_HZ for part in parts)
    assert 17 * RATE_HZ <= len(parts[0]) <= 17 * RATE_HZ + 4000


def test_the_vocabulary() -> None:
    assert read_tokens(b"\x02ab\x00\x81\x01" + b"x" * 129 + b"\x01c") == [b"ab", b"", b"x" * 129, b"c"]


def test_without_its_files_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "encoder_model.ort").write_bytes(b"rubbish")
    with pytest.raises(EngineUnavailable, match=r"encoder_model\.ort") as caught:
        moonshine_model.MoonshineModel(tmp_path)
    assert "moonshine-voice" in caught.value.remedy


@pytest.fixture(scope="module")
def moonshine() -> Moonshine:
    return open_moonshine(workers=2)


@pytest.mark.audio
@pytest.mark.parametrize("loudness", [0.0, 0.001, 0.01, 0.1])
@pytest.mark.parametrize("seconds", [0.1, 0.5, 2.0])
def test_noise_has_no_words(moonshine: Moonshine, loudness: float, seconds: float) -> None:
    noise = (RNG.normal(0, loudness, int(8000 * seconds)) * 32768).clip(-32768, 32767).astype(np.int16)
    assert asyncio.run(moonshine.recognise(encode(noise), Wanted())).text == ""


@pytest.mark.audio
@pytest.mark.parametrize("audio", [b"", silence(0.02), silence(30.0)])
def test_nothing_has_no_words(moonshine: Moonshine, audio: bytes) -> None:
    assert asyncio.run(moonshine.recognise(audio, Wanted())).transcripts == ()


@pytest.mark.audio
@pytest.mark.parametrize("seconds", [0.06, 0.5, 9.0, 9.6, 20.0])
def test_speech_of_any_length_can_be_decoded(seconds: float) -> None:
    model = moonshine_model.MoonshineModel(moonshine_model.model_folder())
    decoded = model.decode(RNG.normal(0, 0.05, int(RATE_HZ * seconds)).astype(np.float32))
    assert 0 <= decoded.confidence <= 1
