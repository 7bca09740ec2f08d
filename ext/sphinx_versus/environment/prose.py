"""The Markdown of records becomes nodes, on MyST and reStructuredText pages alike. Runs in the read phase.

A text is parsed into a document of its own, so that nothing of it is noted for the page. What it became is held against an
allow-list (:mod:`.allowed`); everything else is shown as plain text and reported, unless it was when the data were loaded.
What MyST, docutils and the extensions of a site report of a text is logged when it is parsed for the first time only.
"""

from __future__ import annotations

import pickle
import re
from logging import LogRecord

from docutils import nodes
from myst_parser.config.main import MdParserConfig
from sphinx.util import logging

from ..catalogue.prose import MOST_CHARACTERS, MOST_PROBLEMS, Prose, examined
from ..catalogue.prose_tables import TableError
from ..characters import code_point
from ..components.node_helpers import paragraph, text
from ..components.prose import is_plain
from ..problems import Code, Place, Problem, internal
from .allowed import cleared, objection, replace_forbidden
from .markdown import MarkdownParser
from .record_renderer import Objection, RecordRenderer, TooDeepError, restricted
from .reporting import forward, report


class ProseParser:
    """Parses the prose of records for all pages that one process reads.

    A misconception stands on the page of its technology and on those of all of its comparisons. So the nodes of plain texts are
    kept, pickled, which is several times faster to copy than parsing or a deep copy; but only when a text is asked for a second
    time, for most of them stand on one page.
    """

    def __init__(self, config: MdParserConfig) -> None:
        self._config = restricted(config)
        self._parser = MarkdownParser(self._config, RecordRenderer)
        self._kept: dict[tuple[object, ...], bytes] = {}
        self._met: set[int] = set()
        self._reported: set[tuple[str, int]] = set()

    def parse(self, document: nodes.document, prose: Prose) -> list[nodes.Node]:
        """The block nodes of a text."""
        key = prose.text, prose.path, prose.line, prose.in_cell
        if kept := self._kept.get(key):
            blocks: list[nodes.Node] = pickle.loads(kept)  # noqa: S301 (pickled below, in this process)
            return blocks
        with logging.suppress_logging() as log:
            blocks = self._blocks(document, prose)
        self._forward(log.clear(), prose)
        for block in blocks:
            block.parent = None
            _join_texts(block)
        if hash(key) not in self._met:
            self._met.add(hash(key))
        elif is_plain(prose):
            self._kept[key] = pickle.dumps(blocks, pickle.HIGHEST_PROTOCOL)
        return blocks

    def _forward(self, records: list[LogRecord], prose: Prose) -> None:
        """Log what was reported of a text, the first time and up to the limit."""
        where = prose.path, prose.line
        if records and where not in self._reported:
            self._reported.add(where)
            forward(records, MOST_PROBLEMS - len(examined(prose).problems))

    def _blocks(self, document: nodes.document, prose: Prose) -> list[nodes.Node]:
        """What a text becomes; the text as it is where it became something that a record may not have, or nothing."""
        if len(prose.text) > MOST_CHARACTERS:  # reported when the data were loaded
            return _as_typed(prose)
        try:
            blocks = self._parsed(document, prose)
        except (TooDeepError, TableError) as error:
            _report(prose, [Objection(0, str(error))])
            return _as_typed(prose)
        except Exception as error:  # noqa: BLE001 (whatever it is, it costs this text only)
            self._parser = MarkdownParser(self._config, RecordRenderer)  # it may have been left in any state
            if not examined(prose).problems:
                report(internal(prose.place(0), "this text", error))
            return _as_typed(prose)
        if found := objection(blocks, document.settings.env, in_cell=prose.in_cell):
            _report(prose, [Objection(0, found)])
            return _as_typed(prose)
        return blocks

    def _parsed(self, document: nodes.document, prose: Prose) -> list[nodes.Node]:
        own = nodes.document(document.settings, document.reporter)
        own["source"] = prose.path or document["source"]
        with self._parser.renderer.judging(prose.in_cell) as objections:
            blocks = self._parser.blocks(own, prose.text, prose.path, prose.line)
        cleared_blocks = cleared(blocks)
        objections += (
            Objection(line, f"the character {code_point(character)}", "remove it", Code.INVALID_CHARACTER)
            for line, character in replace_forbidden(cleared_blocks)
        )
        _report(prose, objections)
        return cleared_blocks


def _report(prose: Prose, objections: list[Objection]) -> None:
    """Report what was not seen when the data were loaded (lines from 1; 0 is the text as a whole)."""
    if objections:
        problems = examined(prose).problems
        lines, messages = {problem.place.line for problem in problems}, [problem.message for problem in problems]
        for line, message, hint, code in dict.fromkeys(objections):
            seen = line in lines if line else bool(lines)
            if not seen and not any(known.startswith(message) for known in messages):
                place = Place(prose.path, line) if line else prose.place(0)
                report(Problem(place, code, f"{message} in a record", hint))


def _as_typed(prose: Prose) -> list[nodes.Node]:
    """The text as it is, a paragraph for each of its own."""
    parts = filter(None, (" ".join(part.split()) for part in re.split(r"\n\s*\n", prose.text)))
    blocks = [paragraph(text(part)) for part in parts]
    for block in blocks:
        block.source, block.line = prose.path, prose.line
    return [*blocks]


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
