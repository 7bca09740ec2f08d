"""What can be wrong in data or in the use of a directive, and how it is told.

Standard library only. Every message that Versus prints about somebody's input is a :class:`Problem` with a
:class:`Code`; the enumeration is closed, and the guide's page of problems is generated from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import Enum
from functools import partial
from itertools import groupby

from .characters import printable

LONGEST_MESSAGE = 500
"""So many characters of a message are shown; values that it quotes may be longer."""
LONGEST_WORD = 100
"""A longer word is no misspelt name."""
MANY_NAMES = 1000
"""Of more known names, only those with the same first letter are compared with a misspelt one."""


class Code(Enum):
    """The kinds of problem: value (also the warning's subtype), what it means, what to do."""

    meaning: str
    remedy: str

    def __new__(cls, value: str, meaning: str, remedy: str) -> Code:
        member = object.__new__(cls)
        member._value_ = value
        member.meaning = meaning
        member.remedy = remedy
        member.__doc__ = meaning
        return member

    # -- files and YAML
    NO_CATALOGUE = (
        "no-catalogue",
        "The data folder does not exist or is not a folder.",
        "Create it, or point `versus_data` (in `conf.py`) or the argument of `versus check` at the right one.",
    )
    UNREADABLE_FILE = (
        "unreadable-file",
        (
            "A file or folder cannot be read: it lacks permissions, is UTF-16 text, is no regular file (a device or a pipe), "
            "or is a link that leads out of the data folder. Nothing that refers to its records is reported."
        ),
        "Check its permissions, save it as UTF-8, or put the file itself in the place of the link.",
    )
    UNEXPECTED_FILE = (
        "unexpected-file",
        "A YAML file lies where no record is looked for, so nothing in it would be used.",
        (
            "Move or rename it: records are `technologies/<id>.yaml` and `comparisons/<id>.yaml`; "
            "the others are `criteria.yaml`, `sources.yaml` and `published.yaml`."
        ),
    )
    YAML_SYNTAX = (
        "yaml-syntax",
        "The file is not valid YAML, or uses a feature that records do not need (anchors, aliases, several documents).",
        "Mend the line; a text that contains `: ` or ` #`, or starts with a quote, needs quotes around it.",
    )
    INVALID_CHARACTER = (
        "invalid-character",
        (
            "A text or key holds a character that cannot be shown: a control character, one for private use, one that "
            "changes the order of the others, a number that is no character, or a byte that is not UTF-8; as it is, or written as "
            "an escape, an entity or part of an address. "
            "In a text, U+FFFD (\N{REPLACEMENT CHARACTER}) is shown in its place; a key with one is left out."
        ),
        (
            "Remove it; it was typed as it is, or as an escape such as `\\0` between double quotation marks. "
            "A file with bytes that are not UTF-8 was saved in another encoding: save it as UTF-8."
        ),
    )
    TOO_LARGE = (
        "too-large",
        "A file, a text, or the number or depth of entries is over the limits of records, which the guide lists.",
        "Make it smaller: split the file, or move the text to a page.",
    )
    MORE_PROBLEMS = (
        "more-problems",
        "A file has so many problems that only the first ones are reported.",
        "Fix those; the next run reports others.",
    )
    DUPLICATE_KEY = (
        "duplicate-key",
        "A key stands twice in the same mapping; YAML would silently drop the first.",
        "Remove or rename one of the two.",
    )
    # -- the form of a record
    UNKNOWN_KEY = (
        "unknown-key",
        "A key is not part of this record.",
        "Correct the spelling or remove the key; the message names the keys that fit.",
    )
    MISSING_KEY = (
        "missing-key",
        "A key that this record needs is absent or has no value.",
        "Add it; `versus new` shows every key with an explanation.",
    )
    WRONG_TYPE = (
        "wrong-type",
        "A value has the wrong form: a text where a list is expected, a list where a mapping is expected, and so on.",
        "Write it in the form that the message names.",
    )
    INVALID_VALUE = (
        "invalid-value",
        "A value is not one of the allowed ones, or not a valid date, number or address.",
        "Write one of the values that the message names.",
    )
    INVALID_ID = (
        "invalid-id",
        "An id (file name or key) is not in kebab-case, or it is `index`, the name of the page that lists the records.",
        "Use lower-case letters, digits and single hyphens, such as `django-vs-flask`.",
    )
    DUPLICATE_ID = (
        "duplicate-id",
        "Two misconceptions carry the same id, so a reference to it would be ambiguous.",
        "Rename the newer one; ids are never reused.",
    )
    QUOTE_TOO_LONG = (
        "quote-too-long",
        "A quotation has more than 25 words or 500 characters. The page shows its beginning; the source stays.",
        "Keep the sentence that carries the fact, so that the source can be found and no text is copied.",
    )
    UNSAFE_PROSE = (
        "unsafe-prose",
        (
            "A text in a record uses what records may not: raw HTML, images, headings, directives that read files or "
            "run code, a link that is not http, https or mailto, or a link to a path; or it is too long, nested too deeply, "
            "or has a table in a cell."
        ),
        "Say it in plain Markdown, or move it to an authored page, where all of MyST is allowed.",
    )
    # -- references
    UNKNOWN_TECHNOLOGY = (
        "unknown-technology",
        "A technology is named that has no record.",
        "Correct the id, or add `technologies/<id>.yaml`.",
    )
    UNKNOWN_CRITERION = (
        "unknown-criterion",
        "A criterion is named that `criteria.yaml` does not define.",
        "Correct the id, or define the criterion.",
    )
    UNKNOWN_SOURCE = (
        "unknown-source",
        "A source is cited that `sources.yaml` does not list.",
        "Correct the id, or add the source with title, publisher, address, date and quotation.",
    )
    UNKNOWN_COMPARISON = (
        "unknown-comparison",
        "A comparison is named that has no record.",
        "Correct the id, or add `comparisons/<id>.yaml` (`versus new A B` writes a scaffold).",
    )
    UNKNOWN_MISCONCEPTION = (
        "unknown-misconception",
        "A misconception is named that no record holds.",
        "Correct the id, or add it to the technology or comparison that it is about.",
    )
    UNKNOWN_KIND = (
        "unknown-kind",
        "A kind is named that no technology has.",
        "Correct it; the kinds are those of the technologies' records.",
    )
    UNKNOWN_FACT = (
        "unknown-fact",
        "A sentence asks for a fact that the technology's record does not answer.",
        "Correct the ids (`technology/criterion`), or add the fact to the record.",
    )
    UNKNOWN_GROUP = (
        "unknown-group",
        "A group of rows is named that this table does not have.",
        "Use one of the groups that the message names.",
    )
    UNKNOWN_ROLE = (
        "unknown-role",
        "A text in a record uses a role that does not exist, with a name close to one of the roles of Versus.",
        "Correct the spelling; the guide lists the roles.",
    )
    # -- the rules of the catalogue
    UNFINISHED = (
        "unfinished",
        "A text in a record still says `TODO`, as the scaffold that `versus new` writes does.",
        "Write the text, or remove the key.",
    )
    DUPLICATE_TITLE = (
        "duplicate-title",
        "Two comparisons have the same title, so readers cannot tell them apart.",
        "Give one of them a title of its own with `title:`.",
    )
    NOT_APPLICABLE = (
        "not-applicable",
        "A fact or a row uses a criterion that does not apply to the technology's kind.",
        "Add the kind to the criterion's `kinds`, or use another criterion.",
    )
    NEEDS_NOTE = (
        "needs-note",
        (
            "A value that is partial, a judgement or unknown stands without a note that says in what way, "
            "on what ground or what was looked for."
        ),
        "Add `note: …`.",
    )
    NEEDS_REASON = (
        "needs-reason",
        "A comparison overrides a fact of a technology without saying why.",
        "Add `reason: …`, or remove the override so that every page tells the same truth.",
    )
    DUPLICATE_COMPARISON = (
        "duplicate-comparison",
        "The same set of technologies is compared by two records.",
        "Merge the two; the order of the technologies makes no difference.",
    )
    DUPLICATE_ENTRY = (
        "duplicate-entry",
        "The same id stands twice in a list, the same criterion in two groups of one comparison, or two groups have one heading.",
        "Remove one of them.",
    )
    NOT_COMPARED = (
        "not-compared",
        "A verdict, an override or a misconception of a comparison names a technology that is not one of its sides.",
        "Name one of the comparison's technologies.",
    )
    NOT_SHOWN = (
        "not-shown",
        "A reason of a verdict, or an override, names a criterion that the comparison does not show.",
        "Add the criterion to the comparison's rows, so that readers can check it, or name one that is shown.",
    )
    MAY_NOT_CHOOSE = (
        "may-not-choose",
        "The verdict tells the reader to choose, although the relation is not one of alternatives or successor.",
        "Write `use:` instead of `choose:`: it says when each is used.",
    )
    CHOOSE_AND_USE = (
        "choose-and-use",
        "A verdict has both `choose:` and `use:`, of which only one could be shown.",
        "Keep `choose:` when readers choose one of the sides, and `use:` when they do not.",
    )
    ONE_SIDED = (
        "one-sided",
        "A verdict has conditions for some sides of the comparison and none for another one.",
        "Say of each side when it is the right one; when there is no such case, say so in the summary and leave out the conditions.",
    )
    NO_VERDICT = (
        "no-verdict",
        "A verdict is asked for, but the comparison's record has none.",
        "Add `verdict:` to the record, or remove the directive.",
    )
    # -- published addresses
    LOST_ADDRESS = (
        "lost-address",
        "An id stands in `published.yaml`, and there is no page of it any more, so links from elsewhere would be broken.",
        (
            "Bring the record back, or say under `redirects` in `published.yaml` which page took its place; "
            "take it out of the list if its address need not be kept."
        ),
    )
    INVALID_REDIRECT = (
        "invalid-redirect",
        "A redirect leads away from a page that there is, or to an id that is itself led on.",
        "Remove it, or let it lead to a page.",
    )
    PAGE_CONFLICT = (
        "page-conflict",
        (
            "A page would be the same file as another page, a list, or a page that Sphinx makes, at least where a file system "
            "ignores case. The page is not made."
        ),
        "Rename the record or the page, or move the pages with `versus_pages`.",
    )
    RESERVED_NAME = (
        "reserved-name",
        "A record has a name that Windows reserves, such as `con` or `aux`, so neither it nor its page can be copied there.",
        "Rename the record.",
    )
    # -- directives and roles
    UNKNOWN_OPTION = (
        "unknown-option",
        "A directive is given an option that it does not have.",
        "Correct the spelling; the message names the options.",
    )
    INVALID_OPTION = (
        "invalid-option",
        "An option of a directive has a value that does not fit.",
        "Write it in the form that the message names.",
    )
    INVALID_ARGUMENT = (
        "invalid-argument",
        "A directive or role lacks its argument, or has one that does not fit.",
        "Write it as its section in the guide shows.",
    )
    NO_COMPARISON_HERE = (
        "no-comparison-here",
        "A directive without an argument stands on a page that is not the page of a comparison.",
        "Name the comparison as the directive's argument.",
    )
    NOT_ON_A_PAGE = (
        "not-on-a-page",
        "A reference leads to a record that no page shows, so there is nothing to link to.",
        "Show the record on a page, or let Versus make its pages (`versus_pages`).",
    )
    INVALID_CONFIG = (
        "invalid-config",
        "A `versus_…` value in `conf.py` does not fit, or there is no value of that name.",
        "Correct it as the message says; the guide lists the values.",
    )
    FILE_OF_OTHERS = (
        "file-of-others",
        "The site itself or another extension writes a file that Versus would write; it stays as it is.",
        "Write it in one place only.",
    )
    NOT_WRITTEN = (
        "not-written",
        "The system does not take a file of the output: the disk is full, or the folder may not be written.",
        "Make room, or check the permissions. The next build writes what is missing.",
    )
    UNSUPPORTED_LANGUAGE = (
        "unsupported-language",
        "Versus doesn't know how dates are written in the `language` of the site.",
        "Check the spelling. Dates are written as in English, and all else in the language of the site.",
    )
    # -- the PDF
    MISSING_GLYPH = (
        "missing-glyph",
        "No font of the PDF has a character; the PDF shows the character's number.",
        "Name a font that has it in `versus_pdf_fonts`, or write the word in other letters.",
    )
    NOT_TYPESET = (
        "not-typeset",
        "Something on a page cannot be shown in the PDF as it is meant, or a PDF cannot be made.",
        "The message says what; for a node or formula the PDF shows its text instead.",
    )
    INVALID_TEMPLATE = (
        "invalid-template",
        "A site's own template of pages or components is not a valid template, or uses a variable that there is not.",
        "Correct it; the guide lists the variables. Until then the template of Versus is used.",
    )
    # -- Versus itself
    INTERNAL = (
        "internal",
        "Versus itself, or an extension that it uses, failed at one place; the rest is built.",
        "Report it with the message; until it is fixed, write the place in another way.",
    )


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file: line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{printable(shown_path(self.path))}:{self.line}:{self.column}"

    def __reduce__(self) -> tuple[type[Place], tuple[str, int, int]]:  # there are thousands in the cache
        return Place, (self.path, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint that is made when somebody reads it: finding the nearest of many names takes time."""

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

    def __reduce__(self) -> tuple[type[Problem], tuple[Place, Code, str, str]]:
        return Problem, (self.place, self.code, self.message, str(self.hint))


def _shortened(message: str) -> str:
    """The message without its middle when that is long."""
    half = LONGEST_MESSAGE // 2
    return message if len(message) <= LONGEST_MESSAGE else f"{message[:half]} … {message[-half:]}"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by file, line and column, so that a report reads from top to bottom."""
    return sorted(set(problems), key=lambda problem: (problem.place, problem.code.value, problem.message))


def bounded(problems: Iterable[Problem], most: int) -> Iterator[Problem]:
    """Sorted problems, the first ones of each file; their hints are made."""
    for _, in_file in groupby(problems, key=lambda problem: problem.place.path):
        found = list(in_file)
        yield from (replace(problem, hint=str(problem.hint)) for problem in found[:most])
        if others := found[most:]:
            yield Problem(others[0].place, Code.MORE_PROBLEMS, f"and {len(others):,} more problems in this file")


def shown_path(path: str) -> str:
    """The path as a person at this prompt would type it: relative when it lies below the working directory."""
    if not os.path.isabs(path):  # noqa: PTH117 (stays a text: it may be no file at all)
        return path
    relative = os.path.relpath(path)
    return path if relative.startswith(os.pardir) else relative


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or which names there are (the first dozen)."""
    names = sorted(known)
    if close := closest(word, names):
        return f'did you mean "{close}"?'
    if not names:
        return "there are none yet"
    more = ", …" if len(names) > 12 else ""
    return "expected one of: " + ", ".join(names[:12]) + more


def closest(word: str, known: Iterable[str]) -> str:
    """The known name that was probably meant; empty when none is near."""
    names, plain = list(known), word.casefold()
    if len(names) > MANY_NAMES:
        names = [name for name in names if name[:1] == plain[:1]]
    close = get_close_matches(plain, names, n=1, cutoff=0.6) if len(plain) <= LONGEST_WORD else []
    return close[0] if close else ""


def internal(place: Place, what: str, error: Exception) -> Problem:
    """A problem where something failed in a way that nobody expected."""
    words = " ".join(str(error).split())
    message = f"{what} cannot be read: {type(error).__name__}" + (f": {words}" if words else "")
    return Problem(place, Code.INTERNAL, message, "the rest is made; write this in another way")


def unknown(place: Place, code: Code, word: str, what: str, known: Iterable[str]) -> Problem:
    """A problem about a name that is not among the known ones."""
    return Problem(place, code, f'"{word}" is not {what}', Hint(word, partial(nearest, word, known)))
