"""One file becomes records and everything that can be said of it without knowing the others.

What comes out depends on the file's path and content only, so it can be kept until the content changes (see :mod:`.cache`).
What is wrong is left out: a field, the entry that needs it, or the record.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from ..characters import UNDECODED
from ..problems import Code, Place, Problem, internal
from .files import Unreadable
from .folder import FOLDERS, MODELS, RecordFile
from .model import Named, Record
from .prose import Prose, RoleUse, examined
from .read import MAX_VALUES, RECORD, Document, Limits, Location, read
from .records import read_records
from .validate import validated
from .values import is_reserved, kebab_case


@dataclass(frozen=True)
class Parsed:
    """What one file holds."""

    records: Mapping[str, Any] = field(default_factory=dict)
    """The good records by id."""
    problems: tuple[Problem, ...] = ()
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    """Where each record, fact and misconception stands, broken ones too (see :class:`.Catalogue`)."""
    unread: frozenset[str] = frozenset()
    """The object types of which some ids are not known, because the file could not be read."""
    roles: tuple[RoleUse, ...] = ()
    """What the texts refer to."""
    left_out: Mapping[tuple[str, str], frozenset[Location]] = field(default_factory=dict)
    """By object type and id where something that was wrong is not in the record."""


def parse(file: RecordFile) -> Parsed:
    """Read a file and judge its records one by one."""
    return parse_content(file, file.content())


def fingerprint(content: bytes | Unreadable) -> str:
    """What changes whenever the content does."""
    return blake2b(content if isinstance(content, bytes) else repr(content).encode(), digest_size=12).hexdigest()


def parse_content(file: RecordFile, content: bytes | Unreadable) -> Parsed:
    """Judge the records in the content of a file."""
    document, problems = document_of(file, content)
    parser = _Parser(file, document, problems)
    parser.parse()
    return parser.parsed()


def document_of(file: RecordFile, content: bytes | Unreadable) -> tuple[Document, list[Problem]]:
    """The YAML of a file; the tree is ``None`` when that fails or there is nothing in it."""
    try:
        return _read(file, content)
    except Exception as error:  # noqa: BLE001 (whatever it is, it costs this file only)
        return Document(file.path, None), [internal(Place(file.path), "the file", error)]


def _read(file: RecordFile, content: bytes | Unreadable) -> tuple[Document, list[Problem]]:
    path = file.path
    if not isinstance(content, bytes):
        return Document(path, None), [content.problem(path)]
    if (
        content.startswith(_OTHER_ENCODINGS) or b"\0" in content[:4]
    ):  # without a mark of their own, the first letter has one
        return Document(path, None), [_NOT_UTF8.problem(path)]
    text = content.decode("utf-8-sig", errors=UNDECODED)
    document, problems = read(path, text, _limits(file))
    if file.is_list and problems and document.tree is None:
        document, problems = read_records(path, text, _limits(file))
    if document.tree is not None and not isinstance(document.tree, dict):
        message = "expected keys and values at the top of the file"
        problems.append(Problem(document.place(()), Code.WRONG_TYPE, message))
    return document, problems


def _limits(file: RecordFile) -> Limits:
    """A list has as many records as it needs, and so has the one list of ids; both end with the values of a file."""
    if file.is_list:
        return Limits(top=MAX_VALUES)
    return Limits(below=MAX_VALUES) if file.type == "published" else RECORD


_OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""How files in UTF-16 and UTF-32 begin."""
_NOT_UTF8 = Unreadable("the file is UTF-16 or UTF-32", "save it as UTF-8")


class _Parser:
    """One run over the document of a file."""

    def __init__(self, file: RecordFile, document: Document, problems: list[Problem]) -> None:
        self.file, self.document, self.problems = file, document, problems
        self.records: dict[str, Named] = {}
        self.places: dict[tuple[str, str], Place] = {}
        self.unread: set[str] = set()
        self.roles: list[RoleUse] = []
        self.left_out: dict[tuple[str, str], frozenset[Location]] = {}

    def parsed(self) -> Parsed:
        """What was found."""
        problems, unread, roles = tuple(self.problems), frozenset(self.unread), tuple(self.roles)
        return Parsed(self.records, problems, self.places, unread, roles, self.left_out)

    def parse(self) -> None:
        """Take up the records of the document."""
        tree = self.document.tree
        if not isinstance(tree, dict):
            self._nothing()
        elif self.file.is_list:
            lost = any(len(one) == 1 and one[0] not in tree for one in self.document.refused)
            self.unread.update({self.file.type} if lost or not self.document.is_whole else ())
            for id_ in tree:
                self._take(id_, (id_,))
        else:
            self._take(self.file.id, ())

    def _nothing(self) -> None:
        """The file is broken or empty; what refers to its records is right all the same."""
        empty = self.document.tree is None and not self.problems
        if self.file.is_list:
            self.unread.update(() if empty else {self.file.type})
        if self.file.type not in FOLDERS.values():
            return
        self._note_places(self.file.id, ())
        self.unread.update({"misconception", "fact"})
        if empty:
            self.problems.append(Problem(Place(self.file.path), Code.MISSING_KEY, "the file is empty"))

    def _take(self, id_: str, at: Location) -> None:
        try:
            self._judge(id_, at)
        except Exception as error:  # noqa: BLE001 (whatever it is, it costs this record only)
            self.records.pop(id_, None)
            self.problems.append(internal(self.document.place(at, key=True), f'"{id_}"', error))

    def _judge(self, id_: str, at: Location) -> None:
        self._note_places(id_, at)
        record = self._record(id_, at)
        if record is None:
            return
        self.records[id_] = record
        for prose in _texts_in(record) if self.file.type != "source" else ():
            found = examined(prose)
            self.problems += found.problems
            self.roles += found.roles

    def _record(self, id_: str, at: Location) -> Named | None:
        tree = _tree_at(self.document, at)
        if not isinstance(tree, dict):
            is_reported = self.document.refused_in(at) or self.document.replaced_in(at)
            self.problems += () if is_reported else self._no_record(id_, at, tree)
            return None
        record, problems, left_out = validated(self.document, at, {**tree, "@id": id_}, MODELS[self.file.type])
        self.problems += problems
        if left_out:
            self.left_out[self.file.type, id_] = left_out
        return record if at else self._with_page(id_, record)

    def _with_page(self, id_: str, record: Named | None) -> Named | None:
        """The record, when its page can have its name."""
        place = Place(self.file.path)
        if is_reserved(id_):
            self.problems = [one for one in self.problems if one.code is not Code.INVALID_ID or one.place != place]
            message = f'Windows reserves the name "{id_}", so neither the record nor its page can be copied there'
            self.problems.append(Problem(place, Code.RESERVED_NAME, message, "rename the record"))
        if id_ == "index":
            message = '"index" is the name of the page that lists the records'
            self.problems.append(Problem(place, Code.INVALID_ID, message, "rename the file"))
            return None
        if record is not None and record.id != id_:
            message = f'"{id_}" is not in kebab-case'
            self.problems.append(Problem(place, Code.INVALID_ID, message, f'did you mean "{record.id}"?'))
            return None
        return record

    def _no_record(self, id_: str, at: Location, tree: Any) -> Iterator[Problem]:
        form = "has no value" if tree is None else "has the wrong form"
        code = Code.MISSING_KEY if tree is None else Code.WRONG_TYPE
        place = self.document.place(at, key=True)
        yield Problem(place, code, f'"{id_}" {form}', "expected keys and values")

    def _note_places(self, id_: str, at: Location) -> None:
        document, type_ = self.document, self.file.type
        if type_ == "published":  # nothing refers to it
            return
        place = document.place(at, key=True)
        self.places[type_, kebab_case(id_)] = place
        self.places[type_, id_] = place
        tree = _tree_at(document, at)
        for criterion in _keys(tree, "facts") if type_ == "technology" else ():
            self.places["fact", f"{id_}/{criterion}"] = document.place(("facts", criterion), key=True)
        for name in _keys(tree, "misconceptions"):
            self.places["misconception", name] = document.place((*at, "misconceptions", name), key=True)


def _tree_at(document: Document, at: Location) -> Any:
    tree: Any = document.tree
    for step in at:
        tree = tree[step]
    return tree


def _keys(tree: Any, name: str) -> Iterator[str]:
    entries = tree.get(name) if isinstance(tree, dict) else None
    return iter(entries if isinstance(entries, dict) else ())


def _texts_in(value: Any) -> Iterator[Prose]:
    """Every prose text of a record."""
    if isinstance(value, Prose):
        yield value
        return
    inner = vars(value).values() if isinstance(value, Record) else value.values() if isinstance(value, dict) else value
    for one in inner:
        if isinstance(one, _MAY_HOLD_TEXTS):
            yield from _texts_in(one)


_MAY_HOLD_TEXTS = (Prose, Record, dict, tuple)
