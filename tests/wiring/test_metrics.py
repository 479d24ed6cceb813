from voice.dialog.turn import LineKind
from wiring.metrics import Metrics


def test_what_operators_watch_is_on_the_page() -> None:
    metrics = Metrics()
    metrics.began(LineKind.TWILIO_STREAM)
    metrics.turn(LineKind.TWILIO_STREAM, "answered")
    metrics.ended(LineKind.TWILIO_STREAM, "booked")
    metrics.renewed("failed")
    metrics.moved(LineKind.TWILIO_WEBHOOK)
    metrics.replied(310.0)
    metrics.recognised("moonshine", 80.0)
    metrics.barged(200.0)
    metrics.failed("line-lost")
    metrics.watch("live_calls", "Now.", lambda: 3)
    page = metrics.page().decode()
    for line in (
        'throughline_calls_total{line="twilio-stream"} 1.0',
        'throughline_turns_total{line="twilio-stream",outcome="answered"} 1.0',
        'throughline_calls_moved_total{line="twilio-webhook"} 1.0',
        'throughline_line_failures_total{code="line-lost"} 1.0',
        'throughline_reply_seconds_bucket{le="0.35"} 1.0',
        "throughline_live_calls 3.0",
    ):
        assert line in page
