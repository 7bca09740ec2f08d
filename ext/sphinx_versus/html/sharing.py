"""What search engines and link previews read: a description, structured data, and the tags of social cards.

Runs in the write phase, for web pages only. The description of a record's page was made when the page was read; other pages that
show records get the beginning of their own words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape, unescape
from types import SimpleNamespace
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment

from ..catalogue.catalogue import Catalogue
from ..components.languages import tag
from ..environment.domain import ObjectKey, domain_of
from ..environment.finish import shortened
from ..environment.output_files import makes_web_pages
from ..environment.project import project_of
from ..environment.reporting import report
from ..problems import Place, internal

SHORTEST = 40
"""A paragraph with fewer characters says too little to stand for its page."""
PARAGRAPH = re.compile(r"^<p\b([^>]*)>(.*?)</p>", re.DOTALL | re.MULTILINE)
TAGS = re.compile(r'<sup><a href="#source-.*?</sup>|<a class="headerlink".*?</a>|<[^<>]*>')
STATUS = "versus-status"
"""The class of the line whose words say nothing of a page's subject."""
LISTED = {"technology", "comparison", "misconception", "criterion"}
"""The types of objects whose names describe a page that lists them."""
ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What must not stand in a script element: ``</script>`` in a title would end it."""


class Subject(NamedTuple):
    """What the page of a record is about: names with addresses, and the day of the review of a comparison."""

    about: tuple[tuple[str, str | None], ...]
    reviewed: str = ""


def add_tags(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``: add to the head of a page that shows records."""
    if doctree is None or not makes_web_pages(app.builder) or isinstance(app.builder, SingleFileHTMLBuilder):
        return
    if pagename not in domain_of(app.env).answers:
        return
    description, tags = described(app, doctree, pagename), []
    if description and not any(doctree.findall(_is_description)):
        tags.append(f'<meta name="description" content="{escape(description)}" />')
    if key := own_record(app, pagename):
        tags.append(_script(_article(app, key, context, doctree, description)))
    context["metatags"] = "\n".join([context.get("metatags") or "", *tags])
    if "sphinxext.opengraph" in app.extensions:
        _add_card(app, context, doctree, description, is_article=key is not None)


# -- the description


def _is_description(node: nodes.Node) -> bool:
    return isinstance(node, nodes.meta) and node.get("name") == "description"


def described(app: Sphinx, doctree: nodes.document, docname: str) -> str:
    """The description that was written or made when the page was read, or the first words that say something."""
    written = next(doctree.findall(_is_description), None)
    if isinstance(written, nodes.meta):
        return str(written["content"])
    texts = (text for section in doctree.findall(nodes.section) for text in _paragraphs(section))
    return shortened(next((text for text in texts if len(text) >= SHORTEST), "") or _listing(app, docname))


def _paragraphs(section: nodes.section) -> Iterator[str]:
    """The words of the paragraphs of a section, its components included, without permalinks and source marks."""
    for block in section.children:
        if isinstance(block, nodes.raw) and block.astext().startswith("<p"):
            found = (paragraph for paragraph in PARAGRAPH.findall(block.astext()) if STATUS not in paragraph[0])
            yield from (_on_one_line(unescape(TAGS.sub("", html))) for _attributes, html in found)
        elif isinstance(block, nodes.paragraph):
            texts = (text for text in block.findall(nodes.Text) if not isinstance(text.parent, nodes.raw))
            yield _on_one_line("".join(texts))


def _on_one_line(words: str) -> str:
    return re.sub(r"\s+([,.;:])", r"\1", " ".join(words.split()))


def _listing(app: Sphinx, docname: str) -> str:
    """Of a list of records, its title and the names in it."""
    domain = domain_of(app.env)
    keys = [key for key in domain.references.get(docname, ()) if key[0] in LISTED]
    keys += [key for key, shown in domain.objects.get(docname, {}).items() if shown.anchor and key[0] in LISTED]
    homes = (home for key in dict.fromkeys(keys) if (home := domain.home(key)))
    names = dict.fromkeys(shown.name.rstrip(".") for _docname, shown in homes)
    return f"{app.env.titles[docname].astext()}: {', '.join(names)}" if names else ""


# -- structured data


def own_record(app: Sphinx, docname: str) -> ObjectKey | None:
    """The comparison or technology whose page this is; a derived pair has no record."""
    catalogue = project_of(app.env).catalogue
    records = {"technology": catalogue.technologies, "comparison": catalogue.comparisons}
    shown = domain_of(app.env).objects.get(docname, {}).items()
    return next(((type_, id_) for (type_, id_), at in shown if not at.anchor and id_ in records.get(type_, ())), None)


def subject_of(catalogue: Catalogue, key: ObjectKey) -> Subject:
    """What the page of a record is about."""
    type_, id_ = key
    if type_ == "technology":
        record = catalogue.technologies[id_]
        return Subject(((record.name, record.homepage),))
    comparison = catalogue.comparisons[id_]
    names = (catalogue.technologies[side].name for side in comparison.technologies)
    return Subject(tuple((name, None) for name in names), str(comparison.reviewed or ""))


def _article(
    app: Sphinx, key: ObjectKey, context: Mapping[str, Any], doctree: nodes.document, description: str
) -> dict[str, Any]:
    """The page as an article in the words of schema.org; what is not known is left out."""
    title, subject = next(doctree.findall(nodes.title), None), subject_of(project_of(app.env).catalogue, key)
    told = {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": title.astext() if title is not None else "",
        "description": description,
        "inLanguage": tag(app.config.language or "en"),
        "url": context.get("pageurl"),
        "about": [_thing(*named) for named in subject.about],
        "dateModified": subject.reviewed,
        "citation": list(_citations(app, doctree)),
    }
    return {name: value for name, value in told.items() if value}


def _thing(name: str, address: str | None = None) -> dict[str, str]:
    return {"@type": "Thing", "name": name, **({"url": address} if address else {})}


def _citations(app: Sphinx, doctree: nodes.document) -> Iterator[str]:
    """The address of each source, or its title when it has none: the titles are on the page already."""
    catalogue = project_of(app.env).catalogue
    for listing in doctree.findall(nodes.raw):
        if listing.get("component") == "sources":
            sources = (catalogue.sources[id_] for id_, _anchor in listing["arguments"][0])
            yield from (source.url or source.title for source in sources)


def _script(data: Mapping[str, Any]) -> str:
    """The data as a block that browsers do not run, so that no content security policy is in its way."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, code in ESCAPES.items():
        text = text.replace(sign, code)
    return f'<script type="application/ld+json">{text}</script>'


# -- social cards


def _add_card(
    app: Sphinx, context: dict[str, Any], doctree: nodes.document, description: str, *, is_article: bool
) -> None:
    """Let sphinxext-opengraph make tags and card from the description, and not from the first words of the page."""
    meta = context.get("meta") or {}
    if not description or "ogp_disable" in meta:
        return
    from sphinxext.opengraph import (  # type: ignore[import-untyped]  # noqa: PLC0415 (only sites that want cards)
        get_tags,
    )

    words = nodes.document(doctree.settings, doctree.reporter)
    words += nodes.paragraph("", description)
    kind = {"og:type": "article"} if is_article else {}
    site = {"srcdir": app.srcdir, "outdir": app.outdir, "builder": app.builder, "env": app.env}
    try:
        with _without_formulas(app.env):
            tags = get_tags({**context, "meta": {**kind, **meta}}, words, config=app.config, **site)
    except Exception as error:  # noqa: BLE001 (whatever it is, it costs this card only)
        report(internal(Place(doctree["source"]), "the title or description, for a social card,", error))
        settings = {one.name: one.value for one in app.config} | {"ogp_social_cards": {"enable": False}}
        tags = get_tags({**context, "meta": {**kind, **meta}}, words, config=SimpleNamespace(**settings), **site)
    context["metatags"] += "\n" + tags
    context["meta"] = {**meta, "ogp_disable": "true"}


@contextmanager
def _without_formulas(env: BuildEnvironment) -> Iterator[None]:
    """Have Matplotlib, which draws the cards, show dollar signs: it would take what is between them for a formula."""
    try:
        from matplotlib import rc_context  # noqa: PLC0415 (only sites that want cards)
    except ImportError:  # tags without cards
        yield
        return
    _parse_formulas(env, wanted=False)
    try:
        with rc_context({"text.parse_math": False}):
            yield
    finally:
        _parse_formulas(env, wanted=True)


def _parse_formulas(env: BuildEnvironment, *, wanted: bool) -> None:
    """Change the texts of the card that was drawn last, which are used again for the next one."""
    for text in getattr(env, "ogp_social_card_plt_objects", ())[1:]:
        text.set_parse_math(wanted)


def setup(app: Sphinx) -> None:
    """Connect before sphinxext-opengraph, which adds the tags that are not there yet."""
    app.connect("html-page-context", add_tags, priority=450)  # before sphinxext-opengraph
