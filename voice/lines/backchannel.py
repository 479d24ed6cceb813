"""Words that only say "I am listening". A prompt goes on after them."""

import re

from intents.meaning import Expecting

_SOUNDS = frozenset({"uh", "huh", "um", "mm", "mmm", "hm", "hmm", "mhm", "mmhmm", "uhuh", "ah", "oh", "aja", "ajá"})
_HESITATION = frozenset({"uh", "um", "hm", "hmm", "ah", "oh"})
_LISTENING = {
    "en": _SOUNDS | {"okay", "ok", "right", "sure", "yeah", "yep", "yes", "alright", "i", "see"},
    "es": _SOUNDS | {"okay", "ok", "ya", "sí", "si", "claro", "bueno", "vale"},
}


def is_backchannel(text: str, *, over_question: bool, expects: Expecting, language: str = "en") -> bool:
    """Whether words said over a prompt want no answer. Over the question itself, "yes" may well be the answer."""
    words = set(re.sub(r"[^\w\s]|_", " ", text.lower()).split())
    if not over_question:
        return bool(words) and words <= _LISTENING.get(language, _LISTENING["en"])
    return bool(words) and words <= (_HESITATION if expects is Expecting.YES_NO else _SOUNDS)
