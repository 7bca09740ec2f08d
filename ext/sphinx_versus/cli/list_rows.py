"""Lists of which several rows or lines of a table have the entries."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from ..catalogue.fields import comparable
from ..catalogue.values import split_list, typed_list
from .facts import EMPTY
from .table_files import Answer
from .table_records import split_cell


def one_list(*lists: str) -> str:
    """The entries of lists, each once."""
    entries: dict[str, str] = {}
    for word in chain.from_iterable(map(split_list, lists)):
        entries.setdefault(comparable(word), word)
    return typed_list(entries.values())


def one_note(given: Iterable[str]) -> str:
    """The notes of the entries of a list, each once."""
    notes = [*dict.fromkeys(filter(None, given))]
    ends = (" " if note.endswith((".", "!", "?")) else "; " for note in notes)
    return "".join(chain.from_iterable(zip(notes, ends, strict=True))).rstrip("; ")


def whole(answer: Answer, *, has_citations: bool) -> Answer:
    """An answer with the entries, notes and sources of all rows that have a part of its list."""
    if answer.parts is None:
        return answer

    def of_all(name: str) -> Iterator[str]:
        return (one.get(name, "") for one in answer.parts or ())

    cells = () if has_citations else of_all("sources")
    sources = (one for cell in cells for one in split_cell(cell.strip(EMPTY)))
    joined = {
        "value": one_list(*(one for one in of_all("value") if comparable(one) != "none"))
        or answer.fields.get("value", ""),
        "note": one_note(of_all("note")),
        "sources": typed_list(dict.fromkeys(sources)) or answer.fields.get("sources", ""),
    }
    return with_fields(answer, {**answer.fields, **joined})


def told_apart_by(answer: Answer) -> tuple[Any, ...]:
    """What tells an answer under a condition from others: the condition, and what its row says beside the value and the note."""
    if not answer.when:
        return ()
    return (answer.when, *sorted((name, cell) for name, cell in answer.fields.items() if name not in {"value", "note"}))


def has_twins(value: str) -> bool:
    """Whether an entry of a list stands in it twice."""
    words = [*map(comparable, split_list(value))]
    return len(words) > len({*words})


def in_one_line(answer: Answer, *, is_list: bool) -> Answer:
    """An answer whose value has no line breaks; those of a list separate its entries."""
    value = answer.fields.get("value", "")
    if "\n" not in value:
        return answer
    words = typed_list(filter(None, map(str.strip, value.split("\n")))) if is_list else " ".join(value.split())
    return with_fields(answer, {**answer.fields, "value": words})


def with_fields(answer: Answer, fields: Mapping[str, str]) -> Answer:
    """An answer with these fields, but for empty ones."""
    return answer._replace(fields={name: cell for name, cell in fields.items() if cell})
