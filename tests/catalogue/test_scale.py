"""Many records are loaded in a time that grows with their number, and no faster."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest

from sphinx_versus.catalogue import query
from sphinx_versus.catalogue.loader import Loaded

FACT = """
  c{row}:
    value: Value {row}
    note: >-
      A note over two lines,
      with `code` in it.
    as_of: 2026-04
"""


def records(number: int) -> dict[str, str]:
    """A ring of technologies, each compared with the next."""
    files = {"criteria.yaml": "".join(f"c{row}: {{name: Row {row}, definition: What?}}\n" for row in range(10))}
    facts = "".join(FACT.format(row=row) for row in range(10))
    rows = ", ".join(f"c{row}" for row in range(10))
    for one in range(number):
        other = (one + 1) % number
        files[f"technologies/t{one}.yaml"] = f"name: T{one}\nkind: k{one % 9}\nsummary: S\nfacts:{facts}"
        files[f"comparisons/t{one}-vs-t{other}.yaml"] = (
            f"technologies: [t{one}, t{other}]\nrelation: layers\nsummary: S\nreviewed: 2026-11-22\n"
            f"criteria: [{{group: G, rows: [{rows}]}}]\n"
        )
    return files


@pytest.mark.slow
def test_a_thousand_technologies_and_comparisons(catalogue: Callable[[Mapping[str, str]], Loaded]) -> None:
    files = records(1000)
    began = time.process_time()
    small, problems = catalogue(files)
    for id_ in small.comparisons:
        assert len(query.related(small, id_)) == 6
        assert query.comparison_table(small, id_)
    assert problems == []
    assert len(small.comparisons) == 1000
    assert time.process_time() - began < 30, "a few seconds are normal"
