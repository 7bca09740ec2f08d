"""A folder of YAML becomes a catalogue and the list of everything that is wrong with it.

First each file becomes records and all that can be found out without the others: :class:`Parsed` follows from the file's path and
content only, so it can be kept until the content changes (see :mod:`.snapshot`). Then the records of all files are put together
and what lies between them is checked.

What is wrong is left out (a field, the entry that needs it, or the record), and the rest is loaded. What is left out is still
known by its id and location, so that nothing that refers to it is reported as well.
"""

import codecs
import gc
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from ..characters import UNDECODED
from ..problems import Code, Place, Problem, bounded, closest, in_order, internal
from .catalogue import Catalogue
from .document import Document, Location, Tree
from .fields import is_reserved, kebab_case, room_of
from .files import FILES, FOLDERS, LISTED, SUFFIX, DataFolder, RecordFile, scan
from .lengths import long_texts
from .model import Comparison, Criterion, Named, Published, Record, Source, Technology
from .pairs import NONE_DERIVED, Derive
from .prose import Prose, RoleUse, examined
from .reader import MAX_VALUES, RECORD, Limits, read, read_records
from .rules import by_name, check
from .sides import found
from .validate import form_of, validated
from .values import with_technologies

MOST_PROBLEMS = 200
"""So many problems of one file are reported."""
_MODELS: Mapping[str, type[Named]] = {
    "criterion": Criterion,
    "source": Source,
    "technology": Technology,
    "comparison": Comparison,
    "published": Published,
}
_OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
"""How files in UTF-16 and UTF-32 begin."""


@dataclass(frozen=True)
class Parsed:
    """What one file holds."""

    records: dict[str, Any] = field(default_factory=dict)
    """The good records by id."""
    problems: list[Problem] = field(default_factory=list)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    """Where each record, fact and misconception stands, broken ones too (see :class:`.Catalogue`)."""
    unread: set[str] = field(default_factory=set)
    """The object types of which some ids are not known, because the file could not be read."""
    roles: list[RoleUse] = field(default_factory=list)
    """What the texts refer to."""
    left_out: dict[tuple[str, str], frozenset[Location]] = field(default_factory=dict)
    """By object type and id where something that was wrong is not in the record."""


def content_digest(content: bytes | Problem) -> str:
    """The digest of the bytes of a file, or of the problem with which they cannot be read."""
    return blake2b(content if isinstance(content, bytes) else repr(content).encode(), digest_size=12).hexdigest()


def parse(file: RecordFile, content: bytes | Problem | None = None) -> Parsed:
    """Judge the records of a file one by one."""
    document, problems = _document_of(file, file.content() if content is None else content)
    broken = {one.place.line for one in problems if one.code is Code.YAML_SYNTAX}
    again: dict[int, deque[Problem]] = {}
    for one in problems:
        if one.code is Code.DUPLICATE_KEY:
            again.setdefault(one.place.line, deque()).append(one)
    parser = _Parser(file, document, Parsed(problems=problems), broken, again, set())
    parser.parse()
    problems[:] = (one for one in problems if id(one) not in parser.told)
    return parser.parsed


def _document_of(file: RecordFile, content: bytes | Problem) -> tuple[Document, list[Problem]]:
    """The YAML of a file; the tree is ``None`` when that fails or there is nothing in it."""
    if isinstance(content, bytes) and (content.startswith(_OTHER_ENCODINGS) or b"\0" in content[:4]):
        content = Problem(Place(file.path), Code.UNREADABLE_FILE, "the file is UTF-16 or UTF-32", "save it as UTF-8")
    if not isinstance(content, bytes):
        return Document(file.path, None), [content]
    limits = RECORD
    if file.is_list:
        limits = Limits(top=MAX_VALUES)
    elif file.type == "published":  # as many ids as the site needs
        limits = Limits(below=MOST_PUBLISHED)
    try:
        text = content.decode("utf-8-sig", errors=UNDECODED)
        document, problems = read(file.path, text, limits)
        if file.is_list and problems and document.tree is None:
            document, problems = read_records(file.path, text, limits)
    except Exception as error:  # noqa: BLE001 (whatever it is, it costs this file only)
        return Document(file.path, None), [internal(Place(file.path), "the file", error)]
    if document.tree is not None and not isinstance(document.tree, dict):
        message = "expected keys and values at the top of the file"
        problems.append(Problem(document.place(()), Code.WRONG_TYPE, message))
    return document, problems


MOST_PUBLISHED = 50_000
"""So many ids of a kind are published, and so many redirects are there: each may be a page."""
ROOM_OF_CRITERIA = 4_000_000
"""So much room the criteria have together: they stand on one page, which takes gigabytes as a PDF with more."""
ROOM_OF_CRITERION, ROOM_OF_ENTRY = 300, 100
"""So much room one takes beside its texts, and each entry within its fields, such as a value."""
_SURELY_KEYS = 2
"""So many keys of a record in the place of ids are no slip."""


class _Parser(NamedTuple):
    """One run over the document of a file."""

    file: RecordFile
    document: Document
    parsed: Parsed
    broken: Set[int]
    """The lines with broken YAML."""
    again: Mapping[int, deque[Problem]]
    """By line the keys that are there twice."""
    told: set[int]
    """Those problems of keys, by what :func:`id` says, that another problem tells."""

    def parse(self) -> None:
        """Add the records of the document; what refers to those of a broken or empty file is right all the same."""
        file, document, parsed, tree = self.file, self.document, self.parsed, self.document.tree
        if isinstance(tree, dict) and not file.is_list:
            self._add(file.id, (), tree)
        elif isinstance(tree, dict):
            again = (one.code is Code.DUPLICATE_KEY and one.place.column == 1 for one in parsed.problems)
            lost = (len(one) == 1 and one[0] not in tree for one in document.faults)
            merged = (
                is_kept is None and one and one[1:] == _first_key(tree.get(str(one[0])))
                for one, is_kept in document.faults.items()
            )
            if not document.is_whole or any(again) or any(lost) or any(merged):
                parsed.unread.add(file.type)
            astray = self._astray(tree)
            kept = [id_ for id_ in tree if id_ not in astray]
            for id_ in self._with_room(tree, kept) if file.type == "criterion" else kept:
                self._add(id_, (id_,), tree[id_])
        else:
            is_empty = tree is None and not parsed.problems
            if file.is_list and not is_empty:
                parsed.unread.add(file.type)
            if file.type in FOLDERS.values():
                self._note_places(file.type, file.id, (), None)
                parsed.unread.update({"misconception", "fact"})
                if is_empty:
                    parsed.problems.append(
                        Problem(
                            Place(file.path),
                            Code.MISSING_KEY,
                            "the file is empty",
                            "write the record, or remove the file",
                        )
                    )

    def _with_room(self, tree: Mapping[str, Tree], ids: list[str]) -> list[str]:
        """The first criteria, as many as have room on one page; others are reported."""
        left = ROOM_OF_CRITERIA
        for number, id_ in enumerate(ids):
            left -= ROOM_OF_CRITERION + _room_in(tree[id_])
            if left < 0:
                message = f"too many criteria, or too much text in them: this one and those below it are left out ({len(ids) - number:,})"
                hint = f"expected at most {ROOM_OF_CRITERIA:,} characters in all of them"
                place = self.document.place((id_,), key=True)
                self.parsed.problems.append(Problem(place, Code.TOO_LARGE, message, hint))
                self.parsed.unread.add(self.file.type)
                return ids[:number]
        return ids

    def _astray(self, tree: dict[str, Any]) -> list[str]:
        """The keys of a record that stand where ids are: it has lost its id, or they are not indented. They are one problem."""
        fields = _MODELS[self.file.type].model_fields
        before = [*takewhile(lambda key: key not in fields or isinstance(tree[key], dict), tree)]
        astray = [*takewhile(lambda key: key in fields, [*tree][len(before) :])]
        if len(astray) < _SURELY_KEYS:
            return []
        message = f'"{astray[0]}" and {len(astray) - 1} more are keys of a record'
        hint = f'indent them, to make them keys of "{before[-1]}"' if before else "write its id and a colon above them"
        self.parsed.problems.append(
            Problem(self.document.place((astray[0],), key=True), Code.UNKNOWN_KEY, message, hint)
        )
        self.parsed.unread.add(self.file.type)
        return [*before[-1:], *astray]

    def _add(self, id_: str, at: Location, tree: Any) -> None:
        """Add a record, and what is found in its texts."""
        problems = self.parsed.problems
        try:
            type_ = _type_by_keys(self.file.type, tree)
            self._note_places(type_, id_, at, tree)
            if type_ != self.file.type:
                problems.append(_misplaced(self.document.place(at, key=True), id_, type_))
                if not at and type_ in LISTED:
                    self.parsed.unread.add(type_)
            elif record := self._record(id_, at, tree):
                for prose in _texts_in(record):
                    found = examined(prose)
                    problems += found.problems
                    self.parsed.roles.extend(found.roles)
                problems += long_texts(record, lambda within: self.document.place((*at, *within)))
                self.parsed.records[id_] = record
        except Exception as error:  # noqa: BLE001 (whatever it is, it costs this record only)
            problems.append(internal(self.document.place(at, key=True), f'"{id_}"', error))

    def _record(self, id_: str, at: Location, tree: Any) -> Named | None:
        document, type_ = self.document, self.file.type
        if not isinstance(tree, dict):
            if not document.faults_in(at) and not self._has_broken_fields(at, tree):
                code, form = (Code.MISSING_KEY, "has no value") if tree is None else (Code.WRONG_TYPE, form_of(tree))
                place, hint, above = document.place(at, key=True), "expected keys and values", list[str]()
                if (
                    isinstance(document.tree, dict) and id_ in _MODELS[type_].model_fields
                ):  # it may be a key of the record above it
                    above = [*takewhile(lambda name: name != id_, document.tree)]
                hint = f'indent it, to make it a key of "{above[-1]}"' if above else hint
                self.parsed.problems.append(Problem(place, code, f'"{id_}" {form}', hint))
            return None
        record, problems, left_out = validated(document, at, {**tree, "@id": id_}, _MODELS[type_])
        problems = [self._indented_id(one) for one in problems] if at else problems
        if left_out:
            self.parsed.left_out[type_, id_] = left_out
        if at:
            self.parsed.problems.extend(problems)
            return record
        return self._with_page(id_, record, problems)

    def _has_broken_fields(self, at: Location, tree: Any) -> bool:
        """Whether the fields of a record are broken YAML in the line below its id, which is reported."""
        line = self.document.place(at, key=True).line + 1
        return tree is None and line in self.broken

    def _indented_id(self, problem: Problem) -> Problem:
        """A problem; that of a key which begins another record, whose fields are there twice then, says so."""
        if problem.code is not Code.UNKNOWN_KEY:
            return problem
        if not (below := self.again.get(problem.place.line + 1)):
            return problem
        self.told.add(id(below.popleft()))
        self.parsed.unread.add(self.file.type)
        id_ = problem.message.split('"')[1]
        return replace(problem, message=f'the id "{id_}" is indented', hint="begin it in the first column")

    def _with_page(self, id_: str, record: Named | None, problems: list[Problem]) -> Named | None:
        """The record, when its page can have its name."""
        place = Place(self.file.path)
        usual = kebab_case(id_)
        problems = [
            replace(one, place=place, hint=f'rename the file to "{usual}{SUFFIX}"')
            if usual and one.code is Code.INVALID_ID and one.message == f'"{id_}" is not in kebab-case'
            else one
            for one in problems
        ]
        if is_reserved(id_):
            problems = [one for one in problems if one.code is not Code.INVALID_ID or one.place != place]
            message = f'Windows reserves the name "{id_}", so neither the record nor its page can be copied there'
            problems.append(Problem(place, Code.RESERVED_NAME, message, "rename the record"))
        if id_ == "index":
            message = '"index" is the name of the page that lists the records'
            problems.append(Problem(place, Code.INVALID_ID, message, "rename the file"))
            record = None
        elif record is not None and record.id != id_:
            hint = f'rename the file to "{record.id}{SUFFIX}"'
            problems.append(Problem(place, Code.INVALID_ID, f'"{id_}" is not in kebab-case', hint))
            record = None
        self.parsed.problems.extend(problems)
        return record

    def _note_places(self, type_: str, id_: str, at: Location, tree: Any) -> None:
        document, places = self.document, self.parsed.places
        if type_ == "published":  # nothing refers to it
            return
        usual = kebab_case(id_)
        places[type_, usual] = places[type_, id_] = document.place(at, key=True)
        for key, name in _keys(tree, "facts") if type_ == "technology" else ():
            place = document.place((key, name), key=True)
            for criterion in (name, kebab_case(name)):
                places["fact", f"{usual}/{criterion}"] = place
        for key, name in () if type_ in LISTED else _keys(tree, "misconceptions"):
            place = document.place((*at, key, name), key=True)
            places["misconception", name] = places["misconception", kebab_case(name)] = place


def _type_by_keys(type_: str, tree: Any) -> str:
    """The object type of a record by its keys: that of its file, unless two or more of them are of another type only.

    A list of records in the place of one has the object type of the first of them.
    """
    if not isinstance(tree, dict):
        return type_
    if type_ in FOLDERS.values() and tree and all(isinstance(one, dict) for one in tree.values()):
        first = next(iter(tree.values())).keys()
        listed = {name: len(first - _MODELS[name].model_fields.keys()) for name in LISTED}
        likely = min(listed, key=lambda name: listed[name])
        return type_ if listed[likely] or tree.keys() & _MODELS[type_].model_fields.keys() else likely
    if len(tree.keys() - _MODELS[type_].model_fields.keys()) < 2:
        return type_
    strange = {name: len(tree.keys() - model.model_fields.keys()) for name, model in _MODELS.items()}
    likely = min(strange, key=lambda name: (strange[name], name != type_))
    return likely if strange[type_] >= 2 + 2 * strange[likely] else type_


def _room_in(tree: Tree, around: int = 0) -> int:
    """The room of the texts in a record, and of its entries; ``around`` is that of an entry here."""
    if isinstance(tree, dict | list):
        inner = tree.values() if isinstance(tree, dict) else tree
        return sum(around + _room_in(one, ROOM_OF_ENTRY) for one in inner)
    return room_of(tree) if tree else 0


def _first_key(tree: Tree) -> tuple[str, ...]:
    return (*tree,)[:1] if isinstance(tree, dict) else ("",)


def _misplaced(place: Place, id_: str, type_: str) -> Problem:
    folder = next((name for name, one in FOLDERS.items() if one == type_), "")
    target = f"{folder}/{id_}{SUFFIX}" if folder else next(name for name, one in FILES.items() if one == type_)
    return Problem(place, Code.UNEXPECTED_FILE, f'"{id_}" is a {type_}, by its keys', f'move it to "{target}"')


def _keys(tree: Any, name: str) -> Iterator[tuple[str, str]]:
    """The keys in a mapping of a record, each with that of the mapping, which may be misspelt."""
    if not isinstance(tree, dict):
        return
    odd = tree.keys() - Technology.model_fields.keys() - Comparison.model_fields.keys() if name not in tree else ()
    meant = next((key for key in odd if closest(key, [name])), name)
    entries = tree.get(meant)
    for key in entries if isinstance(entries, dict) else ():
        yield meant, key


def _texts_in(value: Any) -> Iterator[Prose]:
    """Every prose text of a record."""
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, Record | dict | tuple):
        inner = vars(value) if isinstance(value, Record) else value
        for one in inner.values() if isinstance(inner, dict) else inner:
            yield from _texts_in(one)


# -- the folder -------------------------------------------------------------------------------------------------------------


class Loaded(NamedTuple):
    """What came out of a folder."""

    catalogue: Catalogue
    problems: list[Problem]


def load(folder: str | os.PathLike[str], *, derive: Derive = NONE_DERIVED) -> Loaded:
    """Read the whole data folder; all problems come back, sorted by file and line.

    Which pairs are derived matters here because texts of records may refer to them.
    """
    return assemble(scan(Path(folder)), parse, derive)


def assemble(
    folder: DataFolder,
    parsed: Callable[[RecordFile], Parsed],
    derive: Derive,
    content: Callable[[RecordFile], bytes | Problem] = RecordFile.content,
) -> Loaded:
    """The catalogue of all files, checked; ``parsed`` gives what a file holds, ``content`` its bytes."""
    was_on = gc.isenabled()
    gc.disable()  # many records are made, none of them in a cycle, and each few hundred would be searched for cycles
    try:
        return _assembled(folder, [(file.type, parsed(file)) for file in folder.files], derive, content)
    finally:
        if was_on:
            gc.enable()


def _assembled(
    folder: DataFolder,
    files: Sequence[tuple[str, Parsed]],
    derive: Derive,
    content: Callable[[RecordFile], bytes | Problem],
) -> Loaded:
    records: dict[str, dict[str, Any]] = {type_: {} for type_ in _MODELS}
    places = {(one.meant[0], kebab_case(one.meant[1])): one.problem.place for one in folder.unused if one.meant}
    unread = {type_ for one in folder.unused for type_ in one.unread}
    problems = [*dict.fromkeys(one.problem for one in folder.unused)]
    for type_, file in files:
        records[type_].update(file.records)
        places.update(file.places)
        unread |= file.unread
        problems += file.problems
    records["criterion"] = with_technologies(records["criterion"], records["technology"])
    asked = found(records["comparison"], records["technology"], records["criterion"])
    for id_, one in asked.items():
        records["comparison"][id_] = records["comparison"][id_].model_copy(update={"technologies": one.sides})
    catalogue = Catalogue(
        criteria=records["criterion"],
        sources=records["source"],
        technologies=records["technology"],
        comparisons=records["comparison"],
        apart={id_: one.apart for id_, one in asked.items() if one.apart},
        places=places,
        unread=frozenset(unread),
        derive=derive,
        published=records["published"].get("published"),
        left_out={key: locations for _, file in files for key, locations in file.left_out.items()},
    )
    document_of = cache(lambda file: _document_of(file, content(file))[0])  # only what is wrong needs a place

    def place(at: Location, *, key: bool = False, word: str = "") -> Place:
        file = folder.file_of(str(at[0]), str(at[1]))
        within = at[1:] if file.is_list else at[2:]
        return document_of(file).place(within, key=key, word=word)

    catalogue, between = check(catalogue, place, (role for _, file in files for role in file.roles), folder.images)
    told = bounded(in_order([*problems, *between]), MOST_PROBLEMS)
    return Loaded(catalogue, [by_name(catalogue, problem) for problem in told])
