"""Choosing engines by their URI in settings. One that cannot be loaded says why, and the next in the list serves."""

import os
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from clinic.errors import SettingsError
from voice.engines import piper, pyttsx3
from voice.engines.moonshine import Moonshine, open_moonshine
from voice.engines.voices import Voices
from voice.engines.vosk import Vosk, open_vosk
from voice.engines.worker_voice import WorkerVoice
from voice.speech.errors import EngineUnavailable

STT_AUTO = ("moonshine", "vosk:small-en-us")
TTS_AUTO = ("piper:joe", "pyttsx3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """An engine that does not serve, for the administrator."""

    engine: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where engines find their models, and how much of the machine they may use."""

    data_dir: Path
    workers: int = os.cpu_count() or 1


async def _vosk(rest: str, place: Place) -> Vosk:
    return open_vosk(rest or "small-en-us", data_dir=place.data_dir, workers=place.workers)


async def _moonshine(rest: str, place: Place) -> Moonshine:
    if rest:
        raise EngineUnavailable(f"Moonshine has no model {rest!r} here.", remedy="Set THROUGHLINE_STT to moonshine.")
    return open_moonshine(workers=place.workers)


def _piper(uri: str) -> WorkerVoice:
    return WorkerVoice(uri, languages=piper.LANGUAGES)


def _pyttsx3(uri: str) -> WorkerVoice:
    return WorkerVoice(uri, languages=frozenset(pyttsx3.LANGUAGES))


RECOGNISERS: dict[str, Callable[[str, Place], Awaitable[Vosk | Moonshine]]] = {
    "vosk": _vosk,
    "moonshine": _moonshine,
}
VOICES: dict[str, Callable[[str], WorkerVoice]] = {
    "piper": _piper,
    "pyttsx3": _pyttsx3,
}


async def choose_stt(uri: str, place: Place) -> tuple[Vosk | Moonshine, tuple[Remark, ...]]:
    """The recogniser to use, and what is wrong with others. Raises SettingsError; EngineUnavailable if none serves."""
    remarks: list[Remark] = []
    for wanted in _candidates(uri, STT_AUTO, RECOGNISERS, "THROUGHLINE_STT"):
        scheme, _, rest = wanted.partition(":")
        try:
            return await RECOGNISERS[scheme](rest, place), tuple(remarks)
        except EngineUnavailable as error:
            remarks.append(Remark(engine=wanted, reason=error.reason, remedy=error.remedy))
    raise _none_serves("No speech recogniser can be loaded.", remarks)


async def choose_tts(uri: str) -> tuple[Voices, tuple[Remark, ...]]:
    """The voice to use, the rest of the list standing by for other languages; errors as for `choose_stt`."""
    remarks: list[Remark] = []
    voices = [
        VOICES[wanted.partition(":")[0]](wanted) for wanted in _candidates(uri, TTS_AUTO, VOICES, "THROUGHLINE_TTS")
    ]
    while voices:
        try:
            await voices[0].start()
        except EngineUnavailable as error:
            remarks.append(Remark(engine=voices.pop(0).name, reason=error.reason, remedy=error.remedy))
        else:
            return Voices(voices), tuple(remarks)
    raise _none_serves("No voice can be loaded.", remarks)


def _candidates(uri: str, auto: Sequence[str], known: Collection[str], setting: str) -> list[str]:
    """What to try, in order; raises SettingsError for an engine we have never heard of."""
    if uri == "auto":
        return list(auto)
    if uri.partition(":")[0] not in known:
        raise SettingsError(f"{setting}: there is no engine {uri!r}; use auto, {' or '.join(known)}.")
    return [uri, *(other for other in auto if other != uri)]


def _none_serves(what: str, remarks: Sequence[Remark]) -> EngineUnavailable:
    return EngineUnavailable(what, remedy=" ".join(f"{r.engine}: {r.reason} {r.remedy}" for r in remarks))
