"""The messages between the server and a voice worker: a length-prefixed JSON head and, in replies, audio after it.

4 bytes: length of the head | 4 bytes: length of the body | head (UTF-8 JSON) | body (8 kHz mu-law)
"""

import struct
from typing import Literal

from pydantic import BaseModel, TypeAdapter

LENGTHS = struct.Struct(">II")
LONGEST_HEAD = 1 << 20
LONGEST_BODY = 64 << 20


class Say(BaseModel):
    """Server to worker: speak this."""

    kind: Literal["say"] = "say"
    text: str
    length: float
    language: str


class Ready(BaseModel):
    """Worker to server, first of all: the engine is loaded."""

    kind: Literal["ready"] = "ready"


class Spoke(BaseModel):
    """The audio is in the body."""

    kind: Literal["spoke"] = "spoke"


class Broken(BaseModel):
    """It did not work. With a remedy: the engine cannot be loaded at all."""

    kind: Literal["broken"] = "broken"
    reason: str
    remedy: str = ""


Reply = Ready | Spoke | Broken
REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)


def packed(head: BaseModel, body: bytes = b"") -> bytes:
    """The message as it goes over the pipe."""
    text = head.model_dump_json().encode()
    return LENGTHS.pack(len(text), len(body)) + text + body
