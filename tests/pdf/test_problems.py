"""What can go wrong on the way to a PDF is told with its place, and the rest is still made."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import CATALOGUE, Site
from pdfs import Pdf, build_pdf, letters
from sphinx_versus.config import FONT_USES
from sphinx_versus.pdf import workers
from sphinx_versus.pdf.typesetter.compiler import FONTS, Remark, find_fonts


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


@pytest.mark.parametrize("text", ["漢" * 600, "x漢" * 490])
def test_many_characters_that_no_font_has_cost_no_page(small_site: Site, text: str) -> None:
    """The typesetter ends where some four hundred of them are in a paragraph and each is replaced by itself."""
    small_site.edit("data/technologies/beta.yaml", "Beta is a small framework.", text)
    pdf = build_pdf(small_site)
    assert "not-typeset" not in small_site.warnings
    assert pdf.letters.count("[U+6F22]") >= 50
    assert pdf.letters.count("[U+6F22]") == 50 * pdf.letters.count("[…]")


def test_the_words_of_a_text_in_several_lines_are_those_of_the_record(small_site: Site) -> None:
    words = "one two six ten " * 40 + "x" * 490
    small_site.edit("data/technologies/alpha.yaml", "Alpha is as fast as its queries.", words)
    pdf = build_pdf(small_site)
    assert "".join(words.split()) in pdf.letters


def test_characters_that_need_no_glyph_are_not_missing(small_site: Site) -> None:
    """Beside others that no font has, the typesetter reports them as well."""
    small_site.edit("data/technologies/beta.yaml", "Through an extension.", "Through 漢\ufe0f\u200b漢\u2060漢\u200d漢.")
    pdf = build_pdf(small_site)
    assert small_site.warnings.count("U+") == 1
    assert 'no font of the PDF has "漢" (U+6F22' in small_site.warnings
    assert "Through[U+6F22][U+6F22][U+6F22][U+6F22]." in pdf.letters


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
        r"docs/raw\.rst:6:1: WARNING: \[not-typeset\] the typesetter says: unknown variable: nonsense "
        r"\(pages/[0-9a-f]+\.typ:\d+\); a remark takes the place of the page in Test\.pdf",
        small_site.warnings,
    )


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


def test_every_font_of_the_typesetter_can_be_chosen() -> None:
    assert tuple(FONTS) == FONT_USES


def test_values_that_do_not_fit(small_site: Site) -> None:
    fonts = {"text": "Nope", "mono": "x" * 5_000}
    values = {"versus_pdf_paper": "a3x", "versus_pdf_volumes": "book,comics", "versus_pdf_font_path": ["y" * 5_000]}
    build_pdf(small_site, versus_pdf_fonts=fonts, **values)
    lines = re.sub(r"([xy])[^ ]* … [^\"']*", r"\1…", small_site.warnings).splitlines()
    assert [line.partition("; ")[0] for line in lines] == [
        "conf.py:1:1: WARNING: [invalid-config] versus_pdf_volumes: 'comics' is none of them",
        "conf.py:1:1: WARNING: [invalid-config] versus_pdf_paper = 'a3x'",
        "conf.py:1:1: WARNING: [invalid-config] versus_pdf_fonts['mono'] = 'x…'",
        'conf.py:1:1: WARNING: [invalid-config] versus_pdf_font_path: there is no folder "y…"',
        'conf.py:1:1: WARNING: [invalid-config] versus_pdf_fonts: there is no font "Nope" for text',
    ]


RAW = "\n\n```{{raw}} typst\n{}\n```\n"
"""Markup that the typesetter refuses, as an error of a handler would be."""


def pdfs(site: Site) -> dict[str, Path]:
    """The PDFs of a site by name."""
    folder = site.root / "_build" / "versus-pdf"
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.rglob("*.pdf")}


@pytest.fixture
def three_pages(site: Site) -> Site:
    """A home page, one of the handwritten kind, and a comparison's."""
    toctree = "# Home\n\n```{toctree}\ngood\nbad\ncomparisons/alpha-vs-beta\n```\n"
    site.write({**CATALOGUE, "docs/index.md": toctree, "docs/good.md": "# Good\n\nGood words.\n"})
    return site.write({"docs/bad.md": "# Bad\n\nWords of the bad page.\n"})


@pytest.mark.parametrize(
    ("markup", "line", "said", "parallel"),
    [
        ("#nonsense()", 5, "unknown variable: nonsense", 1),
        ("]", 5, "unexpected closing bracket", 2),
        ("#let f(n) = if n == 0 [x] else { quotation-block(f(n - 1)) }\n#f(60)", 1, "maximum layout depth exceeded", 1),
    ],
)
def test_a_page_that_cannot_be_typeset_costs_itself(
    three_pages: Site, markup: str, line: int, said: str, parallel: int
) -> None:
    three_pages.edit("docs/bad.md", "page.\n", f"page.{RAW.format(markup)}")
    three_pages.edit("docs/good.md", "words.\n", "words.\n\nSee [](bad.md).\n")
    pdf = build_pdf(three_pages, parallel=parallel, versus_pdf_volumes="book,comparisons")
    (warning,) = three_pages.warnings.splitlines()
    assert warning.startswith(f"docs/bad.md:{line}:1: WARNING: [not-typeset] the typesetter says: {said}")
    assert "; a remark takes the place of the page in Test.pdf" in warning
    assert letters("Good words. See Bad") in pdf.letters
    assert letters("This page could not be typeset.") in pdf.letters
    assert letters("Words of the bad page.") not in pdf.letters
    assert pdf.page_of("Choose Alpha if …") > 1
    assert set(pdfs(three_pages)) == {"Test", "comparisons/alpha-vs-beta"}
    assert three_pages.app.statuscode == 0


def test_a_pdf_that_is_not_written_is_an_error(three_pages: Site) -> None:
    three_pages.build("versus-pdf", versus_pdf_volumes="comparisons,book")
    before = {name: path.read_bytes() for name, path in pdfs(three_pages).items()}
    assert set(before) == {"Test", "comparisons/alpha-vs-beta"}
    page = f"# Alpha and Beta{RAW.format('#nonsense()')}"
    three_pages.write({"docs/comparisons/alpha-vs-beta.md": page})
    three_pages.build("versus-pdf", versus_pdf_volumes="comparisons,book")
    told = [line for line in three_pages.warnings.splitlines() if "ERROR" in line]
    assert len(told) == 1
    assert told[0].startswith("docs/comparisons/alpha-vs-beta.md:1:1: ERROR: [not-typeset] no page of comparisons/")
    assert "comparisons/alpha-vs-beta.pdf is not written; the one of an earlier build stays" in told[0]
    assert three_pages.app.statuscode == 1
    now = pdfs(three_pages)
    assert now["comparisons/alpha-vs-beta"].read_bytes() == before["comparisons/alpha-vs-beta"]
    assert letters("This page could not be typeset") in Pdf(now["Test"]).letters
    three_pages.remove("docs/comparisons/alpha-vs-beta.md").build("versus-pdf", versus_pdf_volumes="comparisons,book")
    assert three_pages.warnings == ""
    assert three_pages.app.statuscode == 0


def test_the_pdf_of_a_comparison_that_is_gone_goes(three_pages: Site) -> None:
    record = "data/comparisons/alpha-vs-{}.yaml"
    text = (three_pages.root / record.format("beta")).read_text(encoding="utf-8").replace("beta", "gamma")
    three_pages.write({record.format("gamma"): text})
    three_pages.build("versus-pdf", versus_pdf_volumes="comparisons")
    assert set(pdfs(three_pages)) == {"comparisons/alpha-vs-beta", "comparisons/alpha-vs-gamma"}
    three_pages.write({"_build/versus-pdf/own.pdf": "another's"})
    three_pages.remove(record.format("beta")).build("versus-pdf", versus_pdf_volumes="comparisons")
    assert set(pdfs(three_pages)) == {"comparisons/alpha-vs-gamma", "own"}
    work = three_pages.root / "_build/versus-pdf/_typst"
    assert {path.name for path in (work / "volumes/comparisons").iterdir()} == {
        "alpha-vs-gamma.typ",
        "alpha-vs-gamma.digest",
    }
    assert len(list((work / "pages").iterdir())) == 1
    three_pages.remove(record.format("gamma")).build("versus-pdf", versus_pdf_volumes="comparisons")
    assert set(pdfs(three_pages)) == {"own"}
    assert not (three_pages.root / "_build/versus-pdf/comparisons").exists()


def test_a_file_that_cannot_be_written_costs_one_volume(three_pages: Site) -> None:
    (three_pages.root / "_build/versus-pdf/comparisons/alpha-vs-beta.pdf").mkdir(parents=True)
    three_pages.build("versus-pdf", versus_pdf_volumes="comparisons,book")
    (told,) = three_pages.warnings.splitlines()
    assert "ERROR: [not-typeset]" in told
    assert "directory" in told
    assert not list((three_pages.root / "_build").rglob("*.new"))
    assert three_pages.app.statuscode == 1
    assert letters("Choose Alpha if …") in Pdf(pdfs(three_pages)["Test"]).letters


def test_a_page_at_which_another_extension_fails_costs_itself(three_pages: Site) -> None:
    failing = "\ndef fail(app, tree, docname):\n    if docname == 'bad':\n        raise ValueError('of another')\n"
    three_pages.write({"conf.py": Site.CONF + failing + "def setup(app):\n    app.connect('doctree-resolved', fail)\n"})
    pdf = build_pdf(three_pages)
    (told,) = three_pages.warnings.splitlines()
    assert told.startswith("docs/bad.md:1:1: WARNING: [internal] the PDF builder failed with ")
    assert "of another" in told
    assert letters("This page could not be typeset") in pdf.letters
    assert letters("Good words") in pdf.letters


def test_what_does_not_converge_is_written(three_pages: Site) -> None:
    markup = '#let s = state("s", 1)\n#context s.update(s.final() + 1)\n#context s.get()\n#context s.final()'
    three_pages.edit("docs/bad.md", "page.\n", f"page.{RAW.format(markup)}")
    pdf = build_pdf(three_pages)
    assert "did not converge" in three_pages.warnings
    assert "; Test.pdf is written [" in three_pages.warnings
    assert "ERROR" not in three_pages.warnings
    assert letters("Words of the bad page") in pdf.letters


def test_the_file_at_fault_is_named(three_pages: Site) -> None:
    three_pages.write({"docs/part.txt": "Included.\n\n漢\n", "docs/good.md": "# Good\n\n<!-- 漢 -->\n"})
    text = "Bad\n===\n\nWords\n\n.. include:: part.txt\n\n.. 漢\n\n.. centered:: 字\n"
    three_pages.remove("docs/bad.md").write({"docs/bad.rst": text})
    build_pdf(three_pages)
    places = [line.split(": ")[0] for line in three_pages.warnings.splitlines()]
    assert sorted(places) == ["docs/bad.rst:10:15", "docs/part.txt:3:1"]


def test_a_process_that_ends_costs_what_it_was_typesetting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CODE", "import sys; sys.stdin.buffer.read(3); sys.exit(3)")
    with workers.Workers(tmp_path, find_fonts({}, []), 0, 1) as started:
        results = [started.typeset(tmp_path / "main.typ", {}, ()).result() for _ in range(2)]
    assert results == [(b"", [Remark("its process ended with status 3")])] * 2


def test_an_image_that_cannot_be_read_is_its_words(three_pages: Site) -> None:
    (three_pages.root / "docs" / "dot.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    three_pages.edit("docs/bad.md", "page.\n", "page.\n\n![Words for it](dot.png)\n")
    pdf = build_pdf(three_pages)
    said = "[not-typeset] the image 'dot.png' cannot be read; its words are shown"
    assert three_pages.warnings == f"docs/bad.md:5:1: WARNING: {said} [versus.not-typeset]\n"
    assert letters("page. Words for it") in pdf.letters


def test_two_volumes_of_one_name_are_an_error(three_pages: Site) -> None:
    """The comparisons across kinds have the volume ``kinds/mixed``, and a kind may be called so."""
    record = "data/comparisons/alpha-vs-{}.yaml"
    text = (three_pages.root / record.format("beta")).read_text(encoding="utf-8").replace("beta", "gamma")
    three_pages.write({record.format("gamma"): text.replace("alpha-and-gamma", "other")})
    for name in ("alpha", "beta"):
        three_pages.edit(f"data/technologies/{name}.yaml", "kind: web-framework", "kind: mixed")
    three_pages.build("versus-pdf", versus_pdf_volumes="kinds")
    said = 'ERROR: [page-conflict] the PDF "Across kinds" would be the same file as "Mixed": "kinds/mixed.pdf"; rename'
    assert said in three_pages.warnings
    assert set(pdfs(three_pages)) == {"kinds/mixed"}
    assert letters("Choose Beta if") in Pdf(pdfs(three_pages)["kinds/mixed"]).letters
    assert three_pages.app.statuscode == 1


def test_any_title_is_a_file_name(three_pages: Site) -> None:
    three_pages.build("versus-pdf", project="A: B/C \\ ?\n")
    assert three_pages.warnings == ""
    assert set(pdfs(three_pages)) == {"A--B-C-----"}
