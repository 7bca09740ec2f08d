"""Catalogues with many sides or many criteria, in the shapes of data that the world has; the same ones every time.

All sides are in one round-up, which asks all criteria. Every second answer is from an enumeration of four, yes or no, or a
number, as answers of many technologies are; one in twelve is unknown, and as many are not assessed.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .catalogue import Record, write_one
from .words import Writer, invented

VOCABULARY = 3000
SOURCES = 10
"""Sources of each technology."""
PER_GROUP = 8
"""Criteria of a group."""
TYPES: tuple[Record, ...] = ({"type": "yes-no"}, {}, {"type": "number", "unit": "MB"}, {}, {"type": "yes-no"})
"""The types of criteria, over and over: text of a few words is the second, one of four values the fourth."""


@dataclass(frozen=True)
class Shape:
    """How many criteria there are, into how many kinds the technologies fall, and whether each answer has a comment."""

    criteria: int
    kinds: int = 1
    has_notes: bool = True


CITED, LONG, PAIRED = Shape(39), Shape(300), Shape(59, kinds=5)
"""47 technologies of the first, 14 of the second and 145 of the third are what was met; the last makes 2,030 pairs."""


class Maker:
    """Makes the records of a shape."""

    def __init__(self, shape: Shape, sides: int) -> None:
        self.shape, self.writer = shape, Writer.of(VOCABULARY)
        self.names = [word.capitalize() for word in invented(sides, start=VOCABULARY)]

    def criteria(self) -> Iterator[tuple[str, Record]]:
        """The vocabulary; the groups have eight criteria each."""
        for at in range(self.shape.criteria):
            chance = random.Random(f"criterion {at}")
            name = self.writer.phrase(chance, 2).capitalize()
            record = {
                "name": f"{name} {at}",
                "definition": self.writer.text(chance, 1, 14),
                "group": self.group(at),
            }
            yield f"aspect-{at}", record | TYPES[at % len(TYPES)]

    def group(self, criterion: int) -> str:
        """The group of a criterion."""
        return f"Part {criterion // PER_GROUP + 1}"

    def technology(self, number: int) -> Record:
        """A technology with an answer to almost all criteria."""
        name, chance = self.names[number], random.Random(f"technology {number}")
        facts = {f"aspect-{at}": fact for at in range(self.shape.criteria) if (fact := self._fact(chance, name, at))}
        kind = f"kind-{number % self.shape.kinds}"
        return {"name": name, "kind": kind, "summary": self.writer.text(chance, 2, 15), "facts": facts}

    def _fact(self, chance: random.Random, name: str, criterion: int) -> Record:
        match chance.randrange(12):
            case 0:
                return {}
            case 1:
                return {"note": "The documents do not say."}
        fact: Record = {"value": self._value(chance, criterion)}
        if self.shape.has_notes:
            fact["note"] = self.writer.text(chance, 1, 14)
        return fact | {"sources": [f"{name.lower()}-source-{chance.randrange(SOURCES)}"], "as_of": "2026-04"}

    def _value(self, chance: random.Random, criterion: int) -> str:
        match criterion % len(TYPES):
            case 0 | 4:
                return chance.choice(["yes", "yes", "partial", "no"])
            case 1:
                return self.writer.phrase(chance, 3).capitalize()
            case 2:
                return str(chance.randint(1, 900))
        return self.writer.phrase(random.Random(f"{criterion} {chance.randrange(4)}"), 2).capitalize()

    def sources(self, name: str) -> Iterator[tuple[str, Record]]:
        """What is known of a technology rests on these."""
        for one in range(SOURCES):
            chance, id_ = random.Random(f"source {name} {one}"), name.lower()
            record = {
                "title": self.writer.phrase(chance, 5).capitalize(),
                "publisher": f"The {name} project",
                "url": f"https://example.org/{id_}/documents/{one}",
                "kind": "primary",
                "accessed": "2026-11-01",
            }
            yield f"{id_}-source-{one}", record

    def round_up(self) -> Record:
        """The comparison of all."""
        rows = [(self.group(at), f"aspect-{at}") for at in range(self.shape.criteria)]
        groups = itertools.groupby(rows, key=lambda row: row[0])
        return {
            "title": "All side by side",
            "technologies": [name.lower() for name in self.names],
            "relation": "alternatives",
            "summary": self.writer.text(random.Random("summary"), 3, 15),
            "criteria": [{"group": group, "rows": [id_ for _, id_ in found]} for group, found in groups],
            "reviewed": "2026-11-22",
        }


def write_wide_catalogue(folder: Path, shape: Shape, sides: int) -> None:
    """The data folder of a catalogue with so many technologies."""
    maker, sources = Maker(shape, sides), dict[str, Record]()
    for number, name in enumerate(maker.names):
        sources.update(maker.sources(name))
        write_one(folder / "technologies", name.lower(), maker.technology(number))
    write_one(folder / "comparisons", "all", maker.round_up())
    write_one(folder, "criteria", dict(maker.criteria()))
    write_one(folder, "sources", sources)
