"""Our tables against the standard library's G.711."""

import warnings

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voice.speech.mulaw import SILENCE, decode, encode, louder

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import audioop

EVERY_SAMPLE = np.arange(-32768, 32768, dtype=np.int32).astype(np.int16)
EVERY_BYTE = bytes(range(256))


def test_every_sample_is_encoded_as_g711_has_it() -> None:
    assert encode(EVERY_SAMPLE) == audioop.lin2ulaw(EVERY_SAMPLE.tobytes(), 2)


def test_every_byte_is_decoded_as_g711_has_it() -> None:
    assert decode(EVERY_BYTE).tobytes() == audioop.ulaw2lin(EVERY_BYTE, 2)


@given(st.binary(max_size=400))
def test_what_was_mulaw_before_stays_the_same(audio: bytes) -> None:
    assert decode(encode(decode(audio))).tobytes() == decode(audio).tobytes()


def test_silence_is_silent() -> None:
    assert decode(SILENCE).tolist() == [0]


@given(st.binary(min_size=1, max_size=400), st.floats(-12, 12))
def test_louder_means_larger_and_softer_smaller(audio: bytes, gain_db: float) -> None:
    before, after = (np.abs(decode(a).astype(np.int32)) for a in (audio, louder(audio, gain_db)))
    if gain_db >= 0:
        assert (after >= before).all()
    else:
        assert (after <= before).all()


def test_no_gain_changes_nothing() -> None:
    assert louder(EVERY_BYTE, 0.0) == EVERY_BYTE
