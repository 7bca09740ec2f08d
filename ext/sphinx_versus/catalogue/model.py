"""The records: frozen, checked one by one as they are read.

A record carries its id (the file stem, or the key in its list) under the alias ``@id``, which the loader fills in; it is not
a key that a writer types, so the JSON Schemas leave it out. Rules that need more than one record are in :mod:`.check`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

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
from pydantic_core import PydanticCustomError, PydanticKnownError

from ..problems import Code
from .dates import PartialDate
from .layout import laid_out
from .prose import Prose
from .read import Scalar

MAX_QUOTE_WORDS = 25
ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ADDRESS_PATTERN = r"https?://[^\s/?#<>\"\[\]]+([/?#][^\s<>\"]*)?"
_BLANKS = re.compile(r"[ \t\n]+")
_AS_TYPED = {"type": ["string", "number", "boolean"], "minLength": 1}
"""An editor reads ``3.10`` as a number; the record keeps the text, so both are right."""


def reject(code: Code, message: str, hint: str = "", *at: str | int) -> PydanticCustomError:
    """An error that becomes a problem with this code, at a place (``at``) inside of the value.

    ``{here}`` in the message stands for the name of the value.
    """
    context = {"message": message, "hint": hint, "at": at}
    return PydanticCustomError(code.value, "{message}", context)


# -- the types of values ---------------------------------------------------------------------------------------------------


def _line_of_text(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    if not (words := _BLANKS.sub(" ", value).strip(" ")):
        raise reject(Code.MISSING_KEY, "{here} is empty", "write a text, or remove the key")
    return words


def _prose(value: Any) -> Prose:
    _line_of_text(value)
    if not isinstance(value, Scalar):
        return Prose(str(value))
    text, marks = laid_out(value.span)
    return Prose(text, value.span.path, marks[0][1], marks)


def _date(value: Any) -> PartialDate:
    text = _line_of_text(value)
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise reject(Code.INVALID_VALUE, f'"{text}" is not a date', str(error)) from None


def _full_date(value: PartialDate) -> PartialDate:
    if not value.is_full:
        raise reject(Code.INVALID_VALUE, f'"{value}" is not a full date', "expected a day such as 2026-11-22")
    return value


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _line_of_text(value)
    if text.lower() not in {"true", "false"}:
        raise reject(Code.INVALID_VALUE, f'"{text}" is neither true nor false', "expected true or false")
    return text.lower() == "true"


def _address(value: str) -> str:
    if not re.fullmatch(ADDRESS_PATTERN, value):
        raise reject(Code.INVALID_VALUE, f'"{value}" is not a web address', "expected https://… or http://…")
    return value


def _identifier(value: str) -> str:
    if not re.fullmatch(ID_PATTERN, value):
        raise reject(Code.INVALID_ID, f'"{value}" is not in kebab-case', _kebab_hint(value))
    return value


def kebab_case(value: str) -> str:
    """What an id would be in kebab-case; empty when nothing is left of it."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "-", value)
    return re.sub(r"[^a-z0-9]+", "-", apart.lower()).strip("-")


def _kebab_hint(value: str) -> str:
    kebab = kebab_case(value)
    return f'did you mean "{kebab}"?' if kebab else "expected lower-case letters, digits and hyphens"


def _one_or_more(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _short_quote(quote: str) -> str:
    if (words := len(quote.split())) > MAX_QUOTE_WORDS:
        hint = f"expected at most {MAX_QUOTE_WORDS}"
        raise reject(Code.QUOTE_TOO_LONG, f"the quotation has {words} words", hint)
    return quote


def _no_twins(ids: tuple[str, ...]) -> tuple[str, ...]:
    for position, one in enumerate(ids):
        if one in ids[:position]:
            message = f'"{one}" stands twice in this list'
            raise reject(Code.DUPLICATE_ENTRY, message, "remove one of them", position)
    return ids


def _with_ids(value: Any) -> Any:
    """Give each entry of a keyed list its key as id."""
    if not isinstance(value, dict):
        return value
    return {key: {**entry, "@id": key} if isinstance(entry, dict) else entry for key, entry in value.items()}


Text = Annotated[str, BeforeValidator(_line_of_text), WithJsonSchema(_AS_TYPED)]
Identifier = Annotated[
    Text, AfterValidator(_identifier), WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN}$"})
]
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
Address = Annotated[
    Text, AfterValidator(_address), WithJsonSchema({"type": "string", "pattern": f"^{ADDRESS_PATTERN}$"})
]
Ids = Annotated[tuple[Identifier, ...], AfterValidator(_no_twins), Field(json_schema_extra={"uniqueItems": True})]


class Choice(StrEnum):
    """A closed list of words, each with its meaning."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


class Kind(Choice):
    """Whether a source speaks for itself or about others."""

    PRIMARY = "primary", "the maker, specification or data itself"
    SECONDARY = "secondary", "somebody about it"


class ValueType(Choice):
    """What the values of a criterion are."""

    TEXT = "text", "a few words"
    YES_NO = "yes-no", "`yes`, `partial` (with a note) or `no`"
    NUMBER = "number", "a number without its unit, such as `12` or `3.5`"
    DATE = "date", "a year, month or day, such as `2026`, `2026-11` or `2026-11-22`"


class Relation(Choice):
    """How the sides of a comparison stand to each other; it decides the wording of the page."""

    ALTERNATIVES = "alternatives", "they do the same job, and one of them is chosen"
    COMPLEMENTS = "complements", "they do different jobs and are often used together"
    LAYERS = "layers", "one builds on the other"
    SUCCESSOR = "successor", "the second was made to replace the first"
    CONFUSED_TERMS = "confused-terms", "the words are mixed up, although they name different things"

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
        tuple[Annotated[Text, AfterValidator(_short_quote)], ...],
        BeforeValidator(_one_or_more),
        WithJsonSchema({"anyOf": [_AS_TYPED, {"type": "array", "items": _AS_TYPED}]}),
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

    model_config = ConfigDict(json_schema_extra={"required": ["reason"]})

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
    return Decimal(value) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?", value) else None
