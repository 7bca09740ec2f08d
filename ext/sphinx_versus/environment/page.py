"""The page that is being read: what components may ask of it, and what the catalogue answers it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, TypeVarTuple, Unpack

from docutils import nodes
from sphinx.environment import BuildEnvironment

from ..catalogue import query
from ..catalogue.catalogue import Catalogue
from ..catalogue.pairs import pair_id
from ..catalogue.prose import Prose
from ..components import COMPONENTS
from ..components.component import Cites, Component, Refers, Shown, Slot, TableComponent, Words, slot_key
from ..components.node_helpers import SOURCE_MARK, marks_in, rubric, title
from ..components.prose import is_plain
from .dependencies import ask
from .domain import domain_of
from .project import project_of

Args = TypeVarTuple("Args")
R = TypeVar("R")

_KEY = "versus_page"
_NOTED = "versus_noted"
PREFIXES = {"fact": "row", "card": "technology"}  # the words with which anchors begin, where it is not the object type


@dataclass(eq=False)
class Page:
    """One document in the read phase. Anchors are noted in the domain, questions recorded as dependencies."""

    env: BuildEnvironment
    document: nodes.document

    @property
    def language(self) -> str:
        """The language of the site."""
        return self.env.config.language or "en"

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
        return project_of(self.env).prose_parser(self.env).parse(self.document, prose)

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
        for mention in COMPONENTS[name].mentions(view):
            match mention:
                case Shown(type_, id_):
                    node["anchors"][type_, id_] = self._anchor(node, type_, id_)
                case Refers():
                    domain_of(self.env).note_reference(self.env.docname, (mention.type, mention.id))
                case Cites(sources):
                    node["sources"] += sources
                case Words(words) if self._needs_each_text:
                    node += Slot("", rubric(words), key=slot_key(mention))
                case Prose() if self._needs_each_text or not is_plain(mention):
                    slot = Slot("", *self.prose(mention), key=slot_key(mention))
                    node["sources"] += [mark[SOURCE_MARK] for mark in marks_in(slot)]
                    node += slot
        return node

    @cached_property
    def _needs_each_text(self) -> bool:
        """Whether Sphinx looks at each text of a page that is read: to translate it, or to count its messages."""
        folders = (Path(self.env.srcdir) / folder / self.language for folder in self.env.config.locale_dirs)
        return bool(self.env.versioning_condition) or any(folder.is_dir() for folder in folders)

    def _anchor(self, node: Component, type_: str, id_: str) -> str:
        """An id for an object; the first one on a page is noted for the domain."""
        anchor = self.claim(f"{PREFIXES.get(type_, type_)}-{id_.rpartition('/')[2]}")
        self.document.ids[anchor] = node
        type_ = "technology" if type_ == "card" else type_
        is_row_of_pair = type_ == "row" and id_.partition("/")[0] in project_of(self.env).catalogue.derived
        if type_ in domain_of(self.env).object_types and not id_.startswith("/") and not is_row_of_pair:
            noted: Any = self.env.current_document.setdefault(_NOTED, [])
            noted.append((node, (type_, id_), anchor, self._object_name(type_, id_)))
        return anchor

    def _object_name(self, type_: str, id_: str) -> str:
        """The words that stand for an object; for a fact or a row the criterion and its owner."""
        if type_ not in {"fact", "row"}:
            return self.ask(query.name, type_, id_) or id_
        owner, _, criterion = id_.partition("/")
        owner_type = "technology" if type_ == "fact" else "comparison"
        return f"{self.ask(query.name, 'criterion', criterion)} ({self.ask(query.name, owner_type, owner)})"

    def claim(self, wanted: str) -> str:
        """An id that nothing on the page has yet."""
        anchor, number = wanted, 1
        while anchor in self.document.ids:
            number += 1
            anchor = f"{wanted}-{number}"
        return anchor

    def name(self, node: nodes.Element, wanted: str) -> None:
        """Give a node an id that nothing on the page has yet."""
        anchor = self.claim(wanted)
        node["ids"].append(anchor)
        self.document.ids[anchor] = node

    def note_objects(self, hidden: list[nodes.Element]) -> None:
        """Make what the page shows known to the domain, when it is known which content nobody will see."""
        unseen = {id(node) for element in hidden for node in element.findall()}
        noted: Any = self.env.current_document.get(_NOTED, ())
        for node, key, anchor, name in noted:
            if id(node) not in unseen:
                domain_of(self.env).note_object(self.env.docname, key, anchor, name)


def page_of(env: BuildEnvironment, document: nodes.document) -> Page:
    """The page that is being read, one per document."""
    page = env.current_document.get(_KEY)
    if page is None or page.document is not document:
        page = env.current_document[_KEY] = Page(env, document)
    return page
