"""The live preview without a browser: what the worker says and when, and what open pages are told."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from conftest import CATALOGUE, INDEX, Site
from sphinx_versus.cli.preview.pages import State
from sphinx_versus.cli.preview.worker import Job


def builds(site: Site, edits: list[tuple[str, str, str]]) -> list[list[str]]:
    """What the worker says in each of the builds that follow an edit (or no edit)."""
    root = site.root
    job = Job(str(root / "docs"), str(root), str(root / "live"), str(root / "live.doctrees"), "html", {}, 1)
    command = [sys.executable, "-m", "sphinx_versus.cli.preview.worker", json.dumps(job._asdict())]
    said: list[list[str]] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as worker:
        assert worker.stdin
        assert worker.stdout
        for name, old, new in edits:
            if name:
                site.edit(name, old, new)
            worker.stdin.write(b"b")
            worker.stdin.flush()
            said.append([])
            while "seconds" not in said[-1]:
                told = json.loads(worker.stdout.readline())
                said[-1] += [key for key in ("written", "seconds") if key in told]
        worker.kill()
    return said


def test_pages_are_shown_before_the_build_is_over(site: Site) -> None:
    site.write({**CATALOGUE, **INDEX})
    edit = ("data/technologies/alpha.yaml", "licence: {value: MIT", "licence: {value: ISC")
    first, edited, unchanged = builds(site, [("", "", ""), edit, ("", "", "")])
    assert first == edited == ["written", "seconds"]
    assert unchanged == ["seconds"]


def test_open_pages_learn_of_new_messages_without_being_loaded_again() -> None:
    async def told() -> list[object]:
        state = State()
        news = state.news()
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
