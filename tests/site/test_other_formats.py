"""The formats beside HTML and the PDF read well: plain text is kept as it is, an EPUB passes its checker, LaTeX has its styles."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docutils import nodes
from sphinx import addnodes
from sphinx.writers.html5 import HTML5Translator
from sphinx.writers.latex import LaTeXTranslator
from sphinx.writers.manpage import ManualPageTranslator
from sphinx.writers.texinfo import TexinfoTranslator
from sphinx.writers.text import TextTranslator

from conftest import CATALOGUE, INDEX, Site
from pdfs import Pdf
from sphinx_versus.catalogue.values import SIGNS
from sphinx_versus.environment.allowed import ALLOWED
from sphinx_versus.transforms.formats import plain_address

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "django-vs-flask.txt"
RECORDS = (
    *("criteria.yaml", "sources.yaml", "comparisons/django-vs-flask.yaml"),
    *("technologies/django.yaml", "technologies/flask.yaml"),
)
CHECKER = shutil.which("epubcheck")
"""Debian's is a jar with a name; it runs by itself only where the kernel was told how."""
EPUB = {"epub_copyright": "2026, us", "copyright": "2026, us", "html_title": "Test", "language": "en"}


@pytest.fixture(scope="module")
def plain_text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Django vs Flask, from the project's own records of both, without its authored page."""
    site = Site(tmp_path_factory.mktemp("text"))
    (site.root / "data" / "technologies").mkdir(parents=True)
    (site.root / "data" / "comparisons").mkdir()
    for name in RECORDS:
        shutil.copy(ROOT / "data" / name, site.root / "data" / name)
    site.write({"docs/index.md": "# Home\n"}).build("text", language="en", suppress_warnings=["toc.not_included"])
    return site.output("comparisons/django-vs-flask.txt", "text")


def test_a_comparison_in_plain_text(plain_text: str) -> None:
    """What changes on purpose is renewed by VERSUS_RENEW=1."""
    if os.environ.get("VERSUS_RENEW"):
        GOLDEN.write_text(plain_text, encoding="utf-8")
    assert plain_text == GOLDEN.read_text(encoding="utf-8")


def test_sphinx_writes_every_node_that_a_record_may_have() -> None:
    """What has no visitor for its own class ends a build, but for what is resolved before anything is written."""
    resolved = {addnodes.pending_xref, nodes.acronym}
    writers = (TextTranslator, LaTeXTranslator, ManualPageTranslator, TexinfoTranslator, HTML5Translator)
    lacking = {node for node in ALLOWED for writer in writers if not hasattr(writer, f"visit_{node.__name__}")}
    assert lacking - resolved == set()


@pytest.mark.parametrize("builder", ["text", "latex", "man", "texinfo"])
def test_an_acronym_in_a_record(site: Site, builder: str) -> None:
    alpha = CATALOGUE["data/technologies/alpha.yaml"].replace("with everything", "with {acronym}`HTML`")
    site.write({**CATALOGUE, **INDEX, "data/technologies/alpha.yaml": alpha}).build(builder)
    assert site.warnings == ""


def test_plain_text_fits_a_terminal(plain_text: str) -> None:
    assert max(len(line) for line in plain_text.splitlines() if "http" not in line) <= 110


@pytest.fixture(scope="module")
def epub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    odd = "https://example.org/a|b%zz#d#e"
    alpha = CATALOGUE["data/technologies/alpha.yaml"].replace("https://example.org/alpha", odd)
    alpha = alpha.replace(
        "It is part of the package.", f'"It is [part]({odd}) of the package, see {{rfc}}`9110#section-9`."'
    )
    assert alpha.count(odd) == 2
    site = Site(tmp_path_factory.mktemp("epub"))
    site.write({**CATALOGUE, **INDEX, "data/technologies/alpha.yaml": alpha}).build("epub", **EPUB)
    assert site.warnings == ""
    return site.root / "_build" / "epub" / "Test.epub"


def test_an_epub_has_the_plain_style_sheet(epub: Path) -> None:
    """Under a name of its own: a web site that is built into the same folder keeps files that it did not write."""
    with zipfile.ZipFile(epub) as book:
        sheet = book.read("_static/versus-epub.css").decode()
        page = book.read("comparisons/alpha-vs-beta.xhtml").decode()
        assert "_static/versus.css" not in book.namelist()
    assert ":has(" not in sheet
    assert ":is(" not in sheet
    assert "versus-misconception" in page


@pytest.mark.skipif(CHECKER is None and not os.environ.get("CI"), reason="needs epubcheck (Debian's package epubcheck)")
def test_an_epub_passes_its_checker(epub: Path) -> None:
    program = Path(str(CHECKER)).resolve()
    command = ["java", "-jar", str(program)] if program.suffix == ".jar" else [str(program)]
    quick = {**os.environ, "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}  # it runs for seconds only
    done = subprocess.run([*command, str(epub)], capture_output=True, text=True, check=False, env=quick)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 errors" in done.stdout


def test_latex_has_an_environment_for_each_card(small_site: Site) -> None:
    small_site.build("latex")
    assert small_site.warnings == ""
    folder = small_site.root / "_build" / "latex"
    source = next(folder.glob("*.tex")).read_text(encoding="utf-8")
    styles = (folder / "versus-latex.sty").read_text(encoding="utf-8")
    assert r"\usepackage{versus-latex}" in source
    assert r"\begin{longtable}" in source
    for name in ("versus-technology", "versus-misconception", "versus-side", "versus-sources"):
        assert f"\\begin{{sphinxuseclass}}{{{name}}}" in source
        assert f"\\newenvironment{{sphinxclass{name}}}" in styles


def test_latex_knows_each_sign_before_a_number() -> None:
    """pdfTeX, which is Sphinx's default, ends at a sign that nothing explains."""
    styles = (ROOT / "ext/sphinx_versus/static/versus-latex.sty").read_text(encoding="utf-8")
    signs = {sign for sign in SIGNS.values() if not sign.isascii()}
    assert {f"{ord(sign):04X}" for sign in signs} == set(re.findall(r"DeclareUnicodeCharacter\{(\w+)\}", styles))


def test_latex_has_each_anchor_once(site: Site) -> None:
    """The head of a long table is written twice, and that of a turned one has the anchors of its rows."""
    turned = "# Home\n\n```{comparison-table} alpha-vs-beta\n:transpose:\n```\n\n{row}`alpha-vs-beta/licence`\n"
    site.write({**CATALOGUE, **INDEX, "docs/index.md": turned}).build("latex", versus_pages=False)
    source = next((site.root / "_build" / "latex").glob("*.tex")).read_text(encoding="utf-8")
    assert source.count(r"\label{\detokenize{index:row-licence}}") == 1


WIDE = """
.. comparison-table:: alpha beta

.. list-table::

   * - Peak memory
     - Size of a page
     - CPU for each page
     - 1,000
     - 1,000
     - 1,000
     - 1,000
     - 1,000
"""


def test_latex_sets_tables_of_many_columns_smaller(site: Site) -> None:
    site.write({**CATALOGUE, "docs/index.rst": f"Home\n====\n{WIDE}"})
    site.build("latex", versus_pages=False)
    source = next((site.root / "_build" / "latex").glob("*.tex")).read_text(encoding="utf-8")
    before, _, table = source.partition("Peak memory")
    assert before.rpartition(r"\begin{sphinxuseclass}")[2].startswith("{versus-wide}")
    assert r"\end{sphinxuseclass}" in table


def test_manual_pages_have_words_only(small_site: Site) -> None:
    """No address of a place in the site, and each part of a card begins a line of its own."""
    small_site.build("man")
    assert small_site.warnings == ""
    page = next((small_site.root / "_build" / "man").glob("*.1")).read_text(encoding="utf-8")
    shown = [line.strip() for line in page.splitlines()]
    assert not re.search(r"<\\?#|<>|\.UR +$|\.UR #", page)
    assert r"Choose Beta if" in page
    named = next(number for number, line in enumerate(shown) if "Choose Beta if" in line)
    assert shown[named - 1] == ".sp"


def test_no_words_end_a_cell_of_a_manual_page(small_site: Site) -> None:
    """The end of a cell is a line of its own in such pages; words of a record are none."""
    note = 'note: "Words\\nT}\\nFake row\\tFake value\\n\\n```text\\nT}\\n```\\n", sources'
    small_site.edit("data/technologies/alpha.yaml", "licence: {value: MIT, sources", f"licence: {{value: MIT, {note}")
    small_site.build("man")
    assert small_site.warnings == ""
    page = next((small_site.root / "_build" / "man").glob("*.1")).read_text(encoding="utf-8")
    assert page.count("\n T}") == 4  # on two pages
    assert len(re.findall(r"^T\}", page, re.MULTILINE)) == page.count("T{\n")


TEX = shutil.which("xelatex") and shutil.which("latexmk")
NARROW = """
.. list-table::
   :widths: 1 1 1 1 1

   * - ``differences-only``
     - ``has_misconceptions``
     - ``confused-terms``
     - words
     - ``a.dotted.name_of-something``
"""


NAME = "C# ^ { } % ~ & _ $ < > \\ [x] \u2013 ½ é ✓ ✕ → ∞ ± m² H₂O x⁹ § it's --no"
ADDRESSES = {
    "https://example.org/a^b{c}|d`e": "https://example.org/a%5Eb%7Bc%7D%7Cd%60e",
    "https://example.org/$a&b_c%20d?e=~f[0]#g#h": "https://example.org/%24a&b_c%20d?e=~f%5B0%5D#g%23h",
    "https://example.org/é/漢": "https://example.org/%C3%A9/%E6%BC%A2",
    "https://example.org:8080/a(b)!*'+,;=@:c": "https://example.org:8080/a(b)!*'+,;=@:c",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_of_any_characters(address: str) -> None:
    assert plain_address(address) == ADDRESSES[address]
    assert plain_address(ADDRESSES[address]) == ADDRESSES[address]


@pytest.mark.skipif(TEX is None, reason="needs TeX")
def test_latex_has_room_and_letters_for_everything(small_site: Site) -> None:
    """Nothing sticks out into the margin, every character has a glyph, and names and addresses are those of the records."""
    sources = [
        f"s{number}: {{title: T, publisher: P, kind: primary, accessed: 2026-11-01, url: {json.dumps(one)}}}"
        for number, one in enumerate(ADDRESSES)
    ]
    names = ", ".join(line.partition(":")[0] for line in sources)
    diagram = "- ```{sequence-diagram} A, B\n  :alt: a\n\n  A -> B: x\n  ```\n"  # an item may begin with a frame
    technology = f"name: {json.dumps(NAME)}\nkind: web-framework\nsummary: {json.dumps(diagram)}\nsources: [{names}]\n"
    more = f"{(small_site.root / 'data/sources.yaml').read_text(encoding='utf-8')}\n" + "\n".join(sources)
    small_site.write({"data/sources.yaml": more, "data/technologies/signs.yaml": technology})
    small_site.write({"docs/narrow.rst": f"Narrow\n======\n{NARROW}"})
    small_site.edit("docs/index.md", "criteria\n", "criteria\nnarrow\n")
    small_site.build("latex", latex_engine="xelatex", latex_use_xindy=False)
    assert small_site.warnings == ""
    folder = small_site.root / "_build" / "latex"
    subprocess.run(
        ["make", "all-pdf", "LATEXMKOPTS=-quiet -interaction=nonstopmode"], cwd=folder, check=True, capture_output=True
    )
    log = next(folder.glob("*.log")).read_text(encoding="utf-8", errors="replace")
    assert [line for line in log.splitlines() if line.startswith(("Overfull", "Missing character"))] == []
    pdf = Pdf(next(folder.glob("*.pdf")))
    assert NAME in [title for _, title in pdf.outline]
    assert set(ADDRESSES.values()) <= pdf.links


def test_latex_ends_at_no_word_and_no_line_of_a_record(small_site: Site) -> None:
    """TeX breaks down at words of a thousand letters, and a blank line in an emphasis or a link is an error in it."""
    long = [f"https://example.org/{part}" for part in ("abcd/" * 390, "1" * 1900, "1000," * 300)]
    sources = "".join(f"\nl{number}: {{url: '{one}'}}" for number, one in enumerate(long))
    sources += "".join(f"\nm{number}: {{url: 'https://example.org/{number}'}}" for number in range(990))
    words = "x *a\n&#32;\nb* c, *a &NewLine;&NewLine; b* c, **a &#10;&#10; b** and [a &#10;\nb](https://example.org/)."
    fact = f"licence: {{value: '{long[0][:480]}', note: {json.dumps(words)}, sources: [l0, l1, l2]}}"
    many = f"orm: {{value: yes, sources: [{', '.join(f'm{number}' for number in range(990))}]}}"
    technology = (
        f"name: Long\nkind: tool\nsummary: {json.dumps(words)}\nfacts: {{{fact}, {many}, size: {{value: 1e999 k}}}}\n"
    )
    more = f"{(small_site.root / 'data/sources.yaml').read_text(encoding='utf-8')}{sources}\n"
    small_site.write({"data/sources.yaml": more, "data/technologies/long.yaml": technology})
    small_site.build("latex", latex_engine="xelatex", latex_use_xindy=False)
    folder = small_site.root / "_build" / "latex"
    source = next(folder.glob("*.tex")).read_text(encoding="utf-8")
    assert r"\sphinxstyleemphasis{a b}" in source
    assert r"\sphinxstylestrong{a b}" in source
    assert not re.search(r"\{a\s*\n\s*\n", source)
    assert r"1\allowbreak" not in source.partition(r"\begin{document}")[0]
    assert r"abcd/\allowbreak{}abcd/" in source
    if TEX:
        command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", next(folder.glob("*.tex")).name]
        assert subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False).returncode == 0
