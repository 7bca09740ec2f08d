"""The types of single values in records: texts, ids, dates, addresses, prose, choices.

Each says what was expected when a value does not fit, and what an editor's JSON Schema accepts in its place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    WithJsonSchema,
)
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
_ID = re.compile(ID_PATTERN)
_AS_TYPED = {"type": ["string", "number", "boolean"], "minLength": 1}
"""An editor reads ``3.10`` as a number; the record keeps the text, so both are right."""


def reject(code: Code, message: str, hint: str = "", *at: str | int) -> PydanticCustomError:
    """An error that becomes a problem with this code, at a place (``at``) inside of the value.

    ``{here}`` in the message stands for the name of the value.
    """
    context = {"message": message, "hint": hint, "at": at}
    return PydanticCustomError(code.value, "{message}", context)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    if not value.strip(" \t\n"):
        raise reject(Code.MISSING_KEY, "{here} is empty", "write a text, or remove the key")
    return value


def _line_of_text(value: Any) -> str:
    return _BLANKS.sub(" ", _text(value)).strip(" ")


def prose_of(value: Any) -> Prose:
    """A text as Markdown that knows where it stands."""
    _text(value)
    if not isinstance(value, Scalar):
        return Prose(str(value))
    text, marks = laid_out(value.span)
    return Prose(text, value.span.path, marks[0][1], marks)


def _in_cell(prose: Prose) -> Prose:
    return replace(prose, in_cell=True)


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
    if not _ID.fullmatch(value):
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
    before: set[str] = set()
    for position, one in enumerate(ids):
        if one in before:
            message = f'"{one}" stands twice in this list'
            raise reject(Code.DUPLICATE_ENTRY, message, "remove one of them", position)
        before.add(one)
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
Markdown = Annotated[Prose, PlainValidator(prose_of), WithJsonSchema({"type": "string", "minLength": 1})]
CellMarkdown = Annotated[Markdown, AfterValidator(_in_cell)]
"""Prose that is shown in a cell of a table."""
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


def number(value: str) -> Decimal | None:
    """The value of a number, or ``None`` when the text is none."""
    return Decimal(value) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?", value) else None
