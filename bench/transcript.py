"""A call in words and times: what the line said, what it understood, and how fast it answered."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bench.caller import Report, Turn
from voice.dialog.journal import Ended, Noted, Replied, Row
from voice.dialog.turn import Dial
from voice.dialog.turn import Turn as LineTurn


def transcript(rows: Sequence[Row], present: LineTurn | None, report: Report) -> Iterator[str]:
    """Line by line. `present` is the Turn the call is at while it goes on, which no row holds yet."""
    measured = iter(report.turns)
    since = began = rows[0].at
    for row in rows:
        match row.entry:
            case Replied() as reply:
                yield from _line(began, since, reply.said)
                yield from _caller(began, row.at, reply, measured)
                since = row.at
            case Ended() as ended:
                yield from _line(began, since, ended.said)
            case Noted(what="line-moved", detail=detail):
                yield f"{_at(began, row.at)}  ....... the call goes on: {detail}"
            case _:
                continue
    if present is not None and not isinstance(rows[-1].entry, Ended):
        yield from _line(began, since, tuple(sentence.text for sentence in present.say))
        if isinstance(present.then, Dial):
            yield f"{_at(began, since)}  ....... the line dials {present.then.to}"


def _line(began: datetime, at: datetime, said: Sequence[str]) -> Iterator[str]:
    if said:
        yield f"{_at(began, at)}  LINE    {' '.join(said)}"


def _caller(began: datetime, at: datetime, reply: Replied, measured: Iterator[Turn]) -> Iterator[str]:
    if not (reply.heard or reply.keys or reply.engine):
        yield f"{_at(began, at)}  CALLER  (silent)"
        return
    heard = f"keys {reply.keys}" if reply.keys else reply.heard or "(not recognised)"
    turn = next(measured, None)
    yield f"{_at(began, at)}  CALLER  {heard}{_waited(turn) if turn else ''}"


def _waited(turn: Turn) -> str:
    if turn.cut_in:
        return "   [the line cut in]"
    return "   [no answer]" if turn.v2v_ms is None else f"   [answered in {turn.v2v_ms:.0f} ms]"


def _at(began: datetime, moment: datetime) -> str:
    seconds = max(0, round((moment - began).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02}"
