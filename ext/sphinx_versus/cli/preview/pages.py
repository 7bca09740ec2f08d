"""What the browser gets: the built files, each page with a script that reloads it, and the stream of news."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from os import PathLike, stat_result
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

NEWS = "/-versus-live"
"""Where the news are; no page has such an address."""
SCRIPT = (Path(__file__).parent / "reload.js").read_text(encoding="utf-8")
FRESH = {"Cache-Control": "no-store"}


@dataclass
class State:
    """The last build, and how to learn of the next one; ``told`` counts what was said of any.

    ``first`` are the files that the build which is not over yet has written already, ``open`` counts who looks at a file.
    """

    number: int = 0
    told: int = 0
    messages: list[str] = field(default_factory=list)
    over: bool = False
    first: set[str] = field(default_factory=set)
    open: Counter[str] = field(default_factory=Counter)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def tell(self, messages: list[str], *, again: bool = True, over: bool = False) -> None:
        """There are new pages, or (not ``again``) only other messages about those that are shown, or it is the end."""
        async with self.changed:
            if again and not over:
                self.number += 1
                self.first.clear()
            self.messages, self.over = messages, over
            self._say()

    async def tell_first(self, files: Iterable[str]) -> None:
        """These files are there, and the others follow."""
        async with self.changed:
            self.first.update(files)
            self._say()

    def _say(self) -> None:
        self.told += 1
        self.changed.notify_all()

    def number_of(self, file: str) -> int:
        """The build that wrote a file."""
        return self.number + (file in self.first)

    def looked_at(self) -> set[str]:
        """The files that somebody has open."""
        return set(self.open)

    async def news(self, file: str) -> AsyncIterator[str]:
        """The number of each build that wrote a file and what it said, beginning with the last, as server-sent events."""
        seen = -1
        self.open[file] += 1
        try:
            while not self.over:
                async with self.changed:
                    await self.changed.wait_for(lambda: self.over or self.told != seen)  # noqa: B023 (asked at once)
                    seen = self.told
                    news = {"build": self.number_of(file), "messages": self.messages}
                if not self.over:
                    yield f"data: {json.dumps(news)}\n\n"
        finally:
            self.open -= Counter([file])  # which forgets a file that nobody looks at any more


def file_at(path: str) -> str:
    """The file at the path of an address, below the output folder."""
    name = unquote(path).lstrip("/")
    return f"{name}index.html" if not name or name.endswith("/") else name


class Pages(StaticFiles):
    """The built files; a browser keeps none of them."""

    def __init__(self, folder: Path, state: State) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self._folder, self._state = folder, state

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file; a page gets the script before its end."""
        if Path(full_path).suffix != ".html":
            return FileResponse(full_path, status_code, FRESH, stat_result=stat_result)
        page = Path(full_path).read_bytes()
        before, end, after = page.rpartition(b"</body>")
        number = self._state.number_of(Path(full_path).relative_to(self._folder.resolve()).as_posix())
        script = f'<script data-build="{number}" data-news="{NEWS}">{SCRIPT}</script>'.encode()
        # The page tells its encoding itself.
        headers = {**FRESH, "Content-Type": "text/html"}
        return Response(before + script + end + after if end else page + script, status_code, headers)


def application(folder: Path, state: State, hosts: Sequence[str], **options: Any) -> ASGIApp:
    """The site and its news, under these names of the host alone, so that no other site can have a name for it."""

    async def news(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers["host"]:
            return PlainTextResponse("The news are for pages of this site.", 403)
        file = file_at(request.query_params.get("page", "/"))
        return StreamingResponse(state.news(file), media_type="text/event-stream", headers=FRESH)

    routes = [Route(NEWS, news), Mount("/", Pages(folder, state))]
    return TrustedHostMiddleware(Starlette(routes=routes, **options), hosts, www_redirect=False)
