"""``sequence-diagram`` and ``box-diagram``: drawings that are real text in every format."""

from __future__ import annotations

import re
from functools import partial

from docutils import nodes

from ..components.diagram import Message, build_boxes, build_sequence, build_telling
from ..problems import Code, nearest
from .base import Check, DirectiveProblem, Nodes, Options, VersusDirective, Word

MOST_LANES = 6
"""More participants would leave no room for words between them."""
MESSAGE = re.compile(r"\s*(?P<sender>.+?)\s*->\s*(?P<receiver>[^:]+?)\s*:\s*(?P<words>\S.*)")
EXPECTED_MESSAGE = "expected lines such as `Client -> Server: Hello`"


class DiagramOptions(Options):
    """What stands above the drawing."""

    alt: str = ""
    caption: Word = ""


class Diagram(VersusDirective):
    """What the two have in common."""

    takes_content = True
    options_model = DiagramOptions

    def heading(self, options: DiagramOptions) -> Nodes:
        """Caption and description; the description is required."""
        if not options.alt:
            hint = "add `:alt:` with one sentence that says what it shows"
            raise DirectiveProblem(Code.INVALID_OPTION, f'"{self.name}" needs the option "alt"', hint)
        return [*build_telling(self.inline(options.caption), self.inline(options.alt))]

    def inline(self, words: str) -> Nodes:
        """Words with their inline markup."""
        found, messages = self.parse_inline(words, lineno=self.lineno)
        return [*found, *messages]


class SequenceDiagram(Diagram):
    """The argument names the participants; each line of the body is a message ``A -> B: words``."""

    def build(self, options: DiagramOptions) -> Nodes:
        heading = self.heading(options)
        names = tuple(name for name in map(str.strip, self.argument.split(",")) if name)
        if not 2 <= len(names) <= MOST_LANES or len(set(names)) < len(names):
            message = f'"{self.argument}" does not name the participants'
            hint = f"expected two to {MOST_LANES} different names, separated by commas"
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, hint, self.argument)
        lines = [line.strip() for line in self.content if line.strip()]
        if not lines:
            raise DirectiveProblem(Code.INVALID_ARGUMENT, f'"{self.name}" has no messages', EXPECTED_MESSAGE)
        (valid,) = self.valid(Check(lines, partial(self._misfit, names)))
        messages = [
            Message(names.index(match["sender"]), names.index(match["receiver"]), self.inline(match["words"]))
            for match in filter(None, map(MESSAGE.fullmatch, valid))
        ]
        return [build_sequence(names, messages, heading)]

    def _misfit(self, participants: tuple[str, ...], line: str) -> DirectiveProblem | None:
        """What is wrong with a line that should be a message."""
        match = MESSAGE.fullmatch(line)
        if not match:
            return DirectiveProblem(Code.INVALID_ARGUMENT, f'"{line}" is not a message', EXPECTED_MESSAGE, line)
        for name in match.group("sender", "receiver"):
            if name not in participants:
                message = f'"{name}" is not a participant of the diagram'
                return DirectiveProblem(Code.INVALID_ARGUMENT, message, nearest(name, participants), line)
        return None


class BoxDiagram(Diagram):
    """The body is a nested list; each item is a box."""

    def build(self, options: DiagramOptions) -> Nodes:
        self.no_argument()
        heading = self.heading(options)
        parsed = [node for node in self.parse_content_to_nodes() if not isinstance(node, nodes.comment)]
        if len(parsed) != 1 or not isinstance(parsed[0], nodes.bullet_list):
            message = f'the body of "{self.name}" is not one list'
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, "expected a bullet list, nested as the boxes are")
        return [build_boxes(parsed[0], heading)]
