"""The Markdown of records becomes nodes, on MyST and reStructuredText pages alike.

Runs in the read phase for texts that refer to something or get translated, and for the others when pages are written. For pages of
HTML :mod:`sphinx_versus.components.prose_writer` writes plain texts without it.

A text is parsed into a document of its own, so that nothing of it is noted for the page. MyST's renderer hands on what a record
may have, and collects what it may not. What the text became is held against an allow-list (:mod:`.allowed`); everything else is
shown as plain text and reported, unless it was when the data were loaded. What MyST, docutils and the extensions of a site
report of a text is logged when it is parsed for the first time only.
"""

import pickle
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from docutils import nodes
from docutils.parsers.rst import roles
from docutils.utils import get_source_line
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.tree import SyntaxTreeNode
from myst_parser.config.main import MdParserConfig
from myst_parser.warnings_ import MystWarnings
from sphinx import addnodes
from sphinx.roles import AnyXRefRole
from sphinx.util import logging

from ..catalogue.files import SUFFIX
from ..catalogue.markdown import MOST_CHARACTERS, TableError, limit_tables
from ..catalogue.prose import (
    DEEPEST,
    MOST_LEVELS,
    MOST_PROBLEMS,
    SAFE_DIRECTIVES,
    TOO_DEEP,
    UNSAFE_ROLES,
    Prose,
    examined,
    is_reported_role,
    is_safe_link,
    is_web_address,
    unsafe_link,
)
from ..characters import as_uri, code_point
from ..components.node_helpers import is_remark, paragraph
from ..components.node_helpers import text as plain
from ..components.prose_writer import is_plain
from ..problems import Code, Place, Problem, closest, internal
from .allowed import LIMITS, cleared, objection, replace_forbidden, take_strange_classes
from .markdown_parser import MarkdownParser, ReusedRenderer
from .reporting import forward, report

logger = logging.getLogger(__name__)

EXTENSIONS = {"alert", "colon_fence", "deflist", "replacements", "smartquotes"}
"""The extensions of MyST's syntax that a site may have for records as well."""
NO_SYNTAX = (
    *("front_matter", "html_block", "html_inline", "heading", "lheading", "hr", "footnote_def", "footnote_ref"),
    *("myst_block_break", "myst_line_comment", "myst_target"),
)
"""Syntax that means nothing in a record: it is shown as it was typed."""
ROLES = ("docutils.parsers.rst.roles.", "sphinx.roles.", "sphinx.domains.", "sphinx_versus.roles.")
"""The modules with the roles that a record may run; what they make is judged."""
LINKS = "versus_links"
"""Where a page that is being read keeps by label the places of the links to it in texts of records."""
PARSING = {"c", "cpp"}  # domains whose roles parse what they are given, and take exponential time for some of it


class Objection(NamedTuple):
    """Something that a record may not have, and its line in the file (0: not known)."""

    line: int
    message: str
    hint: str = "say it in plain Markdown, or write an authored page"
    code: Code = Code.UNSAFE_PROSE


class TooDeepError(Exception):
    """A text is nested too deeply."""


# -- what of a text is rendered


class RecordRenderer(ReusedRenderer):
    """Renders what a record may have. The names of roles are those of the site's language, so what they make is judged."""

    def __init__(self, parser: MarkdownIt) -> None:
        super().__init__(parser)
        self.begin(in_cell=False)

        def check_depth(state: StateCore) -> None:
            """Stop at what is nested deeper than markdown-it goes: it drops that."""
            for token in state.tokens:
                if token.level >= DEEPEST or any(one.level >= DEEPEST for one in token.children or ()):
                    raise TooDeepError(TOO_DEEP)

        parser.core.ruler.push("versus_depth", check_depth)
        limit_tables(parser)

    def begin(self, *, in_cell: bool) -> None:
        """Begin with another text: nothing is wrong with it yet."""
        self.objections: list[Objection] = []
        self._in_cell, self._level = in_cell, 0

    def _object(self, token: SyntaxTreeNode, message: str) -> None:
        self.objections.append(Objection(token.map[0] if token.map else 0, message))

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
            token.attrs["href"] = as_uri(address)
            self.render_link_url(token, self.md_config.url_schemes.get(address.partition(":")[0]))
        elif is_safe_link(address) and self._is_there(token, address):
            super().render_link(token)
        else:
            if not is_safe_link(address):
                self._object(token, unsafe_link(self.md.normalizeLinkText(address)))
            self.render_children(token)

    def _is_there(self, token: SyntaxTreeNode, address: str) -> bool:
        """Whether a link leads to a page of the site, if to any; object to it otherwise."""
        if not address.startswith("project:/"):
            return True
        env = self.sphinx_env
        path = self.md.normalizeLinkText(address.removeprefix("project:").partition("#")[0])
        docname = env.path2doc(env.relfn2path(path, env.docname)[1])
        if docname in env.found_docs:
            return True
        is_reported = len(self.objections) < MOST_PROBLEMS  # to look for the nearest takes its time on a large site
        near = closest(path, (f"/{name}.md" for name in env.found_docs)) if is_reported else ""
        hint = f'did you mean "project:{near}"?' if near else "name it by its path from the folder of the pages"
        line = token.map[0] if token.map else 0
        self.objections.append(Objection(line, f'there is no page "{path}"', hint, Code.BROKEN_MARKDOWN))
        return False

    def render_myst_role(self, token: SyntaxTreeNode) -> None:
        """What the role makes, if a record may have it; else its text."""
        name, holder = str(token.meta["name"]), nodes.inline()
        with logging.suppress_logging():  # what Sphinx says of a domain that there is not has no place
            role: Any = roles.role(name, self.language_module_rst, 0, self.reporter)[0]
        default = self.sphinx_env.current_document.default_domain
        domain = name.partition(":")[0].lower() if ":" in name else getattr(default, "name", "")
        # One of docutils, Sphinx or ours, whatever it is called; another's would act before it is judged.
        own = self._role_of_domain(name) or role
        may_run = role is None or f"{own.__module__}.".startswith(ROLES)
        may_run &= not isinstance(role, AnyXRefRole) and domain in {*self.sphinx_env.domains, ""} - PARSING
        if may_run and not is_reported_role(name, token.content):
            with self.current_node_context(holder):
                super().render_myst_role(token)
        made, found = self._judged(holder)
        if found or not may_run or name.lower() in UNSAFE_ROLES:
            self._object(token, f'the role "{name}"')
        self.current_node.extend(made if made and not found else [nodes.literal("", token.content)])

    def _role_of_domain(self, name: str) -> Any:
        """What is behind a role that a domain has, which hands on only what calls it; nothing for any other role."""
        env = self.sphinx_env
        prefix, _colon, local = name.lower().rpartition(":")
        default: Any = env.current_document.default_domain
        domains = (
            [env.domains[prefix]] if prefix in env.domains else [default, env.domains["std"]] if not prefix else []
        )
        return next((one.roles[local] for one in domains if one is not None and local in one.roles), None)

    def _judged(self, holder: nodes.Element) -> tuple[list[nodes.Node], str]:
        """What a role or directive made, nothing when it ended in an error, which docutils reported; and an objection to it."""
        failed = any(
            isinstance(node, nodes.system_message | nodes.problematic) or is_remark(node) for node in holder.children
        )
        made = [] if failed else cleared(holder.children)
        return made, objection(made, self.sphinx_env, in_cell=self._in_cell)

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
        if name not in SAFE_DIRECTIVES or getattr(self.language_module_rst, "directives", {}).get(name, name) != name:
            self._show_source(token, f'the directive "{name}"')
            return
        if self._level == MOST_LEVELS:
            self._show_source(token, TOO_DEEP)
            return
        self._level += 1
        holder = nodes.Element()
        with self.current_node_context(holder):
            super().render_directive(token, name, arguments, **options)
        self._level -= 1
        made, found = self._judged(holder)
        if found or not made:
            self._show_source(token, found and (found if found in LIMITS else f'the directive "{name}"'))
            return
        for node in made:
            if isinstance(node, nodes.Element) and (strange := take_strange_classes(node)):
                self._object(token, f'the class "{strange[0]}"')
        self.current_node.extend(made)

    def _show_source(self, token: SyntaxTreeNode, message: str) -> None:
        """Show a fence as it was written; without a message, because an error in it was reported."""
        if message:
            self._object(token, message)
        source = f"{token.markup}{token.info}\n{token.content}{token.markup}"
        self.current_node.append(nodes.literal_block(source, source, language="none"))


# -- texts


class ProseParser:
    """Parses the prose of records for all pages that one process reads.

    A misconception stands on the page of its technology and on those of all of its comparisons. So the nodes of plain texts are
    kept, pickled, which is several times faster to copy than parsing or a deep copy; but only when a text is asked for a second
    time, for most of them stand on one page.
    """

    def __init__(self, config: MdParserConfig) -> None:
        self._config = config.copy(
            enable_extensions=set(config.enable_extensions) & EXTENSIONS,
            disable_syntax=[*config.disable_syntax, *NO_SYNTAX],
            fence_as_directive=set(),
            all_links_external=False,
            commonmark_only=False,
            gfm_only=False,
        )
        self._parser = MarkdownParser(self._config, RecordRenderer)
        self._kept: dict[tuple[object, ...], bytes] = {}
        self._met: set[int] = set()
        self._reported: set[tuple[str, int]] = set()

    def parse(self, document: nodes.document, prose: Prose) -> list[nodes.Node]:
        """The block nodes of a text."""
        key = prose.text, prose.path, prose.line, prose.in_cell
        if kept := self._kept.get(key):
            return list(pickle.loads(kept))  # noqa: S301 (pickled below, in this process)
        with logging.suppress_logging() as log:
            blocks = self._blocks(document, prose)
        records, where = log.clear(), (prose.path, prose.line)
        if records and where not in self._reported:
            self._reported.add(where)
            forward(records, MOST_PROBLEMS - len(examined(prose).problems))
        for block in blocks:
            for reference in block.findall(addnodes.pending_xref):  # in a cell nothing around it will have a place
                reference.source, reference.line = get_source_line(reference)
            for link in block.findall(nodes.reference):
                if link.get("id_link"):  # MyST will put another node into its place
                    places: Any = document.settings.env.current_document.setdefault(LINKS, {})
                    places.setdefault(link["refuri"][1:], []).append(get_source_line(link))
            block.parent = None
            _join_texts(block)
        if hash(key) not in self._met:
            self._met.add(hash(key))
        elif is_plain(prose):
            self._kept[key] = pickle.dumps(blocks, pickle.HIGHEST_PROTOCOL)
        return blocks

    def _blocks(self, document: nodes.document, prose: Prose) -> list[nodes.Node]:
        """What a text becomes; the text as it is where it became something that a record may not have, or nothing."""
        try:
            if len(prose.text) <= MOST_CHARACTERS:  # else it was reported when the data were loaded
                blocks = self._parsed(document, prose)
                found = objection(blocks, document.settings.env, in_cell=prose.in_cell)
                if not found:
                    return blocks
                _report(prose, [Objection(0, found)])
        except (TooDeepError, TableError) as error:
            _report(prose, [Objection(0, str(error))])
        except Exception as error:  # noqa: BLE001 (whatever it is, it costs this text only)
            self._parser = MarkdownParser(self._config, RecordRenderer)  # it may have been left in any state
            if not examined(prose).problems:
                report(internal(prose.place(0), "this text", error))
        parts = filter(None, (" ".join(part.split()) for part in re.split(r"\n\s*\n", prose.text)))
        typed = [paragraph(plain(part)) for part in parts]
        for block in typed:
            block.source, block.line = prose.path, prose.line
        return [*typed]

    def _parsed(self, document: nodes.document, prose: Prose) -> list[nodes.Node]:
        own = nodes.document(document.settings, document.reporter)
        own["source"] = prose.path or document["source"]
        renderer = self._parser.renderer
        renderer.begin(in_cell=prose.in_cell)
        blocks = cleared(self._parser.blocks(own, prose.text, prose.path, prose.line))
        characters = (
            Objection(line, f"the character {code_point(character)}", "remove it", Code.INVALID_CHARACTER)
            for line, character in replace_forbidden(blocks)
        )
        _report(prose, [*renderer.objections, *characters])
        return blocks


def _report(prose: Prose, objections: Iterable[Objection]) -> None:
    """Report what was not seen when the data were loaded (lines from 1; 0 is the text as a whole)."""
    problems = examined(prose).problems if objections else ()
    lines, messages = {problem.place.line for problem in problems}, [problem.message for problem in problems]
    for line, message, hint, code in dict.fromkeys(objections):
        seen = line in lines if line else bool(lines)
        if not seen and not any(known.startswith(message) for known in messages):
            place = Place(prose.path, line) if line else prose.place(0)
            is_whole = code is Code.BROKEN_MARKDOWN or not prose.path.endswith(
                SUFFIX
            )  # an option of a page is no record
            where = "" if is_whole else " in a record"
            report(Problem(place, code, f"{message}{where}", hint))


def _join_texts(block: nodes.Node) -> None:
    """One text node where MyST makes one per line: every later step looks at each node."""
    for found in list(block.findall(nodes.paragraph)):
        joined: list[nodes.Node] = []
        for node in found.children:
            if joined and isinstance(node, nodes.Text) and isinstance(joined[-1], nodes.Text):
                joined[-1] = nodes.Text(joined[-1] + node)
            else:
                joined.append(node)
        if len(joined) < len(found.children):
            found[:] = joined
