"""What a page shows, it depends on.

Every question that a page asks of the catalogue is recorded, and for every question a digest of its answer and the parts of the
catalogue that it looked at. Before a build the questions are asked again of which such a part is not what it was: a page is
read again when one of its answers changed, and no other. What a page shows of other pages is the matter of
:mod:`sphinx_versus.site.incremental`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple, Unpack

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from ..catalogue import query
from ..catalogue.catalogue import Catalogue
from ..catalogue.digest import digest
from ..catalogue.watch import Part, asked_again, state, watched
from .domain import Question, VersusDomain, domain_of
from .project import project_of

Args = TypeVarTuple("Args")
R = TypeVar("R")


def ask(env: BuildEnvironment, question: Callable[[Catalogue, Unpack[Args]], R], *args: *Args) -> R:
    """Ask a query of :mod:`sphinx_versus.catalogue.query` for the page that is being read, and record it."""
    domain, catalogue = domain_of(env), project_of(env).catalogue
    key = (question.__name__, args)
    if key in domain.questions:  # asked before, and if that was in an earlier build, the answer is the same
        answer = question(catalogue, *args)
    else:
        answer, parts = watched(catalogue, question, *args)
        domain.note_answer(key, digest(answer), {part: _state(domain, catalogue, part) for part in parts})
    domain.note_question(env.docname, key)
    return answer


def _state(domain: VersusDomain, catalogue: Catalogue, part: Part) -> str:
    known = domain.parts.get(part)
    return state(catalogue, part) if known is None else known


def outdated_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """``env-get-outdated``: the pages whose answers or conditions changed."""
    domain, conditions = domain_of(env), project_of(env).conditions
    differing = _renewed(domain, env)
    stale = {docname for docname, asked in domain.answers.items() if not differing.isdisjoint(asked)}
    stale |= {docname for docname, found in domain.conditions.items() if any(map(conditions.moved, found))}
    return sorted(stale & env.found_docs)


def _renewed(domain: VersusDomain, env: BuildEnvironment) -> set[Question]:
    """Bring what is known of all answers up to date; the questions of which the answer is another one come back."""
    snapshot = project_of(env).snapshot
    if snapshot.digest and snapshot.digest == domain.data["digest"]:
        return set()
    _forget_unasked(domain)
    catalogue = snapshot.catalogue
    states = {part: state(catalogue, part) for part in domain.parts}
    moved = {part for part, before in domain.parts.items() if states[part] != before}
    domain.parts.update(states)
    differing: set[Question] = set()
    for question, before in list(domain.questions.items()):
        if not moved.isdisjoint(before.parts):
            now, parts = asked_again(catalogue, getattr(query, question[0]), question[1])
            domain.note_answer(question, now, {part: _state(domain, catalogue, part) for part in parts})
            if now != before.digest:
                differing.add(question)
    domain.data["digest"] = snapshot.digest
    return differing


def _forget_unasked(domain: VersusDomain) -> None:
    """Questions that no page asks any more, and the parts that matter to them alone, are not asked again."""
    asked = set().union(*domain.answers.values())
    questions = {question: answer for question, answer in domain.questions.items() if question in asked}
    parts = set().union(*(answer.parts for answer in questions.values()))
    domain.data["questions"] = questions
    domain.data["parts"] = {part: state_ for part, state_ in domain.parts.items() if part in parts}


def setup(app: Sphinx) -> None:
    """Connect to the moment at which Sphinx asks what is out of date."""
    app.connect("env-get-outdated", outdated_pages)
