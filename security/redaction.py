"""The filter that keeps patients' words out of every log: text passes only under a name known to be harmless.

A log message is a static sentence and its values are fields. Numbers and enumerated words pass; any other text passes
only when its field's name is on the list, so a field that somebody adds in a hurry is dropped, not leaked.
"""

import sys
from collections.abc import MutableMapping
from enum import Enum
from typing import Any

HARMLESS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "logger",
        "call",
        "step",
        "flow",
        "line",
        "engine",
        "model",
        "voice",
        "code",
        "error",
        "status",
        "outcome",
        "reason",
        "intent",
        "phrase",
        "tag",
        "actor",
        "task",
        "message_id",
        "carrier_code",
        "setting",
        "path",
        "method",
        "route",
        "host",
        "url",
        "version",
        "language",
        "component",
        "remedy",
        "node",
        "workflow",
    }
)


def keep_harmless(_logger: object, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: drops personal and unknown text and counts what it dropped."""
    kept = {name: value for name, value in fields.items() if _harmless(name, value)}
    if dropped := len(fields) - len(kept):
        kept["dropped_fields"] = dropped
    return kept


def exception_by_type(_logger: object, _method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: an exception becomes its type and code. Its text may hold a patient's words."""
    raised = fields.pop("exc_info", None)
    if isinstance(raised, tuple):
        raised = raised[1]
    if raised is True:
        raised = _current()
    if isinstance(raised, BaseException):
        fields["error"] = type(raised).__qualname__
        fields["code"] = str(getattr(raised, "code", ""))
        fields["path"] = _place(raised)
    return fields


def _harmless(name: str, value: object) -> bool:
    if name.startswith("pii"):
        return False
    if name.startswith("_") or name in HARMLESS:
        return True
    return value is None or isinstance(value, bool | int | float | Enum)


def _current() -> BaseException | None:
    return sys.exc_info()[1]


def _place(raised: BaseException) -> str:
    """File and line where it was raised: enough to find it, and none of its values."""
    trace = raised.__traceback__
    if trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
