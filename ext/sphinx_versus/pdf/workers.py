"""Typesetters in processes of their own: the typesetter uses one processor, and threads of one process wait for each other.

The processes know the folder ``typesetter`` only, which needs nothing of this package: they start in a tenth of a second. They
take orders and answer through pipes.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from .typesetter.compiler import Fonts, Remark, from_plain

FOLDER = Path(__file__).parent
CODE = "import sys; sys.path.append(sys.argv[1]); from typesetter.serve import main; main()"
"""The folder comes last: its modules must not take the place of others with their names."""


class Workers:
    """A number of typesetters; used as a context, at whose end the processes end."""

    def __init__(self, root: Path, fonts: Fonts, timestamp: int, number: int) -> None:
        self.number = number
        self._threads = ThreadPoolExecutor(max_workers=number)
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all = [_Worker((str(root), [str(one) for one in fonts.folders], timestamp)) for _ in range(number)]
        for worker in self._all:
            self._idle.put(worker)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.end()

    def typeset(
        self, main: Path, inputs: Mapping[str, str], stubs: Sequence[int]
    ) -> Future[tuple[bytes, list[Remark]]]:
        """As :meth:`.typesetter.compiler.Typesetter.typeset`, but later."""
        return self._threads.submit(self._typeset, (str(main), dict(inputs), list(stubs)))

    def _typeset(self, order: tuple[str, dict[str, str], list[int]]) -> tuple[bytes, list[Remark]]:
        worker = self._idle.get()
        try:
            pdf, remarks = worker.ask(order)
        finally:
            self._idle.put(worker)
        return pdf, [from_plain(one) for one in remarks]


class _Worker:
    """One process."""

    def __init__(self, beginning: object) -> None:
        self._beginning = beginning
        self._start()

    def _start(self) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(  # noqa: S603 (this interpreter, our own code)
            [sys.executable, "-P", "-c", CODE, str(FOLDER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._tell(self._beginning)

    def _tell(self, what: object) -> None:
        assert self._process.stdin
        pickle.dump(what, self._process.stdin)
        self._process.stdin.flush()

    def ask(self, order: object) -> Any:
        """The answer to an order; a process that ends on the way is replaced by a new one."""
        try:
            self._tell(order)
            assert self._process.stdout
            return pickle.load(self._process.stdout)  # noqa: S301 (our own process wrote it)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.end()
            status = self._process.returncode
            self._start()
            return b"", [astuple(Remark(f"its process ended with status {status}"))]

    def end(self) -> None:
        """Let the process end."""
        assert self._process.stdin
        assert self._process.stdout
        with suppress(OSError):  # an order that a process did not read before it ended
            self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()
