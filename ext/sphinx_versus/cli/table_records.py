"""What a table of ``versus import`` is about: the records that names mean, and those that are written for what is new."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from ..catalogue.catalogue import Catalogue
from ..catalogue.document import Document
from ..catalogue.fields import ADDRESS_PATTERN, ID_PATTERN, MAX_ID, MAX_NAME, PLACEHOLDER, ValueType, bare_address
from ..catalogue.loader import parse
from ..catalogue.model import Criterion, Fact, Record, Technology
from ..catalogue.query import has_one_table
from ..catalogue.values import split_list, typed_list
from ..problems import Problem, closest, nearest
from .cell_texts import Citation, as_prose
from .data import counted
from .editing import HINDERING, Changes
from .facts import STATEMENTS, as_words, cells_of, unwrapped
from .mapping import COLUMNS, FACTS, FIELDS_OF, Asked, Mapping_, Type, filled, is_address, is_prose, wrong_fields
from .names import id_of, shortened_id, unusable
from .table_files import Answer, Row, cells_about

M = TypeVar("M", Mapping_, Asked)

_WORD = re.compile(rf"{ID_PATTERN}|{ADDRESS_PATTERN}")
UNWRITTEN = {"criteria": {"definition": "TODO: what exactly is asked."}}
"""By type of record the fields that somebody has to write, unless the mapping has them."""


class Notes(Counter[str]):
    """What has no place, with the rows in which it is."""

    def __init__(self, mapping: Mapping_) -> None:
        super().__init__()
        self._shape = mapping.shape
        self._first_places: dict[tuple[str, str], str] = {}

    def add(self, answer: Answer, message: str) -> None:
        """Note what is wrong with an answer."""
        self[f"{answer.place}: {message}"] += 1

    def add_once(self, answer: Answer, message: str) -> None:
        """Note what is wrong with several answers, with the first one."""
        place = self._first_places.setdefault(("", message), answer.place)
        self[f"{place}: {message}"] += 1

    def add_name(self, answer: Answer, name: str, type_: str, known: Iterable[Technology | Criterion]) -> None:
        """Note a name that is not known, once, with the row in which it comes first."""
        place = self._first_places.setdefault((type_, name), answer.place)
        names = [one.name for one in known]
        hint = nearest(name, names)
        if self._shape != FACTS and not closest(name, names):
            hint = "name it in a mapping, under ignore to leave it out"
        self[f'{place}: "{name}" is not a {type_}; {hint}'] += 1

    def lines(self) -> Iterator[str]:
        """The first messages of each kind, and how many more there are."""
        kinds = Counter[str]()
        left: dict[str, list[str]] = {}
        for message, times in self.items():
            kind = _VARYING.sub("…", message)
            kinds[kind] += 1
            if kinds[kind] <= MOST_ALIKE:
                yield message + (f" ({times} times)" if times > 1 else "")
            else:
                left.setdefault(kind, []).append(message)
        for messages in left.values():
            yield f"{len(messages):,} more like this: {messages[0]}"


MOST_ALIKE = 100
"""So many messages are printed that differ in their places, technologies and words of cells alone."""
_VARYING = re.compile(r""""[^"]*"|\d+|(?<= )[\w-]+(?=/[\w-]+\b)|(?<=: )[\w-]+(?=, [\w-]+: )""")


def _key_of_source(cited: Citation) -> str:
    """By what a source is found that has a title in the table: all that the table says of it."""
    return "\n".join(filter(None, (bare_address(cited.name), cited.title, cited.edition))).casefold()


class Records:
    """The records of technologies, criteria and sources that there are, and those that a table makes or completes."""

    def __init__(self, changes: Changes, mapping: Mapping_, notes: Notes, *, replace: bool) -> None:
        self._catalogue, self.mapping, self._notes, self._replace = changes.catalogue, mapping, notes, replace
        self.technologies: dict[str, dict[str, Any]] = {}
        self.criteria: dict[str, dict[str, Any]] = {}
        self.sources: dict[str, dict[str, Any]] = {}
        self.completed: dict[str, dict[str, Any]] = {}
        """By technologies that have a record the fields that it gets."""
        self._names = Names(self._catalogue)
        self._twins = Counter[str]()
        """By ids of sources how many others would have them."""
        self._made: dict[str, str] = {}
        self._made_alike: dict[str, str] = {}
        """The ids of new technologies, by their names, and by these without their case where only one is so."""
        self._made_criteria: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        """By ids of criteria that others are parts of the names that the table gives them."""
        self._told: dict[tuple[Type, str], tuple[set[int], dict[str, Any]]] = {}
        """By new records the rows that were looked at, and what the first of them says of the record."""
        self.files = {file.id: file for file in changes.files("technology")}
        self.facts = {id_: parse(file).records for id_, file in self.files.items()}
        own = {name: self._with_ids(asked) for name, asked in mapping.criteria.items() if asked.defaults}
        self.mapping = self._with_ids(mapping).model_copy(update={"criteria": {**mapping.criteria, **own}})
        """The mapping, with ids in the place of the addresses in its defaults."""

    def _with_ids(self, given: M) -> M:
        """A mapping, or what it says of a criterion, with ids in the place of the addresses in its defaults."""
        if "sources" not in given.defaults:
            return given
        nothing = Answer("defaults", "", "", {}, Row(0, {}))
        words = split_cell(given.defaults["sources"])
        ids = (self.source(nothing, Citation(one), is_only=False) if is_address(one) else one for one in words)
        return given.model_copy(update={"defaults": {**given.defaults, "sources": typed_list(filter(None, ids))}})

    def summary(self) -> list[str]:
        """How many records are new or completed."""
        new = {"technology": self.technologies, "criterion": self.criteria, "source": self.sources}
        made = [counted(len(records), f"new {type_} record") for type_, records in new.items() if records]
        if completed := [id_ for id_, fields in self.completed.items() if fields]:
            made.append(f"{counted(len(completed), 'technology record')} completed")
        return made

    def has_technology(self, id_: str) -> bool:
        """Whether a technology has a record, or gets one."""
        return id_ in self.files or id_ in self.technologies

    def known(self, technology: str) -> Technology | None:
        """The record of a technology that is there."""
        found: Technology | None = self.facts.get(technology, {}).get(technology)
        return found

    def fact(self, technology: str, criterion: str) -> Fact | None:
        """The fact that is there already."""
        record = self.known(technology)
        return record.facts.get(criterion) if record else None

    def shared(self, technology: str) -> dict[str, Any]:
        """What the facts of a technology share, which its record has or gets."""
        if record := self.known(technology):
            return {**cells_of(record.defaults)} if record.defaults else {}
        return {**self.technologies.get(technology, {}).get("defaults", {})}

    def is_named(self, name: str) -> bool:
        """Whether a name is that of a technology of the mapping or of a record."""
        return bool(self.mapping.technologies.get(name) or self._names.technology(name) or id_of(name) in self.files)

    def is_known(self, row: Row) -> bool:
        """Whether a row is about a technology of which something may be taken."""
        name = filled(self.mapping.technology, row.cells)
        if not self.mapping.only_known or self.mapping.shape == COLUMNS or name in self.mapping.technologies:
            return True
        is_there = not self.files.keys().isdisjoint({self._given_id(name, row), id_of(name)})
        return is_there or bool(self._names.technology(name) or self._names.synonyms.get(name.casefold()))

    def large_kinds(self) -> list[tuple[str, int]]:
        """The kinds of new technologies that get a page of their own, and how many technologies they have."""
        new = Counter(str(record["kind"]) for record in self.technologies.values())
        all_ = Counter(one.kind for one in self._catalogue.technologies.values()) + new
        return [(kind, all_[kind]) for kind in new if has_one_table(all_[kind])]

    def _given_id(self, name: str, row: Row) -> str:
        """The id that the mapping or the table gives a technology; empty without one."""
        return self.mapping.technologies.get(name, "") or id_of(row.cells.get(self.mapping.id_column, ""))

    def identity(self, answer: Answer) -> str:
        """What tells the technology of an answer from others of its name: the id that it is given, or else the name."""
        return self._given_id(answer.technology, answer.row) or answer.technology

    def technology(self, answer: Answer) -> str:
        """The id of the technology of an answer, whose record is there or is made; empty without one."""
        name = answer.technology
        if not name:
            return ""
        given = self._given_id(name, answer.row)
        id_ = given or self._made.get(name) or self._names.technology(name)
        if id_ in self.technologies:
            self._note_difference("technologies", id_, answer)
        if self.has_technology(id_):
            return id_
        id_ = given or id_of(name)
        if id_ in self.files:
            return id_
        if not given and (meant := self._names.synonyms.get(name.casefold(), "")):
            return meant
        return "" if self.mapping.only_known and not given else self._new_technology(answer, id_)

    def _new_technology(self, answer: Answer, id_: str) -> str:
        """Make the record of a technology, and return its id; note why none is made."""
        name = answer.technology
        if "technologies" not in self.mapping.create:
            self._notes.add_name(answer, name, "technology", self._catalogue.technologies.values())
            return ""
        cell = answer.row.cells.get(self.mapping.kind_column, "")
        kind = self.mapping.kinds.get(cell) or id_of(cell) or self.mapping.kind
        if not kind or unusable(id_) or id_ in self.technologies:
            reason, hint = "it has no kind", "kind or kind_column in a mapping gives it one"
            if kind:
                taken = f'"{id_}" is the id of "{self.technologies[id_]["name"]}"' if id_ in self.technologies else ""
                reason, hint = taken or unusable(id_), "technologies in a mapping gives it another id"
            self._notes.add(answer, f'no record is made of "{name}": {reason}; {hint}')
            return ""
        record = self._record("technologies", answer, {"name": name, "kind": kind}, id_=id_)
        if self.mapping.defaults:
            record["defaults"] = defaults_of(self.mapping.defaults)
        self.technologies[id_] = record
        self._made[name] = id_
        self._made_alike[name.casefold()] = "" if name.casefold() in self._made_alike else id_
        return id_

    def is_asked(self, criterion: str, technology: str) -> bool:
        """Whether a criterion is one of the kind of a technology."""
        record, there = self._catalogue.criteria.get(criterion), self.known(technology)
        kinds = record.kinds if record else self.criteria[criterion].get("kinds", ())
        kind = there.kind if there else self.technologies.get(technology, {}).get("kind")
        return not kinds or not kind or kind in ([kinds] if isinstance(kinds, str) else kinds)

    def type_of(self, criterion: str) -> str:
        """The type of a criterion, known or new."""
        record = self._catalogue.criteria.get(criterion)
        type_: str = record.type if record else self.criteria[criterion].get("type", "")
        return type_

    def technology_meant(self, word: str) -> str:
        """The id of a technology that a value names: by the mapping, its name or one of its synonyms; else what is typed."""

        def meant(name: str) -> str:
            given = self.mapping.technologies.get(name, "")  # its record may come later
            name = given or name
            is_id = self.has_technology(name)
            made = self._made.get(name) or self._made_alike.get(name.casefold(), "")
            known = self._names.technology(name) or self._names.synonyms.get(name.casefold())
            return name if is_id else known or made or given

        name, bracket, rest = word.partition(" (")
        return meant(word) or (meant(name) or name) + bracket + rest

    def known_criterion(self, name: str) -> str:
        """The id of a criterion that the mapping, a record or the table so far gives a name; empty without one."""
        return self.mapping.asked(name).id or self._made_criteria.get(name, "") or self._names.criterion(name)

    def criterion(self, answer: Answer) -> str:
        """The id of the criterion of an answer, whose record is there or is made; empty without one."""
        name = answer.criterion
        if not name:
            return ""
        id_ = self.known_criterion(name)
        if id_ in self.criteria:
            self._note_difference("criteria", id_, answer)
        if id_ in self.criteria or id_ in self._catalogue.criteria:
            return id_
        id_ = id_ or _id_of_criterion(name)
        if id_ in self._catalogue.criteria:
            return id_
        if "criteria" in self.mapping.create and not unusable(id_) and id_ not in self.criteria:
            own = [one.record for key, one in self.mapping.criteria.items() if (one.id or _id_of_criterion(key)) == id_]
            plain = self._plain_name(answer, id_)
            self.criteria[id_] = self._record("criteria", answer, {"name": _as_name(plain)}, *own, id_=id_)
            self._made_criteria[name] = self._made_criteria[plain] = id_
            return id_
        if id_ in self.criteria:
            hint = "criteria in a mapping gives it an id of its own, or both the same"
            self._notes.add_once(
                answer, f'"{name}" would have the id "{id_}" of "{self.criteria[id_]["name"]}"; {hint}'
            )
            return ""
        self._notes.add_name(answer, name, "criterion", self._catalogue.criteria.values())
        return ""

    def _plain_name(self, answer: Answer, id_: str) -> str:
        """The name of a new criterion: that of its column, and not that of one with its values under a condition."""
        if not self.mapping.asked(answer.criterion).when:
            return answer.criterion
        columns = (name for name in answer.row.cells if not self.mapping.asked(name).when)
        return next((name for name in columns if id_ in (self.mapping.asked(name).id, _id_of_criterion(name))), id_)

    def source(self, answer: Answer, cited: Citation, *, is_only: bool) -> str:
        """The id of a source by its title, address or id, whose record is there or is made; empty without one.

        What the table says of a new source is that of a cell with this one only.
        """
        words = cited.name or cited.title
        if words in self.mapping.source_ids:
            cited = cited._replace(name=self.mapping.source_ids[words])
            if not cited.name:
                return ""
        of_title = bool(cited.title) and self.mapping.citations
        key = _key_of_source(cited if of_title else Citation(cited.name))
        if id_ := self._names.sources.get(key, ""):
            known = self.sources.get(id_, {}).get("title", cited.title)
            if cited.title and not of_title and known != cited.title:
                hint = "citations: true in a mapping makes a source of each title"
                self._notes.add_once(answer, f'"{known}" is the title of {cited.name}, and not "{cited.title}"; {hint}')
            return id_
        if cited.name and not is_address(cited.name) and (id_ := id_of(cited.name)) in self._catalogue.sources:
            return id_
        if "sources" not in self.mapping.create:
            hint = nearest(words, self._catalogue.sources)
        elif is_address(cited.name) or not cited.name:
            return self._new_source(answer, key, cited, is_only=is_only)
        else:
            hint = "create makes sources of addresses with https:// or http:// alone; citations: true also of titles"
        self._notes.add(answer, f'"{words}" is not a source, so its facts are without it; {hint}')
        return ""

    def _new_source(self, answer: Answer, key: str, cited: Citation, *, is_only: bool) -> str:
        """Make the record of a source, and return its id; empty if something is wrong with it, which is noted."""
        words = re.sub(r"^https?://(www\.)?", "", cited.name).rstrip("/").replace("#", "-") or cited.title
        id_ = stem = shortened_id(id_of(words), 60)
        while id_ in self.sources or id_ in self._catalogue.sources:
            self._twins[stem] += 1
            id_ = f"{stem}-{self._twins[stem] + 1}"
        title, edition = cited.title, cited.edition
        if len(edition) > MAX_NAME:
            title, edition = ", ".join(filter(None, (title, edition))), ""
        given = {"url": cited.name, "title": title, "edition": edition}
        given = {field: words for field, words in given.items() if words}
        problems, wrong = wrong_fields("sources", given, Document(answer.place, None))
        for problem in problems:
            self._notes.add(answer, problem.text)
        if wrong:
            return ""
        self.sources[id_] = self._record("sources", answer if is_only else None, given)
        self._names.sources[key] = id_
        return id_

    def _record(
        self, type_: Type, answer: Answer | None, given: Mapping[str, Any], *own: Mapping[str, Any], id_: str = ""
    ) -> dict[str, Any]:
        """A new record: what all new ones have, what is given, what the table says of it, and what the mapping does.

        With an id, what further rows say of it is held against what this one does.
        """
        found = {**UNWRITTEN.get(type_, {}), **self.mapping.create[type_], **given}
        if answer:
            cells = self._cells_about(type_, answer)
            if id_:
                self._told[type_, id_] = {answer.row.number}, cells
            problems, wrong = wrong_fields(type_, cells, Document(answer.place, None))
            for problem in problems:
                self._notes.add(answer, problem.text)
            found |= {field: cell for field, cell in cells.items() if field not in wrong}
        for fields in own:
            found |= fields
        name = str(found.get("name", "")).casefold()
        if isinstance(found.get("synonyms"), list):  # its name is none of them
            found["synonyms"] = [one for one in found["synonyms"] if str(one).casefold() != name]
        return {field: found[field] for field in FIELDS_OF[type_] if field in found}

    def _cells_about(self, type_: Type, answer: Answer) -> dict[str, Any]:
        """What the table says of a record in further columns, with the ids of sources that it names otherwise."""
        cells = cells_about(self.mapping, type_, answer)
        if isinstance(names := cells.get("sources"), list):
            cells["sources"] = [id_ for one in names if (id_ := self.source(answer, Citation(one), is_only=False))]
        if parent := cells.get("parent"):
            cells["parent"] = self.known_criterion(parent) or _id_of_criterion(parent)
            self._parents.setdefault(cells["parent"], parent)
        return {field: as_prose(one) if is_prose(type_, field) else one for field, one in cells.items()}

    def _note_difference(self, type_: Type, id_: str, answer: Answer) -> None:
        """Note what a row says otherwise of a new record than the first one, of which it was made."""
        if not (self.mapping.about if type_ == "technologies" else self.mapping.about_criteria):
            return
        rows, first = self._told[type_, id_]
        if answer.row.number in rows:
            return
        rows.add(answer.row.number)
        for field, given in self._cells_about(type_, answer).items():
            if field in first and given != first[field]:
                words = f'"{field}" is "{_shortened(first[field])}" already, and "{_shortened(given)}" here is left out'
                self._notes.add(answer, f"{id_}: {words}")

    def complete(self, technology: str, answer: Answer) -> None:
        """Find out what the table says of a technology that has a record: fields that it lacks, or has otherwise."""
        record = self.known(technology)
        if record is None or technology in self.completed:
            return
        new = self.completed[technology] = {}
        cells = self._cells_about("technologies", answer)
        problems, wrong = wrong_fields("technologies", cells, Document(answer.place, None))
        for problem in problems:
            self._notes.add(answer, problem.text)
        for field, value in cells.items():
            there = getattr(record, field)
            shown = ", ".join(map(str, there)) if isinstance(there, tuple) else unwrapped(str(there or ""))
            is_of_objects = isinstance(there, tuple) and any(isinstance(one, Record) for one in there)
            if field not in wrong and not is_of_objects and not is_same(shown, value):
                if self._replace or not shown or PLACEHOLDER.search(shown):
                    new[field] = value
                else:
                    words = f'"{shown}" in the record and "{as_words(value)}" here; --replace takes it'
                    self._notes.add(answer, f'{technology}: "{field}" is {words}')

    def sort_criteria(self, names: Iterable[str], facts: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Put the new criteria in the order of the table, whichever cells are empty; an enumeration gets the values of its facts."""
        ids = dict.fromkeys(map(self.known_criterion, names))
        self.criteria = self._with_parents(id_ for id_ in ids if id_ in self.criteria)
        for id_, record in self.criteria.items():
            if record.get("type") == ValueType.ONE_OF and not record.get("values"):
                values = (one.get("value") for fact in facts.get(id_, ()) for one in (fact, *fact.get(STATEMENTS, ())))
                given = sorted({str(value) for value in values if value is not None})
                record["values"] = dict(zip(_ids_of(given), given, strict=True))

    def _with_parents(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """New criteria, and before them those that the table names as what they are parts of alone."""
        found: dict[str, dict[str, Any]] = {}
        for id_ in ids:
            parent = self.criteria[id_].get("parent", "")
            is_there = any(parent in there for there in (found, self.criteria, self._catalogue.criteria))
            if not is_there and (name := self._parents.get(parent)):
                found[parent] = self._record("criteria", None, {"name": _as_name(name)})
            found[id_] = self.criteria[id_]
        return found

    def leave_out(self, technologies: Iterable[str]) -> None:
        """Make no records of some new technologies."""
        self.technologies = {id_: one for id_, one in self.technologies.items() if id_ not in {*technologies}}

    def lost_technology(self, problem: Problem) -> str:
        """The new technology whose record nobody could change because of a problem; empty for any other problem."""
        path = Path(problem.place.path)
        is_new = path.parent.name == "technologies" and path.stem in self.technologies
        return path.stem if is_new and problem.code in HINDERING else ""

    def apply(self, changes: Changes, facts: Mapping[str, dict[str, Any]]) -> None:
        """Add the records and facts (by technology) that are new, and complete records that are there."""
        heads = {"criterion": "criteria", "source": "sources"}
        for type_, records in (("criterion", self.criteria), ("source", self.sources)):
            if records:
                text = changes.text(type_)
                text.text = text.text or f"# yaml-language-server: $schema=schema/{heads[type_]}.json\n"
                text.add((), records)
        for id_, record in self.technologies.items():
            text = changes.text("technology", id_)
            text.text = "# yaml-language-server: $schema=../schema/technology.json\n"
            text.add((), {**record, "facts": facts.get(id_)})
        for id_, found in facts.items():
            if id_ in self.files:
                changes.text("technology", id_).add(("facts",), found)
        for id_, fields in self.completed.items():
            for field, value in fields.items():
                changes.text("technology", id_).set((field,), value, FIELDS_OF["technologies"])


class Names:
    """Ids by the names, titles and addresses that a table may have, and by the ids themselves."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._technologies = {one.name: id_ for id_, one in catalogue.technologies.items()}
        self._technologies |= {id_: id_ for id_ in catalogue.technologies}
        self._alike = _folded(self._technologies.items())
        self.synonyms = _folded((word, id_) for id_, one in catalogue.technologies.items() for word in one.synonyms)
        self._criteria = {one.name: id_ for id_, one in catalogue.criteria.items()}
        self._criteria |= {id_: id_ for id_ in catalogue.criteria}
        self._criteria_alike = _folded(self._criteria.items())
        self.sources = {one.title.casefold(): id_ for id_, one in catalogue.sources.items() if one.title}
        self.sources |= {_key_of_source(Citation(one.url)): id_ for id_, one in catalogue.sources.items() if one.url}
        whole = (
            (id_, Citation(one.url or "", one.title or "", one.edition or "")) for id_, one in catalogue.sources.items()
        )
        self.sources |= {_key_of_source(one): id_ for id_, one in whole}
        self.sources |= {id_: id_ for id_ in catalogue.sources}

    def technology(self, name: str) -> str:
        """The id of a technology, by its id, its name, or the only name that is alike but for its case; empty for none."""
        return self._technologies.get(name) or self._alike.get(name.casefold(), "")

    def criterion(self, name: str) -> str:
        """The same for a criterion."""
        return self._criteria.get(name) or self._criteria_alike.get(name.casefold(), "")


def _folded(ids: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By names without their case the ids that they have; what names two is left out."""
    found: dict[str, set[str]] = {}
    for name, id_ in ids:
        found.setdefault(name.casefold(), set()).add(id_)
    return {name: next(iter(several)) for name, several in found.items() if len(several) == 1}


def _ids_of(values: Sequence[str]) -> list[str]:
    """An id for each value: where signs alone tell some apart, these are words in it."""
    plain = Counter(map(id_of, values))
    found: dict[str, None] = {}
    numbers = Counter[str]()
    for value in values:
        spelt = re.sub(r"(?<!\w)[-\u2212]|[-\u2212](?!\w)", " minus ", value.replace("+", " plus "))
        id_ = stem = shortened_id(id_of(value if plain[id_of(value)] == 1 else spelt), MAX_ID - 4) or "value"
        while id_ in found:
            numbers[stem] += 1
            id_ = f"{stem}-{numbers[stem] + 1}"
        found[id_] = None
    return [*found]


_HUMP = re.compile(r"(?<=[a-z]{2})([A-Z])(?=[a-z]{2})")
"""Where a word begins in a name in camel case, of which the first is in small letters: ``maximumSize``, but not ``macOS``."""


def _in_words(column: str) -> str:
    """A name in camel case with blanks between its words; any other as it is."""
    return _HUMP.sub(lambda one: f" {one[1].lower()}", column) if column[:1].islower() else column


def _id_of_criterion(name: str) -> str:
    """The id that the name of a criterion suggests."""
    return shortened_id(id_of(_in_words(name)), MAX_ID)


def _as_name(column: str) -> str:
    """A name of a column as people write it, if it is one of programmers: ``texture_units`` is *Texture units*."""
    words = _in_words(column).replace("_", " ").strip()
    is_of_programmers = words != column and not re.search(r"[\s-]", column)
    return words[:1].upper() + words[1:] if is_of_programmers else column


def _shortened(value: Any) -> str:
    """A value in words, at most a line of it."""
    words = as_words(value)
    return words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN]}…"


_MOST_SHOWN = 60
"""So many characters are shown of a field of which two rows say different things."""


def split_cell(cell: str) -> list[str]:
    """The ids, addresses or titles in a cell: between commas or semicolons, or between blanks when each may be an id or address."""
    return [
        word
        for part in split_list(cell)
        for word in (part.split() if all(map(_WORD.fullmatch, part.split())) else [part])
    ]


def defaults_of(given: Mapping[Any, str]) -> dict[str, Any]:
    """Defaults as fields of a fact."""
    return {name: split_cell(value) if name == "sources" else value for name, value in given.items()}


def is_same(there: str, value: Any) -> bool:
    """Whether a cell says what is in the record, but for blanks."""
    return there.split() == (as_words(value)).split()
