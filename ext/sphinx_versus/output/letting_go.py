"""When all pages have been read, the memory of the records is freed. Between reading and writing, web pages only.

The records of a large site are a third of what a build holds. What is written beside and around pages needs little of them,
which is asked for before. Where more is wanted (links to the lines of records, pairs without a record), they stay.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..site.domain import domain_of
from ..site.project import project_of
from .notfound import first_titles
from .picker import offered
from .redirects import reversed_pairs, said
from .sharing import subjects
from .sitemap import reviews
from .web import makes_web_pages


def let_go(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """``env-get-updated``, the last thing before the environment is saved."""
    project = project_of(env)
    domain_of(env).forget_keys()
    project.forget_texts()
    if makes_web_pages(app.builder) and project.settings.repository is None and not project.derived:
        _ask(app, env)
        project.snapshot.let_go()
    return []


def _ask(app: Sphinx, env: BuildEnvironment) -> None:
    """All that is asked of the catalogue after this moment; what is not said here is found again, but slowly."""
    subjects(app)
    offered(app)
    said(env)
    if project_of(env).settings.reversed_pairs:
        reversed_pairs(env)
    if app.config.versus_sitemap:
        reviews(env)
    if "notfound.extension" in app.extensions:
        first_titles(app)


def setup(app: Sphinx) -> None:
    """Connect behind everything that looks at the records once more."""
    app.connect("env-get-updated", let_go, priority=990)
