"""A made-up catalogue of any size, the same one every time: a technology for every four comparisons.

The sizes are those of this project's own records: thirteen facts with notes, dates and sources, three misconceptions,
sources with quotations, twelve rows in groups, three reasoned conditions per side.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sphinx_versus.catalogue.lengths import LONGEST

from .words import Writer, fitting, invented

Record = dict[str, Any]

PER_KIND = 20
"""Technologies of a kind; each is compared with the next four of its kind."""
COMPARED = 4
VOCABULARY = 6000
"""Different words in the texts; the names of technologies are further ones."""
GROUPS = {"Scope": range(4), "Operation": range(4, 8), "Project": range(8, 12)}
"""The rows of every comparison; those of the last group are shared by all kinds."""

ALONE = "aspect-12"
"""A criterion that no comparison asks: only the page of a technology shows its answer."""


class Maker:
    """Makes the records; each depends on its own number only, so a larger catalogue begins like a smaller one."""

    def __init__(self, pages: int) -> None:
        self.writer = Writer.of(VOCABULARY)
        number = pages // (COMPARED + 1)
        self.names = [word.capitalize() for word in invented(number, start=VOCABULARY)]

    def kinds(self) -> list[list[int]]:
        """The numbers of the technologies by kind; the last kind takes what would be too few for one of its own."""
        whole = max(len(self.names) // PER_KIND, 1)
        limits = [*(PER_KIND * kind for kind in range(whole)), len(self.names)]
        return [list(range(*limit)) for limit in itertools.pairwise(limits)]

    def criteria(self) -> Iterator[tuple[str, Record]]:
        """Eight criteria of each kind, and five for all."""
        for kind in range(len(self.kinds())):
            for row in range(13):
                if kind == 0 or row < 8:
                    yield self.criterion_id(kind, row), self._criterion(kind, row)

    def criterion_id(self, kind: int, row: int) -> str:
        """The criterion of a row."""
        return f"aspect-{row}" if row >= 8 else f"kind-{kind}-aspect-{row}"

    def _criterion(self, kind: int, row: int) -> Record:
        chance = random.Random(self.criterion_id(kind, row))
        record = {
            "name": self.writer.phrase(chance, 2).capitalize() + f" {row}",
            "definition": self.writer.text(chance, 1, 14),
            "group": next((title for title, rows in GROUPS.items() if row in rows), "Project"),
        }
        return record | {5: {"type": "yes-no"}, 6: {"type": "number", "unit": "MB"}, 8: {"type": "date"}}.get(row, {})

    def technology(self, kind: int, number: int) -> tuple[str, Record]:
        """One side of four to eight comparisons."""
        chance, name = random.Random(f"technology {number}"), self.names[number]
        id_ = name.lower()
        record = {
            "name": name,
            "kind": f"kind-{kind}",
            "summary": self.writer.text(chance, 2, 15),
            "homepage": f"https://example.org/{id_}/",
            "synonyms": [self.writer.phrase(chance, 2) for _ in range(3)],
            "sources": [f"{id_}-source-0"],
            "facts": {self.criterion_id(kind, row): self._fact(chance, id_, row) for row in range(13)},
            "misconceptions": {f"{id_}-myth-{one}": self._misconception(chance, id_) for one in range(3)},
        }
        return id_, record

    def _fact(self, chance: random.Random, id_: str, row: int) -> Record:
        typed = {5: chance.choice(["yes", "partial", "no"]), 6: str(chance.randint(1, 90)), 8: "2012-05"}
        value = typed.get(row) or self.writer.phrase(chance, 3).capitalize()
        fact = {"value": value, "note": self.writer.text(chance, 1, 17), "sources": self._cited(chance, id_, 2)}
        return {**fact, "as_of": "2026-04", "version": f"3.{number(id_)}"}

    def _cited(self, chance: random.Random, id_: str, most: int) -> list[str]:
        return [f"{id_}-source-{one}" for one in sorted(chance.sample(range(10), chance.randint(1, most)))]

    def _misconception(self, chance: random.Random, id_: str) -> Record:
        return {
            "claim": self.writer.sentence(chance, 8).replace("`", "").replace("*", ""),
            "correction": f"{self.writer.short_sentence(chance, 15, LONGEST['first sentence'])} {self.writer.text(chance, 3, 15)}",
            "why_believed": self.writer.text(chance, 1, 17),
            "sources": self._cited(chance, id_, 3),
        }

    def sources(self, id_: str) -> Iterator[tuple[str, Record]]:
        """What is known of a technology rests on these."""
        for one in range(10):
            chance = random.Random(f"source {id_} {one}")
            yield (
                f"{id_}-source-{one}",
                {
                    "title": self.writer.phrase(chance, 5).capitalize(),
                    "publisher": f"The {id_.capitalize()} project",
                    "url": f"https://example.org/{id_}/documents/{one}",
                    "kind": "primary",
                    "accessed": "2026-11-01",
                    "edition": "copy of 3 November 2026",
                    "quote": self.writer.sentence(chance, 15),
                },
            )

    def comparison(self, kind: int, sides: tuple[str, str]) -> tuple[str, Record]:
        """Two technologies of a kind."""
        id_ = "-vs-".join(sides)
        chance = random.Random(id_)
        groups = [
            {"group": title, "rows": [self.criterion_id(kind, row) for row in rows]} for title, rows in GROUPS.items()
        ]
        conditions = {side: [self._condition(chance, kind) for _ in range(3)] for side in sides}
        record = {
            "technologies": list(sides),
            "relation": "alternatives",
            "summary": self.writer.text(chance, 3, 15),
            "criteria": groups,
            "verdict": {"summary": self.writer.text(chance, 2, 18), "choose": conditions},
            "reviewed": "2026-11-22",
        }
        return id_, record

    def _condition(self, chance: random.Random, kind: int) -> Record:
        because = [self.criterion_id(kind, row) for row in sorted(chance.sample(range(12), 2))]
        return {"when": fitting(f"you want {self.writer.phrase(chance, 13)}", LONGEST["reason"]), "because": because}


def number(id_: str) -> int:
    """A small number that follows from a name."""
    return sum(id_.encode()) % 10


def write_catalogue(folder: Path, pages: int) -> None:
    """The data folder of a catalogue whose records make so many pages."""
    maker = Maker(pages)
    sources: Record = {}
    for kind, numbers in enumerate(maker.kinds()):
        ids = [maker.names[one].lower() for one in numbers]
        for one, id_ in zip(numbers, ids, strict=True):
            sources.update(maker.sources(id_))
            write_one(folder / "technologies", *maker.technology(kind, one))
        for place, id_ in enumerate(ids):
            for step in range(1, COMPARED + 1):
                write_one(folder / "comparisons", *maker.comparison(kind, (id_, ids[(place + step) % len(ids)])))
    write_one(folder, "criteria", dict(maker.criteria()))
    write_one(folder, "sources", sources)


def write_one(folder: Path, name: str, record: Record) -> None:
    """A record in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    write_record(folder / f"{name}.yaml", record)


def write_record(path: Path, record: Record) -> None:
    """A record as YAML."""
    text = yaml.dump(record, Dumper=yaml.CSafeDumper, sort_keys=False, width=110, allow_unicode=True)
    path.write_text(text, encoding="utf-8")
