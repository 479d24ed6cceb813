"""Listens to the caller: finds utterances, has them recognised early, and judges when they are over."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

from intents.meaning import Expecting
from voice.dialog.turn import Listen
from voice.lines.patience import Finished, Patience
from voice.lines.utterance import Utterance
from voice.lines.wire import LineMeter
from voice.speech.endpointing import Endpointer, Moment
from voice.speech.errors import EngineFailed
from voice.speech.framing import FRAME_S, frames_in
from voice.speech.stt import Recogniser, Recognition, Transcript, Wanted
from voice.speech.vad import Detector, Sound

_RECOGNISE_LIMIT_S = 20.0
_PROBE = frames_in(6.0)
"""Sound without a pause is probed with its last seconds: words, or music?"""

Spawn = Callable[[Coroutine[None, None, None]], asyncio.Task[None]]
"""Starts a task that the call owns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One utterance, recognised. Without transcripts it was sound and no words."""

    recognition: Recognition
    speech_s: float
    recognise_ms: float
    wait_ms: float


class Ear:
    """One caller's ear, for as long as the call lasts."""

    def __init__(
        self,
        *,
        detector: Detector,
        recogniser: Recogniser,
        finished: Finished,
        meter: LineMeter,
        spawn: Spawn,
        spoken: Callable[[Spoken], None],
    ) -> None:
        self._detector = detector
        self._recogniser = recogniser
        self._finished = finished
        self._meter = meter
        self._spawn = spawn
        self._spoken = spoken
        self._endpointer = Endpointer()
        self._utterance = Utterance()
        self._patience = Patience()
        self._listen = Listen(expects=Expecting.OPEN)
        self._language = "en"
        self._deaf = False
        self._ended = False
        self._task: asyncio.Task[None] | None = None
        self._recognition: Recognition | None = None
        self._recognise_ms = 0.0
        self._wait_ms = 0.0
        self._speech_frames = 0

    @property
    def busy(self) -> bool:
        """Whether an utterance is under way or being recognised."""
        return self._endpointer.speaking or self._ended

    @property
    def speaking_for(self) -> int:
        """Frames since the present utterance began; 0 in silence."""
        return self._endpointer.now - self._endpointer.began + 1 if self._endpointer.speaking else 0

    @property
    def silent_for(self) -> int:
        """Frames since the caller's last sound of speech."""
        return self._endpointer.silence

    def expect(self, listen: Listen, language: str) -> None:
        """What the caller is being asked from now on."""
        self._listen, self._language = listen, language
        self._endpointer.longest = frames_in(listen.longest_s)

    def drop(self) -> None:
        """Forget the present utterance: the caller chose another way to answer."""
        self._forget()
        self._endpointer.reset()

    def hear(self, frame: bytes) -> None:
        """One frame of the caller."""
        sound = self._detector.hear(frame)
        if self._deaf or self._ended:
            self._deaf = self._deaf and sound is not Sound.QUIET
            sound = Sound.QUIET
        moment = self._endpointer.hear(sound, self._detector.lead)
        self._utterance.add(frame, self._endpointer.now)
        if moment is not None:
            self._on(moment)

    def _on(self, moment: Moment) -> None:
        match moment:
            case Moment.STARTED:
                self._forget()
                self._utterance.begin(self._endpointer.began)
            case Moment.PAUSED:
                self._recognise(self._utterance.speech(self._endpointer.ended), self._judge)
            case Moment.RESUMED:
                self._resumed()
            case Moment.LASTING:
                self._recognise(self._utterance.speech(self._endpointer.now, last=_PROBE), self._probe)
            case Moment.ENDED | Moment.OVERLONG:
                self._end()

    def _resumed(self) -> None:
        words = self._recognition.text if self._recognition else ""
        self._cancel()
        self._utterance.settle(words, self._endpointer.ended - 1)
        self._patience.went_on_after(self._endpointer.inner_pause * FRAME_S)

    def _recognise(self, speech: bytes, then: Callable[[Recognition], None]) -> None:
        self._cancel()
        self._task = self._spawn(self._recognised(speech, then))

    async def _recognised(self, speech: bytes, then: Callable[[Recognition], None]) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        wanted = Wanted(expecting=self._listen.expects, hints=self._listen.hints, language=self._language)
        try:
            async with asyncio.timeout(_RECOGNISE_LIMIT_S):
                recognition = await self._recogniser.recognise(speech, wanted)
        except TimeoutError as error:
            raise EngineFailed("The recogniser did not answer in time.") from error
        self._recognise_ms = (loop.time() - began) * 1000
        self._meter.recognised(recognition.engine, self._recognise_ms)
        then(recognition)

    def _judge(self, recognition: Recognition) -> None:
        """The words up to the pause are known: how long must the silence last?"""
        self._recognition = recognition
        if self._ended:
            self._report()
            return
        # Recognisers end every fragment with a full stop or a question mark, so these tell nothing.
        completeness = self._finished(self._words(recognition).rstrip(".?! "), self._listen)
        speech_s = (self._endpointer.ended - self._endpointer.began) * FRAME_S
        moment = self._endpointer.wait(self._patience.wait_s(completeness, self._listen, speech_s))
        if moment is not None:
            self._on(moment)

    def _probe(self, recognition: Recognition) -> None:
        """Long sound without words is not the caller; listen again when it stops."""
        if not recognition.transcripts and self._endpointer.speaking:
            self._deaf = True
            self._recognition = recognition
            self._speech_frames, self._wait_ms = self.speaking_for, 0.0
            self._endpointer.reset()
            self._report()

    def _end(self) -> None:
        self._ended = True
        self._speech_frames = self._endpointer.ended - self._endpointer.began
        self._wait_ms = self._endpointer.silence * FRAME_S * 1000
        if self._recognition is None:
            self._recognise(self._utterance.speech(self._endpointer.ended), self._judge)
        else:
            self._report()

    def _words(self, recognition: Recognition) -> str:
        return " ".join((*self._utterance.settled, recognition.text)).strip()

    def _report(self) -> None:
        recognition = self._recognition
        if recognition is None:
            return
        if self._utterance.settled:
            best = recognition.transcripts[0].confidence if recognition.transcripts else None
            whole = Transcript(text=self._words(recognition), confidence=best)
            recognition = Recognition(transcripts=(whole,), engine=recognition.engine)
        spoken = Spoken(
            recognition=recognition,
            speech_s=round(self._speech_frames * FRAME_S, 2),
            recognise_ms=round(self._recognise_ms, 1),
            wait_ms=round(self._wait_ms, 1),
        )
        self._forget()
        self._spoken(spoken)

    def _forget(self) -> None:
        self._cancel()
        self._ended = False
        self._utterance.end()

    def _cancel(self) -> None:
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()
        self._task, self._recognition = None, None
