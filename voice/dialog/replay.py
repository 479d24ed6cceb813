"""Rebuilding a call from its journal: the flow is run again and given what it was given the first time."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from voice.dialog.conversation import Conversation
from voice.dialog.effects import Action, Ask, Now, Transfer, Work
from voice.dialog.errors import JournalMismatch
from voice.dialog.journal import Answered, ClockRead, Ended, Noted, Renewed, Replied, Row, Started, Stepped, WentBack

NameOf = Callable[[Action], str]


def replay(rows: Iterable[Row], conversation: Conversation, name_of: NameOf) -> None:
    """Bring a fresh conversation to where the rows leave it; raises JournalMismatch when they do not fit."""
    conversation.mute()
    conversation.begin()
    for row in effective(rows):
        entry, need = row.entry, conversation.need
        match entry, need:
            case Replied(outcome=outcome), Ask() | Transfer() if entry.prompt == _prompt(need):
                conversation.resume(outcome)
            case Stepped(), Work() if entry.effect == need.effect and entry.name == name_of(need.action):
                conversation.resume(result_type(need.action).validate_json(entry.result))
            case ClockRead(at=at), Now():
                conversation.resume(at)
            case ((Started() | Renewed() | Noted() | Ended()), _):
                continue
            case _:
                name = entry.name if isinstance(entry, Stepped) else entry.kind
                raise JournalMismatch(f"Row {row.seq} is a {name}, but the flow is at a {type(need).__name__}.")
    conversation.unmute()


def _prompt(need: Ask | Transfer) -> str:
    return need.prompt if isinstance(need, Ask) else ""


def effective(rows: Iterable[Row]) -> list[Row]:
    """The rows that still count after every going back."""
    kept: list[Row] = []
    for row in rows:
        if isinstance(row.entry, WentBack):
            back_to = row.entry.to
            kept = [earlier for earlier in kept if earlier.seq < back_to]
        else:
            kept.append(row)
    return kept


def last_answer(rows: Sequence[Row]) -> int | None:
    """The row that "go back" takes back: the last answer with no lasting change after it; None when there is none."""
    for row in reversed(effective(rows)):
        match row.entry:
            case Replied(outcome=Answered()):
                return row.seq
            case Stepped(effect="do"):
                return None
    return None


def result_type(action: Action) -> TypeAdapter[Any]:
    """How the result of a port's method is written to and read from the journal: by its return annotation."""
    return _result_type(getattr(action, "__func__", action))


@cache
def _result_type(function: Callable[..., Awaitable[object]]) -> TypeAdapter[Any]:
    hints = get_type_hints(function)
    if "return" not in hints:
        raise JournalMismatch(f"{function.__qualname__} says nothing of what it returns, so it cannot be journalled.")
    return TypeAdapter(hints["return"])
