"""Vosk: streaming recognition with word confidences, and a grammar limited to what the question expects.

No English model is on the package index, so it serves where an administrator has put one.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel

from voice.engines.vosk_grammar import grammar
from voice.speech.errors import EngineFailed, EngineUnavailable
from voice.speech.framing import RATE_HZ
from voice.speech.load import Load
from voice.speech.mulaw import decode
from voice.speech.stt import Recognition, Transcript, Wanted

_UNKNOWN = "[unk]"
NAMED = {"small-en-us": "vosk-model-small-en-us-0.15"}
"""Short names, and the folder that the official download unpacks to."""


class _Kaldi(Protocol):
    """What we use of vosk's recogniser."""

    def AcceptWaveform(self, data: bytes) -> int: ...
    def Result(self) -> str: ...
    def PartialResult(self) -> str: ...
    def FinalResult(self) -> str: ...
    def SetWords(self, on: bool) -> None: ...


class _Word(BaseModel):
    word: str
    conf: float = 0.0


class _Result(BaseModel):
    """One of vosk's JSON answers."""

    text: str = ""
    partial: str = ""
    result: list[_Word] = []


class VoskDictation:
    """One utterance, recognised while it is spoken. Audio is queued at once and worked through in a thread."""

    def __init__(self, kaldi: _Kaldi, threads: ThreadPoolExecutor, free: asyncio.Semaphore, load: Load) -> None:
        self._kaldi = kaldi
        self._threads = threads
        self._free = free
        self._load = load
        self._pending = bytearray()
        self._words: list[_Word] = []

    def feed(self, mulaw: bytes) -> None:
        """More speech."""
        self._pending += mulaw

    async def partial(self) -> str:
        """The words so far."""
        latest = await self._work(final=False)
        return " ".join(part for part in (_text(self._words), latest) if part)

    async def finish(self) -> Recognition:
        """The words of everything fed."""
        await self._work(final=True)
        words = [word for word in self._words if word.word != _UNKNOWN]
        if not words:
            return Recognition(transcripts=(), engine=Vosk.name)
        sure = round(sum(word.conf for word in words) / len(words), 3)
        return Recognition(transcripts=(Transcript(text=_text(words), confidence=sure),), engine=Vosk.name)

    async def _work(self, *, final: bool) -> str:
        with self._load.queueing():
            await self._free.acquire()
        try:
            pending, self._pending = bytes(self._pending), bytearray()
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._accept, pending, final)
        finally:
            self._free.release()

    def _accept(self, mulaw: bytes, final: bool) -> str:
        """Work through the audio; the words of the sentence that is not finished yet."""
        if mulaw and self._kaldi.AcceptWaveform(decode(mulaw).tobytes()):
            self._words += _parse(self._kaldi.Result()).result
        if final:
            self._words += _parse(self._kaldi.FinalResult()).result
            return ""
        return _parse(self._kaldi.PartialResult()).partial


class Vosk:
    """One model shared by every call."""

    name = "vosk"

    def __init__(self, folder: Path, *, workers: int) -> None:
        self._model = _load_model(folder)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="vosk")
        self._free = asyncio.Semaphore(workers)
        self.load = Load(workers)

    def begin(self, wanted: Wanted) -> VoskDictation:
        """Listen along with one utterance."""
        return VoskDictation(self._kaldi(wanted), self._threads, self._free, self.load)

    async def recognise(self, mulaw: bytes, wanted: Wanted) -> Recognition:
        """The words of exactly this speech."""
        dictation = self.begin(wanted)
        dictation.feed(mulaw)
        return await dictation.finish()

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _kaldi(self, wanted: Wanted) -> _Kaldi:
        import vosk  # an optional engine: loaded when it is chosen

        words = grammar(wanted)
        kaldi: _Kaldi = vosk.KaldiRecognizer(self._model, RATE_HZ, *([words] if words else []))
        kaldi.SetWords(True)
        return kaldi


def open_vosk(where: str, *, data_dir: Path, workers: int) -> Vosk:
    """The model in this folder, or of this short name in `data_dir/models`; raises EngineUnavailable."""
    folder = data_dir / "models" / NAMED[where] if where in NAMED else Path(where)
    if not (folder / "am" / "final.mdl").is_file() and not (folder / "final.mdl").is_file():
        official = NAMED.get(where, "vosk-model-small-en-us-0.15")
        raise EngineUnavailable(
            f"There is no Vosk model in {folder}.",
            remedy=f"Unpack {official}, from the Vosk project's list of models, there.",
        )
    return Vosk(folder, workers=workers)


def _load_model(folder: Path) -> object:
    try:
        import vosk
    except (ImportError, OSError) as error:
        raise EngineUnavailable("The package vosk cannot be loaded.", remedy="Reinstall the package vosk.") from error
    vosk.SetLogLevel(-1)
    try:
        model: object = vosk.Model(str(folder))
    except Exception as error:  # vosk raises Exception itself
        raise EngineUnavailable(
            f"The Vosk model in {folder} cannot be loaded.", remedy="Unpack the model again."
        ) from error
    return model


def _parse(answer: str) -> _Result:
    try:
        return _Result.model_validate_json(answer)
    except ValueError as error:
        raise EngineFailed("Vosk gave an answer that cannot be read.") from error


def _text(words: list[_Word]) -> str:
    return " ".join(word.word for word in words)
