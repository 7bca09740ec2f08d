"""Pages that would be the same file: found when the documents are known, before anything is read or written.

A page on disk wins over a virtual one, and so do a page that Sphinx makes and a file that the site puts into its output; of
virtual pages lists come first, then records, then derived pairs. Two names are the same when a file system that ignores case
takes them for the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.dirhtml import DirectoryHTMLBuilder

from ..problems import Code, Place, Problem
from .output_files import given_files, name_key
from .pages import VirtualPage
from .places import locate


class FileNames:
    """The names of pages as a file system compares them, and which of them Sphinx takes for itself."""

    def __init__(self, app: Sphinx) -> None:
        self._in_folders = isinstance(app.builder, DirectoryHTMLBuilder)
        self.conf_py = str(Path(app.confdir) / "conf.py")
        indices = (f"{domain.name}-{index.name}" for domain in app.env.domains.sorted() for index in domain.indices)
        made = ("search", "genindex", "genindex-all", *indices, *app.config.html_additional_pages)
        self.of_sphinx = {self.key(name): name for name in made}
        found = ((self._docname(name), name) for name in given_files(app).values())
        self.given = {self.key(docname): name for docname, name in found if docname}
        """The files that the site puts in the place of pages."""

    def key(self, docname: str) -> str:
        """The same for all docnames whose files would be one."""
        name = docname.removesuffix("/index") if self._in_folders else docname
        return name_key(name)

    def _docname(self, file: str) -> str:
        """The page whose file this would be, if any."""
        docname = file.removesuffix(".html")
        is_page = docname != file and (not self._in_folders or Path(docname).name == "index")
        return docname if is_page else ""


class Conflicts:
    """Which virtual pages and redirects would be the same file as another page."""

    def __init__(self, names: FileNames, files: Iterable[str]) -> None:
        self._names = names
        self._files = set(files)
        self._taken = {names.key(docname): docname for docname in sorted(self._files, reverse=True)}
        self.excluded: set[str] = set()
        """The docnames of pages that are not made."""

    def of_pages(self, pages: Mapping[str, VirtualPage], wanted: Iterable[VirtualPage]) -> Iterator[Problem]:
        """Problems of the virtual pages by docname, and of those among all ``wanted`` ones of which others took the docname."""
        for page in sorted(pages.values(), key=lambda page: (bool(page.id), not page.is_record, page.docname)):
            if page.docname not in self._files and (taken := self._take(page.docname)):
                self.excluded.add(page.docname)
                yield self._conflict(page, taken)
        for page in wanted:
            winner = pages.get(page.docname, page)
            if (winner.kind, winner.id) != (page.kind, page.id):
                yield self._conflict(page, _described(winner))

    def of_redirects(self, docnames: Mapping[str, str], published: Path) -> Iterator[Problem]:
        """Problems of the redirects with these old ids and docnames; when the pages are known."""
        for old, docname in docnames.items():
            key = self._names.key(docname)
            if taken := self._names.of_sphinx.get(key) or self._taken.get(key):
                place = locate(str(published), 1, _END, old)
                message = f'the redirect from "{old}" would be the same file as the page "{taken}"'
                yield Problem(place, Code.INVALID_REDIRECT, message, "remove the redirect, or rename the page")

    def _take(self, docname: str) -> str:
        """Take the file for a page; who has it already is the answer, or nothing."""
        key = self._names.key(docname)
        if key in self._names.of_sphinx:
            return f'the page "{self._names.of_sphinx[key]}" that Sphinx makes'
        if key in self._names.given:
            return f'the file "{self._names.given[key]}" of html_extra_path'
        before = self._taken.setdefault(key, docname)
        return "" if before == docname else f'the page "{before}"'

    def _conflict(self, page: VirtualPage, taken: str) -> Problem:
        return _conflict(page, taken, self._names.conf_py)


def replaced_page(page: VirtualPage, conf_py: str) -> Problem:
    """The problem of a page in whose place an extension writes another one."""
    return _conflict(page, "a page of another extension, which takes its place", conf_py)


def _conflict(page: VirtualPage, taken: str, conf_py: str) -> Problem:
    place = Place(str(page.source) if page.is_record else conf_py)
    message = f'{_described(page)} would be the same file as {taken}: "{page.docname}"'
    return Problem(place, Code.PAGE_CONFLICT, message, "rename one of them, or set versus_pages")


_END = 10**6
"""A line after the last one of any file."""


def _described(page: VirtualPage) -> str:
    return f'the page of the {page.kind} "{page.id}"' if page.id else f'the list "{page.kind}"'
