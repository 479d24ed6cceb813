"""What is counted of calls; the server counts it for /metrics."""

from typing import Protocol

from voice.dialog.turn import LineKind


class CallMeter(Protocol):
    """Counts; never told a patient's words."""

    def began(self, line: LineKind) -> None: ...

    def turn(self, line: LineKind, outcome: str) -> None:
        """One reply was read; `outcome` is the kind of voice.dialog.journal.Outcome."""
        ...

    def ended(self, line: LineKind, outcome: str) -> None: ...

    def renewed(self, why: str) -> None:
        """A call had to begin anew inside itself: new-release or line-failed."""
        ...

    def moved(self, line: LineKind) -> None: ...


class Unmetered:
    """Counts nothing."""

    def began(self, line: LineKind) -> None: ...

    def turn(self, line: LineKind, outcome: str) -> None: ...

    def ended(self, line: LineKind, outcome: str) -> None: ...

    def renewed(self, why: str) -> None: ...

    def moved(self, line: LineKind) -> None: ...
