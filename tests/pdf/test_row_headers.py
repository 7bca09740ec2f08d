"""The first cells of rows are headers in the structure of a PDF, and the file stays sound."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pdfs import Pdf
from sphinx_versus.pdf.typesetter.compiler import Typesetter, find_fonts
from sphinx_versus.pdf.typesetter.row_headers import mark_row_headers

MAIN = """#table(columns: 3,
  table.header[c1][c2][c3],
  table.cell(rowspan: 2)[r1], [a], [b],
  [c], [d],
  [r2], table.cell(colspan: 2)[e],
)
#table(columns: 2, [f], [g])
#table(columns: 2, [r3], [h])
"""


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Three tables as they come from the typesetter."""
    return typeset(tmp_path_factory.mktemp("tables"), MAIN)


def typeset(folder: Path, markup: str) -> bytes:
    """A PDF as it comes from the typesetter."""
    (folder / "main.typ").write_text('#set document(title: "x")\n#set text(lang: "en")\n' + markup, encoding="utf-8")
    found, said = Typesetter(folder, find_fonts({}, ()), 0).typeset(folder / "main.typ", {})
    assert said == []
    return found


def saved(pdf: bytes, folder: Path) -> Pdf:
    (folder / "x.pdf").write_bytes(pdf)
    return Pdf(folder / "x.pdf")


def headers(pdf: Pdf) -> list[tuple[str, str, int]]:
    """For each cell its role, its scope, and how many headers it names."""
    cells = [element for element in pdf.elements if str(element.S) in {"/TH", "/TD"}]
    told = [next(iter(cell.get("/A", [])), pikepdf.Dictionary()) for cell in cells]
    return [
        (str(cell.S)[1:], str(one.get("/Scope", "/"))[1:], len(one.get("/Headers", [])))
        for cell, one in zip(cells, told, strict=True)
    ]


def test_rows_have_headers(pdf: bytes, tmp_path: Path) -> None:
    marked = saved(mark_row_headers(pdf, [1, 0, 1]), tmp_path)
    cells = headers(marked)
    assert cells[:3] == [("TH", "Column", 0)] * 3
    assert cells[3:6] == [("TH", "Row", 1), ("TD", "", 2), ("TD", "", 2)]
    assert cells[6:8] == [("TD", "", 2), ("TD", "", 2)], "the header spans over this row too"
    assert cells[8:10] == [("TH", "Row", 1), ("TD", "", 3)]
    assert [role for role, _scope, _headers in cells[10:]] == ["TD", "TD", "TH", "TD"]


def test_names_lead_to_their_cells(pdf: bytes, tmp_path: Path) -> None:
    marked = saved(mark_row_headers(pdf, [1, 0, 1]), tmp_path)
    tree = marked.root.StructTreeRoot.IDTree.Names
    names = [bytes(name) for name in list(tree)[::2]]
    assert names == sorted(names)
    assert [bytes(cell.ID) for cell in list(tree)[1::2]] == names


@pytest.mark.parametrize(
    ("beside", "names"),
    [
        ("", [b"R0000001"]),
        ("Words.#footnote[A note.]", [b"Note 1", b"R0000001"]),
        ('#math.equation(alt: "/K[9 0 R] (1) >>", $ x $)', [b"R0000001"]),
    ],
)
def test_what_stands_beside_a_table(tmp_path: Path, beside: str, names: list[bytes]) -> None:
    """Notes have names, too, and all names are in their order; an alternative text may look like a part of the file."""
    found = typeset(tmp_path, f"{beside}\n#table(columns: 2, [r1], [a])\n")
    marked = saved(mark_row_headers(found, [1]), tmp_path)
    assert [bytes(name) for name in list(marked.root.StructTreeRoot.IDTree.Names)[::2]] == names
    assert headers(marked) == [("TH", "Row", 0), ("TD", "", 1)]


def test_the_file_stays_sound(pdf: bytes) -> None:
    marked = mark_row_headers(pdf, [1, 0, 1])
    with pikepdf.open(io.BytesIO(marked), attempt_recovery=False) as file:
        assert file.check_pdf_syntax() == []
    with pypdfium2.PdfDocument(marked) as document:
        assert "r1" in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize("stubs", [[], [0, 0, 0], [1, 1]])
def test_what_was_not_expected_is_left_as_it_is(pdf: bytes, stubs: list[int]) -> None:
    assert mark_row_headers(pdf, stubs) == pdf
