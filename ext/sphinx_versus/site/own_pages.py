"""Which pages show something of Versus: what only they need is added to no other page of a site. Write phase.

The domain notes them when they are read.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.builders.singlehtml import SingleFileHTMLBuilder

from .domain import domain_of


def is_own_page(app: Sphinx, docname: str) -> bool:
    """Whether a page shows something of Versus; a page of many documents does when one of them does."""
    showing = domain_of(app.env).showing
    joins_documents = app.builder.format != "html" or isinstance(app.builder, SingleFileHTMLBuilder)
    return bool(showing) if joins_documents else docname in showing
