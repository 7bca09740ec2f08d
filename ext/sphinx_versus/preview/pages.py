"""What the browser gets: the built files, each page with a script that reloads it, and the number of the last build."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from os import PathLike, stat_result
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Scope

NEWS = "/-versus-live"  # the path at which open pages ask for the last build; no page has such a path
SCRIPT = (Path(__file__).parent / "reload.js").read_text(encoding="utf-8")
OPEN = 5  # seconds after its last question for which a page counts as open
FRESH = {"Cache-Control": "no-store"}


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
        # The page declares its encoding itself.
        headers = {**FRESH, "Content-Type": "text/html"}
        return Response(before + script + end + after if end else page + script, status_code, headers)


def application(folder: Path, state: State, hosts: Sequence[str], **options: Any) -> ASGIApp:
    """The site, under these host names only: a foreign site cannot point a name of its own to it."""

    async def news(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin and origin.partition("://")[2] != request.headers["host"]:
            return PlainTextResponse("Only pages of this site may ask for its builds.", 403)
        file = file_at(request.query_params.get("page", "/"))
        state.asked[file] = time.monotonic()
        return JSONResponse({"build": state.number_of(file), "messages": state.messages}, headers=FRESH)

    routes = [Route(NEWS, news), Mount("/", Pages(folder, state))]
    return TrustedHostMiddleware(Starlette(routes=routes, **options), hosts, www_redirect=False)
