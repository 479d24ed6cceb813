"""Figures: what is told must be what was measured."""

import pytest

from bench.figures import Figure, median, p95, spread


def test_the_middle_and_the_tail() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert median(values) == 50.5
    assert p95(values) == 96.0
    assert p95([1.0, 9.0]) == 9.0
    assert spread(values) == {"n": 100, "min": 1.0, "median": 50.5, "p95": 96.0, "max": 100.0}


def test_nothing_measured_is_nothing_held() -> None:
    assert median([]) is None
    assert p95([]) is None
    assert spread([]) == {"n": 0}
    assert not Figure(name="reply", value=p95([]), limit=800).holds


@pytest.mark.parametrize(("value", "holds"), [(0.0, True), (450.0, True), (450.1, False)])
def test_a_limit_is_held_up_to_itself(value: float, holds: bool) -> None:
    assert Figure(name="reply", value=value, limit=450).holds is holds
