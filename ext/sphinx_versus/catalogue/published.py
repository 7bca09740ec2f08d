"""Published addresses: which ids have pages, which are kept, and where those lead that have no page any more.

An id is kept when it has a page, when the two technologies of a pair meet on another page (one that a person wrote under an id
of its own, or that of the technologies which took their places), or when there is a redirect.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .catalogue import Catalogue
from .model import Published
from .pairs import Existence, Pair, PairPage, pair_id, sides_in

KINDS: Mapping[str, str] = {"comparisons": "comparison", "technologies": "technology"}
"""The object types whose addresses are kept, by the name of their list."""


MOST_SIDES = 12
"""The pairs within a round-up of more sides have no addresses of their own: their number grows with the square."""


class Kept(NamedTuple):
    """The published ids of a kind, its object type, and its redirects."""

    kind: str
    type: str
    ids: tuple[str, ...]
    redirects: Mapping[str, str]


def lists_of(published: Published | None) -> list[Kept]:
    """What is published, kind by kind; nothing without a list."""
    if published is None:
        return []
    found = ((getattr(published, kind), getattr(published.redirects, kind)) for kind in KINDS)
    return [Kept(kind, type_, *lists) for (kind, type_), lists in zip(KINDS.items(), found, strict=True)]


class Redirect(NamedTuple):
    """An id that has no page, or one at another address: its object type, and whose page is shown instead."""

    type: str
    old: str
    new: str
    only: tuple[str, ...] = ()
    """The names of the technologies that are looked for, where the page is that of a round-up."""


def other_addresses(catalogue: Catalogue) -> Iterator[Redirect]:
    """The ids under which readers may look for the page of a pair, in either order; none that has a page itself."""
    for pair, pair_page in catalogue.pair_pages.items():
        if len(catalogue.sides_of(pair_page.comparison)) > MOST_SIDES:
            continue
        for id_ in (pair_id(pair), pair_id(reversed(pair))):
            if id_ not in catalogue.compared:
                yield _redirect_of_pair(catalogue, id_, pair, pair_page)


def _redirect_of_pair(catalogue: Catalogue, old: str, pair: Pair, pair_page: PairPage) -> Redirect:
    is_round_up = pair_page.existence is Existence.ROUND_UP
    only = tuple(catalogue.technologies[side].name for side in pair) if is_round_up else ()
    return Redirect("comparison", old, pair_page.comparison, only)


def kept_addresses(catalogue: Catalogue) -> Iterator[Redirect]:
    """What is led somewhere. Redirects that a person wrote come first.

    A published id that has a page is among them, because that page may stand at another address.
    """
    for _, type_, ids, redirects in lists_of(catalogue.published):
        yield from (Redirect(type_, old, new) for old, new in redirects.items())
        known = catalogue.of_type[type_]
        for id_ in ids:
            if id_ not in redirects and id_ in known:
                yield Redirect(type_, id_, id_)
            elif id_ not in redirects and type_ == "comparison":
                pages = ((pair, catalogue.pair_page(*pair)) for pair in named_pairs(catalogue, id_))
                if found := next(((pair, pair_page) for pair, pair_page in pages if pair_page.comparison), None):
                    yield _redirect_of_pair(catalogue, id_, *found)


def redirected(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Object type and old id of each redirect that a person wrote for what has no record any more."""
    for _, type_, _, redirects in lists_of(catalogue.published):
        yield from ((type_, old) for old in redirects if old not in catalogue.defined[type_])


def reversed_id(id_: str) -> str:
    """The id of a pair in the other order; empty when the id is ambiguous."""
    parts = id_.split("-vs-")
    return pair_id(reversed(parts)) if len(parts) == 2 else ""


def named_pairs(catalogue: Catalogue, id_: str) -> Iterator[Pair]:
    """The pairs that an id may name, as their sides are called now."""
    kept = lists_of(catalogue.published)
    moved: Mapping[str, str] = next((one.redirects for one in kept if one.type == "technology"), {})
    for first, second in sides_in(id_):
        yield moved.get(first, first), moved.get(second, second)
