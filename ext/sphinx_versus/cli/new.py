"""``versus new``: the records of a new comparison, with every field explained, and its page."""

import json
import re
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import jinja2
import rich_click as click
from pydantic import BaseModel
from sphinx.util.rst import escape, textwidth

from ..catalogue import fields, model
from ..catalogue.catalogue import Catalogue, grouped
from ..catalogue.files import FILES
from ..catalogue.json_schema import schema_files, write_known_ids
from ..catalogue.loader import load
from ..catalogue.markdown import verbatim
from ..catalogue.model import Criterion
from ..problems import SURELY_MEANT, closest, nearest
from .files import CONF, load_readable, reads_markdown, settings_of, source_folder, technologies_here, write_all
from .names import as_typed, identify, listed, unfit, unusable
from .output import Choice

TEMPLATES = Path(__file__).parent.parent / "templates" / "scaffold"
RELATIONS = [relation.value for relation in fields.Relation]


class Draft(NamedTuple):
    """What is to be written."""

    id: str
    """The id of the comparison."""
    names: Mapping[str, str]
    """The names of the technologies by their ids."""
    kind: str
    """The kind of those that are new."""
    relation: fields.Relation


@click.command()
@click.argument("names", nargs=-1, metavar="NAME NAME [NAME…]", shell_complete=technologies_here)
@click.option(
    "--kind", default="", help="The kind of new technologies, such as web-framework (default: that of the others)."
)
@click.option("--relation", type=Choice(RELATIONS), help="How they stand to each other (default: alternatives).")
@click.option(
    "--id",
    "ids",
    multiple=True,
    metavar="NAME=ID",
    help='The id of a new technology, such as "Notepad++=notepad"; may be repeated.',
)
@click.option("--as", "as_", metavar="ID", default="", help="The id of the comparison (default: a-vs-b).")
@CONF
@click.option("--page/--no-page", default=True, help="Write a page as well (default), or records only.")
def new(  # noqa: PLR0913, PLR0917 (one for each option)
    names: tuple[str, ...],
    kind: str,
    relation: str | None,
    ids: tuple[str, ...],
    as_: str,
    conf: Path,
    page: bool,
) -> None:
    """Write the records of a comparison of two or more technologies, and its page.

    The page is Markdown where conf.py has a parser for it, such as myst_parser, else reStructuredText.

    Each NAME is a name such as "Django", or an id. On a terminal, the command asks for what is not given.
    """
    settings = settings_of(conf)
    catalogue = load_readable(settings.data)
    may_ask = is_interactive()
    if not names and may_ask:
        names = _asked_names()
        relation = relation or click.prompt("Relation", type=Choice(RELATIONS), default=RELATIONS[0])
    if len(names) < 2:
        raise click.UsageError('a comparison needs two or more technologies: versus new "First name" "Second name"')
    by_id = names_by_id(catalogue, [*map(as_typed, names)], ids)
    chosen = next(one for one in fields.Relation if one.value == (relation or RELATIONS[0]))
    draft = Draft(
        _comparison_id(as_ or "-vs-".join(by_id)), by_id, kind_of_new(catalogue, by_id, kind, may_ask=may_ask), chosen
    )
    records, pages = scaffold(catalogue, draft)
    lists = {settings.data / name: records.pop(name) for name in FILES if name in records}
    files = {path: record for path, record in lists.items() if not path.exists()}
    added = {path: "\n" + record.partition("\n\n")[2] for path, record in lists.items() if path.exists()}
    added.pop(settings.data / "sources.yaml", None)
    files |= {settings.data / path: record for path, record in records.items()}
    if page and (docname := settings.docname("comparison", draft.id)):
        suffix = "md" if reads_markdown(conf) else "rst"
        files[source_folder(conf) / f"{docname}.{suffix}"] = pages[suffix]
    write_all(files, appended=added, also=_absent_schemas(settings.data / "schema", catalogue))
    write_known_ids(settings.data, load(settings.data).catalogue)


def is_interactive() -> bool:
    """Whether a person at a terminal can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked_names() -> tuple[str, ...]:
    names: list[str] = []
    while len(names) < 2 or names[-1]:
        number = len(names) + 1
        names.append(
            click.prompt(
                f"Technology {number}{' (empty: no more)' if number > 2 else ''}", default="", show_default=False
            )
        )
        if number <= 2 and not names[-1]:
            names.pop()
    return tuple(names[:-1])


def _comparison_id(id_: str) -> str:
    if reason := unusable(id_):
        raise click.ClickException(f'"{id_}" cannot be the id of a comparison: {reason}; choose another one: --as …')
    return id_


def _absent_schemas(folder: Path, catalogue: Catalogue) -> Mapping[Path, bytes]:
    """The schemas that the first lines of records name, when they are not there."""
    return {path: content for path, content in schema_files(folder, catalogue).items() if not path.exists()}


# -- names, ids and kinds


def names_by_id(catalogue: Catalogue, names: Sequence[str], ids: Iterable[str]) -> dict[str, str]:
    """The names of the technologies by their ids, some of which are given as ``NAME=ID``."""
    chosen = _chosen_ids(names, ids)
    found: dict[str, str] = {}
    for name in names:
        id_ = chosen.get(name) or identify(catalogue, name)
        known = catalogue.technologies.get(id_)
        if known and name.casefold() not in {id_, known.name.casefold()}:
            hint = "" if name in chosen else f'; choose another one: --id "{name}=…"'
            raise click.ClickException(f'"{id_}" is the id of {known.name}{hint}')
        if id_ in found:
            both = f'"{found[id_]}" and "{name}" would both have the id "{id_}"; --id chooses one'
            both = f'"{name}" is named twice' if found[id_] == name else both
            raise click.ClickException(f"a comparison needs different technologies; {both}")
        names_there = (one.name for one in catalogue.technologies.values())
        if not known and (
            near := closest(name, names_there, SURELY_MEANT) or closest(name, catalogue.technologies, SURELY_MEANT)
        ):
            click.echo(f'"{name}" is written as a new technology; if you meant "{near}", delete its files', err=True)
        found[id_] = name
    for comparison in catalogue.comparisons.values():
        if set(comparison.technologies) == set(found):
            raise click.ClickException(f'"{comparison.id}" compares these technologies already')
    return found


def _chosen_ids(names: Sequence[str], ids: Iterable[str]) -> dict[str, str]:
    chosen = {}
    for given in ids:
        name, _, id_ = given.rpartition("=")  # a name may contain an equals sign
        if name not in names:
            raise click.ClickException(f'"{given}" gives no id to a technology of these; {nearest(name, names)}')
        if reason := unusable(id_):
            raise click.ClickException(f'"{id_}" cannot be an id: {reason}')
        chosen[name] = id_
    return chosen


def kind_of_new(catalogue: Catalogue, names: Mapping[str, str], given: str, *, may_ask: bool) -> str:
    """The kind of the technologies that are new: given, that of the others, or asked for."""
    known = catalogue.technologies
    unknown = [name for id_, name in names.items() if id_ not in known]
    kinds = sorted({known[id_].kind for id_ in names if id_ in known})
    if not unknown:
        return ""
    if not given and len(kinds) == 1:
        return kinds[0]
    if not given and not may_ask:
        hint = f"add --kind, such as --kind {(kinds or catalogue.kinds or ['web-framework'])[0]}"
        raise click.ClickException(f"the kind of {listed(unknown)} is not known; {hint}")
    if not given:
        words = f"Kind of {listed(unknown)}, such as {', '.join(catalogue.kinds[:6]) or 'web-framework'}"
        given = click.prompt(words, default=kinds[0] if kinds else None)
    if reason := unfit(given.lower()):
        raise click.ClickException(f'"{given}" cannot be a kind: {reason}')
    if given not in catalogue.kinds and (near := closest(given, catalogue.kinds)):
        click.echo(f'"{given}" is written as a new kind; if you meant "{near}", change it', err=True)
    return given


# -- texts


def scaffold(catalogue: Catalogue, draft: Draft) -> tuple[dict[str, str], dict[str, str]]:
    """The records that are not there yet, by their path below the data folder, and the page in each markup, by suffix.

    The rows are the criteria that apply to the kinds, and that one of the technologies answers, if all have a record; without any,
    the first one of a new vocabulary.
    """
    known = catalogue.technologies
    kinds = {known[id_].kind if id_ in known else draft.kind for id_ in draft.names}
    rows = [one for one in catalogue.criteria.values() if not one.kinds or kinds & {*one.kinds}]
    answered = {id_ for one in draft.names if one in known for id_ in known[one].facts}
    if known.keys() >= draft.names.keys():
        rows = [one for one in rows if one.id in answered] or rows
    records: dict[str, str] = {}
    if not rows:
        rows = [_first_criterion(catalogue, sorted(kinds))]
        records["criteria.yaml"] = render("criteria.yaml", record=Criterion, one=rows[0])
    if not catalogue.sources:
        records["sources.yaml"] = render("sources.yaml", record=model.Source)
    for id_, name in draft.names.items():
        if id_ not in known:
            own = [one for one in rows if not one.kinds or draft.kind in one.kinds]
            one = {"id": id_, "name": name, "kind": draft.kind, "fact": model.Fact, "rows": own}
            records[f"technologies/{id_}.yaml"] = render("technology.yaml", record=model.Technology, **one)
    groups = grouped((row.group, row.id) for row in rows)
    shared = {"ids": list(draft.names), "relation": draft.relation, "groups": groups, "rows": [row.id for row in rows]}
    records[f"comparisons/{draft.id}.yaml"] = render("comparison.yaml", record=model.Comparison, **shared)
    title = " vs ".join(known[id_].name if id_ in known else name for id_, name in draft.names.items())
    has = {
        "has_misconceptions": any(known[id_].misconceptions for id_ in draft.names if id_ in known),
        "has_related": any(catalogue.comparisons_by_kind.get(kind) for kind in kinds),
    }
    heading = escape(title)
    line = "=" * textwidth(heading)
    return records, {
        "md": render("comparison.md", title=verbatim(title), **has, **shared),
        "rst": render("comparison.rst", title=heading, line=line, **has, **shared),
    }


def _first_criterion(catalogue: Catalogue, kinds: Sequence[str]) -> Criterion:
    """A criterion for kinds to which none applies yet."""
    if not catalogue.criteria:
        definition = "What it is mostly used for."
        return Criterion.model_validate({"@id": "purpose", "name": "Purpose", "definition": definition, "kinds": kinds})
    name = f"TODO: the label of a row for {listed(kinds)}"
    values = {"@id": f"{kinds[0]}-purpose", "name": name, "definition": "TODO: what exactly is asked.", "kinds": kinds}
    return Criterion.model_validate(values)


def render(scaffold: str, /, **values: object) -> str:
    """A scaffold; ``explain(record, field)`` in it gives the field's own documentation as a comment."""
    environment = jinja2.Environment(  # noqa: S701 (the output is YAML and Markdown, not HTML)
        loader=jinja2.FileSystemLoader(TEMPLATES), trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters |= {"quoted": quoted, "wrapped": wrapped, "expected": expected}
    return environment.get_template(f"{scaffold}.jinja").render(explain=explain, **values)


def expected(criterion: Criterion) -> str:
    """What a value of a criterion may be: one of a few words, or what its type says."""
    if criterion.type is fields.ValueType.ONE_OF and criterion.values:
        return " or ".join(option.id for option in criterion.values.values())
    return criterion.type.meaning.replace("`", "")


def quoted(text: str) -> str:
    """A text as YAML that is read as typed: in quotes unless it is plainly a word."""
    plain = re.fullmatch(r"[A-Za-z0-9][\w.+-]*( [\w.+-]+)*", text) and text not in {"null", "Null", "NULL"}
    return text if plain else json.dumps(text, ensure_ascii=False)


def wrapped(text: str, indent: int = 0, within: int = 0) -> str:
    """A text as comment lines, which are indented before and behind their signs."""
    prefix = f"{' ' * indent}# {' ' * within}"
    return "\n".join(prefix + line for line in textwrap.wrap(text, 110 - len(prefix))).lstrip()


def explain(record: type[BaseModel], field: str, indent: int = 0) -> str:
    """The documentation of a field as comment lines."""
    return wrapped(record.model_fields[field].description or "", indent)
