"""The records: frozen, checked one by one as they are read.

A record carries its id (the file stem, or the key in its list) under the alias ``@id``, which the loader fills in; it is not
a key that a writer types, so the JSON Schemas leave it out. Rules that need more than one record are in :mod:`.rules`.

A field that is wrong is left out. When it is one that must be there, so is the entry or record that holds it; :class:`.Loss`
marks the fields of which that is not so.
"""

from collections.abc import Mapping
from functools import cache, cached_property
from operator import itemgetter
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from ..problems import Code
from .digest import digest
from .fields import (
    GIVEN,
    KEYED,
    MAX_CELLS,
    MAY_BE_EMPTY,
    OR_NOTHING,
    Address,
    Addresses,
    AnyDate,
    CellMarkdown,
    Compare,
    CriterionStatus,
    Flag,
    FullDate,
    Identifier,
    Ids,
    IdsOrNothing,
    ImageFile,
    Kind,
    Kinds,
    Loss,
    Markdown,
    Name,
    Names,
    PartialDate,
    Quotes,
    Relation,
    Step,
    Synonyms,
    TechnologyKind,
    TechnologyStatus,
    Text,
    Texts,
    Unit,
    ValueType,
    Words,
    comparable,
    reject,
    steps_first,
    with_ids,
)
from .prose import Prose


class Record(BaseModel):
    """What all records share: frozen, and unknown keys are errors."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        defer_build=True,  # a build without a change validates nothing
    )

    @cached_property
    def digest(self) -> str:
        """A digest, taken once: a fact is in the answers for many pages. What is not in the record does not count."""
        return digest({name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set})

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, of which what follows from its fields is found anew, such as its digest."""
        copied = super().model_copy(update=update, deep=deep)
        for name in vars(copied).keys() - type(self).model_fields.keys():
            del vars(copied)[name]  # what followed from the other fields
        return copied

    @classmethod
    @cache
    def losses(cls) -> Mapping[str, Loss]:
        """By field what it costs to lose it, where that is more or less than the field."""
        fields = cls.model_fields.items()
        return {name: mark for name, field in fields for mark in field.metadata if isinstance(mark, Loss)}


class Named(Record):
    """A record with an id."""

    id: SkipJsonSchema[Identifier] = Field(alias="@id")
    """The file stem, or the key in the list that holds the record."""


MOST_OF_ADDRESS = 120
"""So many characters of an address are shown in the place of a title."""


class Source(Named):
    """A document that a fact or a correction rests on."""

    title: Text | None = None
    """The title of the page or document; it must be there when there is no `url`."""
    publisher: Name | None = None
    """Who publishes it."""
    url: Address | None = None
    """Its address; leave it out when there is none (package metadata, a printed book)."""
    archive: Address | None = None
    """The address of an archived copy."""
    kind: Kind | None = None
    """`primary`: the maker, specification or data itself; `secondary`: others about it."""
    accessed: FullDate | None = None
    """The day on which it was read."""
    verified: FullDate | None = None
    """The day on which the quotation was last compared with the source."""
    edition: Name | None = None
    """The version or date of the copy that was read, in words."""
    quote: Quotes = ()
    """The sentence (or a list of sentences) that carries the fact, at most 25 words each, letter by letter."""

    @model_validator(mode="after")
    def _findable(self) -> Self:
        if not self.title and not self.url:
            raise reject(Code.MISSING_KEY, "a source without a title or an address", "add url: …", of=("title", "url"))
        return self

    @property
    def label(self) -> str:
        """The title, or the address without its scheme, and without its middle where it is long."""
        words = self.title or (self.url or "").partition("://")[2].rstrip("/")
        return (
            words if self.title or len(words) <= MOST_OF_ADDRESS else f"{words[: MOST_OF_ADDRESS - 30]}…{words[-29:]}"
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which readers cannot judge it."""
        return tuple(name for name in ("title", "publisher", "kind", "accessed") if not getattr(self, name))


class Option(Named):
    """A value that a criterion names."""

    label: Name | None = None
    """The words that readers see, when they are not the id."""
    synonyms: Synonyms = ()
    """Other spellings of the same value, which a fact may have; case, spaces and hyphens do not matter anyway."""
    definition: Markdown | None = None
    """What exactly it means."""

    @property
    def words(self) -> str:
        """The words that readers see."""
        return self.label or self.id


def _options(value: Any) -> Any:
    """A text in the place of a value that a criterion names is its label."""
    if isinstance(value, dict):
        value = {key: {"label": one} if isinstance(one, str) else one for key, one in value.items()}
    return with_ids(value)


MAX_CONDITIONS = 4
"""On so many other criteria one may depend: each is looked at for each technology without an answer."""


class Criterion(Named):
    """What a row of a table asks."""

    name: Name
    """The label of the row."""
    definition: Annotated[Markdown, Loss.NEEDED] = Prose("")
    """What exactly is asked, so that two people give the same answer."""
    type: ValueType = ValueType.TEXT
    """What its values are: `text`, `yes-no` (yes, partial or no), `number`, `date`, `one-of`, `list`, `score`, `version` or `technologies`."""
    unit: Unit | None = None
    """The unit of a number, written after it; `×` for a factor such as `0.5×`, and `:1` for a ratio such as `3:1`."""
    values: Annotated[
        Mapping[Identifier, Option],
        BeforeValidator(_options, json_schema_input_type=Mapping[Identifier, Name | Option]),
    ] = {}
    """The values that it may have, for `one-of` and `list`: by id a label, or a label with synonyms and a definition, in their order."""
    scale: Annotated[Mapping[Step, Name], BeforeValidator(steps_first)] = {}
    """What the steps of a `score` mean, by number."""
    compare: Compare = Compare.VALUE
    """What makes a difference: the `value` alone, the `version` since which it is so as well, or `nothing`."""
    group: Name = "General"
    """The heading under which the row stands when a table is not arranged by a comparison."""
    kinds: Annotated[Kinds, Loss.WHOLE] = ()
    """The kinds of technology to which it applies; leave it out when it applies to all."""
    where: Annotated[Mapping[Identifier, Texts], Field(max_length=MAX_CONDITIONS), Loss.WHOLE] = {}
    """The technologies to which it applies, by their facts as in the `where` of a comparison; of others it is *not applicable*."""
    parent: Identifier | None = None
    """The id of the criterion of which it is a part."""
    status: CriterionStatus = CriterionStatus.STABLE
    """Whether what it asks for is `stable`, `experimental` or `deprecated`."""
    specification: Addresses = ()
    """The address of the document that defines what it asks for, or a list of them."""
    tags: Names = ()
    """Words under which it belongs with others."""
    only_when_different: Flag = False
    """`true` when tables leave the row out unless the answers differ; reasons of a verdict keep it."""

    @property
    def asks_version(self) -> bool:
        """Whether values differ that are so since different versions."""
        return self.compare is Compare.VERSION

    @model_validator(mode="after")
    def _names_no_technologies(self) -> Self:
        if self.values and self.type is ValueType.TECHNOLOGIES:
            message, hint = '"values" of a criterion whose values are technologies', "remove it, or write type: list"
            raise reject(Code.INVALID_VALUE, message, hint, of=("values",))
        return self

    @cached_property
    def option_by_word(self) -> Mapping[str, Option]:
        """The values that it names, by their ids, labels and synonyms as :func:`.fields.comparable` has them; ids come first."""
        options = self.values.values()
        words = [(word, option) for option in options for word in (*option.synonyms, option.words)]
        return {comparable(word): option for word, option in [*words, *((option.id, option) for option in options)]}

    @cached_property
    def step_by_word(self) -> Mapping[str, str]:
        """The steps of its scale by what they mean, as :func:`.fields.comparable` has it; the first comes first."""
        return {comparable(words): step for step, words in reversed([*self.scale.items()])}

    @cached_property
    def bounds(self) -> tuple[str, str]:
        """The lowest and the highest step of its scale."""
        return min(self.scale, key=int), max(self.scale, key=int)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """By id the place of each value that it names in their order, from 1."""
        return {id_: number for number, id_ in enumerate(self.values, 1)}


class Extent(Record):
    """A value, and the versions for which it is so."""

    value: Annotated[Text | None, GIVEN, Loss.ESSENTIAL] = None
    """The short answer that stands in the table. Leave it out when the answer is not known (the note says what was looked for)."""
    since: Annotated[Name | None, Loss.ESSENTIAL] = None
    """The first version or date for which it is so; with `≤` before it when it may be so for longer."""
    until: Annotated[Name | None, Loss.ESSENTIAL] = None
    """The last version or date for which it is so."""
    preview: Annotated[Flag, Loss.ESSENTIAL] = False
    """`true` when it is so in a preview only, such as a beta."""
    method: Annotated[Name | None, Loss.ESSENTIAL] = None
    """How the value was obtained, in a word or two that stand beside it: `measured`, `estimate`."""


S = TypeVar("S", bound="Statement | Fact")


def _applicable(said: S) -> S:
    """A fact or statement; it is rejected if it has a value and cannot have one."""
    if said.not_applicable and said.value is not None:
        message, of = f'"not_applicable" beside the value "{said.value}"', ("not_applicable", "value")
        raise reject(Code.INVALID_VALUE, message, "remove one of them", at=("not_applicable",), of=of)
    return said


class Statement(Extent):
    """A further value of a fact, and when it is so."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": [name]} for name in ("value", "not_applicable", "note")]}
    )

    not_applicable: Annotated[Flag, Loss.ESSENTIAL] = False
    """`true` when the criterion cannot be asked under this condition; there is no value. Without both, the answer is unknown, and the note says so."""
    when: Annotated[Name | None, Loss.ESSENTIAL] = None
    """The condition in a few words: a platform, an edition, a setting, a prefix."""
    as_of: AnyDate | None = None
    """The year, month or day for which it was true, such as that of an earlier value."""
    version: Name | None = None
    """The version of the technology for which it was true, such as an earlier one."""
    note: CellMarkdown | None = None
    """A sentence that qualifies or explains it, or says what was looked for."""
    sources: Ids = ()
    """IDs of the sources that carry it."""

    @property
    def is_dated(self) -> bool:
        """Whether it was so at a date or in a version; without a condition, it is an earlier value then."""
        return bool(self.as_of or self.version)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.value is None and not self.not_applicable and not self.note:
            hint = "add value: …, or not_applicable: true, or note: … with what was looked for"
            raise reject(Code.MISSING_KEY, '"value" is missing', hint, of=("value", "note"))
        return _applicable(self)


class Fact(Extent):
    """The answer of one technology to one criterion."""

    not_applicable: Annotated[Flag, Loss.ESSENTIAL] = False
    """`true` when the criterion cannot be asked of this technology; the note says why, and there is no value."""
    statements: tuple[Statement, ...] = ()
    """Further values under conditions, or earlier ones. Without its value, the table shows these."""
    note: CellMarkdown | None = None
    """A sentence that qualifies or explains the value."""
    sources: IdsOrNothing = ()
    """IDs of the sources that carry it."""
    as_of: AnyDate | None = None
    """The year, month or day for which it was true."""
    version: Name | None = None
    """The version of the technology for which it was true."""
    judgement: Annotated[Flag, Loss.ESSENTIAL] = False
    """`true` when the value is this catalogue's own judgement, drawn from the facts that the note names."""
    disputed: Annotated[CellMarkdown | None, Loss.ESSENTIAL] = None
    """Who disagrees, and in what, when sources contradict each other."""

    @property
    def is_documented(self) -> bool:
        """Whether the value rests on a source, or all values under conditions where there is no other."""
        present = self.present if self.value is None else ()
        return bool(self.sources or (present and all(one.sources for one in present))) and not self.judgement

    @property
    def present(self) -> tuple[Statement, ...]:
        """The values that are so under conditions, or by other sources; the other statements are earlier values."""
        return tuple(one for one in self.statements if one.when or not one.is_dated)

    @model_validator(mode="after")
    def _explained(self) -> Self:
        if not self.note and (self.judgement or (self.value is None and not self.statements)):
            words, hint = "neither a value nor a note", "add value: …, or note: … with what was looked for"
            if self.judgement or self.not_applicable:
                why = "a judgement needs its ground" if self.judgement else "what is not applicable needs a reason"
                words, hint = f"no note: {why}", "add note: …"
            raise reject(Code.NEEDS_NOTE, words, hint, of=("note", "value", "judgement"))
        return self

    @model_validator(mode="after")
    def _says_who_disagrees(self) -> Self:
        if self.disputed and self.disputed.text.casefold() in {"true", "yes", "false", "no"}:
            message, hint = f'"disputed" is "{self.disputed.text}"', "say who disagrees, and in what"
            raise reject(Code.WRONG_TYPE, message, hint, at=("disputed",), of=("disputed",))
        return self

    @model_validator(mode="after")
    def _is_applicable(self) -> Self:
        return _applicable(self)


MAX_REASONS = 1_000
"""So many rows the conditions of a verdict may name: each is a link, of which a typesetter makes a megabyte."""
MAX_DEFAULT_SOURCES = 20
"""Each fact has them, so with more a record is much longer on its pages than it looks."""


class Defaults(Record):
    """What the facts of a technology share, written once."""

    as_of: AnyDate | None = None
    """The date of each fact that has no `as_of` of its own."""
    version: Name | None = None
    """The version of each fact that has no `version` of its own."""
    sources: Annotated[Ids, Field(max_length=MAX_DEFAULT_SOURCES)] = ()
    """The sources of each fact that has no `sources` of its own."""


class Override(Fact):
    """A fact as one comparison shows it, against the technology's own record."""

    model_config = ConfigDict(json_schema_extra={"required": ["reason"]})

    reason: CellMarkdown | None = None
    """Why this comparison needs another value."""

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        if not self.reason:
            raise reject(Code.NEEDS_REASON, "an override without a reason", "add reason: …", of=("reason",))
        return self


class Misconception(Named):
    """A claim that is commonly believed, and what is true instead."""

    claim: Words
    """The wrong claim, as people say it, in one sentence."""
    correction: Markdown
    """What is true instead; its first sentence stands alone."""
    why_believed: Markdown | None = None
    """Why people believe it."""
    about: Annotated[Ids, Loss.ESSENTIAL] = ()
    """Whom it is about; in a technology's record that technology, in a comparison's all of its sides unless named."""
    sources: Ids = ()
    """IDs of the sources that carry the correction."""


Misconceptions = Annotated[Mapping[Identifier, Misconception], KEYED, Field(json_schema_extra=OR_NOTHING)]


class Link(Record):
    """An address with its label."""

    label: Annotated[Name, Loss.ESSENTIAL]
    """What is there, in a few words."""
    url: Annotated[Address, Loss.ESSENTIAL]
    """The address."""


class Logo(Record):
    """A small picture by which readers know a technology."""

    file: Annotated[ImageFile, Loss.ESSENTIAL]
    """The path of the image from the data folder, such as `logos/django.svg`: SVG, at most 32 KiB."""
    alt: Annotated[Name, Loss.ESSENTIAL]
    """What it shows, in a few words, for readers who do not see it."""


class Release(Record):
    """A release of a technology."""

    version: Annotated[Name, Loss.ESSENTIAL]
    """Its version, as facts name it; facts about `4.2.1` are about the release `4.2`, if that is listed."""
    date: AnyDate | None = None
    """When it was released."""
    supported_until: AnyDate | None = None
    """When its support ends, or ended."""


class Technology(Named):
    """One side of a comparison: a product, protocol, architecture or concept."""

    name: Name
    """The name as its makers write it."""
    kind: TechnologyKind
    """What sort of thing it is; comparisons and criteria are found by it. Acronyms have capitals: `SQL-database`."""
    summary: Markdown = Prose("")
    """The definition: one or two sentences that stand alone."""
    status: TechnologyStatus = TechnologyStatus.ACTIVE
    """Whether it goes on: `active` or `discontinued`."""
    logo: Logo | None = None
    """Its logo, an image file in the data folder."""
    homepage: Address | None = None
    """Its own site."""
    repository: Address | None = None
    """Its source code."""
    links: tuple[Link, ...] = ()
    """Further addresses, each with a label."""
    releases: tuple[Release, ...] = ()
    """Its releases, in whatever order; the one with the newest date is the current version."""
    synonyms: Synonyms = ()
    """Other names, and words with which readers look for it."""
    sources: Ids = ()
    """IDs of the sources that carry the summary."""
    defaults: Defaults | None = None
    """Date, version and sources of its facts; a fact that names one of them, be it empty, keeps its own."""
    facts: Annotated[Mapping[Identifier, Fact], MAY_BE_EMPTY, Field(json_schema_extra=OR_NOTHING)] = {}
    """Its answers, by criterion."""
    misconceptions: Misconceptions = {}
    """What is commonly got wrong about it, by id."""

    @cached_property
    def current(self) -> Release | None:
        """The release with the newest date."""
        dated = ((release.date.middle, release) for release in self.releases if release.date)
        return max(dated, key=itemgetter(0), default=(0, None))[1]

    def is_outdated(self, version: str | None) -> bool:
        """Whether the support of a version had ended when the current one was released: of its release, or one that it corrects."""
        if not version or self.current is None or self.current.date is None:
            return False
        parts = version.split(".")
        covering = (".".join(parts[:number]) for number in range(1, len(parts) + 1))
        ends = [end for name in covering for end in self._ends.get(name, ())]
        return bool(ends and all(end and end.middle < self.current.date.middle for end in ends))

    @cached_property
    def _ends(self) -> Mapping[str, list[PartialDate | None]]:
        """By version when the support of its releases ends."""
        found: dict[str, list[PartialDate | None]] = {}
        for release in self.releases:
            found.setdefault(release.version, []).append(release.supported_until)
        return found


class RowGroup(Record):
    """Rows of a table under a heading."""

    group: Name
    """The heading."""
    rows: Ids = Field(min_length=1)
    """IDs of criteria, in the order in which they are shown."""


class Topic(Named):
    """A short section of a comparison that has no authored page."""

    title: Name
    """The heading of the section."""
    leads: Mapping[Identifier, Text] = {}
    """What the section says of each technology, in a line that the page shows before the text."""
    body: Markdown
    """Its text."""


class Condition(Record):
    """When a side is the right one, and the rows that support it."""

    when: Markdown
    """Ends the sentence "Choose X if …" (or "Use X when …")."""
    because: Ids = Field(min_length=1)
    """IDs of criteria that the comparison shows."""


class Verdict(Record):
    """When to choose which side; for relations that leave no choice, when each is used."""

    question: Text | None = None
    """The question that decides, in one line that stands over the answers."""
    answer: Mapping[Identifier, Text] = {}
    """The answer by technology; completes the sentence that begins with its name."""
    summary: Markdown | None = None
    """What else a reader should know before choosing, in a sentence or two."""
    choose: Mapping[Identifier, tuple[Condition, ...]] = {}
    """The conditions by technology, for `alternatives` and `successor`."""
    use: Mapping[Identifier, tuple[Condition, ...]] = {}
    """The conditions by technology, when there is nothing to choose."""

    @model_validator(mode="after")
    def _has_not_too_many_reasons(self) -> Self:
        reasons = sum(len(condition.because) for side in self.conditions.values() for condition in side)
        if reasons > MAX_REASONS:
            message = f"{reasons:,} rows on which conditions rest"
            raise reject(Code.TOO_LARGE, message, f"expected at most {MAX_REASONS:,}")
        return self

    @property
    def conditions(self) -> Mapping[str, tuple[Condition, ...]]:
        """The conditions by technology, whichever way they are worded."""
        return self.choose or self.use


class SidesWanted(Record):
    """The question that chooses the sides of a comparison."""

    kind: Annotated[TechnologyKind, Loss.ESSENTIAL]
    """Their kind."""
    where: Annotated[Mapping[Identifier, Texts], Loss.WHOLE] = {}
    """By criterion the value that they have, or several of which they have one: the same, a list with these words, or a number within a bound such as `≥ 5`."""
    status: Annotated[TechnologyStatus | None, Loss.ESSENTIAL] = None
    """Only those that are `active`, or `discontinued`; when it is left out the former, and the latter are listed apart."""


class Comparison(Named):
    """Two or more technologies looked at together."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["technologies"]}, {"required": ["sides"]}]})

    technologies: Annotated[Ids, Loss.WHOLE] = Field((), min_length=2)
    """IDs of the sides, in the order of the columns (for `successor`, the older first)."""
    sides: Annotated[SidesWanted | None, Loss.WHOLE] = None
    """Instead of `technologies`: the question that chooses them."""
    title: Name | None = None
    """The title, when it is not the names with "vs" between them."""
    relation: Relation
    """How they stand to each other."""
    summary: Annotated[Markdown, Loss.NEEDED] = Prose("")
    """What sets them apart, in two or three sentences that stand alone."""
    criteria: tuple[RowGroup, ...] = Field(min_length=1)
    """The rows, in groups."""
    facts: Mapping[Identifier, Mapping[Identifier, Override]] = {}
    """Overrides by technology and criterion; each needs a reason."""
    misconceptions: Misconceptions = {}
    """What is commonly got wrong about the pair, by id."""
    topics: Annotated[Mapping[Identifier, Topic], KEYED] = {}
    """Short sections; longer prose belongs on an authored page."""
    verdict: Verdict | None = None
    """When to choose which, or when each is used."""
    related: Ids = ()
    """IDs of comparisons to read next; more are found by shared technologies and kinds."""
    synonyms: Synonyms = ()
    """Words that readers search for."""
    reviewed: Annotated[FullDate | None, Loss.NEEDED] = None
    """The day on which the whole record was last checked."""

    @model_validator(mode="after")
    def _has_sides(self) -> Self:
        if not self.technologies and not self.sides:
            raise reject(Code.MISSING_KEY, '"technologies" is missing', of=("technologies", "sides"))
        if self.technologies and self.sides:
            raise reject(Code.INVALID_VALUE, '"sides" beside "technologies"', "remove one of them", of=("sides",))
        return self

    @model_validator(mode="after")
    def _has_not_too_many_cells(self) -> Self:
        if excess := self.excess:
            raise reject(Code.TOO_LARGE, *excess)
        return self

    @property
    def excess(self) -> tuple[str, str] | None:
        """The message and the hint when it has too many cells."""
        hint = f"expected at most {MAX_CELLS:,}: sides times rows, or times misconceptions"
        return (f"{self.cells:,} cells", hint) if self.cells > MAX_CELLS else None

    @property
    def cells(self) -> int:
        """How many cells its table has; its misconceptions, each of which stands with each side, count as rows do."""
        return len(self.technologies) * max(len(self.rows), len(self.misconceptions))

    @property
    def rows(self) -> tuple[str, ...]:
        """The ids of all criteria shown, in order."""
        return tuple(row for group in self.criteria for row in group.rows)


class Redirects(Record):
    """Where the addresses of ids lead that have no page any more."""

    comparisons: Annotated[Mapping[Identifier, Identifier], MAY_BE_EMPTY, Field(json_schema_extra=OR_NOTHING)] = {}
    """The id of a comparison or pair that is gone, and the id of the one that took its place."""
    technologies: Annotated[Mapping[Identifier, Identifier], MAY_BE_EMPTY, Field(json_schema_extra=OR_NOTHING)] = {}
    """The id of a technology that is gone, and the id of the one that took its place; its published pairs go along."""


class Published(Named):
    """The ids whose pages are public, so that their addresses are kept. `versus publish` adds to the lists."""

    comparisons: IdsOrNothing = ()
    """IDs of comparisons and of derived pairs."""
    technologies: IdsOrNothing = ()
    """IDs of technologies."""
    redirects: Annotated[Redirects | None, MAY_BE_EMPTY] = Field(default_factory=Redirects)
    """Where the addresses of those lead that have no page any more."""
