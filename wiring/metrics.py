"""What /metrics shows: calls, turns, reply times, recognition times, failures, fallbacks. Never a patient's words."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from voice.dialog.turn import LineKind

_REPLY_S = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.8, 1.0, 1.5, 2.0, 5.0)


class Metrics:
    """Implements voice.session.CallMeter and voice.lines.wire.LineMeter."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._calls = self._counter("calls", "Calls begun.", "line")
        self._ended = self._counter("calls_ended", "Calls ended, by how they came out.", "line", "outcome")
        self._turns = self._counter("turns", "Replies of callers, by what they came to.", "line", "outcome")
        self._renewed = self._counter("calls_renewed", "Calls whose flow had to begin anew.", "why")
        self._moved = self._counter("calls_moved", "Calls that went on over another line, such as a fallback.", "line")
        self._failed = self._counter("line_failures", "Lines that broke down.", "code")
        self._reply = self._seconds("reply", "From the caller's last sound to the first audio of the reply.")
        self._recognise = self._seconds("recognition", "Recognising one utterance.", "engine")
        self._barge = self._seconds("barge_in", "From the caller's first sound over the prompt to stopping it.")

    def watch(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """Show a value that somebody else keeps."""
        Gauge(f"throughline_{name}", meaning, registry=self._registry).set_function(value)

    def page(self) -> bytes:
        """The text format of Prometheus."""
        return generate_latest(self._registry)

    def began(self, line: LineKind) -> None:
        self._calls.labels(line).inc()

    def turn(self, line: LineKind, outcome: str) -> None:
        self._turns.labels(line, outcome).inc()

    def ended(self, line: LineKind, outcome: str) -> None:
        self._ended.labels(line, outcome).inc()

    def renewed(self, why: str) -> None:
        self._renewed.labels(why).inc()

    def moved(self, line: LineKind) -> None:
        self._moved.labels(line).inc()

    def replied(self, ms: float) -> None:
        self._reply.observe(ms / 1000)

    def recognised(self, engine: str, ms: float) -> None:
        self._recognise.labels(engine).observe(ms / 1000)

    def barged(self, ms: float) -> None:
        self._barge.observe(ms / 1000)

    def failed(self, code: str) -> None:
        self._failed.labels(code).inc()

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"throughline_{name}", meaning, labels, registry=self._registry)

    def _seconds(self, name: str, meaning: str, *labels: str) -> Histogram:
        return Histogram(f"throughline_{name}_seconds", meaning, labels, buckets=_REPLY_S, registry=self._registry)
