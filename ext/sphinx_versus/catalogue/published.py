"""Published addresses: which ids have pages, which are kept, and where those lead that have no page any more.

An id is kept when it has a page, when the two technologies of a pair meet on another page (one that a person wrote under an id
of its own, or that of the technologies which took their places), or when there is a redirect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from itertools import chain
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
    only = tuple(catalogue.heads[side].name for side in pair) if is_round_up else ()
    return Redirect("comparison", old, meeting.comparison, only)


def kept_addresses(catalogue: Catalogue) -> Iterator[Redirect]:
    """What is led somewhere. Redirects that a person wrote come first.

    A published id that has a page is among them, because that page may stand at another address.
    """
    if not (published := catalogue.published):
        return
    for kind, type_ in KINDS.items():
        redirects = redirects_of(published, kind)
        for old, new in redirects.items():
            yield Redirect(type_, old, new)
        known = catalogue.technologies if type_ == "technology" else catalogue.compared
        meetings = _Meetings(catalogue)
        for id_ in ids_of(published, kind):
            if id_ in known and id_ not in redirects:
                yield Redirect(type_, id_, id_)
            elif id_ not in redirects and type_ == "comparison":
                yield from [_redirect_of_pair(catalogue, id_, *page) for page in meetings.pages(id_)][:1]


def redirected(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Object type and old id of each redirect that a person wrote for what has no record any more."""
    if published := catalogue.published:
        for kind, type_ in KINDS.items():
            yield from ((type_, old) for old in redirects_of(published, kind) if old not in catalogue.defined[type_])


def reversed_id(id_: str) -> str:
    """The id of a pair in the other order; empty when the id does not tell which is which."""
    parts = id_.split("-vs-")
    return f"{parts[1]}-vs-{parts[0]}" if len(parts) == 2 else ""


# -- rules -----------------------------------------------------------------------------------------------------------------


def published_are_kept(catalogue: Catalogue, place: PlaceOf) -> Iterator[Problem]:
    """Every published id has a page, or there is one that took its place."""
    if not (published := catalogue.published):
        return
    for kind, type_ in KINDS.items():
        known, redirects = catalogue.defined[type_], redirects_of(published, kind)
        lost = [
            (at, id_) for at, id_ in enumerate(ids_of(published, kind)) if id_ not in known and id_ not in redirects
        ]
        meetings = _Meetings(catalogue) if lost and type_ == "comparison" else None
        for position, id_ in lost:
            if not (meetings and (any(meetings.pages(id_)) or meetings.is_doubtful(id_))):
                message = f'"{id_}" is published, and has no page any more'
                hint = Hint((kind, id_), partial(_proposal, catalogue, kind, id_))
                yield Problem(place(*AT, (kind, position)), Code.LOST_ADDRESS, message, hint)


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
            elif new in redirects and new not in catalogue.defined[type_]:
                yield Problem(place(*AT, at), Code.INVALID_REDIRECT, *_led_on(old, new, ends[old]))
            else:
                yield from unknown_object(catalogue, place(*AT, at), type_, new)


def _ends(redirects: Mapping[str, str]) -> Mapping[str, str]:
    """Where each redirect leads in the end; empty for those that lead into a circle."""
    ends: dict[str, str] = {}
    for start in redirects:
        on_the_way: dict[str, None] = {}
        here = start
        while here in redirects and here not in ends and here not in on_the_way:
            on_the_way[here] = None
            here = redirects[here]
        end = "" if here in on_the_way else ends.get(here, here)
        ends.update(dict.fromkeys(on_the_way, end))
    return ends


def _led_on(old: str, new: str, end: str) -> tuple[str, str]:
    """What is wrong with a redirect to a redirect: it ends somewhere else, or nowhere."""
    if not end:
        return f'"{old}" is led to "{new}" and from there round in a circle', "let one of them lead to a page"
    return f'"{old}" is led to "{new}", which is led on', f'write "{old}: {end}"'


def _proposal(catalogue: Catalogue, kind: str, id_: str) -> str:
    return f'add "{id_}: {_likely(catalogue, KINDS[kind], id_)}" to the {kind} under "redirects"'


def _likely(catalogue: Catalogue, type_: str, id_: str) -> str:
    """The id with a page that is nearest to a lost one; of a pair one that has a side in common, if there is any."""
    if type_ == "technology":
        return _nearest(id_, catalogue.technologies)
    sides = set(id_.split("-vs-"))
    return _nearest(id_, [one for one in catalogue.compared if sides & set(one.split("-vs-"))] or catalogue.compared)


def _nearest(id_: str, known: Mapping[str, object] | list[str]) -> str:
    return next(iter(get_close_matches(id_, sorted(known), n=1)), "…")


# -- pairs -----------------------------------------------------------------------------------------------------------------


class _Meetings:
    """The pages of two technologies, found by the ids of these, and by those that they had before."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._moved = catalogue.published.redirects.technologies if catalogue.published else {}
        answered = {id_.partition("/")[0] for type_, id_ in catalogue.places if type_ == "fact"}
        named = {id_ for type_, id_ in catalogue.places if type_ == "technology"}
        good = {id_ for id_, record in catalogue.technologies.items() if record.facts or id_ not in answered}
        self._broken = named - good

    def pages(self, id_: str) -> Iterator[tuple[Pair, Meeting]]:
        """What the two sides of a pair's id may be, where they have a page together."""
        for pair in self._sides(id_):
            if (meeting := self._catalogue.meeting(*pair)).comparison:
                yield pair, meeting

    def is_doubtful(self, id_: str) -> bool:
        """Whether a side of the pair is broken, so that nobody can say whether there will be a page."""
        return not self._broken.isdisjoint(chain.from_iterable(self._sides(id_)))

    def _sides(self, id_: str) -> Iterator[Pair]:
        """What the two sides may be, as they are called now; there is more than one way when an id contains "-vs-" itself."""
        parts = id_.split("-vs-")
        for number in range(1, len(parts)):
            first, second = "-vs-".join(parts[:number]), "-vs-".join(parts[number:])
            yield self._moved.get(first, first), self._moved.get(second, second)
