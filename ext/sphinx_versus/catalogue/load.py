"""A folder of YAML becomes a catalogue and the list of everything that is wrong with it.

A broken record is left out, a broken entry of a keyed list (a fact, a source …) alone; the rest is loaded. What is broken is
still known by its id, so that nothing that refers to it is reported as well.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ..problems import Code, Place, Problem, in_order, nearest
from .catalogue import Catalogue
from .check import check
from .model import Comparison, Criterion, Named, Source, Technology
from .read import Document, Location, read
from .validate import R, validated
from .values import kebab_case

LISTS: Mapping[str, type[Named]] = {"criteria.yaml": Criterion, "sources.yaml": Source}
FOLDERS: Mapping[str, type[Named]] = {"technologies": Technology, "comparisons": Comparison}
TYPES: Mapping[type[Named], str] = {
    Criterion: "criterion",
    Source: "source",
    Technology: "technology",
    Comparison: "comparison",
}


class Loaded(NamedTuple):
    """What came out of a folder."""

    catalogue: Catalogue
    problems: list[Problem]


def load(folder: str | os.PathLike[str]) -> Loaded:
    """Read the whole data folder; all problems come back, sorted by file and line."""
    root = Path(folder)
    if not root.is_dir():
        hint = "expected a folder with criteria.yaml, sources.yaml, technologies/ and comparisons/"
        missing = Problem(Place(str(folder)), Code.NO_CATALOGUE, f'there is no folder "{folder}"', hint)
        return Loaded(Catalogue(), [missing])
    return _Loader(root).load()


class _Loader:
    """One run over a data folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.documents: dict[tuple[str, str], tuple[Document, Location]] = {}
        self.unread: set[str] = set()
        """The object types of which some ids could not be read."""
        self.misplaced: dict[tuple[str, str], Place] = {}
        """What was probably meant by the name of a file that is left out."""

    def load(self) -> Loaded:
        criteria = self._list("criteria.yaml", Criterion)
        sources = self._list("sources.yaml", Source)
        technologies = self._folder("technologies", Technology)
        comparisons = self._folder("comparisons", Comparison)
        self._unexpected()
        places = {**self.misplaced, **dict(self._places())}
        unread = frozenset(self.unread)
        catalogue = Catalogue(criteria, sources, technologies, comparisons, places, unread)
        catalogue, found = check(catalogue, self._place)
        return Loaded(catalogue, in_order([*self.problems, *found]))

    # -- files

    def _list(self, name: str, model: type[R]) -> dict[str, R]:
        """A file that holds many records by id; it may be absent or empty."""
        path = self.root / name
        if not os.path.lexists(path):
            return {}
        document = self._document(path)
        if not isinstance(document.tree, dict):
            if not self._is_empty(document):
                self.unread.add(TYPES[model])
            return {}
        entries = ((key, self._record(document, (key,), key, model)) for key in document.tree)
        return {key: entry for key, entry in entries if entry}

    def _folder(self, name: str, model: type[R]) -> dict[str, R]:
        """A folder with one record a file."""
        records = {}
        for path in sorted((self.root / name).glob("[!.]*.yaml")):
            document = self._document(path)
            if isinstance(document.tree, dict):
                if record := self._record(document, (), path.stem, model):
                    records[path.stem] = record
                continue
            self.documents[TYPES[model], path.stem] = (document, ())
            self.unread.update({"misconception", "fact"})
            if self._is_empty(document):
                self.problems.append(Problem(Place(str(path)), Code.MISSING_KEY, "the file is empty"))
        return records

    def _is_empty(self, document: Document) -> bool:
        return document.tree is None and all(problem.place.path != document.path for problem in self.problems)

    def _document(self, path: Path) -> Document:
        """Read a file; the tree is ``None`` when that fails or there is nothing in it."""
        try:
            content = path.read_bytes()
            text = content.decode("utf-8-sig")
        except OSError as error:
            problem = Problem(Place(str(path)), Code.UNREADABLE_FILE, f"cannot be read: {error.strerror}")
        except UnicodeDecodeError as error:
            problem = _not_utf8(path, error)
        else:
            document, problems = read(str(path), text)
            self.problems += problems
            if document.tree is not None and not isinstance(document.tree, dict):
                message = "expected keys and values at the top of the file"
                self.problems.append(Problem(document.place(()), Code.WRONG_TYPE, message))
            return document
        self.problems.append(problem)
        return Document(str(path), None)

    def _unexpected(self) -> None:
        """YAML files that nothing reads; hidden files are an editor's own."""
        for path in sorted(self.root.rglob("[!.]*")):
            parts = path.relative_to(self.root).parts
            if path.suffix.lower() not in {".yaml", ".yml"} or any(part.startswith(".") for part in parts):
                continue
            if len(parts) == 1 and path.name in LISTS:
                continue
            if len(parts) == 2 and parts[0] in FOLDERS and path.suffix == ".yaml":
                continue
            self.problems.append(Problem(Place(str(path)), Code.UNEXPECTED_FILE, *_expected(path, parts)))
            self._note_misplaced(path, parts)

    def _note_misplaced(self, path: Path, parts: tuple[str, ...]) -> None:
        if parts[0] in FOLDERS:
            self.misplaced[TYPES[FOLDERS[parts[0]]], kebab_case(path.stem)] = Place(str(path))
            self.unread.update({"misconception", "fact"})
        elif (name := f"{path.stem.lower()}.yaml") in LISTS:
            self.unread.add(TYPES[LISTS[name]])

    # -- records

    def _record(self, document: Document, at: Location, id_: str, model: type[R]) -> R | None:
        self.documents[TYPES[model], id_] = (document, at)
        tree = _tree_at(document, at)
        if not isinstance(tree, dict):
            form = "has no value" if tree is None else "has the wrong form"
            code = Code.MISSING_KEY if tree is None else Code.WRONG_TYPE
            problem = Problem(document.place(at, key=True), code, f'"{id_}" {form}', "expected keys and values")
            self.problems.append(problem)
            return None
        record, problems = validated(document, at, {**tree, "@id": id_}, model)
        self.problems += problems
        if id_ == "index" and not at:
            message = '"index" is the name of the page that lists the records'
            self.problems.append(Problem(Place(document.path), Code.INVALID_ID, message, "rename the file"))
            return None
        return record

    def _place(self, type_: str, id_: str, location: Location = (), *, key: bool = False) -> Place:
        document, at = self.documents[type_, id_]
        return document.place((*at, *location), key=key)

    def _places(self) -> Iterator[tuple[tuple[str, str], Place]]:
        for (type_, id_), (document, at) in self.documents.items():
            place = document.place(at, key=True)
            yield (type_, kebab_case(id_)), place
            yield (type_, id_), place
            tree = _tree_at(document, at)
            for criterion in _keys(tree, "facts") if type_ == "technology" else ():
                yield ("fact", f"{id_}/{criterion}"), document.place(("facts", criterion), key=True)
            for name in _keys(tree, "misconceptions"):
                yield ("misconception", name), document.place((*at, "misconceptions", name), key=True)


def _tree_at(document: Document, at: Location) -> Any:
    tree: Any = document.tree
    for step in at:
        tree = tree[step]
    return tree


def _keys(tree: Any, name: str) -> Iterator[str]:
    entries = tree.get(name) if isinstance(tree, dict) else None
    return iter(entries if isinstance(entries, dict) else ())


def _not_utf8(path: Path, error: UnicodeDecodeError) -> Problem:
    before = error.object[: error.start]
    line = before.rpartition(b"\n")[2].decode("utf-8-sig")
    place = Place(str(path), before.count(b"\n") + 1, len(line) + 1)
    message = f"the byte 0x{error.object[error.start]:02x} is not UTF-8"
    return Problem(place, Code.UNREADABLE_FILE, message, "save the file as UTF-8")


def _expected(path: Path, parts: tuple[str, ...]) -> tuple[str, str]:
    if path.suffix != ".yaml":
        return f'"{path.name}" does not end in ".yaml"', f'rename it to "{path.stem}.yaml"'
    if len(parts) == 1:
        return f'"{path.name}" is not a file of the catalogue', nearest(path.name, LISTS)
    if parts[0] in FOLDERS:
        return f'"{path.name}" lies in a folder below "{parts[0]}"', "records lie side by side"
    return f'"{parts[0]}" is not a folder of the catalogue', nearest(parts[0], FOLDERS)
