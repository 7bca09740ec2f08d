"""What goes into a volume, and in which order: chapters by kind of technology, then the other pages, then appendices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from sphinx.environment import BuildEnvironment

from ..catalogue import query
from ..components import i18n
from ..components.i18n import _
from ..environment.project import VersusProject, project_of
from ..environment.virtual_pages import HUBS
from .syntax import Code, call, string
from .work_folder import Edition
from .writer import Sheet


@dataclass(frozen=True)
class Part:
    """A page of the site in a volume: how it is set, below how many headings, and in which chapter.

    ``look`` is the style's function: ``sheet`` begins a page, ``entry`` goes on. A part without a page is a chapter's heading.
    """

    docname: str = ""
    look: str = "sheet"
    depth: int = 0
    chapter: str = ""
    eyebrow: bool = False
    open: bool = True
    after: tuple[str, ...] = ()
    """The pages whose words are left out here."""

    @property
    def edition(self) -> Edition:
        """The page as it is here."""
        return Edition(self.docname, self.after)


@dataclass(frozen=True)
class Volume:
    """A PDF: its file (without the suffix), its titles and its parts; ``bound`` ones have a title page and contents."""

    name: str
    title: str
    subtitle: str = ""
    parts: tuple[Part, ...] = ()
    preface: str = ""
    bound: bool = True
    keywords: tuple[str, ...] = field(default=())

    @property
    def editions(self) -> list[Edition]:
        """The pages in it."""
        return [Edition(self.preface)] * bool(self.preface) + [part.edition for part in self.parts if part.docname]


class Shelf:
    """The volumes of a site."""

    def __init__(self, env: BuildEnvironment, excluded: Iterable[str]) -> None:
        self._project: VersusProject = project_of(env)
        self._env = env
        self._excluded = tuple(excluded)
        catalogue = self._project.catalogue
        self._comparisons = {id_: self._docname("comparison", id_) for id_ in catalogue.comparisons}
        self._technologies = {id_: self._docname("technology", id_) for id_ in catalogue.technologies}

    def _docname(self, kind: str, id_: str = "") -> str:
        """The page of a record or a hub, when it is there and wanted."""
        docname = self._project.settings.docname(kind, id_)
        virtual = self._project.virtual(docname)
        is_other = (
            (virtual.kind, virtual.id) != (kind, id_) if virtual else bool(id_) and docname == self._env.config.root_doc
        )
        return docname if docname in self._env.found_docs and self._wanted(docname) and not is_other else ""

    def _wanted(self, docname: str) -> bool:
        return not any(fnmatchcase(docname, pattern) for pattern in self._excluded)

    # -- volumes

    def book(self) -> Volume:
        """Everything."""
        root = self._env.config.root_doc
        kinds = self._by_kind()
        chapters = [part for kind, ids in kinds.items() for part in self._chapter(kind, ids, len(kinds) > 1)]
        all_parts = (*chapters, *self._other_pages(root), *self._appendices(), *self._glossaries())
        before = {part.docname: part for part in reversed(all_parts)}  # a page of two sorts is there once
        parts = tuple(part for part in all_parts if not part.docname or before[part.docname] is part)
        config = self._env.config
        subtitle = _("Comparisons of technologies") if self._comparisons else ""
        name = re.sub(r'[\s/\\:*?"<>|\x00-\x1f]', "-", config.project) or "book"
        return Volume(name, config.project or name, subtitle, parts, self._preface(root))

    def _preface(self, root: str) -> str:
        """The home page, or the list of comparisons."""
        return root if self._wanted(root) else self._docname("comparisons")

    def of_kinds(self) -> Iterator[Volume]:
        """A volume for each kind of technology that has comparisons."""
        for kind, ids in self._by_kind().items():
            sides = {side for id_ in ids for side in self._project.catalogue.comparisons[id_].technologies}
            parts = (*self._chapter(kind, ids, False), *self._technology_pages(sides, ids))
            yield Volume(f"kinds/{kind or 'mixed'}", kind_name(kind), self._env.config.project, parts)

    def of_comparisons(self) -> Iterator[Volume]:
        """A volume for each comparison; its file has the name of its page."""
        for id_, docname in self._comparisons.items():
            if docname:
                part = Part(docname, chapter=self._env.config.project, open=False)
                title = query.name(self._project.catalogue, "comparison", id_) or id_
                yield Volume(docname, title, parts=(part,), bound=False)

    # -- parts

    def _by_kind(self) -> Mapping[str, list[str]]:
        """Comparisons by the kind that their technologies share, by name; those of several kinds come last."""
        found: dict[str, list[str]] = {}
        for id_, docname in self._comparisons.items():
            if docname:
                kinds = self._project.catalogue.kinds_of(id_)
                found.setdefault(next(iter(kinds)) if len(kinds) == 1 else "", []).append(id_)
        titles = self._project.catalogue.titles
        ordered = sorted(found, key=lambda kind: (not kind, kind_name(kind).casefold()))
        return {kind: sorted(found[kind], key=lambda id_: titles[id_].casefold()) for kind in ordered}

    def _chapter(self, kind: str, ids: Iterable[str], headed: bool) -> Iterator[Part]:
        """The heading stands small over the first comparison."""
        name = kind_name(kind)
        if headed:
            yield Part(chapter=name, eyebrow=True)
        for number, id_ in enumerate(ids):
            yield Part(self._comparisons[id_], depth=int(headed), chapter=name, open=bool(number) or not headed)

    def _other_pages(self, root: str) -> Iterator[Part]:
        """What the tables of contents lead to beside the catalogue, in their order."""
        own = {root, *self._comparisons.values(), *self._technologies.values(), *self._term_pages()}
        settings = self._project.settings
        own.update(
            settings.docname(hub) for hub in HUBS
        )  # the book has their lists in its own way, or at another place
        own.update(settings.docname("pair", id_) for id_ in self._project.catalogue.derived)
        for docname in _reached(self._env, root):
            if docname not in own and self._wanted(docname):
                yield Part(docname)

    def _appendices(self) -> Iterator[Part]:
        yield from self._technology_pages(self._technologies, self._comparisons)
        catalogue = self._project.catalogue
        for hub, records in (("misconceptions", catalogue.misconceptions), ("criteria", catalogue.criteria)):
            docname = self._docname(hub)
            if docname and records:
                yield Part(docname)

    def _technology_pages(self, ids: Iterable[str], comparisons: Iterable[str]) -> Iterator[Part]:
        """The pages of technologies, without what the comparisons before them show."""
        names = self._project.catalogue.technologies
        there = [id_ for id_ in ids if self._technologies.get(id_)]
        if there:
            yield Part(chapter=_("Technologies"))
        for id_ in sorted(there, key=lambda id_: names[id_].name.casefold()):
            yield Part(self._technologies[id_], "entry", 1, _("Technologies"), after=self._comparing(id_, comparisons))

    def _comparing(self, technology: str, ids: Iterable[str]) -> tuple[str, ...]:
        """The pages of those comparisons that have a technology as a side."""
        sides = self._project.catalogue.sides_of
        return tuple(docname for id_ in ids if technology in sides(id_) and (docname := self._comparisons[id_]))

    def _glossaries(self) -> Iterator[Part]:
        """Pages that define terms, but not the home page, which is the preface."""
        root = self._env.config.root_doc
        for docname in _reached(self._env, root):
            if docname != root and docname in self._term_pages() and self._wanted(docname):
                yield Part(docname)

    def _term_pages(self) -> set[str]:
        objects = self._env.domains.standard_domain.objects
        found = {docname for (type_, _name), (docname, _anchor) in objects.items() if type_ == "term"}
        return found - {*self._comparisons.values(), *self._technologies.values()}


def kind_name(kind: str) -> str:
    """A kind as a heading; without one, what belongs to several."""
    return i18n.kind(kind) if kind else _("Across kinds")


def _reached(env: BuildEnvironment, root: str) -> list[str]:
    """Pages in the order in which the tables of contents lead to them."""
    found: dict[str, None] = {}

    def visit(docname: str) -> None:
        if docname not in found:
            found[docname] = None
            for below in env.toctree_includes.get(docname, ()):
                visit(below)

    visit(root)
    return [docname for docname in found if docname in env.found_docs]


def main_text(volume: Volume, sheets: Mapping[Edition, Sheet], index: str) -> str:
    """The file that the typesetter begins with."""
    lines = ['#import "/style/versus.typ": *', "#show: volume"]
    if volume.bound:
        lines.append("#title-page()")
    if volume.preface:
        lines.append(f"#preface[{_include(Edition(volume.preface))}]")
    if volume.bound:
        lines.append("#contents()")
    lines.extend(_part(part, sheets) for part in volume.parts)
    if index:
        name = _("Index")
        lines += [f"#chapter({string(name)})", f"#general-index[#include {string('/' + index)}]"]
    return "\n".join(lines) + "\n"


def _part(part: Part, sheets: Mapping[Edition, Sheet]) -> str:
    if not part.docname:
        return f"#chapter({string(part.chapter)}, eyebrow: {str(part.eyebrow).lower()})"
    sheet = sheets[part.edition]
    if part.look == "entry":
        heads = {"chapter": part.chapter, "title": sheet.title}
        return call("entry", _include(part.edition), offset=part.depth, **heads)
    chapter = part.chapter or sheet.title
    title = sheet.title if part.chapter else ""
    heads = {"chapter": chapter, "title": title, "note": sheet.reviewed}
    return call("sheet", _include(part.edition), offset=part.depth, open=Code(str(part.open).lower()), **heads)


def _include(edition: Edition) -> str:
    return f"#include {string(f'/{edition.file}')}"
