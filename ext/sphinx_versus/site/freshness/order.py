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


def put_in_order(env: BuildEnvironment) -> None:
    """Index entries and lists of contents by page, names of images by file."""
    entries = env.domaindata["index"].get("entries", {})
    env.domaindata["index"]["entries"] = dict(sorted(entries.items()))
    env.toctree_includes = dict(sorted(env.toctree_includes.items()))
    images = FilenameUniqDict()
    for path, (docnames, _name) in sorted(env.images.items()):
        for docname in sorted(docnames):
            images.add_file(docname, path)
    env.images = images


def setup(app: Sphinx) -> None:
    """Connect before Sphinx numbers the sections."""
    app.connect("env-updated", forget_numbers)
