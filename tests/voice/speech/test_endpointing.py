"""The end of a turn, over scripted frames: `s` speech, `n` noise, `.` quiet; a digit repeats the one before."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.speech.endpointing import Endpointer, Moment, Sensitivity
from voice.speech.vad import Sound

SOUNDS = {"s": Sound.SPEECH, "n": Sound.NOISE, ".": Sound.QUIET}


def frames(script: str) -> list[Sound]:
    """ "s20 .10" as frames."""
    return [SOUNDS[kind] for kind, count in re.findall(r"([sn.])(\d*)", script) for _ in range(int(count or 1))]


def moments(endpointer: Endpointer, script: str, *, lead: int = 1) -> list[Moment]:
    """Everything that happens over these frames."""
    heard = (endpointer.hear(sound, lead) for sound in frames(script))
    return [moment for moment in heard if moment is not None]


def paused(script: str = "s20 .6") -> Endpointer:
    endpointer = Endpointer()
    assert moments(endpointer, script) == [Moment.STARTED, Moment.PAUSED]
    return endpointer


@pytest.mark.parametrize("script", [".100", "n100", "s2 .50", "s1 .1 s1 .1 s1 .50"])
def test_silence_noise_and_clicks_are_no_utterance(script: str) -> None:
    assert moments(Endpointer(), script) == []


def test_speech_starts_is_backdated_and_pauses() -> None:
    endpointer = Endpointer()
    assert moments(endpointer, ".10") == []
    assert endpointer.hear(Sound.SPEECH, 4) is Moment.STARTED
    assert endpointer.began == 8
    assert moments(endpointer, "s20 .5") == []
    assert moments(endpointer, ".1") == [Moment.PAUSED]
    assert endpointer.ended == 32


def test_it_ends_after_the_silence_that_was_asked_for() -> None:
    endpointer = paused()
    assert endpointer.wait(0.25) is None
    assert moments(endpointer, ".5") == []
    assert moments(endpointer, ".1") == [Moment.ENDED]
    assert not endpointer.speaking


def test_words_judged_late_end_at_once() -> None:
    endpointer = paused("s20 .40")
    assert endpointer.wait(0.25) is Moment.ENDED


def test_nothing_is_judged_outside_a_pause() -> None:
    endpointer = Endpointer()
    moments(endpointer, "s20")
    assert endpointer.wait(0.0) is None
    assert endpointer.speaking


def test_going_on_resumes_and_tells_the_pause() -> None:
    endpointer = paused()
    endpointer.wait(0.72)
    assert moments(endpointer, ".24") == []
    assert moments(endpointer, "s3") == [Moment.RESUMED]
    assert endpointer.inner_pause == 30
    assert moments(endpointer, "s20 .6") == [Moment.PAUSED]


def test_a_pause_of_six_tenths_survives_an_open_wait_even_when_the_voice_is_recognised_late() -> None:
    endpointer = paused()
    endpointer.wait(0.70)
    assert moments(endpointer, ".24 n4") == []
    assert moments(endpointer, "s1", lead=5) == [Moment.RESUMED]


def test_a_click_in_the_pause_changes_nothing() -> None:
    endpointer = paused()
    endpointer.wait(0.5)
    assert moments(endpointer, ".5 s1 .13") == [Moment.ENDED]


def test_noise_holds_the_end_back_only_for_a_moment() -> None:
    endpointer = paused()
    endpointer.wait(0.25)
    assert moments(endpointer, "n10") == []
    assert moments(endpointer, "n2") == [Moment.ENDED]


def test_nobody_judges() -> None:
    endpointer = Endpointer(Sensitivity(unjudged_s=1.0))
    assert moments(endpointer, "s20 .49") == [Moment.STARTED, Moment.PAUSED]
    assert moments(endpointer, ".1") == [Moment.ENDED]


def test_an_endless_speaker_is_cut() -> None:
    endpointer = Endpointer()
    endpointer.longest = 100
    assert moments(endpointer, "s100") == [Moment.STARTED, Moment.OVERLONG]
    assert moments(endpointer, "s3") == [Moment.STARTED]


def test_sound_without_a_pause_is_remarked_upon_again_and_again() -> None:
    endpointer = Endpointer()
    endpointer.longest = 10_000
    assert moments(endpointer, "s1201") == [Moment.STARTED, *[Moment.LASTING] * 3]


@given(st.lists(st.sampled_from("sn."), max_size=400), st.integers(1, 6))
def test_whatever_is_heard_moments_come_in_order(sounds: list[str], lead: int) -> None:
    endpointer = Endpointer()
    before: Moment = Moment.ENDED
    for sound in sounds:
        moment = endpointer.hear(SOUNDS[sound], lead)
        if moment is Moment.PAUSED and endpointer.wait(0.3) is Moment.ENDED:
            moment = Moment.ENDED
        if moment is None:
            continue
        follows = {
            Moment.ENDED: {Moment.STARTED},
            Moment.STARTED: {Moment.PAUSED},
            Moment.PAUSED: {Moment.RESUMED, Moment.ENDED},
            Moment.RESUMED: {Moment.PAUSED},
        }
        assert moment in follows[before]
        assert endpointer.speaking == (moment is not Moment.ENDED)
        before = moment
