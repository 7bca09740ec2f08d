"""The source parser of virtual pages: a title of plain text over the MyST text that a record becomes. Read phase.

Records themselves are parsed by :mod:`sphinx_versus.catalogue.loader`, and their texts by
:mod:`sphinx_versus.environment.prose_parser`.

Sphinx finds the parser by suffixes, which are in the configuration while pages are read and at no other time: Sphinx looks for
documents before the project of this extension is in place, and would take a YAML file of the site for one. A site may have pages
of its own with the same suffixes.
"""

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from docutils.parsers import Parser
from myst_parser.parsers.sphinx_ import MystParser
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..catalogue import query
from ..catalogue.prose import Prose
from ..components.node_helpers import emphasis, paragraph, title
from ..components.node_helpers import text as plain
from ..problems import Place, internal
from .markdown_parser import MarkdownParser, page_config, reading_from
from .project import project_of
from .reading_page import ask
from .reporting import TEMPLATE_SUFFIX, report
from .virtual_pages import (
    OWN_TEMPLATES,
    RECORD_SUFFIX,
    VirtualPage,
    page_layout,
    page_text,
    template_path,
)

FILETYPE = "versus"  # the name under which Sphinx finds the parser of virtual pages
LISTS = {"comparison": "comparisons", "technology": "technologies"}
"""The kind of list whose tree of contents has the pages of a kind."""
SUFFIXES = (RECORD_SUFFIX, TEMPLATE_SUFFIX)


class VirtualPageParser(MystParser):
    """Parses the page that a record stands for; the text of the file itself was read when the catalogue was loaded."""

    supported = (FILETYPE,)  # type: ignore[misc]

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Put the page's nodes into the document; a page that cannot be made is a problem, and the others are made."""
        env = document.settings.env
        page = project_of(env).virtual(env.docname)
        if page is None:
            super().parse(inputstring, document)  # a page that is not made any more
            return
        if document["source"] != str(page.source):
            self._parse_translation(env, page, inputstring, document)
            return
        if page.kind in LISTS and not project_of(env).settings.docname(LISTS[page.kind]):
            env.metadata[env.docname]["orphan"] = "true"  # no list has it, so no tree of pages can
        try:
            self._parse_page(env, page, document)
        except Exception as error:  # noqa: BLE001 (whatever it is, it costs this page only)
            problem = internal(Place(str(page.source)), f'the page "{page.docname}"', error)
            report(problem)
            document.clear()
            super().parse("", document)  # later steps ask for what MyST notes at the end of a page
            remark = paragraph(emphasis(problem.text), classes=["versus-problem"])
            section = nodes.section("", title(page.id or page.docname), remark, names=[page.docname])
            document += section
            document.note_implicit_target(section)

    def _parse_page(self, env: BuildEnvironment, page: VirtualPage, document: nodes.document) -> None:
        project = project_of(env)
        template = template_path(page.kind, project.settings)
        outline = ask(env, query.outline, page.kind, page.id)
        text = page_text(project.settings, page.kind, outline)
        if template.parent == OWN_TEMPLATES:  # a change of it makes all pages outdated
            self._parse_text(env, text, outline.title, document)
            return
        env.note_dependency(template)
        with reading_from(document, str(template)):
            self._parse_text(env, text, outline.title, document)

    def _parse_text(self, env: BuildEnvironment, text: str, title: str, document: nodes.document) -> None:
        if page_layout(text).heading:
            super().parse(text, document)
            return
        config = page_config(document, text)
        is_usual = config is env.myst_config  # type: ignore[attr-defined]
        parser = project_of(env).page_parser if is_usual else MarkdownParser(config)
        parser.titled(document, text, title)

    def _parse_translation(self, env: BuildEnvironment, page: VirtualPage, text: str, document: nodes.document) -> None:
        """The translation of one text: it comes from a record, so it may have what records may. Sphinx underlines titles."""
        words, _newline, line = text.rpartition("\n")
        is_title = bool(line) and not line.strip("=")
        prose = Prose(words if is_title else text, str(page.source))
        blocks = project_of(env).prose_parser.parse(document, prose)
        if is_title:
            is_line = bool(blocks) and isinstance(blocks[0], nodes.paragraph)  # else the words are shown as they are
            blocks = [nodes.section("", nodes.title("", "", *(blocks[0].children if is_line else [plain(words)])))]
        document += blocks


# -- parts of virtual pages on other pages


def parse_page_body(env: BuildEnvironment, document: nodes.document, kind: str, id_: str) -> list[nodes.Node]:
    """Blocks and sections of the page of a record, without its title; its template's text is MyST on any page."""
    project = project_of(env)
    if kind == "comparison" and id_ in project.catalogue.derived:
        kind = "pair"
    template = template_path(kind, project.settings)
    env.note_dependency(template)
    text = page_layout(page_text(project.settings, kind, ask(env, query.outline, kind, id_))).body
    parser = MarkdownParser(env.myst_config)  # type: ignore[attr-defined]
    return parser.blocks(document, text, str(template), with_sections=True)


def hidden_toctree(env: BuildEnvironment, kind: str, ids: Iterable[str], place: Place) -> list[nodes.Node]:
    """What the directive ``toctree`` would make of the records' pages; nothing when they have none."""
    docnames = [project_of(env).settings.docname(kind, id_) for id_ in ids]
    found = [docname for docname in docnames if docname in env.found_docs and docname != env.docname]
    if not found:
        return []
    toctree = addnodes.toctree(caption=None, hidden=True, includehidden=False, glob=False, numbered=0)
    toctree.attributes.update(maxdepth=-1, titlesonly=False, parent=env.docname, includefiles=found)
    toctree.source, toctree.line = place.path, place.line
    toctree["entries"] = [(None, docname) for docname in found]
    return [nodes.compound("", toctree, classes=["toctree-wrapper"])]


# -- what Sphinx and two common extensions have to know while virtual pages are read


class ReadPhase:
    """Settings of an application while its pages are read, which have other values before and after."""

    def add_suffixes(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """``env-before-read-docs``."""
        self._suffixes: dict[str, str] = app.config.source_suffix
        self._depth = getattr(app.config, "autosectionlabel_maxdepth", None)
        app.config.source_suffix = {**self._suffixes, **dict.fromkeys(SUFFIXES, FILETYPE)}

    def limit_labels(self, app: Sphinx, document: nodes.document) -> None:
        """``doctree-read``, before sphinx.ext.autosectionlabel: on a virtual page it makes a label of the title alone.

        Each comparison has a section "Sources": the labels of all these would be in each other's way, and in that of a site's
        own. Labels that have the page's name in them cannot meet.
        """
        if "autosectionlabel_maxdepth" in app.config and not app.config.autosectionlabel_prefix_document:
            is_virtual = project_of(app.env).virtual(app.env.current_document.docname)
            app.config["autosectionlabel_maxdepth"] = 1 if is_virtual else self._depth

    def restore(self, app: Sphinx, env: BuildEnvironment) -> None:
        """``env-updated``, before the environment is saved: another configuration would read all pages again.

        A template of ours is in no repository of the site, so sphinx-last-updated-by-git is given no date for its pages.
        """
        app.config.source_suffix = self._suffixes
        if "autosectionlabel_maxdepth" in app.config:
            app.config["autosectionlabel_maxdepth"] = self._depth
        dates: dict[str, Any] = getattr(env, "git_last_updated", {})
        for docname in dates:
            page = project_of(env).virtual(docname)
            if page and not page.is_record:
                dates[docname] = (None, False)


def setup(app: Sphinx) -> None:
    """Register the parser, and connect around what other extensions do."""
    given = app.config.source_suffix
    known = given if isinstance(given, dict) else dict.fromkeys([given] if isinstance(given, str) else given)
    known = {**app.registry.source_suffix, **known}
    usual = {suffix: known[suffix] or "restructuredtext" for suffix in SUFFIXES if suffix in known}

    def choose(cls: type[Parser]) -> Any:
        docname = app.env.current_document.docname
        if project_of(app.env).virtual(docname):
            return VirtualPageParser()
        suffix = next(suffix for suffix in usual if str(app.env.doc2path(docname)).endswith(suffix))
        return app.registry.get_source_parsers()[usual[suffix]]()

    # Files of the site with such a suffix get the parser that they have without us.
    app.add_source_parser(
        type("EitherParser", (VirtualPageParser,), {"__new__": choose}) if usual else VirtualPageParser
    )
    phase = ReadPhase()
    app.connect("env-before-read-docs", phase.add_suffixes)
    app.connect("doctree-read", phase.limit_labels, priority=400)  # before sphinx.ext.autosectionlabel
    app.connect("env-updated", phase.restore, priority=0)  # first: the next build compares this configuration
