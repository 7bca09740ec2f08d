"""The types of single values in records: texts, ids, dates, addresses, prose, choices.

Each has its message for a value that does not fit, and what an editor's JSON Schema accepts in its place.
"""

import datetime
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from functools import partial
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError, PydanticKnownError

from ..characters import as_uri
from ..problems import Code, Hint, closest
from .document import Scalar, laid_out
from .files import FOLDERS, IMAGE
from .markdown import MOST_CHARACTERS
from .prose import Prose

MAX_TEXT = 2_000
"""So many characters a plain text may have, such as a value or a web address."""
MAX_NAME = 200
"""So many characters a name may have, which stands wherever something refers to it."""
MAX_PROSE = MOST_CHARACTERS
MAX_PROSE_EACH = 100_000
"""So many characters the texts of one record may have: as Markdown they take four seconds at the worst on each page that shows them."""
ROOM_OF_CELL = 40
ROOM_OF_SIGNS = {"|": ROOM_OF_CELL, **dict.fromkeys("{[", 100), **dict.fromkeys("`*_<\n", 10)}
"""So many characters more a cell of a table and a sign of markup count for: what they make takes a time in every format."""
MAX_WORD = 500
MAX_UNBROKEN = 1_000
"""So many characters a word may have, and one of a language without spaces, or a part of its sentences up to a line break: some formats take
a time or a memory for each that grows with the square of its length."""
MAX_MARKS = 16
"""So many combining marks, or joiners, may follow each other: setting a letter in type takes a time that grows with their square."""
MAX_CELLS = 12_000
"""So many cells the table of a comparison may have: its sides times its rows."""
MAX_ID = 110
"""The ids of a pair and what is between them fit into the name of a file."""
MAX_QUOTE_WORDS = 25
MAX_QUOTE = 500
ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
KIND_PATTERN = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
"""Kinds are shown with blanks for hyphens, so acronyms keep their case: ``SQL-database``."""
ADDRESS_PATTERN = r"https?://[^\s/?#<>\"\[\]\\^`{|}%]+([/?#][^\s<>\"\\]*)?"
IMAGE_PATTERN = rf"([\w-][\w .-]*/)*[\w-][\w .-]*\{IMAGE}"
_MARKDOWN_LINK = re.compile(r"(?:\[.*\]\(|<)(https?://[^\s<>)\"\\]+)[)>]")
_LIST_ITEMS = re.compile(r"^[ \t]*[-*+]", re.MULTILINE)
PLACEHOLDER = re.compile(r"(?:\ATODO\b|\bTODO:)[^\n]*")
"""What stands in a scaffold where something is to be written."""
_LONG_WORD = re.compile(
    rf"[^\s\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\U00020000-\U0003ffff]{{{MAX_WORD + 1}}}"
)
"""Such a word, but for those of languages that are written without spaces."""
_UNBROKEN = re.compile(rf"\S{{{MAX_UNBROKEN + 1}}}")
_MANY_MARKS = re.compile(
    rf"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u20d0-\u20ff\u2060\ufe00-\ufe0f\ufe20-\ufe2f]{{{MAX_MARKS + 1}}}"
)
_WITH_UNIT = re.compile(r"(?<![^\W_])([0-9]+[^\W\d_]{1,2})(?![^\W_])")
_STEP = re.compile("[0-9]{1,4}")
_BLANKS = re.compile(r"[ \t\n]+")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MONTH, _DAY = "(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)[1-9¹²³]", re.IGNORECASE)
_AS_TYPED = {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": MAX_TEXT}
"""An editor reads ``3.10`` as a number; the record keeps the text, so both are right."""
_AS_QUOTED = {**_AS_TYPED, "maxLength": MAX_QUOTE}


_OTHER_FORMS = {
    "%Y-%m": ("%Y-%m", "%B %Y", "%b %Y", "%m.%Y", "%m/%Y", "%Y/%m"),
    "%Y-%m-%d": (
        "%Y-%m-%d",
        "%d %B %Y",
        "%d %b %Y",
        "%B %d, %Y",
        "%b %d, %Y",
        "%d.%m.%Y",
        "%Y/%m/%d",
        "%d/%m/%Y",
        "%m/%d/%Y",
        "%d-%m-%Y",
        "%m-%d-%Y",
    ),
}
"""By what a date should be how others write it. The forms of a day allow two dates if nobody knows which number is the month."""


def _meant_date(text: str, *wanted: str) -> str:
    """The date that a text in another form is, as a hint; empty for no date, and for one that may be two."""
    meant = set()
    for iso in wanted:
        for form in _OTHER_FORMS[iso]:
            with suppress(ValueError):
                meant.add(datetime.datetime.strptime(text, form).strftime(iso))  # noqa: DTZ007 (a day has no zone)
    return f'did you mean "{meant.pop()}"?' if len(meant) == 1 else ""


def _expected_date(text: str) -> str:
    return _meant_date(text, *_OTHER_FORMS) or "expected a date such as 2026, 2026-11 or 2026-11-22"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A calendar date of which the day, or month and day, may be unknown (0).

    Written as in ISO 8601: ``2005``, ``2005-07`` or ``2005-07-21``.
    """

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raise ``ValueError`` for anything else."""
        match = _DATE.fullmatch(text.strip())
        if not match:
            raise ValueError(Hint(text, partial(_expected_date, text.strip())))
        year, month, day = (int(part or 0) for part in match.groups())
        if match[2] == "00" or match[3] == "00":
            raise ValueError("months and days count from 01")
        try:
            datetime.date(year, month or 1, day or 1)
        except ValueError:
            words = f"month {month:02}; months are 01 to 12" if month > 12 else f"day {day} in that month"
            words = words if year else "year 0"
            raise ValueError(f"there is no {words}") from None
        return cls(year, month, day)

    def __reduce__(self) -> tuple[type["PartialDate"], tuple[int, int, int]]:  # there are thousands in the cache
        return PartialDate, (self.year, self.month, self.day)

    @property
    def is_full(self) -> bool:
        """Whether the day is known."""
        return bool(self.day)

    def is_before(self, other: "PartialDate") -> bool:
        """Whether it is, for all that both say."""
        ours, theirs = ((date.year, date.month, date.day) for date in (self, other))
        known = next((at for at, pair in enumerate(zip(ours, theirs, strict=True)) if 0 in pair), 3)
        return ours[:known] < theirs[:known]

    @property
    def middle(self) -> float:
        """The year and its share that has passed in the middle of the year, month or day."""
        month = self.month - 1 + ((self.day - 0.5) / 31 if self.day else 0.5) if self.month else 6
        return self.year + month / 12

    def __str__(self) -> str:
        parts = [f"{self.year:04}", f"{self.month:02}", f"{self.day:02}"]
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])


class Loss(Enum):
    """What it costs when a field is wrong or absent, where that is more or less than the field."""

    NEEDED = "its absence is a problem, but what is left of the record is still true"
    ESSENTIAL = "without it what is left would say something else, so it is left out as well"
    WHOLE = "a list that would say something else without one of its entries, so all of it is left out"


def reject(
    code: Code,
    message: str,
    hint: str = "",
    *,
    at: tuple[str | int, ...] = (),
    instead: Any = None,
    of: tuple[str, ...] = (),
) -> PydanticCustomError:
    """An error that becomes a problem with this code, at a place (``at``) inside of the value.

    ``{here}`` in the message stands for the name of the value. ``instead`` is what is shown in its place; ``of`` are the fields
    of a record from which the error follows.
    """
    context = {"message": message, "hint": hint, "at": at, "instead": instead, "of": of}
    return PydanticCustomError(code.value, "{message}", context)


def _text(value: Any, most: int = MAX_TEXT) -> str:
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    if len(value) > most:
        raise reject(Code.TOO_LARGE, f"{{here}} has {len(value):,} characters", f"expected at most {most:,}")
    if not value.strip():
        raise reject(Code.MISSING_KEY, "{here} is empty", "write a text, or remove the key")
    return value


def _line_of_text(value: Any, most: int = MAX_TEXT) -> str:
    return _BLANKS.sub(" ", _text(value, most)).strip(" ")


def _with_short_words(value: str) -> str:
    if found := _LONG_WORD.search(value):
        message = f'{{here}} has a word of more than {MAX_WORD} characters, which begins with "{found[0][:20]}"'
        raise reject(Code.TOO_LARGE, message, "divide it by a space")
    if _UNBROKEN.search(value):
        message = f"{{here}} has more than {MAX_UNBROKEN:,} characters without a space or line break"
        raise reject(Code.TOO_LARGE, message, "begin a new line")
    if _MANY_MARKS.search(value):
        raise reject(Code.TOO_LARGE, f"{{here}} has more than {MAX_MARKS} combining marks in a row", "remove some")
    return value


def _name(value: Any) -> str:
    return _with_letters(_with_short_words(_line_of_text(value, MAX_NAME)))


def _with_letters(value: str) -> str:
    if not any(
        unicodedata.category(one)[0] in "LNS" for one in value
    ):  # an index and anchors are made from these alone
        raise reject(Code.INVALID_VALUE, f'"{value}" has no letter, digit or symbol', "expected words")
    return value


@dataclass
class Room:
    """What the texts of one record may still have of characters, in one validation of it."""

    left: int = MAX_PROSE_EACH


def _take_room(needed: int, info: ValidationInfo[Room | None]) -> None:
    if room := info.context:
        if needed > room.left:
            message, hint = "{here} is too much text for one record", f"expected at most {MAX_PROSE_EACH:,} characters"
            raise reject(Code.TOO_LARGE, message, f"{hint} in all its texts")
        room.left -= needed


def _counted(text: str, info: ValidationInfo[Room | None]) -> str:
    _take_room(len(text), info)
    return text


def _quotation(value: Any, info: ValidationInfo[Room | None]) -> str:
    quote = _BLANKS.sub(" ", _text(value, len(value) if isinstance(value, str) else 0)).strip(" ")
    words = quote.split()
    _take_room(min(len(quote), MAX_QUOTE), info)
    if len(words) <= MAX_QUOTE_WORDS and len(quote) <= MAX_QUOTE:
        return quote
    size = f"{len(words):,} words" if len(words) > MAX_QUOTE_WORDS else f"{len(quote):,} characters"
    beginning = " ".join(words[:MAX_QUOTE_WORDS])
    if len(beginning) >= MAX_QUOTE:
        beginning = beginning[: MAX_QUOTE - 1].rpartition(" ")[0] or beginning[: MAX_QUOTE - 1]
    hint = f"expected at most {MAX_QUOTE_WORDS} words; the page shows the beginning"
    raise reject(Code.QUOTE_TOO_LONG, f"the quotation has {size}", hint, instead=f"{beginning}…")


def room_of(text: str) -> int:
    """How much room a text takes: its characters, and more for markup."""
    more = sum(room * text.count(sign) for sign, room in ROOM_OF_SIGNS.items())
    return len(text) + more + ROOM_OF_CELL * len(_LIST_ITEMS.findall(text)) * ("list-table" in text)


def _prose(value: Any, info: ValidationInfo[Room | None]) -> Prose:
    if isinstance(value, Prose):
        return value
    text = _with_short_words(_text(value, MAX_PROSE))
    _take_room(room_of(text), info)
    return prose_of(text)


def prose_of(value: str) -> Prose:
    """A text as Markdown that knows where it stands."""
    if not isinstance(value, Scalar):
        return Prose(value)
    text, marks = laid_out(value.span)
    return Prose(text, value.span.path, marks[0][1], marks)


def _date(value: Any) -> PartialDate:
    text = _line_of_text(value)
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise reject(Code.INVALID_VALUE, f'"{text}" is not a date', str(error)) from None


def _full_date(value: Any) -> PartialDate:
    text, hint = _line_of_text(value), "expected a day such as 2026-11-22"
    try:
        date = PartialDate.parse(text)
    except ValueError as error:
        is_no_date = isinstance(error.args[0], Hint)  # else it is none that there is
        hint = (_meant_date(text, "%Y-%m-%d") or hint) if is_no_date else str(error)
        raise reject(Code.INVALID_VALUE, f'"{text}" is not a date', hint) from None
    if not date.is_full:
        raise reject(Code.INVALID_VALUE, f'"{text}" is not a full date', hint)
    return date


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _line_of_text(value)
    if text.lower() not in {"true", "false"}:
        meant = closest(text, ["true", "false"])
        hint = f'did you mean "{meant}"?' if meant else "expected true or false"
        raise reject(Code.INVALID_VALUE, f'"{text}" is neither true nor false', hint)
    return text.lower() == "true"


_MOST_OF_HOST = 253
"""So many characters the name of a host in the web has."""


def _can_be_taken_apart(address: str) -> bool:
    """Whether an address has one host, whatever its characters are when they are written in their plain forms."""
    with suppress(ValueError):  # a host that no network can have is a UnicodeError, which is one; so is a port
        parts = urlsplit(address)
        host = parts.hostname or ""
        if len(host) > _MOST_OF_HOST:  # Python looks at that last, after a time that grows with its square
            return False
        return bool(parts.netloc and host.encode("idna") and parts.port != 0)
    return False


def _address(value: str) -> str:
    if not re.fullmatch(ADDRESS_PATTERN, value) or not _can_be_taken_apart(value):
        hint = "expected https://… or http://…"
        if re.match(r"https?://\S+ ", value):
            hint = "write %20 for a blank in it, or remove the blank"
        elif link := _MARKDOWN_LINK.fullmatch(value):
            hint = f"write the address alone: {link[1]}"
        elif re.match(r"[\w-]+\.[\w.-]+[a-z](?:/|\Z)", value) and re.fullmatch(ADDRESS_PATTERN, f"https://{value}"):
            hint = f'did you mean "https://{value}"?'
        elif (meant := re.sub(r"\A(https?)(?::/*|//)(?=\w)", r"\1://", value)) != value and re.fullmatch(
            ADDRESS_PATTERN, meant
        ):
            hint = f'did you mean "{meant}"?'
        raise reject(Code.INVALID_VALUE, f'"{value}" is not a web address', hint)
    return as_uri(value)


def _image(value: str) -> str:
    if not re.fullmatch(IMAGE_PATTERN, value):
        hint = f"expected a path from the data folder, such as logos/django{IMAGE}"
        raise reject(Code.INVALID_VALUE, f'"{value}" is not the path of an image', hint)
    return value


def _identifier(value: str, *, is_single: bool = False) -> str:
    if not re.fullmatch(ID_PATTERN, value):
        kebab = "" if "://" in value else kebab_case(without_folder(value))
        is_list = not is_single and " " in value and all(re.fullmatch(ID_PATTERN, part) for part in value.split())
        is_cyrillic = value != value.translate(_LATIN)
        hint = (
            f'{"is a comma missing, or " * is_list}did you mean "{kebab}"?{" a letter is Cyrillic" * is_cyrillic}'
            if kebab
            else "expected lower-case letters, digits and hyphens"
        )
        raise reject(Code.INVALID_ID, f'"{value}" is not in kebab-case', hint)
    if len(value) > MAX_ID:
        raise reject(Code.INVALID_ID, f"an id of {len(value):,} characters", f"expected at most {MAX_ID}")
    return value


def _kind(value: str) -> str:
    usual = "-".join(word if word.isupper() else word.lower() for word in re.split(r"[\s_]+", value))
    if re.search(r"[\s_]", value) and re.fullmatch(KIND_PATTERN, usual):
        raise reject(Code.INVALID_ID, f'"{value}" is not in kebab-case', f'did you mean "{usual}"?')
    _identifier(value.lower() if re.fullmatch(KIND_PATTERN, value) else value, is_single=True)
    return value


def without_folder(value: str) -> str:
    """An id without the folder of its record, where somebody names the page."""
    folder, slash, id_ = value.partition("/")
    return id_ if slash and folder in FOLDERS else value


def is_reserved(name: str) -> bool:
    """Whether Windows takes a name of a file or folder, with whatever suffix, for a device."""
    return _DEVICES.fullmatch(name.partition(".")[0].rstrip()) is not None


_LATIN = str.maketrans("аеорсухіјѕкмнтвАЕОРСУХІЈЅКМНТВ", "aeopcyxijskmhtbAEOPCYXIJSKMHTB")
"""Letters of Cyrillic that look like those of ids."""


def kebab_case(value: str) -> str:
    """What an id would be in kebab-case; empty when nothing is left of it."""
    value = value.translate(_LATIN)
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "-", value)
    return re.sub(r"[^a-z0-9]+", "-", apart.lower()).strip("-")


def kind_heading(kind: str) -> str:
    """A kind as a heading: "web-framework" becomes "Web framework", and "SQL-database" becomes "SQL database"."""
    first, *others = kind.split("-")
    return " ".join([first.capitalize() if first.islower() else first, *others])


def comparable(words: str) -> str:
    """Words without what does not make them other words: case, and spaces or hyphens between them.

    A number directly before one or two letters is one with a unit, of which the case matters: ``1m`` is not ``1M``.
    """
    parts = _WITH_UNIT.split(re.sub(r"[\s_-]+", "-", words.strip()))
    return "".join(part if at % 2 else part.casefold() for at, part in enumerate(parts))


def bare_address(url: str) -> str:
    """An address without what makes it no other one."""
    return url.rpartition("://")[2].removeprefix("www.").rstrip("/")


def _no_twins(ids: tuple[str, ...]) -> tuple[str, ...]:
    before: set[str] = set()
    for position, one in enumerate(ids):
        if one in before:
            message, once = f'"{one}" stands twice in this list', tuple(dict.fromkeys(ids))
            raise reject(Code.DUPLICATE_ENTRY, message, "remove one of them", at=(position,), instead=once)
        before.add(one)
    return ids


def with_ids(value: Any) -> Any:
    """Give each entry of a keyed list its key as id."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        return value
    return {key: {**entry, "@id": key} if isinstance(entry, dict) else entry for key, entry in value.items()}


def _step(value: str) -> str:
    if not _STEP.fullmatch(value):
        raise reject(Code.INVALID_VALUE, f'"{value}" is not a step of a scale', "expected a whole number such as 5")
    return value


def steps_first(value: Any) -> Any:
    """A scale, whose numbers come before their words."""
    if isinstance(value, dict) and value:
        key, number = next(iter(value.items()))
        are_steps = [
            all(_STEP.fullmatch(str(one)) for one in value.values()),
            any(map(_STEP.fullmatch, map(str, value))),
        ]
        if are_steps == [True, False]:
            message = "the numbers of {here} stand behind their words"
            raise reject(Code.INVALID_VALUE, message, f"write {number}: {key}")
    return value


def _given(value: Any) -> Any:
    if value is None:
        raise reject(Code.MISSING_KEY, "{here} has no value", "leave out the key when the answer is not known")
    return value


def _string(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


COUNTED = AfterValidator(_counted)
"""Marks a text that counts for the limit of its record; ids do not."""
_Line = Annotated[
    str, BeforeValidator(lambda value: _with_short_words(_line_of_text(value))), WithJsonSchema(_AS_TYPED)
]
Text = Annotated[_Line, COUNTED]
Words = Annotated[Text, AfterValidator(_with_letters)]
"""A text that is listed by its words."""
Name = Annotated[
    str,
    BeforeValidator(_name),
    WithJsonSchema({**_AS_TYPED, "maxLength": MAX_NAME}),
    COUNTED,
]
Unit = Annotated[
    str,
    BeforeValidator(lambda value: _with_short_words(_line_of_text(value, MAX_NAME))),
    WithJsonSchema({**_AS_TYPED, "maxLength": MAX_NAME}),
    COUNTED,
]
"""What follows a number, which may have no letter: ``%``."""
ONE_OR_MORE = BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)
"""Marks a list of which a single text stands for its only entry."""
Quotes = Annotated[
    tuple[Annotated[str, BeforeValidator(_quotation), WithJsonSchema(_AS_QUOTED)], ...],
    ONE_OR_MORE,
    WithJsonSchema({"anyOf": [_AS_QUOTED, {"type": "array", "items": _AS_QUOTED}]}),
]
"""One quotation, or a list of them."""
_AS_TEXT = {**_AS_TYPED, "maxLength": MAX_TEXT}
MAX_TEXTS = 12
Texts = Annotated[
    tuple[Text, ...],
    Field(max_length=MAX_TEXTS),
    ONE_OR_MORE,
    AfterValidator(_no_twins),
    WithJsonSchema(
        {"anyOf": [_AS_TEXT, {"type": "array", "items": _AS_TEXT, "uniqueItems": True, "maxItems": MAX_TEXTS}]}
    ),
]
"""One text, or a list of few of them."""
Identifier = Annotated[_Line, AfterValidator(_identifier), _string(ID_PATTERN)]
Ids = Annotated[tuple[Identifier, ...], AfterValidator(_no_twins), Field(json_schema_extra={"uniqueItems": True})]
TechnologyKind = Annotated[_Line, AfterValidator(_kind), _string(KIND_PATTERN)]
Kinds = Annotated[tuple[TechnologyKind, ...], AfterValidator(_no_twins), Field(json_schema_extra={"uniqueItems": True})]
Names = Annotated[tuple[Name, ...], AfterValidator(_no_twins), Field(json_schema_extra={"uniqueItems": True})]
Synonyms = Annotated[Names, Field(max_length=100)]
"""Further names. They are one paragraph, and a typesetter takes long for one of letters that no font has."""
Step = Annotated[_Line, AfterValidator(_step), _string(_STEP.pattern)]
KEYED = BeforeValidator(with_ids)
"""Marks a mapping whose keys are the ids of the records in it; a key without a value is an empty one."""
GIVEN = BeforeValidator(_given)
"""Marks a value that is left out with its key: a key without one may have lost it."""
MAY_BE_EMPTY = BeforeValidator(lambda value: {} if value is None else value)
"""Marks a mapping of which a key without a value is an empty one."""
OR_NOTHING = {"type": ["object", "null"]}
"""What an editor accepts for such a mapping."""
LIST_OR_NOTHING = {"type": ["array", "null"]}
IdsOrNothing = Annotated[
    Ids, BeforeValidator(lambda value: [] if value is None else value), Field(json_schema_extra=LIST_OR_NOTHING)
]
"""Ids, of which the last may be deleted and the key be left."""
Markdown = Annotated[
    Prose, PlainValidator(_prose), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": MAX_PROSE})
]
CellMarkdown = Annotated[Markdown, AfterValidator(lambda prose: replace(prose, in_cell=True))]
"""Prose that is shown in a cell of a table."""
AnyDate = Annotated[
    PartialDate,
    PlainValidator(_date),
    WithJsonSchema({"type": ["string", "integer"], "pattern": rf"^\d{{4}}(-{_MONTH}(-{_DAY})?)?$"}),
]
FullDate = Annotated[PartialDate, PlainValidator(_full_date), _string(rf"\d{{4}}-{_MONTH}-{_DAY}")]
Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
Address = Annotated[str, BeforeValidator(_line_of_text), AfterValidator(_address), COUNTED, _string(ADDRESS_PATTERN)]
_AS_ADDRESS = {"type": "string", "pattern": f"^{ADDRESS_PATTERN}$"}
Addresses = Annotated[
    tuple[Address, ...],
    ONE_OR_MORE,
    AfterValidator(_no_twins),
    WithJsonSchema({"anyOf": [_AS_ADDRESS, {"type": "array", "items": _AS_ADDRESS, "uniqueItems": True}]}),
]
"""One address, or a list of them."""

ImageFile = Annotated[Text, AfterValidator(_image), _string(IMAGE_PATTERN)]


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
    SECONDARY = "secondary", "others about it"


class ValueType(Choice):
    """What the values of a criterion are."""

    TEXT = "text", "a few words"
    YES_NO = "yes-no", "`yes`, `partial` (with a note) or `no`"
    NUMBER = (
        "number",
        "a number such as `12`, `3.5`, `1–5`, `≤ 5`, `about 5` or `unlimited`, without its unit or with another prefix of it",
    )
    DATE = "date", "a year, month or day, such as `2026`, `2026-11` or `2026-11-22`"
    ONE_OF = "one-of", "one of the `values` that the criterion names"
    LIST = "list", "words with commas or semicolons between them, of the `values` if the criterion names any"
    SCORE = "score", "a number on the `scale` of the criterion"
    VERSION = "version", "a version such as `3.10` or `22.04 LTS`"
    TECHNOLOGIES = "technologies", "ids of technologies with commas or semicolons between them"

    @property
    def is_list(self) -> bool:
        """Whether a value has entries."""
        return self in {ValueType.LIST, ValueType.TECHNOLOGIES}


class TechnologyStatus(Choice):
    """Whether a technology goes on."""

    ACTIVE = "active", "it is being developed or maintained"
    DISCONTINUED = "discontinued", "nobody maintains it any more"


class CriterionStatus(Choice):
    """How settled what a criterion asks for is."""

    STABLE = "stable", "it is expected to stay"
    EXPERIMENTAL = "experimental", "it may still change"
    DEPRECATED = "deprecated", "it should not be used any more"


class Compare(Choice):
    """What two values of a criterion have in common that do not differ."""

    VALUE = "value", "the value; since which version does not matter"
    VERSION = "version", "the value, and since and until which version"
    NOTHING = "nothing", "no value differs from another, such as a current version"


class Relation(Choice):
    """How the sides of a comparison stand to each other; it decides the wording of the page."""

    ALTERNATIVES = "alternatives", "they do the same job, and one of them is chosen"
    COMPLEMENTS = "complements", "they do different jobs and are often used together"
    LAYERS = "layers", "one builds on the other"
    SUCCESSOR = "successor", "the second was made to replace the first"
    CONFUSED_TERMS = "confused-terms", "the words are mixed up, although they name different things"

    @property
    def may_choose(self) -> bool:
        """Whether a verdict may advise readers to choose one side."""
        return self in {Relation.ALTERNATIVES, Relation.SUCCESSOR}
