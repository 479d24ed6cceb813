"""What a question expects, as the words a grammar is limited to."""

import json

from intents.meaning import Expecting
from voice.speech.stt import Wanted

_DIGITS = "zero oh one two three four five six seven eight nine double triple".split()  # noqa: SIM905
_ALWAYS = ("person", "operator", "help", "repeat", "slower", "go back", "goodbye", "stop calling me", "emergency")
_EXPECTED: dict[Expecting, tuple[str, ...]] = {
    Expecting.YES_NO: (
        "yes",
        "yeah",
        "yes please",
        "no",
        "no thanks",
        "nope",
        "correct",
        "right",
        "that's right",
        "wrong",
        "sure",
        "okay",
        "maybe",
        "i don't know",
    ),
    Expecting.DIGITS: (*_DIGITS,),
    Expecting.PHONE: (*_DIGITS, "hundred", "plus", "area code"),
}


def grammar(wanted: Wanted) -> str | None:
    """The JSON grammar for this question; None where anything may be said, or in a language we hold no words for."""
    expected = _EXPECTED.get(wanted.expecting)
    if expected is None or wanted.language != "en":
        return None
    return json.dumps([*expected, *_ALWAYS, *(hint.lower() for hint in wanted.hints), "[unk]"])
