"""Opening the ears and the voice. Without them the line still answers, on the webhook line."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from clinic.settings import Settings
from clinic.time import Clock
from intents.completeness import Completeness, how_complete
from intents.understanding import Understand
from voice.dialog.answers import place_of
from voice.dialog.phrasebook import Phrasebook
from voice.dialog.turn import Listen
from voice.engines.choosing import Place, Remark, choose_stt, choose_tts
from voice.engines.phrase_cache import PhraseCache
from voice.lines.live import Speech
from voice.lines.patience import Finished
from voice.lines.wire import LineMeter
from voice.speech.errors import EngineUnavailable

Progress = Callable[[str, int, int], None]
"""Told what is being made ready, and how many of how many are."""


@dataclass(frozen=True, kw_only=True)
class Ears:
    """Speech as this process has it."""

    speech: Speech | None
    """None when no recogniser or no voice serves: calls go on the webhook line."""
    engines: str
    """What serves, for people: "moonshine, piper:joe"."""
    remarks: tuple[Remark, ...]
    """What does not, and what to do."""
    overloaded: Callable[[], bool]


@asynccontextmanager
async def open_speech(
    settings: Settings, phrases: Phrasebook, understand: Understand, clock: Clock, meter: LineMeter, progress: Progress
) -> AsyncIterator[Ears]:
    """Load the engines and render the fixed phrases; raises SettingsError for engines that do not exist."""
    remarks: list[Remark] = []
    try:
        recogniser, about_stt = await choose_stt(settings.stt, Place(data_dir=settings.data_dir))
        remarks += about_stt
        voices, about_tts = await choose_tts(settings.tts)
        remarks += about_tts
    except EngineUnavailable as error:
        remarks.append(Remark(engine="speech", reason=error.reason, remedy=error.remedy))
        yield Ears(speech=None, engines="none", remarks=tuple(remarks), overloaded=lambda: True)
        return
    try:
        cache = PhraseCache(voices, settings.data_dir / "phrases")
        await cache.prerender(
            phrases.fixed(), language=phrases.language, progress=lambda n, of: progress("rendering phrases", n, of)
        )
        speech = Speech(
            recogniser=recogniser, phrases=cache, finished=finished(understand, phrases, clock), meter=meter
        )
        engines = f"{recogniser.name}, {voices.name}"
        yield Ears(
            speech=speech, engines=engines, remarks=tuple(remarks), overloaded=lambda: recogniser.load.overloaded
        )
    finally:
        await voices.close()


def finished(understand: Understand, phrases: Phrasebook, clock: Clock) -> Finished:
    """Whether the words so far already answer the question: what turn-taking is decided by."""

    def judge(text: str, listen: Listen) -> Completeness:
        if listen.offers and place_of(text, listen.offers) is not None:
            return Completeness.COMPLETE
        now = clock.now().astimezone(phrases.zone)
        meaning = understand(text, expecting=listen.expects, now=now, language=phrases.language)
        return how_complete(meaning, text, listen.expects)

    return judge
