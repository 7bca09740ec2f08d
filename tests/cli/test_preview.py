"""The live preview without a browser: what the worker says and when, and what open pages are told."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from starlette.types import ASGIApp, Message

from conftest import CATALOGUE, INDEX, Site
from sphinx_versus.cli.live import live
from sphinx_versus.cli.preview.messages import Standing
from sphinx_versus.cli.preview.pages import NEWS, Pages, State, application, file_at
from sphinx_versus.cli.preview.server import OWN_NAMES
from sphinx_versus.cli.preview.worker import Job


def worker_of(site: Site, processes: int = 1) -> subprocess.Popen[bytes]:
    root = site.root
    job = Job(str(root / "docs"), str(root), str(root / "live"), str(root / "live.doctrees"), "html", {}, processes)
    command = [sys.executable, "-m", "sphinx_versus.cli.preview.worker", json.dumps(job._asdict())]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def builds(
    site: Site, edits: list[tuple[str, str, str]], looked_at: Sequence[str] = ()
) -> tuple[list[list[str]], list[str]]:
    """What the worker says in each of the builds that follow an edit (or no edit), while somebody looks at files.

    And what these files have in them when they are said to be written.
    """
    said: list[list[str]] = []
    shown: list[str] = []
    with worker_of(site) as worker:
        assert worker.stdin
        assert worker.stdout
        for name, old, new in edits:
            if name:
                site.edit(name, old, new)
            worker.stdin.write(json.dumps(looked_at).encode() + b"\n")
            worker.stdin.flush()
            said.append([])
            while "seconds" not in said[-1]:
                told = json.loads(worker.stdout.readline())
                said[-1] += [key for key in ("first", "written", "seconds") if key in told]
                shown += [(site.root / "live" / file).read_text("utf-8") for file in told.get("first", ())]
        worker.kill()
    return said, shown


T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run it in another thread: the browser of other tests has a running loop in this one."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, coroutine).result()


def test_pages_are_shown_before_the_build_is_over(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX})
    edit = ("data/technologies/alpha.yaml", "licence: {value: MIT", "licence: {value: ISC")
    (first, edited, unchanged), _ = builds(site, [("", "", ""), edit, ("", "", "")])
    assert first == edited == ["written", "seconds"]
    assert unchanged == ["seconds"]


def test_a_page_that_is_looked_at_is_written_first(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX})
    edit = ("data/technologies/alpha.yaml", "licence: {value: MIT", "licence: {value: ISC")
    open_, other = "technologies/alpha.html", "technologies/gamma.html"
    said, (before, after) = builds(site, [("", "", ""), edit], [open_, "no/such.html"])
    assert said == [["first", "written", "seconds"]] * 2
    assert ("ISC" in before, "ISC" in after) == (False, True)
    said, shown = builds(site, [(edit[0], edit[2], edit[1])], [other])
    assert (said, shown) == ([["written", "seconds"]], [])


def test_the_worker_ends_when_nobody_listens_any_more(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX})
    with worker_of(site) as worker:
        assert worker.stdin
        assert worker.stdout
        worker.stdin.write(b"[]\n")
        worker.stdin.flush()
        worker.stdout.close()
        assert worker.wait(20) == 0


def test_only_the_pages_that_are_written_first_are_loaded_again_first() -> None:
    async def told() -> list[object]:
        state = State()
        streams = {file: state.news(file) for file in ("a.html", "b/index.html")}
        found = [{file: await _said(news) for file, news in streams.items()}]
        assert state.looked_at() == streams.keys()
        await state.tell_first(["a.html"])
        found.append({file: await _said(news) for file, news in streams.items()})
        await state.tell(["a message"])
        found.append({file: await _said(news) for file, news in streams.items()})
        await streams["a.html"].aclose()
        assert state.looked_at() == {"b/index.html"}
        return found

    assert run(told()) == [
        {"a.html": 0, "b/index.html": 0},
        {"a.html": 1, "b/index.html": 0},
        {"a.html": 1, "b/index.html": 1},
    ]


async def _said(news: AsyncIterator[str]) -> int:
    number: int = json.loads((await anext(news)).removeprefix("data: "))["build"]
    return number


@pytest.mark.parametrize(
    ("path", "file"),
    [("/", "index.html"), ("/a.html", "a.html"), ("/b/", "b/index.html"), ("/a%20b/%C3%A9.html", "a b/é.html")],
)
def test_the_file_at_an_address(path: str, file: str) -> None:
    assert file_at(path) == file


def test_a_page_in_another_encoding_is_served(tmp_path: Path) -> None:
    (tmp_path / "old.html").write_bytes("<body>Zürich</body>".encode("latin-1"))
    found = Pages(tmp_path, State()).file_response(str(tmp_path / "old.html"), os.stat_result(range(10)), {})
    assert bytes(found.body).startswith(b"<body>Z\xfcrich<script")
    assert found.headers["content-type"] == "text/html"


def test_open_pages_learn_of_new_messages_without_being_loaded_again() -> None:
    async def told() -> list[object]:
        state = State()
        news = state.news("index.html")
        found = [json.loads((await anext(news)).removeprefix("data: "))]
        for messages, again in ((["old"], True), (["new"], False)):
            await state.tell(messages, again=again)
            found.append(json.loads((await anext(news)).removeprefix("data: ")))
        return found

    assert run(told()) == [
        {"build": 0, "messages": []},
        {"build": 1, "messages": ["old"]},
        {"build": 1, "messages": ["new"]},
    ]


# -- who is answered


class Visit:
    """A request, and what it is answered; the visitor goes when the first part of an answer is there."""

    def __init__(self, app: ASGIApp, path: str, headers: Mapping[str, str]) -> None:
        self._app, self._gone = app, asyncio.Event()
        self._asked = False
        self.status, self.body = 0, b""
        name, _, query = path.partition("?")
        self._scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "method": "GET",
            "path": unquote(name),
            "raw_path": name.encode(),
            "root_path": "",
            "scheme": "http",
            "query_string": query.encode(),
            "headers": [(key.encode(), value.encode()) for key, value in {"host": "localhost:8000", **headers}.items()],
        }

    async def answer(self) -> tuple[int, bytes]:
        await asyncio.wait_for(self._app(self._scope, self._receive, self._send), 20)
        return self.status, self.body

    async def _receive(self) -> Message:
        if self._asked:
            await self._gone.wait()
            return {"type": "http.disconnect"}
        self._asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def _send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")
        if message.get("body"):
            self._gone.set()


@pytest.fixture
def served(tmp_path: Path) -> tuple[ASGIApp, State]:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<body>Home</body>", encoding="utf-8")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    state = State()
    return application(site, state, [*OWN_NAMES, "laptop.local"]), state


HOSTS = [
    *(
        ("localhost", 200),
        ("localhost:8000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("Laptop.local:1", 200),
    ),
    *(("evil.example", 400), ("localhost.evil.example", 400), ("127.0.0.1.evil.example:8000", 400), ("", 400)),
    *(("evil.example:80@localhost", 400), ("[::2]", 400), ("192.168.1.7:8000", 400)),
]


@pytest.mark.parametrize("path", ["/", f"{NEWS}?page=/"])
def test_only_the_hosts_own_names_are_answered(served: tuple[ASGIApp, State], path: str) -> None:
    app, _ = served

    async def answers() -> list[tuple[int, bytes]]:
        return [await Visit(app, path, {"host": host}).answer() for host, _ in HOSTS]

    for (host, expected), (status, body) in zip(HOSTS, run(answers()), strict=True):
        assert (status, b"Home" in body or b"build" in body) == (expected, expected == 200), host


def test_only_pages_of_the_site_get_its_news(served: tuple[ASGIApp, State]) -> None:
    app, state = served
    for origin in ("http://evil.example", "http://localhost:9000", "null", "https://localhost:8000.evil.example"):
        assert run(Visit(app, f"{NEWS}?page=/", {"origin": origin}).answer())[0] == 403, origin
    assert run(Visit(app, f"{NEWS}?page=/", {"origin": "http://localhost:8000"}).answer())[0] == 200
    assert not state.open


OUTSIDE = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/a/../../secret.txt",
    "/link.txt",
    "//etc/passwd",
]
OUTSIDE += ["/..\\secret.txt", "/%00", "/index.html%00.txt", "/" + "a" * 5000]


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_outside_the_output_is_served(served: tuple[ASGIApp, State], path: str) -> None:
    status, body = run(Visit(served[0], path, {}).answer())
    assert status == 404
    assert b"secret" not in body


def test_pages_that_nobody_looks_at_any_more_are_forgotten(served: tuple[ASGIApp, State]) -> None:
    app, state = served

    async def visits() -> list[set[str]]:
        reading = state.news("open.html")
        await anext(reading)
        for number in range(50):
            await Visit(app, f"{NEWS}?page=/{number}.html", {}).answer()
        found = [state.looked_at()]
        await reading.aclose()
        return [*found, state.looked_at(), set(state.open)]

    assert run(visits()) == [{"open.html"}, set(), set()]


@pytest.mark.parametrize("name", ["*", "a*b", "laptop:8000", "::1", "http://laptop"])
def test_a_host_that_is_none(name: str) -> None:
    result = CliRunner().invoke(live, ["--allow-host", name])
    assert result.exit_code == 2
    assert f'"{name}" is no host; expected' in result.output


# -- messages


def test_messages_stand_until_their_subject_is_looked_at_again() -> None:
    standing = Standing()
    first = [("", "data"), ("read a", "bad a"), ("write b", "no b"), ("check", "lone c"), ("read d", "bad a")]
    assert standing.after({"again": [], "messages": first}) == ["data", "bad a", "no b", "lone c"]
    assert standing.after({"again": ["write a", "read b"], "messages": []}) == ["bad a", "no b", "lone c"]
    assert standing.after({"again": ["read a", "write b", "check"], "messages": [("read a", "worse")]}) == [
        "bad a",
        "worse",
    ]
    assert standing.after({"again": ["read a", "read d"], "messages": []}) == []


ONE, TWO = "docs/one.md", "docs/two.md"
STEPS = [
    [],
    [(TWO, "Words.", "More words.")],
    [(TWO, "# Two", "(nowhere)=\n# Two"), ("docs/index.md", "criteria", "criteria\none")],
    [(ONE, "{nonsense}`a`", "Words.")],
]


def test_a_message_stands_until_its_page_is_right(site: Site) -> None:
    """A page that is read with a mistake, that refers to what comes later, and that no table of contents names at first."""
    wrong = "# One\n\n{nonsense}`a`\n\n{ref}`nowhere`\n"
    site.write({**CATALOGUE, **INDEX, ONE: wrong, TWO: "---\norphan: true\n---\n# Two\n\nWords.\n"})
    standing, found = Standing(), []
    with worker_of(site, processes=2) as worker:
        assert worker.stdin
        assert worker.stdout
        for edits in STEPS:
            for edit in edits:
                site.edit(*edit)
            worker.stdin.write(b"[]\n")
            worker.stdin.flush()
            told: dict[str, Any] = {}
            while "seconds" not in told:
                told = json.loads(worker.stdout.readline())
            messages = " ".join(standing.after(told))
            found.append([word for word in ("nonsense", "nowhere", "toctree") if word in messages])
        worker.kill()
    assert found == [["nonsense", "nowhere", "toctree"]] * 2 + [["nonsense"], []]
