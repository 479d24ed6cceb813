"""Rendered once, kept in memory, on disk only when nobody's secret."""

import asyncio
from pathlib import Path

import pytest

from voice.dialog.turn import Rate, Sentence
from voice.engines.phrase_cache import PhraseCache
from voice.speech.errors import EngineFailed

HELLO = Sentence(text="Hello.")
SECRET = Sentence(text="Maria, your visit is on Monday.", private=True)


class Voice:
    """Speaks its own name for a second, slowly."""

    def __init__(self, name: str = "test:one") -> None:
        self.name = name
        self.spoken: list[str] = []
        self.broken = False

    def serves(self, language: str) -> bool:
        return True

    async def speak(self, text: str, *, length: float = 1.0, language: str = "en") -> bytes:
        self.spoken.append(text)
        await asyncio.sleep(0)
        if self.broken:
            raise EngineFailed
        return f"{self.name} {text} {length} {language}".encode() * 10

    async def close(self) -> None: ...


def test_each_sentence_is_rendered_once_however_many_want_it(tmp_path: Path) -> None:
    async def run() -> None:
        voice = Voice()
        cache = PhraseCache(voice, tmp_path)
        audios = await asyncio.gather(*(cache.audio(HELLO) for _ in range(50)))
        assert len(set(audios)) == 1
        assert voice.spoken == ["Hello."]

    asyncio.run(run())


def test_a_new_process_finds_it_on_disk_but_never_what_is_private(tmp_path: Path) -> None:
    async def run() -> None:
        first = PhraseCache(Voice(), tmp_path)
        said = await first.audio(HELLO)
        await first.audio(SECRET)
        await first.audio(SECRET)
        later = Voice()
        second = PhraseCache(later, tmp_path)
        assert await second.audio(HELLO) == said
        await second.audio(SECRET)
        assert later.spoken == [SECRET.text]

    asyncio.run(run())
    (file,) = tmp_path.iterdir()
    assert b"Maria" not in file.read_bytes()


def test_other_voices_rates_and_languages_are_other_sounds(tmp_path: Path) -> None:
    async def run() -> None:
        one, two = PhraseCache(Voice(), tmp_path), PhraseCache(Voice("test:two"), tmp_path)
        sounds = {
            await one.audio(HELLO),
            await one.audio(HELLO, rate=Rate.SLOW),
            await one.audio(HELLO, language="es"),
            await two.audio(HELLO),
        }
        assert len(sounds) == 4

    asyncio.run(run())


def test_memory_is_bounded_and_the_oldest_goes_first(tmp_path: Path) -> None:
    async def run() -> None:
        voice = Voice()
        cache = PhraseCache(voice, tmp_path, in_memory=1000)
        for i in range(50):
            await cache.audio(Sentence(text=f"Number {i}.", private=True))
        await cache.audio(Sentence(text="Number 49.", private=True))
        assert len(voice.spoken) == 50
        await cache.audio(Sentence(text="Number 0.", private=True))
        assert len(voice.spoken) == 51

    asyncio.run(run())


def test_an_empty_file_is_rendered_again(tmp_path: Path) -> None:
    asyncio.run(PhraseCache(Voice(), tmp_path).audio(HELLO))
    (file,) = tmp_path.iterdir()
    file.write_bytes(b"")
    voice = Voice()
    assert asyncio.run(PhraseCache(voice, tmp_path).audio(HELLO))
    assert voice.spoken == ["Hello."]


def test_a_failure_reaches_everyone_and_is_not_kept(tmp_path: Path) -> None:
    async def run() -> None:
        voice = Voice()
        voice.broken = True
        cache = PhraseCache(voice, tmp_path)
        with pytest.raises(EngineFailed):
            await cache.audio(HELLO)
        voice.broken = False
        assert await cache.audio(HELLO)

    asyncio.run(run())


def test_a_caller_who_hangs_up_does_not_spoil_it_for_the_next(tmp_path: Path) -> None:
    async def run() -> None:
        cache = PhraseCache(Voice(), tmp_path)
        gone = asyncio.ensure_future(cache.audio(HELLO))
        waiting = asyncio.ensure_future(cache.audio(HELLO))
        await asyncio.sleep(0)
        gone.cancel()
        assert await waiting

    asyncio.run(run())


def test_prerendering_tells_how_far_it_is(tmp_path: Path) -> None:
    async def run() -> None:
        told: list[tuple[int, int]] = []
        voice = Voice()
        cache = PhraseCache(voice, tmp_path)
        await cache.prerender([HELLO, Sentence(text="Bye."), HELLO], progress=lambda done, of: told.append((done, of)))
        assert told == [(1, 2), (2, 2)]
        assert voice.spoken == ["Hello.", "Bye."]

    asyncio.run(run())
