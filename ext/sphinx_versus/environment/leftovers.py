"""What earlier builds left: traces of records that a site has no more, and things that no build writes in the place of its state."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .incremental import Output, state_file
from .output_files import clear_place, is_tracked, output_files, remove

STATE = (".doctree", ".pickle")
"""The suffixes of files that no folder beside the environment has."""


def clear_state(folder: Path, output: Path) -> None:
    """Take away what is no file, or may not be read, in the folder of the environment, before Sphinx waits for it or fails.

    That costs nothing but time: a link is unlinked and not followed, and what is missing is made again. A folder that holds the
    output as well is left alone.
    """
    if output.is_relative_to(folder):
        return
    for parent, folders, files in os.walk(folder):
        for name in folders:
            path = Path(parent, name)
            if path.is_symlink():
                clear_place(Path(parent), name)
            elif path.suffix in STATE or name.startswith("versus-output-"):
                shutil.rmtree(path, ignore_errors=True)
        for name in files:
            clear_place(Path(parent), name)


class LeftFiles:
    """What earlier builds with records left in the output folder of a site that has none now.

    Sphinx removes no pages, and does not know that others showed something of the records: all are read and written again.
    """

    def __init__(self) -> None:
        self._output = Output()

    def outdated_pages(
        self, app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
    ) -> list[str]:
        """``env-get-outdated``: all pages, when the last build had records; the search index has words of them."""
        self._output = Output.load(state_file(app))
        env.domaindata["versus"].pop("pages", None)
        if not self._output.files:
            return []
        if index := getattr(app.builder, "searchindex_filename", ""):
            remove(Path(app.outdir), [index])
        return sorted(env.found_docs)

    def remove(self, app: Sphinx, exception: Exception | None) -> None:
        """``build-finished``: delete the files that are not made any more, and the list of them."""
        if self._output.files and exception is None:
            if is_tracked(app.builder):
                remove(Path(app.outdir), self._output.files.keys() - output_files(app))
            with suppress(OSError):
                state_file(app).unlink()


def setup(app: Sphinx) -> None:
    """Connect the removal of what records left."""
    left = LeftFiles()
    app.connect("env-get-outdated", left.outdated_pages)
    app.connect("build-finished", left.remove, priority=990)  # as the state of a site with records is saved
