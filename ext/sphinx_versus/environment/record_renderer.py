"""MyST's renderer for the texts of records: it hands on what a record may have, and collects what it may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from docutils import nodes
from docutils.parsers.rst import roles
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.warnings_ import MystWarnings
from sphinx.roles import AnyXRefRole
from sphinx.util import logging

from ..catalogue.prose import (
    DEEPEST,
    MOST_LEVELS,
    SAFE_DIRECTIVES,
    TABLE_IN_CELL,
    UNSAFE_ROLES,
    is_reported_role,
    is_safe_link,
    is_web_address,
    unsafe_link,
)
from ..catalogue.prose_tables import limit_tables
from ..problems import Code
from .allowed import cleared, objection, strange_classes
from .markdown import ReusedRenderer

logger = logging.getLogger(__name__)

EXTENSIONS = {"alert", "colon_fence", "deflist", "gfm_autolink", "linkify", "replacements", "smartquotes"}
"""The extensions of MyST's syntax that a site may have for records as well."""
NO_SYNTAX = (
    *("front_matter", "html_block", "html_inline", "heading", "lheading", "hr", "footnote_def", "footnote_ref"),
    *("myst_block_break", "myst_line_comment", "myst_target"),
)
"""Syntax that means nothing in a record: it is shown as it was typed."""


ROLES = ("docutils.parsers.rst.roles.", "sphinx.roles.", "sphinx.domains.", "sphinx_versus.roles.")
"""The modules with the roles that a record may run; what they make is judged."""
PARSING = {"c", "cpp"}
"""Domains whose roles parse what they are given, and take exponential time for some of it."""
MOST_ROLE = 500
"""The longest content of a role: Sphinx looks for its target in quadratic time."""


class Objection(NamedTuple):
    """Something that a record may not have, and its line in the file (0: not known)."""

    line: int
    message: str
    hint: str = "say it in plain Markdown, or write an authored page"
    code: Code = Code.UNSAFE_PROSE


class TooDeepError(Exception):
    """A text is nested too deeply."""


class RecordRenderer(ReusedRenderer):
    """Renders what a record may have. The names of roles are those of the site's language, so what they make is judged."""

    def __init__(self, parser: MarkdownIt) -> None:
        super().__init__(parser)
        self._objections: list[Objection] = []
        self._in_cell = False
        self._level = 0
        parser.core.ruler.push("versus_depth", _check_depth)
        limit_tables(parser)

    @contextmanager
    def judging(self, in_cell: bool) -> Iterator[list[Objection]]:
        """Collect what is wrong with one text."""
        self._objections, self._in_cell, self._level = [], in_cell, 0
        yield self._objections

    def _object(self, token: SyntaxTreeNode, message: str) -> None:
        self._objections.append(Objection(token.map[0] if token.map else 0, message))

    def create_warning(
        self,
        message: str,
        subtype: MystWarnings | str,
        *,
        wtype: str | None = None,
        line: int | None = None,
        append_to: nodes.Element | None = None,
    ) -> None:
        """Warn at the line of the record (MyST itself would name the page)."""
        name = subtype.value if isinstance(subtype, MystWarnings) else subtype
        location = f"{self.document['source']}:{line or ''}"
        logger.warning(message, type=wtype or "myst", subtype=name, location=location)

    def render_image(self, token: SyntaxTreeNode) -> None:
        self._object(token, "an image")
        self.current_node.append(nodes.Text(f"![{token.content}]({token.attrGet('src') or ''})"))

    def render_hardbreak(self, token: SyntaxTreeNode) -> None:
        super().render_hardbreak(token)
        self.current_node.append(nodes.Text(" "))  # for formats that know no break

    def render_link(self, token: SyntaxTreeNode) -> None:
        """A link by what its address is; MyST would take anything that it does not know for the path of a file."""
        address = str(token.attrGet("href") or "")
        if is_web_address(address):
            scheme = address.partition(":")[0]
            self.render_link_url(token, self.md_config.url_schemes.get(scheme))
        elif is_safe_link(address) and self._is_known(address):
            super().render_link(token)
        else:
            self._object(token, unsafe_link(self.md.normalizeLinkText(address)))
            self.render_children(token)

    def _is_known(self, address: str) -> bool:
        """Whether a page that an address names is one of the site."""
        if not address.startswith("project:/"):
            return True
        path = self.md.normalizeLinkText(address.removeprefix("project:").partition("#")[0])
        _, absolute = self.sphinx_env.relfn2path(path, self.sphinx_env.docname)
        return self.sphinx_env.path2doc(absolute) in self.sphinx_env.found_docs

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        """What the role makes, if a record may have it; else its text."""
        name, holder = str(token.meta["name"]), nodes.inline()
        may_run = self._may_run(name) and len(token.content) <= MOST_ROLE
        if may_run and not is_reported_role(name, token.content):
            with self.current_node_context(holder):
                super().render_myst_role(token)
        made = [] if _failed(holder) else cleared(holder.children)
        found = objection(made, self.sphinx_env, in_cell=self._in_cell)
        if found or not may_run or name.lower() in UNSAFE_ROLES:
            self._object(token, f'the role "{name}"')
        self.current_node.extend(made if made and not found else [nodes.literal("", token.content)])

    def _may_run(self, name: str) -> bool:
        """Whether a role is one of docutils, Sphinx or ours, whatever it is called; another's would act before it is judged."""
        role: Any = roles.role(name, self.language_module_rst, 0, self.reporter)[0]
        default = self.sphinx_env.current_document.default_domain
        domain = name.partition(":")[0].lower() if ":" in name else getattr(default, "name", "")
        if isinstance(role, AnyXRefRole) or domain in PARSING:
            return False
        return role is None or f"{role.__module__}.".startswith(ROLES)

    def render_colon_fence(self, token: SyntaxTreeNode) -> None:
        """A fence of colons without a directive would be a container with any class."""
        if token.info.strip().startswith("{"):
            super().render_colon_fence(token)
        else:
            self._show_source(token, "a fence of colons without a directive")

    def render_restructuredtext(self, token: SyntaxTreeNode) -> None:
        self._show_source(token, 'the directive "eval-rst"')

    def render_directive(self, token: SyntaxTreeNode, name: str, arguments: str, **options: Any) -> None:
        """What a harmless directive makes, if a record may have it; else its source."""
        if name not in SAFE_DIRECTIVES or self.language_module_rst.directives.get(name, name) != name:
            self._show_source(token, f'the directive "{name}"')
            return
        if self._level == MOST_LEVELS:
            self._show_source(token, "a text nested too deeply")
            return
        self._level += 1
        holder = nodes.Element()
        with self.current_node_context(holder):
            super().render_directive(token, name, arguments, **options)
        self._level -= 1
        made = [] if _failed(holder) else cleared(holder.children)
        if found := objection(made, self.sphinx_env, in_cell=self._in_cell):
            self._show_source(token, found if found == TABLE_IN_CELL else f'the directive "{name}"')
        elif not made:
            self.current_node.append(_source(token))
        else:
            self._without_strange_classes(token, made)
            self.current_node.extend(made)

    def _without_strange_classes(self, token: SyntaxTreeNode, made: list[nodes.Node]) -> None:
        for node in made:
            if isinstance(node, nodes.Element) and (strange := strange_classes(node)):
                self._object(token, f'the class "{strange[0]}"')
                node["classes"] = [name for name in node["classes"] if name not in strange]

    def _show_source(self, token: SyntaxTreeNode, message: str) -> None:
        self._object(token, message)
        self.current_node.append(_source(token))


def _failed(holder: nodes.Element) -> bool:
    """Whether a role or directive ended in an error, which docutils reported."""
    return any(isinstance(node, nodes.system_message | nodes.problematic) for node in holder.children)


def _source(token: SyntaxTreeNode) -> nodes.literal_block:
    """A fence as it was written."""
    source = f"{token.markup}{token.info}\n{token.content}{token.markup}"
    return nodes.literal_block(source, source, language="none")


def _check_depth(state: StateCore) -> None:
    """A rule of the parser: markdown-it drops what is nested deeper than it goes."""
    for token in state.tokens:
        if token.level >= DEEPEST or any(one.level >= DEEPEST for one in token.children or ()):
            raise TooDeepError("a text nested too deeply")


def restricted(config: MdParserConfig) -> MdParserConfig:
    """The site's MyST configuration with nothing but what records may use."""
    return config.copy(
        enable_extensions=set(config.enable_extensions) & EXTENSIONS,
        disable_syntax=[*config.disable_syntax, *NO_SYNTAX],
        fence_as_directive=set(),
        all_links_external=False,
        commonmark_only=False,
        gfm_only=False,
    )
