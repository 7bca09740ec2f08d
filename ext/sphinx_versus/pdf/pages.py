"""Pages of the site as markup, each written when the first volume needs it. Write phase, in the main process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util.display import status_iterator
from sphinx.util.fileutil import copy_asset_file
from sphinx.util.osutil import ensuredir

from ..problems import Code, Place, Problem
from ..site.reporting import report
from .formulas import Formulas
from .handlers import HANDLERS
from .writer import Sheet, Writer


class Pages:
    """The sheets of a site; the handlers ask it what a :class:`~sphinx_versus.pdf.writer.Press` is asked."""

    def __init__(self, builder: Builder, work: Path, accepts: Callable[[str], bool]) -> None:
        self.sheets: dict[str, Sheet] = {}
        self._builder = builder
        self._work = work
        self._formulas = Formulas(accepts)
        self._unknown: set[str] = set()

    def write(self, docnames: Iterable[str]) -> None:
        """Write the pages that are not written yet; of more than one it is told how far that is."""
        missing = sorted(set(docnames) - self.sheets.keys())
        verbosity = int(self._builder.config.verbosity)
        told = status_iterator(missing, "typesetting pages... ", "darkgreen", len(missing), verbosity)
        for docname in told if len(missing) > 1 else missing:
            self._write(docname)

    def file(self, docname: str) -> Path:
        """Where the markup of a page is."""
        return self._work / "pages" / f"{docname}.typ"

    def image(self, uri: str) -> Path:
        """Where the typesetter finds an image."""
        return self._work / "images" / self.images[uri]

    def _write(self, docname: str) -> None:
        builder = self._builder
        tree = builder.env.get_doctree(docname)
        for toctree in list(tree.findall(addnodes.toctree)):
            toctree.parent.remove(toctree)
        tree = builder.env.get_and_resolve_doctree(docname, builder, doctree=tree, tags=builder.tags)
        builder.post_process_images(tree)
        sheet = Writer(docname, self, HANDLERS).write(tree)
        write_if_changed(self.file(docname), sheet.text)
        sheet.text = ""
        self.sheets[docname] = sheet
        for uri in sheet.images:
            ensuredir(self._work / "images")
            copy_asset_file(Path(builder.srcdir) / uri, self.image(uri), force=True)

    # -- what the handlers ask

    @property
    def images(self) -> Mapping[str, str]:
        """See :class:`~sphinx_versus.pdf.writer.Press`."""
        return self._builder.images

    def formula(self, tex: str, node: nodes.Node) -> str | None:
        """See :class:`~sphinx_versus.pdf.writer.Press`."""
        found = self._formulas.translated(tex)
        if found is None:
            self.complain(f"the formula {tex!r} cannot be translated; its source is shown", node)
        return found

    def unknown(self, node: nodes.Node) -> None:
        """See :class:`~sphinx_versus.pdf.writer.Press`."""
        name = type(node).__name__
        if name not in self._unknown:
            self._unknown.add(name)
            self.complain(f"the node {name!r} is unknown to the PDF; its text is kept", node)

    def complain(self, message: str, node: nodes.Node) -> None:
        """See :class:`~sphinx_versus.pdf.writer.Press`."""
        found: nodes.Node | None = node
        while found is not None and not (found.source and found.line):
            found = found.parent
        place = Place(found.source or "", found.line or 1) if found is not None else Place("")
        report(Problem(place, Code.NOT_TYPESET, message))


def write_if_changed(path: Path, text: str) -> None:
    """Write a file unless it is as it should be."""
    if not (path.is_file() and path.read_text(encoding="utf-8") == text):
        ensuredir(path.parent)
        path.write_text(text, encoding="utf-8")
