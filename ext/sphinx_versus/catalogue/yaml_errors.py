"""What YAML's parser reports about a broken file, in words from which a writer knows what to change."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

import yaml

from ..problems import Code, Place, Problem

_MESSAGES = {
    "tab character": ("a tab", "indent with blanks"),
    "while scanning a block scalar": (
        'something stands behind the "|" or ">" with which a text of several lines begins',
        "begin the text on the next line, indented deeper than its key",
    ),
    "while scanning a quoted scalar": ("a quotation mark is never closed", "close it"),
    "while parsing a flow sequence": ('the bracket "[" is never closed', "close it with ]"),
    "while parsing a flow mapping": ('the brace "{" is never closed', "close it with }"),
    "mapping values are not allowed": (
        'a ": " stands where no key may be',
        "the line above lacks its colon, or one of the two is indented wrongly",
    ),
    "could not find expected ':'": (
        "a key without a colon",
        'write "key: value"; the further lines of a text are indented deeper than its key',
    ),
    "did not find expected key": (
        "something else stands where the next key is expected",
        "a text that starts with a quotation mark or bracket ends with it; the keys of one mapping start in the same column",
    ),
    "expected '-' indicator": (
        'something else stands where the next "- " of the list is expected',
        "the entries of one list start in the same column",
    ),
    "block sequence entries": ('a list may not begin here with "- "', "begin it on a line of its own"),
    "unknown escape character": (
        "a backslash before a character that needs none",
        "use single quotation marks, or write two backslashes",
    ),
}
"""By words of the parser our message and hint."""
_AT_THE_START = {
    "while scanning a quoted scalar",
    "while parsing a flow sequence",
    "while parsing a flow mapping",
    "could not find expected ':'",
}
"""Here the place to look at is where the broken thing begins, not where the parser gave up."""
_MOST_JUDGED = 10_000
"""In a line with more characters nobody looks for what was meant."""
TYPOGRAPHIC_QUOTES = re.compile(
    r"([“”„‟«»\u2018-\u201a\u2039\u203a])[^“”„‟«»]*([“”‟«»\u2018\u2019\u2039\u203a])", re.DOTALL
)
"""A text between quotation marks that are none for YAML."""
_NO_BLANK = re.compile(r"([A-Za-z_][\w-]*):([^\s:/]\S*)")
_OPENED = re.compile(r"[:\-{,\[]\s+[\"'\[{]")
_WIDE_COLON = re.compile(r" *(?:- +)*([a-z][a-z0-9_-]*) *\uff1a")
_LINE_OF_KEY = re.compile(r"( *)([A-Za-z_][\w-]*):(?=\s|$)")
_BLOCK_KEY = re.compile(r"( *)(?:- +)?([A-Za-z_][\w-]*):\s+[|>][+-]?\d?\s*$")
_OF_FACT = re.compile(r"(value|note|sources|as_of|version|since|until|statements):")
"""A field of a fact, which stands deeper than the name of a criterion."""
_KEY_LINE = re.compile(r"( *)((?:- +)*)[^\s#-]")
_BEGUN = ("while scanning an alias", "while scanning an anchor", "while scanning a tag")
_NOT_BEGUN = ("cannot start any token", "did not find expected node content")


def wrong_quotes(opening: str, closing: str) -> tuple[str, str]:
    """Message and hint for a text between quotation marks that are none for YAML."""
    message = f"{opening}…{closing} are no quotation marks of YAML, and would be shown"
    return message, "put ' or \" in their place; or around them, to show them"


def in_our_words(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem:
    """The problem for an error of the parser; where we know nothing better, in its own words."""
    words = f"{error.context or ''}: {error.problem or ''}"
    is_long = any(len(line) > _MOST_JUDGED for at in _near(error) for line in lines[max(at, 0) : at + 1])
    finders = (
        _wide_colon,
        _hyphen,
        _dedented_text,
        _bare_key,
        _goes_on,
        _mistake_above,
        _key_in_a_value,
        _wrong_indentation,
        _unquoted,
        _no_blank,
        _among_entries,
    )
    if problem := next(filter(None, (find(path, lines, error) for find in finders if not is_long)), None):
        return problem
    if problem := _special_character(path, lines, error, words):
        return problem
    for parser, (message, hint) in _MESSAGES.items():
        if parser in words:
            mark = (parser in _AT_THE_START and error.context_mark) or error.problem_mark
            return Problem(_place(path, mark), Code.YAML_SYNTAX, message, hint)
    return Problem(_place(path, error.problem_mark), Code.YAML_SYNTAX, words.removeprefix(": "))


def _near(error: yaml.MarkedYAMLError) -> list[int]:
    """The lines (from 0) of the marks of an error, and those above them."""
    marks = [mark.line for mark in (error.problem_mark, error.context_mark) if mark]
    return sorted({at for mark in marks for at in (mark - 1, mark)})


def _special_character(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError, words: str) -> Problem | None:
    """A text that starts with a character which means something to YAML."""
    begun = any(known in words for known in _BEGUN)
    if not begun and not any(known in words for known in _NOT_BEGUN):
        return None
    place = _place(path, (begun and error.context_mark) or error.problem_mark)
    sign = "".join(lines[place.line - 1 : place.line])[place.column - 1 :][:1]
    if sign == "\t":
        return Problem(place, Code.YAML_SYNTAX, "a tab", "indent with blanks")
    if not sign:
        return Problem(place, Code.YAML_SYNTAX, "something is opened and never closed", "close it")
    hint = f'a text that starts with "{sign}" needs quotes'
    return Problem(place, Code.YAML_SYNTAX, f'"{sign}" cannot begin a text', hint)


def _no_blank(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """A key whose colon has no blank behind it."""
    mark = error.context_mark
    found = mark and _NO_BLANK.match("".join(lines[mark.line : mark.line + 1])[mark.column :])
    if not found or "could not find expected ':'" not in str(error.problem):
        return None
    return _without_blank(_place(path, mark), found)


def _without_blank(place: Place, found: re.Match[str]) -> Problem:
    message, hint = f'"{found[0]}" has no blank behind its colon', f'write "{found[1]}: {found[2]}"'
    return Problem(place, Code.YAML_SYNTAX, message, hint)


def _bare_key(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """A key without its colon, with its value on indented lines below."""
    mark = error.context_mark
    if mark is None or "could not find expected ':'" not in str(error.problem):
        return None
    here, below = "".join(lines[mark.line : mark.line + 1]), "".join(lines[mark.line + 1 : mark.line + 2])
    found = re.fullmatch(r"( *)([A-Za-z_][\w-]*)\s*", here)
    if found is None or not below.startswith(f"{found[1]} "):
        return None
    place = Place(path, mark.line + 1, len(found[1]) + 1)
    return Problem(place, Code.YAML_SYNTAX, f'"{found[2]}" has no colon', f'write "{found[2]}:"')


def _wide_colon(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """A key with a colon of Chinese or Japanese typing; the parser stops there or in the next line."""
    for number in _near(error):
        if found := _WIDE_COLON.match("".join(lines[max(number, 0) : number + 1])):
            message = "a full-width colon (U+FF1A), which is no colon to YAML"
            return Problem(Place(path, number + 1, found.end()), Code.YAML_SYNTAX, message, f'write "{found[1]}: "')
    return None


def _among_entries(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """A key among the entries of a list."""
    mark, start = error.problem_mark, error.context_mark
    if "expected '-' indicator" not in str(error.problem) or mark is None or start is None:
        return None
    line = "".join(lines[mark.line : mark.line + 1])[mark.column :]
    found = re.match(r"([\w-]+):(?=\s|$)", line)
    if found is None:
        return None
    message = f'the key "{found[1]}" is among the entries of a list, which begin in column {start.column + 1}'
    hint = "indent it deeper, as a part of the last entry, or less, to end the list"
    groups = re.compile(rf" {{{start.column}}}- +group:")
    if line[found.end() :].lstrip().startswith("[") and any(map(groups.match, lines[: mark.line])):
        hint = f'write "- group: {found[1]}", and "rows: […]" below it'
    return Problem(_place(path, mark), Code.YAML_SYNTAX, message, hint)


def _hyphen(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """An entry of a list whose hyphen has no blank behind it; the parser stops there or in the next line."""
    for number in _near(error):
        if found := re.match(r"(\s*)-([^\W\d][^\s:]*|[\"'{\[][^\s:]*)", "".join(lines[number : number + 1])):
            message, hint = f'"-{found[2]}" has no blank behind its hyphen', f'write "- {found[2]}"'
            return Problem(Place(path, number + 1, len(found[1]) + 1), Code.YAML_SYNTAX, message, hint)
    return None


def _goes_on(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """A text that begins with a quotation, a link or a role, of which YAML takes that part for the whole value."""
    place = _place(path, error.problem_mark)
    line = "".join(lines[place.line - 1 : place.line])
    before, after = line[: place.column - 1].rstrip(), line[place.column - 1 :]
    if before.endswith(("'", '"')) and before.count(before[-1]) % 2:  # the text began in a line above
        pattern = re.compile(rf"(?:[:\[{{,-]|^)\s*({before[-1]})")
        for number in range(place.line - 2, -1, -1):
            if lines[number].count(before[-1]) % 2 and (found := pattern.search(lines[number])):
                at = Place(path, number + 1, found.start(1) + 1)
                return Problem(at, Code.YAML_SYNTAX, "a quotation mark is never closed", "close it")
    is_whole = before.endswith(("'", '"', "]", "}")) and _OPENED.search(before[:-1])
    if not is_whole or not re.match(r"[^\s,\]}#:]", after):
        return None
    begun = {"]": "link or a list", "}": "role or braces"}.get(before[-1], "quotation")
    if before[-1] in "\"'" and not line[place.column - 2].isspace():
        return None  # an apostrophe
    rest = after if len(after) <= 30 else f"{after[:29]}…"
    if key := re.match(r"[\w-]+:\s", after) if "flow" in str(error.context) else None:
        return Problem(place, Code.YAML_SYNTAX, f'a comma is missing before "{key[0].strip()}"', "write one")
    other = "'" if before[-1] == '"' else '"'
    hint = f"a text that begins with a {begun} needs quotes around all of it: {other}…{other}"
    return Problem(place, Code.YAML_SYNTAX, f'"{rest}" stands behind the end of the value', hint)


def _mistake_above(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """A key without a blank behind its colon, or with an indentation that no other has, at which YAML stops in the line below."""
    mark = error.problem_mark
    if "mapping values are not allowed" not in str(error.problem) or mark is None:
        return None
    above = next((at for at in reversed(range(mark.line)) if lines[at].strip()), 0)
    depth = len(lines[above]) - len(lines[above].lstrip())
    if found := _NO_BLANK.match(lines[above].strip()):
        return _without_blank(Place(path, above + 1, depth + 1), found)
    here, key = _LINE_OF_KEY.match(lines[mark.line]), _LINE_OF_KEY.match(lines[above])
    depths = Counter(len(found[1]) for line in lines if (found := _LINE_OF_KEY.match(line)))
    if here and key and mark.column < here.end() and depth < len(here[1]) and depths[depth] == 1 < depths[len(here[1])]:
        entry = re.compile(rf" {{{depth}}}- +{key[2]}:")
        if any(map(entry.match, lines[above + 1 :])):
            return _without_hyphen(Place(path, above + 1, depth + 1), key[2])
        return _odd_indentation(Place(path, above + 1, depth + 1), key[2], str(len(here[1])))
    return None


def _key_in_a_value(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """A key that YAML takes for a part of the text above it, which has no colon, or is not indented as deep."""
    mark = error.problem_mark
    if "mapping values are not allowed" not in str(error.problem) or mark is None:
        return None
    above = next((at for at in reversed(range(mark.line)) if lines[at].strip()), None)
    here = _LINE_OF_KEY.match(lines[mark.line])
    if above is None or here is None or here.end() <= mark.column:
        return None
    depth = len(lines[above]) - len(lines[above].lstrip())
    if found := re.match(r"\s*([A-Za-z_][\w-]*)( +\S|$)", lines[above]) if ":" not in lines[above] else None:
        is_alone = not found[2]
        message, hint = f'"{lines[above].strip()}" has no colon', f'write "{found[1]}:{"" if is_alone else " …"}"'
        return Problem(Place(path, above + 1, depth + 1), Code.YAML_SYNTAX, message, hint)
    if len(here[1]) <= depth:
        return None
    key, around = _LINE_OF_KEY.match(lines[above]), _LINE_OF_KEY.match(lines[above - 1]) if above else None
    if key and around and key[1] == around[1] and not lines[above - 1][around.end() :].strip():
        message, hint = f'"{key[2]}" belongs to "{around[2]}"', "indent it deeper than that"
        return Problem(Place(path, above + 1, depth + 1), Code.YAML_SYNTAX, message, hint)
    message = f'"{here[2]}" is indented deeper than the line above, so it belongs to the text there'
    hint = "indent both alike"
    return Problem(Place(path, mark.line + 1, len(here[1]) + 1), Code.YAML_SYNTAX, message, hint)


def _wrong_indentation(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """A key that is indented unlike its neighbours; YAML often stops at the one below it."""
    if "did not find expected key" not in str(error.problem) or error.problem_mark is None:
        return None
    number, column = error.problem_mark.line, error.problem_mark.column
    if (first := _entry_without_hyphen(lines, number, column)) is not None:
        depth = len(lines[first]) - len(lines[first].lstrip())
        return _without_hyphen(Place(path, first + 1, depth + 1), lines[first].strip().partition(":")[0])
    if lines[number][column:].startswith("- ") and not any(
        re.match(rf" {{{column}}}- ", one) for one in lines[:number]
    ):
        message = 'an entry of a list, "- ", stands among keys'
        return Problem(_place(path, error.problem_mark), Code.YAML_SYNTAX, message, 'remove "- ", or indent it')
    texts = _block_lines(lines)
    starts = [(at, found) for at in range(number) if at not in texts and (found := _KEY_LINE.match(lines[at]))]
    levels = {at: {len(found[1]), len(found[1] + found[2])} for at, found in starts}
    opened: list[int] = []
    around = next((at for at in reversed(levels) if min(levels[at]) < column), None)
    for at in reversed(levels):
        opened += [level for level in levels[at] if level < min(opened, default=1_000)]
    if column in opened or around is None or lines[number][:column].strip():
        return None
    if any(column in levels[at] for at in levels if at < around):  # it stood at this level before the key above
        number, expected, column = around, f"{column}", min(levels[around])
    else:
        nearest = sorted(opened, key=lambda level: (abs(level - column), -level))[:2]
        is_clear = abs(nearest[0] - column) < abs(nearest[-1] - column) or _OF_FACT.match(lines[number].strip())
        expected = " or ".join(map(str, nearest[:1] if is_clear else sorted(nearest)))
        beside = _LINE_OF_KEY.match("".join(lines[number + 1 : number + 2]))
        if beside and len(beside[1]) == column > max(opened):
            expected += ", or above it the key that holds these"
    key = lines[number].strip().partition(":")[0]
    return _odd_indentation(Place(path, number + 1, column + 1), key, expected)


def _rest_of_text(path: str, lines: Sequence[str], number: int) -> Problem | None:
    """A further line of a text of several lines that is not indented deeper than its key."""
    above = [*takewhile(lambda at: lines[at].strip() and lines[at].startswith(" "), reversed(range(number)))]
    start = (above[-1] if above else number) - 1
    for at in (*above, start):
        key = _BLOCK_KEY.match(lines[at]) if at >= 0 else None
        if key and at + 1 < number:
            depth = len(lines[at + 1]) - len(lines[at + 1].lstrip())
            message = f'the line belongs to the text of "{key[2]}", and is not indented'
            place = Place(path, number + 1, 1 + len(lines[number]) - len(lines[number].lstrip()))
            return Problem(place, Code.YAML_SYNTAX, message, f"indent it by {depth} blanks")
    return None


def _without_hyphen(place: Place, key: str) -> Problem:
    return Problem(place, Code.YAML_SYNTAX, f'"{key}" begins an entry of a list without its hyphen', f'write "- {key}"')


def _entry_without_hyphen(lines: Sequence[str], number: int, column: int) -> int | None:
    """The line of the first entry of a list, if its key or brace has no hyphen as that of the entry in a line has."""
    key = re.match(r"- +([\w-]+:(?=\s|$)|\{)", lines[number][column:])
    start = re.compile(rf" {{{column},{column + 2}}}([\w-]+:(?=\s|$)|\{{)")  # with the blanks of the hyphen, or without
    block = takewhile(lambda at: not lines[at][:column].strip(), reversed(range(number)))
    return next((at for at in block if key and (one := start.match(lines[at])) and one[1] == key[1]), None)


def _block_lines(lines: Sequence[str]) -> set[int]:
    """The lines (from 0) of texts that begin with ``|`` or ``>``, which have no keys."""
    found, around = set[int](), -1
    for number, line in enumerate(lines):
        depth = len(line) - len(line.lstrip())
        if around >= 0 and (depth > around or not line.strip()):
            found.add(number)
            continue
        around = depth if re.search(r":\s+[|>][+-]?\d?\s*$", line) else -1
    return found


def _dedented_text(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """A text of several lines that is not indented deeper than its key."""
    mark = error.context_mark or error.problem_mark
    above = next((at for at in reversed(range(mark.line)) if lines[at].strip()), None) if mark else None
    if mark is None or above is None or mark.line >= len(lines):
        return None
    key = _BLOCK_KEY.match(lines[above])
    depth = len(lines[mark.line]) - len(lines[mark.line].lstrip())
    if key is None and not _LINE_OF_KEY.match(lines[mark.line]):
        return _rest_of_text(path, lines, mark.line)
    if key is None or depth > len(key[1]) or _LINE_OF_KEY.match(lines[mark.line]):
        return None
    message, hint = f'the text of "{key[2]}" is not indented', "indent it deeper than its key"
    return Problem(Place(path, mark.line + 1, depth + 1), Code.YAML_SYNTAX, message, hint)


def _odd_indentation(place: Place, key: str, expected: str) -> Problem:
    blanks = f"{place.column - 1} blank{'s' * (place.column != 2)}"
    message = f'"{key}" is indented by {blanks}, unlike the keys around it'
    return Problem(place, Code.YAML_SYNTAX, message, f"expected {expected}")


def _unquoted(path: str, lines: Sequence[str], error: yaml.MarkedYAMLError) -> Problem | None:
    """A text that ends too early for YAML: at an apostrophe between single quotation marks, or at a colon."""
    place = _place(path, error.problem_mark)
    line = "".join(lines[place.line - 1 : place.line])
    before, after = line[: place.column - 1], line[place.column - 1 :]
    if before.endswith("'") and re.match(r"\w", after):
        hint = "write it twice ('') or put the text in double quotation marks"
        at = Place(path, place.line, place.column - 1)
        return Problem(at, Code.YAML_SYNTAX, "an apostrophe ends a text in single quotation marks", hint)
    if re.match(r":(\s|$)", after) and re.search(r":\s+[^\s'\"|>{\[]", before):
        if key := re.search(r":\s+(value|note|sources|as_of|version|since|until|name|kind|summary)$", before):
            at, hint = Place(path, place.line, key.start(1) + 1), "write it on a line of its own, indented"
            return Problem(at, Code.YAML_SYNTAX, f'"{key[1]}:" stands behind another key', hint)
        is_quoted = re.search(r":\s+[“„«\u2018]", before)
        hint = "write ' or \" for its quotation marks" if is_quoted else "put quotes around it"
        hint += "; or a comma is missing before a key" if "flow" in str(error.context) else ""
        return Problem(place, Code.YAML_SYNTAX, 'a text that contains ": " stands without quotes', hint)
    return None


def _place(path: str, mark: yaml.Mark | None) -> Place:
    return Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
