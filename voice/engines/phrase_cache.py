"""Rendered sentences: kept in memory, and on disk when they hold nothing private, so that a reply begins at once."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from weakref import WeakValueDictionary

from voice.dialog.turn import Rate, Sentence
from voice.speech.tts import Voice

_IN_MEMORY = 48 << 20
"""Bytes; an hour and a half of speech."""
_FORMAT = "1"
"""Changed when the same words would sound different, so that old renderings are not used."""


class PhraseCache:
    """Gives the audio of sentences, each rendered once however many calls want it."""

    def __init__(self, voice: Voice, folder: Path, *, in_memory: int = _IN_MEMORY) -> None:
        self._voice = voice
        self._folder = folder
        self._in_memory = in_memory
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._rendering: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """One lock for each phrase that somebody is waiting for."""

    async def audio(self, sentence: Sentence, *, rate: Rate = Rate.NORMAL, language: str = "en") -> bytes:
        """8 kHz mu-law, without the pause after it; raises EngineFailed."""
        key = self._key(sentence.text, rate, language)
        kept = self._recall(key)
        if kept is not None:
            return kept
        async with self._rendering.setdefault(key, asyncio.Lock()):
            kept = self._recall(key)
            return kept if kept is not None else await self._fetch(key, sentence, rate, language)

    async def prerender(
        self,
        sentences: Iterable[Sentence],
        *,
        rate: Rate = Rate.NORMAL,
        language: str = "en",
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Make these ready, as at start-up; `progress` is told how many of how many are."""
        wanted = list({sentence.text: sentence for sentence in sentences}.values())
        for done, sentence in enumerate(wanted, start=1):
            await self.audio(sentence, rate=rate, language=language)
            if progress is not None:
                progress(done, len(wanted))

    async def _fetch(self, key: str, sentence: Sentence, rate: Rate, language: str) -> bytes:
        file = self._folder / f"{key}.ulaw"
        if not sentence.private:
            stored = await asyncio.to_thread(_read, file)
            if stored:
                self._keep(key, stored)
                return stored
        rendered = await self._voice.speak(sentence.text, length=rate.factor, language=language)
        self._keep(key, rendered)
        if not sentence.private and rendered:
            await asyncio.to_thread(_write, file, rendered)
        return rendered

    def _key(self, text: str, rate: Rate, language: str) -> str:
        told = "\0".join((_FORMAT, self._voice.name, language, rate, text))
        return hashlib.sha256(told.encode()).hexdigest()

    def _recall(self, key: str) -> bytes | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def _keep(self, key: str, audio: bytes) -> None:
        self._kept[key] = audio
        self._size += len(audio)
        while self._size > self._in_memory and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


def _write(file: Path, audio: bytes) -> None:
    """All of it or nothing, whatever else is writing the same phrase."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{id(audio):x}.part")
    part.write_bytes(audio)
    part.replace(file)
