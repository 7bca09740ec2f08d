"""The process that watches files, has the worker build, and serves the site to browsers.

A browser gets the built files, each page with a script that reloads it, and the number of the last build.
"""

import asyncio
import json
import os
import signal
import socket
import sys
import time
import webbrowser
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import click
import uvicorn
from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope
from watchfiles import DefaultFilter, awatch

from .worker import CODE, EVERY_BUILD, BuildJob

NEWS = "/-versus-live"  # the path at which open pages ask for the last build; no page has such a path
SCRIPT = (Path(__file__).parent / "reload.js").read_text(encoding="utf-8")
OPEN = 5  # seconds after its last question for which a page counts as open
FRESH = {"Cache-Control": "no-store"}
OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")  # names of the machine that no other machine can have
STEP, DEBOUNCE = 40, 200  # milliseconds without a change that end a group of changes, and its longest duration
LOOK = 1  # every so many seconds it is looked whether what is watched is there: what is not there cannot be watched
ENDED = "The process that builds has ended; see the terminal. The next change starts another one."


# -- what the browser gets


MOST_OPEN, MOST_OF_ADDRESS = 1_000, 1_000
"""So many open pages are known, by so many characters of their addresses."""


@dataclass
class State:
    """The number of the last build that wrote pages, and the messages that hold.

    ``first`` are the files that the build which is not over yet has written already, ``asked`` is when each page asked last.
    """

    number: int = 0
    messages: list[str] = field(default_factory=list)
    first: frozenset[str] = frozenset()
    asked: dict[str, float] = field(default_factory=dict)

    def reload(self) -> None:
        """Have all open pages loaded again."""
        self.number += 1
        self.first = frozenset()

    def number_of(self, file: str) -> int:
        """The build that wrote a file."""
        return self.number + (file in self.first)

    def open_files(self) -> list[str]:
        """The files that are open in a browser."""
        since = time.monotonic() - OPEN
        self.asked = {file: asked for file, asked in self.asked.items() if asked > since}
        return sorted(self.asked)


def file_at(path: str) -> str:
    """The file at the path of an address, below the output folder."""
    name = unquote(path).lstrip("/")
    return f"{name}index.html" if not name or name.endswith("/") else name


class ServedPages(StaticFiles):
    """The built files; a browser keeps none of them."""

    def __init__(self, folder: Path, state: State) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self._folder, self._state = folder, state

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file; a page gets the script before its end."""
        if Path(full_path).suffix != ".html":
            return FileResponse(full_path, status_code, FRESH, stat_result=stat_result)
        page = Path(full_path).read_bytes()
        before, end, after = page.rpartition(b"</body>")
        number = self._state.number_of(Path(full_path).relative_to(self._folder.resolve()).as_posix())
        script = f'<script data-build="{number}" data-news="{NEWS}">{SCRIPT}</script>'.encode()
        # The page declares its encoding itself.
        headers = {**FRESH, "Content-Type": "text/html"}
        return Response(before + script + end + after if end else page + script, status_code, headers)


def application(folder: Path, state: State, hosts: Sequence[str], **options: Any) -> ASGIApp:
    """The site, under these host names only: a foreign site cannot point a name of its own to it."""

    async def news(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin and origin.partition("://")[2] != request.headers["host"]:
            return PlainTextResponse("Only pages of this site may ask for its builds.", 403)
        file = file_at(request.query_params.get("page", "/")[:MOST_OF_ADDRESS])
        if file in state.asked or len(state.asked) < MOST_OPEN:  # between two builds, any page may ask for any file
            state.asked[file] = time.monotonic()
        return JSONResponse({"build": state.number_of(file), "messages": state.messages}, headers=FRESH)

    routes = [Route(NEWS, news), Mount("/", ServedPages(folder, state))]
    return TrustedHostMiddleware(Starlette(routes=routes, **options), hosts, www_redirect=False)


# -- what builds


class Worker:
    """The warm process, from outside."""

    def __init__(self, job: BuildJob) -> None:
        self._job = job
        self._process: asyncio.subprocess.Process | None = None
        self.runs = False

    async def start(self) -> list[Path]:
        """Start the process anew; return the paths to watch."""
        await self.stop()
        command = [sys.executable, "-m", f"{__package__}.worker", json.dumps(self._job._asdict())]
        self._process = await asyncio.create_subprocess_exec(
            *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True, limit=2**26
        )
        self.runs = True
        paths = (await self._line("watch")).get("watch", [self._job.source, self._job.conf])
        return [*map(Path, paths)]

    async def build(self, state: State) -> dict[str, Any]:
        """Build once and return the worker's report; have pages loaded again as soon as they are written."""
        assert self._process
        assert self._process.stdin
        with suppress(ConnectionError):  # The process has ended, which reading notices.
            self._process.stdin.write(json.dumps(state.open_files()).encode() + b"\n")
            await self._process.stdin.drain()
        number = state.number
        while "seconds" not in (report := await self._line("first", "written", "seconds")) and report:
            if "first" in report:
                state.first = frozenset(report["first"])
            else:
                state.reload()
        if state.number == number:
            state.reload()
        return report or {"failed": True, "seconds": 0, "pages": [], "again": [], "messages": [("", ENDED)]}

    async def stop(self) -> None:
        """End the process and all that it started."""
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGTERM)
            await self._process.wait()

    async def _line(self, *wanted: str) -> dict[str, Any]:
        """The next line with one of the keys, or nothing when the process has ended."""
        assert self._process
        assert self._process.stdout
        while line := await self._process.stdout.readline():
            report: dict[str, Any] = json.loads(line)
            if not report.keys().isdisjoint(wanted):
                return report
        self.runs = False
        return {}


class Standing:
    """The messages that hold after the builds so far.

    A build repeats only those about the data and about the pages that it reads or writes. A message about another page holds
    until that page is read or written again, or removed.
    """

    def __init__(self) -> None:
        self._by_subject: dict[str, list[str]] = {}

    def after(self, report: Mapping[str, Any]) -> list[str]:
        """All messages, when a build has reported its own."""
        for subject in (EVERY_BUILD, *report["again"]):
            self._by_subject.pop(subject, None)
        for subject, line in report["messages"]:
            self._by_subject.setdefault(subject, []).append(line)
        return [*dict.fromkeys(chain.from_iterable(self._by_subject.values()))]


class Preview:
    """Builds again at every change, for as long as the server runs."""

    def __init__(self, job: BuildJob, further: Sequence[Path]) -> None:
        # Pages that an earlier preview served must not take its numbers for those of this one.
        self.state = State(int(time.time()))
        self._job, self._further = job, further
        self.worker = Worker(job)
        self._standing = Standing()
        self._changes: asyncio.Queue[set[str]] = asyncio.Queue()
        self._watching: asyncio.Task[None] | None = None
        self._paths: frozenset[str] = frozenset()
        self._there: frozenset[str] = frozenset()

    @asynccontextmanager
    async def running(self, _app: Starlette) -> AsyncIterator[None]:
        """Follow the changes while the site is served."""
        loop = asyncio.create_task(self._follow())
        yield
        loop.cancel()
        await self.worker.stop()

    async def restart(self) -> None:
        """Start the worker and the watcher anew, and build."""
        if self._watching:
            self._watching.cancel()
        self._paths = frozenset(map(str, [*(await self.worker.start()), *self._further]))
        self._there = self._present()
        self._watching = asyncio.create_task(self._watch(self._there))
        await asyncio.sleep(0)
        await self._build()

    def _present(self) -> frozenset[str]:
        """Those of the paths that are there."""
        return frozenset(filter(os.path.exists, self._paths))

    async def _watch(self, paths: Collection[str]) -> None:
        built = [folder + os.sep for folder in (self._job.output, self._job.doctrees)]
        patterns = (*DefaultFilter.ignore_entity_patterns, r"\.log$")  # in one, each build may write
        matters = DefaultFilter(ignore_paths=built, ignore_entity_patterns=patterns)
        while True:
            try:
                async for changes in awatch(*paths, watch_filter=matters, debounce=DEBOUNCE, step=STEP):
                    self._changes.put_nowait({path for _, path in changes})
            except* RuntimeError as group:  # for one, a name that is not UTF-8
                click.echo(f"A change cannot be read: {group.exceptions[0]}", err=True)
                await asyncio.sleep(LOOK)
                self._changes.put_nowait({self._job.source})

    async def _follow(self) -> None:
        while True:
            changed = await self._changed()
            if self._there != self._present():
                click.echo("A folder came or went: starting anew.", err=True)
                await self.restart()
            elif changed and (not self.worker.runs or any(needs_restart(path, self._job) for path in changed)):
                click.echo("The configuration or the code changed: starting anew.", err=True)
                await self.restart()
            elif changed:
                await self._build()

    async def _changed(self) -> set[str]:
        """The next changes; none after a while without one."""
        changed: set[str] = set()
        with suppress(TimeoutError):
            changed |= await asyncio.wait_for(self._changes.get(), LOOK)
        while not self._changes.empty():
            changed |= self._changes.get_nowait()
        return changed

    async def _build(self) -> None:
        report = await self.worker.build(self.state)
        self.state.messages = self._standing.after(report)
        click.echo(summary(report), err=True)


def needs_restart(path: str, job: BuildJob) -> bool:
    """Whether a change is one of code, which a running Python does not see; code among the pages is an example."""
    own = path.startswith(str(CODE) + os.sep) or not path.startswith(job.source + os.sep)
    return path == str(Path(job.conf, "conf.py")) or (own and path.endswith(".py"))


def summary(report: dict[str, Any]) -> str:
    """The line in the terminal for a build."""
    pages, messages = report["pages"], len(report["messages"])
    named = f": {', '.join(pages)}" if 0 < len(pages) <= 4 else ""
    words = "failed" if report["failed"] else f"{len(pages)} page{'' if len(pages) == 1 else 's'} read{named}"
    counted = f"; {messages} message{'' if messages == 1 else 's'}" if messages else ""
    return f"{report['seconds']} s, {words}{counted}"


def bound(host: str, port: int) -> socket.socket:
    """A socket at a port; when it is taken, at any other one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with suppress(OSError):
        return socket.create_server((host, port), family=family)
    try:
        return socket.create_server((host, 0), family=family)
    except OSError as error:
        raise click.ClickException(f"cannot listen at {host}: {error.strerror}") from None


def serve(job: BuildJob, further: Sequence[Path], host: str, port: int, *, names: Sequence[str], opens: bool) -> None:
    """Run until Ctrl-C; ``names`` are those of the host beside its own."""
    listening = bound(host, port)
    preview = Preview(job, further)
    shown = f"[{host}]" if ":" in host else host
    app = application(Path(job.output), preview.state, [*OWN_NAMES, shown, *names], lifespan=preview.running)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on", ws="none"))
    address = f"http://{shown}:{listening.getsockname()[1]}"

    async def run() -> None:
        try:
            await preview.restart()
            click.echo(f"The site is at {address}; Ctrl-C ends this.", err=True)
            if opens:
                webbrowser.open(address)
            # A task of its own: Ctrl-C cancels what waits for it, and stopping the worker must not be cancelled.
            await asyncio.create_task(server.serve([listening]))
        finally:
            await preview.worker.stop()

    with suppress(KeyboardInterrupt):
        asyncio.run(run())
