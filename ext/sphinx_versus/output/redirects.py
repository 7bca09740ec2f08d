"""Old and other addresses of pages: small pages that lead to the right one. Written when a build of a web site is finished.

They are plain files beside the pages and not documents: no theme, no search, no sitemap knows them, and ten thousand of them
cost little. Which there are stands in a hidden file of the output folder, so that the next build removes those that are gone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment

from ..catalogue.published import Redirect, kept_addresses, other_addresses, reversed_id
from ..components.i18n import _
from ..components.languages import tag
from ..components.node_helpers import TABLE
from ..problems import Code, Place, Problem
from ..site.conflicts import FileNames
from ..site.domain import Shown, domain_of
from ..site.output_files import inside
from ..site.project import project_of
from ..site.reporting import report
from ..site.web import is_of_others, makes_web_pages, showing_only, write_if_new

LIST = ".versus-redirects"
"""The file that holds, one a line, the redirecting pages of an output folder, each with a digest of its text."""

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
OURS = re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(PAGE)))
"""Any redirecting page of ours."""


def write_redirects(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write the pages that are new or lead elsewhere, and remove those that are gone."""
    builder = app.builder
    if exception or not isinstance(builder, StandaloneHTMLBuilder) or not makes_web_pages(builder):
        return
    if not isinstance(builder, SingleFileHTMLBuilder):
        _Redirects(builder, FileNames(app)).write()


def make_room(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``, before others: let an extension write its redirects that would fail where there are ours."""
    builder = app.builder
    if YIELDS in app.extensions and not exception and isinstance(builder, StandaloneHTMLBuilder):
        _Redirects(builder, FileNames(app)).make_room()


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
        texts = dict(self._texts())
        before = self._listed()
        now = {name: _digest(text.encode()) for name, text in texts.items()}
        if before.keys() - now.keys():  # what is removed below is known until it is gone
            self._list({**before, **now})
        taken = []
        for name, text in texts.items():
            path = self.folder / name
            if before.get(name) == now[name] and _has_size(path, len(text.encode())):
                continue
            if is_of_others(path, OURS.fullmatch):
                taken.append(name)
            else:
                write_if_new(path, text)
        self._report(taken)
        pages = {self._file(docname) for docname in self.env.found_docs}
        for name in before.keys() - now.keys() - pages:
            self._remove(name)
        self._list({name: told for name, told in now.items() if name not in taken})

    def make_room(self) -> None:
        """Remove the redirecting pages, for an extension that leaves alone what is there."""
        for name in self._listed():
            self._remove(name)

    def _report(self, taken: list[str]) -> None:
        if taken:
            message = f"redirects of the site or another extension stay, and lead where they say: {', '.join(taken)}"
            hint = "remove them where they are written, and from the output, if those of Versus are wanted"
            report(Problem(Place(f"{self.builder.confdir}/conf.py"), Code.FILE_OF_OTHERS, message, hint))

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

    def _listed(self) -> Mapping[str, str]:
        """The pages of the last build with their digests, as the list has them: it may be damaged, or anybody's."""
        lines: list[str] = []
        with suppress(OSError):
            lines = (self.folder / LIST).read_bytes().decode(errors="replace").splitlines()
        return {name: told for told, _blank, name in (line.partition(" ") for line in lines)}

    def _list(self, pages: Mapping[str, str]) -> None:
        text = "".join(f"{told} {name}\n" for name, told in sorted(pages.items()))
        if pages:
            write_if_new(self.folder / LIST, text)
        else:
            (self.folder / LIST).unlink(missing_ok=True)

    def _remove(self, name: str) -> None:
        """Delete a page if it is one of ours, and its folder when nothing else is in it."""
        path = inside(self.folder, name)
        with suppress(OSError):
            if path is not None and OURS.fullmatch(path.read_bytes().decode(errors="replace")):
                path.unlink()
                if path.parent != self.folder:
                    path.parent.rmdir()


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=8).hexdigest()


def _has_size(path: Path, size: int) -> bool:
    """Whether a file is there, and probably whole; thousands are not read for that."""
    with suppress(OSError):
        return path.stat().st_size == size
    return False


def setup(app: Sphinx) -> None:
    """Connect to the end of a build, when pages that are gone have been removed: a redirect may take the place of one."""
    app.connect("build-finished", make_room, priority=0)
    app.connect("build-finished", write_redirects, priority=995)
