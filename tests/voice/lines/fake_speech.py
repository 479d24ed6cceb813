"""Engines for tests of lines: phrases are short beeps, and every utterance is "hello"."""

from intents.completeness import Completeness
from voice.dialog.turn import Listen, Rate, Sentence
from voice.lines.live import Speech
from voice.speech.errors import EngineFailed
from voice.speech.stt import Recognition, Transcript, Wanted

BEEP = b"\x00\x80" * 80
"""20 ms, as loud as can be."""


class Beeps:
    """Renders every sentence as one frame; or fails."""

    def __init__(self, *, broken: bool = False) -> None:
        self._broken = broken

    async def audio(self, sentence: Sentence, *, rate: Rate, language: str) -> bytes:
        if self._broken:
            raise EngineFailed
        return BEEP


class Hears:
    """Understands "hello"."""

    name = "fake"

    async def recognise(self, mulaw: bytes, wanted: Wanted) -> Recognition:
        return Recognition(transcripts=(Transcript(text="hello", confidence=0.9),), engine=self.name)


def speech(*, broken: bool = False) -> Speech:
    """What a live call needs."""
    return Speech(recogniser=Hears(), phrases=Beeps(broken=broken), finished=_complete)


def _complete(words: str, listen: Listen) -> Completeness:
    return Completeness.COMPLETE
