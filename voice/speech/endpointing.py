"""When has the caller finished? A pure state machine over 20 ms frames; its time is frames, never the wall clock.

    IDLE --speech--> SPEAKING --short silence--> PAUSED --enough silence--> (Ended) IDLE
                         ^----------speech---------+

How much silence is enough is told to it by whoever understands the words (`wait`). Until then it waits long.
"""

from dataclasses import dataclass
from enum import Enum

from voice.speech.framing import frames_in
from voice.speech.vad import Sound


class Moment(Enum):
    """What just happened in the caller's speech."""

    STARTED = "started"
    PAUSED = "paused"
    """A first short silence: a good time to begin recognising."""
    RESUMED = "resumed"
    """The caller goes on: what was recognised at the pause is not the whole."""
    ENDED = "ended"
    OVERLONG = "overlong"
    """Ended because nobody may speak for ever."""
    LASTING = "lasting"
    """Sound without any pause for a long while: speech, or perhaps music."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """How sounds become speech and pauses, in seconds."""

    start_s: float = 0.06
    """Shorter sounds are clicks and breaths."""
    pause_s: float = 0.12
    unjudged_s: float = 20.0
    """Silence that ends a turn when nobody has judged the words."""
    grace_s: float = 0.10
    """How long a new sound that may become speech holds back the end."""
    lasting_s: float = 8.0


class Endpointer:
    """Follows one caller through one utterance after another."""

    def __init__(self, sensitivity: Sensitivity | None = None) -> None:
        heard = sensitivity or Sensitivity()
        self._start = frames_in(heard.start_s)
        self._pause = frames_in(heard.pause_s)
        self._unjudged = frames_in(heard.unjudged_s)
        self._grace = frames_in(heard.grace_s)
        self._lasting = frames_in(heard.lasting_s)
        self._now = 0
        self.longest = frames_in(60.0)
        self.reset()

    def reset(self) -> None:
        """Forget the present utterance."""
        self._speaking = False
        self._paused = False
        self._run = 0
        self._onset = 0
        self._began = 0
        self._last = 0
        self._unbroken_since = 0
        self._needed: int | None = None
        self.inner_pause = 0
        """Frames of the pause that the caller has just ended by going on."""

    @property
    def now(self) -> int:
        """Frames heard so far."""
        return self._now

    @property
    def speaking(self) -> bool:
        """Whether an utterance is under way, pauses included."""
        return self._speaking

    @property
    def began(self) -> int:
        """The frame at which the utterance began."""
        return self._began

    @property
    def ended(self) -> int:
        """One past the last frame of speech."""
        return self._last + 1

    @property
    def silence(self) -> int:
        """Frames of silence since the last speech."""
        return self._now - self._last

    def wait(self, silence_s: float) -> Moment | None:
        """The words have been judged: end after this much silence, which may be now."""
        if not self._paused:
            return None
        self._needed = frames_in(silence_s)
        return self._end_if_due(Sound.QUIET) if self._run == 0 else None

    def hear(self, sound: Sound, lead: int) -> Moment | None:
        """One more frame; `lead` says how many frames back its sound began."""
        self._now += 1
        if sound is Sound.SPEECH:
            return self._speech(lead)
        if sound is Sound.QUIET:
            self._run = 0
        if not self._speaking:
            return None
        if self._now - self._began + 1 >= self.longest:
            return self._end(Moment.OVERLONG)
        if not self._paused and self.silence >= self._pause:
            self._paused, self._needed = True, None
            return Moment.PAUSED
        return self._end_if_due(sound)

    def _speech(self, lead: int) -> Moment | None:
        if self._run == 0:
            self._onset = max(self._now - max(lead, 1) + 1, self._last + 1)
        self._run = self._now - self._onset + 1
        if not self._speaking:
            return self._start_if_long() if self._run >= self._start else None
        if self._paused:
            return self._resume() if self._run >= self._start else None
        self._last = self._now
        if self._now - self._began + 1 >= self.longest:
            return self._end(Moment.OVERLONG)
        if self._now - self._unbroken_since >= self._lasting:
            self._unbroken_since = self._now
            return Moment.LASTING
        return None

    def _start_if_long(self) -> Moment:
        self._speaking, self._paused = True, False
        self._began = self._unbroken_since = self._onset
        self._last = self._now
        return Moment.STARTED

    def _resume(self) -> Moment:
        self.inner_pause = self._onset - self._last - 1
        self._paused = False
        self._unbroken_since = self._onset
        self._last = self._now
        return Moment.RESUMED

    def _end_if_due(self, sound: Sound) -> Moment | None:
        if not self._paused:
            return None
        needed = self._unjudged if self._needed is None else self._needed
        may_be_speech = sound is Sound.NOISE or self._run > 0
        if self.silence >= needed + (self._grace if may_be_speech else 0):
            return self._end(Moment.ENDED)
        return None

    def _end(self, moment: Moment) -> Moment:
        self._speaking = self._paused = False
        self._run = 0
        return moment
