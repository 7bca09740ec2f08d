"""Published addresses: which ids have pages, which are kept, and where those lead that have no page any more.

An id is kept when it has a page, when the two technologies of a pair meet on another page (one that a person wrote under an id
of its own, or that of the technologies which took their places), or when there is a redirect.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from typing import NamedTuple

from ..problems import Code, Hint, Problem
from .catalogue import Catalogue
from .model import Published
from .pairs import Existence, Meeting, Pair, pair_id
from .references import PlaceOf, unknown_object

KINDS: Mapping[str, str] = {"comparisons": "comparison", "technologies": "technology"}
"""The object types whose addresses are kept, by the name of their list."""
AT = ("published", "published")
"""Object type and id of the list."""


def ids_of(published: Published, kind: str) -> tuple[str, ...]:
    """The published ids of a kind."""
    return published.comparisons if kind == "comparisons" else published.technologies


def redirects_of(published: Published, kind: str) -> Mapping[str, str]:
    """The redirects of a kind."""
    return published.redirects.comparisons if kind == "comparisons" else published.redirects.technologies


class Redirect(NamedTuple):
    """An id that has no page, or one at another address: its object type, and whose page is shown instead."""

    type: str
    old: str
    new: str
    only: tuple[str, ...] = ()
    """The names of the technologies that are looked for, where the page is that of a round-up."""


def other_addresses(catalogue: Catalogue) -> Iterator[Redirect]:
    """The ids under which readers may look for the page of a pair, in either order; none that has a page itself."""
    for pair, meeting in catalogue.meetings.items():
        for id_ in (pair_id(pair), pair_id(reversed(pair))):
            if id_ not in catalogue.compared:
                yield _redirect_of_pair(catalogue, id_, pair, meeting)


def _redirect_of_pair(catalogue: Catalogue, old: str, pair: Pair, meeting: Meeting) -> Redirect:
    is_round_up = meeting.existence is Existence.ROUND_UP
    only = tuple(catalogue.technologies[side].name for side in pair) if is_round_up else ()
    return Redirect("comparison", old, meeting.comparison, only)


def kept_addresses(catalogue: Catalogue) -> Iterator[Redirect]:
    """What is led somewhere. Redirects that a person wrote come first.

    A published id that has a page is among them, because that page may stand at another address.
    """
    if not (published := catalogue.published):
        return
    for kind, type_ in KINDS.items():
        redirects = redirects_of(published, kind)
        yield from (Redirect(type_, old, new) for old, new in redirects.items())
        known = catalogue.technologies if type_ == "technology" else catalogue.compared
        for id_ in ids_of(published, kind):
            if id_ in redirects:
                continue
            if id_ in known:
                yield Redirect(type_, id_, id_)
            elif type_ == "comparison":
                pages = ((pair, catalogue.meeting(*pair)) for pair in _named_pairs(catalogue, id_))
                found = next(((pair, meeting) for pair, meeting in pages if meeting.comparison), None)
                if found:
                    yield _redirect_of_pair(catalogue, id_, *found)


def redirected(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Object type and old id of each redirect that a person wrote for what has no record any more."""
    if published := catalogue.published:
        for kind, type_ in KINDS.items():
            yield from ((type_, old) for old in redirects_of(published, kind) if old not in catalogue.defined[type_])


def reversed_id(id_: str) -> str:
    """The id of a pair in the other order; empty when the id does not tell which is which."""
    parts = id_.split("-vs-")
    return pair_id(reversed(parts)) if len(parts) == 2 else ""


def _named_pairs(catalogue: Catalogue, id_: str) -> Iterator[Pair]:
    """The pairs that an id may name, as their sides are called now; several when the id of a side contains "-vs-" itself."""
    moved = catalogue.published.redirects.technologies if catalogue.published else {}
    parts = id_.split("-vs-")
    for number in range(1, len(parts)):
        first, second = pair_id(parts[:number]), pair_id(parts[number:])
        yield moved.get(first, first), moved.get(second, second)


# -- rules -----------------------------------------------------------------------------------------------------------------


def published_are_kept(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """Every published id has a page, or there is one that took its place."""
    if not (published := catalogue.published):
        return
    for kind, type_ in KINDS.items():
        known, redirects = catalogue.defined[type_], redirects_of(published, kind)
        ids = enumerate(ids_of(published, kind))
        lost = [(at, id_) for at, id_ in ids if id_ not in known and id_ not in redirects]
        broken = _broken_technologies(catalogue) if lost else set()
        for position, id_ in lost:
            pairs = [*_named_pairs(catalogue, id_)] if type_ == "comparison" else []
            # of a pair with a broken side it is not known whether it will have a page
            if any(catalogue.meeting(*pair).comparison or not broken.isdisjoint(pair) for pair in pairs):
                continue
            message = f'"{id_}" is published, and has no page any more'
            hint = Hint((kind, id_), partial(_proposal, catalogue, kind, id_))
            yield Problem(place(*AT, (kind, position)), Code.LOST_ADDRESS, message, hint)


def _broken_technologies(catalogue: Catalogue) -> set[str]:
    """The technologies without a record, or without facts, although their files have some."""
    answered = {id_.partition("/")[0] for type_, id_ in catalogue.places if type_ == "fact"}
    named = {id_ for type_, id_ in catalogue.places if type_ == "technology"}
    return named - {id_ for id_, one in catalogue.technologies.items() if one.facts or id_ not in answered}


def _proposal(catalogue: Catalogue, kind: str, id_: str) -> str:
    """A redirect to the page that is nearest to a lost one; of a pair one that has a side in common, if there is any."""
    known: Collection[str] = catalogue.technologies if kind == "technologies" else catalogue.compared
    if kind == "comparisons":
        sides = set(id_.split("-vs-"))
        known = [one for one in known if sides & set(one.split("-vs-"))] or known
    close = get_close_matches(id_, sorted(known), n=1) or ["…"]
    return f'add "{id_}: {close[0]}" to the {kind} under "redirects"'


def redirects_fit(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """A redirect leads from what has no page to what has one."""
    if not (published := catalogue.published):
        return
    for kind, type_ in KINDS.items():
        redirects = redirects_of(published, kind)
        ends = _ends(redirects)
        for old, new in redirects.items():
            at = ("redirects", kind, old)
            if type_ not in catalogue.unread and old in catalogue.defined[type_]:
                message = f'"{old}" has a page, and is led to "{new}"'
                yield Problem(place(*AT, at, key=True), Code.INVALID_REDIRECT, message, "remove the redirect")
            elif new not in redirects or new in catalogue.defined[type_]:
                yield from unknown_object(catalogue, place(*AT, at), type_, new)
            elif ends[old]:
                message = f'"{old}" is led to "{new}", which is led on'
                yield Problem(place(*AT, at), Code.INVALID_REDIRECT, message, f'write "{old}: {ends[old]}"')
            else:
                message = f'"{old}" is led to "{new}" and from there round in a circle'
                yield Problem(place(*AT, at), Code.INVALID_REDIRECT, message, "let one of them lead to a page")


def _ends(redirects: Mapping[str, str]) -> Mapping[str, str]:
    """Where each redirect leads in the end; empty for those that lead into a circle."""
    ends: dict[str, str] = {}
    for start in redirects:
        passed: dict[str, None] = {}
        here = start
        while here in redirects and here not in ends and here not in passed:
            passed[here] = None
            here = redirects[here]
        ends.update(dict.fromkeys(passed, "" if here in passed else ends.get(here, here)))
    return ends
