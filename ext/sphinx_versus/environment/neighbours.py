"""What two common extensions would get wrong about virtual pages, which have the headings of each other and no file of their own.

Nothing of it does anything where the extensions are not loaded. Read phase, and directly behind it.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from .project import project_of

NO_DATE = (None, False)
"""What sphinx-last-updated-by-git keeps of a page without a date and a source that could be shown."""
MAX_DEPTH = "autosectionlabel_maxdepth"


class TitlesAsLabels:
    """On a virtual page sphinx.ext.autosectionlabel makes a label of the title alone.

    Each comparison has a section "Sources": the labels of all these would be in each other's way, and in that of a site's own.
    """

    def __init__(self) -> None:
        self._before: list[int | None] = []

    def limit(self, app: Sphinx, document: nodes.document) -> None:
        """``doctree-read``, before it; labels that have the page's name in them cannot meet."""
        docname = app.env.current_document.docname
        is_loaded = MAX_DEPTH in app.config and not app.config.autosectionlabel_prefix_document
        if is_loaded and project_of(app.env).virtual(docname):
            self._before.append(app.config[MAX_DEPTH])
            app.config[MAX_DEPTH] = 1

    def restore(self, app: Sphinx, document: nodes.document) -> None:
        """``doctree-read``, behind it."""
        if self._before:
            app.config[MAX_DEPTH] = self._before.pop()


def leave_out_dates(app: Sphinx, env: BuildEnvironment) -> None:
    """``env-updated``, before sphinx-last-updated-by-git asks Git: a template of ours is in no repository of the site."""
    dates: dict[str, Any] = getattr(env, "git_last_updated", {})
    project = project_of(env)
    for docname in dates:
        page = project.virtual(docname)
        if page and not page.is_record:
            dates[docname] = NO_DATE


def setup(app: Sphinx) -> None:
    """Connect around what these extensions do."""
    labels = TitlesAsLabels()
    app.connect("doctree-read", labels.limit, priority=400)  # before sphinx.ext.autosectionlabel
    app.connect("doctree-read", labels.restore, priority=600)  # behind it
    app.connect("env-updated", leave_out_dates, priority=400)  # before sphinx-last-updated-by-git
