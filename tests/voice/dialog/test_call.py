"""What one question does when it is not answered, and what callers may wish for meanwhile."""

import pytest

from intents.meaning import CrisisLevel
from tests.voice.dialog.talk import conversation, said
from voice.dialog import answers
from voice.dialog.call import MOST_WISHES, Call
from voice.dialog.conversation import Conversation
from voice.dialog.errors import Crisis, GoodbyeSaid, PersonWanted, StartOver, StopCalling
from voice.dialog.journal import InCrisis, LimitReached, Outcome, Unclear, Wish, Wished
from voice.dialog.turn import Rate


async def ask_one(call: Call) -> None:
    await call.confirm("ready")


def asked(**phrases: str) -> Conversation:
    talk = conversation(ask_one, **({"ready": "Are you ready?"} | phrases))
    talk.begin()
    return talk


def test_the_second_time_it_is_asked_more_simply() -> None:
    talk = asked(**{"ready-again": "Ready? Yes or no?"})
    talk.resume(Unclear(why="not-understood"))
    assert said(talk) == ["Not understood.", "Ready?", "Yes or no?"]


def test_the_third_time_keys_are_offered_and_then_a_person_is_fetched() -> None:
    talk = asked()
    talk.resume(Unclear(why="silence"))
    assert said(talk) == ["Nothing heard.", "Are you ready?"]
    talk.resume(Unclear(why="not-recognised"))
    assert said(talk) == ["Not heard.", "Are you ready?", "Press 1 or 2."]
    with pytest.raises(PersonWanted) as wanted:
        talk.resume(Unclear(why="not-understood"))
    assert wanted.value.reason == "not-understood"
    assert talk.call.failures == 3


def test_silence_all_along_is_told_apart() -> None:
    talk = asked()
    talk.resume(Unclear(why="silence"))
    talk.resume(Unclear(why="silence"))
    with pytest.raises(PersonWanted) as wanted:
        talk.resume(Unclear(why="silence"))
    assert wanted.value.reason == "silence"


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        (Wish.REPEAT, "Are you ready?"),
        (Wish.SLOWER, "Slower."),
        (Wish.LOUDER, "Louder."),
        (Wish.ROBOT, "A robot."),
        (Wish.WHY, "Because."),
        (Wish.GO_BACK, "No way back."),
    ],
)
def test_a_wish_is_granted_and_the_question_asked_again(wish: Wish, first: str) -> None:
    talk = asked()
    talk.resume(Wished(wish=wish))
    assert said(talk)[0] == first
    assert said(talk)[-1] == "Are you ready?"
    assert talk.call.failures == 0


def test_why_is_answered_for_the_question_at_hand() -> None:
    talk = asked(why__ready="To begin.")
    talk.resume(Wished(wish=Wish.WHY))
    assert said(talk)[0] == "To begin."


def test_slower_lasts_and_gives_more_time_to_answer() -> None:
    talk = asked()
    talk.resume(Wished(wish=Wish.SLOWER))
    assert talk.call.patience > 1
    rates = [talk.call.rate]
    talk.resume(Wished(wish=Wish.SLOWER))
    assert [*rates, talk.call.rate] == [Rate.SLOW, Rate.SLOWEST]


def test_wishes_without_end_bring_a_person() -> None:
    talk = asked()
    for _ in range(MOST_WISHES - 1):
        talk.resume(Wished(wish=Wish.REPEAT))
    with pytest.raises(PersonWanted):
        talk.resume(Wished(wish=Wish.REPEAT))


@pytest.mark.parametrize(
    ("outcome", "signal"),
    [
        (Wished(wish=Wish.PERSON), PersonWanted),
        (Wished(wish=Wish.LANGUAGE), PersonWanted),
        (Wished(wish=Wish.START_OVER), StartOver),
        (Wished(wish=Wish.STOP_CALLING), StopCalling),
        (Wished(wish=Wish.GOODBYE), GoodbyeSaid),
        (InCrisis(level=CrisisLevel.ACTIVE, triggers=("kill myself",)), Crisis),
        (LimitReached(which="turns"), PersonWanted),
    ],
)
def test_what_leaves_any_question(outcome: Outcome, signal: type[BaseException]) -> None:
    with pytest.raises(signal):
        asked().resume(outcome)


def test_signals_pass_a_flow_that_catches_every_exception() -> None:
    async def careless(call: Call) -> None:
        try:
            await call.confirm("ready")
        except Exception:  # noqa: BLE001
            await call.say("swallowed")

    talk = conversation(careless, ready="Ready?", swallowed="Oops.")
    talk.begin()
    with pytest.raises(Crisis):
        talk.resume(InCrisis(level=CrisisLevel.PASSIVE, triggers=("not wake up",)))


def test_keys_for_a_choice_name_what_they_choose() -> None:
    async def pick(call: Call) -> None:
        await call.ask("which", answers.choice("therapy", "a follow-up"))

    talk = conversation(pick, which="Which?")
    talk.begin()
    talk.resume(Unclear(why="not-understood"))
    talk.resume(Unclear(why="not-understood"))
    assert said(talk)[-1] == "Press 1 for therapy and 2 for a follow-up."


def test_work_is_given_by_position() -> None:
    async def fetch_it(number: int) -> int:
        return number

    async def flow(call: Call) -> None:
        await call.fetch(fetch_it, number=1)

    with pytest.raises(TypeError):
        conversation(flow).begin()
