"""Says a Turn over a wire, sentence by sentence, and knows which sentences the caller has really heard.

A mark that comes back proves playback only when nothing was cleared since: `clear` returns the marks too. So marks
carry an epoch, and stopping begins a new one.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol

from voice.dialog.turn import Rate, Sentence, Turn
from voice.lines.frame_clock import FrameClock
from voice.lines.wire import Wire
from voice.speech.framing import FRAME_BYTES, frames_in, silence
from voice.speech.mulaw import louder

_AHEAD = frames_in(2.0)
"""How much audio may wait at the carrier: enough to never run dry, little enough to keep captions in step."""
_OVERDUE = frames_in(1.5)
"""A mark this late is not coming; the audio has been played all the same."""


class Phrases(Protocol):
    """Rendered sentences."""

    async def audio(self, sentence: Sentence, *, rate: Rate, language: str) -> bytes:
        """8 kHz mu-law, without the pause after it; raises EngineFailed."""
        ...


class Mouth:
    """Says one turn at a time."""

    def __init__(self, wire: Wire, phrases: Phrases, clock: FrameClock) -> None:
        self._wire = wire
        self._phrases = phrases
        self._clock = clock
        self._epoch = 0
        self._sentences: tuple[Sentence, ...] = ()
        self._played = 0
        self._ends: dict[int, int] = {}
        """The frame at which each sentence that was sent will have been played."""
        self.on_progress: Callable[[], None] = lambda: None
        self.on_first_audio: Callable[[], None] = lambda: None

    @property
    def speaking(self) -> bool:
        """Whether something of the turn is still to be heard."""
        return self._played < len(self._sentences)

    @property
    def guarded(self) -> bool:
        """Whether what is being heard now must not be interrupted."""
        return self.speaking and self._sentences[self.playing].guarded

    @property
    def playing(self) -> int:
        """The sentence in the caller's ear, by its length; marks arrive a little after the fact."""
        for i in range(self._played, len(self._sentences)):
            if i not in self._ends or self._clock.now < self._ends[i]:
                return i
        return max(0, len(self._sentences) - 1)

    def begin(self, turn: Turn, first: int = 0) -> None:
        """From now on this turn is being said, from this sentence on; `say` must follow."""
        self._epoch += 1
        self._sentences = turn.say
        self._played = first
        self._ends = {}

    async def say(self, turn: Turn) -> None:
        """Send what is left of the turn; one sentence is rendered while the one before it plays."""
        first, epoch, free_at = self._played, self._epoch, self._clock.now
        async with asyncio.TaskGroup() as tasks:
            upcoming = [tasks.create_task(self._render(turn, i)) for i in range(first, len(turn.say))[:1]]
            for i, sentence in enumerate(turn.say[first:], start=first):
                audio = await upcoming.pop()
                if i + 1 < len(turn.say):
                    upcoming.append(tasks.create_task(self._render(turn, i + 1)))
                await self._clock.until(free_at - _AHEAD)
                free_at = max(free_at, self._clock.now) + len(audio) // FRAME_BYTES
                self._ends[i] = free_at
                await self._send(sentence, audio, turn.number, f"{epoch}.{i}", first=i == first)

    async def stop(self) -> int:
        """Say no more, and drop what waits to be played. Which sentence was interrupted."""
        interrupted = self._played
        self.forget()
        await self._wire.clear()
        return interrupted

    def forget(self) -> None:
        """Nothing is being said any more."""
        self._epoch += 1
        self._sentences = ()
        self._played = 0
        self._ends = {}

    def marked(self, name: str) -> None:
        """A mark came back."""
        epoch, _, index = name.partition(".")
        if epoch == str(self._epoch) and index.isdecimal():
            self._heard_to(int(index))

    def tick(self) -> None:
        """A frame has passed: take audio whose mark is overdue as played."""
        end = self._ends.get(self._played)
        if end is not None and self._clock.now >= end + _OVERDUE:
            self._heard_to(self._played)

    def _heard_to(self, index: int) -> None:
        if self._played <= index < len(self._sentences):
            self._played = index + 1
            self.on_progress()

    async def _render(self, turn: Turn, index: int) -> bytes:
        sentence = turn.say[index]
        audio = await self._phrases.audio(sentence, rate=turn.rate, language=turn.language)
        return louder(audio, turn.gain_db) + silence(sentence.pause_s)

    async def _send(self, sentence: Sentence, audio: bytes, turn: int, mark: str, *, first: bool) -> None:
        await self._wire.send_audio(audio)
        if first:
            self.on_first_audio()
        await self._wire.mark(mark)
        await self._wire.said(sentence, turn)
