"""The live preview without a browser: what the worker reports and when, and who is answered."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message

from conftest import CATALOGUE, INDEX, Site
from sphinx_versus.cli.live import live
from sphinx_versus.preview import server
from sphinx_versus.preview.server import (
    ENDED,
    NEWS,
    OPEN,
    OWN_NAMES,
    ServedPages,
    Standing,
    State,
    Worker,
    application,
    file_at,
)
from sphinx_versus.preview.worker import BuildJob


def job_of(site: Site, processes: int = 1) -> BuildJob:
    root = site.root
    return BuildJob(
        str(root / "docs"), str(root), str(root / "live"), str(root / "live.doctrees"), "html", {}, processes
    )


def worker_of(site: Site, processes: int = 1) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sphinx_versus.preview.worker", json.dumps(job_of(site, processes)._asdict())]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def build(worker: subprocess.Popen[bytes], *files: str) -> list[dict[str, Any]]:
    """What the worker reports of one build, while these files are open."""
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(json.dumps(files).encode() + b"\n")
    worker.stdin.flush()
    reports: list[dict[str, Any]] = []
    while not reports or "seconds" not in reports[-1]:
        report = json.loads(worker.stdout.readline())
        reports += [report] if "watch" not in report else []
    return reports


T = TypeVar("T")


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run it in another thread: the browser of other tests has a running loop in this one."""
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, coroutine).result()


def test_pages_are_shown_before_the_build_is_over(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX})
    with worker_of(site) as worker:
        first = build(worker)
        site.edit("data/technologies/alpha.yaml", "licence: {value: MIT", "licence: {value: ISC")
        edited, unchanged = build(worker, "technologies/alpha.html", "no/such.html"), build(worker)
        assert worker.stdin
        worker.stdin.close()
        assert worker.wait(20) == 0
    assert [[next(iter(report)) for report in reports] for reports in (first, edited, unchanged)] == [
        ["written", "failed"],
        ["first", "written", "failed"],
        ["failed"],
    ]
    assert edited[0]["first"] == ["technologies/alpha.html"]
    assert "technologies/alpha" in edited[-1]["pages"]


def test_only_the_pages_that_are_written_first_are_loaded_again_first() -> None:
    state = State(7, first=frozenset({"a.html"}))
    assert (state.number_of("a.html"), state.number_of("b.html")) == (8, 7)
    state.reload()
    assert (state.number_of("a.html"), state.number_of("b.html")) == (8, 8)


@pytest.mark.parametrize(
    ("path", "file"),
    [("/", "index.html"), ("/a.html", "a.html"), ("/b/", "b/index.html"), ("/a%20b/%C3%A9.html", "a b/é.html")],
)
def test_the_file_at_an_address(path: str, file: str) -> None:
    assert file_at(path) == file


def test_pages_that_ask_no_more_are_not_open(served: ASGIApp, state: State) -> None:
    run(visit(served, NEWS, {}))
    state.asked["old.html"] = time.monotonic() - OPEN
    assert state.open_files() == ["index.html"]
    assert set(state.asked) == {"index.html"}


def test_the_worker_ends_when_its_output_is_closed(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX})
    with worker_of(site) as worker:
        assert worker.stdin
        assert worker.stdout
        worker.stdin.write(b"[]\n")
        worker.stdin.flush()
        worker.stdout.close()
        assert worker.wait(20) == 0


def test_a_worker_that_ends_is_reported_and_started_anew(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX})

    async def reports() -> list[bool]:
        worker = Worker(job_of(site))
        await worker.start()
        first = await worker.build(State())
        await worker.stop()
        second = await worker.build(State())
        assert not worker.runs
        assert second["messages"] == [("", ENDED)]
        await worker.start()
        third = await worker.build(State())
        await worker.stop()
        return [report["failed"] for report in (first, second, third)]

    assert run(reports()) == [False, True, False]


def test_a_data_folder_that_comes_and_goes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """As at a checkout of a branch without it: the next build is prepared for what was there before."""
    site.write({**CATALOGUE, **INDEX})
    page, data, away = site.root / "live/technologies/alpha.html", site.root / "data", site.root / "away"
    data.rename(away)
    monkeypatch.setattr(server, "LOOK", 0.01)

    async def pages() -> list[bool]:
        preview, built = server.Preview(job_of(site), []), asyncio.Event()
        usual, found = preview.restart, []

        async def restart() -> None:
            await usual()
            built.set()

        monkeypatch.setattr(preview, "restart", restart)
        await usual()
        async with preview.running(Starlette()):
            for before, after in ((away, data), (data, away)):
                before.rename(after)
                await asyncio.wait_for(built.wait(), 60)
                built.clear()
                found.append(page.exists())
        return found

    assert run(pages()) == [True, False]


def test_a_name_that_is_not_utf8_does_not_end_the_watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(tmp_path).write({"docs/page.md": "# Page\n"})
    folder, page = tmp_path / "docs", tmp_path / "docs/page.md"
    monkeypatch.setattr(server, "LOOK", 0.01)

    async def changes() -> tuple[set[str], set[str]]:
        preview = server.Preview(job_of(site), [])
        watching = asyncio.create_task(preview._watch([str(folder)]))
        await asyncio.sleep(0.5)
        Path(os.fsdecode(os.fsencode(folder) + b"/x\xff.txt")).write_text("x")
        first = await asyncio.wait_for(preview._changes.get(), 60)
        await asyncio.sleep(0.5)
        page.write_text("# Another\n")
        second = await asyncio.wait_for(preview._changes.get(), 60)
        watching.cancel()
        return first, second

    assert run(changes()) == ({str(folder)}, {str(page)})


def test_a_page_in_another_encoding_is_served(tmp_path: Path) -> None:
    (tmp_path / "old.html").write_bytes("<body>Zürich</body>".encode("latin-1"))
    found = ServedPages(tmp_path, State()).file_response(str(tmp_path / "old.html"), os.stat_result(range(10)), {})
    assert bytes(found.body).startswith(b"<body>Z\xfcrich<script")
    assert found.headers["content-type"] == "text/html"


# -- who is answered


async def visit(app: ASGIApp, path: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """The status and the body for a request."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": unquote(path),
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [(key.encode(), value.encode()) for key, value in {"host": "localhost:8000", **headers}.items()],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await asyncio.wait_for(app(scope, receive, send), 20)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


@pytest.fixture
def state() -> State:
    return State(7, ["a message"])


@pytest.fixture
def served(tmp_path: Path, state: State) -> ASGIApp:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<body>Home</body>", encoding="utf-8")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    return application(site, state, [*OWN_NAMES, "laptop.local"])


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


@pytest.mark.parametrize(("path", "answer"), [("/", b"Home"), (NEWS, b'{"build":7,"messages":["a message"]}')])
def test_only_the_hosts_own_names_are_answered(served: ASGIApp, path: str, answer: bytes) -> None:
    async def answers() -> list[tuple[int, bytes]]:
        return [await visit(served, path, {"host": host}) for host, _ in HOSTS]

    for (host, expected), (status, body) in zip(HOSTS, run(answers()), strict=True):
        assert (status, answer in body) == (expected, expected == 200), host


def test_only_pages_of_the_site_get_its_news(served: ASGIApp) -> None:
    for origin in (
        "http://evil.example",
        "http://localhost:9000",
        "null",
        "http://[",
        "https://localhost:8000.evil.example",
    ):
        assert run(visit(served, NEWS, {"origin": origin}))[0] == 403, origin
    assert run(visit(served, NEWS, {"origin": "http://localhost:8000"}))[0] == 200


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
def test_nothing_outside_the_output_is_served(served: ASGIApp, path: str) -> None:
    status, body = run(visit(served, path, {}))
    assert status == 404
    assert b"secret" not in body


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
        for edits in STEPS:
            for edit in edits:
                site.edit(*edit)
            messages = " ".join(standing.after(build(worker)[-1]))
            found.append([word for word in ("nonsense", "nowhere", "toctree") if word in messages])
        worker.kill()
    assert found == [["nonsense", "nowhere", "toctree"]] * 2 + [["nonsense"], []]
