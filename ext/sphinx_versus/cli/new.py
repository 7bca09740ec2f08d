"""``versus new``: the records of a new comparison, with every field explained, and its page."""

import datetime
import json
import os
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import jinja2
from pydantic import BaseModel

from ..catalogue import fields, model
from ..catalogue.catalogue import Catalogue
from ..catalogue.markdown import verbatim
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
    settings = settings_of(conf)
    catalogue = load_readable(settings.data)
    names = names_by_id(catalogue, (_as_typed(first), _as_typed(second)), ids)
    if kind and (reason := unfit(kind)):
        raise click.ClickException(f'"{kind}" cannot be a kind: {reason}')
    chosen = next(one for one in fields.Relation if one.value == relation)
    records, text = scaffold(catalogue, names, kind, chosen)
    files = {settings.data / path: record for path, record in records.items()}
    if page and (docname := settings.docname("comparison", "-vs-".join(names))):
        files[source_folder(conf) / f"{docname}.md"] = text
    write_all(files)


def _as_typed(name: str) -> str:
    """A name in a locale without Unicode, in which the bytes of the terminal come as they are."""
    try:
        return os.fsencode(name).decode() if FORBIDDEN.search(name) else name
    except UnicodeError:
        return name


# -- names and ids


def names_by_id(catalogue: Catalogue, names: Sequence[str], ids: Iterable[str]) -> dict[str, str]:
    """The names of two technologies by their ids, some of which are given as ``NAME=ID``."""
    chosen = {}
    for given in ids:
        name, _, id_ = given.rpartition("=")  # a name may contain an equals sign
        if name not in names:
            raise click.ClickException(f'"{given}" gives no id to one of the two; {nearest(name, names)}')
        if reason := unusable(id_):
            raise click.ClickException(f'"{id_}" cannot be an id: {reason}')
        chosen[name] = id_
    found = {chosen.get(name) or identify(catalogue, name): name for name in names}
    for id_, name in found.items():
        known = catalogue.technologies.get(id_)
        if known and name.casefold() not in {id_, known.name.casefold()}:
            hint = "" if name in chosen else f'; choose another one: --id "{name}=…"'
            raise click.ClickException(f'"{id_}" is the id of {known.name}{hint}')
    if len(found) < 2:
        both = next(iter(found))
        raise click.ClickException(
            f'a comparison needs two different technologies; both would have the id "{both}"; --id chooses one'
        )
    for comparison in catalogue.comparisons.values():
        if set(comparison.technologies) == set(found):
            raise click.ClickException(f'"{comparison.id}" compares the two already')
    return found


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


# -- texts


def scaffold(
    catalogue: Catalogue, names: Mapping[str, str], kind: str, relation: fields.Relation
) -> tuple[dict[str, str], str]:
    """The records that are not there yet, by their path below the data folder, and the page with places for the prose.

    The rows are the first criteria that apply to the kinds, or the one of a new vocabulary.
    """
    known = catalogue.technologies
    kinds = [known[id_].kind for id_ in names if id_ in known]
    kind = kind or next(iter(kinds), "some-kind")
    asked = {kind, *kinds}
    fitting = [one.id for one in catalogue.criteria.values() if not one.kinds or asked & set(one.kinds)]
    today = datetime.datetime.now().astimezone().date()
    shared = {"ids": list(names), "relation": relation, "rows": fitting[:MOST_ROWS] or ["licence"], "today": today}
    records = {}
    if not catalogue.criteria:
        records["criteria.yaml"] = render("criteria.yaml", record=model.Criterion)
    for id_, name in names.items():
        if id_ not in known:
            one = {"id": id_, "name": name, "kind": kind, "fact": model.Fact}
            records[f"technologies/{id_}.yaml"] = render("technology.yaml", record=model.Technology, **one)
    comparison = render("comparison.yaml", record=model.Comparison, **shared)
    records[f"comparisons/{'-vs-'.join(names)}.yaml"] = comparison
    title = " vs ".join(known[id_].name if id_ in known else name for id_, name in names.items())
    return records, render("comparison.md", title=verbatim(title), **shared)


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
