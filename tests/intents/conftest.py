"""One real pipeline for all tests of understanding; it trains itself on the first run."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from intents.meaning import Expecting, Meaning
from intents.pipeline import SpacyUnderstanding

SHARED = Path(__file__).parents[3] / "shared" / "data"
NOW = datetime(2026, 11, 24, 9, 12)  # noqa: DTZ001 - a Tuesday, in the clinic's local time

Hear = Callable[..., Meaning]


@pytest.fixture(scope="session")
def understand() -> SpacyUnderstanding:
    return SpacyUnderstanding.load()


@pytest.fixture(scope="session")
def hear(understand: SpacyUnderstanding) -> Hear:
    """What is understood of a text, on a Tuesday morning."""

    def run(text: str, expecting: Expecting = Expecting.OPEN, now: datetime = NOW) -> Meaning:
        return understand(text, expecting=expecting, now=now)

    return run


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the development data is not beside this checkout")
    return SHARED
