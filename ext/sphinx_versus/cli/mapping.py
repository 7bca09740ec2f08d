"""The mapping of a table: what its columns are, and what becomes of what is new."""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain
from typing import Annotated, Any, Literal, get_args, get_origin

import rich_click as click
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ..catalogue.document import Document, Location
from ..catalogue.fields import ADDRESS_PATTERN, ONE_OR_MORE, ValueType
from ..catalogue.model import Criterion, Fact, Named, Record, Source, Technology
from ..catalogue.prose import Prose
from ..catalogue.validate import validated
from ..catalogue.values import split_list, typed_list
from ..characters import FORBIDDEN, code_point
from ..problems import Code, Problem
from .names import id_of

NOTE, LINKS, LINK_OF_NAME = BESIDE = (" @note", " @links", " @link")
"""The columns that a table in Markdown has beside its own: of footnotes, of the links in cells, and of the link of a heading."""
FIELDS = tuple(Fact.model_fields)
TRUTHS = {name for name, field in Fact.model_fields.items() if field.annotation is bool}
"""The fields that are true or false, for which JSON has words of its own."""
ROWS, COLUMNS, FACTS = "technologies-as-rows", "technologies-as-columns", "facts"
MOST_COLUMNS = 5_000
"""With more of them, a small table takes minutes."""
MOST_TIMES = 100
"""The power of ten of a factor."""
_MOST_FILLED = 1_000_000
"""The characters that a text in a mapping has with its cells."""
TOO_DEEP = "lists or objects are nested too deeply"
Type = Literal["technologies", "criteria", "sources"]
"""What new records may be of."""
_MODELS: Mapping[str, type[Named]] = {"technologies": Technology, "criteria": Criterion, "sources": Source}
FIELDS_OF = {type_: tuple(name for name in model.model_fields if name != "id") for type_, model in _MODELS.items()}
"""The fields of a new record, in their order."""


def is_list(type_: str, field: str) -> bool:
    """Whether the value of a field is a list."""
    return get_origin(_MODELS[type_].model_fields[field].annotation) is tuple


def is_prose(type_: Type, field: str) -> bool:
    """Whether the value of a field is Markdown."""
    annotation = _MODELS[type_].model_fields[field].annotation
    return Prose in (annotation, *get_args(annotation))


def _fits_in_cell(type_: str, field: str) -> bool:
    """Whether a field is a text, a flag or a list, and not an object."""
    annotation = _MODELS[type_].model_fields[field].annotation
    parts = (annotation, *get_args(annotation))
    is_object = get_origin(annotation) is Mapping or any(
        isinstance(one, type) and issubclass(one, Record) for one in parts
    )
    return is_list(type_, field) or not is_object


ABOUT = {
    type_: tuple(name for name in fields if name != "kind" * (type_ == "technologies") and _fits_in_cell(type_, name))
    for type_, fields in FIELDS_OF.items()
}
"""The fields of a new record that columns may have; the kind of a technology has keys of its own."""
_NEEDED = {
    "technologies": {"name": "x", "kind": "x"},
    "criteria": {"name": "x", "definition": "x"},
    "sources": {"title": "x"},
}
"""Fields without which no other field of a record can be judged."""


def _with_columns(given: Any) -> Any:
    """Put the names of columns, which are given by the fields of facts, into a mapping of their own."""
    return _apart(given, "@columns", FIELDS)


def _with_record(given: Any) -> Any:
    """Put the fields of a new criterion into a mapping of their own; a text is an id."""
    return _apart({"id": given} if isinstance(given, str) else given, "@record", FIELDS_OF["criteria"])


def _apart(given: Any, key: str, fields: Collection[str]) -> Any:
    if not isinstance(given, dict):
        return given
    others = {name: one for name, one in given.items() if name not in fields}
    return {**others, key: {name: one for name, one in given.items() if name in fields}}


def _as_meant(given: Any) -> Any:
    return {"value": {"true": "yes", "false": "no"}.get(given, given)} if isinstance(given, str) else given


_Meanings = Mapping[str, Annotated[Mapping[str, str], BeforeValidator(_as_meant)]]
"""By the words of a cell the fields of a fact that they mean."""


def _joined(given: Any) -> Any:
    is_list = isinstance(given, list) and all(isinstance(one, str) for one in given)
    return ", ".join(given) if is_list else given


def _of_all(given: str) -> str:
    """A default as it is; ``ValueError`` for one that names columns."""
    if in_braces(given):
        raise ValueError
    return given


_Default = Annotated[str, BeforeValidator(_joined), AfterValidator(_of_all)]
_Defaults = Mapping[Literal["as_of", "version", "sources"], _Default]


def _factor(given: Decimal) -> Decimal:
    """A factor as it is; ``ValueError`` for 0, and for one that no number is multiplied by."""
    if not given or abs(given.adjusted()) > MOST_TIMES:
        raise ValueError
    return given


class Keys:
    """Words and patterns, of which one is found for a word in a time that does not grow with the number of words."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._words = frozenset(keys)
        self._patterns = [one for one in keys if "*" in one]
        self._found: dict[str, str | None] = {}

    def find(self, word: str) -> str | None:
        """The key that a word is, or the first pattern that it fits; ``None`` for no such key."""
        if word in self._words or not self._patterns:
            return word if word in self._words else None
        if word not in self._found:
            self._found[word] = next((one for one in self._patterns if word and matches(word, one)), None)
        return self._found[word]


class Asked(BaseModel):
    """What a column or row with the values of a criterion is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = ""
    when: str = ""
    """The condition of its values, if they have one."""
    cells: _Meanings = {}
    """What its cells mean, before what those of the table do."""
    skip: tuple[str, ...] = ()
    """Its cells that are left out."""
    to: str = ""
    """The column with the upper ends, if its cells are the lower ends of ranges."""
    margin: Annotated[tuple[str, ...], BeforeValidator(lambda one: (one,) if isinstance(one, str) else one)] = ()
    """The column with what stands behind ±, or those of the margins upwards and downwards."""
    about_sources: Mapping[str, str] = {}
    """The columns of fields of new sources that are in a column of its own."""
    times: Annotated[Decimal, AfterValidator(_factor)] | None = None
    """What the numbers in its cells are multiplied by."""
    digits: Annotated[int, Field(ge=0, le=30)] = 0
    """The significant digits to which they are rounded; 0 for all."""
    split: str = ""
    """What separates the entries of a list in its cells."""
    defaults: _Defaults = {}
    """What its facts have, before what all facts of the table have."""
    columns: Mapping[str, str] = Field({}, alias="@columns")
    """The columns of the other fields of its facts."""
    record: Mapping[str, Any] = Field({}, alias="@record")
    """The fields of the criterion, if it is new."""

    _columns = model_validator(mode="before")(_with_columns)
    _record = model_validator(mode="before")(_with_record)

    @property
    def is_list(self) -> bool:
        """Whether the mapping says that its cells have entries."""
        return bool(self.split) or self.record.get("type") == ValueType.LIST

    def entries(self, cell: str) -> list[str]:
        """The entries of a list in a cell; the cell alone if the values of the criterion are no lists."""
        if not self.is_list:
            return [cell]
        return [*filter(None, map(str.strip, cell.split(self.split) if self.split else split_list(cell)))]

    @cached_property
    def skipped(self) -> Keys:
        """The cells that are left out."""
        return Keys(self.skip)

    @cached_property
    def keys(self) -> Keys:
        """The cells that mean something, or are left out."""
        return Keys((*self.skip, *self.cells))


def _with_fields(types: Any) -> Any:
    """A list of types, or of a mapping those that are true or without fields, have none."""
    given = dict.fromkeys(types) if isinstance(types, list) else types
    if not isinstance(given, dict):
        return given
    wanted = {type_: fields for type_, fields in given.items() if fields != "false"}
    return {type_: {} if fields in (None, "", "null", "true") else fields for type_, fields in wanted.items()}


_Created = Mapping[Type, Mapping[str, Any]]


class Mapping_(BaseModel):  # noqa: N801 (a mapping of columns, and no Mapping of Python)
    """What the columns of a table are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    shape: Literal["technologies-as-rows", "technologies-as-columns", "facts"] = "facts"
    technology: str = "technology"
    criterion: str = "criterion"
    when: str = ""
    """The column of the conditions under which the values of a row are so."""
    kind: str = ""
    kind_column: str = ""
    kinds: Mapping[str, str] = {}
    """Kinds by what their column has in their place."""
    id_column: str = ""
    """The column of the ids of new technologies."""
    technologies: Mapping[str, str] = {}
    source_ids: Mapping[str, str] = {}
    """Ids or web addresses by what the table has in their place."""
    criteria: Mapping[str, Asked] = {}
    only: bool = False
    """Whether only the criteria are taken that it names."""
    only_known: bool = False
    """Whether only the technologies are taken that it names or that have a record."""
    citations: bool = False
    """Whether a cell of sources is one citation: a title, an address and its edition, some of which may be absent."""
    other_sources: bool = False
    """Whether values of other sources than that of a fact become its statements."""
    columns: Mapping[str, str] = Field({}, alias="@columns")
    about: Mapping[str, str] = {}
    about_criteria: Mapping[str, str] = {}
    about_sources: Mapping[str, str] = {}
    ignore: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    values: _Meanings = {}
    defaults: _Defaults = {}
    create: Annotated[_Created, BeforeValidator(_with_fields)] = {}
    """The types of records that are written for what is new, with the fields that all new ones have."""

    _columns = model_validator(mode="before")(_with_columns)

    @cached_property
    def skipped(self) -> Keys:
        """The cells that are left out."""
        return Keys(self.skip)

    @cached_property
    def keys(self) -> Keys:
        """The cells that mean something, or are left out."""
        return Keys((*self.skip, *self.values))

    @cached_property
    def fitting(self) -> Keys:
        """The patterns of criteria that have more than a star: what fits one is meant, whatever else it is."""
        return Keys([name for name in self.criteria if name.strip("*") and "*" in name])

    @cached_property
    def ignored(self) -> Keys:
        """The columns that are left out."""
        return Keys(self.ignore)

    def naming(self, first: str, header: Collection[str]) -> "Mapping_":
        """The mapping of a table: a first column without a heading has the names, if no other column does."""
        field = {ROWS: "technology", COLUMNS: "criterion"}.get(self.shape, "")
        is_meant = field and first in header and getattr(self, field) not in header
        return self.model_copy(update={field: first}) if is_meant else self

    def expanded(self, names: Collection[str]) -> "Mapping_":
        """The mapping with the criteria of a table in the place of the first patterns that they fit, such as ``has.*``."""
        found: dict[str, Asked] = {}
        for key, asked in self.criteria.items():
            is_name = "*" not in key or key in names
            free = (one for one in names if one not in self.criteria and one not in found)
            fitting = [] if is_name else [one for one in free if matches(one, key)]
            found |= {one: _of_pattern(asked, _stars(one, key)) for one in fitting} or {key: asked}
        return self.model_copy(update={"criteria": found})

    @property
    def patterns(self) -> int:
        """How many patterns it has, to each of which columns or cells are held."""
        inner = ((*one.cells, *one.skip) for one in self.criteria.values())
        return sum("*" in one for one in chain(self.criteria, self.ignore, self.skip, self.values, *inner))

    def asked(self, name: str) -> Asked:
        """What the mapping says of a criterion of the table."""
        return self.criteria.get(name, _NOTHING_ASKED)

    def column_of(self, field: str, name: str, criterion: str = "") -> str:
        """The column of a field of the facts of a criterion; ``{}`` in it stands for the name of the column with the values."""
        default = field if field == "value" or self.shape == FACTS else ""
        own = self.asked(criterion or name).columns
        return (own.get(field, "") or self.columns.get(field, default)).replace("{}", name)

    def meaning(self, criterion: str, cell: str) -> Mapping[str, str] | None:
        """The fields of a fact that a cell with a value means, none if it is left out; ``None`` if nothing is said of it.

        What a pattern says is of a single entry.
        """
        found = self._meant(criterion, cell)
        if found is None:
            return None
        key, meant = found
        parts = {"": cell, **_stars(cell, key)}
        return {field: _with_parts(words, parts) for field, words in meant.items()}

    def value_meant(self, criterion: str, cell: str) -> str:
        """The value that a cell means beside the one with the value of a criterion; itself if nothing is said of it."""
        meaning = self.meaning(criterion, cell) if cell else None
        return cell if meaning is None else meaning.get("value", "")

    def names(self, criterion: str, cell: str) -> bool:
        """Whether the mapping names a cell, and not only by a pattern."""
        asked = self.asked(criterion)
        return any(cell in keys for keys in (asked.cells, asked.skip, self.values, self.skip))

    def keeps_cell(self, criterion: str, cell: str) -> bool:
        """Whether what a cell means has its own words as a value, which is computed as other values are."""
        found = self._meant(criterion, cell)
        return found is not None and bool(_PART.search(found[1].get("value", "")))

    def _meant(self, criterion: str, cell: str) -> tuple[str, Mapping[str, str]] | None:
        """The key to which a cell fits, and the fields that it means as they are typed in the mapping."""
        asked = self.asked(criterion)
        has_several = len(asked.entries(cell)) > 1
        for meanings, keys in ((asked.cells, asked.keys), (self.values, self.keys)):
            truth = TYPED.get(cell)  # of JSON, which may be typed as there
            key = truth if truth and truth in meanings and cell not in meanings else keys.find(cell)
            if key is not None:
                meant = meanings.get(key, {})
                if not has_several or "*" not in key or (key == "*" and meant.keys() - {"value"}):
                    return key, meant
        return None

    def entries(self, criterion: str, cell: str) -> str:
        """The list in a cell that has a sign between its entries, each as it is meant; one that means more than a value stays."""
        asked = self.asked(criterion)
        if not asked.is_list:
            return cell
        entries = asked.entries(cell)

        def meant(entry: str) -> str:
            fields = self.meaning(criterion, entry)
            return entry if fields is None or fields.keys() - {"value"} else fields.get("value", "")

        if not asked.split and not any(self._meant(criterion, one) for one in entries):
            return cell
        return typed_list(filter(None, map(meant, entries)))

    def is_skipped(self, criterion: str, cell: str) -> bool:
        """Whether a cell is left out."""
        return bool(cell) and any(keys.find(cell) is not None for keys in (self.asked(criterion).skipped, self.skipped))

    def _says_of_itself(self, column: str) -> bool:
        """Whether the cells of a column are the values of criteria and another field of their facts."""
        own = self.asked(column).columns
        return column in own.values() or "{}" in {**self.columns, **own}.values()

    def made_columns(self, header: Collection[str]) -> list[str]:
        """The names of criteria that have no column of their own, but values from others."""
        asked, there = self.criteria.items() if self.shape == ROWS else (), {*header}
        return [name for name, one in asked if name not in there and "*" not in name and one.columns.get("value")]

    def is_ignored(self, column: str) -> bool:
        """Whether a column is left out."""
        return self.ignored.find(column) is not None

    def others(self, header: Sequence[str]) -> set[str]:
        """The columns that hold no values of criteria or technologies."""
        named = {*columns_in(self.technology, header), *columns_in(self.criterion, header)}
        named |= {self.kind_column, self.id_column}
        conditions = (self.when, *(one.when for one in self.criteria.values()))
        named |= {one for when in conditions if when in header or in_braces(when) for one in columns_in(when, header)}
        about = (*self.about.values(), *self.about_criteria.values(), *self.about_sources.values())
        fields = {one for name in header for column in about for one in columns_in(column.replace("{}", name), header)}
        fields -= {one for one in fields if self.fitting.find(one) is not None}
        named |= {name for name in header if self.is_ignored(name) or name.endswith(BESIDE)}
        for asked in self.criteria.values():
            own = asked.columns.values() if self.shape == FACTS else [asked.columns.get("value", "")]
            further = (asked.to, *asked.margin, *own)
            named |= {one for column in further for one in columns_in(column, header)} - self.criteria.keys()
        given = {self.column_of(field, name) for name in header for field in FIELDS if field != "value"}
        fields |= {one for column in given for one in columns_in(column, header)}
        return named | {name for name in fields if name not in self.criteria and not self._says_of_itself(name)}


_NOTHING_ASKED = Asked()


def _of_pattern(asked: Asked, parts: Mapping[str, str]) -> Asked:
    """What a column is that fits a pattern; ``parts`` are what ``*`` stands for in its name, as :func:`_stars` has them."""

    def put_in(words: str) -> str:
        return _with_parts(words, parts)

    id_ = put_in(asked.id)
    texts = {field: put_in(one) for field, one in asked.record.items() if isinstance(one, str)}
    new = {
        "id": asked.id if id_ == asked.id else id_of(id_),
        "when": put_in(asked.when),
        "to": put_in(asked.to),
        "margin": tuple(map(put_in, asked.margin)),
        "columns": {field: put_in(one) for field, one in asked.columns.items()},
        "record": {**asked.record, **texts},
    }
    return asked.model_copy(update=new)


_ANY_PARTS = dict.fromkeys(("*", *(f"*{number}" for number in range(1, 10))), "x")
"""Something in the place of each ``*``, where it is judged whether a text can be a field of a record."""


def of_any_pattern(asked: Asked) -> Asked:
    """What the mapping says of a column, with something in the place of each ``*``: so it can be judged as a record."""
    return _of_pattern(asked, _ANY_PARTS)


STANDARD = Mapping_.model_validate({field: field for field in FIELDS})
"""The mapping of what ``versus export`` writes."""


def matches(words: str, pattern: str) -> bool:
    """Whether a column or cell is the same, or fits a pattern such as ``has.*``: ``*`` alone stands for others than itself."""
    first, *others = pattern.split("*")
    if not others:
        return words == pattern
    *inner, last = others
    at, end = len(first), len(words) - len(last)
    if at > end or not words.startswith(first) or not words.endswith(last):
        return False
    for part in inner:  # each where it comes first
        at = words.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def _stars(words: str, pattern: str) -> dict[str, str]:
    """What each ``*`` of a pattern stands for that words fit, as ``*1`` and so on, and as ``*`` all from the first to the last."""
    first, *others = pattern.split("*")
    if not others:
        return {}
    *inner, last = others
    start, end = len(first), len(words) - len(last)
    found, at = [words[start:end]], start
    for part in inner:
        found.append(words[at : words.find(part, at, end)])
        at += len(found[-1]) + len(part)
    return {f"*{number or ''}": one.strip() for number, one in enumerate((*found, words[at:end]))}


def is_flag(field: str, given: str, header: Collection[str]) -> bool:
    """Whether a mapping says of all values that a field is true, and names no column."""
    return field in TRUTHS and given in {"true", "yes"} and given not in header


TYPED = {"yes": "true", "no": "false"}
"""The cells that are words of JSON, and these."""
_PART = re.compile(r"\{((?:\*[1-9]?)?)\}")
"""Where a text has a cell, or what a ``*`` in a pattern stands for."""


def _with_parts(words: str, parts: Mapping[str, str]) -> str:
    """A text with the cell in the place of ``{}`` if it is one of the parts, and in those of ``{*}`` and ``{*2}`` what these stand for."""
    return _PART.sub(lambda one: parts.get(one[1], "" if one[1] else one[0]), words)


IN_BRACES = re.compile(r"\{([^{}]+)\}")
_BRACKETS = re.compile(r"(\[[^][]*\])(?!\()")
"""What stands in square brackets, and is no link of Markdown."""


def in_braces(given: str) -> list[str]:
    """What a text has between braces: a column each, or several with ``|`` between them."""
    return IN_BRACES.findall(given)


def cell_of(named: str, cells: Mapping[str, str]) -> str:
    """The cell of a column, or of several with ``|`` between them the first that is not empty; empty for none."""
    return cells.get(named, "") or next(filter(None, (cells.get(name) for name in named.split("|"))), "")


@lru_cache(maxsize=1024)
def _parts(given: str) -> tuple[tuple[str, bool], ...]:
    """The parts of a text, and whether they are optional: in square brackets, and with a column in them."""
    found = (one for one in _BRACKETS.split(given) if one)
    return tuple((one[1:-1], True) if _BRACKETS.fullmatch(one) and in_braces(one) else (one, False) for one in found)


def needed_words(given: str) -> str:
    """A text without its optional parts."""
    return "".join(part for part, is_optional in _parts(given) if not is_optional)


def needed_in(given: str) -> list[str]:
    """The columns that a text names outside of its optional parts."""
    return in_braces(needed_words(given))


def columns_in(given: str, header: Collection[str]) -> list[str]:
    """The columns that the place of one names: itself, or those between braces in a text such as ``at {Temperature} K``."""
    if given in header or not (named := in_braces(given)):
        return [given]
    return [name for one in named for name in ([one] if one in header else one.split("|"))]


def filled(given: str, cells: Mapping[str, str]) -> str:
    """The cell of a column, or a text in which those of others stand; empty if one of these is that it needs."""
    if given in cells or not in_braces(given):
        return cells.get(given, "")

    def put_in(part: str) -> str:
        is_there = all(cell_of(name, cells) for name in in_braces(part))
        return IN_BRACES.sub(lambda one: cell_of(one[1], cells), part) if is_there else ""

    if not all(cell_of(name, cells) for name in needed_in(given)):
        return ""
    if sum(len(cell_of(name, cells)) for name in in_braces(given)) > _MOST_FILLED:
        raise click.ClickException(
            f'"{given[:50]}" with its cells has over {_MOST_FILLED:,} characters; nothing was written'
        )
    parts = _parts(given)
    words = "".join(put_in(part) for part, _is_optional in parts)
    has_optional = any(is_optional for _part, is_optional in parts)
    return " ".join(words.strip(" ,;").split()) if has_optional else words


def filled_entries(given: str, cells: Mapping[str, str]) -> str:
    """The same for a list, which is without the entries whose cells are empty."""
    if given in cells or not in_braces(given):
        return cells.get(given, "")
    return "; ".join(filter(None, (filled(one.strip(), cells) for one in given.split(";"))))


# -- fields of records


def is_address(words: str) -> bool:
    """Whether words are a web address."""
    return re.fullmatch(ADDRESS_PATTERN, words) is not None


_BETWEEN_ADDRESSES = re.compile(r"[,;]?\s+")
_LINK = re.compile(r"https?://(?:www\.)?(?P<host>[^/?#\s,]+)\S*")


def in_field(type_: Type, field: str, cell: str) -> Any:
    """A cell as it is typed in a field of a record: a list is one of JSON, or has commas or semicolons between its entries."""
    info = _MODELS[type_].model_fields[field]
    if info.annotation is bool:
        return {"yes": "true", "no": "false"}.get(cell.lower(), cell)
    if not is_list(type_, field):
        return cell
    with suppress(ValueError, RecursionError):
        found = json.loads(cell)
        if isinstance(found, list) and not forbidden(found):
            entries = [one if isinstance(one, dict) else str(one) for one in found]
            return [one for number, one in enumerate(entries) if one not in entries[:number]]
    if ONE_OR_MORE in info.metadata:
        words = _BETWEEN_ADDRESSES.split(cell)
        return words if len(words) > 1 and all(map(is_address, words)) else cell
    words = [*dict.fromkeys(split_list(cell))]
    return [link for one in words for link in _as_links(one)] if field == "links" else words


def _as_links(words: str) -> list[Any]:
    """Addresses with the label before them, as in ``Guide: https://…``; without one each has the name of its host."""
    found = [*_LINK.finditer(words)]
    label = words[: found[0].start()].strip(" :") if found else ""
    return [{"label": label or one["host"], "url": one[0].rstrip(",")} for one in found] or [words]


def wrong_fields(
    type_: str, fields: Mapping[str, Any], document: Document, at: Location = ()
) -> tuple[list[Problem], set[Any]]:
    """What is wrong in fields of a new record, and in which of them."""
    _record, problems, lost = validated(document, at, {"@id": "x", **_NEEDED[type_], **fields}, _MODELS[type_])
    return [one for one in problems if one.code is not Code.UNFINISHED], {location[0] for location in lost if location}


def forbidden(value: Any) -> str:
    """The first character beyond ASCII that no record may have and few files, in words; those of ASCII are found in the record."""
    found = FORBIDDEN.search(json.dumps(value, ensure_ascii=False))
    return f"the character {code_point(found[0])}, which no record may have" if found else ""
