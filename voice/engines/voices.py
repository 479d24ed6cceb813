"""Several voices as one: each language is spoken by the first voice that can."""

from collections.abc import Sequence

from voice.engines.worker_voice import WorkerVoice


class Voices:
    """The chosen voice, and others that are started only when a caller needs their language."""

    def __init__(self, voices: Sequence[WorkerVoice]) -> None:
        self._voices = tuple(voices)

    @property
    def name(self) -> str:
        return self._voices[0].name

    def serves(self, language: str) -> bool:
        """Whether any of them speaks this language."""
        return any(voice.serves(language) for voice in self._voices)

    async def speak(self, text: str, *, length: float = 1.0, language: str = "en") -> bytes:
        """By the first voice of this language, or by the first voice of all."""
        able = next((voice for voice in self._voices if voice.serves(language)), self._voices[0])
        return await able.speak(text, length=length, language=language)

    async def close(self) -> None:
        """End every worker."""
        for voice in self._voices:
            await voice.close()
