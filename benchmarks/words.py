"""Text that reads like prose to a parser and a search index: invented words, as frequent as words of a language are."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass

COMMON = (
    *("the", "of", "and", "to", "a", "in", "is", "that", "for", "it", "as", "with", "on", "be", "by", "this", "are"),
    *("or", "from", "at", "an", "which", "but", "not", "have", "has", "one", "can", "all", "their", "they", "more"),
    *("when", "there", "its", "into", "than", "other", "some", "only", "over", "such", "also", "may", "then", "most"),
)
START = ("b", "br", "c", "d", "dr", "f", "g", "gl", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v")
MIDDLE = ("a", "e", "i", "o", "u", "ea", "io", "ou")
END = ("l", "n", "r", "s", "t", "nd", "rm", "ve", "x", "ction", "sion", "ment", "ness", "ble")
STEP = 100_003
"""A prime number: so many words further is a word that looks different, and none comes twice."""


def invented(number: int, start: int = 0) -> list[str]:
    """Different words that no language has; the same ones every time."""
    syllables = ["".join(parts) for parts in itertools.product(START, MIDDLE)]
    whole = len(syllables) ** 2 * len(END)
    mixed = (place * STEP % whole for place in range(start, start + number))
    return [
        syllables[place % len(syllables)]
        + syllables[place // len(syllables) % len(syllables)]
        + END[place // len(syllables) ** 2]
        for place in mixed
    ]


@dataclass(frozen=True)
class Writer:
    """Writes sentences; the n-th word of the vocabulary is n times rarer than the first."""

    words: Sequence[str]
    weights: Sequence[float]

    @classmethod
    def of(cls, number: int) -> Writer:
        """A writer who knows this many words."""
        words = [*COMMON, *invented(number)]
        return cls(words, list(itertools.accumulate(1 / rank for rank in range(8, len(words) + 8))))

    def sentence(self, chance: random.Random, length: int) -> str:
        """A sentence of so many words, some of them marked up."""
        words = chance.choices(self.words, cum_weights=self.weights, k=length)
        if chance.random() < 0.25:
            place = chance.randrange(1, length)
            words[place] = chance.choice(["`{}`", "*{}*"]).format(words[place])
        if length > 10:
            words[length // 2] += ","
        return f"{words[0].capitalize() if words[0].isalpha() else words[0]} {' '.join(words[1:])}."

    def short_sentence(self, chance: random.Random, length: int, most: int) -> str:
        """A sentence of at most so many characters."""
        return fitting(self.sentence(chance, length), most - 1).rstrip(".,") + "."

    def text(self, chance: random.Random, sentences: int, length: int) -> str:
        """Sentences in a row."""
        return " ".join(self.sentence(chance, length + chance.randint(-3, 3)) for _ in range(sentences))

    def phrase(self, chance: random.Random, length: int) -> str:
        """Words without a full stop: the value of a cell, the end of a condition."""
        return " ".join(chance.choices(self.words, cum_weights=self.weights, k=length))


def fitting(text: str, most: int) -> str:
    """As many words of a text as have room in so many characters."""
    return text if len(text) <= most else text[: text.rindex(" ", 0, most + 1)]
