import asyncio

import pytest

from tests.voice.dialog.talk import conversation, said
from voice.dialog import answers
from voice.dialog.call import Call
from voice.dialog.conversation import Over
from voice.dialog.effects import Ask, Now, Transfer
from voice.dialog.errors import ForeignAwait, Hangup
from voice.dialog.journal import Answered, DialEnded
from voice.dialog.turn import DialStatus


def test_a_flow_runs_to_its_first_question_and_says_what_comes_before() -> None:
    async def flow(call: Call) -> None:
        await call.say("hello")
        await call.confirm("ready")

    talk = conversation(flow, hello="Good morning. How are you?", ready="Ready?")
    need = talk.begin()
    assert isinstance(need, Ask)
    assert need.prompt == "ready"
    assert said(talk) == ["Good morning.", "How are you?", "Ready?"]


def test_what_was_said_before_an_answer_is_not_said_again() -> None:
    async def flow(call: Call) -> None:
        await call.say("yes" if await call.confirm("ready") else "no")

    talk = conversation(flow, ready="Ready?", yes="Good.", no="Bad.")
    talk.begin()
    assert isinstance(talk.resume(Answered(value="true")), Over)
    assert said(talk) == ["Good."]


def test_awaiting_anything_but_an_effect_fails_at_once() -> None:
    async def flow(call: Call) -> None:
        await asyncio.sleep(0)

    with pytest.raises(ForeignAwait):
        conversation(flow).begin()


def test_hanging_up_ends_the_flow_from_anywhere() -> None:
    async def flow(call: Call) -> None:
        await call.say("bye")
        raise Hangup

    talk = conversation(flow, bye="Bye.")
    assert isinstance(talk.begin(), Over)
    assert said(talk) == ["Bye."]


def test_a_transfer_gives_how_it_ended() -> None:
    async def flow(call: Call) -> None:
        status = await call.transfer("988")
        await call.say(status.value)

    talk = conversation(flow, busy="It is busy.")
    assert isinstance(talk.begin(), Transfer)
    talk.resume(DialEnded(status=DialStatus.BUSY))
    assert said(talk) == ["It is busy."]


def test_the_clock_is_an_effect() -> None:
    async def flow(call: Call) -> None:
        await call.now()

    assert isinstance(conversation(flow).begin(), Now)


def test_a_choice_is_given_by_its_place() -> None:
    async def flow(call: Call) -> None:
        place = await call.ask("which", answers.choice("therapy", "follow-up"))
        await call.say("got", place=place)

    talk = conversation(flow, which="Which?", got="Place {place}.")
    talk.begin()
    talk.resume(Answered(value="1"))
    assert said(talk) == ["Place one."]
