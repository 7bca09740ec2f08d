"""The domain ``versus``: which page shows which object, and what each page asked of the catalogue.

Filled in the read phase by docname, merged by docname after a parallel read, only read in the write phase.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from sys import intern
from typing import Any, ClassVar, NamedTuple, TypeVar, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.locale import _
from sphinx.util.nodes import make_refnode

from ..components.component import Component
from ..components.node_helpers import ONLY, TABLE
from ..problems import Code, Place, Problem
from .conditions import Outcome
from .project import VersusProject
from .reporting import report
from .web import showing_only

ObjectKey = tuple[str, str]
"""Object type and id."""
K = TypeVar("K")
Question = tuple[str, tuple[Any, ...]]
"""A query of the catalogue by name, with its arguments."""
PLACE = "place"
"""The reference type of links that name a document and one of our anchors there (``docname#anchor``)."""


class Shown(NamedTuple):
    """How a page shows an object: the anchor (empty: the page itself), and the words that stand for it."""

    anchor: str
    name: str


BY_DOCNAME = ("objects", "answers", "references", "conditions", "showing")
"""What the domain keeps of each page."""
CLASSES = "versus-"
"""The beginning of the classes of all that the extension builds."""


class VersusDomain(Domain):
    """Technologies, comparisons, misconceptions, criteria, and the facts and rows that connect them."""

    name = "versus"
    label = "Versus"
    object_types: ClassVar = {
        "technology": ObjType(_("technology"), "technology", searchprio=0),
        "comparison": ObjType(_("comparison"), "comparison", searchprio=0),
        "misconception": ObjType(_("misconception"), "misconception"),
        "criterion": ObjType(_("criterion"), "criterion"),
        "fact": ObjType(_("fact"), "fact", searchprio=-1),
        "row": ObjType(_("row"), "row", searchprio=-1),
    }
    initial_data: ClassVar = {
        "digest": "",
        "objects": {},
        "answers": {},
        "questions": {},
        "references": {},
        "conditions": {},
        "showing": {},
    }
    """The digest is that of the data (see :class:`.Snapshot`) to which all answers belong."""
    data_version = 8
    """Raise it when what the environment keeps changes its form; the next build then starts from nothing."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._index: dict[ObjectKey, tuple[str, Shown]] | None = None
        self._one: dict[Any, Any] | None = None
        self._reading, self._noted = "", set[tuple[str, Any]]()

    # -- what the pages show: docname -> object -> place

    @property
    def objects(self) -> dict[str, dict[ObjectKey, Shown]]:
        """What each page shows."""
        return cast("dict[Any, Any]", self.data.setdefault("objects", {}))

    @property
    def answers(self) -> dict[str, list[Question]]:
        """What each page asked of the catalogue."""
        return cast("dict[Any, Any]", self.data.setdefault("answers", {}))

    @property
    def questions(self) -> dict[Question, str]:
        """Every question that a page asked, with a digest of the answer."""
        return cast("dict[Any, Any]", self.data.setdefault("questions", {}))

    @property
    def references(self) -> dict[str, list[ObjectKey]]:
        """The objects to which each page refers."""
        return cast("dict[Any, Any]", self.data.setdefault("references", {}))

    @property
    def showing(self) -> dict[str, bool]:
        """The pages on which something of Versus stands (see :mod:`sphinx_versus.environment.own_pages`)."""
        return cast("dict[Any, Any]", self.data.setdefault("showing", {}))

    @property
    def conditions(self) -> dict[str, list[Outcome]]:
        """The conditions on each page that shows something of the catalogue, as they were when it was read."""
        return cast("dict[Any, Any]", self.data.setdefault("conditions", {}))

    def note_object(self, docname: str, key: ObjectKey, anchor: str, name: str) -> None:
        """A page shows an object; the first place on a page counts, but the page itself comes before any place on it."""
        self._touch()
        shown = self.objects.setdefault(docname, {})
        if key not in shown or not anchor:
            shown[self.one(key)] = Shown(intern(anchor), name)

    def note_question(self, docname: str, question: Question) -> None:
        """A page asked something whose answer is known."""
        self._note_once("answers", docname, question)

    def note_reference(self, docname: str, key: ObjectKey) -> None:
        """A page refers to an object."""
        self._note_once("references", docname, key)

    def _note_once(self, name: str, docname: str, key: Any) -> None:
        """Add to the list of a page; it takes a tenth of the room of a set, and there is one for each of thousands."""
        if self._reading != docname:
            self._reading, self._noted = docname, set()
        if (name, key) not in self._noted:
            self._noted.add((name, key))
            self.data[name].setdefault(docname, []).append(self.one(key))

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self._touch()
        self._reading = ""
        for name in BY_DOCNAME:
            self.data[name].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process noted about these pages."""
        self._touch()
        for name in BY_DOCNAME:
            theirs = otherdata[name]
            self.data[name].update({docname: self._ours(theirs[docname]) for docname in docnames if docname in theirs})
        for question, answer in otherdata["questions"].items():
            self.questions.setdefault(self.one(question), answer)

    def _ours(self, noted: Any) -> Any:
        """What another process noted about a page, with keys that are not stored twice."""
        if isinstance(noted, dict):
            return {self.one(key): value for key, value in noted.items()}
        return [self.one(key) for key in noted] if isinstance(noted, list) else noted

    def one(self, key: K) -> K:
        """The same key for all that are equal: thousands of pages ask the same, and each key is kept and pickled once."""
        if self._one is None:
            self._one = {question: question for question in self.questions}
        return cast(K, self._one.setdefault(key, key))

    def _touch(self) -> None:
        self._index = None

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note a page with a component on it, when it has been read."""
        if any(map(_is_own, document.findall(nodes.Element))):
            self.showing[docname] = True

    # -- where an object lives

    def places(self) -> Mapping[ObjectKey, tuple[str, Shown]]:
        """The home of each object: its own page, or the first (by docname) that shows it."""
        if self._index is None:
            self._index = {}
            for docname in sorted(self.objects):
                for key, place in self.objects[docname].items():
                    if key not in self._index or docname == self.own_page(key):
                        self._index[key] = docname, place
        return self._index

    def home(self, key: ObjectKey) -> tuple[str, Shown] | None:
        """The page on which an object lives, and how it is shown there."""
        return self.places().get(key) or self._table(key) or self._derived_row(key)

    def _table(self, key: ObjectKey) -> tuple[str, Shown] | None:
        """The table of a comparison: the first row that its page shows, or else the page itself."""
        type_, comparison = key
        home = self.places().get(("comparison", comparison)) if type_ == TABLE else None
        if home is None:
            return None
        shown = self.objects[home[0]].items()
        rows = (place.anchor for (kind, id_), place in shown if kind == "row" and id_.partition("/")[0] == comparison)
        return home[0], home[1]._replace(anchor=next(rows, home[1].anchor))

    def _derived_row(self, key: ObjectKey) -> tuple[str, Shown] | None:
        """A row of a derived pair: there may be a hundred thousand, so none is noted, and each is where it must be."""
        comparison, _, criterion = key[1].partition("/")
        home = self.places().get(("comparison", comparison)) if key[0] == "row" else None
        project = self.env.project
        if home is None or not isinstance(project, VersusProject) or comparison not in project.derived:
            return None
        sides = (project.catalogue.technologies[side] for side in project.derived[comparison])
        answered = any(criterion in side.facts for side in sides)
        return (home[0], Shown(f"row-{criterion}", "")) if answered else None

    def own_page(self, key: ObjectKey) -> str:
        """The docname of the page on which an object belongs, whether or not there is one."""
        project = self.env.project
        if not isinstance(project, VersusProject):
            return ""
        type_, id_ = key
        settings = project.settings
        if type_ == "criterion":
            return settings.docname("criteria")
        if type_ == "misconception":
            return settings.docname(*project.misconception_homes.get(id_, ("misconceptions", "")))
        owner = {"fact": "technology", "row": "comparison"}.get(type_, type_)
        return settings.docname(owner, id_.partition("/")[0])

    # -- what Sphinx asks

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Every object once, at its home; facts and rows stay out of the search's list of objects."""
        for (type_, id_), (docname, shown) in self.places().items():
            yield (
                id_,
                shown.name,
                type_,
                docname,
                shown.anchor,
                self.object_types[type_].attrs["searchprio"],
            )

    def resolve_xref(  # noqa: PLR0913, PLR0917 (Sphinx's signature)
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """The link to an object's home, or to the place that is named; without a home the words alone."""
        if typ == PLACE:
            named, _, anchor = target.partition("#")
            return make_refnode(builder, fromdocname, named, anchor, contnode)
        home = self.home((typ, target))
        if home is None:
            if node.get("refwarn"):
                self._report_homeless(typ, target, node)
            return contnode  # type: ignore[return-value]
        docname, shown = home
        title = node.get("reftitle") or None
        # A browser needs no element within the link.
        words: Any = contnode.children if builder.format == "html" else contnode
        reference = make_refnode(builder, fromdocname, docname, shown.anchor, words, title)
        if "refuri" in reference:
            reference["refuri"] = showing_only(builder, reference["refuri"], node.get(ONLY, ()))
        return reference

    def _report_homeless(self, typ: str, target: str, node: addnodes.pending_xref) -> None:
        place = Place(node.source or "", node.line or 1)
        hint = "show it on a page, or turn its pages on in versus_pages"
        report(Problem(place, Code.NOT_ON_A_PAGE, f'no page shows the {typ} "{target}"', hint))

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """The objects of that id, by the names that stand for them."""
        found = []
        for type_ in self.object_types:
            if home := self.home((type_, target)):
                docname, shown = home
                words = contnode if node.get("refexplicit") else nodes.inline("", shown.name)
                found.append((f"versus:{type_}", make_refnode(builder, fromdocname, docname, shown.anchor, words)))
        return found

    def get_full_qualified_name(self, node: nodes.Element) -> str | None:
        """The target as written: ids are unique by type."""
        target: str | None = node.get("reftarget")
        return target


def _is_own(node: nodes.Element) -> bool:
    return isinstance(node, Component) or any(str(name).startswith(CLASSES) for name in node["classes"])


def domain_of(env: BuildEnvironment) -> VersusDomain:
    """Our domain in an environment."""
    domain = env.get_domain("versus")
    assert isinstance(domain, VersusDomain)
    return domain


def setup(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(VersusDomain)
