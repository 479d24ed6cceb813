"""One Turn being performed: says it, listens, and decides what each happening means."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from intents.meaning import Expecting
from voice.dialog.turn import Event, Gone, Heard, Hypothesis, Keyed, Listen, Silent, Timing, Turn
from voice.lines.backchannel import is_backchannel
from voice.lines.ear import Ear, Spawn, Spoken
from voice.lines.frame_clock import FrameClock
from voice.lines.happenings import Happening, HungUp, Noticed, Pressed, Said, Sign, Typed
from voice.lines.keypad import Keypad
from voice.lines.mouth import Mouth
from voice.lines.wire import LineMeter
from voice.speech.framing import FRAME_S, frames_in

_BARGE = frames_in(0.18)
"""Speech over a prompt that stops it."""
_FALSE_ALARMS = 2
"""After so many, only words stop the prompt."""
_COUGH_S = 0.35
"""Shorter sounds without words are not worth asking again for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What every performance of one call uses."""

    mouth: Mouth
    ear: Ear
    clock: FrameClock
    spawn: Spawn
    post: Callable[[Happening], None]
    meter: LineMeter


class Performance:
    """From the first sentence of a Turn to the Event that answers it."""

    def __init__(self, turn: Turn, stage: Stage, *, serial: int) -> None:
        self._turn = turn
        self._serial = serial
        self._stage = stage
        self._mouth, self._ear = stage.mouth, stage.ear
        self._listen = turn.then if isinstance(turn.then, Listen) else None
        self._keypad = Keypad(self._listen.keys, self._listen.patience) if self._listen else None
        self._saying: asyncio.Task[None] | None = None
        self._interrupted: int | None = None
        self._barging = False
        self._false_alarms = 0
        self._quiet = 0
        self._kept: Event | None = None

    def begin(self) -> None:
        """Start speaking, and expect the answer from now on."""
        if self._listen is not None:
            self._ear.expect(self._listen, self._turn.language)
        self._say_from(0)

    async def end(self) -> None:
        """Be quiet."""
        await self._hush()

    @property
    def finished(self) -> bool:
        """Whether everything has been said, in a Turn that waits for nothing."""
        return self._listen is None and not self._mouth.speaking

    @property
    def kept(self) -> Event | None:
        """An answer given over guarded words, once they have been heard."""
        return None if self._mouth.guarded else self._kept

    def tick(self) -> None:
        """A frame has passed."""
        self._mouth.tick()
        if self._listen is None:
            return
        if not self._ear.busy:
            self._barging = False
        if self._over_prompt_long_enough():
            self._barging = True
            self._notice(Sign.BARGED)
        elif self._keypad is not None and self._keypad.due(self._stage.clock.now):
            self._notice(Sign.KEYS_DUE)
        self._count_silence(self._listen)

    async def on(self, happening: Happening) -> Event | None:
        """What this means for the turn: the Event that ends it, or None."""
        match happening:
            case HungUp(reason):
                return Gone(turn=self._turn.number, reason=reason)
            case Noticed(sign, serial):
                return await self._noticed(sign) if serial == self._serial else None
            case Said(spoken):
                return self._said(spoken)
            case Typed(text):
                return self._keep_if_guarded(self._words(text))
            case Pressed(key):
                return await self._pressed(key)
        assert_never(happening)

    async def _noticed(self, sign: Sign) -> Event | None:
        match sign:
            case Sign.BARGED:
                if self._mouth.speaking and not self._mouth.guarded:
                    self._stage.meter.barged(self._ear.speaking_for * FRAME_S * 1000)
                    self._interrupted = await self._hush()
            case Sign.SILENT:
                return Silent(turn=self._turn.number)
            case Sign.KEYS_DUE:
                keys = self._keypad.take() if self._keypad else ""
                return self._keep_if_guarded(Keyed(turn=self._turn.number, keys=keys)) if keys else None
            case Sign.PROGRESS:
                return self.kept
        return None

    def _said(self, spoken: Spoken) -> Event | None:
        """An utterance is over. Over a prompt it must hold an answer to count; else the prompt goes on."""
        if self._listen is None:
            return None
        over_prompt = self._interrupted is not None or self._mouth.speaking
        text = spoken.recognition.text
        if over_prompt and (not text or self._is_backchannel(text, self._listen)):
            self._resume()
            return None
        if not text and spoken.speech_s < _COUGH_S:
            return None
        if self._mouth.guarded and self._listen.expects is Expecting.YES_NO:
            return None  # a yes to a question that has not been asked yet answers something else
        return self._keep_if_guarded(self._heard(spoken, barged=over_prompt))

    async def _pressed(self, key: str) -> Event | None:
        """Keys win over speech, and stop the prompt."""
        if self._keypad is None:
            return None
        keys = self._keypad.press(key, self._stage.clock.now)
        self._ear.drop()
        if self._mouth.speaking and not self._mouth.guarded:
            await self._hush()
        self._interrupted = None
        return self._keep_if_guarded(Keyed(turn=self._turn.number, keys=keys)) if keys else None

    def _keep_if_guarded(self, event: Event) -> Event | None:
        if not self._mouth.guarded:
            return event
        self._kept = event
        return None

    def _is_backchannel(self, text: str, listen: Listen) -> bool:
        at = self._mouth.playing if self._interrupted is None else self._interrupted
        over_question = at >= len(self._turn.say) - 1
        return is_backchannel(text, over_question=over_question, expects=listen.expects, language=self._turn.language)

    def _heard(self, spoken: Spoken, *, barged: bool) -> Heard:
        found = spoken.recognition.transcripts
        return Heard(
            turn=self._turn.number,
            heard=tuple(Hypothesis(text=t.text, confidence=t.confidence) for t in found) or (Hypothesis(text=""),),
            engine=spoken.recognition.engine,
            timing=Timing(speech_s=spoken.speech_s, recognise_ms=spoken.recognise_ms, wait_ms=spoken.wait_ms),
            barged=barged,
        )

    def _words(self, text: str) -> Heard:
        return Heard(turn=self._turn.number, heard=(Hypothesis(text=text, confidence=1.0),), engine="typed")

    def _say_from(self, first: int) -> None:
        self._mouth.begin(self._turn, first)
        self._saying = self._stage.spawn(self._mouth.say(self._turn))

    def _resume(self) -> None:
        """A false alarm: go on with the sentence that was interrupted."""
        self._false_alarms += 1
        if self._interrupted is not None:
            self._say_from(self._interrupted)
            self._interrupted = None

    async def _hush(self) -> int | None:
        """Stop speaking; the sentence that was being heard, if any."""
        if self._saying is not None:
            self._saying.cancel()
            self._saying = None
        return await self._mouth.stop() if self._mouth.speaking else None

    def _over_prompt_long_enough(self) -> bool:
        return (
            self._mouth.speaking
            and not self._barging
            and self._false_alarms < _FALSE_ALARMS
            and self._ear.speaking_for >= _BARGE
            and not self._mouth.guarded
        )

    def _count_silence(self, listen: Listen) -> None:
        """Silence is counted from the end of the prompt, and only while nothing else is going on."""
        if self._mouth.speaking:
            self._quiet = 0
        elif not self._ear.busy and not (self._keypad and self._keypad.begun):
            self._quiet += 1
            if self._quiet == frames_in(listen.silence_s):
                self._notice(Sign.SILENT)

    def _notice(self, sign: Sign) -> None:
        self._stage.post(Noticed(sign, self._serial))
