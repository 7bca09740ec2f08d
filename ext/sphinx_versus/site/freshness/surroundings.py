"""What all pages of a format share: templates, style sheets and scripts, settings. When it changes, all are written again.

The addresses of style sheets and scripts on the pages carry checksums of their contents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.locale import _
from sphinx.util.i18n import format_date

from ...catalogue.digest import digest
from .files import content_digest
from .makers import PACKAGE

CHECKED = {".css", ".js"}
"""Suffixes of the files that pages name with a checksum."""


def surroundings_digest(app: Sphinx, makers: str) -> str:
    """A digest of what every page shows."""
    builder: Any = app.builder
    shared = [makers, builder.name, builder.out_suffix]
    if isinstance(builder, StandaloneHTMLBuilder):
        shared += [builder.build_info.config_hash, builder.build_info.tags_hash, _last_updated(app)]
        shared += [repr(app.registry.css_files), repr(app.registry.js_files)]
        shared += _contents([*_template_files(builder), *_below(PACKAGE / "templates" / "components")])
        shared += _contents(path for _name, path in static_files(app) if path.suffix.removesuffix("_t") in CHECKED)
    return digest(shared)


def _last_updated(app: Sphinx) -> str:
    """The day that the pages show, where they show one."""
    config = app.config
    wanted = config.html_last_updated_fmt
    if wanted is None:
        return ""
    local = not config.html_last_updated_use_utc
    return format_date(wanted or _("%b %d, %Y"), language=config.language, local_time=local)


def _template_files(builder: Any) -> Iterator[Path]:
    for folder in getattr(builder.templates, "pathchain", ()):
        for path in _below(Path(folder)):
            if "static" not in path.relative_to(folder).parts:
                yield path


def static_files(app: Sphinx) -> Iterator[tuple[str, Path]]:
    """The files that are copied beside the pages: their name below ``_static``, and where they come from."""
    builder: Any = app.builder
    folders = [Path(folder, "static") for folder in reversed(builder.theme.get_theme_dirs())] if builder.theme else []
    folders += [Path(app.confdir, entry) for entry in app.config.html_static_path]
    for folder in [PACKAGE / "static", *folders]:
        for path in [folder] if folder.is_file() else _below(folder):
            name = path.name if path == folder else path.relative_to(folder).as_posix()
            yield name.removesuffix("_t").removesuffix(".jinja"), path


def _below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".pyc", ".map"})


def _contents(paths: Iterable[Path]) -> list[str]:
    return [f"{path} {content_digest(path)}" for path in paths]
