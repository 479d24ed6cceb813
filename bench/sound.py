"""Caller audio: frames of mu-law as a telephone would send them, levelled and without outer silence."""

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voice.speech.framing import FRAME_BYTES, FRAME_S, RATE_HZ
from voice.speech.mulaw import SILENCE, decode, encode
from voice.speech.resample import resample, to_pcm
from voice.speech.wav import read_wav

_AUDIBLE = 300
"""Linear; about -41 dBFS."""
_LOUD_SAMPLES = 8
"""A frame with this many audible samples of 160 is voiced."""
_PEAK = 16000
"""About -6 dBFS."""
_MOST_GAIN = 8.0
_LOUD = bytes(int(abs(int(sample)) > _AUDIBLE) for sample in decode(bytes(range(256))))


class NoSpeech(ValueError):
    """There is nothing to hear in this audio."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something the caller says: 20 ms frames from the first voiced one to the last."""

    name: str
    frames: tuple[bytes, ...]

    @property
    def seconds(self) -> float:
        return len(self.frames) * FRAME_S


def voiced(frame: bytes) -> bool:
    """Whether a listener would hear something."""
    return frame.translate(_LOUD).count(1) >= _LOUD_SAMPLES


def utterance(name: str, mulaw: bytes) -> Utterance:
    """Levelled and trimmed; raises NoSpeech."""
    frames = _frames(_levelled(mulaw))
    loud = [i for i, frame in enumerate(frames) if voiced(frame)]
    if not loud:
        raise NoSpeech(name)
    return Utterance(name, tuple(frames[loud[0] : loud[-1] + 1]))


def with_pause(first: Utterance, second: Utterance, pause_s: float) -> Utterance:
    """One utterance with a pause inside it, filled with the noise of the line."""
    noise = line_noise()
    gap = [noise[i % len(noise)] for i in range(round(pause_s / FRAME_S))]
    return Utterance(f"{first.name} ... {second.name}", (*first.frames, *gap, *second.frames))


def from_wav(path: Path) -> Utterance:
    """A recording of any rate; raises NotAudio, NoSpeech."""
    sound = read_wav(path)
    return utterance(path.stem, encode(to_pcm(resample(sound.samples, from_hz=sound.rate_hz, to_hz=RATE_HZ))))


def line_noise(dbfs: float = -65.0, frames: int = 50) -> tuple[bytes, ...]:
    """A second of a quiet telephone line; always the same one."""
    chance = random.Random(7)  # noqa: S311 - noise, not a secret
    level = 32768 * 10 ** (dbfs / 20) * 1.7
    samples = np.array([chance.uniform(-level, level) for _ in range(frames * FRAME_BYTES)])
    return tuple(_frames(encode(samples.astype(np.int16))))


def _levelled(mulaw: bytes) -> bytes:
    pcm = decode(mulaw).astype(np.float64)
    peak = float(np.abs(pcm).max(initial=1.0))
    return encode((pcm * min(_MOST_GAIN, _PEAK / peak)).astype(np.int16))


def _frames(mulaw: bytes) -> list[bytes]:
    cut = [mulaw[i : i + FRAME_BYTES] for i in range(0, len(mulaw), FRAME_BYTES)]
    return [frame.ljust(FRAME_BYTES, SILENCE) for frame in cut]
