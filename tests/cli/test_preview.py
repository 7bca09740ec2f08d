"""The live preview without a browser: what the worker says and when, and what open pages are told."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import CATALOGUE, INDEX, Site
from sphinx_versus.cli.preview.pages import Pages, State, file_at
from sphinx_versus.cli.preview.worker import Job


def worker_of(site: Site) -> subprocess.Popen[bytes]:
    root = site.root
    job = Job(str(root / "docs"), str(root), str(root / "live"), str(root / "live.doctrees"), "html", {}, 1)
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

    with ThreadPoolExecutor(1) as elsewhere:
        found = elsewhere.submit(lambda: asyncio.run(told())).result()
    assert found == [
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

    with ThreadPoolExecutor(1) as elsewhere:  # the browser of other tests has a running loop in this thread
        found = elsewhere.submit(lambda: asyncio.run(told())).result()
    assert found == [
        {"build": 0, "messages": []},
        {"build": 1, "messages": ["old"]},
        {"build": 1, "messages": ["new"]},
    ]
