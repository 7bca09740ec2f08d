"""Tables of facts that were gathered elsewhere: CSV, JSON and Markdown."""

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import rich_click as click
from markdown_it import MarkdownIt

from ..catalogue.markdown import plain_text
from ..catalogue.values import ANSWERS, multiplied, split_list, typed_list
from ..problems import MOST_KEYS, closest, nearest
from .data import counted
from .files import read_text
from .mapping import (
    COLUMNS,
    FACTS,
    FIELDS,
    IN_BRACES,
    LINK_OF_NAME,
    LINKS,
    MOST_COLUMNS,
    NOTE,
    ROWS,
    TOO_DEEP,
    TRUTHS,
    TYPED,
    Asked,
    Mapping_,
    Type,
    cell_of,
    columns_in,
    filled,
    filled_entries,
    forbidden,
    in_braces,
    in_field,
    is_flag,
    is_list,
    matches,
    needed_in,
    needed_words,
)

MOST_OF_NAME = 1_000
"""So many characters the name of a column may have: in JSON each name in an object repeats those around it."""
MOST_HELD = 1_000
"""So many cells are held against one that is not there."""
MOST_MATCHED = 10_000
"""Of more different cells, nobody is told that none fits a pattern."""
MOST_CELLS = 500_000
"""A table with more is refused, the empty cells of short rows counted: it takes minutes, and gigabytes of memory."""
MOST_WRITTEN = 32_000_000
"""So many characters the facts of a table may have: a mapping can repeat a text for each of them."""
OF_VALUE = ("since", "until", "preview", "method")
"""Fields that say nothing without a value."""
NOTHING = "[]"
"""A list without entries, which is nothing unless a mapping says what it means."""
KEY = "@key"
"""The column of the keys, when JSON has an object of rows."""
FIRST = "@first"
"""The first column, when it has no heading."""
_FOOTNOTE = re.compile(r"\[\^([^][\s]+)\]")
_FOOTNOTE_TEXT = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.+)$", re.MULTILINE)
_SOURCE = re.compile(r"(?:(?<!\s)\s+)?\(\[[^][]*\]\(https?://[^()\s]*\)\)")
"""A link in brackets: a source, and no words of a value."""
_COMMON = MarkdownIt("commonmark")
_FORMULA = re.compile(r"'*(?!-\Z|[-+]?[\d.]+\Z)[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet would run, with the apostrophes that say that it is a text."""


class Row(NamedTuple):
    """A row of a table: where it is, and its cells by column."""

    number: int
    cells: Mapping[str, str]
    misfit: str = ""
    """Why nothing is taken from it, in words."""
    nothing: Set[str] = frozenset()
    """Its empty cells that are lists without entries in JSON."""


class Answer(NamedTuple):
    """What a table says of a technology and a criterion, both by the names that they have there."""

    place: str
    technology: str
    criterion: str
    fields: Mapping[str, str]
    row: Row
    when: str = ""
    """The condition of its value, if it has one."""
    is_further: bool = False
    """Whether its value is an earlier one of a fact, or one of another source."""
    misfit: str = ""
    """Why nothing is made of it, in words."""
    parts: list[Mapping[str, str]] | None = None
    """The fields of all rows that have entries of its list, if these are several."""


# -- reading


def read_table(path: Path, delimiter: str = "") -> list[Row]:
    """The rows of a table; the first line of CSV is the header."""
    text = read_text(path)
    try:
        match path.suffix.lower():
            case ".json":
                rows = _json_rows(json.loads(text))
            case ".md":
                rows = _markdown_rows(text)
            case _:
                rows = _csv_rows(text, path, delimiter)
    except RecursionError:
        raise click.ClickException(f"{path} cannot be read: {TOO_DEEP}") from None
    except (ValueError, csv.Error) as error:
        raise click.ClickException(f"{path} cannot be read: {error}") from None
    header = _header(rows)
    if not rows or not header:
        raise click.ClickException(f"{path} has no rows")
    if long := next((name for name in header if len(name) > MOST_OF_NAME), ""):
        raise click.ClickException(f'{path}: the name "{long[:50]}…" has over {MOST_OF_NAME:,} characters')
    if len(header) > MOST_COLUMNS or len(rows) * len(header) > MOST_CELLS:
        words = f"{counted(len(rows), 'row')} with {counted(len(header), 'column')}"
        hint = f"expected at most {MOST_COLUMNS:,} columns and {MOST_CELLS:,} cells"
        raise click.ClickException(f"{path} has {words}; {hint}")
    if misfit := forbidden(header):
        raise click.ClickException(f"{path} has {misfit}, in the name of a column")
    return [row._replace(misfit=row.misfit or _forbidden_in(row)) for row in rows]


def _forbidden_in(row: Row) -> str:
    """The first character in a row that no record may have, with its column; empty for none."""
    if not forbidden([*row.cells.values()]):
        return ""
    return next(f'{words}, in "{name}"' for name, cell in row.cells.items() if (words := forbidden(cell)))


def as_cell(text: str) -> str:
    """A text as a cell of CSV, which a spreadsheet shows and does not run."""
    return f"'{text}" if _FORMULA.match(text) else text


def _of_cell(cell: str) -> str:
    """The text of a cell of CSV."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _csv_rows(text: str, path: Path, delimiter: str) -> list[Row]:
    first = text.partition("\n")[0]
    signs = delimiter or ("\t" if path.suffix.lower() == ".tsv" else max(",;\t", key=first.count))
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=signs, restkey="", restval="", strict=True)
    rows: list[Row] = []
    if text.count("\n") * len(reader.fieldnames or ()) > 2 * MOST_CELLS:  # lines may be empty, or within a cell
        raise ValueError(f"it has over {MOST_CELLS:,} cells")
    if reader.fieldnames and not reader.fieldnames[0].strip():
        reader.fieldnames = [FIRST, *reader.fieldnames[1:]]
    for cells in _until_broken(reader, path):
        named = {name.strip(): _of_cell(cell.strip()) for name, cell in cells.items() if name and isinstance(cell, str)}
        excess = cells.get("", [])  # where a line has too many cells, the others have no names
        hint = "put a cell that contains the separator in quotation marks"
        misfit = f"{len(excess)} more cells than the header; {hint}" if any(excess) else ""
        rows.append(Row(reader.line_num, named, misfit))
    if not rows:
        raise ValueError("it has no row below the header")
    return rows


def _until_broken(reader: "csv.DictReader[str]", path: Path) -> Iterator[dict[str | Any, str | Any]]:
    """The rows; an error names the line in which the broken row begins."""
    before = 0
    try:
        if reader.fieldnames:
            before = reader.line_num
        for cells in reader:
            yield cells
            before = reader.line_num
    except csv.Error as error:
        unclosed = "unexpected end of data" in str(error)
        words = "a quotation mark is never closed; close it, or write two for one in a text" if unclosed else str(error)
        raise click.ClickException(f"{path}:{before + 1}: {words}") from None


def _markdown_rows(text: str) -> list[Row]:
    """The rows of the only table of a page, whose cells are the words without their markup; a footnote is a column beside its own."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)  # that of records limits their tables
    if (tables := sum(token.type == "table_open" for token in tokens)) != 1:
        raise ValueError(f"it has {f'{tables} tables' if tables else 'no table'}; expected one")
    rows: list[tuple[int, list[str]]] = []
    for token, inline in pairwise(tokens):
        if token.type == "tr_open":
            rows.append(((token.map or [0])[0] + 1, []))
        elif token.type in {"th_open", "td_open"}:
            rows[-1][1].append(inline.content)
    texts = dict(_FOOTNOTE_TEXT.findall(text))
    (_number, header), *others = rows
    names = [_plain_cell(cell) or FIRST * (at == 0) for at, cell in enumerate(header)]
    links = {name + LINK_OF_NAME: _links(cell)[:1] for name, cell in zip(names, header, strict=True)}
    found = []
    for number, cells in others:
        beside = dict(links)
        for name, cell in zip(names, cells, strict=True):
            notes = [texts[one] for one in _FOOTNOTE.findall(cell) if one in texts]
            beside[name + NOTE] = [*map(plain_text, notes)]
            beside[name + LINKS] = _links(" ".join([cell, *notes]))
        named = {name: _plain_cell(cell) for name, cell in zip(names, cells, strict=True) if name}
        found.append(Row(number, named | {name: " ".join(words) for name, words in beside.items() if words}))
    return found


def _plain_cell(cell: str) -> str:
    """The words of a cell, in the lines that it has, without marks of footnotes."""
    lines = re.split(r"<br\s*/?>", _FOOTNOTE.sub("", _SOURCE.sub("", cell)), flags=re.IGNORECASE)
    return "\n".join(filter(None, map(plain_text, lines)))


def _links(cell: str) -> list[str]:
    """The web addresses of the links in a cell, each once, but for those that are its words."""
    if "](" not in cell and "<" not in cell:
        return []
    (inline,) = _COMMON.parseInline(cell)
    opened = (one for one in inline.children or () if one.type == "link_open" and one.markup != "autolink")
    addresses = (str(one.attrGet("href")) for one in opened)
    return [*dict.fromkeys(one for one in addresses if re.match("https?://", one))]


def _json_rows(table: Any) -> list[Row]:
    if isinstance(table, dict):
        table = [{KEY: key, **row} for key, row in table.items() if isinstance(row, dict)]
    if not isinstance(table, list) or not all(isinstance(row, dict) for row in table):
        raise ValueError("expected a list of objects, or an object of objects")
    cells = [dict(_flat(row)) for row in table]
    nothing = [{name for name, cell in one.items() if cell == NOTHING} for one in cells]
    rows = zip(cells, nothing, strict=True)
    return [Row(at, one | dict.fromkeys(lists, ""), nothing=lists) for at, (one, lists) in enumerate(rows, 1)]


def _flat(value: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """The cells of an object; what is in an object inside of it has both names, with a dot between them."""
    for key, one in value.items():
        if len(before) + len(key) > MOST_OF_NAME:
            raise ValueError(f'the name "{f"{before}{key}"[:50]}…" has over {MOST_OF_NAME:,} characters')
        if isinstance(one, dict):
            yield from _flat(one, f"{before}{key}.")
        elif before or key:  # what has no name is no column
            yield f"{before}{key}", as_text(one)


def as_text(value: Any) -> str:
    """A value of JSON as the text of a cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return typed_list(map(as_text, value)) or NOTHING
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"  # JSON knows no difference between 0 and 0.0
    return "" if value is None else str(value).strip()


# -- what the columns say


def _header(rows: Sequence[Row]) -> list[str]:
    return [*dict.fromkeys(name for row in rows for name in row.cells)]


def without_patterns(mapping: Mapping_, rows: Sequence[Row]) -> Mapping_:
    """The mapping with the criteria of the table in the place of patterns."""
    header = _header(rows)
    others = mapping.others(header)
    columns = [name for name in header if name not in others]
    columns += (made := mapping.made_columns(header))
    if len(rows) * len(made) > MOST_CELLS:
        raise click.ClickException(
            f"the mapping makes {counted(len(made), 'more column')}; expected {MOST_CELLS:,} cells"
        )
    return mapping.expanded(columns if mapping.shape == ROWS else [*_cells(rows, mapping.criterion)])


def _cells(rows: Sequence[Row], column: str) -> dict[str, None]:
    """The cells of a column, each once."""
    return dict.fromkeys(filled(column, row.cells) for row in rows)


def misfits(path: Path, rows: Sequence[Row], mapping: Mapping_) -> Iterator[str]:
    """What no answer is made of: columns that are no field, and rows that nothing is taken from."""
    header = _header(rows)
    if mapping.shape == FACTS:
        used = mapping.others(header) | {*columns_in(mapping.column_of("value", ""), header)}
        for name in header:
            if name not in used:
                known = [
                    field for field in FIELDS if mapping.columns.get(field, field) == field and field not in header
                ]
                meant = f'did you mean "{near}"?; ' if (near := closest(name, known)) else ""
                hint = f"{meant}ignore in a mapping leaves a column out"
                yield f'{path}:1: the column "{name}" is no field of facts; {hint}'
    for row in rows:
        if row.misfit:
            yield f"{_place(path, row)}: the row has {row.misfit}"


def unknown_names(mapping_file: Path, path: Path, rows: Sequence[Row], mapping: Mapping_) -> Iterator[str]:
    """What the mapping names and the table has not: columns, or criteria in its cells."""
    header = _header(rows)

    def known(shape: str, column: str) -> Sequence[str]:
        return header if mapping.shape == shape else [*_cells(rows, column)]

    names = {
        "criteria": (mapping.criteria, [*known(ROWS, mapping.criterion), *mapping.made_columns(header)]),
        "about": (mapping.about.values(), header),
        "about_criteria": (mapping.about_criteria.values(), header),
        "about_sources": (mapping.about_sources.values(), header),
        **{field: ([column], header) for field, column in mapping.columns.items()},
    }
    for id_, asked in mapping.criteria.items():
        names |= {f"{id_}: {field}": ([column], header) for field, column in asked.columns.items()}
        ends = {"to": [asked.to] if asked.to else [], "margin": asked.margin}
        names |= {f"{id_}: {field}": (columns, header) for field, columns in ends.items()}
    for field, (all_given, there) in names.items():
        known_here = {*there}
        given = [one for one in all_given if not is_flag(field.rpartition(": ")[2], one, known_here)]
        absent = [
            name
            for name in chain.from_iterable(columns_in(one, known_here) for one in given)
            if not any(name.replace("{}", one) in known_here for one in (header if "{}" in name else [""]))
        ]
        for name in absent[:MOST_KEYS]:
            yield f'{mapping_file}: "{name}" in "{field}" is not in {path}; {nearest(name, filter(None, there))}'
        if more := len(absent[MOST_KEYS:]):
            yield f'{mapping_file}: {more:,} more names in "{field}" are not in {path}'
    meanings = chain(mapping.values.values(), *(one.cells.values() for one in mapping.criteria.values()))
    columns = {name: None for fields in meanings for words in fields.values() for name in in_braces(words)}
    for name in filter({*header}.__contains__, columns):
        hint = "in what a cell means, {} stands for its words, and {*} for what a * does"
        yield f'{mapping_file}: "{{{name}}}" is no column there, and stays as it is; {hint}'


def objects(mapping_file: Path, path: Path, rows: Sequence[Row], mapping: Mapping_) -> Iterator[str]:
    """The criteria of a mapping whose cells are objects in some rows, of which no part is taken."""
    header = _header(rows)
    taken = {*mapping.criteria, *mapping.others(header)}
    for name in mapping.criteria if mapping.only and mapping.shape == ROWS else ():
        inner = [one for one in header if one.startswith(f"{name}.")]
        left = [one for one in inner if one not in taken]
        used = [name, *(one for one in inner if one in taken)]
        is_lost = (any(map(row.cells.get, left)) and not any(map(row.cells.get, used)) for row in rows)
        if count := sum(is_lost):
            words = f'"{name}" is an object in {counted(count, "row")} of {path}, of which nothing is taken'
            yield f'{mapping_file}: {words}; name what is in it, such as "{left[0]}"'


def needless(mapping_file: Path, path: Path, rows: Sequence[Row], mapping: Mapping_) -> Iterator[str]:
    """What the mapping ignores or gives an id and the table has not, which costs nothing: other tables may have it."""
    header = _header(rows)
    for name in mapping.ignore:
        if not any(matches(column, name) for column in header):
            yield f'{mapping_file}: "{name}" in "ignore" is not in {path}; {nearest(name, filter(None, header))}'
    yield from islice(_needless_cells(mapping_file, path, rows, mapping), MOST_KEYS)
    names = header if mapping.shape == COLUMNS else [*_cells(rows, mapping.technology)]
    cells = dict.fromkeys([*names, *(cell for row in rows for cell in row.cells.values())])
    unsure = islice((name for name in mapping.technologies if name not in cells), MOST_KEYS)
    if absent := [name for name in unsure if not any(name in cell for cell in cells)]:
        words = (
            f'{absent[0]}" in "technologies" is'
            if len(absent) == 1
            else f'{absent[0]}" and {len(absent) - 1} more in "technologies" are'
        )
        yield f'{mapping_file}: "{words} not in {path}; {nearest(absent[0], dict.fromkeys(names))}'


def _needless_cells(mapping_file: Path, path: Path, rows: Sequence[Row], mapping: Mapping_) -> Iterator[str]:
    """The cells of criteria to which the mapping gives a meaning, and that no row has."""
    header = {*_header(rows)}
    columns = header | {*mapping.made_columns(header)} if mapping.shape == ROWS else set[str]()
    for name, asked in mapping.criteria.items():
        given = [one for one in (*asked.cells, *asked.skip) if one] if name in columns else []
        read = (asked.columns.get("value", name), *filter(None, (asked.to, *asked.margin))) if given else ()
        found = {cell: None for column in read for cell in _cells(rows, column)}
        if any(asked.columns.get("value", name) in row.nothing for row in rows if row.nothing):
            found[NOTHING] = None
        found |= dict.fromkeys(entry for cell in found for entry in asked.entries(cell))
        found |= {as_typed: None for cell, as_typed in TYPED.items() if cell in found}
        for cell in given:
            is_pattern = "*" in cell and (len(found) > MOST_MATCHED or any(matches(one, cell) for one in found))
            if cell not in found and not is_pattern:
                near = nearest(cell, islice(filter(None, found), MOST_HELD))
                yield f'{mapping_file}: "{cell}" of "{name}" is no cell of {path}; {near}'


def _place(path: Path, row: Row) -> str:
    return f"{path}: entry {row.number}" if path.suffix.lower() == ".json" else f"{path}:{row.number}"


def answers(
    path: Path, rows: Sequence[Row], mapping: Mapping_, is_known: Callable[[Row], bool] = lambda _row: True
) -> Iterator[Answer]:
    """What a table says, cell by cell or row by row, of the rows that are known."""
    header = _header(rows)
    needed = {ROWS: {mapping.technology}, COLUMNS: {mapping.criterion}}.get(
        mapping.shape, {mapping.technology, mapping.criterion}
    )
    for name in {column for one in needed for column in columns_in(one, header)} - {*header}:
        hint = f"{nearest(name, header)} (a mapping names the columns: --map)"
        if path.suffix.lower() in {".rst", ".txt", ".html"}:
            hint = "expected a file of CSV, JSON or Markdown"
        raise click.ClickException(f'{path} has no column "{name}"; {hint}')
    for when in (mapping.when, *(one.when for one in mapping.criteria.values())):
        for name in columns_in(when, header) if in_braces(when) or (when and when == mapping.when) else ():
            if name not in header:
                hint = nearest(name, filter(None, header))
                raise click.ClickException(f'"{name}" in "when" is not in {path}; {hint}; nothing was written')
    others = mapping.others(header)
    named = [*mapping.criteria] if mapping.only and mapping.shape == ROWS else header
    made = mapping.made_columns(header)
    there = {*header} - others | {*made}
    named = [*dict.fromkeys([*named, *made])]
    halves = {name for name, asked in mapping.criteria.items() if _lost_ends(asked, header)}
    names = [name for name in named if name in there] if mapping.shape != FACTS else [""]
    written = 0
    for row in filter(is_known, rows):
        for name in names if not row.misfit else ():
            answer = _answer(_place(path, row), row, name, mapping)
            written += sum(map(len, answer.fields.values()))
            if written > MOST_WRITTEN:
                hint = f"expected facts of at most {MOST_WRITTEN:,} characters; nothing was written"
                raise click.ClickException(f"{answer.place}: the mapping makes too much of this table; {hint}")
            if answer.criterion not in halves and (not mapping.only or answer.criterion in mapping.criteria):
                yield answer


def _lost_ends(asked: Asked, header: Collection[str]) -> list[str]:
    """The columns of upper ends and margins that a table has not: without these, its values would say something else."""
    given = filter(None, (asked.to, *asked.margin))
    return [name for one in given for name in columns_in(one, header) if name not in header]


def _answer(place: str, row: Row, name: str, mapping: Mapping_) -> Answer:
    """The answer in a row, or in one cell of it."""
    technology = name if mapping.shape == COLUMNS else filled(mapping.technology, row.cells)
    criterion = name if mapping.shape == ROWS else filled(mapping.criterion, row.cells)
    columns = {field: mapping.column_of(field, name, criterion) for field in FIELDS}
    asked = mapping.asked(criterion)
    own = asked.columns.get("value", "")
    own = own if own in row.cells else _all_optional(own)
    columns["value"] = name or own or columns["value"]
    cells = {field: filled(column, row.cells) for field, column in columns.items() if column}
    value = cells.get("value", "")
    has_part = name not in row.cells and any(row.cells.get(one) for one in columns_in(own, row.cells))
    if own and (value or has_part):
        value = filled(own, row.cells)
    is_there = columns["value"] in row.cells or bool(own and value) or "" in asked.cells  # a key of JSON may be absent
    said = NOTHING if columns["value"] in row.nothing and mapping.names(criterion, NOTHING) else value
    meaning = mapping.meaning(criterion, said) if is_there else None
    fields = {"value": value} if meaning is None else {**meaning}
    if meaning is None or mapping.keeps_cell(criterion, value):
        fields["value"] = measured(fields["value"], mapping, criterion, row.cells)
    of_value = {field for field, column in columns.items() if column == columns["value"]}
    if meaning is None and value.lower() not in ANSWERS:
        of_value = {"value"}
    further = {field: cell for field, cell in cells.items() if field not in of_value and cell not in {"", NOTHING}}
    fields |= _beside(mapping, criterion, row, columns, further, fields)
    fields = _with_marks(fields, *(row.cells.get(columns["value"] + name, "") for name in (NOTE, LINKS)))
    fields = _without_shared(fields, mapping, asked)
    # A text for all rows does not say what was looked for; a note that this cell means does.
    is_for_all = _is_for_all(columns["note"], row) and "note" not in (meaning or ())
    if is_for_all and not fields.get("value"):
        fields.pop("note", None)
    when = asked.when or mapping.when
    is_column = when in row.cells or when == mapping.when or in_braces(when)
    condition = filled(when, row.cells) if is_column else when
    return Answer(
        place,
        technology,
        criterion,
        {field: words for field, words in fields.items() if words},
        row,
        condition,
        misfit=_lacking(row, {"condition": when * bool(fields.get("value")), "value": columns["value"]}),
    )


def _beside(
    mapping: Mapping_,
    criterion: str,
    row: Row,
    columns: Mapping[str, str],
    cells: Mapping[str, str],
    fields: Mapping[str, str],
) -> dict[str, str]:
    """The fields that further cells say of a value; that of the value itself may be one, such as the version since which it is so."""
    found: dict[str, str] = {}
    for field, cell in cells.items():
        if columns[field] == columns["value"]:
            found |= {"value": "yes", field: cell} if field in {"since", "until"} else {field: cell}
        elif field in TRUTHS:
            found[field] = mapping.value_meant(criterion, cell) or fields.get(field, "")
        elif not mapping.is_skipped(criterion, cell) and not (field in fields and _is_for_all(columns[field], row)):
            found[field] = day_of(cell) if field == "as_of" else cell  # a text for all rows says less than this cell
    has_value = {**fields, **found}.get("value")
    return found | {field: "yes" for field in TRUTHS if has_value and is_flag(field, columns[field], row.cells)}


_TIME = re.compile(r"(?<=\d{4}-\d\d-\d\d)[T ]\d.*", re.DOTALL)


def day_of(cell: str) -> str:
    """A date without the time of day behind it."""
    return _TIME.sub("", cell)


def _all_optional(given: str) -> str:
    """A text in which each column may be empty."""
    return given if "[" in given else IN_BRACES.sub(r"[\g<0>]", given)


def _without_shared(fields: Mapping[str, str], mapping: Mapping_, asked: Asked) -> dict[str, str]:
    """The fields of an answer without what is said of all values of a row, where it has none."""

    def is_shared(field: str) -> bool:
        column = mapping.columns.get(field, "")
        return field in OF_VALUE and field not in asked.columns and mapping.shape != FACTS and "{}" not in column

    return {name: one for name, one in fields.items() if fields.get("value") or not is_shared(name)}


def _is_template(given: str, row: Row) -> bool:
    return given not in row.cells and bool(in_braces(given))


def _is_for_all(given: str, row: Row) -> bool:
    """Whether a text has the same words in all rows, and not only what the cells of a row say."""
    return _is_template(given, row) and bool(IN_BRACES.sub("", needed_words(given)).strip())


def _lacking(row: Row, templates: Mapping[str, str]) -> str:
    """What one of the texts with columns between braces lacks, in words, if some of these columns have a cell."""
    for what, given in templates.items():
        named = needed_in(given) if _is_template(given, row) else []
        lost = [name for name in named if not cell_of(name, row.cells)]
        if lost and (what == "condition" or len(lost) < len(named)):
            return f'its {what} has no "{lost[0]}"'
    return ""


def measured(value: str, mapping: Mapping_, criterion: str, cells: Mapping[str, str]) -> str:
    """A value with what further columns say of it: the upper end of a range, and what stands behind ±."""
    asked = mapping.asked(criterion)
    others = (mapping.value_meant(criterion, filled(name, cells)) for name in (asked.to, *asked.margin))
    value, high, *margins = (_computed(one, asked) for one in (mapping.entries(criterion, value), *others))
    return _with_margin(_range(value, high) if asked.to else value, [one.lstrip("+-\u2212") for one in margins])


def _with_margin(value: str, margins: Sequence[str]) -> str:
    """A value with its margin, or in brackets with those upwards and downwards where these are two."""
    if not value or not any(margins):
        return value
    if len({*margins}) == 1:
        return f"{value} ± {margins[0]}"
    shown = (f"{sign}{one}" for sign, one in zip("+\u2212", margins, strict=False) if one)
    return f"{value} ({' / '.join(shown)})"


def _with_marks(fields: Mapping[str, str], note: str, links: str) -> dict[str, str]:
    """The fields of an answer with what a footnote and the links of its cell say."""
    sources = fields.get("sources", "")
    return {"note": note, **fields, "sources": typed_list([*split_list(sources), *links.split()]) if links else sources}


def _computed(cell: str, asked: Asked) -> str:
    """A number multiplied and rounded as the mapping says; words as they are."""
    is_changed = cell and (asked.times or asked.digits)
    return multiplied(cell, asked.times or Decimal(1), asked.digits) if is_changed else cell


def _range(low: str, high: str) -> str:
    """The range between two cells, of which one may be empty."""
    if low and high and low != high:
        return f"{low} to {high}"
    return low or (f"at most {high}" if high else "")


_LINKED: Mapping[Type, str] = {"technologies": "homepage", "criteria": "specification"}
"""The fields of new records to which the links of their names in Markdown lead."""


def cells_about(mapping: Mapping_, type_: Type, answer: Answer) -> dict[str, Any]:
    """What the table says in further columns of a new record of a type."""
    name = {ROWS: answer.criterion, COLUMNS: answer.technology}.get(mapping.shape, "")
    asked = mapping.asked(answer.criterion)
    columns: dict[Type, Mapping[str, str]] = {
        "technologies": mapping.about,
        "criteria": mapping.about_criteria,
        "sources": asked.about_sources if "sources" in asked.columns else mapping.about_sources,
    }
    cells = {
        field: (filled_entries if is_list(type_, field) else filled)(one.replace("{}", name), answer.row.cells)
        for field, one in columns[type_].items()
    }
    if type_ in _LINKED:
        in_heading = mapping.shape == (COLUMNS if type_ == "technologies" else ROWS)
        column = mapping.technology if type_ == "technologies" else mapping.criterion
        link = answer.row.cells.get(name + LINK_OF_NAME if in_heading else column + LINKS, "")
        cells.setdefault(_LINKED[type_], link.partition(" ")[0])
    return {field: in_field(type_, field, cell) for field, cell in cells.items() if cell}
