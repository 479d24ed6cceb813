"""The voice worker: the process that loads a GPL speech engine, so that the server never does.

    python -m voice.engines.worker piper:joe

It reads Say messages from its standard input and answers on its standard output until the input ends.
"""

import os
import sys
from collections.abc import Callable
from typing import BinaryIO

from voice.engines import piper, pyttsx3
from voice.engines.synthesis import Synthesise
from voice.engines.worker_messages import LENGTHS, Broken, Ready, Say, Spoke, packed
from voice.speech.errors import EngineUnavailable, SpeechError
from voice.speech.framing import RATE_HZ
from voice.speech.mulaw import encode
from voice.speech.resample import resample, to_pcm
from voice.speech.tts import trim_lead

SYNTHESISERS: dict[str, Callable[[str], Synthesise]] = {
    "piper": piper.load,
    "pyttsx3": pyttsx3.load,
}


def main(uri: str) -> int:
    """Serve until the server closes the pipe."""
    requests, replies = sys.stdin.buffer, _private_stdout()
    scheme, _, voice = uri.partition(":")
    try:
        synthesise = SYNTHESISERS[scheme](voice)
    except EngineUnavailable as error:
        _send(replies, packed(Broken(reason=error.reason, remedy=error.remedy)))
        return 1
    _send(replies, packed(Ready()))
    while (request := _read(requests)) is not None:
        _send(replies, _answer(synthesise, request))
    return 0


def _private_stdout() -> BinaryIO:
    """The pipe for our messages; whatever libraries print goes to standard error instead."""
    sys.stdout.flush()
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _read(requests: BinaryIO) -> Say | None:
    lengths = requests.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, _ = LENGTHS.unpack(lengths)
    return Say.model_validate_json(requests.read(head))


def _answer(synthesise: Synthesise, request: Say) -> bytes:
    try:
        sound = synthesise(request.text, request.length, request.language)
    except (SpeechError, ValueError, RuntimeError, OSError) as error:
        return packed(Broken(reason=f"The voice could not speak: {type(error).__name__}."))
    telephone = resample(sound.samples, from_hz=sound.rate_hz, to_hz=RATE_HZ)
    return packed(Spoke(), trim_lead(encode(to_pcm(telephone))))


def _send(replies: BinaryIO, message: bytes) -> None:
    replies.write(message)
    replies.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
