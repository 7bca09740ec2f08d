"""Which build makes which pages. Pure functions: every machine comes to the same plan by itself.

The *base* reads handwritten pages and lists. Each *part* starts from its environment, reads and writes pages of records. The
*join* starts from it, too, adds what the parts read, and writes the pages of the base and the files that a site has once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement

from ..catalogue.digest import digest

BASE, PART, JOIN = "base", "part", "join"


@dataclass(frozen=True)
class Step:
    """One of the builds: the base, a part by its number from 1, or the join."""

    role: str
    number: int = 0
    count: int = 0

    def __str__(self) -> str:
        return f"{self.number}-of-{self.count}" if self.role == PART else self.role

    @classmethod
    def parse(cls, text: str) -> "Step | None":
        """The step that is named ``base``, ``join`` or ``2/3``; ``None`` for anything else."""
        if text in {BASE, JOIN}:
            return cls(text)
        found = re.fullmatch(r"0*([1-9][0-9]{0,5})(?:/|-of-)0*([1-9][0-9]{0,5})", text)
        number, count = map(int, found.groups()) if found else (0, 0)
        return cls(PART, number, count) if 0 < number <= count else None


@cache
def blocks_of(count: int) -> int:
    """Into how many blocks technologies are divided, so that there are at least as many pairs of blocks as parts."""
    return next(blocks for blocks in range(1, count + 1) if blocks * (blocks + 1) // 2 >= count)


@cache
def block_of(technology: str, count: int) -> int:
    """The block of a technology, of those for so many parts."""
    return int(digest(technology), 16) % blocks_of(count)


@cache
def parts_of_blocks(count: int) -> Mapping[tuple[int, int], int]:
    """The part, from 1, that makes the pages of two blocks: the largest pairs of blocks first, each to the part with the least."""
    pairs = combinations_with_replacement(range(blocks_of(count)), 2)
    loads, found = [0] * count, {}
    for first, second in sorted(pairs, key=lambda pair: pair[0] == pair[1]):
        smallest = loads.index(min(loads))
        loads[smallest] += 1 + (first != second)  # within a block there are half as many pairs
        found[first, second] = smallest + 1
    return found


def part_of(technologies: Sequence[str], count: int) -> int:
    """The part that makes the page of a technology or comparison: it stays when others come and go.

    An edit of a technology touches the parts of its block only.
    """
    first, second = sorted(block_of(id_, count) for id_ in (*technologies[:2], technologies[0])[:2])
    return parts_of_blocks(count)[first, second]
