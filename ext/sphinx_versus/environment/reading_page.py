"""The page that is being read: what directives and roles may ask of it, and what the catalogue answers it. Read phase.

What a page shows, it depends on: its questions are recorded with a digest of their answers. When the data have changed, all
questions are asked again before a build, and a page is read again when one of its answers changed. Changed files and code are
the matter of :mod:`sphinx_versus.environment.incremental`. When a page is written, :mod:`sphinx_versus.components.page` is what
components ask.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, TypeVarTuple, Unpack

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..catalogue import query
from ..catalogue.catalogue import Catalogue
from ..catalogue.pairs import pair_id
from ..catalogue.prose import Prose
from ..components import COMPONENTS
from ..components.component import Cites, Component, Shown, Slot, TableComponent, Words, slot_key
from ..components.node_helpers import SOURCE_MARK, marks_in, rubric, title
from ..components.prose_writer import is_plain
from .domain import domain_of
from .project import project_of
from .reporting import ReportDeferred

Args = TypeVarTuple("Args")
R = TypeVar("R")

NOTED = "versus_noted"
"""The objects that the page shows, with node, key, anchor and words, until it is known which of the nodes are hidden."""
CLAIMED = "versus_claimed"
"""The ids that the page has given: each block ``eval-rst`` is a document of its own, which knows only its own ids."""
PREFIXES = {"fact": "row", "card": "technology"}  # the words with which anchors begin, where it is not the object type


def ask(env: BuildEnvironment, question: Callable[[Catalogue, Unpack[Args]], R], *args: *Args) -> R:
    """Ask a query of :mod:`sphinx_versus.catalogue.query` for the page that is being read, and record it."""
    domain = domain_of(env)
    answer: R = project_of(env).catalogue.ask(question, *args)
    domain.questions.setdefault(env.docname, []).append(domain.shared((question.__name__, args)))
    return answer


def pages_with_other_answers(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """``env-get-outdated``: the pages of which an answer or a condition changed."""
    domain, snapshot, holds = domain_of(env), project_of(env).snapshot, project_of(env).conditions.holds
    stale = {
        docname
        for docname, outcomes in domain.conditions.items()
        if any(holds(one.kind, one.expression) != one.holds for one in outcomes)
    }
    if not snapshot.digest or snapshot.digest != domain.data["digest"]:
        domain.data["digest"] = snapshot.digest
        has_lines = bool(env.versioning_condition)  # of records, in catalogues of messages; no answer has them
        answered = domain.answers.items()
        stale |= {docname for docname, known in answered if has_lines or domain.digest_of_answers(docname) != known}
    return sorted(stale & env.found_docs)


@dataclass(eq=False)
class Page:
    """One document in the read phase. Anchors are noted in the domain, questions recorded as dependencies."""

    env: BuildEnvironment
    document: nodes.document

    @property
    def comparison(self) -> str:
        """The comparison whose page this is, or an empty text."""
        return self.own("comparison")

    @property
    def technology(self) -> str:
        """The technology whose page this is, or an empty text."""
        return self.own("technology")

    def own(self, kind: str) -> str:
        """The record of a kind whose page this is, or an empty text; a page ``b-vs-a`` on disk may be that of a derived pair."""
        id_ = self.meant(kind)
        if id_ and self.ask(query.name, kind, id_):
            return id_
        sides = id_.split("-vs-")
        turned = pair_id(reversed(sides)) if kind == "comparison" and len(sides) == 2 else ""
        return turned if turned and self.ask(query.name, kind, turned) else ""

    def meant(self, kind: str) -> str:
        """The id of the record that the page means, there or not: by its place or its metadata ``versus-<kind>``."""
        if named := self.metadata.get(f"versus-{kind}"):
            return named
        before, _, after = project_of(self.env).settings.pages[kind].partition("{id}")
        docname = self.env.docname
        fits = before + after and docname.startswith(before) and docname.endswith(after)
        return docname[len(before) : len(docname) - len(after)] if fits else ""

    @property
    def metadata(self) -> Mapping[str, str]:
        """The fields at the top of the page; until it is read they are part of the tree."""
        top = (node for node in self.document.children if isinstance(node, nodes.field_list | nodes.docinfo))
        fields = (field for block in top for field in block.findall(nodes.field))
        found = {field[0].astext(): field[1].astext().strip() for field in fields}
        return {**found, **{name: str(value) for name, value in self.env.metadata.get(self.env.docname, {}).items()}}

    def ask(self, question: Callable[[Catalogue, Unpack[Args]], R], *args: *Args) -> R:
        """The answer of the catalogue, recorded as something that this page shows."""
        return ask(self.env, question, *args)

    def is_home(self, type_: str, id_: str) -> bool:
        """Whether an object belongs on this page; every page that shows it may be its home when its own is not made."""
        wanted = domain_of(self.env).own_page((type_, id_))
        return wanted == self.env.docname or wanted not in self.env.found_docs

    def ask_whether_known(self, type_: str, id_: str) -> None:
        """Record that the page misses a record, so that it is read again when there is one."""
        if type_ == "source":
            self.ask(query.source, id_)
        else:
            self.ask(query.name, type_, id_)

    def prose(self, prose: Prose) -> list[nodes.Node]:
        """The block nodes of a record's text."""
        return project_of(self.env).prose_parser.parse(self.document, prose)

    def component(self, name: str, *arguments: object, **parts: object) -> Component:
        """One node for a component whose view is asked for here; see :meth:`show`."""
        return self.show(name, COMPONENTS[name].view(self.ask, *arguments), *arguments, **parts)  # type: ignore[arg-type]

    def show(
        self,
        name: str,
        view: object,
        *arguments: object,
        caption: str | None = None,
        slots: Mapping[str, Sequence[nodes.Node]] | None = None,
    ) -> Component:
        """One node for a component: what its view mentions is noted now, and the view is written when the page is.

        ``caption`` makes it a table, with or without a caption; ``slots`` are nodes that are shown within it.
        """
        made = Component if caption is None else TableComponent
        node = made("", name=name, arguments=arguments, sources=[], anchors={}, numbers={})
        if caption:
            node += title(caption)
        node += [Slot("", *children, key=key) for key, children in (slots or {}).items()]
        needs_each_text = project_of(self.env).needs_each_text
        for mention in COMPONENTS[name].mentions(view):
            match mention:
                case Shown(type_, id_):
                    node["anchors"][type_, id_] = self._anchor(node, type_, id_)
                case Cites(sources):
                    node["sources"] += sources
                case Words(words) if needs_each_text:
                    node += Slot("", rubric(words), key=slot_key(mention))
                case Prose() if needs_each_text or not is_plain(mention):
                    slot = Slot("", *self.prose(mention), key=slot_key(mention))
                    node["sources"] += [mark[SOURCE_MARK] for mark in marks_in(slot)]
                    node += slot
        return node

    def _anchor(self, node: Component, type_: str, id_: str) -> str:
        """An id for an object, which is noted for the domain; for a fact or a row the words are criterion and owner."""
        owner, _slash, last = id_.rpartition("/")
        anchor = self.claim(f"{PREFIXES.get(type_, type_)}-{last}", node)
        type_ = "technology" if type_ == "card" else type_
        is_row_of_pair = type_ == "row" and owner in project_of(self.env).catalogue.derived
        if type_ in domain_of(self.env).object_types and not id_.startswith("/") and not is_row_of_pair:
            if type_ in {"fact", "row"}:
                of = self.ask(query.name, "technology" if type_ == "fact" else "comparison", owner)
                words = f"{self.ask(query.name, 'criterion', last)} ({of})"
            else:
                words = self.ask(query.name, type_, id_) or id_
            noted: Any = self.env.current_document.setdefault(NOTED, [])
            noted.append((node, (type_, id_), anchor, words))
        return anchor

    def claim(self, wanted: str, node: nodes.Element | None = None) -> str:
        """An id that nothing on the page has yet; when a node is given, it has it from now on."""
        numbers: Any = self.env.current_document.setdefault(CLAIMED, {})  # the last one by ids that were claimed
        anchor, number = wanted, numbers.get(wanted, 1)
        while anchor in self.document.ids or anchor in numbers:
            number += 1
            anchor = f"{wanted}-{number}"
        numbers.setdefault(anchor, 1)
        numbers[wanted] = number
        if node is not None:
            self.document.ids[anchor] = node
        return anchor

    def name(self, node: nodes.Element, wanted: str) -> None:
        """Give a node an id that nothing on the page has yet."""
        node["ids"].append(self.claim(wanted, node))


def setup(app: Sphinx) -> None:
    """Connect to the moment at which Sphinx asks what is out of date, and to the end of each page."""
    app.add_transform(ReportDeferred)
    app.connect("env-get-outdated", pages_with_other_answers)
