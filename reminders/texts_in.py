"""A text that comes in: stop, start, help, or words for a person. Issue 6 deepens it into a conversation.

The carrier answers STOP and START by itself too, and blocks the number (21610). We record the opt-out all the same,
because it counts for every channel (L5), and any reasonable words will do.
"""

import re
from enum import StrEnum
from typing import Protocol

from clinic.people import Phone


class Asks(StrEnum):
    """What a text asks for."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    PERSON = "person"


class TextsIn(Protocol):
    """Where texts that come in are recorded, each in one transaction and once for each carrier reference."""

    async def opted_out(self, carrier_ref: str, phone: Phone) -> None:
        """ALL_CONTACT not given, for every patient with this number; and a task, as the opt-out may need a word."""
        ...

    async def opted_in(self, carrier_ref: str, phone: Phone) -> None:
        """ALL_CONTACT given again, for every patient with this number."""
        ...

    async def left(self, carrier_ref: str, phone: Phone, words: str) -> None:
        """A task for the front desk, holding the words."""
        ...


_STOP = re.compile(
    r"\W*(stop|stopall|unsubscribe|cancel|end|quit|revoke|opt\W?out|remove me"
    r"|(please )?(stop|don'?t|do not|quit) (text|call|contact|messag)\w*( me)?( anymore| again)?"
    r"|leave me alone|no more (texts?|calls?|messages?))\W*(please|thanks?|thank you)?\W*",
    re.IGNORECASE,
)
_START = re.compile(r"\W*(start|unstop|yes start|opt\W?in)\W*", re.IGNORECASE)
_HELP = re.compile(r"\W*(help|info|information)\W*", re.IGNORECASE)


def asks(text: str) -> Asks:
    """What the text asks for. Only whole texts count as a wish: "I cannot stop crying" is for a person."""
    words = text[:200].strip().replace("’", "'")
    if _STOP.fullmatch(words):
        return Asks.STOP
    if _START.fullmatch(words):
        return Asks.START
    return Asks.HELP if _HELP.fullmatch(words) else Asks.PERSON
