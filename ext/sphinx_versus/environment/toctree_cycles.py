"""Lists of contents that lead back to themselves: what closes a circle is left out, and reported. Write phase.

Sphinx follows them without an end when the home page leads there. The environment was saved before, and the next build begins
with all entries again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder

from ..problems import Code, Place, Problem
from .reporting import report

Graph = Mapping[str, Sequence[str]]


def cut_cycles(app: Sphinx, builder: Builder) -> None:
    """``write-started``, before Sphinx looks for the pages before and after each other."""
    env = app.env
    for docname, below in left_out(env.config.root_doc, env.toctree_includes).items():
        env.toctree_includes[docname] = [entry for entry in env.toctree_includes[docname] if entry not in below]
        for toctree in env.tocs[docname].findall(addnodes.toctree):
            if names := [entry for entry in toctree["includefiles"] if entry in below]:
                place = Place(toctree.source or str(env.doc2path(docname)), toctree.line or 1)
                others = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
                message = f'the list of contents of "{docname}" has "{names[0]}"{others}, below which it stands itself'
                hint = "the entries are left out; remove them here, or there"
                report(Problem(place, Code.CIRCULAR_CONTENTS, message, hint))
            toctree["entries"] = [entry for entry in toctree["entries"] if entry[1] not in below]
            toctree["includefiles"] = [entry for entry in toctree["includefiles"] if entry not in below]


def left_out(root: str, below: Graph) -> dict[str, set[str]]:
    """The entries on a circle that do not lead to a page for the first time, level by level from the home page, by page."""
    circle = _circles(below)
    parents: dict[str, str] = {}
    for start in (root, *sorted(below)):
        parents.setdefault(start, "")
        level = [start]
        while level:
            edges = [(page, entry) for page in level for entry in below.get(page, ()) if entry not in parents]
            level = list(dict.fromkeys(entry for _, entry in edges))
            for page, entry in edges:
                parents.setdefault(entry, page)
    found = {
        page: {entry for entry in entries if circle[page] == circle[entry] and parents[entry] != page}
        for page, entries in below.items()
    }
    return {page: entries for page, entries in found.items() if entries}


def _circles(below: Graph) -> dict[str, int]:
    """A number for each page, which is the same for pages that lead to each other."""
    above: dict[str, list[str]] = {}
    for page, entries in below.items():
        for entry in entries:
            above.setdefault(entry, []).append(page)
    numbers: dict[str, int] = {}
    for number, page in enumerate(reversed([*_finished(below, below)])):
        numbers |= dict.fromkeys(_finished([page], above, numbers), number)
    return numbers


def _finished(starts: Iterable[str], edges: Graph, known: Iterable[str] = ()) -> Iterator[str]:
    """The pages that are reached, each after all that are reached from it; not those that are known."""
    seen = set(known)
    for start in starts:
        path = [(start, iter(edges.get(start, ())))] if start not in seen else []
        seen.add(start)
        while path:
            page, entries = path[-1]
            if (entry := next((one for one in entries if one not in seen), None)) is None:
                path.pop()
                yield page
            else:
                seen.add(entry)
                path.append((entry, iter(edges.get(entry, ()))))


def setup(app: Sphinx) -> None:
    """Connect before the builder prepares to write."""
    app.connect("write-started", cut_cycles, priority=0)  # before any other listener follows the lists
