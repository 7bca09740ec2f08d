"""What the tree of a record's text may consist of: an allow-list of nodes, attributes, addresses and references.

The text itself may be written in unforeseen ways, and in the words of any language; what it became is judged here,
before anything is resolved.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from ..catalogue.markdown import (
    MOST_CELLS,
    MOST_COLUMNS,
    NO_ROWS,
    TOO_MANY_CELLS,
    TOO_MANY_COLUMNS,
    TOO_WIDE,
    is_too_wide,
)
from ..catalogue.prose import IN_CELL, MOST_LEVELS, SAFE_DIRECTIVES, TOO_DEEP, WIDE, is_web_address
from ..characters import FORBIDDEN, cleaned
from ..components.node_helpers import SOURCE_MARK

DEEPEST = 64  # how many nodes may be in each other: every later step takes a call for each
INLINE = {
    *(nodes.Text, nodes.emphasis, nodes.strong, nodes.literal, nodes.inline, nodes.subscript, nodes.superscript),
    *(nodes.abbreviation, nodes.acronym, nodes.title_reference, nodes.reference, nodes.raw),
    *(addnodes.literal_emphasis, addnodes.literal_strong, addnodes.manpage, addnodes.pending_xref),
}
ADMONITIONS = {
    *(nodes.admonition, nodes.attention, nodes.caution, nodes.danger, nodes.error, nodes.hint, nodes.important),
    *(nodes.note, nodes.tip, nodes.warning, addnodes.seealso),
}
TABLES = {nodes.table, nodes.tgroup, nodes.colspec, nodes.thead, nodes.tbody, nodes.row, nodes.entry}
BLOCKS = {
    *(nodes.paragraph, nodes.bullet_list, nodes.enumerated_list, nodes.list_item, nodes.block_quote, nodes.attribution),
    *(nodes.definition_list, nodes.definition_list_item, nodes.term, nodes.definition, nodes.literal_block),
    *(nodes.title, nodes.rubric, nodes.container),
}
LANGUAGES = {
    *("bash", "c", "console", "cpp", "csharp", "css", "default", "diff", "docker", "go", "html", "ini", "java"),
    *("javascript", "json", "kotlin", "nginx", "none", "php", "pycon", "python", "python3", "ruby", "rust", "shell"),
    *("sql", "swift", "text", "toml", "typescript", "xml", "yaml"),
}
"""The languages in which code of a record is highlighted: with some of the others a short text takes Pygments hours, and others, such as
``http``, ask any of these."""
MOST_CODE = 1_000  # the longest code that is highlighted: with these languages it takes a tenth of a second at worst
LEVELS = (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list, nodes.block_quote, *ADMONITIONS)
ALLOWED = INLINE | ADMONITIONS | TABLES | BLOCKS
ATTRIBUTES = {
    *("classes", "ids", "names", "dupnames", "backrefs", "xml:space", SOURCE_MARK),
    *("bullet", "enumtype", "prefix", "suffix", "start", "level", "language", "force", "linenos", "format"),
    *("refuri", "refid", "reftitle", "internal", "id_link", "inv_match", "target", "rel"),
    *("explanation", "path", "page"),
    *("cols", "colwidth", "stub", "morecols", "morerows", "align", "width", "title", "type", "version", "section"),
    *("rawtext", "support_smartquotes", "role"),
}
CLASSES = SAFE_DIRECTIVES | {"dropdown", "colwidths-auto", "colwidths-given"}
"""The classes of what a directive makes. A class can call a script of a theme or an extension, or one of ours."""
DIAGRAMS = {"versus-boxes": 2, "versus-sequence": 3}
"""How many classes our diagrams give themselves, by the second of them; those that a record gives come behind."""
PAGE_ONLY = (addnodes.index, nodes.target, nodes.system_message, nodes.comment)
"""What roles and directives make for the page, beside what they show."""
LIMITS = {TOO_DEEP, NO_ROWS, TOO_MANY_CELLS, TOO_MANY_COLUMNS, TOO_WIDE, *map(IN_CELL.format, WIDE.values())}
"""The objections that are reported by their own words when the data are loaded."""
MADE_BY_HTML = 'a link to "{}", a page that only HTML has'
LINE_BREAK = (("html", "<br />\n"), ("latex", "\\\\\n"))  # the only text that goes to an output as it is


def objection(blocks: Iterable[nodes.Node], env: BuildEnvironment, *, in_cell: bool = False) -> str:
    """What the blocks hold that a record may not have, in words; an empty text when all is well."""
    left, cells = [(block, 1, 0, in_cell) for block in blocks], 0
    while left:
        node, depth, levels, in_cell = left.pop()
        levels += isinstance(node, LEVELS)
        if depth > DEEPEST or levels > MOST_LEVELS:
            return TOO_DEEP
        cells += isinstance(node, nodes.entry)
        if cells > MOST_CELLS:
            return TOO_MANY_CELLS
        if found := _objection(node, env, in_cell):
            return found
        in_cell |= isinstance(node, nodes.entry)
        left += ((child, depth + 1, levels, in_cell) for child in node.children)
    return ""


def _objection(node: nodes.Node, env: BuildEnvironment, in_cell: bool) -> str:
    if in_cell and isinstance(node, nodes.table | nodes.container):
        return IN_CELL.format("table" if isinstance(node, nodes.table) else "diagram")
    if type(node) not in ALLOWED:
        return type(node).__name__
    if not isinstance(node, nodes.Element):
        return ""
    found = ""
    match node:
        case nodes.raw():
            found = "" if (node.get("format"), node.astext()) in LINE_BREAK else "raw output"
        case nodes.table():
            found = _table(node)
        case nodes.container():
            found = "" if node["classes"][:1] in (["versus-diagram"], ["versus-drawing"]) else "a container"
        case nodes.reference():
            found = _reference(node, env)
        case addnodes.pending_xref():  # each domain has attributes of its own, and reads them only
            return _pending(node, env)
    return found or next((f"{node.tagname} with {name}" for name in node.attributes if name not in ATTRIBUTES), "")


def _reference(node: nodes.Element, env: BuildEnvironment) -> str:
    """A mark of a source, an anchor that MyST resolves, an object of another site, or a web address."""
    address = str(node.get("refuri", ""))
    if node.get("id_link") and _is_made_by_html(address.removeprefix("#"), env):
        return MADE_BY_HTML.format(address)
    known = SOURCE_MARK in node or (node.get("id_link") and address.startswith("#")) or "inv_match" in node
    return "" if known or is_web_address(address) else f'a link to "{address}"'


def _pending(node: nodes.Element, env: BuildEnvironment) -> str:
    """A reference that a domain of the site resolves, or a page of the site."""
    domain, type_ = node.get("refdomain"), node.get("reftype")
    if type_ == "myst":
        return "" if domain == "doc" and node["reftarget"] in env.found_docs else f'a link to "{node["reftarget"]}"'
    if type_ == "numref":
        return "a reference to a number"  # Sphinx fails for some formats and for pages without a tree
    if domain == "std" and type_ == "ref" and _is_made_by_html(node["reftarget"], env):
        return MADE_BY_HTML.format(node["reftarget"])
    known = type_ == "any" if not domain else domain in env.domains
    return "" if known and type_ != "download" else f'a reference of the type "{type_}"'


def _is_made_by_html(label: str, env: BuildEnvironment) -> bool:
    """Whether a label is that of an index or of the search: pages of HTML, to which no other format can lead."""
    docname, *_rest = env.domains.standard_domain.anonlabels.get(label, ("",))
    return bool(docname) and docname not in env.found_docs


def _table(node: nodes.Element) -> str:
    """A table that each format can write: LaTeX fails without rows, plain text without room for a column."""
    groups = [child for child in node.children if isinstance(child, nodes.tgroup)]
    rows = [row for group in groups for part in group.children if isinstance(part, nodes.tbody) for row in part]
    if not rows:
        return NO_ROWS
    if any(int(group["cols"]) > MOST_COLUMNS for group in groups):
        return TOO_MANY_COLUMNS
    columns = (column for group in groups for column in group.children if isinstance(column, nodes.colspec))
    widths = [*(column["colwidth"] for column in columns), node.get("width", 1)]
    return TOO_WIDE if any(map(is_too_wide, widths)) else ""


def cleared(blocks: list[nodes.Node]) -> list[nodes.Node]:
    """The blocks without what belongs to a page: ids, names, index entries, and the messages that are in the log."""
    holder = nodes.Element("", *blocks)
    for node in list(holder.findall(nodes.Element)):
        table = node.parent
        if isinstance(node, nodes.title) and isinstance(table, nodes.table):
            # A text stands on many pages, so none of its tables has an id or a number: the caption is a line before it.
            table.remove(node)
            line = nodes.paragraph("", "", nodes.strong("", "", *node.children))
            line.source, line.line = table.source, table.line
            table.parent.insert(table.parent.index(table), line)
        elif isinstance(node, PAGE_ONLY) or (isinstance(node, nodes.block_quote) and not node.children):
            node.parent.remove(node)
        elif isinstance(node, nodes.acronym):  # at which Sphinx stops in text, LaTeX and manual pages
            node.parent.replace(node, nodes.abbreviation(node.rawsource, "", *node.children))
        else:
            node["ids"], node["names"], node["dupnames"], node["backrefs"] = [], [], [], []
        if isinstance(node, nodes.literal_block) and (
            node.get("language", "default") not in LANGUAGES or len(node.astext()) > MOST_CODE
        ):
            node["language"] = "none"
    return list(holder.children)


def replace_forbidden(blocks: Iterable[nodes.Node]) -> Iterator[tuple[int, str]]:
    """Replace the characters that no text of a record may hold in texts and attributes; yield each with its line.

    The prose itself has none, but a parser makes them of entities and of what is encoded in addresses.
    """
    for node in [node for block in blocks for node in block.findall()]:
        found: list[str] = []
        if isinstance(node, nodes.Text):
            clean = _without_forbidden(node, found)
            if found:
                node.parent.replace(node, nodes.Text(clean))
        elif isinstance(node, nodes.Element):
            node.attributes |= {
                name: _without_forbidden(value, found)
                for name, value in node.attributes.items()
                if name != "refdoc"  # the name of the page
            }
        if found:
            around: nodes.Node | None = node
            while around is not None and not around.line:
                around = around.parent
            yield from (((around and around.line) or 0, character) for character in found)


def _without_forbidden(value: Any, found: list[str]) -> Any:
    """The value of an attribute, or a text; what is replaced in it is added to a list."""
    if isinstance(value, str):
        found += FORBIDDEN.findall(value)
        return cleaned(value) if found else value
    return [_without_forbidden(one, found) for one in value] if isinstance(value, list) else value


def take_strange_classes(node: nodes.Element) -> list[str]:
    """Take from what a directive made the classes that a record may not give."""
    classes = node["classes"]
    own = DIAGRAMS[classes[1]] if isinstance(node, nodes.container) else 0
    strange = [name for name in classes[own:] if name not in CLASSES and not name.startswith("admonition-")]
    node["classes"] = [*classes[:own], *(name for name in classes[own:] if name not in strange)]
    return strange
