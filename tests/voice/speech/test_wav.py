"""WAV files of every kind, and what is not one."""

import wave
from pathlib import Path

import numpy as np
import pytest

from voice.speech.errors import NotAudio
from voice.speech.framing import silence
from voice.speech.wav import read_wav, write_wav


def written(path: Path, *, rate: int = 8000, channels: int = 1, width: int = 2, frames: int = 100) -> Path:
    """A WAV whose every sample is half of full scale."""
    sample = {1: b"\xc0", 2: b"\x00\x40", 3: b"\x00\x00\x40", 4: b"\x00\x00\x00\x40"}[width]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(sample * frames * channels)
    return path


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("rate", [8000, 11025, 44100, 48000])
def test_every_width_rate_and_number_of_channels(tmp_path: Path, width: int, channels: int, rate: int) -> None:
    sound = read_wav(written(tmp_path / "a.wav", width=width, channels=channels, rate=rate))
    assert sound.rate_hz == rate
    assert sound.seconds == pytest.approx(100 / rate)
    assert np.allclose(sound.samples, 0.5)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", silence(0.5))
    assert read_wav(tmp_path / "a.wav").seconds == 0.5


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a wav at all" * 20, b"RIFF\x24\x00\x00\x00WAVEfmt "])
def test_other_files_are_named_and_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.wav").write_bytes(content)
    with pytest.raises(NotAudio, match=r"odd\.wav"):
        read_wav(tmp_path / "odd.wav")


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(NotAudio, match="no such file"):
        read_wav(tmp_path / "none.wav")


def test_a_cut_off_file_gives_what_there_is(tmp_path: Path) -> None:
    path = written(tmp_path / "cut.wav", channels=2)
    path.write_bytes(path.read_bytes()[:-3])
    assert read_wav(path).seconds == pytest.approx(99 / 8000)
