"""A voice that lives in a worker process: started when first needed, restarted when it dies."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

from voice.engines.worker_messages import LENGTHS, LONGEST_BODY, LONGEST_HEAD, REPLY, Broken, Reply, Say, packed
from voice.speech.errors import EngineFailed, EngineUnavailable

_START_LIMIT_S = 60.0
_SPEAK_LIMIT_S = 30.0
_END_LIMIT_S = 3.0
_OURS = str(Path(__file__).resolve().parents[2])
"""Where our packages are, so that the worker finds them whatever folder the server was started in."""
_Answer = tuple[Reply, bytes]


class WorkerVoice:
    """Speaks through a process of its own, one sentence at a time."""

    def __init__(self, uri: str, *, languages: frozenset[str]) -> None:
        self.name = uri
        self._languages = languages
        self._process: Process | None = None
        self._one_at_a_time = asyncio.Lock()
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """Of the running worker."""
        return self._process.pid if self._process else None

    def serves(self, language: str) -> bool:
        """Whether it speaks this language."""
        return language in self._languages

    async def start(self) -> None:
        """Load the engine now rather than with the first sentence; raises EngineUnavailable."""
        async with self._one_at_a_time:
            await self._running()

    async def speak(self, text: str, *, length: float = 1.0, language: str = "en") -> bytes:
        """Telephone audio of this text; raises EngineFailed. A worker that dies on it is replaced once."""
        if not any(letter.isalnum() for letter in text):
            return b""
        printable = "".join(letter if letter.isprintable() else " " for letter in text)
        request = packed(Say(text=printable, length=length, language=language))
        # A caller who hangs up must not leave half an answer in the pipe: the exchange always runs to its end.
        return await asyncio.shield(asyncio.ensure_future(self._spoken(request)))

    async def close(self) -> None:
        """End the worker."""
        async with self._one_at_a_time:
            await self._end()

    async def _spoken(self, request: bytes) -> bytes:
        async with self._one_at_a_time:
            answer = await self._try(request)
            if answer is None:
                self.restarts += 1
                answer = await self._try(request)
        if answer is None:
            raise EngineFailed(f"The voice worker of {self.name} died twice on one sentence.")
        reply, audio = answer
        if isinstance(reply, Broken):
            raise EngineFailed(reply.reason)
        return audio

    async def _try(self, request: bytes) -> _Answer | None:
        """The answer, or None when the worker died or hung."""
        try:
            process = await self._running()
            assert process.stdin is not None  # noqa: S101 - it was started with a pipe
            process.stdin.write(request)
            async with asyncio.timeout(_SPEAK_LIMIT_S):
                await process.stdin.drain()
                return await _read(process)
        except (OSError, EOFError, TimeoutError):
            await self._end()
            return None
        except EngineUnavailable as error:
            raise EngineFailed(error.reason) from error

    async def _running(self) -> Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        await self._end()
        command = (sys.executable, "-m", "voice.engines.worker", self.name)
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join((_OURS, *filter(None, [os.environ.get("PYTHONPATH")]))),
        }
        self._process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment
        )
        try:
            async with asyncio.timeout(_START_LIMIT_S):
                reply, _ = await _read(self._process)
        except (OSError, EOFError, TimeoutError) as error:
            await self._end()
            raise EngineUnavailable(
                f"The voice worker of {self.name} does not start.", remedy="Reinstall the speech packages."
            ) from error
        if isinstance(reply, Broken):
            await self._end()
            raise EngineUnavailable(reply.reason, remedy=reply.remedy)
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(_END_LIMIT_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


async def _read(process: Process) -> _Answer:
    """One message of the worker; EOFError when it is dead or speaks nonsense."""
    assert process.stdout is not None  # noqa: S101 - it was started with a pipe
    head_length, body_length = LENGTHS.unpack(await process.stdout.readexactly(LENGTHS.size))
    if head_length > LONGEST_HEAD or body_length > LONGEST_BODY:
        raise EOFError
    head = await process.stdout.readexactly(head_length)
    return REPLY.validate_json(head), await process.stdout.readexactly(body_length)
