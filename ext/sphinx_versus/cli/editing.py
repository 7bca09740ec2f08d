"""Changes of record files that keep all else as it is written: comments, layout, quotation marks, the order of keys.

The marks of the YAML parser say where each key and value is, and only those characters are replaced. After that the file is read
again and held against what was meant; a file of which that differs is not written.
"""

import copy
import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import rich_click as click
import yaml

from ..catalogue.catalogue import Catalogue
from ..catalogue.document import Location
from ..catalogue.files import FILES, FOLDERS, DataFolder, RecordFile, replace_files, scan
from ..catalogue.json_schema import write_known_ids
from ..catalogue.loader import Loaded, Parsed, assemble, parse
from ..catalogue.pairs import Derive
from ..characters import FORBIDDEN, printable
from ..problems import Code, Problem, in_order
from .output import working

Value = str | list[Any] | dict[str, Any] | None
"""What can be written: a text, a list, or keys and values."""
WIDTH = 110
"""From this column on a long text is wrapped."""
MOST_LISTED = 30
"""So many files are named when they were written."""
HINDERING = {
    *(Code.YAML_SYNTAX, Code.INVALID_CHARACTER, Code.UNREADABLE_FILE, Code.DUPLICATE_KEY, Code.TOO_LARGE),
    Code.MERGE_CONFLICT,
}
"""Of a file with such a problem, not all would be kept."""
STARTS_BLOCK = re.compile(r"\s|[-+*#>=|~:`]|\d+[.)]\s|$")
"""With this, a line of Markdown may be more than the next words of a paragraph."""
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class RecordText:
    """The text of one file of records, and its changes so far."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.text = path, text
        self._composed: tuple[str, Any] = "", None

    @property
    def _root(self) -> Any:
        """The nodes of the text, composed once for the same text."""
        if self._composed[1] is None or self._composed[0] != self.text:
            end = yaml.Mark("", len(self.text), 0, 0, "", 0)
            root = yaml.compose(self.text, Loader=_LOADER) or yaml.MappingNode("", [], end, end)
            self._composed = self.text, root
        return self._composed[1]

    @property
    def tree(self) -> Any:
        """The values, as plain texts, lists and mappings."""
        try:
            return _plain(self._root)
        except (yaml.YAMLError, RecursionError):
            self._refuse()

    def key_at(self, location: Location, line: int) -> str:
        """The key of a mapping in whose entry a line (from 1) is; empty when there is none."""
        entries = _nodes(self._root, location)[-1].value
        before = [key.value for key, _ in entries if key.start_mark.line < line]
        return str(before[-1]) if before else ""

    def entry_at(self, location: Location, line: int, column: int) -> int | None:
        """The number of the entry of a list in which a place (from 1) is; ``None`` when there is none."""
        *_, node = path = _nodes(self._root, location)
        if len(path) <= len(location) or not isinstance(node, yaml.SequenceNode):
            return None
        starts = [(one.start_mark.line + 1, one.start_mark.column + 1) for one in node.value]
        return sum(start <= (line, column) for start in starts) - 1 if starts and starts[0] <= (line, column) else None

    def set(self, location: Location, value: Value, order: Sequence[str] = ()) -> None:
        """Set a value; a key that is not there is inserted behind those that come before it in an order."""
        self.set_all([location], value, order)

    def set_all(self, locations: Sequence[Location], value: Value, order: Sequence[str] = ()) -> None:
        """Set a value at several locations, each in a mapping of its own."""
        meant, root = copy.deepcopy(self.tree) or {}, self._root
        try:
            for location in locations:
                _put(meant, location, value)
        except (AttributeError, IndexError, KeyError, TypeError):  # the record has another form
            self._refuse()
        found = [(_nodes(root, location), location) for location in locations]
        # From the last to the first: what is before a change stays where it is.
        for path, location in sorted(found, key=lambda one: one[0][-1].start_mark.index, reverse=True):
            if len(path) > len(location):
                self._replace(path[-2], path[-1], value)
            else:
                self._insert(path, location, value, order)
        self._check(meant)

    def add(self, location: Location, entries: dict[str, Any]) -> None:
        """Add new entries to a mapping, all at once."""
        meant = copy.deepcopy(self.tree) or {}
        for key, value in entries.items():
            _put(meant, (*location, key), value)
        path = _nodes(self._root, location)
        if len(path) > len(location):
            self._insert_entries(path, entries)
        else:
            self._insert(path, location, entries, ())
        self._check(meant)

    def rename(self, uses: Iterable[tuple[Location, bool]], new: str) -> None:
        """Put an id in the place of others, all at once: of keys (``True``) and of values."""
        root = self._root
        found = [self._id_at(root, location, is_key) for location, is_key in uses]
        for start, node in sorted({node.start_mark.index: node for node in found}.items(), reverse=True):
            self._splice(start, self._end(node), scalar(new, _quotes(node)))
            node.value = new
        self._check(_plain(root))  # the text is another one by now, so its nodes are composed anew

    @staticmethod
    def _id_at(root: Any, location: Location, is_key: bool) -> Any:
        if is_key:
            return _entry(_nodes(root, location[:-1])[-1], str(location[-1]))[0]
        return _nodes(root, location)[-1]

    def _check(self, meant: Any) -> None:
        if self.tree != meant:
            self._refuse()

    def _refuse(self) -> NoReturn:
        message = f"{self.path} is written in a way that this command cannot change; nothing was written"
        raise click.ClickException(message)

    def _splice(self, start: int, end: int, text: str) -> None:
        self.text = self.text[:start] + text + self.text[end:]

    # -- replacing

    def _replace(self, parent: Any, node: Any, value: Value) -> None:
        start, end = node.start_mark.index, self._end(node)
        is_flow = bool(getattr(parent, "flow_style", False))
        style = _quotes(node)
        text = inline(value, style) if is_flow else beside(value, _column(parent, node), style)
        if not isinstance(parent, yaml.SequenceNode) and (key := self.text[:start].rstrip()).endswith(":"):
            start = len(key)  # the value begins on the line of its key, or on the next one
            text = text if text.startswith("\n") else f" {text}"
        self._splice(start, end, text if is_flow or value is not None else text.rstrip(" "))

    def _end(self, node: Any) -> int:
        """Where the last character of a value is; the parser's marks of blocks are at what comes next."""
        if isinstance(node, yaml.ScalarNode):
            if node.style not in {"|", ">"}:
                return int(node.end_mark.index)
            return len(self.text[: node.end_mark.index].rstrip()) if node.value.strip() else node.end_mark.index
        if node.flow_style:
            return int(node.end_mark.index)
        last = node.value[-1]
        return self._end(last[1] if isinstance(last, tuple) else last)

    # -- inserting

    def _insert(self, path: Sequence[Any], location: Location, value: Value, order: Sequence[str]) -> None:
        missing = location[len(path) - 1 :]
        for key in reversed(missing[1:]):
            value = {str(key): value}
        self._insert_entries(path, {str(missing[0]): value}, order)

    def _insert_entries(self, path: Sequence[Any], entries: dict[str, Any], order: Sequence[str] = ()) -> None:
        """Insert entries into the last node of a path."""
        parent = path[-1]
        if isinstance(parent, yaml.ScalarNode) or (isinstance(parent, yaml.MappingNode) and not parent.value):
            if len(path) > 1:
                self._replace(path[-2], parent, entries)
            else:
                self._append(entries)
        elif parent.flow_style:
            last = self._end(parent.value[-1][1])
            self._splice(last, last, f", {inline(entries)[1:-1]}")
        else:
            self._insert_lines(parent, entries, order)

    def _append(self, value: dict[str, Any]) -> None:
        self.text = f"{self.text.rstrip()}\n\n".lstrip() + block(value, 0) + "\n"

    def _insert_lines(self, parent: Any, entries: dict[str, Any], order: Sequence[str]) -> None:
        """Insert entries of a block: behind those that come before the first of them, and else behind all."""
        key = next(iter(entries))
        before = set(order[: order.index(key)] if key in order else ())
        known = [number for number, (one, _) in enumerate(parent.value) if one.value in before or not before]
        column = parent.value[0][0].start_mark.column
        gap = "\n" if isinstance(entries[key], dict) and self._is_spaced(parent) else ""
        lines = f"\n{gap}".join(block({key: value}, column) for key, value in entries.items())
        if known:
            end = self.text.find("\n", self._end(parent.value[known[-1]][1]))
            end = len(self.text) if end < 0 else end
            self._splice(end, end, f"{gap}\n{lines}")
        else:
            start = parent.value[0][0].start_mark.index
            self._splice(start, start, f"{lines.lstrip()}\n{' ' * column}")

    def _is_spaced(self, parent: Any) -> bool:
        """Whether a blank line is between the last two entries."""
        last = int(parent.value[-1][0].start_mark.index)
        return len(parent.value) > 1 and self.text[:last].rstrip(" ").endswith("\n\n")


def _nodes(root: Any, location: Location) -> list[Any]:
    """The nodes on the way to a location, as far as there are any."""
    found = [root]
    for step in location:
        node = found[-1]
        if isinstance(node, yaml.MappingNode) and (entry := _entry(node, str(step))):
            found.append(entry[1])
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            found.append(node.value[step])
        else:
            break
    return found


def _entry(node: Any, key: str) -> Any:
    return next((entry for entry in node.value if entry[0].value == key), None)


def _column(parent: Any, node: Any) -> int:
    """The column of the block in which a value is."""
    if isinstance(parent, yaml.MappingNode):
        return int(next(key.start_mark.column for key, value in parent.value if value is node))
    return int(parent.start_mark.column)


def _quotes(node: Any) -> str:
    """The quotation marks of a value; empty when it has none."""
    return node.style if isinstance(node, yaml.ScalarNode) and node.style in {"'", '"'} else ""


def _plain(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        if not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
            raise yaml.YAMLError("a key is a collection")
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return None if not node.style and node.value in {"", "~", "null", "Null", "NULL"} else node.value


def _put(tree: Any, location: Location, value: Value) -> None:
    *way, last = location
    for step in way:
        inner = tree.get(step) if isinstance(tree, dict) else tree[step]
        if inner is None:
            inner = tree[step] = {}
        tree = inner
    tree[last] = copy.deepcopy(value)


# -- values as YAML --------------------------------------------------------------------------------------------------------


def scalar(text: str, style: str = "", form: str = "[a, {0}, {{{0}: {0}}}]") -> str:
    """A text as YAML in one line, in quotation marks where it needs them or has them already.

    ``form`` is YAML with the text in it, by which it is found out whether the text needs none: by default, between brackets.
    """
    if not style and text.strip() and "\n" not in text:
        try:
            if _plain(yaml.compose(form.format(text), Loader=_LOADER)) == _plain(_form(form, text)):
                return text
        except yaml.YAMLError:
            pass
    if style == "'" and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=False)


def _form(form: str, text: str) -> Any:
    """A form with a text in quotation marks, which has the same values."""
    return yaml.compose(form.format(json.dumps(text, ensure_ascii=False)), Loader=_LOADER)


def inline(value: Value, style: str = "") -> str:
    """A value in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(inline, value))}]"
    return "" if value is None else scalar(value, style)


def beside(value: Value, column: int, style: str = "") -> str:
    """A value of a key at a column, as it stands behind the colon and the blank."""
    inner = " " * (column + 2)
    words = value if isinstance(value, str) and not FORBIDDEN.search(value) else ""  # which needs quotes
    if isinstance(value, dict) and value:
        return f"\n{block(value, column + 2)}"
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return "\n" + "\n".join(f"{inner}- {block(one, column + 4).lstrip()}" for one in value)
    if isinstance(value, list) and len(text := inline(value)) > WIDTH - column:
        return textwrap.fill(text, WIDTH, subsequent_indent=inner, break_on_hyphens=False, break_long_words=False)
    if "\n" in words and _is_literal(words):
        return "|-\n" + "\n".join(f"{inner}{line}".rstrip() for line in words.split("\n"))
    if len(words) > WIDTH - column - 12 and words == " ".join(words.split()):
        wrapped = textwrap.wrap(words, WIDTH - len(inner), break_on_hyphens=False, break_long_words=False)
        if not any(map(STARTS_BLOCK.match, wrapped)):
            return ">-\n" + "\n".join(f"{inner}{line}" for line in wrapped)
    return scalar(value, style, "a: {0}") if isinstance(value, str) else inline(value, style)


def _is_literal(text: str) -> bool:
    """Whether a text of several lines can be written as it is."""
    return not text[:1].isspace() and all(line == line.rstrip() for line in text.split("\n")) and text == text.strip()


def block(value: Mapping[str, Any], column: int) -> str:
    """Keys and values as the lines of a block."""
    lines = []
    for key, one in value.items():
        text = beside(one, column)
        lines.append(f"{' ' * column}{scalar(key)}:{text if text.startswith(chr(10)) else f' {text}'}".rstrip())
    return "\n".join(lines)


# -- several files at once -------------------------------------------------------------------------------------------------


class Changes:
    """Changes of several files of a data folder, written all or none."""

    def __init__(self, data: Path, derive: Derive) -> None:
        self.data, self._derive = data, derive
        self._folder = scan(data)
        self._contents = {file.path: file.content() for file in self._folder.files}
        self._texts: dict[str, RecordText] = {}
        self._hindrances: dict[str, Problem] = {}
        self._moved: dict[str, str] = {}
        self.pages: dict[Path, bytes] = {}
        self.gone: list[Path] = []
        self.before = self._load(self._folder, self._contents)
        self._after: tuple[Mapping[str, bytes], Loaded] | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue before the changes."""
        return self.before.catalogue

    def _load(self, folder: DataFolder, contents: Mapping[str, bytes | Problem]) -> Loaded:
        def content(file: RecordFile) -> bytes | Problem:
            return contents[file.path] if file.path in contents else file.content()  # that it is not there

        def parsed(file: RecordFile) -> Parsed:
            found = parse(file, content(file))
            if hindering := next((one for one in found.problems if one.code in HINDERING), None):
                self._hindrances.setdefault(file.path, hindering)
            return found

        with working("reading the records"):
            return assemble(folder, parsed, self._derive, content)

    def texts(self, *types: str) -> Iterator[tuple[RecordFile, RecordText]]:
        """The files with records of some types, or of all."""
        for file in self._folder.files:
            if not types or file.type in types:
                yield file, self.text_of(file)

    def text(self, type_: str, id_: str = "") -> RecordText:
        """The file in which a record is, or will be."""
        return self.text_of(self._folder.file_of(type_, id_))

    def files(self, type_: str) -> Iterator[RecordFile]:
        """The files with records of a type."""
        return (file for file in self._folder.files if file.type == type_)

    def text_of(self, file: RecordFile) -> RecordText:
        """The text of a file; one that cannot be read is not changed."""
        if file.path not in self._texts:
            if problem := self.hindrance(file):
                raise click.ClickException(f"{problem}; nothing was written")
            content = self._contents.get(file.path, b"")
            assert isinstance(content, bytes)
            text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
            self._texts[file.path] = RecordText(Path(file.path), text)
        return self._texts[file.path]

    def hindrance(self, file: RecordFile) -> Problem | None:
        """What hinders a file from being changed: it is no YAML, or has characters or keys that are not kept."""
        content = self._contents.get(file.path, b"")
        if isinstance(content, Problem):
            return content
        return self._hindrances.get(file.path)

    def move(self, type_: str, old: str, new: str) -> None:
        """Give the file of a record another name."""
        self._moved[self._folder.file_of(type_, old).path] = self._folder.file_of(type_, new).path
        self.gone.append(Path(self._folder.file_of(type_, old).path))

    def move_page(self, old: Path, new: Path, content: bytes) -> None:
        """Give a page another name, and its content."""
        self._moved[str(old)] = str(new)
        self.pages[new] = content
        self.gone.append(old)

    def contents(self) -> dict[str, bytes]:
        """What is to be written, by path."""
        found = {}
        for path, text in self._texts.items():
            before = self._contents.get(path, b"")
            content = _encoded(text.text, before if isinstance(before, bytes) else b"")
            if content != before or path in self._moved:
                found[self._moved.get(path, path)] = content
        return found

    def after(self) -> Loaded:
        """The catalogue after the changes, which is loaded once for the same changes."""
        changed = self.contents()
        if self._after is None or self._after[0] != changed:
            self._after = changed, self._load_changed(changed)
        return self._after[1]

    def _load_changed(self, changed: Mapping[str, bytes]) -> Loaded:
        files = [file._replace(path=self._moved.get(file.path, file.path)) for file in self._folder.files]
        contents = {self._moved.get(path, path): content for path, content in self._contents.items()}
        known = {file.path for file in files}
        contents |= changed
        files += [RecordFile(path, _type_of(Path(path), self.data)) for path in changed if path not in known]
        return self._load(self._folder._replace(files=tuple(sorted(files, key=_rank))), contents)

    def new_problems(self) -> list[Problem]:
        """The problems that the changes would bring, but for what is still to be written."""
        known = Counter((one.code, one.message) for one in self.before.problems)
        new = []
        for problem in self.after().problems:
            key = problem.code, problem.message
            if known[key] <= 0 and problem.code is not Code.UNFINISHED:
                new.append(problem)
            known[key] -= 1
        return in_order(new)

    def check(self) -> None:
        """Refuse changes that would bring new problems."""
        if problems := self.new_problems():
            for problem in {problem.text: problem for problem in reversed(problems)}.values():
                click.echo(str(problem), err=True)
            raise click.ClickException("the change would bring these problems; nothing was written")

    def write(self) -> None:
        """Write all files or none."""
        contents = {Path(path): content for path, content in self.contents().items()}
        moved = {Path(new): Path(old) for old, new in self._moved.items()}
        after = self.after().catalogue
        replace_files({**contents, **self.pages}, gone=self.gone)
        paths = [*contents, *self.pages]
        for path in paths[:MOST_LISTED]:
            is_new = path not in self.pages and str(path) not in self._contents
            done = f"renamed {moved[path]} to" if path in moved else "wrote" if is_new else "changed"
            click.echo(printable(f"{done} {path}"))
        if more := len(paths[MOST_LISTED:]):
            click.echo(f"and {more:,} more files")
        write_known_ids(self.data, after)


def _encoded(text: str, before: bytes) -> bytes:
    """The text with the byte order mark and the line ends that the file had."""
    if b"\r\n" in before:
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b"") + text.encode()


def _type_of(path: Path, data: Path) -> str:
    return FILES[path.name] if path.parent == data else FOLDERS[path.parent.name]


def _rank(file: RecordFile) -> tuple[int, str]:
    """The order in which the files of a folder are read."""
    types = [*FILES.values(), *FOLDERS.values()]
    return types.index(file.type), file.path
