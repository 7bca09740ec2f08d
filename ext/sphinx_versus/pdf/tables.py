"""Tables: widths, heads that repeat, groups that stay with their rows, cells that span."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docutils import nodes

from ..components.i18n import _
from .syntax import Code, call, content
from .writer import Handler, Writer, inside

KEPT_ROW = 900
"""Characters in the longest cell up to which a row is not broken."""
ONE_LINE = 80
"""Characters of a foot up to which it takes one line."""
NARROW = 9
"""How long a token may be in a cell before lines break within it, in a table of many columns."""
MOST_COLUMNS = 6
"""So many columns behind the first are in one table."""


def table(writer: Writer, node: nodes.Element) -> str:
    """A table; one of many columns in parts, each with the first column."""
    parts = _parts(node)
    for number, part in enumerate(parts if len(parts) > 1 else (), 1):
        _count(part, number, len(parts))
    return "".join(_table(writer, part) for part in parts)


def _parts(node: nodes.Element) -> Sequence[nodes.Element]:
    """Tables of few columns that have what a table has; where a cell goes over the columns of two of them, it stays whole."""
    count = len([*next(node.findall(nodes.tgroup)).findall(nodes.colspec)])
    number = -(-(count - 1) // MOST_COLUMNS)
    if number < 2 or not all(_fits(row, count) for row in node.findall(nodes.row)):
        return [node]
    size = -(-(count - 1) // number)
    return [_part(node, range(first, min(first + size, count))) for first in range(1, count, size)]


def _fits(row: nodes.row, count: int) -> bool:
    """Whether a row has a cell in each column, or one for all."""
    entries = [entry for entry in row.children if isinstance(entry, nodes.entry)]
    spans = any(entry.get("morecols") or entry.get("morerows") for entry in entries)
    return (not spans and len(entries) == count) or _is_whole(entries, count)


def _is_whole(entries: Sequence[nodes.entry], count: int) -> bool:
    return len(entries) == 1 and entries[0].get("morecols", 0) == count - 1 and not entries[0].get("morerows")


def _part(node: nodes.Element, columns: range) -> nodes.Element:
    """The first column, copied, and some others; the title stays with the first part, and what stands below with the last."""
    part, is_first = node.copy(), columns.start == 1
    part.parent = node.parent
    is_last = columns.stop == len([*next(node.findall(nodes.tgroup)).findall(nodes.colspec)])
    for child in node.children:
        if isinstance(child, nodes.tgroup):
            part.append(_group_part(child, columns))
        elif is_first if isinstance(child, nodes.title) else is_last:
            part.append(child)
    return part


def _group_part(group: nodes.tgroup, columns: range) -> nodes.Element:
    specs = [*group.findall(nodes.colspec)]
    part = group.copy()
    part.extend(specs[at] for at in (0, *columns))
    for rows in group.children:
        if isinstance(rows, nodes.thead | nodes.tbody):
            some = rows.copy()
            some.extend(_row_part(row, columns) for row in rows.children if isinstance(row, nodes.row))
            part.append(some)
    return part


def _row_part(row: nodes.Element, columns: range) -> nodes.Element:
    entries = [entry for entry in row.children if isinstance(entry, nodes.entry)]
    part, first = row.copy(), entries[0].deepcopy()
    if len(entries) == 1:
        first["morecols"] = len(columns)
    part.extend([first, *(entries[at] for at in columns if len(entries) > 1)])
    return part


def _count(part: nodes.Element, number: int, of: int) -> None:
    """Say in the title which part it is; those behind the first have no other title."""
    words = _("Part %(number)d of %(all)d") % {"number": number, "all": of}
    title = next((child for child in part.children if isinstance(child, nodes.title)), None)
    if title is None:
        part.insert(0, nodes.title("", "", nodes.Text(words)))
    elif number == 1:
        title.append(nodes.Text(f" ({words})"))
    else:
        title[:] = [nodes.Text(words)]


def _table(writer: Writer, node: nodes.Element) -> str:
    group = next(node.findall(nodes.tgroup))
    specs = [spec for spec in group.children if isinstance(spec, nodes.colspec)]
    stubs = sum(1 for spec in specs if spec.get("stub"))
    writer.sheet.stubs.append(stubs)
    longest, writer.longest = writer.longest, NARROW if len(specs) > 4 else min(writer.longest, 16)
    arguments = {
        "columns": columns(node, specs),
        "stubs": stubs,
        "look": "versus" if "versus-table" in node["classes"] else "plain",
        "title": _title(writer, node),
        "head": _head(writer, group),
        "body": [part for row in _rows(group, nodes.tbody) for part in _body(writer, row)],
        "foot": _foot(writer, node),
        "last": _last_row(node, group),
    }
    writer.longest = longest
    return f"\n{writer.place(node)}{_places(writer, group)}{call('data-table', **arguments)}\n\n"


def _head(writer: Writer, group: nodes.Element) -> list[Code]:
    """The cells of the head, which is repeated on each page."""
    before, writer.repeats = writer.repeats, True
    cells = [cell for row in _rows(group, nodes.thead) for cell in _cells(writer, row)]
    writer.repeats = before
    return cells


def _places(writer: Writer, group: nodes.Element) -> str:
    """The anchors of the head, before the table."""
    heads = [found for found in group.children if isinstance(found, nodes.thead)]
    return "".join(writer.anchors(node) for head in heads for node in head.findall(nodes.Element))


def columns(node: nodes.Element, specs: list[nodes.colspec]) -> list[Code]:
    """Shares of the width where they are given; else what the cells need, but never more than there is."""
    given = "colwidths-given" in node["classes"] or not {"colwidths-auto"} & set(node["classes"])
    if given and len(specs) > 1:
        return [Code(f"{max(_width(spec), 1)}fr") for spec in specs]
    return [Code("auto")] * len(specs)


def _width(spec: nodes.colspec) -> float:
    try:
        return float(str(spec.get("colwidth", 1)).rstrip("*%"))
    except ValueError:
        return 1


def _title(writer: Writer, node: nodes.Element) -> Code | None:
    found = next((child for child in node.children if isinstance(child, nodes.title)), None)
    return content(writer.anchors(found) + writer.children(found)) if found is not None else None


def _foot(writer: Writer, node: nodes.Element) -> Code | None:
    """What stands below the last row, in a line of its own."""
    found = [child for child in node.children if isinstance(child, nodes.paragraph)]
    return content("".join(writer.render(one) for one in found)) if found else None


def _last_row(node: nodes.Element, group: nodes.Element) -> int | None:
    """The number of the last row where a foot of one line is to stay with it."""
    foot = [child.astext() for child in node.children if isinstance(child, nodes.paragraph)]
    rows = [*_rows(group, nodes.thead), *_rows(group, nodes.tbody)]
    return len(rows) - 1 if len(foot) == 1 and len(foot[0]) <= ONE_LINE else None


def _rows(group: nodes.Element, part: type[nodes.Element]) -> Iterator[nodes.row]:
    for found in group.children:
        if isinstance(found, part):
            yield from (row for row in found.children if isinstance(row, nodes.row))


def _body(writer: Writer, row: nodes.row) -> list[Code]:
    """The cells of a row; the heading of a group is a head of the second level, which stays with what follows."""
    if "versus-group-row" in row["classes"]:
        cells = ", ".join(_cells(writer, row))
        return [Code(f"table.header(level: 2, {cells})")]
    return _cells(writer, row)


def _cells(writer: Writer, row: nodes.row) -> list[Code]:
    entries = [entry for entry in row.children if isinstance(entry, nodes.entry)]
    kept = max((len(entry.astext()) for entry in entries), default=0) <= KEPT_ROW
    return [_cell(writer, entry, kept) for entry in entries]


def _cell(writer: Writer, entry: nodes.entry, kept: bool) -> Code:
    arguments = []
    if entry.get("morecols"):
        arguments.append(f"colspan: {entry['morecols'] + 1}")
    if entry.get("morerows"):
        arguments.append(f"rowspan: {entry['morerows'] + 1}")
    if not kept:
        arguments.append("breakable: true")
    weak = {"versus-is-not-assessed", "versus-is-unknown", "versus-is-not-applicable"} & set(entry["classes"])
    body = writer.anchors(entry) + writer.children(entry)
    name = "weak" if weak else "group-head" if "versus-group" in entry["classes"] else ""
    return Code(f"cell({', '.join(arguments)})[{call(name, body) if name else body}]")


HANDLERS: Mapping[type[nodes.Node], Handler] = {
    nodes.table: table,
    nodes.tgroup: inside,
    nodes.entry: inside,
}
