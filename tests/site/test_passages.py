"""What many pages show alike is made and written once, and nobody can tell from the output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx import locale

from conftest import Site
from sphinx_versus.output import passages as output
from sphinx_versus.site import passages

NOTE = "note: It is part of the package."
NOTES = {
    "quotes": """note: 'Its "own" one -- and `a "code"`, <b>bold</b> & *stressed*.'""",
    "list": 'note: "Some:\\n\\n- one\\n- two\\n\\n1. first\\n2. second"',
    "role": "note: 'As in {versus:technology}`beta`, see [its manual](https://example.org/manual).'",
    "slot": 'note: "Private use: \\ue0000l\\ue001."',
}
BUILDERS = ["html", "singlehtml", "latex", "gettext"]


def files_of(site: Site, builder: str) -> dict[str, bytes]:
    """What a build wrote for readers, by name."""
    folder = site.root / "_build" / builder
    names = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return {str(name): (folder / name).read_bytes() for name in names if not name.name.startswith(".")}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of each passage that is made."""
    words: list[str] = []
    seal = passages.seal

    def noted(blocks: list[object]) -> object:
        passage = seal(blocks)  # type: ignore[arg-type]
        words.append(passage.astext())
        return passage

    monkeypatch.setattr(passages, "seal", noted)
    return words


@pytest.mark.parametrize("builder", BUILDERS)
def test_output_is_what_it_is_without_passages(
    small_site: Site, monkeypatch: pytest.MonkeyPatch, made: list[str], builder: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    small_site.edit("data/technologies/alpha.yaml", NOTE, NOTES["quotes"])
    small_site.edit("data/technologies/beta.yaml", "note: Through an extension.", NOTES["list"])
    with_passages = files_of(small_site.build(builder), builder)
    assert bool(made) == (builder != "gettext")  # whose messages are counted text by text
    monkeypatch.setattr(passages, "can_be_sealed", lambda blocks: False)
    without = files_of(small_site.build(builder, fresh=True), builder)
    assert with_passages.keys() == without.keys()
    assert [name for name, content in without.items() if with_passages[name] != content] == []


@pytest.mark.parametrize("note", ["role", "slot"])
def test_a_text_that_cannot_be_shared_is_shown_all_the_same(
    small_site: Site, monkeypatch: pytest.MonkeyPatch, note: str
) -> None:
    small_site.edit("data/technologies/alpha.yaml", NOTE, NOTES[note])
    with_passages = files_of(small_site.build(), "html")
    assert small_site.warnings == ""
    monkeypatch.setattr(passages, "can_be_sealed", lambda blocks: False)
    assert files_of(small_site.build(fresh=True), "html") == with_passages


def test_a_passage_is_made_once_for_all_pages(small_site: Site, made: list[str]) -> None:
    small_site.build()
    shown = [
        name
        for name in ("comparisons/alpha-vs-beta", "technologies/alpha")
        if NOTE[6:] in small_site.output(f"{name}.html")
    ]
    assert len(shown) == 2
    assert sum(NOTE[6:] in words for words in made) == 1


def test_its_html_is_written_once_for_all_pages(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    write: Callable[..., str] = output._written

    def noted(*arguments: object) -> str:
        written.append(write(*arguments))
        return written[-1]

    monkeypatch.setattr(output, "_written", noted)
    small_site.build()
    assert sum(NOTE[6:] in html for html in written) == 1


def test_numbers_of_sources_are_those_of_each_page(small_site: Site) -> None:
    beta = small_site.build().soup("technologies/beta.html")
    both = small_site.soup("comparisons/alpha-vs-beta.html")
    assert [mark.text for mark in beta.select("td sup a")] == ["[1]"]
    assert [mark.text for mark in both.select("td sup a")] == ["[1]", "[1]", "[2]"]
    for page in (beta, both):
        ids = {one["id"] for one in page.select("[id]")}
        assert {mark["href"].lstrip("#") for mark in page.select("sup a")} <= ids


def test_a_mark_whose_source_is_missing_goes(small_site: Site) -> None:
    small_site.edit("data/technologies/beta.yaml", "sources: [beta-review]", "sources: [beta-review, nobody-knows]")
    page = small_site.build().soup("comparisons/alpha-vs-beta.html")
    assert "nobody-knows" in small_site.warnings
    assert [mark.text for mark in page.select("td sup a")] == ["[1]", "[1]", "[2]"]


def test_translations_replace_the_texts_of_records(
    small_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locale, "translators", {})  # German words would stay in this process
    catalogue = tmp_path / "locale" / "de" / "LC_MESSAGES" / "comparisons.po"
    catalogue.parent.mkdir(parents=True)
    message = 'msgid "It is part of the package."\nmsgstr "Sie gehört zum Paket."\n'
    catalogue.write_text(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{message}', encoding="utf-8"
    )
    small_site.build(language="de", locale_dirs=["../locale"])
    assert small_site.warnings == ""
    assert "Sie gehört zum Paket." in small_site.output("comparisons/alpha-vs-beta.html")


def test_the_search_reads_words_and_no_tags(small_site: Site) -> None:
    small_site.edit("data/technologies/alpha.yaml", NOTE, NOTES["quotes"])
    index = small_site.build().output("searchindex.js")
    assert '"stress"' in index
    assert not any(f'"{tag}"' in index for tag in ("amp", "quot", "strong", "versus-not"))
