"""Saying a turn, and knowing what of it was heard."""

import asyncio

from tests.voice.lines.telephone import SENTENCE_FRAMES, Carrier, Phrases, settle, turn
from voice.dialog.turn import Sentence
from voice.lines.frame_clock import FrameClock
from voice.lines.mouth import Mouth
from voice.speech.framing import FRAME_BYTES
from voice.speech.mulaw import SILENCE


def test_a_stale_mark_and_nonsense_prove_nothing() -> None:
    async def run() -> None:
        carrier, clock = Carrier(), FrameClock()
        mouth = Mouth(carrier, Phrases(), clock)
        said = turn("One.", "Two.")
        mouth.begin(said)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(mouth.say(said))
        for name in ("", "0.0", "1", "1.", "1.x", "1.9", "2.0", "x.0"):
            mouth.marked(name)
        assert mouth.playing == 0
        assert mouth.speaking
        mouth.marked("1.0")
        assert mouth.playing == 1
        assert await mouth.stop() == 1
        mouth.marked("1.1")
        assert not mouth.speaking

    asyncio.run(run())


def test_pauses_are_silence_after_the_sentence_and_gain_is_applied() -> None:
    async def run() -> None:
        carrier = Carrier()
        mouth = Mouth(carrier, Phrases(), FrameClock())
        said = turn(Sentence(text="Breathe.", pause_s=1.0), gain_db=-6.0)
        mouth.begin(said)
        await mouth.say(said)
        frames = [item for item in carrier.queue if isinstance(item, bytes)]
        assert len(frames) == SENTENCE_FRAMES + 50
        assert frames[-50:] == [SILENCE * FRAME_BYTES] * 50
        assert frames[0] not in (b"\x80" * FRAME_BYTES, SILENCE * FRAME_BYTES)

    asyncio.run(run())


def test_the_guard_covers_exactly_the_guarded_sentence() -> None:
    async def run() -> None:
        carrier, clock = Carrier(), FrameClock()
        mouth = Mouth(carrier, Phrases(), clock)
        said = turn("One.", Sentence(text="Legal.", guarded=True), "Three.")
        mouth.begin(said)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(mouth.say(said))
            await settle()
            guarded = []
            for _ in range(3 * SENTENCE_FRAMES):
                guarded.append(mouth.guarded)
                clock.tick()
                await settle()
        assert guarded == [False] * SENTENCE_FRAMES + [True] * SENTENCE_FRAMES + [False] * SENTENCE_FRAMES

    asyncio.run(run())
