"""The transcript of a call: both sides, times, and how fast each turn was answered."""

from datetime import UTC, datetime, timedelta

from bench.caller import Report, Turn
from bench.transcript import transcript
from clinic.people import CallId
from intents.meaning import Expecting
from voice.dialog.journal import Answered, Ended, Entry, Noted, Replied, Row, Started, Unclear
from voice.dialog.turn import Dial, LineKind, Sentence
from voice.dialog.turn import Turn as LineTurn

BEGAN = datetime(2026, 11, 23, 20, tzinfo=UTC)
STARTED = Started(flow="reception", source_hash="h", line=LineKind.TWILIO_STREAM, caller=None, language="en")


def row(seq: int, seconds: int, entry: Entry) -> Row:
    return Row(seq=seq, at=BEGAN + timedelta(seconds=seconds), entry=entry)


def replied(said: str, heard: str = "", keys: str = "", engine: str = "") -> Replied:
    outcome = Answered(value="null") if heard or keys else Unclear(why="silence")
    return Replied(
        turn=0,
        prompt="p",
        said=(said,),
        expects=Expecting.OPEN,
        heard=heard,
        keys=keys,
        engine=engine,
        outcome=outcome,
    )


def test_a_call_in_words_and_times() -> None:
    rows = [
        row(0, 0, STARTED),
        row(1, 9, replied("How can I help?", heard="opening hours", engine="moonshine")),
        row(2, 20, replied("We are open. Anything else?")),
        row(3, 65, replied("Are you still there?", keys="0")),
        row(4, 66, Noted(what="line-moved", detail="twilio-webhook: engine-failed")),
    ]
    report = Report(sid="CA1", rang_at=0, turns=[Turn(what="opening hours", v2v_ms=251.4), Turn(what="0", v2v_ms=80.0)])
    present = LineTurn(call=CallId("c"), number=3, say=(Sentence(text="One moment."),), then=Dial(to="988"))
    assert list(transcript(rows, present, report)) == [
        "0:00  LINE    How can I help?",
        "0:09  CALLER  opening hours   [answered in 251 ms]",
        "0:09  LINE    We are open. Anything else?",
        "0:20  CALLER  (silent)",
        "0:20  LINE    Are you still there?",
        "1:05  CALLER  keys 0   [answered in 80 ms]",
        "1:06  ....... the call goes on: twilio-webhook: engine-failed",
        "1:05  LINE    One moment.",
        "1:05  ....... the line dials 988",
    ]


def test_last_words_and_words_that_were_not_recognised() -> None:
    rows = [
        row(0, 0, STARTED),
        row(1, 4, replied("Hello?", engine="moonshine")),
        row(2, 5, Ended(how="finished", said=("Goodbye.",))),
    ]
    report = Report(sid="CA1", rang_at=0, turns=[Turn(what="mumble", cut_in=True)])
    assert list(transcript(rows, None, report)) == [
        "0:00  LINE    Hello?",
        "0:04  CALLER  (not recognised)   [the line cut in]",
        "0:04  LINE    Goodbye.",
    ]
