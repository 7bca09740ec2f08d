"""What the browser gets: the built files, each page with a script that reloads it, and the number of the last build."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from os import PathLike, stat_result
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

NEWS = "/-versus-live"
"""The path at which open pages ask for the last build; no page has such a path."""
SCRIPT = (Path(__file__).parent / "reload.js").read_text(encoding="utf-8")
FRESH = {"Cache-Control": "no-store"}


@dataclass
class State:
    """The number of the last build that wrote pages, and the messages that hold."""

    number: int = 0
    messages: list[str] = field(default_factory=list)


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
        page = Path(full_path).read_bytes()
        before, end, after = page.rpartition(b"</body>")
        script = f'<script data-build="{self._state.number}" data-news="{NEWS}">{SCRIPT}</script>'.encode()
        # The page declares its encoding itself.
        headers = {**FRESH, "Content-Type": "text/html"}
        return Response(before + script + end + after if end else page + script, status_code, headers)


def application(folder: Path, state: State, hosts: Sequence[str], **options: Any) -> ASGIApp:
    """The site, under these host names only: a foreign site cannot point a name of its own to it."""

    async def news(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers["host"]:
            return PlainTextResponse("Only pages of this site may ask for its builds.", 403)
        return JSONResponse({"build": state.number, "messages": state.messages}, headers=FRESH)

    routes = [Route(NEWS, news), Mount("/", Pages(folder, state))]
    return TrustedHostMiddleware(Starlette(routes=routes, **options), hosts, www_redirect=False)
