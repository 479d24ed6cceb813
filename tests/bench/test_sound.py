"""Caller audio: levelled, trimmed, and quiet where it should be."""

from pathlib import Path

import pytest

from bench.sound import NoSpeech, from_wav, line_noise, utterance, voiced, with_pause
from tests.voice.lines.fake_speech import BEEP
from voice.speech.mulaw import SILENCE, louder
from voice.speech.wav import write_wav

FRAME = 160


def test_outer_silence_is_cut_and_inner_silence_kept() -> None:
    said = utterance("beep", SILENCE * FRAME * 5 + BEEP * 3 + SILENCE * FRAME * 4 + BEEP * 2 + SILENCE * FRAME * 9)
    assert [voiced(frame) for frame in said.frames] == [True] * 3 + [False] * 4 + [True] * 2
    assert said.seconds == pytest.approx(0.18)


def test_soft_recordings_are_made_louder() -> None:
    soft = utterance("soft", louder(BEEP * 4, -30))
    assert all(voiced(frame) for frame in soft.frames)


def test_silence_is_no_utterance() -> None:
    with pytest.raises(NoSpeech, match="nothing"):
        utterance("nothing", SILENCE * FRAME * 10)


def test_a_pause_inside_holds_the_noise_of_the_line() -> None:
    said = utterance("beep", BEEP * 2)
    paused = with_pause(said, said, 0.6)
    assert len(paused.frames) == 2 + 30 + 2
    assert not any(voiced(frame) for frame in paused.frames[2:-2])
    assert SILENCE * FRAME not in paused.frames


def test_the_line_is_never_quite_silent_and_never_voiced() -> None:
    noise = line_noise()
    assert len(noise) == 50
    assert not any(voiced(frame) for frame in noise)


def test_a_recording_is_read(tmp_path: Path) -> None:
    write_wav(tmp_path / "hello.wav", SILENCE * FRAME + BEEP * 5)
    said = from_wav(tmp_path / "hello.wav")
    assert (said.name, len(said.frames)) == ("hello", 5)
