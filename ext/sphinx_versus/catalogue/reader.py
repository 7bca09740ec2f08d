"""Read YAML so that every key and value knows its line and column.

The tree that comes out holds texts, lists and mappings only: a scalar keeps the text that was typed (``no``, ``3.10``
and ``1e3`` stay text; an empty value, ``~`` and ``null`` are no value), and it is the model that makes a date or a number
of it. Only the events of PyYAML's parser are used: nothing is constructed, and tags, anchors and aliases are refused.

What is refused costs the value in which it stands, and not the file; so does what is over a limit. No text or key in the tree
holds a character of :data:`.characters.FORBIDDEN`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any, NamedTuple

import yaml

from ..characters import BYTE, FORBIDDEN, REPLACEMENT, cleaned, code_point
from ..problems import Code, Place, Problem
from .document import Document, Location, Position, Scalar, Span, Tree, escapes, place_at
from .fields import ID_PATTERN
from .yaml_errors import TYPOGRAPHIC_QUOTES, in_our_words, wrong_quotes

MAX_DEPTH = 50
"""Records nest less than ten levels deep; what is deeper costs the value in which it stands."""
HOPELESS_DEPTH = 200
"""Deeper than this it costs the file, because YAML's parser takes a time that grows with the square of the depth."""
MAX_VALUES = 1_000_000
"""So many keys and values a file may hold; each takes some 600 bytes of memory."""
MAX_VALUES_EACH = 20_000
"""So many may be in one value at the top of a file: in one record of a list, or in all facts of a technology."""
MAX_ENTRIES = 1_000
"""So many entries a list or mapping inside of a record may have."""
_MANY_LINES = 1_000
_MANY_PARTS = 20
"""So many ends are tried for a record, and so many parts are looked for before the next id."""
MOST_READ_AGAIN = 500_000
"""So many characters of a file are read again to find what is right around broken YAML; what is right is rarely that long."""
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_EMPTY = {"", "~", "null", "Null", "NULL"}
_ID_LINE = re.compile(rf"([\"']?)({ID_PATTERN})\1[ \t]*:(?=\s|$)")
_NOT_INDENTED = re.compile(r"[^\s#]")
CONFLICT = "<<<<<<<"
"""How a merge conflict begins that Git left in a file."""
_SECOND, _END = ("|||||||", "======="), ">>>>>>>"
_CONFLICT_SIGNS = (CONFLICT, *_SECOND, _END)
CONFLICT_WORDS = (
    "a merge conflict is left here",
    "keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>",
)
NO_BREAK = "\u00a0"
_NO_BREAK = re.compile(rf" *({NO_BREAK})[ {NO_BREAK}]*|[ ]*(?:- +)?[a-z][a-z0-9_-]*:({NO_BREAK})[ {NO_BREAK}]*")
"""A no-break space in the indentation of a line, or behind its key."""
_NO_BREAK_WORDS = ("a no-break space (U+00A0), which is no blank to YAML", "write a blank")
_DIRECTIVE = (
    "directives are not used in records, so no line begins with %",
    'a text that starts with "%" needs quotes, and its further lines are indented',
)
"""YAML's parser in C takes a time that grows with the square of the number of directives."""
_ANCHOR = ("anchors and aliases are not used in records", 'a text that starts with "&" or "*" needs quotes')
_TAG = ("tags are not used in records", 'a text that starts with "!" needs quotes')
_TOO_DEEP = ("nested too deeply", f"expected at most {MAX_DEPTH} levels")
_UNFINISHED = re.compile(r"\S\s+\S+\s+\S*[^\s.!?…:;)\"'”’»]\Z")
"""Three words or more that do not end as a sentence does."""
_COMMENT = re.compile(r"\s*(#.*)")
_LAST_WORD = re.compile(r"\s*(\S{1,9})\s*\Z")
_NO_BLOCK = {"->", "-->", "<-", "<", "-|", "\\", "/"}
"""What people type who mean the sign of a text of several lines."""
SURELY_TWICE = 3
"""So many keys are no slip: the whole record is there twice."""
_FILE, _TOP, _ANY = 0, 1, HOPELESS_DEPTH
"""How deep in a file the value is that is left out with what is refused."""


class Limits(NamedTuple):
    """How many entries there may be: at the top of a file, and in each list or mapping below it."""

    top: int = MAX_ENTRIES
    below: int = MAX_ENTRIES


RECORD = Limits()
"""The limits of a file with one record."""


def read(path: str, text: str, limits: Limits = RECORD) -> tuple[Document, list[Problem]]:
    """Read one file; the tree is ``None`` when the YAML itself is broken."""
    lines, problems = _lines_of(path, text)
    part = _Part(path, lines, (0, len(lines)), limits, may_be_spoilt=bool(problems))
    return part.document, [*problems, *(_once(part.problems) if limits == RECORD else part.problems)]


def _once(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Problems, of which the keys of a record that is there twice are one."""
    again = [one for one in problems if _is_key_of_record(one)]
    keys = {one.message.split('"')[1] for one in again}
    for problem in problems:
        if len(keys) < SURELY_TWICE or not _is_key_of_record(problem):
            yield problem
        elif problem is again[0]:
            yield replace(problem, message="the record begins once more", hint="remove one of the two")


def _is_key_of_record(problem: Problem) -> bool:
    """Whether a problem is that a key of the record itself is there twice."""
    return problem.code is Code.DUPLICATE_KEY and problem.place.column == 1


def _lines_of(path: str, text: str) -> tuple[list[str], list[Problem]]:
    """The lines of a text, whatever system it comes from, without forbidden characters and directives.

    Reported are the first byte that is not UTF-8, the first other forbidden character of each line, and the first directive.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    problems: list[Problem] = []
    if FORBIDDEN.search(text.replace("\r", "")):
        if bytes_ := [(number, byte) for number, line in enumerate(lines) for byte in BYTE.finditer(line)]:
            (number, first), others = bytes_[0], len(bytes_) - 1
            message = f"the byte 0x{ord(first[0]) & 0xFF:02x} is not UTF-8"
            if others:
                message += f", nor {'is one other' if others == 1 else f'are {others:,} others'}"
            place = place_at(path, (number, first.start()))
            problems.append(Problem(place, Code.INVALID_CHARACTER, message, "save the file as UTF-8"))
        lines = [BYTE.sub(REPLACEMENT, line) for line in lines]
        found = ((number, hit) for number, line in enumerate(lines) if (hit := FORBIDDEN.search(line)))
        problems += [_forbidden(path, (number, hit.start()), hit[0]) for number, hit in islice(found, _MANY_LINES)]
        lines = [cleaned(line) if FORBIDDEN.sub("", line).strip() else "" for line in lines]
    for number, line in enumerate(lines if NO_BREAK in text else ()):
        if nbsp := _NO_BREAK.match(line):
            if len(problems) < _MANY_LINES:
                place = place_at(path, (number, nbsp.start(nbsp.lastindex or 0)))
                problems.append(Problem(place, Code.YAML_SYNTAX, *_NO_BREAK_WORDS))
            lines[number] = nbsp[0].replace(NO_BREAK, " ") + line[nbsp.end() :]
    problems += [
        Problem(Place(path, number + 1), Code.MERGE_CONFLICT, *CONFLICT_WORDS)
        for number in islice(_resolve_conflicts(lines), _MANY_LINES)
    ]
    if directives := [number for number, line in enumerate(lines) if line.startswith("%")]:
        problems.append(Problem(Place(path, directives[0] + 1), Code.YAML_SYNTAX, *_DIRECTIVE))
        lines = ["" if line.startswith("%") else line for line in lines]
    return lines, problems


def _forbidden(path: str, position: Position, character: str) -> Problem:
    message = f"the character {code_point(character)} cannot be part of a record"
    return Problem(place_at(path, position), Code.INVALID_CHARACTER, message, "remove it")


class _RefusedError(Exception):
    """Ends the reading of a value that is valid YAML but no part of a record.

    ``level`` is the depth in the file of the value that is left out; 0 stands for the whole file. ``depth`` is the number of
    collections that are open.
    """

    def __init__(self, problem: Problem, level: int, depth: int = 0) -> None:
        super().__init__(problem.message)
        self.problem, self.level, self.depth = problem, level, depth


def _resolve_conflicts(lines: list[str]) -> list[int]:
    """Empty the lines that Git put between two versions, and those of the second one; say where each conflict begins.

    Of a conflict that somebody began to resolve, the first or the last line may be gone.
    """
    begins: list[int] = []
    second: int | None = None
    is_open = False
    for number, line in enumerate(lines):
        sign = line[:7] if line.startswith(_CONFLICT_SIGNS) else ""
        if not sign:
            continue
        if sign == CONFLICT or not is_open:
            begins.append(number)
            is_open, second = True, None
        if sign in _SECOND and second is None:
            second = number
        elif sign == _END:
            start = number if second is None else second
            lines[start:number] = [""] * (number - start)
            is_open = False
        lines[number] = ""
    return begins


class _Part:
    """Some lines of a file, read as if they were all of it: the parser's events become a tree, with places in the file."""

    def __init__(
        self, path: str, lines: list[str], between: tuple[int, int], limits: Limits, *, may_be_spoilt: bool
    ) -> None:
        self.document = Document(path, None)
        self.problems: list[Problem] = []
        self._path, self._lines, self._limits, self._may_be_spoilt = path, lines, limits, may_be_spoilt
        self._first, end = between
        self._limit = self._cut = 0
        """The last line (from 1) with a text that a comment cuts off."""
        self._next = _LOADER("\n".join(lines[self._first : end])).get_event
        self._read(end)

    @property
    def is_read(self) -> bool:
        """Whether the YAML is not broken."""
        return self.document.tree is not None or not self.problems

    def _read(self, end: int) -> None:
        lines = self._lines
        try:
            tree = self._document()
        except yaml.MarkedYAMLError as error:
            problem = in_our_words(self._path, lines[self._first : end], error)
            while end > self._first + 1 and not lines[end - 1].strip():
                end -= 1
            place = replace(problem.place, line=problem.place.line + self._first)
            if place.line > end:  # behind the last line that is not blank
                place = Place(self._path, end, len(lines[end - 1]) + 1)
            problem = replace(problem, place=place)
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # what the parser in Python makes of "\UFFFFFFFF"
            problem = Problem(Place(self._path, self._first + 1), Code.YAML_SYNTAX, str(error))
        except _RefusedError as refused:
            problem = refused.problem
        else:
            self.document = replace(self.document, tree=tree)
            return
        self.document = Document(self._path, None)
        if problem.place.line > self._cut + 1 or not self._cut:  # else it follows from what was cut off
            self.problems.append(problem)

    def _document(self) -> Tree:
        """The tree of the only document; ``None`` when there is none."""
        tree: Tree = None
        self._next()  # the stream begins
        if isinstance(event := self._next(), yaml.DocumentStartEvent):
            tree = self._node(self._next(), (), 0)
            self._next()  # the document ends
            event = self._next()
        if isinstance(event, yaml.DocumentStartEvent):
            raise self._refusal(
                event, Code.YAML_SYNTAX, "a second document begins here", 'remove "---": a file holds one'
            )
        return tree

    def _position(self, event: Any, *, end: bool = False) -> Position:
        mark = event.end_mark if end else event.start_mark
        return mark.line + self._first, mark.column

    def _refusal(
        self, event: yaml.Event, code: Code, message: str, hint: str, level: int = _FILE, location: Location = ()
    ) -> _RefusedError:
        problem = Problem(place_at(self._path, self._position(event)), code, message, hint)
        return _RefusedError(problem, level, len(location) + _opened(event))

    def _skip(self, event: yaml.Event, depth: int) -> None:
        """Pass over what is left of collections of which so many are open."""
        while depth > 0:
            if depth > HOPELESS_DEPTH:
                raise self._refusal(event, Code.TOO_LARGE, *_TOO_DEEP)
            event = self._next()
            depth += _opened(event)

    def _value(self, location: Location, around: int, event: yaml.Event) -> Tree:
        """The value that begins with an event, or nothing when it is refused."""
        if len(location) == 1:
            self._limit = len(self.document.values) + MAX_VALUES_EACH
        try:
            return self._node(event, location, around)
        except _RefusedError as refused:
            if len(location) > refused.level:
                raise
            try:
                self._skip(event, refused.depth - len(location))
            except _RefusedError:  # what is left cannot be passed over: it costs the file
                raise _RefusedError(refused.problem, _FILE) from None
            self.problems.append(refused.problem)
            self.document.faults[location] = False
            return None

    def _node(self, event: yaml.Event, location: Location, around: int) -> Tree:
        """The value that begins with an event; ``around`` is the column of the collection that holds it."""
        values = self.document.values
        values[location] = begin = self._checked(event, location)
        if isinstance(event, yaml.ScalarEvent):
            if not event.style and event.value in _EMPTY:
                return None
            text, is_spoilt = self._text(event, begin)
            if is_spoilt:
                self.document.faults[location] = True
            scalar = Scalar(text)
            end = self._position(event, end=True)
            if not event.style:
                self._check_plain(text, begin, end)
            scalar.span = Span(self._path, self._lines, begin, end, event.style or "", around)
            return scalar
        if len(values) > self._limit > 0:
            hint = f"expected at most {MAX_VALUES_EACH:,} in one value at the top of a file"
            raise self._refusal(event, Code.TOO_LARGE, "too many keys and values", hint, _TOP, location)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(location, begin[1])
        entries = enumerate(self._entries(location, yaml.SequenceEndEvent))
        return [self._value((*location, position), begin[1], entry) for position, entry in entries]

    def _check_plain(self, text: str, begin: Position, end: Position) -> None:
        """Report a text without quotation marks of YAML that was most likely meant to have some."""
        comment = _COMMENT.match(self._lines[end[0]], end[1])  # what else follows may be a megabyte
        after = comment[1].rstrip() if comment else ""
        if after and (after[1:2].strip() or _UNFINISHED.search(text)):
            message = f'"{after}" is a comment, which cuts off the text before it'
            hint = "put the text into quotation marks, or the comment on a line of its own"
            place = place_at(self._path, (end[0], self._lines[end[0]].index("#", end[1])))
            self.problems.append(Problem(place, Code.YAML_SYNTAX, message, hint))
            self._cut = place.line
        sign = _LAST_WORD.match(self._lines[begin[0]], begin[1])
        if sign and sign[1] in _NO_BLOCK and begin[0] < end[0]:
            message = f'"{sign[1]}" begins no text of several lines, and would be shown'
            self.problems.append(Problem(place_at(self._path, begin), Code.YAML_SYNTAX, message, 'did you mean ">-"?'))
        if quoted := TYPOGRAPHIC_QUOTES.fullmatch(text):
            self.problems.append(
                Problem(place_at(self._path, begin), Code.YAML_SYNTAX, *wrong_quotes(*quoted.groups()))
            )

    def _checked(self, event: Any, location: Location, level: int = _ANY) -> Position:
        """Where a node begins, if it is one that records may have."""
        if event.anchor:
            raise self._refusal(event, Code.YAML_SYNTAX, *_ANCHOR, level, location)
        if event.tag:
            raise self._refusal(event, Code.YAML_SYNTAX, *_TAG, level, location)
        if len(location) > MAX_DEPTH:
            raise self._refusal(event, Code.TOO_LARGE, *_TOO_DEEP, level, location)
        return self._position(event)

    def _entries(self, location: Location, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        """The events with which the entries of a collection begin, as many as may be there."""
        most = self._limits.below if location else self._limits.top
        number = 0
        while not isinstance(event := self._next(), end):
            number += 1
            if number > most or (not location and len(self.document.values) > MAX_VALUES):
                limit = f"{most:,}" if number > most else f"{MAX_VALUES:,} keys and values"
                message = "too many entries; the others are left out"
                self.problems.append(self._refusal(event, Code.TOO_LARGE, message, f"expected at most {limit}").problem)
                self._skip(event, 1 + _opened(event))
                return
            yield event

    def _mapping(self, location: Location, column: int) -> dict[str, Tree]:
        found: dict[str, Tree] = {}
        document, is_again = self.document, False
        for event in self._entries(location, yaml.MappingEndEvent):
            begin = self._checked(event, location, level=_FILE)
            if not isinstance(event, yaml.ScalarEvent):
                message = "a list or mapping stands where a key is expected"
                hint = "a text with brackets or braces at its start needs quotes"
                raise self._refusal(event, Code.YAML_SYNTAX, message, hint)
            key, is_spoilt = self._text(event, begin)
            inner, value = (*location, key), self._next()
            if is_spoilt:
                document.faults[inner] = False
            elif key.startswith("@"):  # these are the loader's
                message, hint = f'"{key}" is not a key here', "no key starts with @"
                self.problems.append(Problem(place_at(self._path, begin), Code.UNKNOWN_KEY, message, hint))
            elif key in found:
                if not (location and is_again):  # the keys of an entry that is there twice are one mistake
                    place = place_at(self._path, begin)
                    self.problems.append(
                        _duplicate(
                            place,
                            key,
                            document.keys[inner],
                            _other_entry(location, key, found, in_list=self._limits != RECORD),
                        )
                    )
                is_again, is_empty = True, found[key] is None and inner not in document.faults
                if location or self._limits == RECORD:
                    document.faults.setdefault(inner, None)
                if is_empty:  # the first one has no value
                    found[key] = self._value(inner, column, value)
                    continue
            else:
                is_again = False
                document.keys[inner] = begin
                found[key] = self._value(inner, column, value)
                continue
            self._skip(value, _opened(value))
        return found

    def _text(self, event: Any, begin: Position) -> tuple[str, bool]:
        """The text of a scalar, and whether characters of it were replaced; the first one of them is reported."""
        if event.style != '"' or (text := cleaned(event.value)) == event.value:  # all lines are cleaned already
            return event.value, self._may_be_spoilt and REPLACEMENT in event.value
        span = Span(self._path, self._lines, begin, self._position(event, end=True), '"', 0)
        hits = ((line, column, sign) for line, column, sign in escapes(span) if FORBIDDEN.match(sign))
        self.problems += [_forbidden(self._path, (line, column), sign) for line, column, sign in islice(hits, 1)]
        return text, True


def _opened(event: yaml.Event) -> int:
    """By how much an event changes the depth."""
    return isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


def _other_entry(location: Location, key: str, before: dict[str, Tree], *, in_list: bool) -> str:
    """What else a key may be that is given twice, to add to a hint; ``in_list`` of a file of several records."""
    if location and isinstance(location[-1], int):
        return ', or begin another entry with "- "'
    is_first = len(location) == 2 - in_list and key == next(iter(before))  # of an entry whose id is gone, perhaps
    return ", or write the id of another entry above it" if is_first else ""


def _duplicate(place: Place, key: str, first: Position, other: str = "") -> Problem:
    message = f'"{key}" is already given in line {first[0] + 1}'
    return Problem(place, Code.DUPLICATE_KEY, message, f"remove or rename one of them{other}")


# -- a list of which one record is broken ----------------------------------------------------------------------------------


def read_records(path: str, text: str, limits: Limits) -> tuple[Document, list[Problem]]:
    """Read each record of a list on its own; those whose YAML is broken are nothing in the tree.

    A record begins on a line with its id and a colon, and ends before the next such line.
    """
    records = _Records(path, text, limits)
    starts = [number for number, line in enumerate(records.lines) if number and _ID_LINE.match(line)]
    for first, end in pairwise([0, *starts, len(records.lines)]):
        records.add_between(first, end)
        if len(records.found.values) > MAX_VALUES:
            break
    records.found.values[()] = (0, 0)
    return replace(records.found, tree=records.tree or None), records.problems


class _Records:
    """What is found in a list of records that is read part by part."""

    def __init__(self, path: str, text: str, limits: Limits) -> None:
        self.lines, self.problems = _lines_of(path, text)
        self.tree: dict[str, Tree] = {}
        self.found = Document(path, self.tree, is_whole=False)
        self._limits, self._may_be_spoilt, self._left = limits, bool(self.problems), MOST_READ_AGAIN

    def _part(self, first: int, end: int) -> _Part:
        return _Part(self.found.path, self.lines, (first, end), self._limits, may_be_spoilt=self._may_be_spoilt)

    def _part_again(self, first: int, end: int) -> _Part | None:
        """A part of what was read before, unless too much of the file was read again."""
        if self._left >= 0:
            self._left -= sum(len(line) + 1 for line in self.lines[first:end])
        return self._part(first, end) if self._left >= 0 else None

    def add_between(self, first: int, end: int) -> None:
        """Add what stands between one id and the next: a record, and what may stand behind it."""
        whole = self._part(first, end)
        for _ in range(_MANY_PARTS):
            part, stop = self._longest_part(whole, first, end)
            self.problems += part.problems
            if isinstance(tree := part.document.tree, dict):
                self._add(part.document, tree)
            elif not part.problems:
                self._report_stray(first, stop, is_empty=tree is None)
            elif (line := _ID_LINE.match(self.lines[first])) and line[2] not in self.tree:  # a record that is broken
                self.tree[line[2]] = None
                self.found.keys[line[2],] = self.found.values[line[2],] = (first, 0)
                self.found.faults[line[2],] = False
            first = stop
            if first == end or not (again := self._part_again(first, end)):
                break
            whole = again
        self._report_stray(first, end, is_empty=True)

    def _longest_part(self, whole: _Part, first: int, end: int) -> tuple[_Part, int]:
        """The lines as a whole; if that is broken, as many of them as are not, and the line behind those.

        A broken record ends before a line that is not indented: most of these are no part of the record, but some are, such
        as a bracket that closes it.
        """
        stops = (line for line in range(first + 1, end) if _NOT_INDENTED.match(self.lines[line]))
        for stop in islice(stops, _MANY_PARTS) if not whole.is_read else ():
            if (part := self._part_again(first, stop)) and part.is_read:
                return part, stop
        return whole, end

    def _add(self, document: Document, tree: dict[str, Tree]) -> None:
        found = self.found
        if twins := self.tree.keys() & tree.keys():
            self.problems += (_duplicate(document.place((id_,), key=True), id_, found.keys[id_,]) for id_ in twins)
            return
        self.tree.update(tree)
        found.keys.update(document.keys)
        found.values.update(document.values)
        found.faults.update(document.faults)

    def _report_stray(self, first: int, end: int, *, is_empty: bool) -> None:
        """Report the first line of what belongs to no record, if there is one; a file may begin with ``---``."""
        stray = next((number for number in range(first, end) if _NOT_INDENTED.match(self.lines[number])), None)
        if stray is not None and (first or not is_empty):
            message = f'"{self.lines[stray].rstrip()}" belongs to no record'
            place = Place(self.found.path, stray + 1)
            listed = re.match(r"- +([a-z0-9-]+:)", self.lines[stray])
            hint = f'write "{listed[1]}", for records are no list' if listed else "expected an id and a colon"
            self.problems.append(Problem(place, Code.YAML_SYNTAX, message, hint))
