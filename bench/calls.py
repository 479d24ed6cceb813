"""Many callers at once: how long each waits for replies, and what each further call costs."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict

from bench.caller import Conversation, Report, Talk, place_call
from bench.exchange import Line
from bench.figures import Figure, p95, spread
from bench.process import Meter, own_line
from bench.sound import Utterance
from bench.words import QUESTIONS, spoken
from clinic.settings import Settings
from voice.speech.tts import Voice

_TURNS_A_CALL = 6
_STAGGER_S = 0.7
_LOOK_EVERY_S = 0.5
_CALLER = ""
"""Withheld: the questions asked are open to anybody."""


async def calls(settings: Settings, voice: Voice, at_once: int = 8) -> dict[str, object]:
    """Reply times with so many talking callers, and memory and CPU a call. Raises NotStarted, LineUnreachable."""
    questions = await spoken(QUESTIONS, voice)
    async with own_line(settings) as own:
        await place_call(own.line, _CALLER, _asking(questions[:1]))
        before_mb, before_s = own.meter.memory_mb(), own.meter.cpu_s()
        peak = _Peak(own.meter)
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(peak.watch())
            talking = [
                tasks.create_task(_call(own.line, _in_turn(questions, i), i * _STAGGER_S)) for i in range(at_once)
            ]
            await asyncio.wait(talking)
            watching.cancel()
        used_s = own.meter.cpu_s() - before_s
    reports = [task.result() for task in talking]
    memory = {"before": round(before_mb), "peak": round(peak.mb), "per_call": round((peak.mb - before_mb) / at_once, 1)}
    return _told(reports, used_s, memory)


def _told(reports: Sequence[Report], used_s: float, memory: dict[str, float]) -> dict[str, object]:
    turns = [turn for report in reports for turn in report.turns]
    replies = [turn.v2v_ms for turn in turns if turn.v2v_ms is not None]
    off_stream = sum(report.seconds == 0 for report in reports)
    figures = [
        Figure(name=f"reply p95 with {len(reports)} calls", value=p95(replies), limit=1500),
        Figure(name="turns without a reply", value=sum(turn.unanswered for turn in turns), limit=0, unit="turns"),
        Figure(name="calls without a stream", value=off_stream, limit=0, unit="calls"),
    ]
    return {
        "bench": "calls",
        "holds": all(figure.holds for figure in figures),
        "figures": [figure.as_json() for figure in figures],
        "calls": len(reports),
        "v2v_ms": spread(replies),
        "cut_ins": sum(turn.cut_in for turn in turns),
        "cpu_s_per_call_s": round(used_s / max(1.0, sum(report.seconds for report in reports)), 4),
        "memory_mb": memory,
        "caller_frames_late": round(max(report.frames_late for report in reports), 4),
        "calls_broken_off": [report.close_reason for report in reports if report.close_reason],
        "each": [asdict(turn) for turn in turns],
    }


class _Peak:
    """The highest memory seen."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self.mb = meter.memory_mb()

    async def watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            self.mb = max(self.mb, self._meter.memory_mb())


async def _call(line: Line, questions: Sequence[Utterance], after_s: float) -> Report:
    await asyncio.sleep(after_s)
    return await place_call(line, _CALLER, _asking(questions))


def _in_turn(questions: Sequence[Utterance], caller: int) -> list[Utterance]:
    """Each caller begins elsewhere, so that they do not all say the same at the same time."""
    return [questions[(caller * 3 + i) % len(questions)] for i in range(_TURNS_A_CALL)]


def _asking(questions: Sequence[Utterance]) -> Conversation:
    async def ask(talk: Talk) -> None:
        await talk.greeted()
        for question in questions:
            await talk.listen()
            if talk.over:
                return
            await talk.say(question)

    return ask
