"""Sphinx's search index as it is after a clean build, and as readers need it: whole, with names as typed. Write phase."""

from collections.abc import Iterator, Set
from contextlib import suppress
from html import unescape
from typing import Any

from sphinx.environment import BuildEnvironment
from sphinx.util.index_entries import split_index_msg

from ..components.i18n import myth
from .domain import domain_of
from .project import project_of

MOST_SEARCHED_PAIRS = 500
"""So many derived pairs are found by the search, each by its name, which takes 200 bytes of its index."""


class CompleteIndex:
    """A format of the search index in the place of Sphinx's own, for an index of which a part was loaded.

    Sphinx leaves the words of pages that are written again without a page, and forgets the index entries of all others. It
    also escapes the names of objects, and its script escapes what it shows once more; it shortens the anchors of objects by
    their ids, and its script completes them by the names. Pages whose words are not searched have no title in it, but the
    script names the page of each object. What is a result as an object is none as an entry of the general index once more, on
    pages that show something of ours: that one would have the title of its page, and often no words.
    """

    def __init__(self, env: BuildEnvironment, usual: Any) -> None:
        self._env, self._usual = env, usual
        self.is_needed = True  # whether something of the last index stays; what is not needed may be damaged

    def load(self, stream: Any) -> Any:
        """The last index, or an empty one."""
        if self.is_needed:
            return self._usual.load(stream)
        parts = ("docnames", "filenames", "titles", "alltitles", "terms", "titleterms")
        return {**{part: {} for part in parts}, "envversion": self._env.version}

    def dump(self, index: dict[str, Any], stream: Any) -> None:
        """Drop words without a page, name pages and objects as typed, and take the general index, as far as it is searched."""
        self._leave_out_pairs(index)
        for part in ("terms", "titleterms"):
            index[part] = {word: pages for word, pages in index[part].items() if pages != []}
        index["objects"] = {
            unescape(prefix): [(*one[:4], unescape(one[4])) for one in objects]
            for prefix, objects in index["objects"].items()
        }
        self._name_anchors(index)
        self._mark_claims(index)
        pages = zip(index["docnames"], index["titles"], strict=True)
        index["titles"] = [title or self._env.longtitles[docname].astext() for docname, title in pages]
        for objects in index["objects"].values():  # the script names the page once more
            objects[:] = [(*one[:4], one[4].removesuffix(f" ({index['titles'][one[0]]})")) for one in objects]
        results = {(docname, anchor) for docname, anchor, rank in self._objects() if rank >= 0}
        index["indexentries"] = {}
        for number, docname in enumerate(index["docnames"]):
            for words, anchor, main in sorted(set(self._entries(docname, results))):
                index["indexentries"].setdefault(words.lower(), []).append((number, anchor, main == "main"))
        self._usual.dump(index, stream)

    def _leave_out_pairs(self, index: dict[str, Any]) -> None:
        """Leave out the pages of many derived pairs, which the picker finds: their names would be half of the index."""
        kept = [number for number, docname in enumerate(index["docnames"]) if not self._is_pair(docname)]
        if len(index["docnames"]) - len(kept) <= MOST_SEARCHED_PAIRS:
            return
        numbers = {old: new for new, old in enumerate(kept)}
        for part in ("docnames", "filenames", "titles"):
            index[part] = [index[part][number] for number in kept]
        for part in ("terms", "titleterms"):
            for word, pages in index[part].items():
                found = [numbers[page] for page in ([pages] if isinstance(pages, int) else pages) if page in numbers]
                index[part][word] = found[0] if len(found) == 1 else found
        for part in ("alltitles", "objects"):
            index[part] = {
                name: [(numbers[page], *rest) for page, *rest in found if page in numbers]
                for name, found in index[part].items()
            }

    def _is_pair(self, docname: str) -> bool:
        """Whether a page is that of a derived pair, and its words are not searched."""
        page = project_of(self._env).virtual(docname)
        return page is not None and page.kind == "pair" and "nosearch" in self._env.metadata.get(docname, {})

    def _name_anchors(self, index: dict[str, Any]) -> None:
        anchors = dict[tuple[str, str, str], list[str]]()
        places = domain_of(self._env).places().items()
        for _id, type_, docname, shown in sorted((id_, type_, *place) for (type_, id_), place in places):  # as Sphinx
            anchors.setdefault((docname, f"versus:{type_}", shown.name), []).append(shown.anchor or shown.top)
        for prefix, objects in index["objects"].items():
            for number, (page, type_, priority, _short, name) in enumerate(objects):
                key = (index["docnames"][page], index["objtypes"][type_], f"{prefix}.{name}" if prefix else name)
                if key in anchors:
                    objects[number] = (page, type_, priority, anchors[key].pop(0), name)

    def _mark_claims(self, index: dict[str, Any]) -> None:
        """Say of the claim of a misconception what it is: alone in a list of results it would be read as true."""
        objects = dict[str, list[tuple[Any, ...]]]()
        for prefix, found in index["objects"].items():
            for *place, name in found:
                full = f"{prefix}.{name}" if prefix else name
                if index["objtypes"][place[1]] == "versus:misconception":
                    full = myth(full)
                before, _dot, last = full.rpartition(".")
                objects.setdefault(before, []).append((*place, last))
        index["objects"] = objects

    def _entries(self, docname: str, results: Set[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
        if {"no-search", "nosearch"} & self._env.metadata.get(docname, {}).keys():
            return
        domain = domain_of(self._env)
        tops = {shown.top for shown in domain.objects.get(docname, {}).values() if not shown.anchor}
        for kind, value, target, main, _key in self._env.domaindata["index"]["entries"].get(docname, ()):
            anchor = target if target and target not in tops else ""  # a page is one result for all its names
            if docname not in domain.showing or (docname, target) not in results:
                with suppress(ValueError):
                    yield from ((words, anchor, main) for words in split_index_msg(kind, value))

    def _objects(self) -> Iterator[tuple[str, str, int]]:
        """Page, anchor and priority of all objects; of ours also where they are shown once more."""
        for domain in self._env.domains.sorted():
            if domain.name != "versus":
                yield from ((docname, anchor, priority) for *_, docname, anchor, priority in domain.get_objects())
        ours = domain_of(self._env)
        for docname, objects in ours.objects.items():
            for (type_, _id), shown in objects.items():
                yield docname, shown.anchor, ours.object_types[type_].attrs["searchprio"]
