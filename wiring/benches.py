"""`server.py bench`: one explicit table of measurements, each giving its figures as JSON."""

from collections.abc import Awaitable, Callable

from bench.calls import calls
from bench.latency import latency
from bench.replay import replay_figures
from bench.understand import understand_figures
from clinic.errors import SettingsError
from clinic.settings import Settings
from intents.pipeline import SpacyUnderstanding
from voice.engines.choosing import choose_tts
from voice.speech.tts import Voice

Figures = dict[str, object]
Tell = Callable[[Figures], None]


async def run_bench(settings: Settings, what: str, tell: Tell) -> bool:
    """Whether every figure holds; raises SettingsError for a measurement that does not exist."""
    if what not in BENCHES:
        raise SettingsError(f"There is no measurement {what!r}; there are: {', '.join(BENCHES)}.")
    figures = await BENCHES[what](settings)
    tell(figures)
    return bool(figures["holds"])


async def _with_voice(settings: Settings, measure: Callable[[Settings, Voice], Awaitable[Figures]]) -> Figures:
    """The callers speak with the voice of the settings."""
    voices, _ = await choose_tts(settings.tts)
    try:
        return await measure(settings, voices)
    finally:
        await voices.close()


async def _understand(settings: Settings) -> Figures:
    return understand_figures(SpacyUnderstanding.load(settings.data_dir / "models"))


async def _replay(_settings: Settings) -> Figures:
    return replay_figures()


BENCHES: dict[str, Callable[[Settings], Awaitable[Figures]]] = {
    "latency": lambda settings: _with_voice(settings, latency),
    "calls": lambda settings: _with_voice(settings, calls),
    "understand": _understand,
    "replay": _replay,
}
