"""Pages of the site as markup, each written when the first volume needs it. Write phase, in the main process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util.display import status_iterator

from ..catalogue.digest import digest
from ..components.i18n import _
from ..environment.reporting import report
from ..problems import Code, Place, Problem
from .ages import draw_ages
from .formulas import Formulas
from .handlers import HANDLERS
from .repetition import Asked, Repetition
from .syntax import UNBROKEN, call, escape, label, string
from .typesetter.compiler import Typesetter
from .work_folder import Edition, write_if_changed
from .writer import Sheet, Writer, origin_of


class Pages:
    """The sheets of a site; the handlers ask it what a :class:`~sphinx_versus.pdf.writer.Press` is asked."""

    def __init__(self, builder: Builder, work: Path, typesetter: Typesetter) -> None:
        self.sheets: dict[Edition, Sheet] = {}
        self._replaced: set[Edition] = set()
        self._readable: dict[str, str] = {}
        """The files of images by their address in the tree."""
        self._builder = builder
        self._work = work
        self._typesetter = typesetter
        self._formulas = Formulas(typesetter.accepts)
        self._unknown: set[str] = set()

    def write(self, editions: Iterable[Edition]) -> None:
        """Write the pages that are not written yet; with a progress line for more than one."""
        missing = sorted(set(editions) - self.sheets.keys())
        verbosity = int(self._builder.config.verbosity)
        progress = status_iterator(
            missing, "typesetting pages... ", "darkgreen", len(missing), verbosity, lambda edition: edition.docname
        )
        for edition in progress if len(missing) > 1 else missing:
            self._write(edition)

    def file(self, edition: Edition) -> Path:
        """Where the markup of a page is."""
        return self._work / edition.file

    def image(self, uri: str) -> Path:
        """Where the typesetter finds an image."""
        return self._work / "images" / self.images[uri]

    def replace(self, edition: Edition) -> None:
        """Put a remark in the place of a page that cannot be typeset."""
        title = self._builder.env.titles.get(edition.docname)
        self._keep(edition, remark_sheet(edition.docname, title.astext() if title is not None else edition.docname))
        self._replaced.add(edition)

    @property
    def replaced(self) -> int:
        """How many pages are replaced by a remark."""
        return len(self._replaced)

    def is_replaced(self, edition: Edition) -> bool:
        """Whether a remark takes the place of a page."""
        return edition in self._replaced

    def _write(self, edition: Edition) -> None:
        try:
            self._keep(edition, self._written(edition))
        except Exception as error:  # noqa: BLE001 (one page must not cost the book)
            place = Place(str(self._builder.env.doc2path(edition.docname)))
            report(failed(place, error, "a remark takes the place of the page"))
            self.replace(edition)

    def _written(self, edition: Edition) -> Sheet:
        builder, docname = self._builder, edition.docname
        asked = Asked(builder.env)
        tree = asked.tree(docname)
        moved = Repetition(asked, edition.after).remove_from(docname, tree) if edition.after else {}
        draw_ages(tree, asked, builder.config.language or "en")
        for toctree in list(tree.findall(addnodes.toctree)):
            toctree.parent.remove(toctree)
        tree = builder.env.get_and_resolve_doctree(docname, builder, doctree=tree, tags=builder.tags)
        builder.post_process_images(tree)
        self._copy_images(tree)
        sheet = Writer(docname, self, HANDLERS).write(tree)
        sheet.moved = moved
        return sheet

    def _copy_images(self, tree: nodes.document) -> None:
        """Put the images of a page where the typesetter looks for them, apart from those that it cannot read."""
        for node in tree.findall(nodes.image):
            uri = str(node.get("uri", ""))
            name = self._builder.images.get(uri)
            if name is None or uri in self._readable:
                continue
            name = digest(name) + PurePosixPath(name).suffix  # as for pages
            source = Path(self._builder.srcdir) / uri
            if source.is_file():
                write_if_changed(self._work, self._work / "images" / name, source.read_bytes())
            if source.is_file() and self._typesetter.can_show(f"/images/{name}"):
                self._readable[uri] = name
            else:
                self.complain(f"the image {uri!r} cannot be read; its words are shown", node)

    def _keep(self, edition: Edition, sheet: Sheet) -> None:
        write_if_changed(self._work, self.file(edition), sheet.text.encode(errors="replace"))
        sheet.text = ""
        self.sheets[edition] = sheet

    # -- what the handlers ask

    @property
    def images(self) -> Mapping[str, str]:
        """See :class:`~sphinx_versus.pdf.writer.Press`."""
        return self._readable

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
        report(Problem(Place(*origin_of(node)), Code.NOT_TYPESET, message))

    def failed(self, node: nodes.Node, error: Exception) -> None:
        """See :class:`~sphinx_versus.pdf.writer.Press`."""
        report(failed(Place(*origin_of(node)), error, f"the words of the {type(node).__name__!r} are shown"))


def failed(place: Place, error: Exception, result: str) -> Problem:
    """The problem of an unexpected exception at a place."""
    return Problem(place, Code.INTERNAL, f"the PDF builder failed with {type(error).__name__}: {error}", result)


def remark_sheet(docname: str, title: str) -> Sheet:
    """A page whose text is that it could not be typeset."""
    name = label(docname, "")
    head = f"#heading(depth: 1)[{escape(title, UNBROKEN)}]#label({string(name)})"
    remark = call("problem", escape(_("This page could not be typeset.")))
    text = f'#import "/style/versus.typ": *\n{head}\n\n{remark}\n'
    return Sheet(docname, text, {name: None}, title=title)
