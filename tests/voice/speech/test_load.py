"""When new calls should go to the webhook line."""

from voice.speech.load import Load


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_free_recogniser_is_not_overloaded() -> None:
    load = Load(2)
    with load.queueing():
        assert load.waiting == 1
    assert load.waiting == 0
    assert not load.overloaded


def test_long_waits_overload_and_are_forgotten() -> None:
    clock = Hand()
    load = Load(2, clock=clock)
    for _ in range(5):
        with load.queueing():
            clock.now += 2.0
    assert load.overloaded
    clock.now += 60
    assert not load.overloaded


def test_a_long_queue_overloads_at_once() -> None:
    load = Load(1)
    with load.queueing(), load.queueing(), load.queueing():
        assert load.overloaded
    assert not load.overloaded
