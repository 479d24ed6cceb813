"""Calls on a streaming line, scripted frame by frame."""

import asyncio

import pytest

from clinic.people import Phone
from intents.completeness import Completeness
from intents.meaning import Expecting
from tests.voice.lines.telephone import ANYTHING, SENTENCE_FRAMES, Telephone, call, settle, turn
from voice.dialog.turn import Dial, Gone, HangUp, Heard, Keyed, Keys, Listen, Sentence, Silent
from voice.lines.live import How

LONG = Listen(expects=Expecting.WHEN, silence_s=60.0)
YES_NO = Listen(expects=Expecting.YES_NO, silence_s=60.0)


def heard(phone: Telephone) -> list[str]:
    """The texts of what was reported."""
    return [event.text for event in phone.events if isinstance(event, Heard)]


def test_a_question_is_asked_and_its_answer_reported() -> None:
    async def script() -> None:
        phone = Telephone(turn("What day?", number=2))
        await phone.pick_up(turn("Hello.", "How can I help?"))
        await phone.listen_to_the_end()
        await phone.quiet(20)
        await phone.speak(60, "I want to book")
        await phone.quiet(11)
        assert phone.events == []
        await phone.quiet(1)
        (event,) = phone.events
        assert isinstance(event, Heard)
        assert (event.turn, event.text, event.engine, event.barged) == (1, "I want to book", "ears", False)
        assert event.timing is not None
        assert event.timing.speech_s == pytest.approx(1.2, abs=0.05)
        assert event.timing.wait_ms == pytest.approx(240, abs=21)
        assert phone.log == [
            "audio", "said Hello.", "audio", "said How can I help?", "heard I want to book", "audio", "said What day?",
        ]  # fmt: skip
        assert "replied" in phone.gauges.log
        ended = await phone.hang_up()
        assert (ended.how, ended.reason) == (How.GONE, "hung-up")
        assert phone.events[-1] == Gone(turn=2)

    call(script)


@pytest.mark.parametrize(
    ("completeness", "waits"),
    [(Completeness.COMPLETE, 0.25), (Completeness.OPEN, 0.72), (Completeness.UNFINISHED, 1.4)],
)
def test_the_wait_depends_on_the_words(completeness: Completeness, waits: float) -> None:
    async def script() -> None:
        phone = Telephone()
        phone.completeness = completeness
        await phone.pick_up(turn(then=LONG))
        await phone.speak(40, "next Tuesday")
        await phone.quiet(int(waits / 0.02) - 1)
        assert phone.events == []
        await phone.quiet(2)
        assert heard(phone) == ["next Tuesday"]

    call(script)


def test_a_patient_question_waits_longer() -> None:
    async def script() -> None:
        phone = Telephone()
        phone.completeness = Completeness.IN_PARTS
        await phone.pick_up(turn(then=Listen(expects=Expecting.SPELLING, silence_s=60.0, patience=1.5)))
        await phone.speak(20, "L O P")
        await phone.quiet(90)
        assert phone.events == []
        await phone.speak(20, "L O P E Z")
        await phone.quiet(110)
        assert heard(phone) == ["L O P E Z"]

    call(script)


def test_going_on_after_a_pause_throws_the_early_words_away_and_hears_the_whole() -> None:
    async def script() -> None:
        phone = Telephone()
        phone.completeness = Completeness.OPEN
        await phone.pick_up(turn(then=LONG))
        await phone.speak(40, "I want to book")
        await phone.quiet(30)
        await phone.speak(40, "I want to book for Tuesday")
        await phone.quiet(50)
        assert heard(phone) == ["I want to book for Tuesday"]
        assert phone.ears.heard[-1] >= 110

    call(script)


def test_a_slow_recogniser_does_not_end_the_turn_early_or_twice() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn(then=LONG))
        phone.ears.slow.clear()
        await phone.speak(40, "yes")
        await phone.quiet(60)
        assert phone.events == []
        phone.ears.slow.set()
        await settle()
        assert heard(phone) == ["yes"]
        await phone.quiet(60)
        assert heard(phone) == ["yes"]

    call(script)


def test_barging_in_clears_within_the_limit_and_is_an_answer() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("One.", "Two.", "Three.", then=LONG))
        await phone.quiet(20)
        await phone.speak(8)
        assert "clear" not in phone.log
        await phone.speak(1)
        assert phone.log[-1] == "clear"
        assert "barged 180" in phone.gauges.log
        await phone.speak(30, "I need a person")
        await phone.quiet(13)
        (event,) = phone.events
        assert isinstance(event, Heard)
        assert event.barged

    call(script)


@pytest.mark.parametrize("words", ["Uh-huh.", "Okay.", "Mm-hmm, yeah.", ""])
def test_a_false_alarm_resumes_with_the_sentence_that_was_interrupted(words: str) -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("One.", "Two.", "Three.", then=LONG))
        await phone.quiet(SENTENCE_FRAMES + 10)
        await phone.speak(20, words)
        await phone.quiet(20)
        assert phone.events == []
        assert phone.log[phone.log.index("clear") + 1 :][:2] == ["audio", "said Two."]
        await phone.listen_to_the_end()
        assert phone.log[-1] == "said Three."

    call(script)


def test_yes_over_the_question_itself_is_an_answer() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("Shall I book it?", then=YES_NO))
        await phone.quiet(30)
        await phone.speak(15, "Okay.")
        await phone.quiet(22)
        assert heard(phone) == ["Okay."]

    call(script)


def test_noise_cannot_stop_the_prompt_for_ever() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("One.", "Two.", "Three.", "Four.", "Five.", "Six.", then=LONG))
        for _ in range(5):
            await phone.speak(20)
            await phone.quiet(20)
        assert phone.log.count("clear") == 2
        await phone.listen_to_the_end()
        assert phone.log[-1] == "said Six."
        assert phone.events == []

    call(script)


def test_guarded_wording_is_heard_to_its_end_and_the_answer_kept() -> None:
    async def script() -> None:
        phone = Telephone()
        guarded = Sentence(text="If you are in danger, call 988.", guarded=True)
        await phone.pick_up(turn(guarded, "How can I help?", then=LONG))
        await phone.speak(20, "I want to book")
        await phone.quiet(20)
        assert "clear" not in phone.log
        assert phone.events == []
        await phone.quiet(SENTENCE_FRAMES - 41)
        assert phone.events == []
        await phone.quiet(3)
        assert heard(phone) == ["I want to book"]
        assert phone.log.count("clear") == 1

    call(script)


def test_keys_stop_the_prompt_and_win_over_speech() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("Press one or two.", then=LONG))
        await phone.speak(5, "Tuesday")
        await phone.press("2")
        assert "clear" in phone.log
        assert phone.events == [Keyed(turn=1, keys="2")]
        await phone.quiet(30)
        assert heard(phone) == []

    call(script)


@pytest.mark.parametrize(
    ("pressed", "reported"), [("1984#", "1984"), ("130584", "130584"), ("0", "0"), ("12*4#", "12*4"), ("#", "#")]
)
def test_several_keys(pressed: str, reported: str) -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn(then=Listen(expects=Expecting.DIGITS, keys=Keys(most=6, single="0"))))
        await phone.press(pressed)
        assert phone.events == [Keyed(turn=1, keys=reported)]

    call(script)


def test_a_pause_ends_the_keys() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn(then=Listen(expects=Expecting.DIGITS, keys=Keys(most=8), silence_s=60.0)))
        await phone.press("12")
        await phone.quiet(60)
        await phone.press("34")
        await phone.quiet(89)
        assert phone.events == []
        await phone.quiet(2)
        assert phone.events == [Keyed(turn=1, keys="1234")]

    call(script)


def test_odd_keys_are_ignored() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn(then=LONG))
        for key in ("", "A", "12", "é"):
            phone.live.key(key)
        await settle()
        assert phone.events == []

    call(script)


def test_silence_is_counted_from_the_end_of_the_prompt() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("One.", "Two.", then=Listen(expects=Expecting.OPEN, silence_s=6.0)))
        await phone.listen_to_the_end()
        await phone.quiet(298)
        assert phone.events == []
        await phone.quiet(4)
        assert phone.events == [Silent(turn=1)]

    call(script)


def test_sound_without_words_is_reported_once_the_prompt_is_over() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn(then=LONG))
        await phone.speak(40)
        await phone.quiet(20)
        assert heard(phone) == [""]

    call(script)


def test_a_cough_is_not_worth_a_question() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn(then=Listen(expects=Expecting.OPEN, silence_s=6.0)))
        await phone.speak(10)
        await phone.quiet(400)
        assert phone.events == [Silent(turn=1)]

    call(script)


def test_music_is_found_out_and_not_listened_to() -> None:
    async def script() -> None:
        phone = Telephone(turn("Pardon?", number=2, then=Listen(expects=Expecting.OPEN, silence_s=6.0)))
        await phone.pick_up(turn(then=LONG))
        await phone.speak(450)
        assert heard(phone) == [""]
        await phone.speak(400)
        assert "clear" not in phone.log
        assert phone.events[-1] == Silent(turn=2)

    call(script)


def test_a_very_long_answer_is_cut() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn(then=Listen(expects=Expecting.OPEN, longest_s=20.0, silence_s=60.0)))
        await phone.speak(1000, "and then")
        assert heard(phone) == ["and then"]

    call(script)


def test_a_long_message_is_recognised_part_by_part() -> None:
    async def script() -> None:
        phone = Telephone()
        phone.completeness = Completeness.OPEN
        await phone.pick_up(turn(then=Listen(expects=Expecting.OPEN, longest_s=180.0, silence_s=60.0)))
        for part in range(6):
            await phone.speak(500, f"part {part}.")
            await phone.quiet(20)
        phone.completeness = Completeness.COMPLETE
        await phone.quiet(60)
        assert heard(phone) == ["part 0. part 1. part 2. part 3. part 4. part 5."]
        assert max(phone.ears.heard) < 600

    call(script)


@pytest.mark.parametrize("then", [HangUp(), Dial(to=Phone("+12065550100"))])
def test_the_last_words_are_heard_before_the_line_acts(then: HangUp | Dial) -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("One.", "Goodbye.", then=then))
        await phone.speak(60, "wait")
        assert "clear" not in phone.log
        await phone.listen_to_the_end()
        await settle()
        ended = await phone.ended()
        assert ended.how is (How.DIAL if isinstance(then, Dial) else How.HANG_UP)
        assert ended.dial == (then if isinstance(then, Dial) else None)
        assert phone.carrier.played == 2 * SENTENCE_FRAMES

    call(script)


def test_marks_that_never_come_back_do_not_hold_up_the_call() -> None:
    async def script() -> None:
        phone = Telephone()
        phone.carrier.echo = lambda name: None
        await phone.pick_up(turn("Goodbye.", then=HangUp()))
        await phone.quiet(SENTENCE_FRAMES + 80)
        assert (await phone.ended()).how is How.HANG_UP

    call(script)


def test_marks_given_back_by_clear_prove_nothing() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("One.", "Two.", then=LONG))
        await phone.quiet(10)
        await phone.speak(20, "uh-huh")
        await phone.quiet(14)
        assert "said One." in phone.log[phone.log.index("clear") :]

    call(script)


def test_hanging_up_in_the_middle_of_a_sentence() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("One.", "Two."))
        await phone.speak(5)
        ended = await phone.hang_up()
        assert ended.how is How.GONE
        assert phone.events == [Gone(turn=1)]
        phone.live.frame(b"\xff" * 160)
        phone.live.marked("0.0")

    call(script)


def test_a_lost_connection_is_the_caller_gone() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("One.", then=Listen(expects=Expecting.OPEN, silence_s=1.0)))
        phone.carrier.lost = True
        phone.switchboard.turns.append(turn("Two.", number=2))
        await phone.quiet(120)
        ended = await phone.ended()
        assert (ended.how, ended.reason) == (How.GONE, "line-lost")
        assert phone.events[-1] == Gone(turn=2, reason="line-lost")

    call(script)


@pytest.mark.parametrize("which", ["voice", "recogniser"])
def test_a_broken_engine_gives_the_call_back(which: str) -> None:
    async def script() -> None:
        phone = Telephone()
        phone.phrases.broken = which == "voice"
        phone.ears.broken = which == "recogniser"
        await phone.pick_up(turn("One.", then=LONG))
        await phone.listen_to_the_end()
        await phone.speak(30, "hello")
        await phone.quiet(30)
        ended = await phone.ended()
        assert (ended.how, ended.reason) == (How.FAILED, "engine-failed")
        assert "failed engine-failed" in phone.gauges.log

    call(script)


def test_typed_words_are_an_answer() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("How can I help?", then=LONG))
        phone.live.typed("book a visit")
        await settle()
        assert heard(phone) == ["book a visit"]
        assert phone.log[-2:] == ["clear", "heard book a visit"]

    call(script)


def test_a_line_that_sends_no_frames_still_has_time() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn(then=Listen(expects=Expecting.OPEN, silence_s=0.4)))
        async with asyncio.timeout(5):
            while not phone.events:  # noqa: ASYNC110 - the gap filler runs on the real clock
                await asyncio.sleep(0.01)
        assert phone.events == [Silent(turn=1)]
        await phone.hang_up()

    call(script)


def test_sentences_are_rendered_one_ahead_and_sent_only_a_little_ahead() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn(*(f"{i}." for i in range(10)), then=LONG))
        await phone.quiet(5)
        assert len(phone.phrases.asked) == 5
        assert phone.log.count("audio") == 3
        await phone.listen_to_the_end()
        assert phone.log.count("audio") == 10
        assert phone.carrier.played == 10 * SENTENCE_FRAMES

    call(script)


def test_no_task_outlives_the_call() -> None:
    async def script() -> None:
        phone = Telephone()
        await phone.pick_up(turn("One.", then=ANYTHING))
        await phone.speak(30, "hello")
        await phone.hang_up()
        assert asyncio.all_tasks() == {asyncio.current_task()}

    call(script)
