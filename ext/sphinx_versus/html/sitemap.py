"""``sitemap.xml``, where the site wants one and its address is known. Written when a build is finished.

It is made from what the environment knows of all pages, so that an incremental build writes what a clean one would.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment

from ..environment.domain import domain_of
from ..environment.finish import HIDDEN
from ..environment.output_files import makes_web_pages
from ..environment.project import project_of

MOST = 50_000
"""The most addresses that one file may hold."""
FILE = "sitemap.xml"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write one file, or several and one that names them."""
    builder = app.builder
    wanted = not exception and app.config.html_baseurl and project_of(app.env).settings.sitemap
    if not wanted or not makes_web_pages(builder) or isinstance(builder, SingleFileHTMLBuilder):
        return
    assert isinstance(builder, StandaloneHTMLBuilder)
    base, write = app.config.html_baseurl.rstrip("/"), project_of(app.env).own_files.write
    pages = list(_pages(builder, base))
    parts = [pages[start : start + MOST] for start in range(0, len(pages), MOST)]
    if len(parts) == 1:
        write(FILE, _document("urlset", parts[0]))
        return
    for number, part in enumerate(parts, 1):
        write(f"sitemap-{number}.xml", _document("urlset", part))
    names = [f"<sitemap><loc>{escape(base)}/sitemap-{number + 1}.xml</loc></sitemap>" for number in range(len(parts))]
    write(FILE, _document("sitemapindex", names))


def _pages(builder: StandaloneHTMLBuilder, base: str) -> Iterator[str]:
    dates = _dates(builder.env)
    for docname in sorted(builder.env.found_docs):
        if not _is_hidden(builder.env, docname):
            date = f"<lastmod>{dates[docname]}</lastmod>" if docname in dates else ""
            yield f"<url><loc>{escape(f'{base}/{builder.get_target_uri(docname)}')}</loc>{date}</url>"


def _is_hidden(env: BuildEnvironment, docname: str) -> bool:
    """Pages that search engines are asked to leave out: by their author, or because nobody wrote them."""
    project = project_of(env)
    page = project.virtual(docname)
    is_derived = page is not None and page.kind == "pair" and "noindex" in project.settings.derived_pairs_robots
    return is_derived or HIDDEN in env.metadata.get(docname, {}) or docname == "404"


def _dates(env: BuildEnvironment) -> dict[str, str]:
    """The day on which the comparison of a page was reviewed."""
    domain, reviewed = domain_of(env), reviews(env)
    homes = ((id_, domain.home(("comparison", id_))) for id_ in reviewed)
    return {home[0]: reviewed[id_] for id_, home in homes if home and not home[1].anchor}


def reviews(env: BuildEnvironment) -> dict[str, str]:
    """The day on which each comparison was reviewed."""
    comparisons = project_of(env).catalogue.comparisons
    return {id_: str(one.reviewed) for id_, one in comparisons.items() if one.reviewed}


def _document(root: str, entries: Sequence[str]) -> bytes:
    body = "\n".join(entries)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">\n{body}\n</{root}>\n'.encode()
