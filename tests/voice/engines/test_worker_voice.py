"""The voices for real, in their worker: they speak, they die, they are replaced."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable

import pytest

from voice.engines.moonshine import open_moonshine
from voice.engines.worker_voice import WorkerVoice
from voice.speech.errors import EngineFailed, EngineUnavailable
from voice.speech.framing import seconds
from voice.speech.stt import Wanted

LINE = "I would like to book an appointment for next Tuesday."
pytestmark = pytest.mark.audio


def run(uri: str, script: Callable[[WorkerVoice], Awaitable[None]]) -> None:
    """A voice for one test, ended after it."""

    async def whole() -> None:
        voice = WorkerVoice(uri, languages=frozenset({"en"}))
        try:
            await script(voice)
        finally:
            await voice.close()

    asyncio.run(whole())


def test_what_piper_says_moonshine_understands() -> None:
    async def script(voice: WorkerVoice) -> None:
        moonshine = open_moonshine(workers=1)
        heard = await moonshine.recognise(await voice.speak(LINE), Wanted())
        assert heard.text == LINE
        assert (heard.transcripts[0].confidence or 0) > 0.85

    run("piper:joe", script)


@pytest.mark.parametrize("uri", ["piper:joe", "pyttsx3"])
def test_slower_is_longer(uri: str) -> None:
    async def script(voice: WorkerVoice) -> None:
        # Several of each: Piper never says a line twice in the same time.
        usual, slow = [sum([seconds(await voice.speak(LINE, length=by)) for _ in range(4)]) for by in (1.0, 1.5)]
        assert 1.3 < slow / usual < 1.7

    run(uri, script)


def test_pyttsx3_speaks_spanish_too_and_plays_nothing() -> None:
    async def script(voice: WorkerVoice) -> None:
        english, spanish = [await voice.speak("Hello, one two three.", language=language) for language in ("en", "es")]
        assert seconds(english) > 0.5
        assert spanish != english

    run("pyttsx3", script)


def test_a_worker_killed_between_sentences_is_replaced() -> None:
    async def script(voice: WorkerVoice) -> None:
        await voice.start()
        first = voice.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert seconds(await voice.speak(LINE)) > 1
        assert voice.pid != first

    run("piper:joe", script)


def test_a_worker_killed_in_the_middle_is_replaced_and_the_sentence_spoken() -> None:
    async def script(voice: WorkerVoice) -> None:
        await voice.start()
        assert voice.pid is not None
        speaking = asyncio.ensure_future(voice.speak(LINE * 5))
        await asyncio.sleep(0.02)
        os.kill(voice.pid, signal.SIGKILL)
        assert seconds(await speaking) > 5
        assert voice.restarts == 1

    run("piper:joe", script)


def test_a_caller_who_hangs_up_leaves_no_half_answer_behind() -> None:
    async def script(voice: WorkerVoice) -> None:
        await voice.start()
        gone = asyncio.ensure_future(voice.speak(LINE * 3))
        await asyncio.sleep(0)
        gone.cancel()
        assert 1.5 < seconds(await voice.speak(LINE)) < 4

    run("piper:joe", script)


def test_nothing_to_say() -> None:
    async def script(voice: WorkerVoice) -> None:
        assert await voice.speak(" ... ") == b""
        assert voice.pid is None

    run("piper:joe", script)


def test_odd_text_is_spoken_or_refused_but_never_kills() -> None:
    async def script(voice: WorkerVoice) -> None:
        for text in ("Ünïcödé 日本語", "a" * 2000, "<speak>hi & bye</speak>", "line\nbreak\0null [[x]]"):
            await voice.speak(text)
        assert voice.restarts == 0

    run("piper:joe", script)


@pytest.mark.parametrize("uri", ["piper:/no/such.onnx", "nonsense"])
def test_what_cannot_be_loaded_says_so(uri: str) -> None:
    async def script(voice: WorkerVoice) -> None:
        with pytest.raises(EngineUnavailable):
            await voice.start()
        with pytest.raises(EngineFailed):
            await voice.speak(LINE)

    run(uri, script)
