"""A conversation driven by hand: the engine without a journal, for tests of what one question does."""

from pathlib import Path
from zoneinfo import ZoneInfo

from clinic.people import CallId, Phone
from voice.dialog.call import Call
from voice.dialog.conversation import Conversation, Flow
from voice.dialog.phrasebook import Phrasebook
from voice.dialog.turn import LineKind

ZONE = ZoneInfo("America/Los_Angeles")
PHRASES = Path(__file__).parents[3] / "voice" / "phrases"


def phrasebook(**phrases: str) -> Phrasebook:
    """A phrasebook of just these phrases (dots in names are written __), with the words the engine itself needs."""
    engine = {
        "again.silence": "Nothing heard.",
        "again.not-heard": "Not heard.",
        "again.not-understood": "Not understood.",
        "keys.yes-no": "Press 1 or 2.",
        "keys.choice": "Press {keys:public}.",
        "keys.none": "Press 0.",
        "wish.slower": "Slower.",
        "wish.louder": "Louder.",
        "wish.robot": "A robot.",
        "wish.cannot-go-back": "No way back.",
        "why.this": "Because.",
    }
    named = {name.replace("__", "."): text for name, text in phrases.items()}
    return Phrasebook("en", engine | named, frozenset({"legal.notice"}), ZONE, {"clinic_name": "Riverside"}, "1")


def call(phrases: Phrasebook) -> Call:
    return Call(id=CallId("c1"), caller=Phone("+12065550142"), line=LineKind.SCRIPTED, phrases=phrases)


def conversation(flow: Flow, **phrases: str) -> Conversation:
    return Conversation(flow, call(phrasebook(**phrases)))


def said(talk: Conversation) -> list[str]:
    return [sentence.text for sentence in talk.said]
