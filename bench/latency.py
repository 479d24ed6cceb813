"""How fast one caller is answered: reply times over forty turns, cut-ins, barge-in to `clear`, a silent call's CPU."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from bench.caller import Report, Talk, Turn, place_call
from bench.exchange import Line
from bench.figures import Figure, median, p95, spread
from bench.process import OwnLine, own_line
from bench.sound import Utterance
from bench.words import INTERRUPTIONS, QUESTIONS, spoken
from clinic.settings import Settings
from voice.speech.tts import Voice

_TURNS = 40
_TURNS_A_CALL = 8
_INTERRUPTIONS = 10
_SILENT_S = 30.0
_MOST_CALLS = 20
_CALLER = ""
"""Withheld: the questions asked are open to anybody, and nobody has to be identified first."""


async def latency(settings: Settings, voice: Voice) -> dict[str, object]:
    """Every figure of one caller, as JSON. Raises NotStarted, LineUnreachable."""
    questions, interruptions = await spoken(QUESTIONS, voice), await spoken(INTERRUPTIONS, voice)
    async with own_line(settings) as own:
        loaded_mb = own.meter.memory_mb()
        talking = await _talk(own.line, questions)
        barging = await _barge(own.line, interruptions)
        silent = await _silent_cpu(own)
        peak_mb = own.meter.memory_mb()
    turns = [turn for report in talking for turn in report.turns]
    barged = [turn for report in barging for turn in report.turns if turn.barged]
    figures = _figures(turns, barged, silent)
    return {
        "bench": "latency",
        "holds": all(figure.holds for figure in figures),
        "figures": [figure.as_json() for figure in figures],
        "turns": len(turns),
        "v2v_ms": spread(turn.v2v_ms for turn in turns if turn.v2v_ms is not None),
        "heard_ms": spread(turn.heard_ms for turn in turns if turn.heard_ms is not None),
        "barge_to_clear_ms": spread(turn.stop_ms for turn in barged if turn.stop_ms is not None),
        "greeting_ms": spread(report.greeting_ms for report in talking if report.greeting_ms is not None),
        "memory_mb": {"loaded": round(loaded_mb), "after": round(peak_mb)},
        "caller_frames_late": round(max(report.frames_late for report in talking), 4),
        "calls_broken_off": [report.close_reason for report in (*talking, *barging) if report.close_reason],
        "each": [asdict(turn) for turn in turns],
    }


def _figures(turns: Sequence[Turn], barged: Sequence[Turn], silent_cpu: float) -> list[Figure]:
    replies = [turn.v2v_ms for turn in turns if turn.v2v_ms is not None]
    stops = [turn.stop_ms for turn in barged if turn.stop_ms is not None]
    return [
        Figure(name="reply median", value=median(replies), limit=450),
        Figure(name="reply p95", value=p95(replies), limit=800),
        Figure(name="cut-ins", value=sum(turn.cut_in for turn in turns), limit=0, unit="turns"),
        Figure(name="turns without a reply", value=sum(turn.unanswered for turn in turns), limit=0, unit="turns"),
        Figure(name="turns missing", value=max(0, _TURNS - len(turns)), limit=0, unit="turns"),
        Figure(name="barge-in to clear, p95", value=p95(stops), limit=250),
        Figure(name="barge-ins not heeded", value=len(barged) - len(stops), limit=0, unit="turns"),
        Figure(name="silent call", value=round(silent_cpu, 4), limit=0.02, unit="CPU-seconds a second"),
    ]


async def _talk(line: Line, questions: Sequence[Utterance]) -> list[Report]:
    """Calls until enough turns are measured: a line may end a call for reasons of its own."""
    coming, reports = itertools.cycle(questions), list[Report]()

    async def ask(talk: Talk) -> None:
        await talk.greeted()
        for question in itertools.islice(coming, _TURNS_A_CALL):
            await talk.listen()
            if talk.over:
                return
            await talk.say(question)

    while sum(len(report.turns) for report in reports) < _TURNS and len(reports) < _MOST_CALLS:
        reports.append(await place_call(line, _CALLER, ask))
    return reports


async def _barge(line: Line, interruptions: Sequence[Utterance]) -> list[Report]:
    """Interrupt replies: each interruption is a question, whose reply is interrupted in turn."""
    coming, reports = itertools.cycle(interruptions), list[Report]()

    async def interrupt(talk: Talk) -> None:
        await talk.greeted()
        await talk.listen()
        await talk.say(next(coming))
        for question in _until_over(talk, itertools.islice(coming, _TURNS_A_CALL // 2)):
            await talk.stay_silent(1.0)
            await talk.interrupt(question)

    while _interrupted(reports) < _INTERRUPTIONS and len(reports) < _MOST_CALLS:
        reports.append(await place_call(line, _CALLER, interrupt))
    return reports


async def _silent_cpu(own: OwnLine) -> float:
    """Processor seconds a second, of the whole process tree, while a caller says nothing."""

    async def say_nothing(talk: Talk) -> None:
        await talk.stay_silent(_SILENT_S)

    before = own.meter.cpu_s()
    report = await place_call(own.line, _CALLER, say_nothing)
    return (own.meter.cpu_s() - before) / max(report.seconds, 1.0)


def _interrupted(reports: Sequence[Report]) -> int:
    return sum(turn.barged for report in reports for turn in report.turns)


def _until_over(talk: Talk, questions: Iterator[Utterance]) -> Iterator[Utterance]:
    return itertools.takewhile(lambda _: not talk.over, questions)
