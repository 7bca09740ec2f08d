"""``sequence-diagram`` and ``box-diagram``: drawings that are real text in every format.

A sequence of messages is a numbered list, nested boxes are a nested list. Every format shows the words; the classes let the
style sheet draw lanes with arrows, and boxes.
"""

import re
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from docutils import nodes
from myst_parser.mocking import MockState

from ..catalogue.prose import MOST_OF_ROLE_NAME, NEEDS_ALT, Prose, examined, no_entry, unlisted
from ..components.i18n import _
from ..components.node_helpers import card, inline, paragraph, strong
from ..components.node_helpers import text as plain
from ..environment.reporting import report
from ..problems import Code, nearest
from .base import Check, DirectiveProblem, Nodes, Option, VersusDirective, word

MOST_LANES = 6
"""More participants would leave no room for words between them."""
EXPECTED_MESSAGE = "expected lines such as `Client -> Server: Hello`"


_RST_ROLE = re.compile(rf"(?<![\w`]):([\w:.+-]{{1,{MOST_OF_ROLE_NAME}}}):(`[^`]+`)")
"""A role of reStructuredText. Its name has a limit: of many colons each may be the beginning of one."""


def _parts(line: str) -> tuple[str, str, str]:
    """The sender, the receiver and the words of a message; empty what is not there."""
    sender, _arrow, rest = line.partition("->")
    receiver, _colon, words = rest.partition(":")
    return sender.strip(), receiver.strip(), words.strip()


class Diagram(VersusDirective):
    """What the two have in common."""

    takes_content = True
    options_read: ClassVar = {"alt": Option(str), "caption": Option(word)}
    """What stands above the drawing."""

    def heading(self, options: Any) -> Nodes:
        """Caption and description; the description is required."""
        if not options.alt:
            message, is_reported = f'"{self.name}" needs the option "alt"', self.place().path in self.catalogue.paths
            raise DirectiveProblem(Code.INVALID_OPTION, message, NEEDS_ALT, reported=is_reported)
        caption = nodes.strong("", "", *self._words(options.caption, "caption"))
        heading: Nodes = [paragraph(caption, classes=["versus-diagram-caption"])] if caption.children else []
        return [*heading, paragraph(*self._words(options.alt, "alt"), classes=["versus-diagram-alt"])]

    def _words(self, option: str, name: str) -> Nodes:
        """An option with the inline markup of records, on every page; in reStructuredText, roles have their form there."""
        if self.place().path in self.catalogue.paths:  # a text of a record is judged as a whole
            return self.inline(option)
        if not isinstance(self.state, MockState):  # docutils would act on what is refused
            option = _RST_ROLE.sub(r"{\1}\2", option)
        place = self.option_place(name)
        prose = Prose(option, place.path, place.line, ((0, place.line, place.column),), in_cell=True)
        for problem in examined(prose).problems:
            report(replace(problem, message=problem.message.replace(" in a record", f' in "{name}"')))
        blocks = self.page.prose(prose)
        is_inline = all(isinstance(block, nodes.paragraph) for block in blocks)
        return [one for block in blocks for one in block.children] if is_inline else [plain(option)]

    def inline(self, words: str) -> Nodes:
        """Words with their inline markup."""
        found, messages = self.parse_inline(words, lineno=self.lineno)
        return [*found, *messages]


class SequenceDiagram(Diagram):
    """The argument names the participants; each line of the body is a message ``A -> B: words``."""

    def build(self, options: Any) -> Nodes:
        heading = self.heading(options)
        names = tuple(name for name in map(str.strip, self.argument.split(",")) if name)
        if not 2 <= len(names) <= MOST_LANES or len(set(names)) < len(names):
            message = f'"{self.argument or self.name}" does not name the participants'
            hint = f"expected two to {MOST_LANES} different names, separated by commas"
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, hint, self.argument)
        lines = [line.strip() for line in self.content if line.strip()]
        if not lines:
            raise DirectiveProblem(Code.INVALID_ARGUMENT, f'"{self.name}" has no messages', EXPECTED_MESSAGE)
        (valid,) = self.valid(Check(lines, partial(self._misfit, names)))
        shown: Nodes = [inline(_("Between:") + " ", "versus-unseen")]
        for number, name in enumerate(names):  # the label and the commas are not seen where lanes are drawn
            shown += [*([inline(", ", "versus-unseen")] if number else []), strong(name, "versus-lane")]
        steps = nodes.enumerated_list("", *(self._step(line, names) for line in valid))
        steps.update_all_atts({"enumtype": "arabic", "prefix": "", "suffix": ".", "classes": ["versus-steps"]})
        drawing = card(paragraph(*shown, classes=["versus-lanes"]), steps, classes=["versus-drawing"])
        return [card(*heading, drawing, classes=["versus-diagram", "versus-sequence", f"versus-lanes-{len(names)}"])]

    def _misfit(self, participants: tuple[str, ...], line: str) -> DirectiveProblem | None:
        """What is wrong with a line that should be a message."""
        *ends, words = _parts(line)
        if not all((*ends, words)) or ends[0].endswith("-"):
            found = re.fullmatch(r"(\w.*?)\s*(?:[=-]+>+|→|--+|>+)\s*(\w[^:]*):\s*(\S.*)", line[:500])
            is_named = found and {found[1], found[2].strip()} <= {*participants}
            hint = f'write "{found[1]} -> {found[2]}: {found[3]}"' if found and is_named else EXPECTED_MESSAGE
            return DirectiveProblem(Code.INVALID_ARGUMENT, f'"{line}" is not a message', hint, line)
        for name, arrow in zip(ends, (f"{ends[0]} ->", f"{ends[1]}:"), strict=True):
            if name not in participants:
                message = f'"{name}" is not a participant of the diagram'
                place = arrow if arrow in line else line
                return DirectiveProblem(Code.INVALID_ARGUMENT, message, nearest(name, participants), place)
        return None

    def _step(self, line: str, participants: tuple[str, ...]) -> nodes.list_item:
        first, second, said = _parts(line)
        sender, receiver = participants.index(first), participants.index(second)
        if sender == receiver:
            direction, route = "within", participants[sender]
        else:
            direction = "rightward" if sender < receiver else "leftward"
            route = f"{participants[sender]} → {participants[receiver]}"
        words = nodes.inline("", "", *self.inline(said), classes=["versus-words"])
        classes = [f"versus-from-{sender + 1}", f"versus-to-{receiver + 1}", f"versus-{direction}"]
        return nodes.list_item("", paragraph(inline(f"{route}: ", "versus-route"), words), classes=classes)


class BoxDiagram(Diagram):
    """The body is a nested list; each item is a box."""

    def build(self, options: Any) -> Nodes:
        self.no_argument()
        heading = self.heading(options)
        lines = [*self.content]
        if (number := next(unlisted(lines, range(len(lines))), None)) is not None:  # which is reported with the page
            raise DirectiveProblem(Code.BROKEN_MARKDOWN, *no_entry(lines[number].strip()), reported=True)
        parsed = [node for node in self.parse_content_to_nodes() if not isinstance(node, nodes.comment)]
        if len(parsed) != 1 or not isinstance(parsed[0], nodes.bullet_list):
            message = f'the body of "{self.name}" is not one list'
            raise DirectiveProblem(Code.INVALID_ARGUMENT, message, "expected a bullet list, nested as the boxes are")
        for item in parsed[0].findall(nodes.list_item):
            holds_boxes = any(isinstance(child, nodes.bullet_list) for child in item.children)
            item["classes"].append("versus-holder" if holds_boxes else "versus-box")
        drawing = card(parsed[0], classes=["versus-drawing"])
        return [card(*heading, drawing, classes=["versus-diagram", "versus-boxes"])]
