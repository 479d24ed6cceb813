"""Frames come out the same however the audio was chopped up."""

from hypothesis import given
from hypothesis import strategies as st

from voice.speech.framing import FRAME_BYTES, Framer, frames_in, seconds, silence


@given(st.lists(st.binary(max_size=700), max_size=20))
def test_chunks_of_any_size_become_whole_frames(chunks: list[bytes]) -> None:
    framer = Framer()
    frames = [frame for chunk in chunks for frame in framer.push(chunk)]
    whole = b"".join(chunks)
    assert all(len(frame) == FRAME_BYTES for frame in frames)
    assert b"".join(frames) == whole[: len(whole) - len(whole) % FRAME_BYTES]


def test_a_whole_frame_passes_unchanged() -> None:
    frame = bytes(range(160))
    assert list(Framer().push(frame)) == [frame]


def test_lengths() -> None:
    assert frames_in(1.0) == 50
    assert seconds(silence(0.5)) == 0.5
    assert silence(0.0) == b""
