"""What can go wrong with speech.

ClinicError
└── SpeechError
    ├── EngineUnavailable   an engine cannot be loaded; carries the remedy
    ├── EngineFailed        a loaded engine broke down
    └── NotAudio            a file is not a WAV that can be read (also BadInput)
"""

from clinic.errors import BadInput, ClinicError


class SpeechError(ClinicError):
    """Speech is not working."""

    code = "speech"


class EngineUnavailable(SpeechError):
    """This speech engine cannot be loaded."""

    code = "engine-unavailable"

    def __init__(self, reason: str, *, remedy: str) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy


class EngineFailed(SpeechError):
    """The speech engine broke down."""

    code = "engine-failed"


class NotAudio(SpeechError, BadInput):
    """This is not a WAV file that can be read."""

    code = "not-audio"
