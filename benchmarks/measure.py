"""What a command costs: processor time of all its processes, time on the clock, and memory."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The names of the browser: the one without a window is the fastest."""
INTERVAL = 0.1
"""Seconds between two looks at the memory."""


class CommandFailed(Exception):  # noqa: N818 (it says what happened)
    """A measured command ended with an error; its message is what it printed."""


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor (user and system), seconds on the clock, and bytes of memory at the peak."""

    cpu: float
    wall: float
    memory: int


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run a command to its end, its child processes included."""
    began, before = time.perf_counter(), _used_by_children()
    log = folder / "benchmark.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        watch = Watch(process.pid)
        status = process.wait()
        memory = watch.end()
    wall, cpu = time.perf_counter() - began, _used_by_children() - before
    if status:
        raise CommandFailed(f"{' '.join(command)}\n{log.read_text(encoding='utf-8', errors='replace')}")
    return Cost(cpu, wall, memory)


def _used_by_children() -> float:
    """Seconds that all ended children and their children used; what a child waited for counts as its own."""
    times = psutil.Process().cpu_times()
    return times.children_user + times.children_system


class Watch:
    """Looks ten times a second at the memory of a process and its children.

    One process counts with its resident set. Several share memory, so each counts with its proportional share of it, where
    the system tells that (Linux), else with what belongs to it alone.
    """

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> int:
        """The peak in bytes."""
        self._ended.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._ended.wait(INTERVAL):
            with suppress(psutil.Error):
                self._peak = max(self._peak, self._now())

    def _now(self) -> int:
        children = self._process.children(recursive=True)
        if not children:
            return int(self._process.memory_info().rss)
        return sum(_share(process) for process in [self._process, *children])


def _share(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        found = process.memory_full_info()
        return int(getattr(found, "pss", found.uss))
    return 0


def python(*arguments: str) -> list[str]:
    """The command that runs a module with this interpreter."""
    return [sys.executable, "-m", *arguments]


def chromium() -> str:
    """The path of the browser that is installed."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SystemExit(f"needs Chromium: one of {', '.join(CHROMIUM)}")
    return found
