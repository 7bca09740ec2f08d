"""``versus eject``: turn a virtual page into a page to edit."""

from __future__ import annotations

from pathlib import Path

import click

from ..catalogue import query
from ..environment.pages import page_layout, page_text, virtual_pages
from ..problems import nearest
from .files import CONF, SOURCE, load_readable, settings_of, source_folder, write_all


@click.command()
@click.argument("docname")
@CONF
@SOURCE
@click.option("--force", is_flag=True, help="Overwrite a page that is there.")
def eject(docname: str, conf: Path, source: Path | None, force: bool) -> None:
    """Write the virtual page DOCNAME (such as comparisons/a-vs-b) as a Markdown file; the site stays the same."""
    settings = settings_of(conf)
    catalogue = load_readable(settings.data, settings.derived_pairs)
    pages = virtual_pages(catalogue, settings)
    name = docname.removesuffix(".md")
    if name not in pages:
        raise click.ClickException(f'"{name}" is not a virtual page; {nearest(name, pages)}')
    page = pages[name]
    outline = query.outline(catalogue, page.kind, page.id)
    text = page_layout(page_text(settings, page.kind, outline)).with_title(outline.title)
    write_all({(source or source_folder(conf)) / f"{name}.md": text}, force=force)
