"""The only things a flow can await. A flow does nothing itself: it yields one of these and is sent the result."""

import types
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from typing import Any, Literal

from clinic.people import Phone
from voice.dialog.expectation import Expectation
from voice.dialog.turn import Sentence

Action = Callable[..., Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Say:
    """Speak, with the next turn. The sentences are made when they are needed: a replay needs only the last ones."""

    sentences: Callable[[], tuple[Sentence, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """End the turn here and wait for the caller."""

    prompt: str
    expects: Expectation[Any]
    in_crisis: bool = False
    """Crisis words are an answer here, since the crisis is already being handled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something outside the dialog.

    fetch: a read, may repeat. do: a change of our database, exactly once. hold: a do that going back may pass over.
    """

    effect: Literal["fetch", "do", "hold"]
    action: Action
    arguments: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """Read the clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Connect the caller to a person, and come back if that fails."""

    to: Phone | Literal["988"]


Effect = Say | Ask | Work | Now | Transfer


@types.coroutine
def perform(effect: Effect) -> Generator[Effect, Any, Any]:
    """Hand an effect to whoever drives the flow; its result is what this returns."""
    return (yield effect)
