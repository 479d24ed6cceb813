"""Tokens open one stream once, soon, and cannot be made up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.time import ManualClock
from voice.lines.stream_token import BadToken, StreamTokens

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def tokens(clock: ManualClock | None = None, secret: bytes = b"secret") -> StreamTokens:
    return StreamTokens(secret, clock or ManualClock(NOW))


def test_a_token_names_its_subject_once() -> None:
    kept = tokens()
    token = kept.issue("CA1 call-1")
    assert kept.redeem(token) == "CA1 call-1"
    with pytest.raises(BadToken):
        kept.redeem(token)


def test_it_is_too_old_after_a_minute() -> None:
    clock = ManualClock(NOW)
    kept = tokens(clock)
    token = kept.issue("CA1")
    clock.forward(timedelta(seconds=61))
    with pytest.raises(BadToken):
        kept.redeem(token)


def test_it_outlives_the_process_that_issued_it() -> None:
    assert tokens().redeem(tokens().issue("CA1")) == "CA1"


def test_another_secret_does_not_open() -> None:
    with pytest.raises(BadToken):
        tokens(secret=b"other").redeem(tokens().issue("CA1"))


@given(st.text(alphabet=st.characters(), max_size=80))
def test_made_up_tokens_are_refused(made_up: str) -> None:
    with pytest.raises(BadToken):
        tokens().redeem(made_up)


def test_it_fits_into_a_parameter() -> None:
    """Name and value of a `<Parameter>` stay under 500 characters (TWILIO.md, "TwiML")."""
    assert len("token" + tokens().issue("C" * 64 + " " + "c" * 64)) < 500
