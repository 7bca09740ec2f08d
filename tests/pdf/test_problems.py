"""What can go wrong on the way to a PDF is told with its place, and the rest is still made."""

from __future__ import annotations

import re

import pytest

from conftest import Site
from pdfs import Pdf, build_pdf, letters


def test_a_character_that_no_font_has_is_told_with_its_place(small_site: Site) -> None:
    small_site.edit("data/technologies/beta.yaml", "Through an extension.", "Through 漢字.")
    pdf = build_pdf(small_site)
    told = (
        'data/technologies/beta.yaml:6:39: WARNING: [missing-glyph] no font of the PDF has "字漢" (U+5B57 CJK UNIFIED '
        "IDEOGRAPH-5B57, U+6F22 CJK UNIFIED IDEOGRAPH-6F22); their numbers are shown instead; a font in "
        "versus_pdf_font_path that has them is used by itself [versus.missing-glyph]"
    )
    assert small_site.warnings.splitlines() == [told]
    assert "[U+6F22]" in pdf.letters
    assert bool(pdf.root.MarkInfo.Marked)


def test_a_missing_character_is_told_once_by_several_processes(small_site: Site) -> None:
    small_site.edit("data/technologies/beta.yaml", "Through an extension.", "Through 漢.")
    small_site.build("versus-pdf", parallel=2, versus_pdf_volumes="book,comparisons,kinds")
    (told,) = small_site.warnings.splitlines()
    assert told.startswith("data/technologies/beta.yaml:6:39: WARNING: [missing-glyph]")
    folder = small_site.root / "_build" / "versus-pdf"
    assert all("[U+6F22]" in Pdf(path).letters for path in folder.rglob("*.pdf"))


def test_what_the_fonts_have(small_site: Site) -> None:
    words = "العربية · עברית · Ελληνικά · русский · → ← ≤ ≥ ✓ ∞ · naïve façade Łódź"
    small_site.edit("data/technologies/beta.yaml", "Through an extension.", f"Through {words}.")
    small_site.build("versus-pdf", versus_pdf_volumes="comparisons")
    assert small_site.warnings == ""


def test_an_error_of_the_typesetter_has_its_place(small_site: Site) -> None:
    small_site.write({"docs/raw.rst": "Raw\n===\n\nWords.\n\n.. raw:: typst\n\n   #nonsense()\n"})
    small_site.edit("docs/index.md", "criteria\n", "criteria\nraw\n")
    small_site.build("versus-pdf")
    assert re.match(
        r"docs/raw\.rst:\d+:1: WARNING: \[not-typeset\] the typesetter says: unknown variable: nonsense "
        r"\(pages/raw\.typ:\d+\); Test\.pdf is not written",
        small_site.warnings,
    )
    assert not (small_site.root / "_build" / "versus-pdf" / "Test.pdf").exists()


STRANGE = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

class strange(nodes.General, nodes.Element):
    pass

class Strange(SphinxDirective):
    def run(self):
        node = strange("", nodes.paragraph("", "kept words"))
        self.set_source_info(node)
        return [node]

def setup(app):
    app.add_node(strange)
    app.add_directive("strange", Strange)
    return {"parallel_read_safe": True}
"""


def test_an_unknown_node_keeps_its_text_and_is_told_once(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(small_site.root)
    small_site.edit("conf.py", '"sphinx_versus"]', '"sphinx_versus", "strange_nodes"]')
    small_site.write({"strange_nodes.py": STRANGE, "docs/odd.md": "# Odd\n\n```{strange}\n```\n\n```{strange}\n```\n"})
    small_site.edit("docs/index.md", "criteria\n", "criteria\nodd\n")
    pdf = build_pdf(small_site)
    (told,) = small_site.warnings.splitlines()
    assert "docs/odd.md:3:1: WARNING: [not-typeset] the node 'strange' is unknown to the PDF" in told
    assert pdf.letters.count(letters("kept words")) == 2


def test_values_that_do_not_fit(small_site: Site) -> None:
    build_pdf(small_site, versus_pdf_paper="a3x", versus_pdf_volumes="book,comics", versus_pdf_fonts={"text": "Nope"})
    assert [line.partition("; ")[0] for line in small_site.warnings.splitlines()] == [
        "conf.py:1:1: WARNING: [invalid-config] versus_pdf_volumes has 'comics'",
        "conf.py:1:1: WARNING: [invalid-config] versus_pdf_paper has 'a3x'",
        'conf.py:1:1: WARNING: [invalid-config] there is no font "Nope" for text',
    ]
