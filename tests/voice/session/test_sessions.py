"""Calls that are repeated, late, raced for, broken off, outlived by a release, or broken by a failure."""

import asyncio
from datetime import timedelta

import pytest

from clinic.people import CallId
from clinic.time import ManualClock
from tests.voice.session.fakes import NOON, MemoryJournal, Shelf, arrival, attendant
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.conversation import Flow
from voice.dialog.errors import Crisis, PersonWanted
from voice.dialog.journal import CallOutcome, Ended, NoSuchCall, Noted, Renewed, Replied, Stepped, WentBack
from voice.dialog.turn import Dial, Dialled, DialStatus, Gone, HangUp, Heard, Hypothesis, Keyed, LineKind, Silent, Turn
from voice.session import Limits, Sessions

PHRASES = {
    "first": "First?", "second": "Second?", "third": "Third?", "kept": "Kept {item}.", "bye": "Bye.",
    "sorry": "Sorry.", "renewed": "Where were we?", "person": "A person.", "danger": "Stay.",
}  # fmt: skip


def storing(shelf: Shelf) -> Flow:
    """Asks, reads, asks, changes something, asks."""

    async def flow(call: Call) -> None:
        if call.renewed == "failed":
            await call.say("sorry")
            await call.transfer("988")
            return
        if call.renewed and not call.danger:
            await call.say("renewed")
        try:
            if call.danger:
                raise call.danger
            call.reason = "storing"
            await call.confirm("first")
            await call.fetch(shelf.fetch_count)
            await call.hold(shelf.keep, "kept")
            item = "yes" if await call.confirm("second") else "no"
            stored = await call.do(shelf.put, item)
            await call.say("kept", item=stored)
            call.outcome = CallOutcome.HELPED
            await call.confirm("third")
        except PersonWanted:
            await call.say("person")
        except Crisis:
            await call.say("danger")
            if shelf.crisis:
                await call.confirm("third", in_crisis=True)
        await call.say("bye")

    return flow


def heard(turn: Turn, text: str) -> Heard:
    return Heard(turn=turn.number, heard=(Hypothesis(text=text, confidence=0.9),), engine="test")


def texts(turn: Turn) -> list[str]:
    return [sentence.text for sentence in turn.say]


class House:
    """A journal and a shelf that outlive the processes attending to their calls."""

    def __init__(self) -> None:
        self.journal, self.shelf = MemoryJournal(), Shelf()
        self.clock = ManualClock(NOON)

    def process(self, fingerprint: str = "v1", limits: Limits | None = None) -> Sessions:
        ids = iter(f"call-{number}" for number in range(100))
        return Sessions(
            attendant(
                storing(self.shelf), self.journal, self.shelf, fingerprint=fingerprint, clock=self.clock,
                limits=limits, **PHRASES,
            ),
            new_id=lambda: next(ids),
        )  # fmt: skip


async def all_the_way(house: House, *, fresh_process_each_turn: bool) -> tuple[list[str], CallId]:
    line = house.process()
    turn = await line.ring(arrival())
    spoken = texts(turn)
    for text in ("yes", "no", "yes"):
        if fresh_process_each_turn:
            line = house.process()
        turn = await line.deliver(turn.call, heard(turn, text))
        spoken += texts(turn)
    assert isinstance(turn.then, HangUp)
    return spoken, turn.call


def test_a_call_is_the_same_with_a_new_process_after_every_turn() -> None:
    straight, broken = House(), House()
    one, call = asyncio.run(all_the_way(straight, fresh_process_each_turn=False))
    other, _ = asyncio.run(all_the_way(broken, fresh_process_each_turn=True))
    assert one == other == ["First?", "Second?", "Kept no.", "Third?", "Bye."]
    assert straight.journal.calls == broken.journal.calls
    assert straight.shelf.items == broken.shelf.items == ["no"]
    assert straight.shelf.read == broken.shelf.read == 1
    progress = straight.journal.log[call]
    assert (progress.reason, progress.outcome, progress.turns) == ("storing", CallOutcome.HELPED, 3)


def test_ringing_twice_is_one_call() -> None:
    async def twice() -> None:
        line = House().process()
        one, other = await line.ring(arrival()), await line.ring(arrival())
        assert one == other

    asyncio.run(twice())


def test_a_late_or_repeated_event_gives_the_current_turn_again() -> None:
    async def late() -> None:
        house = House()
        line = house.process()
        first = await line.ring(arrival())
        second = await line.deliver(first.call, heard(first, "yes"))
        rows = len(house.journal.calls[first.call])
        assert await line.deliver(first.call, heard(first, "yes")) == second
        assert await line.deliver(first.call, Silent(turn=7)) == second
        assert await line.deliver(first.call, Dialled(turn=second.number, status=DialStatus.BUSY)) == second
        assert len(house.journal.calls[first.call]) == rows

    asyncio.run(late())


def test_two_processes_racing_for_a_turn_take_it_once() -> None:
    async def race() -> None:
        house = House()
        one, other = house.process(), house.process()
        first = await one.ring(arrival())
        assert await other.current(first.call) == first
        turns = await asyncio.gather(
            one.deliver(first.call, heard(first, "yes")), other.deliver(first.call, heard(first, "no"))
        )
        assert turns[0].number == turns[1].number == 1
        replies = [row for row in house.journal.calls[first.call] if isinstance(row.entry, Replied)]
        assert len(replies) == 1

    asyncio.run(race())


def test_going_back_takes_back_the_last_answer_but_nothing_that_was_done() -> None:
    async def back() -> None:
        house = House()
        line = house.process()
        turn = await line.ring(arrival())
        turn = await line.deliver(turn.call, heard(turn, "yes"))
        assert texts(turn) == ["Second?"]
        turn = await line.deliver(turn.call, heard(turn, "go back"))
        assert texts(turn) == ["First?"]
        assert any(isinstance(row.entry, WentBack) for row in house.journal.calls[turn.call])
        line = house.process()
        turn = await line.deliver(turn.call, heard(turn, "yes"))
        turn = await line.deliver(turn.call, heard(turn, "yes"))
        assert texts(turn) == ["Kept yes.", "Third?"]
        turn = await line.deliver(turn.call, heard(turn, "go back"))
        assert texts(turn) == ["No way back.", "Third?"]
        assert house.shelf.items == ["yes"]

    asyncio.run(back())


def test_a_caller_who_hangs_up_ends_the_call_whatever_the_turn() -> None:
    async def gone() -> None:
        house = House()
        line = house.process()
        turn = await line.ring(arrival())
        after = await line.deliver(turn.call, Gone(turn=99))
        assert isinstance(after.then, HangUp)
        assert await house.process().deliver(turn.call, heard(turn, "yes")) == after
        assert house.journal.log[turn.call].outcome is CallOutcome.HUNG_UP
        assert house.journal.log[turn.call].ended == NOON

    asyncio.run(gone())


def test_a_new_release_apologises_and_begins_again() -> None:
    async def release() -> None:
        house = House()
        turn = await house.process("v1").ring(arrival())
        turn = await house.process("v2").deliver(turn.call, heard(turn, "yes"))
        assert texts(turn) == ["Second?"]
        again = await house.process("v3").current(turn.call)
        assert texts(again) == ["Where were we?", "First?"]
        assert isinstance(house.journal.calls[turn.call][-1].entry, Renewed)
        assert await house.process("v3").current(turn.call) == again

    asyncio.run(release())


def test_a_failure_is_told_and_brings_a_person() -> None:
    async def fail() -> None:
        house = House()
        line = house.process()
        turn = await line.ring(arrival())
        turn = await line.deliver(turn.call, heard(turn, "yes"))
        house.shelf.broken = RuntimeError("the shelf is broken")
        turn = await line.deliver(turn.call, heard(turn, "yes"))
        assert texts(turn) == ["Sorry."]
        assert turn.then == Dial(to="988")
        assert await house.process().current(turn.call) == turn
        assert house.shelf.items == []
        renewed = [row.entry for row in house.journal.calls[turn.call] if isinstance(row.entry, Renewed)]
        assert [(entry.why, entry.detail) for entry in renewed] == [("failed", "RuntimeError")]
        assert not any(
            isinstance(row.entry, Stepped) and row.entry.name == "Shelf.put" for row in house.journal.calls[turn.call]
        )

    asyncio.run(fail())


def test_a_transfer_is_on_record_before_the_line_is_told_and_only_once() -> None:
    async def transfer() -> None:
        house = House()
        line = house.process()
        turn = await line.ring(arrival())
        house.shelf.broken = RuntimeError("the shelf is broken")
        turn = await line.deliver(turn.call, heard(turn, "yes"))
        turn = await line.deliver(turn.call, heard(turn, "yes"))
        await house.process().current(turn.call)
        noted = [row.entry for row in house.journal.calls[turn.call] if isinstance(row.entry, Noted)]
        assert noted == [Noted(what="transfer-intended", detail="988")]
        turn = await house.process().deliver(turn.call, Dialled(turn=turn.number, status=DialStatus.ANSWERED))
        assert isinstance(house.journal.calls[turn.call][-1].entry, Ended)

    asyncio.run(transfer())


@pytest.mark.parametrize("limits", [Limits(turns=1), Limits(length=timedelta(minutes=1))])
def test_a_call_that_is_too_long_ends_at_a_person(limits: Limits) -> None:
    async def long() -> None:
        house = House()
        line = house.process(limits=limits)
        turn = await line.ring(arrival())
        turn = await line.deliver(turn.call, Silent(turn=turn.number))
        house.clock.forward(timedelta(minutes=2))
        turn = await line.deliver(turn.call, heard(turn, "yes"))
        assert texts(turn) == ["A person.", "Bye."]

    asyncio.run(long())


def test_crisis_words_leave_any_question() -> None:
    async def danger() -> None:
        line = House().process()
        turn = await line.ring(arrival())
        turn = await line.deliver(turn.call, heard(turn, "I want to die"))
        assert texts(turn) == ["Stay.", "Bye."]

    asyncio.run(danger())


def test_keys_answer_and_zero_is_a_person() -> None:
    async def keys() -> None:
        line = House().process()
        turn = await line.ring(arrival())
        turn = await line.deliver(turn.call, Keyed(turn=turn.number, keys="1"))
        assert texts(turn) == ["Second?"]
        turn = await line.deliver(turn.call, Keyed(turn=turn.number, keys="0"))
        assert texts(turn) == ["A person.", "Bye."]

    asyncio.run(keys())


def test_a_change_of_line_is_noted_and_changes_nothing() -> None:
    async def moved() -> None:
        house = House()
        line = house.process()
        turn = await line.ring(arrival())
        await line.moved(turn.call, LineKind.TWILIO_WEBHOOK, "stream failed")
        assert await house.process().current(turn.call) == turn
        assert house.journal.log[turn.call].line is LineKind.TWILIO_WEBHOOK

    asyncio.run(moved())


def test_an_unknown_call_is_an_error() -> None:
    with pytest.raises(NoSuchCall):
        asyncio.run(House().process().current(CallId("none")))


def test_an_unclear_answer_counts_as_a_failure() -> None:
    async def unclear() -> None:
        house = House()
        line = house.process()
        turn = await line.ring(arrival())
        turn = await line.deliver(turn.call, heard(turn, ""))
        assert texts(turn) == ["Not heard.", "First?"]
        turn = await line.deliver(turn.call, heard(turn, "yes"))
        assert house.journal.log[turn.call].failures == 1

    asyncio.run(unclear())


def test_choices_stand_for_themselves() -> None:
    assert answers.choice("a", "b", private=True).hints == ()
    assert answers.choice("a", "b", private=True).offers == ("a", "b")


def test_a_call_that_nobody_ends_is_closed_after_a_while() -> None:
    async def forgotten() -> None:
        house = House()
        line = house.process()
        turn = await line.ring(arrival())
        house.clock.forward(timedelta(hours=1))
        assert await line.close_silent(NOON - timedelta(minutes=1)) == 0
        assert await line.close_silent(house.clock.now() - timedelta(minutes=1)) == 1
        assert house.journal.calls[turn.call][-1].entry == Ended(how="line-lost", said=("First?",))
        assert await line.close_silent(house.clock.now()) == 0

    asyncio.run(forgotten())


def test_a_delivery_that_is_cut_off_half_way_is_gone_on_with() -> None:
    async def cut_off() -> None:
        house = House()
        line = house.process()
        turn = await line.ring(arrival())
        turn = await line.deliver(turn.call, heard(turn, "yes"))
        house.shelf.broken = asyncio.CancelledError()
        with pytest.raises(asyncio.CancelledError):
            await line.deliver(turn.call, heard(turn, "yes"))
        assert house.shelf.items == []
        house.shelf.broken = None
        turn = await line.current(turn.call)
        assert texts(turn) == ["Kept yes.", "Third?"]
        assert house.shelf.items == ["yes"]

    asyncio.run(cut_off())


def test_words_of_danger_count_for_more_than_the_length_of_the_call() -> None:
    async def danger() -> None:
        house = House()
        line = house.process(limits=Limits(turns=0))
        turn = await line.ring(arrival())
        turn = await line.deliver(turn.call, heard(turn, "I want to die"))
        assert texts(turn) == ["Stay.", "Bye."]

    asyncio.run(danger())


def test_a_crisis_outlives_a_new_release() -> None:
    async def release() -> None:
        house = House()
        line = house.process("v1")
        turn = await line.ring(arrival())
        house.shelf.crisis = True
        turn = await line.deliver(turn.call, heard(turn, "I want to die"))
        assert texts(turn) == ["Stay.", "Third?"]
        turn = await house.process("v2").current(turn.call)
        assert texts(turn) == ["Stay.", "Third?"]

    asyncio.run(release())
