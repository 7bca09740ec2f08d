"""The pages that list a whole large site are read and written first, while there is room in memory.

The page of all misconceptions is as large as a thousand others. Behind them, when the environment has grown and the records are
still there, its tree would be on top of all that. In which order pages come matters to nothing that is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from .project import project_of

MANY = 200
"""On smaller sites the order stays, and with it that of messages."""


def lists_first(env: BuildEnvironment, docnames: Iterable[str]) -> list[str]:
    """The same pages, those first that list all records of a kind."""
    lists = {docname for docname in project_of(env).settings.pages.values() if "{id}" not in docname}
    return sorted(docnames, key=lambda docname: (docname not in lists, docname))


def read_lists_first(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """``env-before-read-docs``, behind all that looks at the pages."""
    if len(docnames) > MANY:
        docnames[:] = lists_first(env, docnames)


def write_lists_first(app: Sphinx, builder: Builder) -> None:
    """``write-started``: one process writes them in that order."""
    usual = getattr(builder, "_write_serial", None)
    if usual is None:
        return

    def write(docnames: Sequence[str]) -> None:
        usual(lists_first(app.env, docnames) if len(docnames) > MANY else docnames)

    builder._write_serial = write  # type: ignore[method-assign]  # noqa: SLF001 (there is no other way into the order)


def setup(app: Sphinx) -> None:
    """Connect to the moments at which the pages to read and to write are known."""
    app.connect("env-before-read-docs", read_lists_first, priority=980)
    app.connect("write-started", write_lists_first)
