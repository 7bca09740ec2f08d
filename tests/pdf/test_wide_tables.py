"""Tables of many columns on paper: in parts, with every word in its place."""

from __future__ import annotations

from itertools import combinations

import pypdfium2
import pytest

from conftest import Site
from many import round_up
from pdfs import Pdf, build_pdf

A4 = 595, 842
MARGIN = 40
Box = tuple[float, float, float, float]
"""Left, bottom, right and top of a line of words."""
WIDE = "\n".join(
    "| " + " | ".join(f"{word}{row}-{column}" for column in range(20)) + " |" + rule
    for row, word, rule in ((0, "Head", "\n" + "|---" * 20 + "|"), (1, "Unbreakablelonganswer", ""))
)
INDEX = f"""
# Home

```{{toctree}}
comparisons/index
matrix
```

## Turned

```{{comparison-table}} all
:transpose:
:technologies: t0 t1 t2 t3 t4 t5 t6
```

## Written

{WIDE}
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    """A round-up of thirty, the matrix of its pairs, and a table that somebody wrote."""
    site = Site(tmp_path_factory.mktemp("wide")).write({**round_up(30), "docs/index.md": INDEX})
    book = build_pdf(site)
    assert site.warnings == ""
    return book


def boxes(book: Pdf) -> list[list[Box]]:
    """Where the words of each page are."""
    with pypdfium2.PdfDocument(book.path) as document:
        texts = [page.get_textpage() for page in document]
        return [[text.get_rect(number) for number in range(text.count_rects())] for text in texts]


def overlap(one: Box, other: Box) -> float:
    """The smaller side of what two boxes share."""
    width, height = (min(one[at + 2], other[at + 2]) - max(one[at], other[at]) for at in (0, 1))
    return min(width, height)


def test_nothing_is_on_top_of_something_else_or_leaves_the_page(book: Pdf) -> None:
    for number, page in enumerate(boxes(book), 1):
        assert all(left > MARGIN and right < A4[0] - MARGIN for left, _bottom, right, _top in page), number
        assert [pair for pair in combinations(page, 2) if overlap(*pair) > 1.5] == [], (number, book.pages[number - 1])


def test_parts_repeat_the_first_column_and_say_which_they_are(book: Pdf) -> None:
    assert book.letters.count("Head0-0".replace("-", "")) == 4
    assert [book.letters.count(f"Part{part}of4") for part in range(1, 6)] == [1, 1, 1, 1, 0]
    for column in range(1, 20):
        assert book.letters.count(f"Unbreakablelonganswer1{column}") >= 1


def test_a_round_up_of_many_is_complete(book: Pdf) -> None:
    for number in (0, 29):
        assert book.letters.count(f"{10 * number + 5}MB") >= 1
