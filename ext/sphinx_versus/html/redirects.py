"""Old and other addresses of pages: small pages that lead to the right one. Written when a build of a web site is finished.

They are plain files beside the pages and not documents: no theme, no search, no sitemap knows them, and ten thousand of them
cost little.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment

from ..catalogue.published import Redirect, kept_addresses, other_addresses, reversed_id
from ..components.i18n import _
from ..components.languages import tag
from ..components.node_helpers import TABLE
from ..environment.conflicts import FileNames
from ..environment.domain import Shown, domain_of
from ..environment.output_files import makes_web_pages
from ..environment.project import project_of
from ..environment.web import showing_only

YIELDS = "sphinxext.rediraffe"
"""An extension that writes no redirect where there is a file, and takes it for a mistake."""

PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={address}">
<link rel="canonical" href="{canonical}">
<title>{title}</title>
</head>
<body>
<p>{words} <a href="{address}">{title}</a></p>
</body>
</html>
"""


def write_redirects(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write the pages that are new or lead elsewhere."""
    builder = app.builder
    if exception or not isinstance(builder, StandaloneHTMLBuilder) or not makes_web_pages(builder):
        return
    if not isinstance(builder, SingleFileHTMLBuilder):
        _Redirects(builder, FileNames(app)).write()


def make_room(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``, before others: let an extension write its redirects that would fail where there are ours."""
    if YIELDS in app.extensions and not exception:
        own_files = project_of(app.env).own_files
        for name in own_files.before:
            if name.endswith(".html"):
                own_files.remove(name)


def said(env: BuildEnvironment) -> list[Redirect]:
    """Addresses that are gone or moved, as somebody said."""
    return [*kept_addresses(project_of(env).catalogue)]


def reversed_pairs(env: BuildEnvironment) -> list[Redirect]:
    """The ids of pairs in the other order, and what they lead to."""
    return [*other_addresses(project_of(env).catalogue)]


class _Redirects:
    """The redirecting pages of one output folder."""

    def __init__(self, builder: StandaloneHTMLBuilder, file_names: FileNames) -> None:
        self.builder, self.env = builder, builder.env
        self.folder = Path(builder.outdir)
        self.settings, self.names = project_of(builder.env).settings, file_names
        self.domain = domain_of(builder.env)

    def write(self) -> None:
        """Write those that are new or lead elsewhere."""
        texts, own_files = dict(self._texts()), project_of(self.env).own_files
        own_files.announce(texts)
        for name, text in texts.items():
            own_files.write(name, text.encode())

    def _texts(self) -> Iterator[tuple[str, str]]:
        """By file name the text of each page; a page of the site always comes first, and of two redirects the first one."""
        key = self.names.key
        taken = {"", *map(key, self.env.found_docs), *self.names.of_sphinx}
        for wanted in self._wanted():
            docname = self.settings.docname(wanted.type, wanted.old)
            home = self.domain.home((TABLE if wanted.only else wanted.type, wanted.new))
            if key(docname) not in taken and home:
                taken.add(key(docname))
                yield self._file(docname), self._text(docname, home[0], home[1], wanted.only)

    def _wanted(self) -> Iterator[Redirect]:
        """What is looked for, with what is shown instead; what somebody said comes before what follows from ids."""
        kept = said(self.env)
        yield from kept
        if self.settings.reversed_pairs:
            yield from reversed_pairs(self.env)
            for wanted in kept:
                if wanted.type == "comparison" and (other := reversed_id(wanted.old)):
                    yield wanted._replace(old=other)

    def _text(self, old: str, docname: str, shown: Shown, only: tuple[str, ...]) -> str:
        place = f"#{shown.anchor}" if shown.anchor else ""
        address = self.builder.get_relative_uri(old, docname) + place
        base = self.builder.config.html_baseurl
        canonical = f"{base.rstrip('/')}/{self.builder.get_target_uri(docname)}" if base else address
        values = {
            "language": tag(self.builder.config.language or "en"),
            "words": _("This page has another address:"),
            "address": showing_only(self.builder, address, only),
            "canonical": canonical,
            "title": shown.name,
        }
        return PAGE.format(**{name: html.escape(value) for name, value in values.items()})

    def _file(self, docname: str) -> str:
        return Path(self.builder.get_outfilename(docname)).relative_to(self.folder).as_posix()
