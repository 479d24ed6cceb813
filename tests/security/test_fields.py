"""Sealed values open at their place, with their key, unchanged, and nowhere else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from security.errors import Unreadable
from security.fields import CallCipher, FieldCipher, Place, key_id
from security.keyring import Key, Keyring

OLD, NEW = Key(id="old", secret=bytes([1]) * 32), Key(id="new", secret=bytes([2]) * 32)
BEFORE, DURING, AFTER = (FieldCipher(Keyring(keys)) for keys in ((OLD,), (NEW, OLD), (NEW,)))
PLACE = Place("patients", "phone", "patient-1")


@settings(deadline=None)
@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    sealed = BEFORE.seal(text, PLACE)
    assert BEFORE.open(sealed, PLACE) == text
    if len(text) > 3:
        assert text.encode() not in sealed


def test_the_same_text_is_never_sealed_the_same() -> None:
    assert BEFORE.seal("Maria", PLACE) != BEFORE.seal("Maria", PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("staff", "phone", "patient-1"),
        Place("patients", "name", "patient-1"),
        Place("patients", "phone", "patient-2"),
    ],
)
def test_a_value_does_not_open_elsewhere(elsewhere: Place) -> None:
    with pytest.raises(Unreadable):
        BEFORE.open(BEFORE.seal("Maria", PLACE), elsewhere)


def test_rotation() -> None:
    sealed = BEFORE.seal("Maria", PLACE)
    assert DURING.open(sealed, PLACE) == "Maria"
    assert (BEFORE.is_current(sealed), DURING.is_current(sealed)) == (True, False)
    assert key_id(DURING.seal("Maria", PLACE)) == "new"
    with pytest.raises(Unreadable):
        AFTER.open(sealed, PLACE)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_nonsense_is_unreadable(sealed: bytes) -> None:
    with pytest.raises(Unreadable):
        BEFORE.open(sealed, PLACE)


@settings(deadline=None)
@given(st.data())
def test_a_single_changed_bit_shows(data: st.DataObject) -> None:
    sealed = bytearray(BEFORE.seal("breathing helped", PLACE))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(Unreadable):
        BEFORE.open(bytes(sealed), PLACE)


def test_lookup_hashes_are_keyed_and_outlive_a_rotation() -> None:
    filed = BEFORE.lookup("phone", "+12065550142")
    assert filed in DURING.lookups("phone", "+12065550142")
    assert filed not in DURING.lookups("birth-date", "+12065550142")
    assert filed not in AFTER.lookups("phone", "+12065550142")
    assert DURING.lookup("phone", "+12065550142") == AFTER.lookup("phone", "+12065550142")


def test_a_calls_row_opens_in_its_call_and_at_its_number() -> None:
    secret = CallCipher.new_secret()
    cipher = CallCipher(secret, "call-1")
    sealed = cipher.seal("I could not sleep", 3)
    assert cipher.open(sealed, 3) == "I could not sleep"
    for other, seq in (
        (cipher, 4),
        (CallCipher(secret, "call-2"), 3),
        (CallCipher(CallCipher.new_secret(), "call-1"), 3),
    ):
        with pytest.raises(Unreadable):
            other.open(sealed, seq)
    with pytest.raises(Unreadable):
        cipher.open(b"", 3)
