"""``versus import``: facts from a table, and what becomes of them beside those that there are."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import rich_click as click

from ..catalogue.fields import PLACEHOLDER, PartialDate, ValueType, comparable
from ..catalogue.model import Statement
from ..catalogue.reader import MAX_ENTRIES
from ..catalogue.values import ANSWERS, is_later, split_list, typed_list
from ..characters import printable
from ..problems import Code, Problem
from .cell_texts import Citation, as_prose, citations, titles_of_links
from .data import counted
from .editing import Changes
from .facts import EMPTY, MAY_BE_EMPTY, STATEMENTS, as_words, cells_of, plain
from .files import CONF, GivenPath, settings_of
from .list_rows import has_twins, in_one_line, one_list, one_note, told_apart_by, whole, with_fields
from .mapping import (
    FACTS,
    FIELDS,
    ROWS,
    STANDARD,
    TRUTHS,
    Mapping_,
    forbidden,
)
from .mapping_file import read_mapping
from .output import working
from .table_files import (
    FIRST,
    Answer,
    answers,
    as_text,
    day_of,
    measured,
    misfits,
    needless,
    objects,
    read_table,
    unknown_names,
    without_patterns,
)
from .table_records import Notes, Records, defaults_of, is_same, split_cell

PROSE = ("note", "disputed")
"""The fields of facts that are Markdown."""
_OF_STATEMENT = ("when", "since", "until", "preview", "as_of", "version")
"""The fields that tell statements of a fact apart, beside their sources."""
LISTS = (ValueType.LIST, ValueType.TECHNOLOGIES)
"""The types of which several columns are one value."""


def _one_sign(_context: click.Context, _option: click.Parameter, given: str) -> str:
    if len(given) > 1 or given in ('"', "\r", "\n"):
        raise click.BadParameter(f'"{printable(given)}" separates no cells; expected one sign, such as ";"')
    return given


@click.command("import")
@click.argument("table", type=GivenPath(exists=True, dir_okay=False))
@click.option(
    "--map", "mapping_file", type=GivenPath(exists=True, dir_okay=False), help="What the columns are: YAML or JSON."
)
@click.option("--replace", is_flag=True, help="Replace values that differ (default: keep and report them).")
@click.option("--delimiter", default="", callback=_one_sign, help="The sign between cells of CSV (default: found out).")
@click.option("--dry-run", is_flag=True, help="Report, and write nothing.")
@CONF
def import_(table: Path, mapping_file: Path | None, replace: bool, delimiter: str, dry_run: bool, conf: Path) -> None:
    """Add the facts of TABLE (CSV, JSON or Markdown) to the records; what is there already stays.

    What has no place is reported, and the command exits with 1.
    """
    settings = settings_of(conf)
    mapping = read_mapping(mapping_file) if mapping_file else STANDARD
    rows = read_table(table, delimiter)
    mapping = without_patterns(mapping.naming(FIRST, rows[0].cells), rows)
    plan = _Plan(Changes(settings.data, settings.derived_pairs), mapping, replace=replace)
    found = [*answers(table, rows, mapping, plan.records.is_known)]
    plan.notes.update(misfits(table, rows, mapping))
    if mapping_file:
        plan.notes.update(unknown_names(mapping_file, table, rows, mapping))
        plan.notes.update(objects(mapping_file, table, rows, mapping))
    with working("placing the facts"):
        for answer in plan.arranged(found):
            plan.place(answer)
        plan.place_conditions()
        plan.sort_criteria(mapping.criteria if mapping.only else (answer.criterion for answer in found))
        changes = plan.without_problems(settings.data, settings.derived_pairs)
    for line in plan.notes.lines():
        click.echo(printable(line), err=True)
    notes = [*needless(mapping_file, table, rows, mapping)] if mapping_file else []
    for note in (*notes, *plan.remarks.values(), *plan.without_values(found)):
        click.echo(printable(note), err=True)
    if not dry_run:
        changes.write()
    click.echo(plan.summary() + (" (nothing was written)" if dry_run else ""))
    for kind, count in plan.records.large_kinds():
        if docname := settings.docname("kind", kind):
            click.echo(f'The page "{docname}" has all {count} in one table')
    if plan.notes:
        raise SystemExit(1)


class _Key(NamedTuple):
    technology: str
    criterion: str


class _Plan:
    """What becomes of the answers of a table."""

    def __init__(self, changes: Changes, mapping: Mapping_, *, replace: bool) -> None:
        self._changes, self._replace = changes, replace
        self._catalogue = changes.catalogue
        self.notes = Notes(mapping)
        self.remarks: dict[str, str] = {}
        """By criteria what was changed in their values, and costs nothing."""
        self.records = Records(changes, mapping, self.notes, replace=replace)
        self._mapping = self.records.mapping
        self._places: dict[_Key, str] = {}
        self._conditions: dict[_Key, list[tuple[Answer, dict[str, Any]]]] = {}
        """The values under conditions, of facts that are still to be placed."""
        self._given: dict[_Key, dict[str, Any]] = {}
        """What the first row says of a fact."""
        self._added: dict[_Key, dict[str, Any]] = {}
        self._changed: dict[_Key, dict[str, Any]] = {}
        self._new_facts: set[_Key] = set()
        """The changed facts of which nothing is kept."""
        self._same = 0
        self._problems = 0

    def summary(self) -> str:
        """How many facts went where."""
        counts = [
            f"{counted(len(self._added), 'fact')} added",
            f"{len(self._changed)} changed",
            f"{self._same} as they were",
            f"{self.notes.total()} not placed",
        ]
        asked = [f"versus check will report {counted(self._problems, 'problem')} more"] if self._problems else []
        return "; ".join([", ".join([*counts, *self.records.summary()]), *asked])

    # -- one answer

    def arranged(self, answers: Iterable[Answer]) -> list[Answer]:
        """The answers, of which those of several columns or rows are one: in lists, and as further values of a fact.

        Further values come before the plain ones, with which they are placed.
        """
        given = self._mapping.criteria.items()
        types = {one.id or name: one.record["type"] for name, one in given if "type" in one.record}
        types |= {id_: one.type for id_, one in self._catalogue.criteria.items()}
        found: list[Answer] = []
        places: dict[tuple[Any, ...], int] = {}
        firsts: dict[tuple[str, str], int] = {}
        is_one = self._mapping.shape == ROWS or (self._mapping.shape == FACTS and not self._mapping.other_sources)
        for given_answer in answers:
            if given_answer.misfit:
                self.notes.add(
                    given_answer,
                    f'"{given_answer.criterion}" of "{given_answer.technology}" is left out: {given_answer.misfit}',
                )
                continue
            id_ = self.records.known_criterion(given_answer.criterion) or given_answer.criterion
            whose = self.records.identity(given_answer)
            is_list = types.get(id_) in LISTS
            answer = in_one_line(given_answer, is_list=is_list)
            row = 0 if is_list and is_one else answer.row.number
            at = places.setdefault((row, whose, id_, *told_apart_by(answer)), len(found))
            first = (
                firsts.setdefault((whose, id_), len(found))
                if _is_answer(answer.fields) and not answer.when
                else len(found)
            )
            is_more = is_list and at < len(found)
            if is_more and _is_later(answer.fields, found[at].fields) is None:
                parts = found[at].parts or [found[at].fields]
                parts.append(answer.fields)
                found[at] = with_fields(found[at]._replace(parts=parts), {**answer.fields, **found[at].fields})
            elif first == len(found):
                found.append(answer)
            else:
                found[first], *further = self._further(found[first], answer)
                found += further
        joined = (whole(one, has_citations=self._mapping.citations) for one in found)
        return sorted(joined, key=lambda one: not (one.when or one.is_further))

    def _further(self, first: Answer, second: Answer) -> list[Answer]:
        """Two answers to the same question: the value, and before it in time or of another source a further one, or both as they are."""
        ours, theirs = first.fields, second.fields
        is_later = _is_later(theirs, ours)
        if is_later is not None:
            value, earlier = (second, first) if is_later else (first, second)
            return [value, earlier._replace(is_further=True)]
        versions = {fields.get("version", "") for fields in (ours, theirs)}
        if len(versions) == 2 and all(versions):  # of which none is surely later
            return [first, second._replace(is_further=True)]
        if not self._mapping.other_sources:
            return [first, second]
        if any(ours.get(name) != cell for name, cell in theirs.items() if name != "sources"):
            return [first, second._replace(is_further=True)]
        sources = [one for fields in (ours, theirs) for one in split_cell(fields.get("sources", "").strip(EMPTY))]
        return [with_fields(first, {**ours, "sources": typed_list(dict.fromkeys(sources))})]

    def place(self, answer: Answer) -> None:
        """Find the place of an answer, or note why it has none."""
        if not _says(answer) and self._mapping != STANDARD:
            if said := _said(answer):
                self.notes.add(answer, f'"{answer.criterion}" of "{answer.technology}" has no value, but "{said[0]}"')
            return
        technology, criterion = self.records.technology(answer), self.records.criterion(answer)
        if not technology or not criterion:
            return
        if _is_of_objects(answer.fields.get("value", "")):
            hint = "make a row of each object, with its condition or entry"
            self.notes.add_once(
                answer, f'"{answer.criterion}" has a list of lists or objects, which is no value; {hint}'
            )
            return
        if technology in self.records.files and (problem := self._changes.hindrance(self.records.files[technology])):
            self.notes.add(answer, str(problem))
            return
        self.records.complete(technology, answer)
        if answer.fields.get("not_applicable") and not self.records.is_asked(criterion, technology):
            return
        key, fields = _Key(technology, criterion), self._fields(answer, criterion)
        if answer.when or answer.is_further:
            self._conditions.setdefault(key, []).append((answer, fields))
        elif key in self._places:
            self._add_again(answer, key, fields)
        else:
            self._given[key] = {**fields}
            self._add_or_compare(answer, key, self._with_defaults(key, fields))

    def _add_again(self, answer: Answer, key: _Key, fields: Mapping[str, Any]) -> None:
        """Count a further answer that says the same, or note one that says something else."""
        if fields == self._given.get(key):
            self._same += 1
            return
        message = f'"{answer.technology}" has an answer to "{key.criterion}" already ({self._places[key]})'
        hint = "; other_sources: true in a mapping keeps what other sources say" * ("sources" in fields)
        if self._mapping.shape == ROWS:
            hint = "; as_of, version or when in a mapping tells two rows apart"
            if self._places[key] == answer.place:
                hint = "; of two columns one may be the upper end (to), or have a condition (when)"
        self.notes.add(answer, message + hint)

    def _fields(self, answer: Answer, criterion: str) -> dict[str, Any]:
        """The fields of a fact, with the ids of technologies that are its values."""
        fields = {**defaults_of(self._mapping.asked(answer.criterion).defaults), **self._typed(answer)}
        for one in (
            (fields, *fields.get(STATEMENTS, ())) if self.records.type_of(criterion) == ValueType.TECHNOLOGIES else ()
        ):
            if one.get("value"):
                one["value"] = typed_list(map(self.records.technology_meant, split_list(str(one["value"]))))
        for one in (fields, *fields.get(STATEMENTS, ())) if self.records.type_of(criterion) == ValueType.YES_NO else ():
            if str(one.get("value")).lower() in ANSWERS:
                one["value"] = one["value"].lower()
        if self.records.type_of(criterion) in LISTS and "value" in fields and has_twins(fields["value"]):
            fields["value"] = one_list(fields["value"])
            self.remarks.setdefault(
                criterion,
                f'{answer.place}: an entry stands in "{criterion}" twice; a list has it once, a text as often',
            )
        return fields

    def place_conditions(self) -> None:
        """Find the places of the values under conditions that the table has no plain value for."""
        for key, [(answer, fields), *others] in [*self._conditions.items()]:
            is_there = self.records.fact(*key) is not None
            names = ["as_of"] * (not is_there)
            names += ["version"] * all(one.get("version") == fields.get("version") for _answer, one in others)
            shared: dict[str, Any] = {name: fields[name] for name in names if name in fields}
            self._add_or_compare(answer, key, shared if is_there else self._with_defaults(key, shared))

    def sort_criteria(self, names: Iterable[str]) -> None:
        """Put the new criteria in the order of the table, and give new enumerations their values."""
        facts: dict[str, list[Mapping[str, Any]]] = {}
        for key, fact in self._added.items():
            facts.setdefault(key.criterion, []).append(fact)
        self.records.sort_criteria(names, facts)

    def _add_or_compare(self, answer: Answer, key: _Key, fields: dict[str, Any]) -> None:
        """Add a fact with its values under conditions, or compare it with the one that is there."""
        self._places[key] = answer.place
        record, there = self.records.known(key.technology), self.records.fact(*key)
        shared = self.records.shared(key.technology)
        of_fact = {**shared, **(cells_of(there) if there else {}), **fields}
        for condition, typed in self._conditions.pop(key, []):
            given = {**defaults_of(self._mapping.defaults), **typed, "when": condition.when}
            inner = [
                {**given, **one, "when": _both(condition.when, one.get("when"))} for one in typed.get(STATEMENTS, ())
            ]
            has_own = "value" in given or given.get("not_applicable") == "true" or not inner
            for one in (*([given] if has_own else ()), *inner):
                self._add_statement(condition, key, fields.setdefault(STATEMENTS, []), _statement(one, of_fact))
        if record and there:
            self._compare(answer, key, (shared, cells_of(there)), fields)
        else:
            own = {
                name for name, one in fields.items() if not shared.get(name) or not is_same(as_words(shared[name]), one)
            }
            self._added[key] = {name: fields[name] for name in FIELDS if name in own}

    def _add_statement(self, answer: Answer, key: _Key, statements: list[dict[str, Any]], new: dict[str, Any]) -> None:
        """Add a value under a condition; with another one under the same condition it is one list, or is noted."""
        known = next((one for one in statements if _is_alike(one, new)), None)
        if known is None:
            statements.append(new)
        elif self.records.type_of(key.criterion) in LISTS and "value" in known and "value" in new:
            known["value"] = one_list(known["value"], new["value"])
            known |= {"note": note} if (note := one_note(one.get("note", "") for one in (known, new))) else {}
        elif not is_same(_words(known), _words(new)):
            words = (
                f"{' '.join(filter(None, (_quoted(known), answer.when)))} already, and {_quoted(new)} here is left out"
            )
            self.notes.add(answer, f"{key.technology}/{key.criterion} is {words}")

    def _with_defaults(self, key: _Key, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields of a fact; a new technology has the defaults in its record.

        What another table says in the defaults of a record is not true of this one, unless it has the fields of records.
        """
        if not self.records.known(key.technology):
            return fields
        nothing = {} if self.records.fact(*key) else self._nothing_shared(key)
        return {**nothing, **defaults_of(self._mapping.defaults), **fields}

    def _nothing_shared(self, key: _Key) -> dict[str, Any]:
        """Empty fields in the place of those that the facts of a record share."""
        names = () if self._mapping == STANDARD else self.records.shared(key.technology)
        return {name: [] if name == "sources" else None for name in names}

    def _compare(
        self, answer: Answer, key: _Key, cells: tuple[Mapping[str, str], Mapping[str, str]], fields: Mapping[str, Any]
    ) -> None:
        """Note which fields a fact gets that is there already; ``cells`` are those of the defaults, and its own."""
        shared = cells[0]
        own = {name: cell for name, cell in cells[1].items() if not PLACEHOLDER.match(cell)}
        is_turned = "value" in own and "value" not in fields and fields.get("not_applicable") == "true"
        if is_turned or (
            "not_applicable" in own and "value" in fields
        ):  # what was said of the one is not true of the other
            if self._replace:
                self._changed[key], self._new_facts = {**fields}, {*self._new_facts, key}
            else:
                was, now = ("a value", "none, for it is not applicable") if is_turned else ("not applicable", "a value")
                self.notes.add(
                    answer,
                    f"{key.technology}/{key.criterion} is {was} in the record and {now} here; --replace takes it",
                )
            return
        known = {**shared, **own}
        if self._replace and fields.get("value") and not is_same(known.get("value", ""), fields["value"]):
            fields = {**self._nothing_shared(key), **fields}  # what they share was said of another value
        fields, merged = self._merged(answer, key, known, fields)
        differing = {name: one for name, one in fields.items() if not is_same(known.get(name, ""), one)}
        asked = {} if self._replace else own.keys() - merged
        kept = {name: one for name, one in differing.items() if name in asked}
        for name, value in kept.items():
            words = f'"{name}" is "{own[name]}" in the record and "{as_words(value)}" here; --replace takes it'
            self.notes.add(answer, f"{key.technology}/{key.criterion}: {words}")
        if new := {name: value for name, value in differing.items() if name not in kept}:
            self._changed[key] = new
        elif not kept:
            self._same += 1

    def _merged(
        self, answer: Answer, key: _Key, there: Mapping[str, str], fields: Mapping[str, Any]
    ) -> tuple[dict[str, Any], set[str]]:
        """The fields of an answer with what the fact keeps beside them, and the names of those in which both are."""
        fields, merged = {**fields}, set[str]()
        known = split_cell(there.get("sources", "").strip(EMPTY))
        others = fields.get("sources") or []
        if self._mapping.other_sources and there.get("value") and {*others} - {*known}:
            others_differ = any(
                there.get(name) and not is_same(there[name], one)
                for name, one in fields.items()
                if name not in {"value", "sources", "as_of", "version", STATEMENTS}
            )
            if is_same(there["value"], fields.get("value")) and not others_differ:
                fields = {name: one for name, one in fields.items() if not there.get(name) or name == STATEMENTS}
                fields["sources"] = [*dict.fromkeys((*known, *others))]
                merged.add("sources")
            else:
                fields = {STATEMENTS: [_statement(fields, there), *fields.get(STATEMENTS, ())]}
        if STATEMENTS in fields and STATEMENTS not in answer.fields:  # else the table has the whole list
            fields[STATEMENTS] = self._with_statements(answer, key, fields[STATEMENTS])
            merged.add(STATEMENTS)
        return fields, merged

    def _with_statements(self, answer: Answer, key: _Key, new: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The statements of a fact, with those of the table."""
        fact = self.records.fact(*key)
        found = [plain(one) for one in fact.statements] if fact else []
        for one in new:
            at = next((number for number, known in enumerate(found) if _is_alike(known, one)), len(found))
            if at == len(found) or self._replace:
                found[at : at + 1] = [one]
                continue
            which = f" {one['when']}" if one.get("when") else ""
            if not is_same(_words(found[at]), _words(one)):
                words = f'"{_words(found[at])}"{which} in the record and "{_words(one)}" here; --replace takes it'
                self.notes.add(answer, f"{key.technology}/{key.criterion} is {words}")
                continue
            both = {**one, **found[at]}
            own = one.keys() - {*_OF_STATEMENT}
            others = (name for name in own if not is_same(as_words(both[name]), one[name]))
            for name in others:
                words = f'"{name}"{which} is "{as_words(both[name])}" in the record and "{as_words(one[name])}" here'
                self.notes.add(answer, f"{key.technology}/{key.criterion}: {words}; --replace takes it")
            found[at] = {name: both[name] for name in Statement.model_fields if name in both}
        return found

    def _typed(self, answer: Answer) -> dict[str, Any]:
        """The values of the fields; a list of the sources that there are."""
        fields: dict[str, Any] = {}
        for name, cell in answer.fields.items():
            if name in MAY_BE_EMPTY and cell == EMPTY:
                fields[name] = [] if name == "sources" else None
            elif name == STATEMENTS:
                if (statements := self._statements(answer, cell)) is not None:
                    fields[name] = statements
            elif name == "as_of" and (expected := _misdated(cell)):
                self.notes.add_once(answer, f'"{cell}" is no date in "as_of"; {expected}')
            elif name == "sources":
                cited = self._cited(cell)
                is_only = len(cited) == 1
                if not is_only and self._mapping.about_sources:
                    words = "about_sources says nothing of sources that share a cell with others"
                    self.remarks.setdefault("about_sources", f"{answer.place}: {words}")
                if found := [id_ for one in cited if (id_ := self.records.source(answer, one, is_only=is_only))]:
                    fields[name] = [*dict.fromkeys(found)]
            elif name in PROSE and self._mapping != STANDARD:
                fields[name] = as_prose(cell)
            else:
                fields[name] = _as_typed(name, cell)
        return fields

    def _cited(self, cell: str) -> list[Citation]:
        """The sources that a cell names."""
        if cell in self._mapping.source_ids:
            return [Citation(cell)]
        if links := titles_of_links(cell):
            return [Citation(address, title) for address, title in links.items()]
        if self._mapping.citations:
            return citations(cell)
        return [*map(Citation, split_cell(cell))]

    def _statements(self, answer: Answer, cell: str) -> list[dict[str, Any]] | None:
        """Further values under conditions, which are JSON in a table."""
        with suppress(ValueError, RecursionError):
            found = json.loads(cell)
            if isinstance(found, list) and len(found) > MAX_ENTRIES:
                self.notes.add(answer, f"it has {len(found):,} statements; expected at most {MAX_ENTRIES:,}")
                return None
            if isinstance(found, list) and all(map(_is_statement, found)) and not forbidden(found):
                order = [*Statement.model_fields, *dict.fromkeys(chain.from_iterable(found))]
                return [
                    {name: _stated(name, meant[name]) for name in dict.fromkeys(order) if name in meant}
                    for meant in (self._meant(answer, one) for one in found)
                    if meant
                ]
        self.notes.add(answer, f'"{cell[:100]}" is not a list of statements in JSON')
        return None

    def _meant(self, answer: Answer, statement: Mapping[str, Any]) -> dict[str, Any]:
        """A statement whose value means what a cell does; empty if it is left out."""
        value = as_text(statement.get("value"))
        meaning = self._mapping.meaning(answer.criterion, value) if value else None
        if meaning is None or self._mapping.keeps_cell(answer.criterion, value):
            meant = meaning or {"value": value}
            meaning = {**meant, "value": measured(meant["value"], self._mapping, answer.criterion, {})}
        meant = {**meaning, **statement, "value": meaning.get("value", value)} if meaning else {}
        return {
            name: one for name, one in meant.items() if name != "value" or (one and "not_applicable" not in meaning)
        }

    # -- all answers

    def without_values(self, answers: Sequence[Answer]) -> Iterator[str]:
        """The rows of new technologies that have nothing but their name, of which nothing is made."""
        says = {one.technology for one in answers if _says(one) or _said(one)}
        for name, place in {one.technology: one.place for one in answers}.items():
            if "technologies" in self._mapping.create and name and name not in says and not self.records.is_named(name):
                yield f'{place}: no record is made of "{name}", which has no value'

    def without_problems(self, data: Path, derive: Any) -> Changes:
        """The changes, without the facts that would bring problems; these are noted."""
        while True:
            self._apply()
            problems = self._changes.new_problems()
            keyed = [(self._key_of(one), one) for one in problems]
            within: dict[_Key, list[Problem]] = {}
            for key, one in keyed:
                if key and one.code is not Code.TOO_LONG_FOR_LAYOUT:
                    within.setdefault(key, []).append(one)
            wrong = {key: several[0] for key, several in within.items()}
            lost = {id_: one for key, one in keyed if not key and (id_ := self.records.lost_technology(one))}
            wrong |= {key: lost[key.technology] for key in self._added if key.technology in lost}
            self.records.leave_out(lost)
            if not wrong and not lost:
                self._problems = len(problems)
                return self._changes
            is_unknown = any(one.code is Code.UNKNOWN_TECHNOLOGY for one in wrong.values())
            mended = {key for key in (*self._added, *self._changed) if is_unknown and self._leave_unknown_out(key)}
            for key, problem in wrong.items():
                if key in mended:
                    continue
                if key.technology not in lost and self._leave_parts_out(key, within[key]):
                    continue
                if problem.code is Code.NOT_APPLICABLE and self._added.get(key, {}).get("value") == "no":
                    words = f'"no" is left out of "{key.criterion}" where the criterion does not apply'
                    self.remarks.setdefault(f"{key.criterion} where", f"{self._places[key]}: {words}")
                    del self._added[key]
                    continue
                which = "" if key.technology in lost else f"{key.technology}, {key.criterion}: "
                self.notes[f"{self._places[key]}: {which}{problem.text}"] += 1
                self._added.pop(key, None)
                self._changed.pop(key, None)
            self._changes = Changes(data, derive)

    def _leave_unknown_out(self, key: _Key) -> bool:
        """Leave out of a list what is no technology, and note each; whether there was any."""
        fact = self._added.get(key) or self._changed.get(key) or {}
        if self.records.type_of(key.criterion) != ValueType.TECHNOLOGIES:
            return False
        given = split_list(str(fact.get("value") or ""))
        words = [*map(self.records.technology_meant, given)]  # its record may have come later
        known = [word for word in words if self.records.has_technology(word.partition(" (")[0])]
        if known:
            fact["value"] = typed_list(known)
        elif words:
            self._added.pop(key, None)
            self._changed.pop(key, None)
        for word in (word for word in words if word not in known):
            which = f"{self._places[key]}: {key.technology}, {key.criterion}"
            self.notes[f'{which}: "{word}" is not a technology, so it is left out of the list'] += 1
        return known != given

    def _leave_parts_out(self, key: _Key, problems: Iterable[Problem]) -> bool:
        """Leave out the statements and the note in which problems are; whether nothing else is wrong, and the fact says something."""
        fact = self._added.get(key) or self._changed.get(key) or {}
        written, done = [*fact.get(STATEMENTS, ())], set[tuple[int, str]]()
        return all(self._leave_part_out(key, fact, (written, done), problem) for problem in problems)

    def _leave_part_out(
        self,
        key: _Key,
        fact: dict[str, Any],
        so_far: tuple[list[dict[str, Any]], set[tuple[int, str]]],
        problem: Problem,
    ) -> bool:
        """Leave out the statement or the note in which a problem is, and note it.

        ``so_far`` are the statements that were written, and the texts that were left out: more may be wrong with them.
        """
        statements, done = so_far
        found, place = self._changes.text("technology", key.technology), problem.place
        within: tuple[str | int, ...] = ("facts", key.criterion)
        field = found.key_at(within, place.line)
        owner, words = fact, f'"{field}" is left out'
        if field == STATEMENTS:
            at = found.entry_at((*within, STATEMENTS), place.line, place.column)
            if at is None or at >= len(statements):
                return False
            owner = statements[at]
            if not any(one is owner for one in fact.get(STATEMENTS, ())):  # it is left out already
                return True
            field = found.key_at((*within, STATEMENTS, at), place.line)
            words = f'"{_words(owner)}" {owner.get("when", "")} is left out'
            words = f'"{field}" of {words}' if field in PROSE else words
        if (id(owner), field) in done:
            return True
        if field in PROSE and field in owner and (_is_answer(owner) or owner.get(STATEMENTS)):
            del owner[field]
            done.add((id(owner), field))
        elif owner is not fact and (fact.keys() & {"value", "note"} or len(fact[STATEMENTS]) > 1):
            fact[STATEMENTS] = [one for one in fact[STATEMENTS] if one is not owner]
            if not fact[STATEMENTS]:
                del fact[STATEMENTS]
        else:
            return False
        self.notes[f"{self._places[key]}: {key.technology}, {key.criterion}: {words}: {problem.text}"] += 1
        return True

    def _apply(self) -> None:
        """Change the records, and the facts that are there."""
        changes = self._changes
        added: dict[str, dict[str, Any]] = {}
        for key, fact in self._added.items():
            added.setdefault(key.technology, {})[key.criterion] = fact
        self.records.apply(changes, added)
        for key, fields in self._changed.items():
            if key in self._new_facts:
                fact = {name: fields[name] for name in FIELDS if name in fields}
                changes.text("technology", key.technology).set(("facts", key.criterion), fact, ())
                continue
            for name, value in fields.items():
                changes.text("technology", key.technology).set(("facts", key.criterion, name), value, FIELDS)

    def _key_of(self, problem: Problem) -> _Key | None:
        """The fact of the table in which a problem is."""
        path = Path(problem.place.path)
        if path.parent.name != "technologies":
            return None
        text = self._changes.text("technology", path.stem)
        key = _Key(path.stem, text.key_at(("facts",), problem.place.line))
        return key if key in self._added or key in self._changed else None


def _statement(given: Mapping[str, Any], of_fact: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a statement; it needs no date, version and sources that its fact has."""
    own = {name: given[name] for name in Statement.model_fields if given.get(name)}
    shared = {name: of_fact.get(name) for name in ("as_of", "version", "sources")}
    found = {name: one for name, one in own.items() if name not in shared or not is_same(as_words(shared[name]), one)}
    if "as_of" in found and "version" in own:  # readers see an earlier value with its version, whichever the fact has
        found["version"] = own["version"]
    return {name: found[name] for name in Statement.model_fields if name in found}


def _both(condition: str, inner: str | None) -> str:
    """The condition of a statement in a column whose values are under one."""
    return ", ".join(filter(None, (condition, inner)))


def _is_alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two statements say something of the same: under one condition, of one time and of one source."""
    has_other = any(
        comparable(str(one.get(name, ""))) != comparable(str(other.get(name, ""))) for name in _OF_STATEMENT
    )
    ours, theirs = ({*given.get("sources", ())} for given in (one, other))
    return not has_other and (not ours or not theirs or ours == theirs)


def _is_later(one: Mapping[str, str], other: Mapping[str, str]) -> bool | None:
    """Whether an answer is of a later date or version than another one; ``None`` if that cannot be said."""
    for name in ("as_of", "version"):
        words = [fields.get(name, "") for fields in (one, other)]
        if not all(words) or words[0] == words[1]:
            continue
        if name == "version":
            return is_later(*words) if is_later(*words) or is_later(*reversed(words)) else None
        return None if any(map(_misdated, words)) else is_later(*words)
    return None


def _is_answer(fields: Mapping[str, Any]) -> bool:
    """Whether fields have a value, or say that the criterion is not applicable or what was looked for."""
    return bool(fields.get("value") or fields.get("note")) or fields.get("not_applicable") == "true"


def _words(statement: Mapping[str, Any]) -> str:
    """The value of a statement, or why it has none."""
    return str(statement.get("value") or ("not applicable" if statement.get("not_applicable") else "unknown"))


def _quoted(statement: Mapping[str, Any]) -> str:
    return f'"{_words(statement)}"'


def _is_statement(given: Any) -> bool:
    """Whether something is an object of texts, numbers and lists of texts."""
    if not isinstance(given, dict):
        return False
    lists = [one for one in given.values() if isinstance(one, list)]
    texts = all(isinstance(part, str) for one in lists for part in one)
    return texts and not any(isinstance(one, dict) for one in given.values())


def _stated(name: str, value: Any) -> Any:
    """A field of a statement in JSON, as it is typed in a record."""
    if name == "sources":
        return value
    if name in PROSE:
        return as_prose(as_text(value))
    return day_of(as_text(value)) if name == "as_of" else _as_typed(name, as_text(value))


def _as_typed(name: str, cell: str) -> str:
    """The words of a cell, as they are typed in a field of a record."""
    return {"yes": "true", "no": "false"}.get(cell.lower(), cell.lower()) if name in TRUTHS else cell


def _misdated(cell: str) -> str:
    """What was expected in the place of a date; empty for a date."""
    try:
        PartialDate.parse(cell)
    except ValueError as error:
        return str(error.args[0])
    return ""


def _is_of_objects(cell: str) -> bool:
    """Whether a cell is a list of lists or objects in JSON."""
    with suppress(ValueError, RecursionError):
        return cell.startswith(("[[", "[{")) and isinstance(json.loads(cell), list)
    return False


def _says(answer: Answer) -> bool:
    """Whether an answer is one: a value, what was looked for, or values under conditions."""
    says = any(answer.fields.get(name) for name in ("value", "note", STATEMENTS))
    return says or bool(answer.when and answer.fields.get("not_applicable"))


def _said(answer: Answer) -> list[str]:
    """The fields that say something of the value of an answer."""
    return [name for name, cell in answer.fields.items() if _needs_value(name, cell)]


def _needs_value(name: str, cell: str) -> bool:
    """Whether a field says something of a value, and not only where and when it was found."""
    return name not in MAY_BE_EMPTY and _as_typed(name, cell) != "false"
