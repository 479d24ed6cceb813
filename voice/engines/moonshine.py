"""Moonshine tiny-en: the recogniser that works right after install. English; about 60 ms for two seconds of speech."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from voice.engines.moonshine_model import RATE_HZ, Decoded, MoonshineModel, model_folder
from voice.speech import framing
from voice.speech.load import Load
from voice.speech.mulaw import decode
from voice.speech.resample import Samples, resample, to_float
from voice.speech.stt import Recognition, Transcript, Wanted

_GHOSTS = frozenset(
    {
        "",
        "you",
        "yeah",
        "it",
        "it's",
        "the",
        "thank you",
        "thanks for watching",
        "bye",
        "oh",
        "i",
        "so",
        "the first one",
    }
)
"""What the model says of noise. Believed only when it is rather sure."""
_GHOST_BELOW = 0.60
_NOISE_BELOW = 0.30
_LONGEST_S = 20
_QUIETEST_WITHIN_S = 5
_LOUDEST_GAIN = 8.0
_SILENT = 0.002
"""Peaks below this hold nothing that could be made audible."""


class Moonshine:
    """One model shared by as many threads as there are cores; utterances beyond that queue."""

    name = "moonshine"

    def __init__(self, model: MoonshineModel, *, workers: int) -> None:
        self._model = model
        self._free = asyncio.Semaphore(workers)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="moonshine")
        self.load = Load(workers)

    async def recognise(self, mulaw: bytes, wanted: Wanted) -> Recognition:  # noqa: ARG002 - takes no hints
        """The words of exactly this speech; a caller that is cancelled gives up its place in the queue."""
        with self.load.queueing():
            await self._free.acquire()
        try:
            pieces = await asyncio.get_running_loop().run_in_executor(self._threads, self._decode, mulaw)
        finally:
            self._free.release()
        return _recognition([piece for piece in pieces if not is_ghost(piece)])

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _decode(self, mulaw: bytes) -> list[Decoded]:
        samples = to_float(decode(mulaw))
        if np.abs(samples).max(initial=0.0) < _SILENT:
            return []
        samples = _levelled(samples)
        heard = resample(samples, from_hz=framing.RATE_HZ, to_hz=RATE_HZ)
        return [self._model.decode(part) for part in split_long(heard) if len(part) > RATE_HZ // 20]


def open_moonshine(*, workers: int) -> Moonshine:
    """Load it; raises EngineUnavailable."""
    return Moonshine(MoonshineModel(model_folder()), workers=workers)


def is_ghost(piece: Decoded) -> bool:
    """Whether these are words the model made up from noise."""
    said = re.sub(r"[^\w\s']", "", piece.text.lower()).strip()
    if not any(letter.isalnum() for letter in piece.text):
        return True
    return piece.confidence < (_GHOST_BELOW if said in _GHOSTS else _NOISE_BELOW)


def split_long(samples: Samples) -> list[Samples]:
    """Parts the model can take, cut where it is quietest."""
    parts, longest, window = [], _LONGEST_S * RATE_HZ, RATE_HZ // 50
    while len(samples) > longest:
        since = longest - _QUIETEST_WITHIN_S * RATE_HZ
        loudness = np.square(samples[since:longest]).reshape(-1, window).sum(axis=1)
        cut = since + int(loudness.argmin()) * window + window // 2
        parts.append(samples[:cut])
        samples = samples[cut:]
    return [*parts, samples]


def _levelled(samples: Samples) -> Samples:
    """Soft callers made as loud as others."""
    peak = float(np.abs(samples).max())
    return samples * np.float32(min(_LOUDEST_GAIN, 0.6 / peak))


def _recognition(pieces: list[Decoded]) -> Recognition:
    if not pieces:
        return Recognition(transcripts=(), engine=Moonshine.name)
    text = " ".join(piece.text for piece in pieces)
    confidence = round(min(piece.confidence for piece in pieces), 3)
    best = Transcript(text=text, confidence=confidence)
    return Recognition(transcripts=(best,), engine=Moonshine.name)
