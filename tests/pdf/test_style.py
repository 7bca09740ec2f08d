"""The style lays out what a page of any length may bring: nothing on top of something else, nothing in the margin."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from sphinx_versus.pdf.builder import STYLE
from sphinx_versus.pdf.palette import for_print
from sphinx_versus.pdf.syntax import Code, call, content
from sphinx_versus.pdf.typesetter.compiler import Typesetter, find_fonts

MAIN = """#import "/style/versus.typ": *
#set page(width: 400pt, height: 300pt, margin: 30pt)
#set text(size: 10pt)
"""


def lines_of(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """The boxes of the lines of text on each page: left, bottom, right, top."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage() for page in document]
        return [[text.get_rect(number) for number in range(text.count_rects())] for text in texts]


@pytest.fixture
def typesetter(tmp_path: Path) -> Typesetter:
    (tmp_path / "style").mkdir()
    for path in STYLE.glob("*.typ"):
        (tmp_path / "style" / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "style" / "palette.json").write_text(json.dumps(for_print()), encoding="utf-8")
    return Typesetter(tmp_path, find_fonts({}, ()), 0)


@pytest.mark.parametrize("room", [0, 20, 40, 170])
@pytest.mark.parametrize("longest", [5, 20])
@pytest.mark.parametrize("number", [24, 44])
def test_sources_stand_beside_and_below_each_other(
    typesetter: Typesetter, tmp_path: Path, room: int, longest: int, number: int
) -> None:
    """Also where hardly anything fits on the page on which they begin."""
    items = [
        content(f"Source number {at} " + "with some more words " * (longest - at % longest)) for at in range(number)
    ]
    text = f"{MAIN}#v({240 - room}pt)\n{call('sources', items=items, start=1)}\n"
    (tmp_path / "main.typ").write_text(text, encoding="utf-8")
    pdf, said = typesetter.typeset(tmp_path / "main.typ", {"config": "{}"}, standard="")
    assert said == []
    for page in lines_of(pdf):
        assert all(bottom > 28 and right < 372 for _left, bottom, right, _top in page)
        starts = sorted((round(left > 200), top) for left, _bottom, _right, top in page)
        gaps = [b[1] - a[1] for a, b in pairwise(starts) if a[0] == b[0]]
        assert all(gap < 1 or gap > 5 for gap in gaps)


def typeset(typesetter: Typesetter, tmp_path: Path, text: str) -> list[list[tuple[float, float, float, float]]]:
    (tmp_path / "main.typ").write_text(MAIN + text, encoding="utf-8")
    pdf, said = typesetter.typeset(tmp_path / "main.typ", {"config": "{}"}, standard="")
    assert said == []
    return lines_of(pdf)


def test_a_single_source_stands_on_the_left(typesetter: Typesetter, tmp_path: Path) -> None:
    (page,) = typeset(typesetter, tmp_path, call("sources", items=[content("The only source")], start=1))
    assert {left < 200 for left, _bottom, _right, _top in page} == {True}


def test_a_few_sources_stand_in_two_columns_of_one_height(typesetter: Typesetter, tmp_path: Path) -> None:
    items = [content(f"Source {number} " + "word " * 20 * (number == 0)) for number in range(9)]
    (page,) = typeset(typesetter, tmp_path, f"{call('sources', items=items, start=1)}\n")
    lowest = [min(line[1] for line in page if (line[0] > 200) is side) for side in (False, True)]
    assert abs(lowest[0] - lowest[1]) < 20


@pytest.mark.parametrize("room", [0, 130, 200])
def test_two_sides_stand_beside_each_other_on_one_page(typesetter: Typesetter, tmp_path: Path, room: int) -> None:
    bodies = [content("words of a side " * 20), content("fewer " * 20)]
    pages = typeset(typesetter, tmp_path, f"#v({room}pt)\n{call('sides', bodies=bodies, keep=True)}\n")
    (page,) = [page for page in pages if page]
    tops = [max(top for left, _bottom, _right, top in page if (left > 200) is side) for side in (False, True)]
    assert abs(tops[0] - tops[1]) < 1


def side(reasons: int, words: int) -> Code:
    """A side of a drawing; each of its reasons rests on the row of its number."""
    found = ", ".join(f"(body: [Reason {number} {'word ' * words}], rows: ({number},))" for number in range(reasons))
    return Code(f"(head: [Choose it if …], reasons: ({found},))")


@pytest.mark.parametrize("room", [0, 100])
def test_a_drawing_of_the_reasons_is_on_one_page_and_within_it(
    typesetter: Typesetter, tmp_path: Path, room: int
) -> None:
    rows = [content(f"Row {number}") for number in range(4)]
    drawn = call("decision", sides=[side(4, 3), side(2, 12)], rows=rows)
    pages = typeset(typesetter, tmp_path, f"#v({room}pt)\n{drawn}\n")
    (page,) = [page for page in pages if page]
    assert all(left > 28 and bottom > 28 and right < 372 for left, bottom, right, _top in page)


def test_reasons_that_no_page_holds_stand_below_each_other(typesetter: Typesetter, tmp_path: Path) -> None:
    drawn = call("decision", sides=[side(2, 200), side(2, 5)], rows=[content("Row"), content("Row")])
    pages = typeset(typesetter, tmp_path, drawn + "\n")
    assert len(pages) > 1
    assert all(bottom > 28 for page in pages for _left, bottom, _right, _top in page)


@pytest.mark.parametrize(("words", "is_whole"), [(150, True), (900, False)])
def test_a_long_card_breaks_only_if_no_page_holds_it(
    typesetter: Typesetter, tmp_path: Path, words: int, is_whole: bool
) -> None:
    card = call("misconception-card", "word " * words, keep=False)
    first, *others = typeset(typesetter, tmp_path, f"#v(150pt)\n{card}\n")
    assert others
    assert (first == []) is is_whole
    assert (len(others) == 1) is is_whole


@pytest.mark.parametrize("room", range(0, 220, 20))
def test_a_foot_of_one_line_stays_with_the_last_row(typesetter: Typesetter, tmp_path: Path, room: int) -> None:
    rows = [Code(f"cell[row {number}], cell[words]") for number in range(4)]
    arguments = {"columns": [Code("1fr"), Code("1fr")], "head": [Code("[a]"), Code("[b]")], "body": rows}
    foot = {"foot": content("#differences[All differ.]"), "last": 4}
    text = f"{MAIN}#v({room}pt)\n{call('data-table', **arguments, **foot)}\n"
    (tmp_path / "main.typ").write_text(text, encoding="utf-8")
    pdf, said = typesetter.typeset(tmp_path / "main.typ", {"config": "{}"}, standard="")
    assert said == []
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    (page,) = [page for page in pages if "All differ." in page]
    assert page.index("row 3") < page.index("All differ.")
