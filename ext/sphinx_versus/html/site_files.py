"""The files of a web site beside its pages: the sitemap, copies of PDFs, redirects and the data of the picker.

They are written when a build is finished, from what the environment knows of all pages, so that an incremental build writes
what a clean one would. The PDFs are those that ``versus-pdf`` wrote (``versus_pdf_folder``); they are copied, so that a site is
complete wherever it is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..catalogue.files import read_file
from ..environment.domain import domain_of
from ..environment.page_transforms import HIDDEN
from ..environment.project import PDF_COPIES, built_pdfs, found_pdfs, has_pages, project_of
from ..environment.reporting import report
from .picker import write_pairs
from .redirects import remove_redirects, write_redirects

MOST_ADDRESSES = 50_000
"""The most addresses that one sitemap may hold."""
SITEMAP = "sitemap.xml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write the files, each for the builders that need it."""
    if exception is None:
        for write in (write_pairs, copy_pdfs, write_redirects, write_sitemap):
            write(app)


def pages_of_changed_pdfs(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """``env-updated``: write the pages again whose PDF was added or removed since the output was written."""
    if not has_pages(app.builder):
        return []
    folder = Path(app.outdir) / PDF_COPIES
    copied = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.pdf")}
    return sorted((copied ^ built_pdfs(app.builder).keys()) & env.found_docs)


def copy_pdfs(app: Sphinx) -> None:
    """Copy the PDFs to a folder beside the pages, and report what is in the place of one."""
    own_files, found = project_of(app.env).own_files, found_pdfs(app.builder)
    own_files.announce(f"{PDF_COPIES}/{docname}.pdf" for docname in built_pdfs(app.builder))
    for docname, path in sorted(found.items()):
        content = read_file(str(path))
        if isinstance(content, bytes):
            own_files.write(f"{PDF_COPIES}/{docname}.pdf", content)
        else:
            report(replace(content, hint="a PDF is copied where it is a file that can be read; no link is followed"))


def write_sitemap(app: Sphinx) -> None:
    """Write the sitemap, in several files with an index if need be, when the site wants one and its address is known."""
    project = project_of(app.env)
    if not app.config.html_baseurl or not project.settings.sitemap or not has_pages(app.builder):
        return
    base = app.config.html_baseurl.rstrip("/")
    reviewed, pages = _review_dates(app.env), []
    for docname in sorted(docname for docname in app.env.found_docs if not _is_hidden(app.env, docname)):
        date = f"<lastmod>{reviewed[docname]}</lastmod>" if docname in reviewed else ""
        address = quote(unquote(app.builder.get_target_uri(docname)))  # some builders leave names as they are
        pages.append(f"<url><loc>{escape(f'{base}/{address}')}</loc>{date}</url>")
    files = {SITEMAP: _document("urlset", pages)}
    if len(pages) > MOST_ADDRESSES:
        parts = [pages[start : start + MOST_ADDRESSES] for start in range(0, len(pages), MOST_ADDRESSES)]
        files = {f"sitemap-{number}.xml": _document("urlset", part) for number, part in enumerate(parts, 1)}
        entries = [f"<sitemap><loc>{escape(base)}/{name}</loc></sitemap>" for name in files]
        files[SITEMAP] = _document("sitemapindex", entries)
    for name, content in files.items():
        project.own_files.write(name, content)


def _is_hidden(env: BuildEnvironment, docname: str) -> bool:
    """Whether search engines are asked to leave a page out: by its author, or because it is derived from facts."""
    project = project_of(env)
    page = project.virtual(docname)
    is_derived = page is not None and page.kind == "pair" and "noindex" in project.settings.derived_pairs_robots
    return is_derived or HIDDEN in env.metadata.get(docname, {}) or docname == "404"


def _review_dates(env: BuildEnvironment) -> dict[str, str]:
    """The day on which the comparison of a page was reviewed, by docname."""
    comparisons, home = project_of(env).catalogue.comparisons, domain_of(env).home
    found = ((home(("comparison", id_)), record.reviewed) for id_, record in comparisons.items() if record.reviewed)
    return {at[0]: str(reviewed) for at, reviewed in found if at and not at[1].anchor}


def _document(root: str, entries: Sequence[str]) -> bytes:
    body = "\n".join(entries)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">\n{body}\n</{root}>\n'.encode()


def setup(app: Sphinx) -> None:
    """Connect before and behind the listeners of other extensions, which may write the same files."""
    app.connect("env-updated", pages_of_changed_pdfs)
    app.connect("build-finished", remove_redirects, priority=0)  # before an extension that leaves alone what is there
    app.connect("build-finished", write_files, priority=995)  # when pages that are gone have been removed
