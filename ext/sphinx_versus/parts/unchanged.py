"""Whether a part that was built before would become the same again, so that its archive is kept. Read phase.

Its pages follow from their questions to the catalogue, from the files that they are made of, from what they were answered about pages of
other parts, and from what all pages share: settings, templates, and titles, contents and objects of the base.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..catalogue.digest import digest
from ..environment.incremental import environment_state
from ..environment.output_files import file_digest
from ..environment.project import project_of


def interface(env: BuildEnvironment) -> str:
    """A digest of what pages of a part may show of the base: all but the texts of its pages. Before anything else is read."""
    return digest([*environment_state(env)])


def sources(env: BuildEnvironment, pages: Iterable[str], dependencies: Mapping[str, Iterable[Any]]) -> str:
    """A digest of the files that pages are made of."""
    paths = {os.fspath(path) for page in pages for path in (env.doc2path(page), *dependencies.get(page, ()))}
    return digest([(path, file_digest(path)) for path in sorted(paths)])


def reads_the_same(app: Sphinx, pages: Sequence[str], about: Mapping[str, Any], before: BuildEnvironment) -> bool:
    """Whether all that pages were made of is as it was; what they were answered about other pages is left to the caller."""
    project, kept = project_of(app.env), before.domaindata["versus"]
    values = ((value.value, before.config[value.name]) for value in app.config.filter(frozenset({"env"})))
    if any(now != then for now, then in values) or about["sources"] != sources(app.env, pages, before.dependencies):
        return False
    conditions = (one for page in pages for one in kept["conditions"].get(page, ()))
    if any(project.conditions.holds(one.kind, one.expression) != one.holds for one in conditions):
        return False
    questions = ((page, kept["questions"].get(page, ())) for page in pages)
    now = {page: digest([project.answer_digest(*one) for one in asked]) for page, asked in questions if asked}
    return now == {page: kept["answers"][page] for page in pages if page in kept["answers"]}
