"""How long understanding takes: everyday utterances, long ones, and whether time grows with length only."""

import time
from collections.abc import Sequence
from datetime import datetime

from bench.figures import Figure
from intents.completeness import how_complete
from intents.meaning import Expecting
from intents.understanding import Understand

_NOW = datetime(2026, 11, 24, 9, 12)  # noqa: DTZ001 - understanding works in the clinic's local time
_SAID: tuple[tuple[str, Expecting], ...] = (
    ("Yes.", Expecting.YES_NO),
    ("um yeah that works for me", Expecting.YES_NO),
    ("I would like to book an appointment for next Tuesday.", Expecting.OPEN),
    ("can i move my thursday appointment to sometime next week in the afternoon", Expecting.OPEN),
    ("not monday but tuesday or wednesday after half past two would be fine", Expecting.WHEN),
    ("March fifth, nineteen eighty-four.", Expecting.BIRTH_DATE),
    ("two oh six five five five oh one four two", Expecting.PHONE),
    ("it's maria lopez that's l o p e z", Expecting.NAME),
    ("I want to speak with a person, please.", Expecting.OPEN),
    ("well i don't know i've been feeling so low and i thought i should call somebody about it", Expecting.OPEN),
)
_LONG = "so i was wondering whether i could come in on monday or tuesday after three because my daughter drives me "
_ROUNDS = 20


def understand_figures(understand: Understand) -> dict[str, object]:
    """The figures with their limits (design, section 12)."""
    measured = measure(understand)
    limits = {"understand_p95_ms": 25.0, "understand_200_words_p95_ms": 100.0, "completeness_p95_ms": 1.0}
    figures = [Figure(name=name, value=measured[name], limit=limit) for name, limit in limits.items()]
    return {
        "bench": "understand",
        "holds": all(figure.holds for figure in figures),
        "figures": [figure.as_json() for figure in figures],
        "median_ms": measured["understand_median_ms"],
    }


def measure(understand: Understand, rounds: int = _ROUNDS) -> dict[str, float]:
    """Milliseconds: median and 95th percentile of everyday utterances, one of 200 words, and turn-taking's own."""
    everyday = sorted(_timed(understand, text, expecting) for _ in range(rounds) for text, expecting in _SAID)
    words = (_LONG * 12).split()
    long = sorted(_timed(understand, " ".join(words[:200]), Expecting.OPEN) for _ in range(rounds))
    return {
        "understand_median_ms": _at(everyday, 0.5),
        "understand_p95_ms": _at(everyday, 0.95),
        "understand_200_words_p95_ms": _at(long, 0.95),
        "completeness_p95_ms": _completeness(understand, rounds),
    }


def _timed(understand: Understand, text: str, expecting: Expecting) -> float:
    begun = time.perf_counter()
    understand(text, expecting=expecting, now=_NOW)
    return (time.perf_counter() - begun) * 1000


def _completeness(understand: Understand, rounds: int) -> float:
    meanings = [(understand(text, expecting=asked, now=_NOW), text, asked) for text, asked in _SAID]
    took = []
    for meaning, text, expecting in meanings * rounds:
        begun = time.perf_counter()
        how_complete(meaning, text, expecting)
        took.append((time.perf_counter() - begun) * 1000)
    return _at(sorted(took), 0.95)


def _at(ordered: Sequence[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 3)
