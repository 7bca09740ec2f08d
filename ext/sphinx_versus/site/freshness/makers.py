"""What makes the pages: versions of the programs and extensions, our own code, and which page templates are used.

When any of it changes, every page is read and written again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import docutils
import sphinx
from sphinx.application import Sphinx

from ...catalogue.digest import digest
from ..pages import OWN_TEMPLATES, template_path
from ..project import project_of
from .files import content_digest

PACKAGE = Path(__file__).parent.parent.parent
BUILT_IN = ("sphinx", "alabaster")


def makers_digest(app: Sphinx) -> str:
    """A digest of all makers."""
    versions = [
        sys.version_info[:2],
        sphinx.__version__,
        docutils.__version__,
        version("pygments"),
        version("myst-parser"),
    ]
    return digest([*map(str, versions), *_extensions(app), *_own_code(), *_page_templates(app)])


def _extensions(app: Sphinx) -> Iterator[str]:
    """Name and version of each extension; a file of the site's own has no version, and counts by its content."""
    for name, extension in sorted(app.extensions.items()):
        path = getattr(extension.module, "__file__", None)
        built_in = name.partition(".")[0] in BUILT_IN
        yield f"{name} {extension.version} {content_digest(path) if path and not built_in else ''}"
    if app.config.setup:
        yield content_digest(Path(app.confdir) / "conf.py")


def _own_code() -> Iterator[str]:
    for path in sorted([*PACKAGE.rglob("*.py"), *OWN_TEMPLATES.iterdir()]):
        yield f"{path.relative_to(PACKAGE)} {content_digest(path)}"


def _page_templates(app: Sphinx) -> Iterator[str]:
    """Which file is the template of each kind, and where its pages are; the content is a dependency of the pages that use it."""
    settings = project_of(app.env).settings
    for kind in sorted(settings.pages):
        yield f"{settings.pages[kind]} {template_path(kind, settings)}"
