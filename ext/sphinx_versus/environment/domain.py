"""The domain ``versus``: which page shows which object, and what each page asked of the catalogue.

Filled in the read phase by docname, merged by docname after a parallel read, only read in the write phase. The domain also
notes which pages show something of Versus: what only they need is added to no other page of a site.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cached_property
from sys import intern
from typing import Any, ClassVar, NamedTuple, TypeVar
from urllib.parse import quote, urlencode

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translation
from sphinx.util.nodes import make_refnode

from ..catalogue.digest import digest
from ..components.component import Component
from ..components.i18n import CATALOGUE
from ..components.node_helpers import ONLY, TABLE
from ..problems import Code, Place, Problem, unknown
from .output_files import makes_web_pages
from .project import Outcome, VersusProject, project_of
from .reporting import locate, report

E = TypeVar("E", bound=nodes.Node)
ObjectKey = tuple[str, str]  # object type and id
Question = tuple[str, tuple[Any, ...]]  # a query of the catalogue by name, with its arguments
PLACE = "place"  # the reference type of links that name a document and one of our anchors there (``docname#anchor``)
BY_DOCNAME = ("objects", "questions", "answers", "conditions", "showing")
"""What the domain keeps of each page."""
CLASSES = "versus-"  # the beginning of the classes of all that the extension builds
# The class is made before a site has a language: these words are translated when they are written.
_ = get_translation(CATALOGUE)


class ShownAt(NamedTuple):
    """How a page shows an object: the anchor (empty: the page itself), the words for it, and the id of the page's title."""

    anchor: str
    name: str
    top: str = ""


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
        "row": ObjType(_("row"), "row"),
    }
    initial_data: ClassVar = {"digest": "", **{name: {} for name in BY_DOCNAME}}
    """The digest is that of the data (see :class:`.Snapshot`) of which all questions were asked."""
    data_version = 12
    """Raise it when what the environment keeps changes its form; the next build then starts from nothing."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.questions: dict[str, list[Question]] = self.data["questions"]  # what each page asked of the catalogue
        self.answers: dict[str, str] = self.data["answers"]  # a digest of all that each page was answered
        self.objects: dict[str, dict[ObjectKey, ShownAt]] = self.data["objects"]  # what each page shows
        self.conditions: dict[str, list[Outcome]] = self.data["conditions"]
        """The conditions on each page that shows something of the catalogue, as they were when it was read."""
        self.showing: dict[str, bool] = self.data["showing"]  # the pages on which something of Versus stands
        self._index: dict[ObjectKey, tuple[str, ShownAt]] | None = None

    # -- what the pages show

    def note_object(self, docname: str, key: ObjectKey, anchor: str, name: str, top: str = "") -> None:
        """A page shows an object; the first place on a page counts, but the page itself comes before any place on it."""
        self._index = None
        shown = self.objects.setdefault(docname, {})
        if key not in shown or not anchor:
            shown[self.shared(key)] = ShownAt(intern(anchor), name, top)

    @cached_property
    def _shared(self) -> dict[Any, Any]:
        return {question: question for asked in self.questions.values() for question in asked}

    def shared(self, key: Any) -> Any:
        """The same key for all that are equal: thousands of pages ask the same, and each key is kept and pickled once."""
        return self._shared.setdefault(key, key)

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self._index = None
        for name in BY_DOCNAME:
            self.data[name].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process noted about these pages."""
        self._index = None
        for name in BY_DOCNAME:
            for docname in docnames & otherdata[name].keys():
                noted = otherdata[name][docname]
                if name == "objects":
                    noted = {self.shared(key): shown for key, shown in noted.items()}
                elif name == "questions":
                    noted = [self.shared(key) for key in noted]
                self.data[name][docname] = noted

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """When a page has been read, note whether something of ours is on it, and keep once what it asked."""
        if docname in self.questions:
            # a list takes a tenth of the room of a set
            self.questions[docname] = [*dict.fromkeys(self.questions[docname])]
            self.answers[docname] = self.digest_of_answers(docname)
        for node in document.findall(nodes.Element):
            if isinstance(node, Component) or any(str(name).startswith(CLASSES) for name in node["classes"]):
                self.showing[docname] = True
                return

    def digest_of_answers(self, docname: str) -> str:
        """A digest of what the catalogue answers the questions of a page now."""
        return digest([project_of(self.env).answer_digest(*question) for question in self.questions[docname]])

    # -- where an object lives

    def places(self) -> Mapping[ObjectKey, tuple[str, ShownAt]]:
        """The home of each object: its own page, or the first (by docname) that shows it."""
        if self._index is None:
            self._index = {}
            for docname in sorted(self.objects):
                for key, place in self.objects[docname].items():
                    if key not in self._index or docname == self.own_page(key):
                        self._index[key] = docname, place
        return self._index

    def subjects(self, docname: str) -> Iterator[ObjectKey]:
        """The technology, comparison or pair whose page this is."""
        shown = self.objects.get(docname, {}).items()
        return (key for key, at in shown if key[0] in {"technology", "comparison"} and not at.anchor)

    def home(self, key: ObjectKey) -> tuple[str, ShownAt] | None:
        """The page on which an object lives, and how it is shown there."""
        if home := self.places().get(key):
            return home
        type_, (comparison, _, criterion) = key[0], key[1].partition("/")
        home = self.places().get(("comparison", comparison)) if type_ in {TABLE, "row"} else None
        if home is None:
            return None
        if type_ == TABLE:  # the first row that its page shows, or else the page itself
            rows = (
                shown.anchor
                for (kind, id_), shown in self.objects[home[0]].items()
                if kind == "row" and id_.partition("/")[0] == comparison
            )
            return home[0], home[1]._replace(anchor=next(rows, home[1].anchor))
        # There may be a hundred thousand rows of derived pairs, so none is noted, and each is where it must be.
        project = self.env.project
        if not isinstance(project, VersusProject) or comparison not in project.catalogue.derived:
            return None
        sides = (project.catalogue.technologies[side] for side in project.catalogue.derived[comparison])
        return (home[0], ShownAt(f"row-{criterion}", "")) if any(criterion in side.facts for side in sides) else None

    def name_at(self, docname: str, anchor: str) -> str | None:
        """The name of the object that a page shows at an anchor."""
        shown = self.objects.get(docname, {}).values()
        return next((one.name for one in shown if one.anchor == anchor), None)

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
            return settings.docname(*project.catalogue.misconception_homes.get(id_, ("misconceptions", "")))
        owner = {"fact": "technology", "row": "comparison"}.get(type_, type_)
        return settings.docname(owner, id_.partition("/")[0])

    # -- what Sphinx asks

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002 (Sphinx's name)
        """What the search writes beside the name of an object: readers do not know the domain's name."""
        return str(type.lname)

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Every object once, at its home; facts stay out of the search's list of objects."""
        for (type_, id_), (docname, shown) in self.places().items():
            yield id_, shown.name, type_, docname, shown.anchor, self.object_types[type_].attrs["searchprio"]

    def _is_reported(self, typ: str, target: str) -> bool:
        """Whether an object has no home because of its comparison's rows or page, of which something is reported."""
        catalogue, id_ = project_of(self.env).catalogue, target.partition("/")[0]
        record = catalogue.comparisons.get(id_) if typ in {"row", "comparison"} else None
        if record is None:
            return False
        is_row_unknown = not catalogue.criteria.keys() >= {*record.rows} or catalogue.lacks(
            "comparison", id_, "criteria"
        )
        docname = project_of(self.env).settings.docname("comparison", id_)
        page = next((name for name in self.env.found_docs if name.lower() == docname.lower()), docname)
        metadata = self.env.metadata.get(page, {})
        return (
            (typ == "row" and is_row_unknown)
            or page != docname
            or any(value != id_ for key, value in metadata.items() if key.startswith("versus-"))
        )

    def _without_home(self, typ: str, target: str, place: Place) -> Problem:
        """The problem of a reference to what no page shows: a row may be none of its comparison."""
        id_, _, criterion = target.partition("/")
        record = project_of(self.env).catalogue.comparisons.get(id_) if typ == "row" else None
        place = locate(place.path, place.line, None, target)
        if record and criterion not in record.rows:
            if place.column > 1:  # the target was found, behind the name of a role
                place = replace(place, column=place.column + len(id_) + 1)
            return unknown(place, Code.NOT_SHOWN, criterion, f'a row of "{id_}"', record.rows)
        hint = "show it on a page, or have its own made: look at versus_pages and exclude_patterns"
        return Problem(place, Code.NOT_ON_A_PAGE, f'no page shows the {typ} "{target}"', hint)

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
            if node.get("refwarn") and not self._is_reported(typ, target):
                report(self._without_home(typ, target, Place(node.source or "", node.line or 1)))
            return contnode  # type: ignore[return-value]
        docname, shown = home
        words: Any = (
            contnode.children if builder.format == "html" else contnode
        )  # a browser needs no element in the link
        reference = make_refnode(builder, fromdocname, docname, shown.anchor, words, node.get("reftitle") or None)
        if "refuri" in reference:
            reference["refuri"] = showing_only(builder, reference["refuri"], node.get(ONLY, ()))
        return reference

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


def domain_of(env: BuildEnvironment) -> VersusDomain:
    """Our domain in an environment."""
    domain = env.get_domain("versus")
    assert isinstance(domain, VersusDomain)
    return domain


def showing_only(builder: Builder, address: str, names: Iterable[str]) -> str:
    """The address of a table with some of its sides shown: the state that the readers' tools find in the query."""
    query = urlencode([("only", " ".join(name.split())) for name in names], quote_via=quote)
    page, mark, anchor = address.partition("#")
    if not (query and page and makes_web_pages(builder) and "table" in project_of(builder.env).settings.tools):
        return address
    return f"{page}?{query}{mark}{anchor}"


# -- which pages show something of Versus


def own_elements(env: BuildEnvironment, document: nodes.document, type_: type[E]) -> list[E]:
    """The elements of a type on the pages that show something of Versus, of all that were joined to a document."""
    showing, found = domain_of(env).showing, []
    left: list[tuple[nodes.Node, str]] = [(document, env.current_document.docname)]
    while left:
        node, docname = left.pop()
        if isinstance(node, addnodes.start_of_file):  # what is in it has another parent
            docname = str(node["docname"])
        if isinstance(node, type_) and docname in showing:
            found.append(node)
        left += ((child, docname) for child in reversed(node.children))
    return found


def is_own_page(builder: Builder, docname: str) -> bool:
    """Whether a page shows something of Versus; a page of many documents does when one of them does."""
    showing = domain_of(builder.env).showing
    if builder.format == "html" and not isinstance(builder, SingleFileHTMLBuilder):
        return docname in showing
    joined, left = set[str](), [docname]  # the page and all those that its lists of contents lead to
    while left:
        if (name := left.pop()) not in joined:
            joined.add(name)
            left += builder.env.toctree_includes.get(name, ())
    return not showing.keys().isdisjoint(joined)


def setup(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(VersusDomain)
