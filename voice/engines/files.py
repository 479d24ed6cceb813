"""WAV files in and out, for `server.py transcribe` and `server.py speak`: the same speech path as a call's."""

import time
from dataclasses import dataclass
from pathlib import Path

from voice.speech.framing import FRAME_BYTES, RATE_HZ, frames_in
from voice.speech.mulaw import SILENCE, encode
from voice.speech.resample import resample, to_pcm
from voice.speech.stt import Recogniser, Wanted
from voice.speech.tts import Voice
from voice.speech.vad import Detector, Silero, Sound
from voice.speech.wav import read_wav, write_wav

_BEFORE = frames_in(0.2)
_AFTER = frames_in(0.3)
"""Speech in a file is taken with this much around it; stretches that then touch are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTranscript:
    """What was said in one file; the fields are the contract of `server.py transcribe`."""

    file: str
    text: str
    seconds_audio: float
    seconds_cpu: float
    engine: str


async def transcribe_file(path: Path, recogniser: Recogniser, wanted: Wanted | None = None) -> FileTranscript:
    """The words in a WAV of any rate and channels; raises NotAudio."""
    began = time.process_time()
    sound = read_wav(path)
    mulaw = encode(to_pcm(resample(sound.samples, from_hz=sound.rate_hz, to_hz=RATE_HZ)))
    heard = [await recogniser.recognise(part, wanted or Wanted()) for part in speech_in(mulaw, Silero().detector())]
    return FileTranscript(
        file=str(path),
        text=" ".join(part.text for part in heard if part.text),
        seconds_audio=round(sound.seconds, 3),
        seconds_cpu=round(time.process_time() - began, 3),
        engine=recogniser.name,
    )


async def speak_to_file(text: str, path: Path, voice: Voice, *, length: float = 1.0, language: str = "en") -> None:
    """Write the text as speech, 8 kHz, as callers hear it."""
    write_wav(path, await voice.speak(text, length=length, language=language))


def speech_in(mulaw: bytes, detector: Detector) -> list[bytes]:
    """The stretches of a recording in which somebody speaks."""
    whole = mulaw + SILENCE * (-len(mulaw) % FRAME_BYTES)
    frames = [whole[at : at + FRAME_BYTES] for at in range(0, len(whole), FRAME_BYTES)]
    spans: list[tuple[int, int]] = []
    for i, frame in enumerate(frames):
        if detector.hear(frame) is Sound.SPEECH:
            since = max(0, i + 1 - max(1, detector.lead) - _BEFORE)
            if spans and since <= spans[-1][1]:
                since = spans.pop()[0]
            spans.append((since, min(len(frames), i + 1 + _AFTER)))
    return [b"".join(frames[since:until]) for since, until in spans]
