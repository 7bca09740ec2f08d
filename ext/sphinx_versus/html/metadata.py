"""What search engines and link previews read: a description, structured data, and the tags of social cards.

Runs in the write phase, for web pages only. The description of a record's page was made when the page was read; other pages that
show records get the beginning of their own text.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from html import escape, unescape
from types import SimpleNamespace
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..catalogue.fields import ValueType
from ..catalogue.model import Criterion, Fact, Technology
from ..catalogue.values import Chosen, Listed, Quantity, Score, meaning_of
from ..components import i18n
from ..environment.domain import ObjectKey, domain_of
from ..environment.page_transforms import shortened
from ..environment.project import has_pages, project_of
from ..environment.reporting import report
from ..problems import Place, internal

SHORTEST = 40  # a paragraph with fewer characters is too short to describe its page
MOST_EXACT = 2**53  # JSON's readers know whole numbers up to this one
PARAGRAPH = re.compile(r"^<p\b([^>]*)>(.*?)</p>", re.DOTALL | re.MULTILINE)
TAGS = re.compile(r'<span class="vs-src">.*?</span>|<a class="headerlink".*?</a>|<[^<>]*>')
STATUS = "vs-status"  # the class of the line whose text does not describe a page's subject
LISTS = {"comparison-list", "criterion-list", "matrix", "misconception-list", "pair-list", "technology-list"}
"""The components whose links describe a page that has no text of its own."""
SHOWN = {"technology", "comparison", "misconception", "criterion"}
"""The types of objects whose names describe it too, where it shows them itself."""
LINK = re.compile(r'<a class="reference internal"[^>]*>([^<]*)</a>')
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What must not stand in a script element: ``</script>`` in a title would end it."""


def add_tags(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """``html-page-context``: add a description and structured data to the head of a page that shows records."""
    if doctree is None or not has_pages(app.builder) or pagename not in domain_of(app.env).answers:
        return
    written = next((node for node in doctree.findall(nodes.meta) if node.get("name") == "description"), None)
    description = str(written["content"]) if written is not None else _describe(app, doctree, pagename)
    tags = [context.get("metatags") or ""]
    if description and written is None:
        tags.append(f'<meta name="description" content="{escape(description)}" />')
    if key := _record_of(app, pagename):
        article = _article(app, key, pagename, doctree, description, context.get("pageurl"))
        data = json.dumps(article, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
        # A block that browsers do not run, so that no content security policy is in its way.
        tags.append(f'<script type="application/ld+json">{data}</script>')
    context["metatags"] = "\n".join(tags)
    if "sphinxext.opengraph" in app.extensions:
        _add_card(app, context, doctree, description, is_article=key is not None)


def _describe(app: Sphinx, doctree: nodes.document, docname: str) -> str:
    """The first paragraph that is long enough, or of a list of records its title and the names in it."""
    texts = (text for section in doctree.findall(nodes.section) for text in _paragraphs(section))
    if text := next((text for text in texts if len(text) >= SHORTEST), ""):
        return shortened(text)
    lists = (node.astext() for node in doctree.findall(nodes.raw) if node.get("component") in LISTS)
    linked = [unescape(words).rstrip(".") for html in lists for words in LINK.findall(html)]
    shown = domain_of(app.env).objects.get(docname, {}).items()
    names = dict.fromkeys([*linked, *(at.name for (type_, _id), at in shown if at.anchor and type_ in SHOWN)])
    return shortened(f"{app.env.titles[docname].astext()}: {', '.join(names)}") if names else ""


def _paragraphs(section: nodes.section) -> Iterator[str]:
    """The text of the paragraphs of a section, its components included, without permalinks and source marks."""
    for block in section.children:
        texts: list[str] = []
        if isinstance(block, nodes.raw) and block.astext().startswith("<p"):
            found = PARAGRAPH.findall(block.astext())
            texts = [unescape(TAGS.sub("", html)) for attributes, html in found if STATUS not in attributes]
        elif isinstance(block, nodes.paragraph):
            texts = ["".join(text for text in block.findall(nodes.Text) if not isinstance(text.parent, nodes.raw))]
        yield from (re.sub(r"\s+([,.;:])", r"\1", " ".join(text.split())) for text in texts)


def _record_of(app: Sphinx, docname: str) -> ObjectKey | None:
    """The comparison or technology whose page this is; a derived pair has no record."""
    catalogue = project_of(app.env).catalogue
    records = {"technology": catalogue.technologies, "comparison": catalogue.comparisons}
    return next((key for key in domain_of(app.env).subjects(docname) if key[1] in records[key[0]]), None)


def _article(
    app: Sphinx, key: ObjectKey, docname: str, doctree: nodes.document, description: str, address: str | None
) -> Mapping[str, Any]:
    """The page of a record as an article in the terms of schema.org; what is not known is left out.

    What it cites is marked in the list of its sources, so that their addresses do not stand in the page twice.
    """
    catalogue, (type_, id_) = project_of(app.env).catalogue, key
    title = next(doctree.findall(nodes.title), None)
    if type_ == "technology":
        technology, reviewed = catalogue.technologies[id_], None
        properties = _properties(technology, domain_of(app.env).objects.get(docname, {}), catalogue.criteria)
        about = [_given({"name": technology.name, "url": technology.homepage, "additionalProperty": properties})]
    else:
        comparison = catalogue.comparisons[id_]
        reviewed = comparison.reviewed
        about = [{"name": catalogue.technologies[side].name} for side in comparison.technologies]
    article = {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "@id": "#article",
        "headline": title.astext() if title is not None else "",
        "description": description,
        "inLanguage": i18n.tag(app.config.language or "en"),
        "url": address,
        "about": [{"@type": "Thing", **subject} for subject in about],
        "dateModified": str(reviewed or ""),
    }
    return _given(article)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is known."""
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def _properties(technology: Technology, shown: Iterable[ObjectKey], criteria: Mapping[str, Criterion]) -> list[Any]:
    """The known facts that a page shows of a technology, each as a ``PropertyValue``, so that they are read without the table."""
    ids = (id_.partition("/") for type_, id_ in shown if type_ == "fact")
    facts = ((criteria[one], technology.facts.get(one)) for owner, _, one in ids if owner == technology.id)
    return [_property(asked, fact, fact.value) for asked, fact in facts if fact and fact.value is not None]


def _property(asked: Criterion, fact: Fact, value: str) -> dict[str, Any]:
    """A fact; its further values, each named by its condition, are secondary ones."""
    further = [
        _given(
            {
                "@type": "PropertyValue",
                "name": i18n.listed(filter(None, [one.when, one.version, str(one.as_of or ""), *i18n.extent(one)])),
                **_value(asked, one.value),
            }
        )
        for one in fact.statements
        if one.value is not None
    ]
    description = i18n.listed(i18n.extent(fact))
    described = {"@type": "PropertyValue", "name": asked.name, **_value(asked, value), "description": description}
    return _given({**described, "valueReference": further})


def _value(asked: Criterion, value: str) -> Mapping[str, Any]:
    """What a value means, for machines: whether it is so, a number with its unit, its bounds, words or several of them."""
    match meaning_of(asked, value):
        case Quantity(amounts=(_, *_)) as quantity:
            low, high = quantity.interval
            bounds = {"minValue": low, "maxValue": high} if low != high else {"value": low}
            numbers = {name: _number(one) for name, one in bounds.items() if one.is_finite()}
            return {**numbers, "unitText": asked.unit}
        case Score(digits=digits):
            return {"value": _number(Decimal(digits))}
        case Listed(words=words):
            return {"value": list(words)}
        case Chosen(options=options):
            labels = [option.words for option in options]
            return {"value": labels[0] if asked.type is ValueType.ONE_OF else labels}
    is_answer = asked.type is ValueType.YES_NO
    return {"value": {"yes": True, "no": False}.get(value, value) if is_answer else value}


def _number(exact: Decimal) -> float | str:
    """A number of JSON, or its digits where that would have others."""
    whole = int(exact) if exact == exact.to_integral_value() and abs(exact) < MOST_EXACT else float(exact)
    return whole if Decimal(str(whole)) == exact else f"{exact:f}"


# -- social cards


def _add_card(
    app: Sphinx, context: dict[str, Any], doctree: nodes.document, description: str, *, is_article: bool
) -> None:
    """Have sphinxext-opengraph make tags and card from the description, if there is one, and not from the first text of the page."""
    meta = context.get("meta") or {}
    if "ogp_disable" in meta:
        return
    from sphinxext.opengraph import (  # type: ignore[import-untyped]  # noqa: PLC0415 (only sites that want cards)
        get_tags,
    )

    document = doctree
    if description:
        document = nodes.document(doctree.settings, doctree.reporter)
        document += nodes.paragraph("", description)
    variables = {**context, "meta": {**({"og:type": "article"} if is_article else {}), **meta}}
    site = {"srcdir": app.srcdir, "outdir": app.outdir, "builder": app.builder, "env": app.env}
    try:
        with _without_formulas(app.env):
            tags = get_tags(variables, document, config=app.config, **site)
    except Exception as error:  # noqa: BLE001 (whatever it is, it costs this card only)
        report(internal(Place(doctree["source"]), "the title or description, for a social card,", error))
        settings = {value.name: value.value for value in app.config} | {"ogp_social_cards": {"enable": False}}
        tags = get_tags(variables, document, config=SimpleNamespace(**settings), **site)
    context["metatags"] += "\n" + tags
    context["meta"] = {**meta, "ogp_disable": "true"}


@contextmanager
def _without_formulas(env: BuildEnvironment) -> Iterator[None]:
    """Disable formulas in Matplotlib, which draws the cards: text between dollar signs would become one."""
    try:
        from matplotlib import cbook, rc_context  # noqa: PLC0415 (only sites that want cards)
    except ImportError:  # tags without cards
        yield
        return

    def parse_formulas(wanted: bool) -> None:
        for text in getattr(env, "ogp_social_card_plt_objects", ())[1:]:  # of the last card, used for the next one
            text.set_parse_math(wanted)

    parse_formulas(False)
    is_math_text = cbook.is_math_text
    cbook.is_math_text = lambda s: False  # it measures lines that it breaks as formulas all the same
    try:
        with rc_context({"text.parse_math": False}):
            yield
    finally:
        cbook.is_math_text = is_math_text
        parse_formulas(True)


def setup(app: Sphinx) -> None:
    """Connect before sphinxext-opengraph, which adds the missing tags."""
    app.connect("html-page-context", add_tags, priority=450)  # before sphinxext-opengraph
