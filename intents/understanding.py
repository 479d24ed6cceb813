"""The one port through which every line and flow understands people."""

from datetime import datetime
from typing import Protocol

from intents.meaning import Expecting, Meaning


class Understand(Protocol):
    """Text to meaning. Never raises on any text; linear in its length."""

    def __call__(self, text: str, *, expecting: Expecting, now: datetime, language: str = "en") -> Meaning:
        """`now` is aware, in the clinic's zone; spoken times come back as local naive datetimes of that zone."""
        ...
