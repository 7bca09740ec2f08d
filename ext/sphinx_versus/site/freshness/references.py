"""What a page shows of other pages by referring to them: titles, labels, terms, numbers and addresses.

In the read phase each page's references are recorded as plain values. After reading, what they lead to is asked once for all
pages, by the transforms that resolve references when a page is written; nothing is said about those that lead nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransformer
from sphinx.transforms.post_transforms import ReferencesResolver
from sphinx.util.docutils import new_document
from sphinx.util.logging import suppress_logging

from ..domain import Reference, domain_of

OWN = {"ids", "classes", "names", "dupnames", "backrefs", "refdoc"}
"""Attributes that say nothing about where a reference leads; the page's folder takes the place of ``refdoc``."""


def note_references(app: Sphinx, document: nodes.document) -> None:
    """``doctree-read``: record what the page refers to."""
    env = app.env
    domain = domain_of(env)
    for node in document.findall(addnodes.pending_xref):
        domain.note_reference(env.docname, _recorded(node, env.docname))


def _recorded(node: addnodes.pending_xref, docname: str) -> Reference:
    if node.get("refdomain") == "versus":
        return node["reftype"], node["reftarget"]
    folder = docname.rpartition("/")[0]
    plain = {name: value for name, value in node.attributes.items() if isinstance(value, str | bool | None)}
    kept = sorted((name, value) for name, value in plain.items() if name not in OWN)
    return (("refdoc", f"{folder}/-" if folder else "-"), *kept)


def answers(app: Sphinx, wanted: Iterable[Reference]) -> Mapping[Reference, int]:
    """What each reference shows now: a digest, as a number so that those of a page can be added up."""
    home = domain_of(app.env).home
    others = {reference for reference in wanted if not isinstance(reference[0], str)}
    own = {reference: _number(f"{reference} {home(reference)}") for reference in wanted if reference not in others}
    return {**own, **_resolved(app, sorted(others, key=repr))}


def _number(shown: str) -> int:
    return int.from_bytes(blake2b(shown.encode(), digest_size=16).digest())


def _resolved(app: Sphinx, wanted: list[Any]) -> Mapping[Reference, int]:
    """What the references show; with one that cannot be resolved here, each is resolved on its own."""
    try:
        return _resolved_together(app, wanted)
    except Exception:  # noqa: BLE001 (it is told when the page itself is written)
        return {reference: _resolved_alone(app, reference) for reference in wanted}


def _resolved_alone(app: Sphinx, reference: Any) -> int:
    """What a reference shows; always something else, when the page is needed on which it stands, or all of its attributes."""
    try:
        return _resolved_together(app, [reference])[reference]
    except Exception:  # noqa: BLE001
        return secrets.randbits(128)


def _resolved_together(app: Sphinx, wanted: list[Any]) -> Mapping[Reference, int]:
    """The references, resolved on a page of their own."""
    if not wanted:
        return {}
    document = new_document("references")
    document.settings.env = app.env
    holders = [nodes.paragraph("", "", _node(reference)) for reference in wanted]
    document.extend(holders)
    transformer = SphinxTransformer(document)
    transformer.set_environment(app.env)
    last = ReferencesResolver.default_priority
    transformer.add_transforms(
        [one for one in app.registry.get_post_transforms() if (one.default_priority or 0) <= last]
    )
    with suppress_logging():
        transformer.apply_transforms()
    return {
        reference: _number(f"{reference} {holder.pformat()}") for reference, holder in zip(wanted, holders, strict=True)
    }


def _node(reference: Any) -> addnodes.pending_xref:
    node = addnodes.pending_xref("", nodes.inline("", ""))
    node.attributes.update(reference)
    return node


def setup(app: Sphinx) -> None:
    """Connect to the moment at which a page has been read."""
    app.connect("doctree-read", note_references)
