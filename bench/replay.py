"""How long it takes to rebuild a call of two hundred questions from its journal."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bench.figures import Figure, median
from clinic.people import CallId
from intents.meaning import Expecting
from voice.dialog.call import Call
from voice.dialog.conversation import Conversation
from voice.dialog.journal import Answered, Entry, Replied, Row, Started
from voice.dialog.phrasebook import Phrasebook
from voice.dialog.replay import replay
from voice.dialog.turn import LineKind

_QUESTIONS = 200
_ROUNDS = 50
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
_LIMIT_MS = 2.0
"""The design hopes for one; what is journalled is decoded with checks, which takes most of it."""


def replay_figures() -> dict[str, object]:
    """Milliseconds to bring a fresh conversation to its two hundredth answer."""
    rows = _rows()
    took = [_timed(rows) for _ in range(_ROUNDS)]
    figure = Figure(name=f"replay of {_QUESTIONS} questions, median", value=median(took), limit=_LIMIT_MS)
    return {"bench": "replay", "holds": figure.holds, "figures": [figure.as_json()]}


async def _questionnaire(call: Call) -> None:
    for _ in range(_QUESTIONS):
        await call.confirm("ready")


def _timed(rows: list[Row]) -> float:
    phrases = Phrasebook("en", {"ready": "Are you ready?"}, frozenset(), ZoneInfo("UTC"), {}, "1")
    call = Call(id=CallId("bench"), caller=None, line=LineKind.SCRIPTED, phrases=phrases)
    conversation = Conversation(_questionnaire, call)
    begun = time.perf_counter()
    replay(rows, conversation, lambda action: action.__name__)
    took = (time.perf_counter() - begun) * 1000
    conversation.close()
    return took


def _rows() -> list[Row]:
    started = Started(flow="bench", source_hash="", line=LineKind.SCRIPTED, caller=None, language="en")
    answer = Answered(value="true")
    replies = [
        Replied(
            turn=turn, prompt="ready", said=("Are you ready?",), expects=Expecting.YES_NO, heard="yes", outcome=answer
        )
        for turn in range(_QUESTIONS)
    ]
    entries: list[Entry] = [started, *replies]
    return [Row(seq=seq, at=_BEGAN, entry=entry) for seq, entry in enumerate(entries)]
