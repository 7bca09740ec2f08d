"""What a page shows, it depends on.

Every question that a page asks of the catalogue is recorded with a digest of the answer. Before a build the questions are asked
again: a page of which an answer changed is read again, and no other. After reading, pages whose references now lead elsewhere
are written again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, TypeVarTuple, Unpack

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..catalogue import query
from ..catalogue.catalogue import Catalogue
from ..catalogue.digest import digest
from .domain import Question, VersusDomain, domain_of
from .project import project_of

Args = TypeVarTuple("Args")
R = TypeVar("R")


def ask(env: BuildEnvironment, question: Callable[[Catalogue, Unpack[Args]], R], *args: *Args) -> R:
    """Ask a query of :mod:`sphinx_versus.catalogue.query` for the page that is being read, and record it."""
    answer = question(project_of(env).catalogue, *args)
    domain_of(env).note_answer(env.docname, (question.__name__, args), digest(answer))
    return answer


def outdated_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """``env-get-outdated``: the pages whose answers or whose source changed."""
    domain, catalogue = domain_of(env), project_of(env).catalogue
    again = _Again(catalogue)
    candidates = set(domain.answers) - added - changed - removed
    stale = [docname for docname in candidates if again.differs(domain.answers[docname].items())]
    moved = [docname for docname, suffix in domain.sources.items() if suffix != source_suffix(env, docname)]
    return sorted({*stale, *moved} & env.found_docs)


def source_suffix(env: BuildEnvironment, docname: str) -> str:
    """The suffix of a page's source: a record's when the page is virtual."""
    return str(env.doc2path(docname, base=False))[len(docname) :]


class _Again:
    """Asks recorded questions once more, each only once for all pages."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._digests: dict[Question, str] = {}

    def differs(self, answers: Iterable[tuple[Question, str]]) -> bool:
        return any(self._digest(question) != before for question, before in answers)

    def _digest(self, question: Question) -> str:
        if question not in self._digests:
            self._digests[question] = digest(self._ask(*question))
        return self._digests[question]

    def _ask(self, name: str, args: tuple[Any, ...]) -> Any:
        try:
            return getattr(query, name)(self._catalogue, *args)
        except LookupError:  # a record that the question named is gone
            return LookupError


def moved_references(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """``env-updated``: the pages with a reference whose home is another one than in the last build."""
    domain = domain_of(env)
    homes = _homes(domain)
    before = dict(domain.homes)
    domain.data["homes"] = homes
    moved = {key for key in homes.keys() | before.keys() if homes.get(key) != before.get(key)}
    return sorted(docname for docname, keys in domain.references.items() if keys & moved)


def _homes(domain: VersusDomain) -> dict[tuple[str, str], tuple[str, str]]:
    wanted = set().union(*domain.references.values())
    found = {key: domain.home(key) for key in wanted}
    return {key: (home[0], home[1].anchor) for key, home in found.items() if home}


def setup(app: Sphinx) -> None:
    """Connect to the two moments at which Sphinx asks what is out of date."""
    app.connect("env-get-outdated", outdated_pages)
    app.connect("env-updated", moved_references)
