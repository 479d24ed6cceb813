"""Keys become answers."""

from hypothesis import given
from hypothesis import strategies as st

from voice.dialog.turn import Keys
from voice.lines.keypad import Keypad


def test_one_key_answers_at_once() -> None:
    assert Keypad(Keys()).press("3", 0) == "3"


@given(st.text("0123456789*", min_size=1, max_size=12), st.integers(2, 12))
def test_keys_are_taken_up_to_the_most_or_the_hash(pressed: str, most: int) -> None:
    keypad = Keypad(Keys(most=most))
    answers = [answer for i, key in enumerate(pressed + "#") if (answer := keypad.press(key, i)) is not None]
    assert "".join(answers).rstrip("#") == pressed
    assert all(len(answer) <= most for answer in answers)
    assert not keypad.begun


def test_the_pause_is_counted_from_the_last_key_and_grows_with_patience() -> None:
    keypad, patient = Keypad(Keys(most=4)), Keypad(Keys(most=4), patience=2.0)
    for pad in (keypad, patient):
        pad.press("1", 0)
        pad.press("2", 50)
    assert not keypad.due(139)
    assert keypad.due(140)
    assert not patient.due(140)
    assert keypad.take() == "12"
    assert not keypad.due(1000)
