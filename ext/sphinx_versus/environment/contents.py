"""A hidden table of contents over the pages of records, wherever the site keeps them."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from .project import project_of


def hidden_toctree(env: BuildEnvironment, kind: str, ids: Iterable[str]) -> list[nodes.Node]:
    """What the directive ``toctree`` would make of the records' pages; nothing when they have none."""
    settings = project_of(env).settings
    docnames = [settings.docname(kind, id_) for id_ in ids]
    found = [docname for docname in docnames if docname in env.found_docs and docname != env.docname]
    if not found:
        return []
    toctree = addnodes.toctree(
        "",
        parent=env.docname,
        entries=[(None, docname) for docname in found],
        includefiles=found,
        maxdepth=-1,
        caption=None,
        rawcaption="",
        glob=False,
        hidden=True,
        includehidden=False,
        numbered=0,
        titlesonly=False,
    )
    return [nodes.compound("", toctree, classes=["toctree-wrapper"])]
