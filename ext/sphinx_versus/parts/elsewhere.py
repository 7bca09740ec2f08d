"""What a part shows of the pages of other parts: computed from the catalogue, and compared with what was read when parts are joined.

What makes it possible: a part iterates over the pages that it makes, and looks up everything else.
"""

import pickle
import zlib
from collections import UserDict, defaultdict
from collections.abc import Callable, Container, Mapping
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxContentsFilter, SphinxSmartQuotes
from sphinx.util.docutils import new_document

from ..catalogue import query
from ..components.node_helpers import TABLE
from ..components.node_helpers import text as plain
from ..environment.domain import ObjectKey, ShownAt, VersusDomain
from ..environment.project import VersusProject, project_of
from ..environment.virtual_pages import page_layout, page_text

Home = tuple[str, ShownAt] | None


class Others(Container[str]):
    """All pages but some, without a set of them: there may be a hundred thousand."""

    def __init__(self, pages: Container[str], without: Container[str]) -> None:
        self._pages, self._without = pages, without

    def __contains__(self, docname: object) -> bool:
        return docname in self._pages and docname not in self._without


class Elsewhere:
    """The pages that other parts make, and what this part was answered about pages and objects."""

    def __init__(self, env: BuildEnvironment, pages: Container[str]) -> None:
        self._env, self._project, self.pages = env, project_of(env), pages
        self.titles: dict[str, nodes.title] = {}
        """By docname the titles of pages of other parts that were asked for."""
        self.homes: dict[ObjectKey, Home] = {}
        """Where each object that was asked for lives, be it on a page of this part or not."""
        self.headings: set[str] = set()
        """The pages whose headings were asked for, which nothing but their part knows."""

    def title(self, docname: str) -> nodes.title:
        """The title of a page, as its part reads it."""
        if docname not in self.titles:
            self.titles[docname] = title_of(self._project, self._env, docname)
        return self.titles[docname]

    def home(self, key: ObjectKey, page: str, usual: Callable[[ObjectKey], Home]) -> Home:
        """Where an object lives that belongs on a page; ``usual`` finds it on the pages of this part."""
        if key not in self.homes:
            shown = shown_at(self._project, key) if page in self.pages else None
            self.homes[key] = (page, shown) if shown else None if page in self.pages else usual(key)
        return self.homes[key]


class PartDomain(VersusDomain):
    """The domain in the build of a part: objects on pages of other parts are where their records have them."""

    elsewhere: Elsewhere | None = None

    def home(self, key: ObjectKey) -> Home:
        """The page on which an object lives, and how it is shown there."""
        if self.elsewhere is None:
            return super().home(key)
        page = self.own_page(("comparison", key[1]) if key[0] == TABLE else key)
        return self.elsewhere.home(key, page, super().home)

    def name_at(self, docname: str, anchor: str) -> str | None:
        """The name of the object that a page shows at an anchor."""
        if self.elsewhere is None or docname not in self.elsewhere.pages:
            return super().name_at(docname, anchor)
        project = project_of(self.env)
        page = project.pages[docname]
        type_, _dash, last = anchor.partition("-")
        keys = [("fact" if page.kind == "technology" else "row", f"{page.id}/{last}")]
        if type_ == "misconception":
            ids = project.catalogue.misconceptions
            keys = [("misconception", id_) for id_ in ids if id_.rpartition("/")[2] == last]
        homes = [self.home(key) for key in keys]
        names = (home[1].name for home in homes if home and (home[0], home[1].anchor) == (docname, anchor))
        return next(filter(None, names), None)


class ReadPages(dict[str, int]):
    """``env.all_docs``: pages of other parts count as read where one is looked up."""

    def __init__(self, own: Mapping[str, int], elsewhere: Elsewhere) -> None:
        super().__init__(own)
        self._elsewhere = elsewhere

    def __contains__(self, docname: object) -> bool:
        return super().__contains__(docname) or docname in self._elsewhere.pages

    def __reduce__(self) -> Any:
        return dict, (dict(self),)


class Titles(dict[str, nodes.title]):
    """``env.titles``: the title of a page of another part is computed when it is looked up."""

    def __init__(self, own: Mapping[str, nodes.title], elsewhere: Elsewhere) -> None:
        super().__init__(own)
        self._elsewhere = elsewhere

    def __contains__(self, docname: object) -> bool:
        return super().__contains__(docname) or docname in self._elsewhere.pages

    def __missing__(self, docname: str) -> nodes.title:
        if docname in self._elsewhere.pages:
            return self._elsewhere.title(docname)
        raise KeyError(docname)

    def get(self, docname: str, default: Any = None) -> Any:
        """The title of a page, if there is one."""
        try:
            return self[docname]
        except KeyError:
            return default

    def __reduce__(self) -> Any:
        return dict, (dict(self),)


class Metadata(defaultdict[str, dict[str, Any]]):
    """``env.metadata``: headings of pages of other parts, which MyST keeps here, are not known."""

    def __init__(self, own: Mapping[str, dict[str, Any]], elsewhere: Elsewhere) -> None:
        super().__init__(dict, own)
        self._elsewhere = elsewhere

    def __missing__(self, docname: str) -> dict[str, Any]:
        if docname in self._elsewhere.pages:
            self._elsewhere.headings.add(docname)
            return {}
        return super().__missing__(docname)

    def __reduce__(self) -> Any:
        return defaultdict, (dict, dict(self))


class PackedTrees(UserDict[str, Any]):
    """``env.tocs`` of the join: what parts read is kept as bytes, which take a thirtieth of the memory, because next to none is asked for."""

    def __init__(self, own: Mapping[str, nodes.bullet_list]) -> None:
        super().__init__()
        self.data.update(own)

    def __setitem__(self, docname: str, tree: nodes.bullet_list) -> None:
        self.data[docname] = zlib.compress(pickle.dumps(tree), 1)

    def __getitem__(self, docname: str) -> nodes.bullet_list:
        found: nodes.bullet_list | bytes = self.data[docname]
        tree: nodes.bullet_list = pickle.loads(zlib.decompress(found)) if isinstance(found, bytes) else found  # noqa: S301 (what was packed here)
        return tree


# -- computed answers


def title_of(project: VersusProject, env: BuildEnvironment, docname: str) -> nodes.title:
    """The title of a page that is made of a record or for a pair: plain, or the heading in its template."""
    page = project.pages[docname]
    outline = query.outline(project.catalogue, page.kind, page.id)
    heading = page_layout(page_text(project.settings, page.kind, outline)).heading
    if not heading:
        return nodes.title("", "", plain(outline.title))
    document = new_document(str(page.source))
    for name, value in {**env.settings, "env": env}.items():
        setattr(document.settings, name, value)
    document += project.page_parser.blocks(document, f"#{heading}", str(page.source), with_sections=True)
    SphinxSmartQuotes(document, startnode=None).apply()
    found = next(document.findall(nodes.title))
    visitor = SphinxContentsFilter(document)
    found.walkabout(visitor)
    return nodes.title("", "", *visitor.get_entry_text())


def shown_at(project: VersusProject, key: ObjectKey) -> ShownAt | None:
    """How the page of its record shows an object; ``None`` when it does not."""
    catalogue, (type_, id_) = project.catalogue, key
    owner, _slash, criterion = id_.partition("/")
    if type_ == "fact":
        record = catalogue.technologies.get(owner)
        return _row(project, "technology", owner, criterion) if record and criterion in record.facts else None
    if type_ in {TABLE, "row"}:
        return _shown_row(project, type_, owner, criterion)
    name = query.name(catalogue, type_, id_)
    if name is None:
        return None
    return ShownAt(f"misconception-{id_.rpartition('/')[2]}" if type_ == "misconception" else "", name)


def _shown_row(project: VersusProject, type_: str, owner: str, criterion: str) -> ShownAt | None:
    """How the page of a comparison shows a row, or where its table begins; of derived pairs no row is noted."""
    table = query.comparison_table(project.catalogue, owner)
    rows = [row.criterion.id for row in table.rows] if table else []
    is_derived = owner in project.catalogue.derived
    if type_ == TABLE:
        name = query.name(project.catalogue, "comparison", owner)
        return ShownAt(f"row-{rows[0]}" if rows and not is_derived else "", name) if name else None
    if criterion not in rows:
        return None
    return ShownAt(f"row-{criterion}", "") if is_derived else _row(project, "comparison", owner, criterion)


def _row(project: VersusProject, type_: str, owner: str, criterion: str) -> ShownAt:
    names = (query.name(project.catalogue, *key) for key in (("criterion", criterion), (type_, owner)))
    return ShownAt(f"row-{criterion}", "{} ({})".format(*names))
