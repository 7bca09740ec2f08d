"""The files of a web site beside its pages: the sitemap, copies of PDFs, redirects and the data of the picker.

They are written when a build is finished, from what the environment knows of all pages, so that an incremental build writes
what a clean one would. The PDFs are those that ``versus-pdf`` wrote (``versus_pdf_folder``); they are copied, so that a site is
complete wherever it is published.
"""

import html
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

from ..catalogue.files import read_file
from ..catalogue.pairs import Existence, is_round_up, pair_id
from ..catalogue.published import Redirect, kept_addresses, other_addresses, reversed_id
from ..catalogue.query import large_kinds
from ..components.i18n import _, tag
from ..components.node_helpers import TABLE
from ..environment.domain import ObjectKey, domain_of, showing_only
from ..environment.output_files import makes_web_pages
from ..environment.page_transforms import HIDDEN
from ..environment.project import PDF_COPIES, VersusProject, found_pdfs, has_pages, is_own_file, project_of
from ..environment.reporting import report
from ..environment.virtual_pages import FileNames
from .assets import offers_picker

MOST_ADDRESSES = 50_000  # the most addresses that one sitemap may hold
SITEMAP = "sitemap.xml"
PAIRS = "_static/versus-pairs.js"  # a classic script, so that a page opened as a file can load it too
ANY_ID = "any-id"
ANY_NAME = "any-name"
XML = '<?xml version="1.0" encoding="utf-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{1}\n</{0}>\n'
REDIRAFFE = "sphinxext.rediraffe"
"""An extension that writes no redirect where there is a file, and reports it as a mistake."""
REDIRECT = """\
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


def write_files(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: write the files, each for the builders that need it."""
    if exception is None and project_of(app.env).makes_whole_site:
        for write in (write_pairs, copy_pdfs, write_redirects, write_sitemap):
            write(app)


# -- PDFs


def pages_of_changed_pdfs(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """``env-updated``: write the pages again whose PDF was added or removed since the output was written."""
    if not has_pages(app.builder):
        return []
    folder = Path(app.outdir) / PDF_COPIES
    copied = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.pdf")}
    return sorted((copied ^ _copied_pdfs(app)) & env.found_docs)


def _copied_pdfs(app: Sphinx) -> set[str]:
    """The docnames of the pages whose PDFs are copied."""
    folder = project_of(app.env).settings.pdf_folder
    return {name for name, path in found_pdfs(app.builder).items() if folder and is_own_file(path, folder)}


def copy_pdfs(app: Sphinx) -> None:
    """Copy the PDFs to a folder beside the pages, and report what is in the place of one."""
    own_files = project_of(app.env).own_files
    own_files.announce(f"{PDF_COPIES}/{docname}.pdf" for docname in _copied_pdfs(app))
    for docname, path in sorted(found_pdfs(app.builder).items()):
        content = read_file(str(path))
        if isinstance(content, bytes):
            own_files.write(f"{PDF_COPIES}/{docname}.pdf", content)
        else:
            report(replace(content, hint="a PDF is copied where it is a file that can be read; no link is followed"))


# -- the data of the picker, loaded when a reader first uses it


def write_pairs(app: Sphinx) -> None:
    """Write the technologies, and the addresses of their pairs by the numbers of the technologies.

    A pair is the two numbers in the order of the address's pattern, or followed by another address. Any two that have no such page
    are in the first of the tables that has both: of round-ups, the smallest first, and of kinds.
    """
    project, builder = project_of(app.env), app.builder
    is_shown = domain_of(app.env).showing or offers_picker(app)
    if not makes_web_pages(builder) or "picker" not in project.settings.tools or not is_shown:
        return
    docname = project.settings.docname("comparison", ANY_ID)
    pattern = builder.get_target_uri(docname).replace(ANY_ID, "{}") if docname else ""
    technologies = dict(sorted(project.catalogue.technologies.items()))
    numbers = {id_: number for number, id_ in enumerate(technologies)}
    pairs: list[list[Any]] = []
    for pair, meeting in project.catalogue.pair_pages.items():
        if meeting.existence is Existence.ROUND_UP:
            continue
        address = _address(app, ("comparison", meeting.comparison))
        ordered = [order for order in (pair, pair[::-1]) if address == pattern.replace("{}", pair_id(order))]
        if address:
            more = [] if ordered else [address]
            pairs.append([*(numbers[side] for side in (ordered or [pair])[0]), *more])
    tables = [
        (showing_only(builder, address, [ANY_NAME]), [numbers[side] for side in sides])
        for address, sides in _tables(app)
        if address
    ]
    data = {
        "technologies": [
            {
                "id": id_,
                "name": record.name,
                "kind": record.kind,
                "also": list(record.synonyms),
                "url": _address(app, ("technology", id_)),
            }
            for id_, record in technologies.items()
        ],
        "pattern": pattern,
        "pairs": sorted(pairs, key=lambda pair: (min(pair[:2]), max(pair[:2]))),
        "tables": tables,
    }
    project.own_files.write(PAIRS, f"globalThis.versusPairs={json.dumps(data, separators=(',', ':'))};\n".encode())


def _tables(app: Sphinx) -> Iterator[tuple[str, Sequence[str]]]:
    """The addresses of tables with many technologies, and which they have: of round-ups, the smallest first, and of kinds."""
    catalogue, settings = project_of(app.env).catalogue, project_of(app.env).settings
    by_size = sorted(catalogue.comparisons.values(), key=lambda one: (len(one.technologies), one.id))
    for one in filter(is_round_up, by_size):
        yield _address(app, (TABLE, one.id)), one.technologies
    for kind, technologies in large_kinds(catalogue).items():
        docname = settings.docname("kind", kind)
        if docname in app.env.found_docs:
            yield app.builder.get_target_uri(docname), [one.id for one in technologies]


def _address(app: Sphinx, key: ObjectKey) -> str:
    """The address of an object's home; empty without one."""
    if (home := domain_of(app.env).home(key)) is None:
        return ""
    docname, shown = home
    return app.builder.get_target_uri(docname) + (f"#{shown.anchor}" if shown.anchor else "")


# -- the sitemap


def write_sitemap(app: Sphinx) -> None:
    """Write the sitemap, in several files with an index if need be, when the site wants one and its address is known."""
    env, project = app.env, project_of(app.env)
    if not project.settings.sitemap or not has_pages(app.builder):
        return
    if not app.config.html_baseurl:  # which is reported
        return
    base = app.config.html_baseurl.rstrip("/")
    reviews = ((id_, record.reviewed) for id_, record in project.catalogue.comparisons.items() if record.reviewed)
    homes = ((domain_of(env).home(("comparison", id_)), reviewed) for id_, reviewed in reviews)
    reviewed = {home[0]: reviewed for home, reviewed in homes if home and not home[1].anchor}
    pages = []
    for docname in sorted(docname for docname in env.found_docs if not _is_hidden(env, docname)):
        date = f"<lastmod>{reviewed[docname]}</lastmod>" if docname in reviewed else ""
        address = quote(unquote(app.builder.get_target_uri(docname)))  # some builders leave names as they are
        pages.append(f"<url><loc>{html.escape(f'{base}/{address}')}</loc>{date}</url>")
    files: dict[str, tuple[str, Sequence[str]]] = {SITEMAP: ("urlset", pages)}
    if len(pages) > MOST_ADDRESSES:
        parts = [pages[start : start + MOST_ADDRESSES] for start in range(0, len(pages), MOST_ADDRESSES)]
        files = {f"sitemap-{number}.xml": ("urlset", part) for number, part in enumerate(parts, 1)}
        entries = [f"<sitemap><loc>{html.escape(base)}/{name}</loc></sitemap>" for name in files]
        files[SITEMAP] = ("sitemapindex", entries)
    for name, (root, lines) in files.items():
        project.own_files.write(name, XML.format(root, "\n".join(lines)).encode())


def _is_hidden(env: BuildEnvironment, docname: str) -> bool:
    """Whether search engines are asked to leave a page out: by its author, or because it is derived from facts."""
    project = project_of(env)
    page = project.virtual(docname)
    is_derived = page is not None and page.kind == "pair" and "noindex" in project.settings.derived_pairs_robots
    return is_derived or HIDDEN in env.metadata.get(docname, {}) or docname == "404"


# -- redirects, which are no documents: they have no theme, and are in neither search nor sitemap


def remove_redirects(app: Sphinx, exception: Exception | None) -> None:
    """``build-finished``: remove the redirects of the last build where they are in the way of another extension's."""
    if REDIRAFFE in app.extensions and not exception:
        own_files = project_of(app.env).own_files
        for name in own_files.before:
            if name.endswith(".html"):
                own_files.remove(name)


def write_redirects(app: Sphinx) -> None:
    """Write the redirects; a page of the site takes precedence, and of two redirects with one address the first."""
    builder, project, names = app.builder, project_of(app.env), FileNames(app)
    if not isinstance(builder, StandaloneHTMLBuilder) or not has_pages(builder):
        return
    taken = {"", *map(names.key, app.env.found_docs), *names.of_sphinx}
    base, language = app.config.html_baseurl.rstrip("/"), tag(app.config.language or "en")
    pages = {}
    for redirect in _redirects(project):
        old = project.settings.docname(redirect.type, redirect.old)
        home = domain_of(app.env).home((TABLE if redirect.only else redirect.type, redirect.new))
        if names.key(old) in taken or not home:
            continue
        taken.add(names.key(old))
        docname, shown = home
        address = builder.get_relative_uri(old, docname) + (f"#{shown.anchor}" if shown.anchor else "")
        values = {
            "language": language,
            "words": _("This page has another address:"),
            "address": showing_only(builder, address, redirect.only),
            "canonical": f"{base}/{builder.get_target_uri(docname)}" if app.config.html_baseurl else address,
            "title": shown.name,
        }
        file = Path(builder.get_outfilename(old)).relative_to(builder.outdir).as_posix()
        pages[file] = REDIRECT.format(**{name: html.escape(value) for name, value in values.items()})
    project.own_files.announce(pages)
    for file, page in pages.items():
        project.own_files.write(file, page.encode())


def _redirects(project: VersusProject) -> Iterator[Redirect]:
    """All redirects of a site; those in the data come before those that follow from ids."""
    kept = list(kept_addresses(project.catalogue))
    yield from kept
    if project.settings.reversed_pairs:
        yield from other_addresses(project.catalogue)
        for redirect in kept:
            if redirect.type == "comparison" and (old := reversed_id(redirect.old)):
                yield redirect._replace(old=old)


def setup(app: Sphinx) -> None:
    """Connect before and behind the listeners of other extensions, which may write the same files."""
    app.connect("env-updated", pages_of_changed_pdfs)
    app.connect("build-finished", remove_redirects, priority=0)  # before an extension that leaves alone what is there
    app.connect("build-finished", write_files, priority=995)  # when pages that are gone have been removed
