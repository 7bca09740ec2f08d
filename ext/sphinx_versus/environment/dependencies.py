"""What a page shows, it depends on.

Every question that a page asks of the catalogue is recorded, with a digest of its answer. When the data have changed, all
questions are asked again before a build: a page is read again when one of its answers changed, and no other. What a page shows
of other pages is the matter of :mod:`sphinx_versus.environment.incremental`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple, Unpack

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..catalogue import query
from ..catalogue.catalogue import Catalogue
from ..catalogue.digest import digest
from .domain import domain_of
from .project import project_of

Args = TypeVarTuple("Args")
R = TypeVar("R")


def ask(env: BuildEnvironment, question: Callable[[Catalogue, Unpack[Args]], R], *args: *Args) -> R:
    """Ask a query of :mod:`sphinx_versus.catalogue.query` for the page that is being read, and record it."""
    domain, key = domain_of(env), (question.__name__, args)
    answer: R = project_of(env).catalogue.ask(question, *args)
    if key not in domain.questions:  # if it was asked in an earlier build, the answer is the same
        domain.questions[domain.shared(key)] = digest(answer)
    domain.note_question(env.docname, key)
    return answer


def outdated_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """``env-get-outdated``: the pages whose answers or conditions changed."""
    domain, snapshot, holds = domain_of(env), project_of(env).snapshot, project_of(env).conditions.holds
    stale = {
        docname
        for docname, outcomes in domain.conditions.items()
        if any(holds(one.kind, one.expression) != one.holds for one in outcomes)
    }
    if not snapshot.digest or snapshot.digest != domain.data["digest"]:
        asked = set().union(*domain.answers.values())  # the others are of pages that are gone, or read again since
        before = {question: answer for question, answer in domain.questions.items() if question in asked}
        now = {question: _answer_digest(snapshot.catalogue, *question) for question in before}
        domain.questions.clear()
        domain.questions.update(now)
        domain.data["digest"] = snapshot.digest
        differing = {question for question in now if now[question] != before[question]}
        stale |= {docname for docname, questions in domain.answers.items() if not differing.isdisjoint(questions)}
    return sorted(stale & env.found_docs)


def _answer_digest(catalogue: Catalogue, name: str, args: tuple[Any, ...]) -> str:
    try:
        return digest(catalogue.ask(getattr(query, name), *args))
    except LookupError:  # a record that the question named is gone
        return ""


def setup(app: Sphinx) -> None:
    """Connect to the moment at which Sphinx asks what is out of date."""
    app.connect("env-get-outdated", outdated_pages)
