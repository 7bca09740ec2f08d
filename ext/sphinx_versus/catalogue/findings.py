"""What the rules of a catalogue find, where, and what follows from it."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Protocol

from ..problems import Code, Hint, Place, Problem, internal, unknown
from .catalogue import Catalogue
from .document import Location


class PlaceOf(Protocol):
    """Finds the place of a value, its key or a word in it by object type, id and location in its record."""

    def __call__(self, at: Location, *, key: bool = False, word: str = "") -> Place: ...


class Findings:
    """Looks for problems between the records. Locations begin with the object type and the id of the record."""

    def __init__(self, catalogue: Catalogue, place: PlaceOf) -> None:
        self.catalogue, self._place = catalogue, place
        self.problems: list[Problem] = []
        self.copies: set[str] = set()
        """The ids of records that are reported because another one has the same name or sides."""
        self._missed: set[tuple[str, str]] = set()
        self._doubts: dict[tuple[str, str], set[Location]] = {}

    def _report(
        self, at: Location, code: Code, message: str, hint: str | Hint = "", *, key: bool = False, word: str = ""
    ) -> None:
        self.problems.append(Problem(self._place(at, key=key, word=word), code, message, hint))

    def _attempt(self, rule: Callable[[], None], at: Location) -> None:
        """Apply a rule; what fails within it is reported for a record."""
        try:
            rule()
        except Exception as error:  # noqa: BLE001 (whatever it is, the other records are shown)
            self.problems.append(
                internal(self._place(at, key=True), f'"{at[-1]}"' if at[-1] else "a record", error, "checked")
            )

    def _report_unknown(
        self, at: Location, code: Code, word: str, what: str, known: Collection[str], *, key: bool = False
    ) -> None:
        self.problems.append(unknown(self._place(at, key=key), code, word, what, known))

    def _is_defined(self, at: Location, type_: str, id_: str, *, key: bool = False) -> None:
        """Report a reference to what is not defined."""
        if not self.catalogue.is_expected(type_, id_):
            self._missed.add((type_, id_))
            self.problems.append(self.catalogue.unknown(self._place(at, key=key, word="" if key else id_), type_, id_))

    def _doubt(self, *at: str | int) -> None:
        """Note that what stands at a location may be otherwise, because of what is reported."""
        self._doubts.setdefault((str(at[0]), str(at[1])), set()).add(at[2:])

    def _note_doubts(self) -> None:
        """Let the rules that follow know what is reported so far."""
        left_out = self.catalogue.left_out
        doubts = {key: {*left_out.get(key, ()), *locations} for key, locations in self._doubts.items()}
        if doubts or self._missed - self.catalogue.missed:
            self.catalogue = replace(self.catalogue, left_out={**left_out, **doubts}, missed=frozenset(self._missed))

    def _sources_exist(self, at: Location, sources: Iterable[str]) -> None:
        for position, source in enumerate(sources):
            self._is_defined((*at, "sources", position), "source", source)
