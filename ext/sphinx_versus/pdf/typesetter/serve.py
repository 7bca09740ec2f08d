"""A process that typesets orders from a pipe; see ``workers.py``, which starts it."""

from __future__ import annotations

import pickle
import sys
from dataclasses import astuple
from pathlib import Path
from typing import BinaryIO

from .compiler import Fonts, Typesetter


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Typeset what is asked for until no more comes."""
    root, folders, timestamp = pickle.load(orders)  # noqa: S301 (the build that started us wrote it)
    typesetter = Typesetter(Path(root), Fonts({}, tuple(Path(one) for one in folders)), timestamp)
    while True:
        try:
            main, inputs, stubs = pickle.load(orders)  # noqa: S301
        except EOFError:
            return
        pdf, remarks = typesetter.typeset(Path(main), inputs, stubs)
        pickle.dump((pdf, [astuple(one) for one in remarks]), answers)
        answers.flush()


def main() -> None:
    """Serve the process that started this one."""
    serve(sys.stdin.buffer, sys.stdout.buffer)
