"""Reading and writing WAV files of any rate and number of channels."""

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice.speech.errors import NotAudio
from voice.speech.framing import RATE_HZ
from voice.speech.mulaw import decode
from voice.speech.resample import Samples

_LONGEST_S = 4 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Mono sound as floating samples."""

    samples: Samples
    rate_hz: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate_hz


def read_wav(path: Path) -> Sound:
    """A PCM WAV, mixed to mono; raises NotAudio with what is wrong with the file."""
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            if not (1 <= channels <= 32 and 1_000 <= rate <= 384_000) or file.getnframes() > _LONGEST_S * rate:
                raise NotAudio(f"{path.name}: its rate, channels or length cannot be used.")
            raw = file.readframes(file.getnframes())
    except FileNotFoundError as error:
        raise NotAudio(f"{path.name}: there is no such file.") from error
    except (wave.Error, EOFError, OSError) as error:
        raise NotAudio(f"{path.name}: not a PCM WAV file ({error or 'it ends too soon'}).") from error
    samples = _as_float(raw[: len(raw) - len(raw) % (width * channels)], width)
    return Sound(samples=samples.reshape(-1, channels).mean(axis=1, dtype=np.float32), rate_hz=rate)


def write_wav(path: Path, mulaw: bytes) -> None:
    """Telephone audio as a 16-bit WAV."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(decode(mulaw).tobytes())


def _as_float(raw: bytes, width: int) -> Samples:
    """Interleaved samples of 1 to 4 bytes, as floating ones."""
    if width == 1:
        return (np.frombuffer(raw, np.uint8).astype(np.float32) - 128) / np.float32(128)
    if width == 3:
        wide = np.zeros((len(raw) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(raw, np.uint8).reshape(-1, 3)
        return wide.view("<i4")[:, 0].astype(np.float32) / np.float32(2**31)
    return np.frombuffer(raw, f"<i{width}").astype(np.float32) / np.float32(2 ** (8 * width - 1))
