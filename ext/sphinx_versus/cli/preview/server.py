"""The process that watches, has sites built by the worker, and serves them to browsers."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import click
import uvicorn
from starlette.applications import Starlette
from watchfiles import Change, awatch

from .messages import Standing
from .pages import State, application
from .worker import CODE, Job

IGNORED = re.compile(r"/(__pycache__|node_modules|[^/]*venv[^/]*|\.[^/]*)(/|$)|~$|/4913$|\.(swp|swx|tmp)$")
"""What editors and Python write beside the files that somebody edits."""
OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""Names of the machine that no other machine can have."""
STEP, DEBOUNCE = 40, 200
"""Milliseconds without a change that end a group of changes, and its longest duration."""


class Worker:
    """The warm process, from outside."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> list[Path]:
        """Start it anew; the answer is where to look for changes."""
        await self.stop()
        command = [sys.executable, "-m", f"{__package__}.worker", json.dumps(self._job._asdict())]
        self._process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True, limit=2**26
        )
        return [Path(path) for path in (await self._line("watch"))["watch"]]

    async def build(
        self, looked_at: Iterable[str], when_written: Callable[[Sequence[str]], Awaitable[None]]
    ) -> dict[str, Any]:
        """Build once; the answer is the worker's report.

        Pages are written some time before the build is over, first those that are looked at: ``when_written`` gets their
        files, and nothing when all of the others are there, too.
        """
        assert self._process
        assert self._process.stdin
        self._process.stdin.write(json.dumps(sorted(looked_at)).encode() + b"\n")
        await self._process.stdin.drain()
        while "seconds" not in (told := await self._line("first", "written", "seconds")):
            await when_written(told.get("first", ()))
        return told

    async def stop(self) -> None:
        """End it, and whatever it started."""
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)
            await self._process.wait()
        self._process = None

    async def _line(self, *wanted: str) -> dict[str, Any]:
        """The next line with one of the keys; the others (a build is prepared while nobody waits) tell nothing new."""
        assert self._process
        assert self._process.stdout
        while line := await self._process.stdout.readline():
            told: dict[str, Any] = json.loads(line)
            if not told.keys().isdisjoint(wanted):
                return told
        raise click.ClickException("the process that builds has ended; its last words are above")


class Preview:
    """Builds again at every change, for as long as the server runs."""

    def __init__(self, job: Job, further: Sequence[Path]) -> None:
        self.state = State()
        self.address = ""
        self._job, self._further = job, further
        self._worker = Worker(job)
        self._standing = Standing()
        self._changes: asyncio.Queue[set[str]] = asyncio.Queue()

    @asynccontextmanager
    async def running(self, _app: Starlette) -> AsyncIterator[None]:
        """Build first, and serve only then."""
        watching = await self._restart()
        loop = asyncio.create_task(self._follow(watching))
        yield
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop
        await self._worker.stop()

    async def _restart(self) -> asyncio.Task[None]:
        paths = {*(await self._worker.start()), *self._further}
        watching = asyncio.create_task(self._watch([path for path in paths if path.exists()]))
        await asyncio.sleep(0)
        await self._build()
        return watching

    async def _watch(self, paths: list[Path]) -> None:
        async for changes in awatch(*paths, watch_filter=self._matters, debounce=DEBOUNCE, step=STEP):
            self._changes.put_nowait({path for _, path in changes})

    def _matters(self, change: Change, path: str) -> bool:
        built = (self._job.output, self._job.doctrees)
        return not IGNORED.search(path) and not any(path == one or path.startswith(one + os.sep) for one in built)

    async def _follow(self, watching: asyncio.Task[None]) -> None:
        while True:
            changed = await self._changes.get()
            while not self._changes.empty():
                changed |= self._changes.get_nowait()
            if any(needs_restart(path, self._job) for path in changed):
                click.echo("The configuration or the code changed: starting anew.", err=True)
                watching.cancel()
                watching = await self._restart()
            else:
                await self._build()

    async def _build(self) -> None:
        shown = self.state.number
        report = await self._worker.build(self.state.looked_at(), self._tell_written)
        await self.state.tell(self._standing.after(report), again=self.state.number == shown)
        click.echo(told(report), err=True)

    async def _tell_written(self, first: Sequence[str]) -> None:
        if first:
            await self.state.tell_first(first)
        else:
            await self.state.tell(self.state.messages)


def needs_restart(path: str, job: Job) -> bool:
    """Whether a change is one of code, which a running Python does not see; code among the pages is an example."""
    own = path.startswith(str(CODE) + os.sep) or not path.startswith(job.source + os.sep)
    return path == str(Path(job.conf, "conf.py")) or (own and path.endswith(".py"))


def told(report: dict[str, Any]) -> str:
    """A line for the terminal."""
    pages, messages = report["pages"], len(report["messages"])
    named = f": {', '.join(pages)}" if 0 < len(pages) <= 4 else ""
    words = "failed" if report["failed"] else f"{len(pages)} page{'' if len(pages) == 1 else 's'} read{named}"
    said = f"; {messages} message{'' if messages == 1 else 's'}" if messages else ""
    return f"{report['seconds']} s, {words}{said}"


class Server(uvicorn.Server):
    """Ends the streams of news before it waits for connections to close."""

    preview: Preview
    opens: bool = False
    _loop: asyncio.AbstractEventLoop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say where the site is, when it is there."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            click.echo(f"The site is at {self.preview.address}; Ctrl-C ends this.", err=True)
            if self.opens:
                webbrowser.open(self.preview.address)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """On Ctrl-C."""
        end = self.preview.state.tell([], over=True)
        asyncio.run_coroutine_threadsafe(end, self._loop)
        super().handle_exit(sig, frame)


def bound(host: str, port: int) -> socket.socket:
    """A socket at a port; when it is taken, at any other one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for wanted in (port, 0):
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, wanted))
        except OSError as error:
            listening.close()
            if not wanted:
                raise click.ClickException(f"cannot listen at {host}: {error.strerror}") from None
        else:
            return listening
    raise AssertionError


def serve(job: Job, further: Sequence[Path], host: str, port: int, *, names: Sequence[str], opens: bool) -> None:
    """Run until Ctrl-C; ``names`` are those of the host beside its own."""
    listening = bound(host, port)
    preview = Preview(job, further)
    shown = f"[{host}]" if ":" in host else host
    preview.address = f"http://{shown}:{listening.getsockname()[1]}"
    app = application(Path(job.output), preview.state, [*OWN_NAMES, shown, *names], lifespan=preview.running)
    server = Server(uvicorn.Config(app, log_level="warning", lifespan="on", ws="none", timeout_graceful_shutdown=2))
    server.preview, server.opens = preview, opens
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
