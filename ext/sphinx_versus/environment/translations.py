"""The catalogues of messages of a translated site: which file belongs to a page, and what a text is in it. Read phase.

Sphinx translates the text of a page when it is read. It finds out which catalogue that is after it has looked for the
documents, and forgets it when a page is read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from gettext import NullTranslations, translation

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.i18n import CatalogRepository, docname_to_domain


class Catalogues:
    """The compiled catalogues of a site in its language, as they are now."""

    def __init__(self, app: Sphinx) -> None:
        self._compact = app.config.gettext_compact
        self._files: Mapping[str, str] = _files(app) if app.builder.use_message_catalog else {}

    def file(self, docname: str) -> str:
        """The catalogue of a page, or an empty text."""
        return self._files.get(docname_to_domain(docname, self._compact), "") if self._files else ""


def _files(app: Sphinx) -> dict[str, str]:
    config = app.config
    found = CatalogRepository(app.srcdir, config.locale_dirs, config.language, config.source_encoding)
    return {one.domain: os.fspath(app.srcdir / one.mo_path) for one in found.catalogs if one.mo_path.is_file()}


def translated(env: BuildEnvironment, text: str) -> str:
    """A text of paragraphs as the page that is being read shows it."""
    config = env.config
    domain = docname_to_domain(env.docname, config.gettext_compact)
    folders = [env.srcdir / folder for folder in config.locale_dirs]
    found = [translation(domain, folder, [config.language], fallback=True) for folder in folders]
    return "\n\n".join(_translated(found, " ".join(part.split("\n")).strip()) for part in re.split(r"\n\s*\n", text))


def _translated(catalogues: Iterable[NullTranslations], message: str) -> str:
    """A message by the first catalogue that has it."""
    return next((other for one in catalogues if (other := one.gettext(message)) != message), message)
