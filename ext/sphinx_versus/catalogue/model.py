"""The records: frozen, checked one by one as they are read.

A record carries its id (the file stem, or the key in its list) under the alias ``@id``, which the loader fills in; it is not
a key that a writer types, so the JSON Schemas leave it out. Rules that need more than one record are in :mod:`.check`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from ..problems import Code
from .dates import PartialDate
from .prose import Prose
from .read import Scalar

MAX_QUOTE_WORDS = 25
ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_AS_TYPED = {"type": ["string", "number", "boolean"]}
"""An editor reads ``3.10`` as a number; the record keeps the text, so both are right."""


def reject(code: Code, message: str, hint: str = "") -> PydanticCustomError:
    """An error that the loader turns into a problem with this code."""
    return PydanticCustomError(code.value, "{message}", {"message": message, "hint": hint})  # type: ignore[arg-type]


# -- the types of values ---------------------------------------------------------------------------------------------------


def _line_of_text(value: Any) -> str:
    if not isinstance(value, str):
        raise reject(Code.WRONG_TYPE, "expected a text")
    if not value.strip():
        raise reject(Code.MISSING_KEY, "the text is empty")
    return " ".join(value.split())


def _prose(value: Any) -> Prose:
    if isinstance(value, Prose):
        return value
    _line_of_text(value)
    if isinstance(value, Scalar):
        return Prose(value.prose, value.path, value.line, value.columns)
    return Prose(str(value))


def _date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(_line_of_text(value))
    except ValueError as error:
        raise reject(Code.INVALID_VALUE, f'"{value}" is not a date', str(error)) from None


def _full_date(value: PartialDate) -> PartialDate:
    if not value.is_full:
        raise reject(Code.INVALID_VALUE, f'"{value}" is not a full date', "expected a day such as 2026-11-22")
    return value


def _flag(value: Any) -> bool:
    if value in {True, "true"}:
        return True
    if value in {False, "false"}:
        return False
    raise reject(Code.INVALID_VALUE, f'"{value}" is neither true nor false', "expected true or false")


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or " " in value:
        raise reject(Code.INVALID_VALUE, f'"{value}" is not a web address', "expected https://… or http://…")
    return value


def _identifier(value: str) -> str:
    if not re.fullmatch(ID_PATTERN, value):
        raise reject(Code.INVALID_ID, f'"{value}" is not in kebab-case', _kebab_hint(value))
    return value


def _kebab_hint(value: str) -> str:
    kebab = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", value).lower()).strip("-")
    return f'did you mean "{kebab}"?' if kebab else "expected lower-case letters, digits and hyphens"


def _one_or_more(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _short_quotes(quotes: tuple[str, ...]) -> tuple[str, ...]:
    for quote in quotes:
        if (words := len(quote.split())) > MAX_QUOTE_WORDS:
            raise reject(Code.QUOTE_TOO_LONG, f"the quotation has {words} words", f"at most {MAX_QUOTE_WORDS}")
    return quotes


def _no_twins(ids: tuple[str, ...]) -> tuple[str, ...]:
    for one in ids:
        if ids.count(one) > 1:
            raise reject(Code.DUPLICATE_ENTRY, f'"{one}" stands twice in this list')
    return ids


def _with_ids(value: Any) -> Any:
    """Give each entry of a keyed list its key as id."""
    if not isinstance(value, dict):
        return value
    return {key: {**entry, "@id": key} if isinstance(entry, dict) else entry for key, entry in value.items()}


Text = Annotated[str, BeforeValidator(_line_of_text), WithJsonSchema(_AS_TYPED)]
Identifier = Annotated[Text, AfterValidator(_identifier), WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN}$"})]
Markdown = Annotated[Prose, PlainValidator(_prose), WithJsonSchema({"type": "string", "minLength": 1})]
AnyDate = Annotated[
    PartialDate,
    PlainValidator(_date),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]
FullDate = Annotated[
    PartialDate,
    PlainValidator(_date),
    AfterValidator(_full_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
Address = Annotated[Text, AfterValidator(_address), WithJsonSchema({"type": "string", "pattern": "^https?://[^ ]+$"})]
Ids = Annotated[tuple[Identifier, ...], AfterValidator(_no_twins)]


class Kind(StrEnum):
    """Whether a source speaks for itself (``primary``) or about others (``secondary``)."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class ValueType(StrEnum):
    """What the values of a criterion are."""

    TEXT = "text"
    YES_NO = "yes-no"
    NUMBER = "number"
    DATE = "date"


class Relation(StrEnum):
    """How the sides of a comparison stand to each other; it decides the wording of the page."""

    ALTERNATIVES = "alternatives"
    COMPLEMENTS = "complements"
    LAYERS = "layers"
    SUCCESSOR = "successor"
    CONFUSED_TERMS = "confused-terms"

    @property
    def may_choose(self) -> bool:
        """Whether a verdict may tell the reader to choose one side."""
        return self in {Relation.ALTERNATIVES, Relation.SUCCESSOR}


class Record(BaseModel):
    """What all records share: frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Named(Record):
    """A record with an id."""

    id: SkipJsonSchema[Identifier] = Field(alias="@id")
    """The file stem, or the key in the list that holds the record."""


# -- the records -----------------------------------------------------------------------------------------------------------


class Source(Named):
    """A document that a fact or a correction rests on."""

    title: Text
    """The title of the page or document."""
    publisher: Text
    """Who publishes it."""
    url: Address | None = None
    """Its address; leave it out when there is none (package metadata, a printed book)."""
    kind: Kind
    """`primary`: the maker, specification or data itself; `secondary`: somebody about it."""
    accessed: FullDate
    """The day on which it was read."""
    edition: Text | None = None
    """The version or date of the copy that was read, in words."""
    quote: Annotated[
        tuple[Text, ...],
        BeforeValidator(_one_or_more),
        AfterValidator(_short_quotes),
        WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
    ] = ()
    """The sentence (or a list of sentences) that carries the fact, at most 25 words each, letter by letter."""


class Criterion(Named):
    """What a row of a table asks."""

    name: Text
    """The label of the row."""
    definition: Markdown
    """What exactly is asked, so that two people give the same answer."""
    type: ValueType = ValueType.TEXT
    """What its values are: `text`, `yes-no` (yes, partial or no), `number` or `date`."""
    unit: Text | None = None
    """The unit of a number, written after it."""
    group: Text = "General"
    """The heading under which the row stands when a table is not arranged by a comparison."""
    kinds: Ids = ()
    """The kinds of technology to which it applies; leave it out when it applies to all."""


class Fact(Record):
    """The answer of one technology to one criterion."""

    value: Text | None = None
    """The short answer that stands in the table. Leave it out when the answer is not known (the note says what was looked for)."""
    note: Markdown | None = None
    """A sentence that qualifies or explains the value."""
    sources: Ids = ()
    """Ids of the sources that carry it."""
    as_of: AnyDate | None = None
    """The year, month or day for which it was true."""
    version: Text | None = None
    """The version of the technology for which it was true."""
    judgement: Flag = False
    """`true` when the value is this catalogue's own judgement, drawn from the facts that the note names."""
    disputed: Markdown | None = None
    """Who disagrees, and in what, when sources contradict each other."""

    @model_validator(mode="after")
    def _explained(self) -> Fact:
        if not self.note and (self.judgement or self.value is None):
            why = "a judgement needs its ground" if self.judgement else "an unknown value needs what was looked for"
            raise reject(Code.NEEDS_NOTE, f"no note: {why}", "add note: …")
        return self


class Override(Fact):
    """A fact as one comparison must tell it, against the technology's own record."""

    reason: Markdown | None = None
    """Why this comparison needs another value."""

    @model_validator(mode="after")
    def _reasoned(self) -> Override:
        if not self.reason:
            raise reject(Code.NEEDS_REASON, "an override without a reason", "add reason: …")
        return self


class Misconception(Named):
    """A claim that is commonly believed, and what is true instead."""

    claim: Text
    """The wrong claim, as people say it, in one sentence."""
    correction: Markdown
    """What is true instead."""
    why_believed: Markdown | None = None
    """Why people believe it."""
    about: Ids = ()
    """Whom it is about; in a technology's record that technology, in a comparison's all of its sides unless named."""
    sources: Ids = ()
    """Ids of the sources that carry the correction."""


Misconceptions = Annotated[
    Mapping[Identifier, Misconception],
    BeforeValidator(_with_ids),
]


class Technology(Named):
    """One side of a comparison: a product, protocol, architecture or concept."""

    name: Text
    """The name as its makers write it."""
    kind: Identifier
    """What sort of thing it is, such as `web-framework`; comparisons and criteria are found by it."""
    summary: Markdown
    """The definition: one or two sentences that stand alone."""
    homepage: Address | None = None
    """Its own site."""
    repository: Address | None = None
    """Its source code."""
    synonyms: tuple[Text, ...] = ()
    """Other names that readers search for."""
    sources: Ids = ()
    """Ids of the sources that carry the summary."""
    facts: Mapping[Identifier, Fact] = {}
    """Its answers, by criterion."""
    misconceptions: Misconceptions = {}
    """What is commonly got wrong about it, by id."""


class RowGroup(Record):
    """Rows of a table under a heading."""

    group: Text
    """The heading."""
    rows: Ids = Field(min_length=1)
    """Ids of criteria, in the order in which they are shown."""


class Topic(Named):
    """A short section of a comparison that has no authored page."""

    title: Text
    """The heading of the section."""
    body: Markdown
    """Its text."""


class Condition(Record):
    """When a side is the right one, and the rows that support it."""

    when: Markdown
    """Ends the sentence "Choose X when …" (or "X is used when …")."""
    because: Ids = Field(min_length=1)
    """Ids of criteria that the comparison shows."""


class Verdict(Record):
    """When to choose which side; for relations that leave no choice, when each is used."""

    summary: Markdown | None = None
    """The deciding question, in a sentence or two."""
    choose: Mapping[Identifier, tuple[Condition, ...]] = {}
    """The conditions by technology, for `alternatives` and `successor`."""
    use: Mapping[Identifier, tuple[Condition, ...]] = {}
    """The conditions by technology, when there is nothing to choose."""

    @property
    def conditions(self) -> Mapping[str, tuple[Condition, ...]]:
        """The conditions by technology, whichever way they are worded."""
        return self.choose or self.use


class Comparison(Named):
    """Two or more technologies looked at together."""

    technologies: Ids = Field(min_length=2)
    """Ids of the sides, in the order of the columns (for `successor`, the older first)."""
    title: Text | None = None
    """The title, when it is not the names with "vs" between them."""
    relation: Relation
    """How they stand to each other."""
    summary: Markdown
    """What sets them apart, in two or three sentences that stand alone."""
    criteria: tuple[RowGroup, ...] = Field(min_length=1)
    """The rows, in groups."""
    facts: Mapping[Identifier, Mapping[Identifier, Override]] = {}
    """Overrides by technology and criterion; each needs a reason."""
    misconceptions: Misconceptions = {}
    """What is commonly got wrong about the pair, by id."""
    topics: Annotated[Mapping[Identifier, Topic], BeforeValidator(_with_ids)] = {}
    """Short sections; longer prose belongs on an authored page."""
    verdict: Verdict | None = None
    """When to choose which, or when each is used."""
    related: Ids = ()
    """Ids of comparisons to read next; more are found by shared technologies and kinds."""
    synonyms: tuple[Text, ...] = ()
    """Words that readers search for."""
    reviewed: FullDate
    """The day on which somebody last checked the whole record."""

    @property
    def rows(self) -> tuple[str, ...]:
        """The ids of all criteria shown, in order."""
        return tuple(row for group in self.criteria for row in group.rows)


def number(value: str) -> Decimal | None:
    """The value of a number, or ``None`` when the text is none."""
    try:
        return Decimal(value)
    except InvalidOperation:
        return None
