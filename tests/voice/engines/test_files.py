"""WAV files in and out."""

import asyncio
from pathlib import Path

import pytest

from tests.voice.lines.telephone import NOISE, QUIET, SPEECH, Marked
from voice.engines.choosing import Place, choose_stt, choose_tts
from voice.engines.files import speak_to_file, speech_in, transcribe_file
from voice.speech.errors import NotAudio
from voice.speech.framing import FRAME_BYTES, silence
from voice.speech.wav import write_wav

LINE = "I would like to book an appointment for next Tuesday."


def test_speech_is_cut_out_of_silence_and_stretches_that_touch_are_one() -> None:
    recording = QUIET * 100 + SPEECH * 50 + NOISE * 20 + SPEECH * 50 + QUIET * 100 + SPEECH * 10
    first, second = speech_in(recording, Marked())
    assert len(first) == (10 + 120 + 15) * FRAME_BYTES
    assert len(second) == 20 * FRAME_BYTES
    assert speech_in(QUIET * 500, Marked()) == []
    assert speech_in(b"", Marked()) == []


@pytest.mark.audio
def test_what_was_spoken_to_a_file_is_read_from_it(tmp_path: Path) -> None:
    async def run() -> None:
        voice, _ = await choose_tts("auto")
        recogniser, _ = await choose_stt("auto", Place(data_dir=tmp_path, workers=1))
        try:
            await speak_to_file(LINE, tmp_path / "line.wav", voice)
        finally:
            await voice.close()
        heard = await transcribe_file(tmp_path / "line.wav", recogniser)
        assert heard.text == LINE
        assert heard.engine == "moonshine"
        assert 1.5 < heard.seconds_audio < 4
        assert 0 < heard.seconds_cpu < 5
        write_wav(tmp_path / "silent.wav", silence(2.0))
        assert (await transcribe_file(tmp_path / "silent.wav", recogniser)).text == ""
        with pytest.raises(NotAudio):
            await transcribe_file(Path(__file__), recogniser)

    asyncio.run(run())
