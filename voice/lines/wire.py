"""The port between the shared loop of a live call and whatever carries its audio: a media stream or a browser."""

from typing import Protocol

from clinic.errors import ClinicError
from voice.dialog.turn import Sentence


class LineLost(ClinicError):
    """The connection to the caller broke off."""

    code = "line-lost"


class Wire(Protocol):
    """One caller's connection, outbound. Every method raises LineLost when it is gone."""

    async def send_audio(self, mulaw: bytes) -> None:
        """Play this after what is already queued; any length, 8 kHz mu-law."""
        ...

    async def mark(self, name: str) -> None:
        """Ask for `LiveCall.marked(name)` once all audio sent before has been played, or has been cleared."""
        ...

    async def clear(self) -> None:
        """Drop what is queued, at once."""
        ...

    async def said(self, sentence: Sentence, turn: int) -> None:
        """A caption: this sentence is about to be heard."""
        ...

    async def heard(self, text: str, turn: int) -> None:
        """A caption: the caller said this."""
        ...


class LineMeter(Protocol):
    """What is measured of live calls; never told a patient's words."""

    def replied(self, ms: float) -> None:
        """From the caller's last sound to the first audio of the reply."""
        ...

    def recognised(self, engine: str, ms: float) -> None: ...

    def barged(self, ms: float) -> None:
        """From the caller's first sound over the prompt to our stopping it."""
        ...

    def failed(self, code: str) -> None:
        """The line broke down; `code` is that of the error."""
        ...


class _NoMeter:
    """Measures nothing."""

    def replied(self, ms: float) -> None: ...

    def recognised(self, engine: str, ms: float) -> None: ...

    def barged(self, ms: float) -> None: ...

    def failed(self, code: str) -> None: ...


NO_METER: LineMeter = _NoMeter()
