"""Read YAML so that every key and value knows its line and column.

The tree that comes out holds texts, lists and mappings only: a scalar keeps the text that was typed (``no``, ``3.10``
and ``1e3`` stay text), and it is the model that makes a date or a number of it. PyYAML composes the nodes; nothing is
constructed, so tags in a file can do nothing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

import yaml

from ..problems import Code, Place, Problem

Location = tuple[str | int, ...]
"""The way from the top of a file to a value: mapping keys and list positions."""


class Scalar(str):
    """A text with the place where it stands.

    ``prose`` is the same text for Markdown: the line breaks of a folded or wrapped scalar are kept, so that line *n* of the
    prose is line ``line + n`` of the file, where it starts after ``columns[n]`` characters, and a blank line always
    separates paragraphs.
    """

    __slots__ = ("columns", "line", "path", "prose")

    path: str
    prose: str
    line: int
    columns: tuple[int, ...]


Tree = Scalar | Sequence["Tree"] | Mapping[str, "Tree"] | None


@dataclass(frozen=True)
class Document:
    """One YAML file: its tree, and the place of every key and value in it."""

    path: str
    tree: Tree
    keys: Mapping[Location, Place] = field(default_factory=dict)
    values: Mapping[Location, Place] = field(default_factory=dict)

    def place(self, location: Location, *, key: bool = False) -> Place:
        """Where the value (or its key) stands; for what is absent, the place of the nearest thing around it."""
        if key and location in self.keys:
            return self.keys[location]
        while location and location not in self.values:
            location = location[:-1]
        return self.values.get(location) or Place(self.path)



def read(path: str, text: str) -> tuple[Document, list[Problem]]:
    """Read one file; the tree is ``None`` when the YAML itself is broken."""
    reader = _Reader(path, text)
    try:
        node = yaml.compose(text, Loader=_LOADER)
        tree = None if node is None else reader.tree(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return Document(path, None), [_syntax(path, mark, error.problem or str(error))]
    except yaml.YAMLError as error:
        return Document(path, None), [Problem(Place(path), Code.YAML_SYNTAX, " ".join(str(error).split()))]
    return Document(path, tree, reader.keys, reader.values), reader.problems


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _syntax(path: str, mark: yaml.Mark | None, message: str) -> Problem:
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    return Problem(place, Code.YAML_SYNTAX, message)


class _Reader:
    """Turns composed YAML nodes into a tree, noting places and problems on the way."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.split("\n")
        self.keys: dict[Location, Place] = {}
        self.values: dict[Location, Place] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def tree(self, node: yaml.Node, location: Location) -> Tree:
        if id(node) in self._seen:
            mark = node.start_mark
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not used in records", problem_mark=mark)
        self._seen.add(id(node))
        self.values[location] = self._place(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.tree(item, (*location, number)) for number, item in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Tree]:
        found: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            place = self._place(key_node)
            if key in found:
                first = self.keys[(*location, key)]
                message = f'"{key}" is already given in line {first.line}'
                self.problems.append(Problem(place, Code.DUPLICATE_KEY, message))
                continue
            self.keys[(*location, key)] = place
            found[key] = self.tree(value_node, (*location, key))
        return found

    def _key(self, node: yaml.Node) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        raise yaml.MarkedYAMLError(problem="a key must be a plain text", problem_mark=node.start_mark)

    def _place(self, node: yaml.Node) -> Place:
        return Place(self.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def _scalar(self, node: yaml.ScalarNode) -> Scalar | None:
        if node.value == "" and node.style is None:
            return None
        scalar = Scalar(node.value)
        scalar.path = self.path
        scalar.line, scalar.columns, scalar.prose = self._prose(node)
        return scalar

    def _prose(self, node: yaml.ScalarNode) -> tuple[int, tuple[int, ...], str]:
        """First line (from 1), width left of each line, and the text with the line breaks that the file has."""
        start, end = node.start_mark, node.end_mark
        if node.style in {"|", ">"}:
            deep, text = _block(self.lines[start.line + 1 : end.line + 1])
            return start.line + 2, (deep,) * (text.count("\n") + 1), text
        if start.line == end.line or node.style == '"':
            return start.line + 1, (start.column + bool(node.style),), node.value
        lines = self.lines[start.line : end.line + 1]
        lines = [" " * start.column + lines[0][start.column :], *lines[1:-1], lines[-1][: end.column]]
        text = "\n".join(line.strip() for line in lines).rstrip()
        quoted = node.style == "'"
        columns = (start.column + quoted, *map(_depth, lines[1:]))
        return start.line + 1, columns, text[1:-1].replace("''", "'") if quoted else text


def _block(lines: Sequence[str]) -> tuple[int, str]:
    """The indentation and text of a block scalar: the lines that are blank or as deep as its first one."""
    deep = next((_depth(line) for line in lines if line.strip()), 0)
    inside = takewhile(lambda line: not line.strip() or _depth(line) >= deep, lines)
    return deep, textwrap.dedent("\n".join(inside)).rstrip()


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
