"""Where ids are used: in the keys and values of records, in roles and directives, in links and tables of contents.

Pages are not parsed: what looks like one of our roles or directives is changed line by line, and all else is left as it is.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from ..catalogue.document import Location
from ..catalogue.fields import comparable

KEY, ANY = object(), object()
"""In a pattern: a key that is an id, and any key or position."""
Pattern = tuple[object, ...]
_CHOICES = (("verdict", "answer"), ("verdict", "choose"), ("verdict", "use"))
PATTERNS: Mapping[str, Mapping[str, tuple[Pattern, ...]]] = {
    "technology": {
        "technology": (("misconceptions", ANY, "about", ANY),),
        "criterion": (("facts", KEY),),
        "source": (
            ("sources", ANY),
            ("defaults", "sources", ANY),
            ("facts", ANY, "sources", ANY),
            ("facts", ANY, "statements", ANY, "sources", ANY),
            ("misconceptions", ANY, "sources", ANY),
        ),
    },
    "comparison": {
        "technology": (
            ("technologies", ANY),
            ("facts", KEY),
            *((*choice, KEY) for choice in _CHOICES),
            ("topics", ANY, "leads", KEY),
            ("misconceptions", ANY, "about", ANY),
        ),
        "criterion": (
            ("sides", "where", KEY),
            ("criteria", ANY, "rows", ANY),
            ("facts", ANY, KEY),
            *((*choice, ANY, ANY, "because", ANY) for choice in _CHOICES[1:]),
        ),
        "source": (
            ("facts", ANY, ANY, "sources", ANY),
            ("facts", ANY, ANY, "statements", ANY, "sources", ANY),
            ("misconceptions", ANY, "sources", ANY),
        ),
        "comparison": (("related", ANY),),
    },
    "criterion": {"criterion": ((KEY,), (ANY, "parent"), (ANY, "where", KEY))},
    "source": {"source": ((KEY,),)},
}
"""By object type of a record (or of those in a file) and of an id: where such ids are."""

_OF_FACT: tuple[Pattern, ...] = ((), ("value",), ("statements", ANY, "value"))
_WANTED: tuple[Pattern, ...] = ((), (ANY,))
_VALUES: Mapping[str, tuple[tuple[Pattern, tuple[Pattern, ...]], ...]] = {
    "technology": ((("facts",), _OF_FACT),),
    "comparison": ((("facts", ANY), _OF_FACT), (("sides", "where"), _WANTED)),
    "criterion": (((ANY, "where"), _WANTED),),
}
"""By record where values are by criterion, and where in those they are; what is asked for may be one or several."""


class Use(NamedTuple):
    """An id in a record."""

    location: Location
    is_key: bool


def uses(tree: Any, record: str, type_: str, id_: str) -> list[Use]:
    """Where a record, or a file of them, uses an id."""
    patterns = PATTERNS.get(record, {}).get(type_, ())
    return [use for pattern in patterns for use in _matches(tree, pattern, id_)]


def _matches(tree: Any, pattern: Pattern, id_: str) -> Iterator[Use]:
    *before, last = pattern
    if last is KEY:
        found = _found(tree, before)
        yield from (Use((*at, id_), is_key=True) for at, one in found if isinstance(one, dict) and id_ in one)
    else:
        yield from (Use(at, is_key=False) for at, one in _found(tree, pattern) if one == id_)


def _found(tree: Any, pattern: Sequence[object], at: Location = ()) -> Iterator[tuple[Location, Any]]:
    """What is at the places that fit a pattern."""
    if not pattern:
        yield at, tree
        return
    step, *others = pattern
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in entries:
        if step is ANY or key == step:
            yield from _found(value, others, (*at, key))


def renamed_values(
    tree: Any, record: str, criteria: Iterable[str], old: str, new: str
) -> Iterator[tuple[Location, str]]:
    """The values of criteria, which are lists of technologies, that name one by its old id; with the new one."""
    for (within, values), id_ in product(_VALUES.get(record, ()), criteria):
        for at, value in (one for pattern in values for one in _found(tree, (*within, id_, *pattern))):
            found = re.sub(
                r"[^,;()\s][^,;()]*(?<!\s)", lambda word: new if comparable(word[0]) == old else word[0], str(value)
            )
            if found != value and isinstance(value, str):
                yield at, found


# -- pages -----------------------------------------------------------------------------------------------------------------

_ROLES: Mapping[str, Mapping[str, int]] = {
    "technology": {"technology": 0, "fact": 0},
    "criterion": {"criterion": 0, "fact": 1, "row": 1},
    "comparison": {"comparison": 0, "row": 0},
    "source": {"source": 0},
}
"""By type of an id the roles that have it, and as which part of their targets."""
_OPTIONS: Mapping[str, str] = {
    "technology": "technologies|technology|about",
    "criterion": "criteria|exclude",
    "comparison": "comparison",
    "source": "sources",
}
_NAMED = re.compile(
    r"^\s*(?:[`:]{3,}\{(?:versus:)?(?P<name>[\w-]+)\}|\.\.\s+(?:versus:)?(?P<rst>[\w-]+)::)(?P<argument>.*)$"
)
_FREE = {"misconception", "sequence-diagram", "box-diagram"}
"""Directives whose argument is a text or a misconception."""
_ROLE = r"(\{{(?:versus:)?(?P<m>{0})\}}|:(?:versus:)?(?P<r>{0}):)`(?P<body>[^`]+)`"


def rename_roles(text: str, type_: str, old: str, new: str) -> str:
    """Rename an id in the roles of a text, and in the anchors of its links."""
    parts = _ROLES[type_]

    def renamed(match: re.Match[str]) -> str:
        part, body = parts.get((match["m"] or match["r"]).casefold()), match["body"]
        if part is None:  # a letter of its name only looks like one
            return match[0]
        start, angle, target = body.rpartition("<") if body.endswith(">") else ("", "", body)
        ids = re.split("(,)", target) if type_ == "source" else [target]
        found = start + angle + "".join(_with_part(one, part, old, new) for one in ids)
        return f"{match[1]}`{found}`"

    if type_ == "criterion":
        text = re.sub(rf"(#(?:row|criterion)-){re.escape(old)}(?![\w-])", rf"\g<1>{new}", text)
    return re.sub(_ROLE.format("|".join(parts)), renamed, text, flags=re.IGNORECASE)


def _with_part(target: str, part: int, old: str, new: str) -> str:
    parts = target.split("/")
    if part < len(parts):
        parts[part] = re.sub(rf"^(\s*!?){re.escape(old)}(\s*>?)$", rf"\g<1>{new}\2", parts[part])
    return "/".join(parts)


def rename_on_page(text: str, type_: str, old: str, new: str, docname: str, moved: tuple[str, str] | None) -> str:
    """Rename an id in the roles and directives of a page; ``moved`` are the old and the new docname of the id's own page."""
    lines = rename_roles(text, type_, old, new).split("\n")
    word = _word(old)
    directive = ""
    for number, line in enumerate(lines):
        if match := _NAMED.match(line):
            directive = match["name"] or match["rst"]
            if directive not in _FREE and type_ in {"technology", "comparison"}:
                start = match.start("argument")
                lines[number] = line[:start] + word.sub(new, line[start:])
        elif re.match(r"^\s*[`:]{3,}\s*$", line):
            directive = ""
        else:
            lines[number] = _rename_in(directive, line, type_, (old, new), word)
        if moved:
            lines[number] = rename_links(lines[number], docname, moved, in_toctree=directive == "toctree")
    return "\n".join(lines)


def _word(id_: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./-]){re.escape(id_)}(?![\w./-])")


def _rename_in(directive: str, line: str, type_: str, names: tuple[str, str], word: re.Pattern[str]) -> str:
    """Rename an id in a line of a directive (an option, or a lead), or in one of the front matter."""
    old, new = names
    front = rf"^(versus-{type_}:\s*[\"']?){re.escape(old)}(?=[\"']?\s*$)"
    if re.match(front, line):
        return re.sub(front, rf"\g<1>{new}", line)
    if directive and (option := re.match(rf"^\s*:?(?:{_OPTIONS[type_]})\s*:", line)):
        return line[: option.end()] + word.sub(new, line[option.end() :])
    if directive == "leads" and type_ == "technology":
        return re.sub(rf"^(\s*){re.escape(old)}(?=\s*:)", rf"\g<1>{new}", line)
    return line


def rename_links(line: str, docname: str, moved: tuple[str, str], *, in_toctree: bool) -> str:
    """Rename a page in links to its file and roles for its docname, and in a table of contents."""
    old, new = moved
    folder, name = posixpath.dirname(docname), posixpath.basename(new)

    def renamed(match: re.Match[str]) -> str:
        path = match["path"]
        target = path.removeprefix("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
        return f"{match['before']}{path[: -len(posixpath.basename(old))]}{name}" if target == old else match[0]

    stem = re.escape(posixpath.basename(old))
    path = rf"(?P<path>(?:[\w.-]*/)*{stem})"
    line = re.sub(rf"(?P<before>\]\(|\]:\s+|project:|<){path}(?=\.md\b|\.rst\b)", renamed, line)
    line = re.sub(rf"(?P<before>(?:\{{doc\}}|:doc:)`(?:[^`<]*<)?){path}(?=>?`)", renamed, line)
    if in_toctree:
        line = re.sub(rf"(?P<before>^\s*(?:.*<)?){path}(?=(?:\.md|\.rst)?>?\s*$)", renamed, line)
    return line
