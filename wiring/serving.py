"""Serving until asked to stop, and then letting the calls that are going on come to their end."""

import asyncio
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from wiring.lines import Lines

DRAIN_S = 20.0
"""How long calls may go on after Ctrl-C; then they move to the webhook line, or the page comes back."""
_LOOK_EVERY_S = 0.2


class DrainingServer(uvicorn.Server):
    """Ctrl-C once: no new streams, and live calls get time to end. Twice: stop now."""

    def __init__(self, config: uvicorn.Config, lines: Lines, tell: Callable[[str], None]) -> None:
        super().__init__(config)
        self._lines = lines
        self._tell = tell
        self._draining: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Called by uvicorn in the main thread when the process is asked to stop."""
        waiting = self._draining is None and self._loop is not None and self._lines.open
        self._lines.drain()
        if waiting and self._loop is not None:
            self._tell(
                f"Stopping. {self._lines.open} call(s) may go on for {DRAIN_S:.0f} s; Ctrl-C again stops at once."
            )
            self._draining = self._loop.create_task(self._drain())
            return
        # Not uvicorn's own way, which raises the signal again when all is done: Ctrl-C is how this line is ended.
        self.force_exit, self.should_exit = self.should_exit, True

    async def _drain(self) -> None:
        for _ in range(int(DRAIN_S / _LOOK_EVERY_S)):
            if not self._lines.open:
                break
            await asyncio.sleep(_LOOK_EVERY_S)
        self.should_exit = True


def make_server(app: FastAPI, lines: Lines, host: str, port: int, tell: Callable[[str], None]) -> DrainingServer:
    """A server that logs nothing of what is asked of it: addresses carry call numbers."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        ws_ping_interval=None,
        timeout_graceful_shutdown=5,
    )
    return DrainingServer(config, lines, tell)
