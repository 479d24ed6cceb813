"""What the measuring callers say: questions that bring them back to the menu, whole and with a pause inside."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.sound import Utterance, utterance, with_pause
from voice.speech.tts import Voice

PAUSE_S = 0.6


@dataclass(frozen=True, slots=True)
class Words:
    """A question; the second half is said after the pause, when there is one."""

    first: str
    second: str = ""


QUESTIONS = (
    Words("What are your opening hours?"),
    Words("Where are you located?"),
    Words("Do you take my insurance?"),
    Words("Where can I park my car?"),
    Words("How much does a visit cost?"),
    Words("What should I bring to my first visit?"),
    Words("Do you offer video visits?"),
    Words("Are you a robot?"),
    Words("What are your", "opening hours on Friday?"),
    Words("Could you tell me", "where you are located?"),
    Words("I would like to know", "whether you take my insurance."),
    Words("Can you tell me", "where I can park?"),
    Words("How much does", "a visit cost?"),
    Words("Is it possible", "to have a video visit?"),
    Words("What do I need", "to bring to my first visit?"),
    Words("Am I talking", "to a real person or a robot?"),
)
INTERRUPTIONS = (Words("Excuse me, where are you located?"), Words("Sorry, what are your opening hours?"))


async def spoken(words: Sequence[Words], voice: Voice) -> list[Utterance]:
    """The words as this voice says them."""
    return [await _speak(each, voice) for each in words]


async def _speak(words: Words, voice: Voice) -> Utterance:
    first = utterance(words.first, await voice.speak(words.first))
    if not words.second:
        return first
    return with_pause(first, utterance(words.second, await voice.speak(words.second)), PAUSE_S)
