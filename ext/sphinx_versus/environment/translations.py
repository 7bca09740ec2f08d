"""The words of Versus in the language of a site: ``sphinx_versus.po`` in a folder of ``locale_dirs``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.util.i18n import CatalogInfo, CatalogRepository

from ..components.i18n import CATALOGUE
from ..problems import Code, Place, Problem
from .reporting import report

_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sd]")


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
        _leave_out_misfits(Path(one.po_path), Path(one.mo_path), with_fuzzy=app.config.gettext_allow_fuzzy_translations)
    folders = [app.srcdir / folder for folder in app.config.locale_dirs]
    locale.init(folders, app.config.language, CATALOGUE)


def _leave_out_misfits(po: Path, mo: Path, *, with_fuzzy: bool) -> None:
    """Report translations into which no values can be put, and compile the catalogue without them."""
    try:
        with po.open("rb") as stream:
            catalogue: Catalog = read_po(stream)
    except (OSError, ValueError, PoFileError):
        return  # Sphinx has warned of it
    misfits = [message for message in catalogue if message.id and not _fits(message)]
    for message in misfits:
        first = message.id if isinstance(message.id, str) else message.id[0]
        words, hint = f'the translation of "{first}" has other placeholders', "write the same ones; English is used"
        report(Problem(Place(str(po), message.lineno or 1), Code.INVALID_VALUE, words, hint))
        catalogue.delete(message.id, message.context)
    if misfits:
        with mo.open("wb") as stream:
            write_mo(stream, catalogue, use_fuzzy=with_fuzzy)


def _fits(message: Message) -> bool:
    """Whether the values of a message can be put into its translation."""
    last = message.id if isinstance(message.id, str) else message.id[-1]
    strings = [message.string] if isinstance(message.string, str) else message.string or ()
    names = _PLACEHOLDER.findall(last)
    values = dict.fromkeys(names, 1) if any(names) else (1,) * len(names)
    try:
        return all(not names or not string or string % values is not None for string in strings)
    except (KeyError, TypeError, ValueError):
        return False
