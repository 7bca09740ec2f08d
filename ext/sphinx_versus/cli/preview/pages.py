"""What the browser gets: the built files, each page with a script that reloads it, and the stream of news."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from os import PathLike, stat_result
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

NEWS = "/-versus-live"
"""Where the news are; no page has such an address."""
SCRIPT = (Path(__file__).parent / "reload.js").read_text(encoding="utf-8")
FRESH = {"Cache-Control": "no-store"}


@dataclass
class State:
    """The last build, and how to learn of the next one; ``told`` counts what was said of any."""

    number: int = 0
    told: int = 0
    messages: list[str] = field(default_factory=list)
    over: bool = False
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def tell(self, messages: list[str], *, again: bool = True, over: bool = False) -> None:
        """There are new pages, or (not ``again``) only other messages about those that are shown, or it is the end."""
        async with self.changed:
            self.number += again and not over
            self.told += 1
            self.messages, self.over = messages, over
            self.changed.notify_all()

    async def news(self) -> AsyncIterator[str]:
        """The number of each build and what it said, beginning with the last one, as server-sent events."""
        seen = -1
        while not self.over:
            async with self.changed:
                await self.changed.wait_for(lambda: self.over or self.told != seen)  # noqa: B023 (asked at once)
                seen = self.told
                news = {"build": self.number, "messages": self.messages}
            if not self.over:
                yield f"data: {json.dumps(news)}\n\n"


class Pages(StaticFiles):
    """The built files; a browser keeps none of them."""

    def __init__(self, folder: Path, state: State) -> None:
        super().__init__(directory=folder, html=True, check_dir=False)
        self._state = state

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """A file; a page gets the script before its end."""
        if Path(full_path).suffix != ".html":
            return FileResponse(full_path, status_code, FRESH, stat_result=stat_result)
        page = Path(full_path).read_text(encoding="utf-8")
        before, end, after = page.rpartition("</body>")
        script = f'<script data-build="{self._state.number}" data-news="{NEWS}">{SCRIPT}</script>'
        return HTMLResponse(before + script + end + after if end else page + script, status_code, FRESH)


def application(folder: Path, state: State, **options: Any) -> Starlette:
    """The site and its news."""

    async def news(request: Request) -> StreamingResponse:
        return StreamingResponse(state.news(), media_type="text/event-stream", headers=FRESH)

    routes = [Route(NEWS, news), Mount("/", Pages(folder, state))]
    return Starlette(routes=routes, **options)
