"""``versus publish``: list the ids that have pages now, so that their addresses are kept."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from ..catalogue.catalogue import Catalogue
from ..catalogue.files import RecordFile, replace_files
from ..catalogue.loader import parse
from ..catalogue.model import Published
from ..catalogue.pairs import NONE_DERIVED
from ..catalogue.published import KINDS, ids_of, redirects_of
from ..characters import printable
from .check import DATA, counted
from .files import load_readable, project_with

NAME = "published.yaml"
HEAD = """\
# yaml-language-server: $schema=schema/published.json
#
# The ids whose pages are public. "versus publish" writes this file: it adds ids and never takes one away. An id that has
# no page any more needs a redirect to the one that took its place. Comments other than this one are not kept.
"""


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
    settings = project_with(data)
    catalogue = load_readable(data, settings.derived_pairs if settings else NONE_DERIVED)
    before = catalogue.published or Published.model_validate({"@id": path.stem})
    made = [kind for kind, type_ in KINDS.items() if settings is None or settings.docname(type_, "any")]
    ids = {kind: {*ids_of(before, kind), *(_with_pages(catalogue, kind) if kind in made else ())} for kind in KINDS}
    new = sum(len(ids[kind]) - len(ids_of(before, kind)) for kind in KINDS)
    replace_files({path: "\n".join([HEAD, *_lines(ids, before)]).encode()})
    click.echo(printable(f"{path}: {counted(new, 'new id')}, {sum(map(len, ids.values()))} in all"))


def _with_pages(catalogue: Catalogue, kind: str) -> Mapping[str, object]:
    return catalogue.compared if kind == "comparisons" else catalogue.technologies


def _lines(ids: Mapping[str, set[str]], before: Published) -> Iterator[str]:
    for kind in KINDS:
        if ids[kind]:
            yield from (f"{kind}:", *(f"  - {id_}" for id_ in sorted(ids[kind])), "")
    if any(redirects_of(before, kind) for kind in KINDS):
        yield "redirects:"
        for kind in KINDS:
            if redirects := redirects_of(before, kind):
                yield from (f"  {kind}:", *(f"    {old}: {new}" for old, new in sorted(redirects.items())))
        yield ""
