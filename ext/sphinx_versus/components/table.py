"""The table: criteria by technology, in groups, with value, note, date and sources in every cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from docutils import nodes
from markupsafe import Markup

from ..catalogue.model import Fact
from ..catalogue.views import Cell, Line, Row, Side, State
from . import answers, grid, i18n
from .answers import Answer, Answers, View, answer, basis_of, certainty_of, in_brief
from .component import Mention, Shown
from .i18n import _
from .node_helpers import (
    build_table,
    inline,
    link,
    paragraph,
    separated,
    strong,
    text,
)
from .page import HtmlPage, NodePage
from .prose_writer import Blocks, escape

MOST_COLUMNS = 4
"""A table with more columns scrolls sideways, on a screen that is wide enough for a table at all."""

FEWEST_FILTERED = 5
"""A table with fewer rows needs no field that filters them."""

view = answers.view


def mentions(view: View) -> Iterator[Mention]:
    return grid.mentions(view) if grid.is_grid(view) else _mentions(view)


def _mentions(view: View) -> Iterator[Mention]:
    rows = view.table.rows
    for row in rows:
        yield Shown(view.owner.type, f"{view.owner.id}/{row.criterion.id}")
        yield row.criterion.definition
    cells = [row.cells for row in rows]  # sources come in the order of reading: by column in a turned table
    for cell in chain.from_iterable(zip(*cells, strict=True) if view.look.transpose else cells):
        if fact := cell.fact:
            yield from answers.mentioned(fact)


# -- HTML


class HtmlCell(NamedTuple):
    """An answer in the column of a side, with what a reader sees of it at once and on demand."""

    side: str
    """The class of the column: ``vs-a``, ``vs-b`` or ``vs-ink``."""
    column: str
    """The name of the column, where a table has several."""
    answer: Answer
    mark: str
    """The drawing of how sure the value is, by its id; empty where nothing is known."""
    certainty: str
    """The same in words."""
    is_judged: bool
    """Whether the value is our judgement, which the script counts; one without a source has the same drawing."""
    old: str
    """The year of an answer that was old at the review."""
    reasons: Sequence[int]
    """The numbers of the reasons for this side that rest on the row."""
    note: Blocks
    remarks: tuple[Blocks, ...]
    evidence: Markup
    marks: Markup
    statements: tuple[Blocks, ...]
    """Further values, each with its condition."""
    more: int
    """How many of them are not told beside the value."""


class Head(NamedTuple):
    """What a row or a column is about."""

    link: Markup
    name: str
    anchor: str = ""
    version: str = ""
    """That of all facts of a side; of a criterion that it is experimental or deprecated."""


class HtmlRow(NamedTuple):
    """A row; that of a turned table is about a side, and has nothing but answers."""

    head: Head
    cells: Sequence[HtmlCell]
    classes: str = ""
    definition: Blocks = Blocks()
    menu: Sequence[tuple[str, str]] = ()
    is_measured: bool = False
    """Whether columns can be put in the order of its values."""

    @property
    def has_badge(self) -> bool:
        """Whether a cell has a badge that opens the notes of the row: disputed, or with further values."""
        return any(cell.mark.startswith("d") or cell.more for cell in self.cells)


def html(page: HtmlPage, view: View) -> str:
    """The table; a wide one scrolls in a box of its own, the others with the page, so that their head can stay in sight."""
    if grid.is_grid(view):
        return grid.html(page, view)

    def head(of: Row | Side) -> Head:
        if isinstance(of, Side):
            return Head(page.link("technology", of.id, of.name), of.name, version=version(of))
        id_, name, status = of.criterion.id, of.criterion.name, i18n.unsettled(of.criterion.status)
        anchor = page.anchor(view.owner.type, f"{view.owner.id}/{id_}")
        return Head(page.link("criterion", id_, name), name, anchor, status)

    def version(side: Side) -> str:
        """The versions of its facts, the most frequent first."""
        at = view.table.sides.index(side)
        facts = [row.cells[at].fact for row in view.table.rows]
        return i18n.versions([fact.version for fact in facts if fact and fact.version])

    def line(one: Answers) -> HtmlRow:
        columns = zip(one.cells, zip(colours, names, strict=True), strict=True)
        cells = [_html_cell(page, view, cell, sides[cell[1].technology], column) for cell, column in columns]
        if isinstance(one.head, Side):
            return HtmlRow(head(one.head), cells)
        criterion = one.head.criterion
        found = view.record_lines.get(criterion.id)
        menu = _menu(page, one.head, found) if page.site.repository and found is not None else ()
        definition = page.prose(criterion.definition) if criterion.definition.text else Blocks()
        is_measured = len(cells) > 2 and any(cell.answer.exact for cell in cells)
        return HtmlRow(head(one.head), cells, " ".join(traits[criterion.id]), definition, menu, is_measured)

    colours, names, sides = view.classes, view.names, {side.id: side for side in view.table.sides}
    traits = {row.criterion.id: view.traits(row) for row in view.table.rows}
    is_wide = view.columns > MOST_COLUMNS
    classes = ["vs-table", *(["vs-turned"] if view.look.transpose else []), *page.component["classes"]]
    before, after = page.table_frame(*classes, "docutils")
    return page.render(
        columns=view.columns - 1,
        is_wide=is_wide,
        is_turned=view.look.transpose,
        before=before,
        after=after,
        shares=[f"{100 * width / sum(view.look.widths):.1f}" for width in view.look.widths],
        corner=view.corner,
        sides=colours,
        heads=[*map(head, view.heads)],
        filters=[] if view.look.transpose else _filters([*traits.values()]),
        has_filter=len(view.table.rows) >= FEWEST_FILTERED,
        groups=[(title, [*map(line, lines)]) for title, lines in view.groups],
    )


def _filters(rows: Sequence[Sequence[str]]) -> list[tuple[str, str, int]]:
    """By the traits of rows the kinds that a reader can choose, each with its words and how many; all rows come first."""
    words = {
        "cited": _("In the verdict"),
        "differs": _("Different"),
        "judged": _("Our judgement"),
        "disputed": _("Disputed"),
        "old": _("Over a year old"),
    }
    counts = Counter(chain.from_iterable(rows))
    found = [(name, words[name], counts[name]) for name in words if 0 < counts[name] < len(rows)]
    return [("all", _("All"), len(rows)), *found] if found else []


def _html_cell(page: HtmlPage, view: View, answered: tuple[Row, Cell], side: Side, column: tuple[str, str]) -> HtmlCell:
    """An answer of a side, under the colour and the name of its column."""
    row, cell = answered
    shown, fact = answer(row, cell, page.language), cell.fact
    brief = in_brief(shown)
    mark, certainty = certainty_of(cell)
    evidence = _evidence(side, cell, fact, page.language) if fact else Markup()
    return HtmlCell(
        *column,
        brief._replace(value=shown.links(page) or shown.value),
        mark,
        certainty,
        bool(mark and fact and fact.judgement),
        str(fact.as_of.year) if fact and fact.as_of and view.is_old(cell) else "",
        view.reasons.get((cell.technology, row.criterion.id), ()),
        page.prose(shown.note) if shown.note else Blocks(),
        tuple(page.prose(prose).labelled(label, "vs-remark") for label, prose in shown.remarks),
        evidence,
        page.marks(shown.sources),
        answers.stated(page, shown),
        len(brief.statements),
    )


def _evidence(side: Side, cell: Cell, fact: Fact, language: str) -> Markup:
    """Version, date and that no source says it, in words and for machines."""
    parts = []
    if fact.version:
        version = escape(fact.version)
        parts.append(f'<data value="{version}">{escape(side.name)} {version}</data>')
    if cell.is_outdated:
        parts.append(escape(_("no longer supported")))
    if fact.as_of:
        parts.append(f'<time datetime="{fact.as_of}">{escape(i18n.short_date(fact.as_of, language))}</time>')
    if cell.has_value and not fact.is_documented:
        parts.append(escape(basis_of(fact)))
    return Markup(" · ".join(parts))  # noqa: S704 (all of it was escaped)


def _menu(page: HtmlPage, row: Row, lines: Sequence[Line]) -> list[tuple[str, str]]:
    """What a row offers where the records are public: to report a mistake, with what is shown, and to edit each record."""
    asked, repository = row.criterion.name, page.site.repository
    values = [
        f"{line.name}: {i18n.value(row.criterion, cell, page.language)} ({repository.data}/{line.path})"
        for line, cell in zip(lines, row.cells, strict=False)
    ]
    question = _("What is wrong, and where can it be looked up?")
    body = "\n".join([f"{page.docname}, {asked}", "", *values, "", question, ""])
    links = [(_("Report a mistake"), repository.issue(f"{page.title}: {asked}", body))]
    return links + [(_("Edit the data: %s") % line.name, repository.line(line.path, line.line)) for line in lines]


# -- nodes


def as_nodes(page: NodePage, view: View) -> list[nodes.Node]:
    """A docutils table with a stub column and an anchor per criterion."""
    if grid.is_grid(view):
        return grid.as_nodes(page, view)
    classes = ["versus-table", "colwidths-given", *(["versus-turned"] if view.look.transpose else [])]
    table = build_table(_rows(page, view), view.widths, page.caption, *classes)
    if page.for_paper and len(view.table.sides) > 1 and not view.look.transpose:
        table += _differences(page, view)
    return [table]


def _rows(page: NodePage, view: View) -> Iterator[nodes.row]:
    def head(of: Row | Side) -> nodes.entry:
        if isinstance(of, Side):
            return nodes.entry("", paragraph(link("technology", of.id, of.name)))
        anchor = page.anchor(view.owner.type, f"{view.owner.id}/{of.criterion.id}")
        status = i18n.unsettled(of.criterion.status)
        words = [text(f" ({status})")] if status else []
        return nodes.entry("", paragraph(anchor, link("criterion", of.criterion.id, of.criterion.name), *words))

    names = view.names
    yield nodes.row("", nodes.entry("", paragraph(text(view.corner))), *map(head, view.heads))
    for title, lines in view.groups:
        if title:
            morecols = len(view.heads)
            heading = nodes.entry("", paragraph(text(title)), classes=["versus-group"], morecols=morecols)
            yield nodes.row("", heading, classes=["versus-group-row"])
        for line in lines:
            classes = ["versus-row"]
            if isinstance(line.head, Row):
                classes.append("versus-differs" if line.head.differs else "versus-same")
            cells = [_cell(page, *cell, name) for cell, name in zip(line.cells, names, strict=True)]
            yield nodes.row("", head(line.head), *cells, classes=classes)


def _cell(page: NodePage, row: Row, cell: Cell, column: str) -> nodes.entry:
    """Value, note, remarks, and one quiet line of evidence; on narrow screens, behind the name of the column."""
    shown = answer(row, cell, page.language)
    blocks: list[nodes.Node] = [inline(f"{column} ")] if page.for_browsers and column else []
    value = answers.value_nodes(shown, strong)
    extent = [text(f", {shown.extent}")] if shown.extent else []
    blocks.append(paragraph(*value, *extent, classes=["versus-value"]))
    blocks += answers.explanations(page, shown)
    evidence = _evidence_in_words(cell, cell.fact, page.language) if cell.fact else ""
    words = [text(f"{evidence} " if shown.sources else evidence)] if evidence else []
    if line := [*words, *page.marks(shown.sources)]:
        blocks.append(paragraph(*line, classes=["versus-evidence"]))
    blocks += answers.statements(page, shown)
    return nodes.entry("", *blocks, classes=[f"versus-is-{cell.state.value}"])


def _evidence_in_words(cell: Cell, fact: Fact, language: str) -> str:
    """Version, date and that no source says it."""
    parts = [
        _("version %s") % fact.version if fact.version else "",
        _("no longer supported") if cell.is_outdated else "",
        i18n.date(fact.as_of, language) if fact.as_of else "",
        basis_of(fact) if cell.has_value and not fact.is_documented else "",
    ]
    return i18n.listed(filter(None, parts))


def _differences(page: NodePage, view: View) -> Iterator[nodes.paragraph]:
    """In what the sides differ and in what not, below the table: paper has no switch that hides equal rows."""

    def name(row: Row) -> nodes.reference:
        (anchor,) = page.anchor(view.owner.type, f"{view.owner.id}/{row.criterion.id}")["ids"]
        words = text(row.criterion.name)
        return nodes.reference("", "", words, refid=anchor, internal=True, classes=["versus-row-link"])

    def value(row: Row) -> nodes.Text:
        return text(f" ({i18n.value(row.criterion, row.cells[0], page.language)})")

    def line(label: str, names: list[list[nodes.Node]]) -> nodes.paragraph:
        words = [text(" "), *separated(names), text(".")] if names else []
        return paragraph(strong(label), *words, classes=["versus-differences"])

    rows = [row for row in view.table.rows if row.is_compared]
    different = [row for row in rows if row.differs]
    if not rows:
        return
    if len(different) == len(rows):
        yield line(_("Different in all %d criteria.") % len(rows), [])
        return
    if different:
        label = _("Different in %(some)d of %(all)d criteria:") % {"some": len(different), "all": len(rows)}
        yield line(label, [[name(row)] for row in different])
    if same := [row for row in rows if not row.differs and row.known_of_all]:
        yield line(_("The same for all:"), [[name(row), value(row)] for row in same])
    others = [row for row in rows if not row.differs and not row.known_of_all]
    gaps = _("Depends on conditions:"), _("Not known for all:"), _("Not applicable to all:")
    for at, label in enumerate(gaps):
        names: list[list[nodes.Node]] = [[name(row)] for row in others if _gap(row) == at]
        if names:
            yield line(label, names)


def _gap(row: Row) -> int:
    """Why not every side has a value: it depends (0), one is not known (1), or the criterion does not apply (2)."""
    depends = any(cell.state is State.DEPENDS for cell in row.cells)
    return 0 if depends else 1 if row.applies_to_all else 2
