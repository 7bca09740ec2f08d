"""A folder of YAML becomes a catalogue and the list of everything that is wrong with it.

A broken record is left out, a broken entry of a keyed list (a fact, a source …) alone; the rest is loaded.
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

LISTS: Mapping[str, type[Named]] = {"criteria.yaml": Criterion, "sources.yaml": Source}
FOLDERS: Mapping[str, type[Named]] = {"technologies": Technology, "comparisons": Comparison}


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

    def load(self) -> Loaded:
        criteria = self._list("criteria.yaml", Criterion)
        sources = self._list("sources.yaml", Source)
        technologies = self._folder("technologies", Technology)
        comparisons = self._folder("comparisons", Comparison)
        self._unexpected()
        catalogue = Catalogue(criteria, sources, technologies, comparisons, dict(self._places()))
        catalogue, found = check(catalogue, self._place)
        return Loaded(catalogue, in_order([*self.problems, *found]))

    def _document(self, path: Path) -> Document:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(Problem(Place(str(path)), Code.UNREADABLE_FILE, f"cannot be read: {error}"))
            return Document(str(path), None)
        document, problems = read(str(path), text)
        self.problems += problems
        if document.tree is None and not problems:
            self.problems.append(Problem(Place(str(path)), Code.MISSING_KEY, "the file is empty"))
        return document

    def _list(self, name: str, model: type[R]) -> dict[str, R]:
        """A file that holds many records by id."""
        path = self.root / name
        if not path.is_file():
            return {}
        document = self._document(path)
        if not isinstance(document.tree, dict):
            self._not_a_mapping(document)
            return {}
        entries = ((key, self._record(document, (key,), key, model)) for key in document.tree)
        return {key: entry for key, entry in entries if entry}

    def _folder(self, name: str, model: type[R]) -> dict[str, R]:
        """A folder with one record a file."""
        records = {}
        for path in sorted((self.root / name).glob("*.yaml")):
            document = self._document(path)
            if not isinstance(document.tree, dict):
                self._not_a_mapping(document)
            elif record := self._record(document, (), path.stem, model):
                records[path.stem] = record
        return records

    def _not_a_mapping(self, document: Document) -> None:
        if document.tree is not None:
            message = "expected keys and values at the top of the file"
            self.problems.append(Problem(document.place(()), Code.WRONG_TYPE, message))

    def _record(self, document: Document, at: Location, id_: str, model: type[R]) -> R | None:
        tree: Any = document.tree
        for step in at:
            tree = tree[step]
        if not isinstance(tree, dict):
            self.problems.append(Problem(document.place(at), Code.WRONG_TYPE, f'"{id_}" has no keys and values'))
            return None
        self.documents[TYPES[model], id_] = (document, at)
        record, problems = validated(document, at, {**tree, "@id": id_}, model)
        self.problems += problems
        return record

    def _unexpected(self) -> None:
        known = {self.root / name for name in LISTS}
        for path in sorted([*self.root.rglob("*.yaml"), *self.root.rglob("*.yml")]):
            folder = path.parent
            in_place = folder.parent == self.root and folder.name in FOLDERS and path.suffix == ".yaml"
            if path not in known and not in_place:
                self.problems.append(Problem(Place(str(path)), Code.UNEXPECTED_FILE, *_expected(path, self.root)))

    def _place(self, type_: str, id_: str, location: Location = (), *, key: bool = False) -> Place:
        document, at = self.documents[type_, id_]
        return document.place((*at, *location), key=key)

    def _places(self) -> Iterator[tuple[tuple[str, str], Place]]:
        for (type_, id_), (document, at) in self.documents.items():
            yield (type_, id_), document.place(at, key=True)
            tree: Any = document.tree if not at else {}
            for criterion in _keys(tree.get("facts")) if type_ == "technology" else ():
                yield ("fact", f"{id_}/{criterion}"), document.place(("facts", criterion), key=True)
            for name in _keys(tree.get("misconceptions")):
                yield ("misconception", name), document.place(("misconceptions", name), key=True)


TYPES: Mapping[type[Named], str] = {
    Criterion: "criterion",
    Source: "source",
    Technology: "technology",
    Comparison: "comparison",
}


def _keys(tree: Any) -> Iterator[str]:
    return iter(tree if isinstance(tree, dict) else ())


def _expected(path: Path, root: Path) -> tuple[str, str]:
    if path.suffix == ".yml":
        return f'"{path.name}" does not end in .yaml', f'rename it to "{path.stem}.yaml"'
    if path.parent == root:
        return f'"{path.name}" is not a file of the catalogue', nearest(path.name, LISTS)
    return f'"{path.parent.name}" is not a folder of the catalogue', nearest(path.parent.name, FOLDERS)
