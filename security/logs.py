"""Set-up of the logs: structured, one line an event, through the redaction filter, ours and the libraries' alike."""

import logging
import sys
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

from security.redaction import exception_by_type, keep_harmless


def set_up_logs(style: Literal["json", "console"], *, stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Called once by the composition root. Libraries speak from warnings on; we from `level` on."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_without_words, *_shared()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(style)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("throughline").setLevel(level)


def logger(part: str) -> structlog.stdlib.BoundLogger:
    """The log of one part: logger("store"). Messages are static sentences, values are fields."""
    named: structlog.stdlib.BoundLogger = structlog.get_logger(f"throughline.{part}")
    return named


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        exception_by_type,
        keep_harmless,
    ]


def _without_words(_logger: object, _method: str, fields: EventDict) -> EventDict:
    """A library's message may hold what it was working on, so only where it comes from is kept."""
    fields["event"] = "a library reports"
    return fields


def _renderer(style: Literal["json", "console"]) -> Processor:
    if style == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=False)
