"""``versus new``: the records of a new comparison, with every field explained, and its page."""

from __future__ import annotations

import datetime
import json
import os
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import jinja2
from pydantic import BaseModel

from ..catalogue import fields, model
from ..catalogue.catalogue import Catalogue
from ..characters import FORBIDDEN
from ..problems import nearest
from .files import CONF, load_readable, settings_of, source_folder, write_all

TEMPLATES = Path(__file__).parent.parent / "templates" / "scaffold"
MOST_ROWS = 6


@click.command()
@click.argument("first")
@click.argument("second")
@click.option("--kind", default="", help="The kind of new technologies, such as web-framework.")
@click.option(
    "--relation",
    type=click.Choice([relation.value for relation in fields.Relation]),
    default=fields.Relation.ALTERNATIVES.value,
    help="How the two stand to each other.",
)
@click.option(
    "--id",
    "ids",
    multiple=True,
    metavar="NAME=ID",
    help='The id of a new technology, such as "C++=cpp"; may be repeated.',
)
@CONF
@click.option("--page/--no-page", default=True, help="Write a MyST page as well (default), or records only.")
def new(  # noqa: PLR0913, PLR0917 (one for each option)
    first: str, second: str, kind: str, relation: str, ids: tuple[str, ...], conf: Path, page: bool
) -> None:
    """Write the records of a comparison of FIRST and SECOND (names such as "Django" or ids), and its page."""
    first, second = map(_as_typed, (first, second))
    settings = settings_of(conf)
    catalogue = load_readable(settings.data)
    chosen = _chosen(ids, (first, second))
    names = {chosen.get(name) or identify(catalogue, name): name for name in (first, second)}
    _refuse_taken(catalogue, names, chosen)
    _refuse_twins(catalogue, list(names))
    if kind and (reason := unfit(kind)):
        raise click.ClickException(f'"{kind}" cannot be a kind: {reason}')
    scaffold = Scaffold(catalogue, names, kind or _kind_of(catalogue, names), _relation(relation))
    files = {settings.data / path: text for path, text in scaffold.records()}
    if page and (docname := settings.docname("comparison", scaffold.id)):
        files[source_folder(conf) / f"{docname}.md"] = scaffold.page()
    write_all(files)


def _as_typed(name: str) -> str:
    """A name in a locale without Unicode, in which the bytes of the terminal come as they are."""
    try:
        return os.fsencode(name).decode() if FORBIDDEN.search(name) else name
    except UnicodeError:
        return name


@dataclass(frozen=True)
class Scaffold:
    """The texts of a new comparison; ``names`` are the names as typed, by id."""

    catalogue: Catalogue
    names: Mapping[str, str]
    kind: str
    relation: fields.Relation

    @property
    def id(self) -> str:
        """The id of the comparison."""
        return "-vs-".join(self.names)

    @property
    def rows(self) -> list[str]:
        """Criteria to begin with: the first that apply to the kinds, or the one of a new vocabulary."""
        sides = [self.catalogue.technologies[id_].kind for id_ in self.names if id_ in self.catalogue.technologies]
        kinds = {self.kind, *sides}
        fitting = [one.id for one in self.catalogue.criteria.values() if not one.kinds or kinds & set(one.kinds)]
        return fitting[:MOST_ROWS] or ["licence"]

    def records(self) -> Iterator[tuple[str, str]]:
        """The records that are not there yet, by their path below the data folder."""
        if not self.catalogue.criteria:
            yield "criteria.yaml", render("criteria.yaml", record=model.Criterion)
        for id_, name in self.names.items():
            if id_ not in self.catalogue.technologies:
                values = {"id": id_, "name": name, "kind": self.kind, "fact": model.Fact}
                yield f"technologies/{id_}.yaml", render("technology.yaml", record=model.Technology, **values)
        yield f"comparisons/{self.id}.yaml", render("comparison.yaml", record=model.Comparison, **self._values())

    def page(self) -> str:
        """The page, with places for the prose."""
        known = self.catalogue.technologies
        names = [known[id_].name if id_ in known else name for id_, name in self.names.items()]
        return render("comparison.md", title=" vs ".join(names), **self._values())

    def _values(self) -> dict[str, Any]:
        today = datetime.datetime.now().astimezone().date()
        return {"ids": list(self.names), "relation": self.relation, "rows": self.rows, "today": today}


def identify(catalogue: Catalogue, name: str) -> str:
    """The id of a technology that is named by its id or name, known or new."""
    known = {technology.name.casefold(): id_ for id_, technology in catalogue.technologies.items()}
    id_ = known.get(name.casefold()) or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if FORBIDDEN.search(name):
        raise click.ClickException(f'"{name}" has a character that no name can have')
    if not id_:
        raise click.ClickException(f'"{name}" has no letter or digit that an id could be made of')
    if reason := unusable(id_):
        raise click.ClickException(f'"{id_}" cannot be an id: {reason}; choose another one: --id "{name}=…"')
    return id_


def unusable(id_: str) -> str:
    """Why a technology cannot have this id; empty when it can."""
    if reason := unfit(id_):
        return reason
    if id_ == "index":
        return "it is the page that lists the others"
    if fields.is_reserved(id_):
        return "Windows reserves this name"
    return ""


def unfit(id_: str) -> str:
    """Why a word is not an id of anything; empty when it is one."""
    if not re.fullmatch(fields.ID_PATTERN, id_):
        return "expected lower-case letters, digits and hyphens"
    return f"it has more than {fields.MAX_ID} characters" if len(id_) > fields.MAX_ID else ""


def _chosen(ids: Iterable[str], names: Sequence[str]) -> dict[str, str]:
    """The ids that are given with names; a name may contain an equals sign."""
    chosen = {}
    for given in ids:
        name, _, id_ = given.rpartition("=")
        if name not in names:
            raise click.ClickException(f'"{given}" gives no id to one of the two; {nearest(name, names)}')
        if reason := unusable(id_):
            raise click.ClickException(f'"{id_}" cannot be an id: {reason}')
        chosen[name] = id_
    return chosen


def _refuse_taken(catalogue: Catalogue, names: Mapping[str, str], chosen: Mapping[str, str]) -> None:
    """A new name may not take the id of another technology."""
    for id_, name in names.items():
        known = catalogue.technologies.get(id_)
        if known and name.casefold() not in {id_, known.name.casefold()}:
            hint = "" if name in chosen else f'; choose another one: --id "{name}=…"'
            raise click.ClickException(f'"{id_}" is the id of {known.name}{hint}')


def _refuse_twins(catalogue: Catalogue, ids: Sequence[str]) -> None:
    if len(ids) < 2:
        raise click.ClickException(
            f'a comparison needs two different technologies; both would have the id "{ids[0]}"; --id chooses one'
        )
    for comparison in catalogue.comparisons.values():
        if set(comparison.technologies) == set(ids):
            raise click.ClickException(f'"{comparison.id}" compares the two already')


def _relation(word: str) -> fields.Relation:
    return next(relation for relation in fields.Relation if relation.value == word)


def _kind_of(catalogue: Catalogue, ids: Iterable[str]) -> str:
    """The kind of the side that is known already."""
    kinds = [catalogue.technologies[id_].kind for id_ in ids if id_ in catalogue.technologies]
    return kinds[0] if kinds else "some-kind"


def render(scaffold: str, /, **values: Any) -> str:
    """A scaffold; ``explain(record, field)`` in it gives the field's own documentation as a comment."""
    environment = jinja2.Environment(  # noqa: S701 (the output is YAML and Markdown, not HTML)
        loader=jinja2.FileSystemLoader(TEMPLATES), trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["quoted"] = quoted
    return environment.get_template(f"{scaffold}.jinja").render(explain=explain, **values)


def quoted(text: str) -> str:
    """A text as YAML that is read as typed: in quotes unless it is plainly a word."""
    plain = re.fullmatch(r"[A-Za-z0-9][\w.+-]*( [\w.+-]+)*", text) and text not in {"null", "Null", "NULL"}
    return text if plain else json.dumps(text, ensure_ascii=False)


def explain(record: type[BaseModel], field: str, indent: int = 0) -> str:
    """The documentation of a field as comment lines."""
    prefix = " " * indent + "# "
    lines = textwrap.wrap(record.model_fields[field].description or "", 110 - len(prefix))
    return "\n".join(prefix + line for line in lines).lstrip()
