"""The data without a build: ``versus check``, ``report`` and ``explain``; ``publish``, ``schema`` and ``eject`` write what follows."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import rich_click as click

from ..catalogue import query
from ..catalogue.files import RecordFile, replace_files
from ..catalogue.json_schema import stale_schemas, write_schemas
from ..catalogue.loader import load, parse
from ..catalogue.model import Published
from ..catalogue.published import lists_of
from ..catalogue.rules import advice
from ..catalogue.unused import unused
from ..characters import printable
from ..environment.virtual_pages import page_layout, page_text, virtual_pages
from ..problems import Code, nearest
from .checking import checked, no_records
from .editing import scalar
from .files import (
    CONF,
    DATA,
    SOURCE,
    GivenPath,
    has_records,
    load_readable,
    project_with,
    reads_markdown,
    settings_of,
    source_folder,
    write_all,
)
from .output import FORMAT, print_problems, print_table, working

COLUMNS = (
    *("comparison", "cells", "values", "sourced", "primary", "unknown", "not assessed", "not applicable", "depends"),
    *("disputed", "judgements", "oldest"),
)
NAME = "published.yaml"
HEAD = """\
# yaml-language-server: $schema=schema/published.json
#
# The ids whose pages are public. "versus publish" writes this file: it adds ids and never takes one away. An id that has
# no page any more needs a redirect to the one that took its place. Comments other than this one are not kept.
"""


@click.command()
@click.argument("paths", type=GivenPath(), nargs=-1)
@FORMAT
@click.option("--records", "records_only", is_flag=True, help="Look at records alone, which takes a second.")
def check(paths: tuple[Path, ...], form: str, records_only: bool) -> None:
    """Print every problem in records and pages, sorted by file and line; exit with 1 if there is one. Then print advice.

    PATHS are files and folders of a project: its data folder, its pages, or what is in them. Without PATHS the project around the
    working directory is checked as far as it lies in it; without a conf.py the folder data.
    """
    with working("reading records and pages"):
        name, catalogue, pages, problems = checked(paths, records_only=records_only)
    tips = [] if problems else advice(catalogue)
    print_problems(problems or tips, form, level="error" if problems else "notice")
    if problems:
        files = len({problem.place.path for problem in problems})
        click.echo(f"{counted(len(problems), 'problem')} in {counted(files, 'file')}", err=True)
        raise SystemExit(1)
    if form != "text":
        return
    parts = [
        counted(len(catalogue.technologies), "technology", "technologies"),
        counted(len(catalogue.comparisons), "comparison"),
        counted(len(catalogue.criteria), "criterion", "criteria"),
        counted(sum(len(technology.facts) for technology in catalogue.technologies.values()), "fact"),
        counted(len(catalogue.misconceptions), "misconception"),
        counted(len(catalogue.sources), "source"),
        *([counted(pages, "page")] if pages else []),
    ]
    click.echo(printable(f"{name}: no problems in {', '.join(parts)}"))


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


@click.command()
@DATA
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def report(data: Path, as_json: bool) -> None:
    """Print per comparison: values, sourced, with a primary source, unknown, not assessed, not applicable, and more."""
    with working("reading the records"):
        catalogue, problems = load(data, derive=project_with(data)[1])
    if no_catalogue := next((one for one in problems if one.code is Code.NO_CATALOGUE), None):
        raise click.ClickException(str(no_catalogue))
    if not has_records(data):
        raise click.ClickException(no_records(data).text)
    rows: list[tuple[str, ...]] = [COLUMNS]
    for one in (query.coverage(catalogue, id_) for id_ in catalogue.comparisons):
        share = f"{one.primary} ({100 * one.primary_share:.0f} %)"
        missing = (one.unknown, one.not_assessed, one.not_applicable, one.depends)
        counts = (one.cells, one.values, one.sourced, share, *missing, one.disputed, one.judgements)
        rows.append((one.id, *map(str, counts), str(one.oldest or "-")))
    if as_json:
        click.echo(json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]], indent=2))
    else:
        print_table(rows)
        for type_, ids in unused(catalogue).items():
            if ids:
                plural = {"source": "sources that no record cites", "criterion": "criteria without a fact or a row"}[
                    type_
                ]
                click.echo(printable(f"{plural} ({len(ids)}): {', '.join(ids)}"))
    if problems:
        raise click.ClickException(f'{counted(len(problems), "problem")} in the data: run "versus check {data}"')


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain the problem CODE (such as unknown-key); without one, list them all."""
    codes = {member.value: member for member in Code}
    if code is None:
        for value, listed in codes.items():
            click.echo(f"{value:22} {listed.meaning}")
    elif member := codes.get(code.strip("[]")):
        click.echo(f"{member.value}: {member.meaning}\n\nWhat to do: {member.remedy}")
    else:
        raise click.ClickException(f'"{code}" is not a code; {nearest(code, codes)}')


# -- writing --------------------------------------------------------------------------------------------------------------


@click.command()
@DATA
def publish(data: Path) -> None:
    """Add to DATA/published.yaml the ids of all comparisons, derived pairs and technologies that have pages now.

    From then on it is a problem when one of them has neither a page nor a redirect.
    """
    path = data / NAME
    if not data.is_dir():
        raise click.ClickException(f'there is no folder "{data}"')
    if os.path.lexists(path) and parse(RecordFile(str(path), "published")).problems:
        raise click.ClickException(f'{path} has problems, so nothing was written; see "versus check {data}"')
    settings, derive = project_with(data)
    catalogue = load_readable(data, derive)
    if not catalogue.technologies:
        raise click.ClickException(f"{data} has no technology, so nothing was written")
    lists = []
    for kind, type_, published, moved in lists_of(catalogue.published or Published.model_validate({"@id": path.stem})):
        known = catalogue.compared if kind == "comparisons" else catalogue.technologies
        has_pages = settings is None or settings.docname(type_, "any")
        lists.append((kind, (*published, *(known if has_pages else ())), moved))
    before = sum(len(one.ids) for one in lists_of(catalogue.published))
    replace_files({path: published_text(lists).encode()})
    total = sum(len({*ids}) for _, ids, _ in lists)
    click.echo(printable(f"{path}: {counted(total - before, 'new id')}, {total} in all"))


def published_text(lists: Iterable[tuple[str, Iterable[str], Mapping[str, str]]]) -> str:
    """The text of the list of published ids: by name of a list its ids and redirects."""
    lines, redirects = [HEAD], []
    for kind, listed, moved in lists:
        if ids := sorted({*listed}):
            lines += [f"{kind}:", *(f"  - {scalar(id_)}" for id_ in ids), ""]
        if moved:
            redirects += [f"  {kind}:", *(f"    {scalar(old)}: {scalar(new)}" for old, new in sorted(moved.items()))]
    return "\n".join([*lines, "redirects:", *redirects, ""] if redirects else lines)


@click.command()
@DATA
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if a schema is out of date.")
def schema(data: Path, only_check: bool) -> None:
    """Write the JSON Schemas of the records to DATA/schema, with the ids that there are as suggestions for editors."""
    if not data.is_dir():
        raise click.ClickException(f'there is no folder "{data}"')
    folder = data / "schema"
    if not only_check:
        write_schemas(folder, load(data).catalogue)
    elif stale := stale_schemas(folder):
        for path in stale:
            click.echo(printable(f'{path} is out of date; run "versus schema {data}"'))
        raise SystemExit(1)


@click.command()
@click.argument("docname")
@CONF
@SOURCE
@click.option("--force", is_flag=True, help="Overwrite a page that is there.")
def eject(docname: str, conf: Path, source: Path | None, force: bool) -> None:
    """Write the generated page DOCNAME (such as comparisons/a-vs-b) as a Markdown file; the site stays the same.

    A site without a parser for Markdown in its extensions, such as myst_parser, could not read the file, so none is written.
    """
    settings = settings_of(conf)
    catalogue = load_readable(settings.data, settings.derived_pairs)
    pages = virtual_pages(catalogue, settings)
    if not reads_markdown(conf):
        message = "a generated page is Markdown, which no parser of this site reads; nothing was written"
        raise click.ClickException(f'{message}; add "myst_parser" to extensions in {conf / "conf.py"}')
    name = docname.removesuffix(".md")
    if name not in pages:
        raise click.ClickException(f'"{name}" is not a generated page; {nearest(name, pages)}')
    page = pages[name]
    outline = query.outline(catalogue, page.kind, page.id)
    text = page_layout(page_text(settings, page.kind, outline)).with_title(outline.title)
    write_all({(source or source_folder(conf)) / f"{name}.md": text}, force=force)
