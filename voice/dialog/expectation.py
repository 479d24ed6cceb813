"""What a question accepts: the shape that every kind of answer has."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import TypeAdapter

from intents.meaning import Expecting, Meaning
from voice.dialog.turn import Keys

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """What was said does not answer this question."""

    why: str


class Expectation(Protocol[T]):
    """What a question accepts."""

    @property
    def expecting(self) -> Expecting: ...

    @property
    def keys(self) -> Keys: ...

    @property
    def hints(self) -> tuple[str, ...]: ...

    @property
    def offers(self) -> tuple[str, ...]:
        """What can be chosen, in the order of its keys; empty when there is no list."""
        ...

    @property
    def adapter(self) -> TypeAdapter[T]: ...

    @property
    def takes_anything(self) -> bool:
        """True where the caller's words are the answer, so that "call me back" is not taken for a wish."""
        ...

    @property
    def by_intent(self) -> bool:
        """True where the answer is an intent, so that the intent's confidence is that of the answer."""
        ...

    def in_words(self, answer: T) -> str:
        """The answer as staff read it."""
        ...

    def from_speech(self, meaning: Meaning) -> T | NoAnswer: ...

    def from_keys(self, keys: str) -> T | NoAnswer: ...

    @property
    def by_keys(self) -> str:
        """Name of the phrase that tells how to answer with keys."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T]):
    """An expectation made of two functions: what speech means, what keys mean."""

    expecting: Expecting
    adapter: TypeAdapter[T]
    by_keys: str
    keys: Keys
    hints: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    takes_anything: bool = False
    by_intent: bool = False
    speech: Callable[[Meaning], T | NoAnswer]
    digits: Callable[[str], T | NoAnswer]
    words: Callable[[T], str] = str

    def in_words(self, answer: T) -> str:
        return self.words(answer)

    def from_speech(self, meaning: Meaning) -> T | NoAnswer:
        return self.speech(meaning)

    def from_keys(self, keys: str) -> T | NoAnswer:
        return self.digits(keys)


def encode(expects: Expectation[Any], value: object) -> str:
    """The answer as the journal keeps it."""
    return expects.adapter.dump_json(value).decode()


def decode(expects: Expectation[T], value: str) -> T:
    """The answer as the flow gets it."""
    return expects.adapter.validate_json(value)
