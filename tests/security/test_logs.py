"""No patient's words in the log, whoever logs, whatever is raised."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from clinic.errors import BadInput
from clinic.people import Phone
from security.logs import logger, set_up_logs

WORDS = "zebra tablets"


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    """Logging is the process's own; leave it as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("throughline").setLevel(logging.NOTSET)
    structlog.reset_defaults()


def logged(style: Literal["json", "console"] = "json") -> io.StringIO:
    """Where the log goes from now on."""
    stream = io.StringIO()
    set_up_logs(style, stream=stream)
    return stream


def test_known_fields_pass_and_others_are_dropped_and_counted() -> None:
    stream = logged()
    logger("voice").info("Turn performed", call="call-1", turns=3, heard=WORDS, pii_name="Maria", anything=[WORDS])
    line = json.loads(stream.getvalue())
    assert (line["event"], line["call"], line["turns"], line["dropped_fields"]) == ("Turn performed", "call-1", 3, 3)
    assert line["logger"] == "throughline.voice"
    assert WORDS not in stream.getvalue()
    assert "Maria" not in stream.getvalue()


@pytest.mark.parametrize("style", ["json", "console"])
def test_exceptions_are_logged_by_type_and_code(style: Literal["json", "console"]) -> None:
    stream = logged(style)
    try:
        raise BadInput(WORDS)
    except BadInput:
        logger("store").exception("Could not read the answer")
        logging.getLogger("somebody.elses").exception("Their sentence")
    assert WORDS not in stream.getvalue()
    assert stream.getvalue().count("BadInput") == 2
    assert stream.getvalue().count("bad-input") == 2
    assert stream.getvalue().count("test_logs.py:") == 2


def test_libraries_speak_from_warnings_on() -> None:
    stream = logged()
    logging.getLogger("httpx").info("HTTP Request: POST /messages")
    assert stream.getvalue() == ""
    logging.getLogger("httpx").warning("Pool is full")
    assert json.loads(stream.getvalue())["level"] == "warning"


def test_values_that_are_neither_text_nor_numbers_do_not_pass() -> None:
    stream = logged()
    logger("voice").info("Called", phone=Phone("+12065550142"), ok=True, nothing=None)
    line = json.loads(stream.getvalue())
    assert "phone" not in line
    assert line["ok"] is True
