"""A call's journal as a conversation: rows in, items to show out. Pure; the templates only lay them out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, assert_never

from console.steps import tell
from console.words import LINES, ClinicTime, percent, reason
from intents.meaning import Intent
from voice.dialog.journal import (
    Answered,
    CallRecord,
    ClockRead,
    DialEnded,
    Ended,
    InCrisis,
    LimitReached,
    Noted,
    Renewed,
    Replied,
    Row,
    Started,
    Stepped,
    Unclear,
    WentBack,
    Wish,
    Wished,
)
from voice.dialog.turn import DialStatus, Timing

Tone = Literal["good", "warn", "bad", "plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One turn: the line spoke, the caller answered."""

    seq: int
    at: datetime
    said: tuple[str, ...]
    heard: str
    keys: str
    silent: bool
    transfer: bool
    """Not the caller answered, but whoever we tried to connect them to."""
    understood: str
    sure: str
    verdict: str
    tone: Tone
    why: tuple[tuple[str, str], ...]
    """What staff may unfold: how it was heard, how sure, why, how long it took."""
    taken_back: bool = False
    kind: Literal["exchange"] = "exchange"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that happened beside the conversation: a step, a note, the beginning, the end."""

    seq: int
    at: datetime
    words: str
    tone: Tone = "plain"
    done: bool = False
    """It changed something, exactly once."""
    said: tuple[str, ...] = field(default=())
    taken_back: bool = False
    kind: Literal["remark"] = "remark"


Item = Exchange | Remark


def conversation(record: CallRecord, time: ClinicTime) -> Sequence[Item]:
    """What there is to show, in order. Answers that the caller took back stay, and are marked so."""
    gone = {seq for row in record.rows if isinstance(row.entry, WentBack) for seq in range(row.entry.to, row.seq)}
    items = (_item(row, time, taken_back=row.seq in gone) for row in record.rows)
    return [item for item in items if item is not None]


def _item(row: Row, time: ClinicTime, *, taken_back: bool) -> Item | None:
    match row.entry:
        case Replied() as entry:
            return _exchange(row, entry, taken_back=taken_back)
        case Stepped() as entry:
            # What was done stays done; only what was said can be taken back.
            done = entry.effect != "fetch"
            return Remark(seq=row.seq, at=row.at, words=tell(entry, time), done=done, tone="good" if done else "plain")
        case ClockRead():
            return None
        case Started(line=line, language=language):
            spoken = "" if language == "en" else f", in language “{language}”"
            return Remark(seq=row.seq, at=row.at, words=f"The call came in over the {LINES[line]}{spoken}.")
        case WentBack():
            return Remark(seq=row.seq, at=row.at, words="The caller went back; the answers marked so no longer count.")
        case Noted() as entry:
            return _note(row, entry)
        case Renewed(why=why):
            return Remark(seq=row.seq, at=row.at, words=RENEWALS[why], tone="warn")
        case Ended() as entry:
            return _end(row, entry)
        case _:
            assert_never(row.entry)


def _exchange(row: Row, entry: Replied, *, taken_back: bool) -> Exchange:
    verdict, tone = _verdict(entry)
    return Exchange(
        seq=row.seq,
        at=row.at,
        said=entry.said,
        heard=entry.heard,
        keys=entry.keys,
        silent=not entry.heard and not entry.keys and isinstance(entry.outcome, Unclear),
        transfer=isinstance(entry.outcome, DialEnded),
        understood=_understood(entry),
        sure="" if entry.sure is None else f"{percent(entry.sure)} sure",
        verdict=verdict,
        tone=tone,
        why=tuple(_why(entry)),
        taken_back=taken_back,
    )


def _understood(entry: Replied) -> str:
    """What was made of the answer; empty where the verdict says it all. Intents have their own words."""
    name = entry.understood
    words = reason(name) if name in frozenset(Intent) else name
    match entry.outcome:
        case Answered():
            return "" if name == Intent.OUT_OF_SCOPE else words
        case Unclear():
            return f"perhaps “{words}”" if words and name != Intent.OUT_OF_SCOPE else ""
        case _:
            return ""


def _verdict(entry: Replied) -> tuple[str, Tone]:
    match entry.outcome:
        case Answered() if entry.understood == Intent.OUT_OF_SCOPE:
            return UNCLEAR["out-of-scope"], "warn"
        case Answered():
            return "Understood", "good"
        case Unclear(why=why):
            return UNCLEAR[why], "warn"
        case Wished(wish=wish):
            return WISHES[wish], "plain"
        case InCrisis(level=level, triggers=triggers):
            words = ", ".join(f"“{trigger}”" for trigger in triggers)
            return f"Possible danger to life ({level.replace('-', ' ')}){': ' + words if words else ''}", "bad"
        case DialEnded(status=status):
            return DIALS[status], "good" if status is DialStatus.ANSWERED else "warn"
        case LimitReached():
            return "The call had become too long; a person was fetched", "warn"
        case _:
            assert_never(entry.outcome)


def _why(entry: Replied) -> Sequence[tuple[str, str]]:
    facts = [
        ("Why", entry.explanation),
        ("The caller spoke", "while the line was speaking" if entry.barged else ""),
        ("Recogniser", entry.engine),
        ("Sure of the words", "" if entry.recognised is None else percent(entry.recognised)),
        ("May also have been", "; ".join(f"“{other}”" for other in entry.others)),
        ("Timing", _timing(entry.timing)),
    ]
    told = [(name, value) for name, value in facts if value]
    return [*told, ("Question", entry.prompt)] if told else []


def _timing(timing: Timing | None) -> str:
    if timing is None:
        return ""
    return (
        f"spoke for {timing.speech_s:.1f} s; waited {timing.wait_ms:.0f} ms to be sure it was over; "
        f"recognised in {timing.recognise_ms:.0f} ms"
    )


def _note(row: Row, entry: Noted) -> Remark:
    words, tone = NOTES[entry.what]
    detail = f": {entry.detail}" if entry.detail else ""
    return Remark(seq=row.seq, at=row.at, words=f"{words}{detail}.", tone=tone)


def _end(row: Row, entry: Ended) -> Remark:
    words, tone = ENDS[entry.how]
    return Remark(seq=row.seq, at=row.at, words=words, tone=tone, said=entry.said)


UNCLEAR: dict[str, str] = {
    "silence": "Nothing was said",
    "not-recognised": "Could not make out the words",
    "not-understood": "Not understood",
    "unsure": "Not sure enough",
    "out-of-scope": "Outside what the line does",
}

WISHES: dict[Wish, str] = {
    Wish.REPEAT: "Asked to hear it again",
    Wish.SLOWER: "Asked to speak slower",
    Wish.LOUDER: "Asked to speak louder",
    Wish.GO_BACK: "Asked to go back",
    Wish.START_OVER: "Asked to start over",
    Wish.PERSON: "Asked for a person",
    Wish.STOP_CALLING: "Asked us to stop calling",
    Wish.WHY: "Asked why",
    Wish.ROBOT: "Asked whether this is a robot",
    Wish.GOODBYE: "Said goodbye",
    Wish.LANGUAGE: "Asked for another language",
}

DIALS: dict[DialStatus, str] = {
    DialStatus.ANSWERED: "A person answered",
    DialStatus.BUSY: "The person's line was busy",
    DialStatus.NO_ANSWER: "Nobody answered",
    DialStatus.FAILED: "Could not be connected",
}

NOTES: dict[str, tuple[str, Tone]] = {
    "transfer-intended": ("Connecting to a person", "plain"),
    "line-moved": ("The call went on over another line", "warn"),
    "line-failed": ("The line failed", "bad"),
}

RENEWALS: dict[str, str] = {
    "new-release": "The line was updated during the call and began again from reception.",
    "failed": "Something failed; the line apologised and began again from reception.",
}

ENDS: dict[str, tuple[str, Tone]] = {
    "finished": ("The call ended.", "plain"),
    "hung-up": ("The caller hung up.", "plain"),
    "line-lost": ("The line was lost.", "bad"),
}
