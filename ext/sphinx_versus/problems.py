"""What can be wrong in data or in the use of a directive, and how it is reported.

Standard library only. Every message that Versus prints about a writer's input is a :class:`Problem` with a
:class:`Code`; the enumeration is closed.
"""

import os
import re
from bisect import bisect
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher, get_close_matches
from enum import Enum
from functools import partial
from itertools import count, groupby
from pathlib import Path
from typing import Self

from .characters import printable

LONGEST_MESSAGE = 500
"""So many characters of a message are shown; values that it quotes may be longer."""
NEAR_ENOUGH = 0.6
"""The share of letters that a name has in common with its misspelling."""
SURELY_MEANT = 0.8
"""That share where another word is as likely: of a few that may be written, or of a key whose value would fit elsewhere."""
_LOOK_ALIKE = str.maketrans("oil", "011")
"""Letters that are taken for digits, so that they make no other word."""
_CANDIDATES = 5
MOST_NAMES, MOST_KEYS = 12, 40
"""So many names are told where none is near: of records, and of keys, which are a closed list."""
_MOST_HINTS = 400
"""So many hints are made for the problems of a catalogue: each may be held against all names."""
MOST_PAIRS = 50_000
"""So many pairs of letters are compared for one hint: a word of ten letters with some 500 names, one of 50 with 20."""


PAGE = Path(__file__).with_name("problems.md")
"""The guide's page of problems: below the title of each code what a problem means and what to do about it."""
EXPLANATIONS: Mapping[str, tuple[str, str]] = {
    code: (meaning, remedy)
    for code, meaning, remedy in re.findall(
        r"^### `(.+)`\n\n(.+)\n\nWhat to do: (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
}


class Code(Enum):
    """The kinds of problem, each with a section in ``problems.md``; the value is also the subtype of the warning."""

    meaning: str
    remedy: str

    def __new__(cls, value: str) -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.meaning, member.remedy = EXPLANATIONS[value]
        member.__doc__ = member.meaning
        return member

    # files and YAML
    NO_CATALOGUE = "no-catalogue"
    UNREADABLE_FILE = "unreadable-file"
    UNEXPECTED_FILE = "unexpected-file"
    YAML_SYNTAX = "yaml-syntax"
    MERGE_CONFLICT = "merge-conflict"
    UNCLOSED = "unclosed"
    INVALID_CHARACTER = "invalid-character"
    TOO_LARGE = "too-large"
    MORE_PROBLEMS = "more-problems"
    DUPLICATE_KEY = "duplicate-key"
    # the form of a record
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_TYPE = "wrong-type"
    INVALID_VALUE = "invalid-value"
    INVALID_ID = "invalid-id"
    DUPLICATE_ID = "duplicate-id"
    OUTDATED_FACTS = "outdated-facts"
    SPARSE_SOURCE = "sparse-source"
    QUOTE_TOO_LONG = "quote-too-long"
    TOO_LONG_FOR_LAYOUT = "too-long-for-layout"
    UNSAFE_PROSE = "unsafe-prose"
    BROKEN_MARKDOWN = "broken-markdown"
    # references
    UNKNOWN_TECHNOLOGY = "unknown-technology"
    UNKNOWN_CRITERION = "unknown-criterion"
    UNKNOWN_SOURCE = "unknown-source"
    UNKNOWN_COMPARISON = "unknown-comparison"
    UNKNOWN_MISCONCEPTION = "unknown-misconception"
    UNKNOWN_KIND = "unknown-kind"
    UNKNOWN_FACT = "unknown-fact"
    UNKNOWN_GROUP = "unknown-group"
    UNKNOWN_ROLE = "unknown-role"
    UNKNOWN_IMAGE = "unknown-image"
    # the rules of the catalogue
    UNFINISHED = "unfinished"
    DUPLICATE_TITLE = "duplicate-title"
    NOT_APPLICABLE = "not-applicable"
    NEEDS_NOTE = "needs-note"
    NEEDS_REASON = "needs-reason"
    DUPLICATE_COMPARISON = "duplicate-comparison"
    DUPLICATE_ENTRY = "duplicate-entry"
    NOT_COMPARED = "not-compared"
    NOT_SHOWN = "not-shown"
    MAY_NOT_CHOOSE = "may-not-choose"
    CHOOSE_AND_USE = "choose-and-use"
    ONE_SIDED = "one-sided"
    NO_VERDICT = "no-verdict"
    # published addresses
    LOST_ADDRESS = "lost-address"
    INVALID_REDIRECT = "invalid-redirect"
    PAGE_CONFLICT = "page-conflict"
    RESERVED_NAME = "reserved-name"
    CIRCULAR_CONTENTS = "circular-contents"
    # directives and roles
    UNKNOWN_OPTION = "unknown-option"
    INVALID_OPTION = "invalid-option"
    INVALID_ARGUMENT = "invalid-argument"
    NO_COMPARISON_HERE = "no-comparison-here"
    NOT_ON_A_PAGE = "not-on-a-page"
    INVALID_CONFIG = "invalid-config"
    FILE_OF_OTHERS = "file-of-others"
    NOT_WRITTEN = "not-written"
    BUILD_WARNING = "build-warning"
    UNSUPPORTED_LANGUAGE = "unsupported-language"
    # the PDF
    MISSING_GLYPH = "missing-glyph"
    NOT_TYPESET = "not-typeset"
    INVALID_TEMPLATE = "invalid-template"
    # a site in parts
    NOT_IN_PARTS = "not-in-parts"
    PARTS_DIFFER = "parts-differ"
    # Versus itself
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file: line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{printable(shown_path(self.path))}:{self.line}:{self.column}"

    def __reduce__(self) -> tuple[type["Place"], tuple[str, int, int]]:  # there are thousands in the cache
        return Place, (self.path, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint that is made when it is read: finding the nearest of many names takes time."""

    key: Hashable
    """Hints with the same key are equal."""
    make: Callable[[], str] = field(compare=False, repr=False)

    def __str__(self) -> str:
        return self.make()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it stands and what would be right."""

    place: Place
    code: Code
    message: str
    hint: str | Hint = ""

    @property
    def text(self) -> str:
        """The problem without its place, on one line: ``[code] message; hint``."""
        parts = filter(None, (_shortened(self.message), _shortened(str(self.hint))))
        return printable(f"[{self.code.value}] {'; '.join(parts)}")

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"

    def __reduce__(self) -> tuple[type["Problem"], tuple[Place, Code, str, str]]:
        return Problem, (self.place, self.code, self.message, str(self.hint))


def _shortened(message: str) -> str:
    """The message without its middle when that is long."""
    half = LONGEST_MESSAGE // 2
    return message if len(message) <= LONGEST_MESSAGE else f"{message[:half]} … {message[-half:]}"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by file, line and column, so that a report reads from top to bottom."""
    return sorted(set(problems), key=lambda problem: (problem.place, problem.code.value, problem.message))


def bounded(problems: Iterable[Problem], most: int) -> Iterator[Problem]:
    """Sorted problems, the first ones of each file; the hints are made of so many that somebody may read them."""
    hints = count()
    for _, in_file in groupby(problems, key=lambda problem: problem.place.path):
        found = list(in_file)
        for problem in found[:most]:
            is_made = isinstance(problem.hint, str) or next(hints) < _MOST_HINTS
            yield replace(problem, hint=str(problem.hint) if is_made else "")
        if others := found[most:]:
            yield Problem(others[0].place, Code.MORE_PROBLEMS, f"and {len(others):,} more problems in this file")


def shown_path(path: str) -> str:
    """The path as a person at this prompt would type it: relative when it lies below the working directory."""
    if not os.path.isabs(path):  # noqa: PTH117 (stays a text: it may be no file at all)
        return path
    try:
        relative = os.path.relpath(path)
    except OSError:  # there is no working directory any more
        return path
    return path if relative.startswith(os.pardir) else relative


def nearest(word: str, known: Iterable[str], near: float = NEAR_ENOUGH, most: int = MOST_NAMES) -> str:
    """Say which known name was probably meant, or which names there are; of too many the first, those that begin alike before others."""
    names = sorted(known)
    if meant := meant_by(word, names, near):
        return f'did you mean "{meant}"?'
    if not names:
        return "there are none yet"
    more = ", …" if len(names) > most else ""
    if more:
        names.sort(key=lambda name: not name.startswith(word[:4]))
    return "expected one of: " + ", ".join(names[: MOST_NAMES if more else most]) + more


def meant_by(word: str, names: Sequence[str], near: float = NEAR_ENOUGH) -> str:
    """The name that is nearly the same, the only one that ends with this word, one that is near, or the only one that begins so."""
    ends = [name for name in names if len(word) > 3 and name.endswith(word) and re.split(r"[\W_]+", name)[-1] == word]
    if len(ends) == 1 and not closest(word, names, SURELY_MEANT):
        return ends[0]
    begun = [
        name for name in names if len(word) > 5 and name.startswith(word) and name[len(word) : len(word) + 1].isalnum()
    ]
    return closest(word, names, near) or (begun[0] if len(begun) == 1 else "")


def closest(word: str, known: Iterable[str], near: float = NEAR_ENOUGH) -> str:
    """The known name that was probably meant; empty when none is near."""
    plain, names = word.casefold(), {name.casefold(): name for name in known}
    shape = plain.translate(_LOOK_ALIKE)
    if alike := [name for name in names if name.translate(_LOOK_ALIKE) == shape]:
        return names[plain if plain in names else alike[0]]
    close = get_close_matches(plain, _comparable(plain, names), n=_CANDIDATES, cutoff=near)
    return next((names[name] for name in close if _differs_little(plain, name, near)), "")


def most_alike(word: str, known: Iterable[str]) -> str:
    """The known name that has most in common with a word, whether or not it is meant; empty when none has much."""
    return next(iter(get_close_matches(word, sorted(_comparable(word, known)), n=1)), "")


def _differs_little(word: str, name: str, near: float) -> bool:
    """Whether what is left of two names is near as well without the words at either end that they share.

    Ids often begin alike: "flask-admin" is no misspelling of "flask-quickstart".
    """
    parts = [re.split(r"[\W_]+", one) for one in (word, name)]
    if len(parts[0]) > 2 and {*parts[0]} <= {*parts[1]}:  # what lacks is between them, as "vs"
        return True
    for end in (0, -1):
        while all(len(one) > 1 for one in parts) and parts[0][end] == parts[1][end]:
            parts = [one[1:] if end == 0 else one[:-1] for one in parts]
    rest, other = map("-".join, parts)
    return SequenceMatcher(None, other, rest).ratio() >= near


def _comparable(word: str, known: Iterable[str]) -> list[str]:
    """The names that may be near to a word by their length; of too many those with its first letter that sort next to it."""
    ratio = NEAR_ENOUGH / (2 - NEAR_ENOUGH)
    names = [name for name in known if len(name) * ratio <= len(word) <= len(name) / ratio]
    most = MOST_PAIRS // max(1, len(word) ** 2)
    if len(names) > most:
        names = sorted(name for name in names if name[:1] == word[:1])
        first = max(0, bisect(names, word) - most // 2)
        names = names[first : first + most]
    return names


def internal(place: Place, what: str, error: Exception, done: str = "read") -> Problem:
    """A problem where something failed in an unexpected way."""
    words = " ".join(str(error).split())
    message = f"{what} cannot be {done}: {type(error).__name__}" + (f": {words}" if words else "")
    return Problem(place, Code.INTERNAL, message, "the rest is made; write this in another way")


def unknown(place: Place, code: Code, word: str, what: str, known: Iterable[str]) -> Problem:
    """A problem about a name that is not among the known ones."""
    most = MOST_KEYS if code is Code.UNKNOWN_KEY else MOST_NAMES
    return Problem(place, code, f'"{word}" is not {what}', Hint(word, partial(nearest, word, known, most=most)))
