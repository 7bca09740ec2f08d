"""What depends on the order in which pages were read is put into one order, so that it does not matter which were read last."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util._files import FilenameUniqDict


def forget_numbers(app: Sphinx, env: BuildEnvironment) -> None:
    """``env-updated``, before sections are numbered: titles keep the numbers of the last build otherwise."""
    for docname in env.toc_secnumbers:
        if docname in env.titles:
            env.titles[docname].attributes.pop("secnumber", None)
        if docname in env.tocs:
            for reference in env.tocs[docname].findall(nodes.reference):
                reference.attributes.pop("secnumber", None)


def outdated_lists(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """``env-get-outdated``: the pages that list one which is gone; Sphinx would keep its place in the order of pages."""
    stale = {docname for docname, below in env.toctree_includes.items() if not removed.isdisjoint(below)}
    return sorted(stale & env.found_docs)


def put_in_order(env: BuildEnvironment) -> None:
    """Index entries and lists of contents by page, names of images by file."""
    entries = env.domaindata["index"].get("entries", {})
    env.domaindata["index"]["entries"] = dict(sorted(entries.items()))
    env.toctree_includes = dict(sorted(env.toctree_includes.items()))
    images = FilenameUniqDict()
    for path, (docnames, _name) in sorted(env.images.items(), key=_first_shown):
        for docname in sorted(docnames):
            images.add_file(docname, path)
    env.images = images


def _first_shown(image: tuple[str, tuple[set[str], str]]) -> tuple[str, str]:
    """As Sphinx meets images in a build from nothing: by the first page that shows them."""
    path, (docnames, _name) = image
    return min(docnames), path


def setup(app: Sphinx) -> None:
    """Connect when Sphinx asks for pages to read, and before it numbers the sections."""
    app.connect("env-get-outdated", outdated_lists)
    app.connect("env-updated", forget_numbers)
