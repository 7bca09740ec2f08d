"""The words of Versus in the language of a site: ``sphinx_versus.po`` in a folder of ``locale_dirs``."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx import locale
from sphinx.application import Sphinx
from sphinx.util.i18n import CatalogInfo, CatalogRepository

from ..components.i18n import CATALOGUE


def catalogues(app: Sphinx) -> Iterator[CatalogInfo]:
    """The site's catalogues of the words of Versus, in the order of ``locale_dirs``."""
    config = app.config
    found = CatalogRepository(app.srcdir, config.locale_dirs, config.language, config.source_encoding)
    return (one for one in found.catalogs if one.domain == CATALOGUE)


def load_words(app: Sphinx) -> None:
    """``config-inited``: compile the catalogues and load them, as Sphinx does with those of its own words."""
    for one in catalogues(app):
        if one.is_outdated():
            one.write_mo(app.config.language, app.config.gettext_allow_fuzzy_translations)
    folders = [app.srcdir / folder for folder in app.config.locale_dirs]
    locale.init(folders, app.config.language, CATALOGUE)
