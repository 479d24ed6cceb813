"""A journal as a conversation: every kind of row and outcome has its words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import pytest

from clinic.people import CallId
from console import transcript
from console.transcript import Exchange, Remark, conversation
from console.words import ClinicTime
from intents.meaning import CrisisLevel, Intent
from tests.console.house import BEGUN, replied, rows
from voice.dialog.journal import (
    Answered,
    CallRecord,
    CallSummary,
    ClockRead,
    DialEnded,
    Ended,
    Entry,
    InCrisis,
    LimitReached,
    Noted,
    Outcome,
    Progress,
    Renewed,
    Started,
    Stepped,
    Unclear,
    WentBack,
    Wish,
    Wished,
)
from voice.dialog.turn import DialStatus, LineKind

TIME = ClinicTime(ZoneInfo("America/Los_Angeles"))


def shown(*entries: Entry) -> list[Exchange | Remark]:
    summary = CallSummary(call=CallId("c"), caller=None, patient_name=None, started=BEGUN, progress=Progress())
    return list(conversation(CallRecord(summary=summary, rows=rows(BEGUN, *entries)), TIME))


def exchange(outcome: Outcome, understood: str = "") -> Exchange:
    (item,) = shown(replace(replied("What for?", "words", understood=understood), outcome=outcome))
    assert isinstance(item, Exchange)
    return item


def remark(entry: Entry) -> Remark:
    (item,) = shown(entry)
    assert isinstance(item, Remark)
    return item


def words_of(kind: type[object], field: str) -> tuple[str, ...]:
    """The words a field may hold, from its type."""
    hint: Any = get_type_hints(kind)[field]
    assert get_origin(hint) is Literal
    return get_args(hint)


@pytest.mark.parametrize(
    ("kind", "field", "table"),
    [
        (Unclear, "why", transcript.UNCLEAR),
        (Noted, "what", transcript.NOTES),
        (Renewed, "why", transcript.RENEWALS),
        (Ended, "how", transcript.ENDS),
    ],
)
def test_every_word_of_the_journal_has_a_sentence(kind: type[object], field: str, table: Mapping[str, object]) -> None:
    assert set(words_of(kind, field)) == set(table)


def test_every_wish_and_every_end_of_dialling_has_a_sentence() -> None:
    assert set(transcript.WISHES) == set(Wish)
    assert set(transcript.DIALS) == set(DialStatus)


def test_an_answer_shows_what_was_understood_how_sure_and_why() -> None:
    item = exchange(Answered(value="1"), understood=Intent.WHEN_IS_MY_VISIT)
    assert (item.verdict, item.tone) == ("Understood", "good")
    assert item.understood == "When is my visit"
    assert item.sure == "94% sure"
    why = dict(item.why)
    assert why["Why"].startswith("Close to")
    assert why["May also have been"] == "“book a visitor”"
    assert why["Sure of the words"] == "91%"
    assert why["Timing"] == "spoke for 1.4 s; waited 260 ms to be sure it was over; recognised in 120 ms"


@pytest.mark.parametrize(
    ("outcome", "verdict", "understood", "tone"),
    [
        (Unclear(why="unsure"), "Not sure enough", "perhaps “Cancel a visit”", "warn"),
        (Wished(wish=Wish.PERSON), "Asked for a person", "", "plain"),
        (DialEnded(status=DialStatus.NO_ANSWER), "Nobody answered", "", "warn"),
        (LimitReached(which="turns"), "The call had become too long; a person was fetched", "", "warn"),
        (
            InCrisis(level=CrisisLevel.SELF_HARM, triggers=("hurt myself",)),
            "Possible danger to life (self harm): “hurt myself”",
            "",
            "bad",
        ),
    ],
)
def test_other_outcomes(outcome: Outcome, verdict: str, understood: str, tone: str) -> None:
    item = exchange(outcome, understood=Intent.CANCEL)
    assert (item.verdict, item.understood, item.tone) == (verdict, understood, tone)


def test_silence_is_shown_as_such() -> None:
    (item,) = shown(replace(replied("Hello?", ""), outcome=Unclear(why="silence")))
    assert isinstance(item, Exchange)
    assert item.silent


def test_answers_taken_back_stay_and_what_was_done_stays_done() -> None:
    items = shown(
        replied("One?", "a"),
        replied("Two?", "b"),
        Stepped(name="Diary.let_go", effect="do", result="null"),
        WentBack(to=1),
        replied("Two?", "c"),
    )
    assert [item.taken_back for item in items] == [False, True, False, False, False]
    assert isinstance(items[2], Remark)
    assert items[2].done


def test_remarks() -> None:
    started = Started(flow="reception", source_hash="", line=LineKind.TWILIO_WEBHOOK, caller=None, language="es")
    assert remark(started).words == "The call came in over the telephone, turn by turn, in language “es”."
    assert remark(Noted(what="transfer-intended", detail="988")).words == "Connecting to a person: 988."
    assert remark(Noted(what="line-failed")).tone == "bad"
    assert remark(Renewed(why="failed", detail="x", source_hash="y")).words.startswith("Something failed")
    assert remark(Ended(how="finished", said=("Goodbye.",))).said == ("Goodbye.",)


def test_readings_of_the_clock_are_not_shown() -> None:
    assert shown(ClockRead(at=BEGUN)) == []
