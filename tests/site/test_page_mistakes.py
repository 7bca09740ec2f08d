"""Mistakes on pages: each is reported once, at its place, with the nearest name, in every build until it is gone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from conftest import CATALOGUE, INDEX, Site
from sphinx_versus.environment.page_mistakes import CHECKED, fences
from sphinx_versus.environment.virtual_pages import OWN_TEMPLATES

PLACE = "docs/{name}.md:{place}: WARNING: "
MISTAKES = {
    # by name of the page its text, and the place and message of the one problem
    "directive": ("```{comparison-tabel} alpha-vs-beta\n```", "5:5", "Unknown directive type: 'comparison-tabel'; did you mean \"comparison-table\"? [myst.directive_unknown]"),
    "domain": ("```{versus:verdct} alpha-vs-beta\n```", "5:5", "Unknown directive type: 'versus:verdct'; did you mean \"versus:verdict\"? [myst.directive_unknown]"),
    "role": ("Some\nwords, {tecnology}`alpha`.", "6:9", 'Unknown interpreted text role "tecnology"; did you mean "technology"? [myst.role_unknown]'),
    "page": ("See [it](indx.md).", "5:10", "'myst' cross-reference target not found: 'indx.md'; did you mean \"index.md\"? [myst.xref_missing]"),
    "conflict": ("<<<<<<< HEAD\nmine\n=======\ntheirs\n>>>>>>> branch", "5:1", "[merge-conflict] a merge conflict is left here; keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>> [versus.merge-conflict]"),
    "fence": ("```{comparison-table} alpha-vs-beta\n\nText that is lost.", "5:1", '[unclosed] "```{comparison-table} alpha-vs-beta" is never closed, so the rest of the page belongs to it; close it on a line of its own [versus.unclosed]'),
    "braces": ("```verdict\n```", "5:1", '[broken-markdown] "```verdict" is no directive; write ```{verdict} [versus.broken-markdown]'),
    "comment": ("{technology}`alpha`\n\n<!-- later\n\nmore", "7:1", "[unclosed] a comment is never closed, so the rest of the page belongs to it; close it with --> [versus.unclosed]"),
    "fact": ("{fact}`alpha`", "5:8", '[unknown-fact] "alpha" is no fact; expected "technology/criterion", such as alpha/licence [versus.unknown-fact]'),
    "sides": ("```{technology-facts} alpha beta\n```", "5:23", '[invalid-argument] "technology-facts" takes one technology: "alpha beta"; name one of them, such as alpha [versus.invalid-argument]'),
    "two": ("```{differences} alpha-vs-beta\n\n```{verdict} alpha-vs-beta\n```", "5:1", '[unclosed] "```{differences} alpha-vs-beta" is not closed above the fence in line 7; close it on a line of its own [versus.unclosed]'),
    "leads": ("{technology}`alpha`\n\nalpha: TODO a line", "7:8", '[unfinished] "TODO a line" is still to be written [versus.unfinished]'),
    "link2": ("{technology}`alpha` has `a site <https://example.org/>`_ too.", "5:25", '[broken-markdown] a link as in reStructuredText; write [a site](https://example.org/) [versus.broken-markdown]'),
    "braces2": ("See {{technology}}`alpha`.", "5:5", '[broken-markdown] "{{technology}}" is no role here; write {technology}`alpha` [versus.broken-markdown]'),
    "key": ("---\nversus-comparision: alpha-vs-beta\n---\n# T\n\n```{verdict}\n```", "2:1", '[unknown-key] "versus-comparision" is not metadata of a page; did you mean "versus-comparison"? [versus.unknown-key]'),
    "todo": ("- TODO: write this.", "5:3", '[unfinished] "TODO: write this." is still to be written [versus.unfinished]'),
    "option": ("```{comparison-table} alpha-vs-beta\n:criteri: orm\n```", "6:2", '[unknown-option] "criteri" is not an option of "comparison-table"; did you mean "criteria"? [versus.unknown-option]'),
    "target": ("{technology}`alfa`", "5:14", '[unknown-technology] "alfa" is not a technology; did you mean "alpha"? [versus.unknown-technology]'),
    "colonrole": ("See :technology:`alpha`.", "5:5", '[broken-markdown] ":technology:" is no role here; write {technology}`alpha` [versus.broken-markdown]'),
    "link": ("See [this](https://example.org and more.", "5:10", "[broken-markdown] the address of a link is never closed; close it with ), and write %20 for a blank in it [versus.broken-markdown]"),
    "bold": ("````{note}\n`a`\n````\n\nSee **this and more.", "9:5", "[broken-markdown] bold text is never closed; close it with ** right behind its last word, or write \\*\\* for the signs [versus.broken-markdown]"),
    "unequal": ("See **this* and more.", "5:5", '[broken-markdown] the emphasis has more "*" before its words than on the other side; write as many on both sides [versus.broken-markdown]'),
    "unequal2": ("See *this** and more.", "5:10", '[broken-markdown] the emphasis has more "*" behind its words than on the other side; write as many on both sides [versus.broken-markdown]'),
    "quoted": ("> Some {technology}`the\n> other <nothing>` here.", "6:10", '[unknown-technology] "nothing" is not a technology; expected one of: alpha, beta, gamma [versus.unknown-technology]'),
    "signs2": ("| a | b |\n|---|---|\n| {technology}`" + "> " * 50 + "\\| x <nothing>` | y |", "7:122", '[unknown-technology] "nothing" is not a technology; expected one of: alpha, beta, gamma [versus.unknown-technology]'),
    "longrole": ("A {technology}`" + ":" * 1_001 + "`", "5:16", "[too-large] a role with 1,001 characters; expected at most 1,000 [versus.too-large]"),
    "long": ("```{comparison} " + "a-vs-" * 24_001 + "\n```", "5:1", '[too-large] the argument of "comparison" has 120,005 characters; expected at most 120,000 [versus.too-large]'),
    "longoption": ("```{comparison-table} alpha-vs-beta\n:criteria: " + "a-vs-" * 24_001 + "\n```", "6:2", '[too-large] "criteria" has 120,005 characters; expected at most 120,000 [versus.too-large]'),
    "heading": ("text\n\n##Details", "7:1", '[broken-markdown] "##Details" is no heading; write ## Details [versus.broken-markdown]'),
    "gap": ("See [this] (index.md) and more.", "5:10", "[broken-markdown] a blank between the words and the address of a link; write ](…) without it [versus.broken-markdown]"),
    "colons": (":::{note}\nx\n:::", "5:1", '[invalid-config] ":::{note}" is no directive, because "colon_fence" is not in myst_enable_extensions; add it in conf.py, or write ``` for ::: [versus.invalid-config]'),
    "doc": ("{doc}`technologies/alfa`", "5:7", "unknown document: 'technologies/alfa'; did you mean \"technologies/alpha\"? [ref.doc]"),
    "yaml": ("---\na: [b\n---\n# T", "2:4", '[yaml-syntax] the bracket "[" is never closed; close it with ] [versus.yaml-syntax]'),
    "blanks": ("```{ verdict }\n```", "5:1", '[broken-markdown] "```{ verdict }" is no directive; write ```{verdict} [versus.broken-markdown]'),
    "signs": ("``{verdict} alpha-vs-beta\n``", "5:1", '[broken-markdown] "``{verdict} alpha-vs-beta" is no directive; write ```{verdict} [versus.broken-markdown]'),
    "rest": (".. verdict:: alpha-vs-beta", "5:1", '[broken-markdown] ".. verdict:: alpha-vs-beta" is no directive here; write ```{verdict} [versus.broken-markdown]'),
    "inside": ("```{misconception} Some claim\n:about: alpha\n\nIt is **wrong.\n```", "8:7", "[broken-markdown] bold text is never closed; close it with ** right behind its last word, or write \\*\\* for the signs [versus.broken-markdown]"),
    "underscore": ("---\nversus_comparison: alpha-vs-beta\n---\n# T", "2:1", '[unknown-key] "versus_comparison" is not metadata of a page; did you mean "versus-comparison"? [versus.unknown-key]'),
    "glued": ("---\nversus-comparison:alpha-vs-beta\n---\n# T", "2:1", '[yaml-syntax] "versus-comparison:alpha-vs-beta" has no colon with a blank behind it; write "versus-comparison: alpha-vs-beta" [versus.yaml-syntax]'),
    "colon": ("---\nversus-comparison alpha-vs-beta\n---\n# T", "2:1", '[yaml-syntax] "versus-comparison alpha-vs-beta" has no colon with a blank behind it; expected lines such as "name: value" [versus.yaml-syntax]'),
    "needs": ("```{verdict}\n```\n\n```{comparison-table}\n```", "5:1", '[no-comparison-here] "verdict" needs a comparison on this page; expected one of: alpha-vs-beta [versus.no-comparison-here]'),
    "row": ("{row}`alpha-vs-beta/nix`", "5:21", '[unknown-criterion] "nix" is not a criterion; expected one of: first-release, licence, orm, size [versus.unknown-criterion]'),
    "bare": ("See {fact}alpha/orm` and more.", "5:5", '[broken-markdown] "{fact}alpha/orm" is no role here; write {fact}`…` [versus.broken-markdown]'),
    "brace": ("See {fact`alpha/orm` and more.", "5:5", '[broken-markdown] "{fact" is no role here; write {fact}`alpha/orm` [versus.broken-markdown]'),
    "next": ("See {fact}`alpha/orm and {fact}`beta/orm` more.", "5:5", '[unclosed] the role "fact" is never closed; close it with ` right behind its target [versus.unclosed]'),
    "list": ("```{misconception} Some claim\n:about: alpha\n\n- one\n-artefacts\n```", "9:1", '[broken-markdown] "-artefacts" is no entry of a list; write - artefacts [versus.broken-markdown]'),
    "boxes": ("```{box-diagram}\n:alt: A.\n\n- one\n  -artefacts\n```\n\nUse it with\n-W and\n-n", "9:3", '[broken-markdown] "-artefacts" is no entry of a list; write - artefacts [versus.broken-markdown]'),
    "sign": ("```{comparison-table} alpha-vs-beta\n:criteria orm\n:class: x\n```", "6:1", '[invalid-option] ":criteria orm" is no option; write :criteria: orm [versus.invalid-option]'),
    "first": ("```{comparison-table} alpha-vs-beta\ncriteria: orm\n```", "6:1", '[invalid-option] "criteria: orm" is no option; write :criteria: orm [versus.invalid-option]'),
    "other": ("```{misconceptions} bet\n```", "5:21", '[unknown-comparison] "bet" is neither a comparison nor a technology; did you mean "beta"? [versus.unknown-comparison]'),
    "order": ("```{verdict} beta-vs-alpha\n```", "5:14", '[unknown-comparison] "beta-vs-alpha" is not a comparison; did you mean "alpha-vs-beta"? [versus.unknown-comparison]'),
    "short": ("```{differences} alpha-vs-beta\n``\n\ntext\n\n```{verdict} alpha-vs-beta\n```", "6:1", '[unclosed] "``" does not close the fence in line 5; write ``` [versus.unclosed]'),
    "turned": ("{fact}`orm/alpha`", "5:8", '[unknown-fact] "orm/alpha" is not a fact (technology/criterion); did you mean "alpha/orm"? [versus.unknown-fact]'),
    "versus": ("See [it](comparisons/alpha-versus-beta.md).", "5:10", "'myst' cross-reference target not found: 'comparisons/alpha-versus-beta.md'; did you mean \"comparisons/alpha-vs-beta.md\"? [myst.xref_missing]"),
    "participant": ("```{sequence-diagram} A, Consumer\n:alt: X.\n\nA -> Consumers: hi\n```", "8:6", '[invalid-argument] "Consumers" is not a participant of the diagram; did you mean "Consumer"? [versus.invalid-argument]'),
    "widths": ("```{comparison-table} alpha-vs-beta\n:technologies: alpha, gamma\n:widths: 1 2 2\n```", "6:23", '[not-compared] "gamma" is not a side of "alpha-vs-beta"; expected one of: alpha, beta [versus.not-compared]'),
    "bodiless": ("```{misconception} X is Y\n:about: alpha\n:sources: alpha-home\n```", "5:20", "[invalid-argument] a misconception without a correction; write the correction as the body of the directive [versus.invalid-argument]"),
    "plural": ("```{misconceptions} alpha\n```\n\n```{misconception}\n:exclude: alpha-is-slow\n```", "8:1", '[invalid-argument] "misconception" needs an argument; did you mean the directive "misconceptions"? [versus.invalid-argument]'),
    "named": ("```{technology} Alfa\n:name: about-alpha\n```\n\nSee {ref}`it <about-alpha>`.", "5:17", '[unknown-technology] "Alfa" is not a technology; did you mean "alpha"? [versus.unknown-technology]'),
    "drawn": ("```{sequence-diagram} A, B\n:alt: X.\n\nA -> B: x\n``\n\nMore {technology}`alpha`.\n\n## A heading", "9:1", '[unclosed] "``" does not close the fence in line 5; write ``` [versus.unclosed]'),
    "head": ("---\nversus-comparison: alpha-vs-beta\n--\n# T\n\n## U", "1:1", '[unclosed] the front matter is never closed; write "---" below its last line [versus.unclosed]'),
    "tick": ("``{verdict}\n\n{technology}`alpha`", "5:1", '[broken-markdown] "``{verdict}" is no directive; write ```{verdict} [versus.broken-markdown]'),
    "dash": ("{row}`alpha-vs-beta-orm`", "5:7", '[invalid-argument] "alpha-vs-beta-orm" does not name a row; did you mean "alpha-vs-beta/orm"? [versus.invalid-argument]'),
    "sharp": ("See [it](comparisons/alpha-vs-bta.md#row-orm).", "5:10", "'myst' cross-reference target not found: 'comparisons/alpha-vs-bta.md#row-orm'; did you mean \"comparisons/alpha-vs-beta.md#row-orm\"? [myst.xref_missing]"),
    "open": ("{technology}`alpha` has {fact}`alpha/orm`,\nand {fact}`beta/orm.", "6:5", '[unclosed] the role "fact" is never closed; close it with ` right behind its target [versus.unclosed]'),
    "round": ("See {technology}(alpha).", "5:5", '[broken-markdown] "{technology}(alpha)." is no role here; write {technology}`alpha` [versus.broken-markdown]'),
    "misspelt": ("See {tecnology} `alpha`.", "5:5", '[broken-markdown] "{tecnology}" is no role here; write {technology}`alpha` [versus.broken-markdown]'),
    "fences": ("{technology}`alpha`\n\n```{verdict} alpha-vs-beta```", "7:1", '[broken-markdown] "```{verdict} alpha-vs-beta```" is no directive; write ```{verdict} alpha-vs-beta, and ``` on a line of its own [versus.broken-markdown]'),
    "stuck": ("```{verdict}alpha-vs-beta\n```", "5:1", '[broken-markdown] "```{verdict}alpha-vs-beta" is no directive; write ```{verdict} alpha-vs-beta, with a blank [versus.broken-markdown]'),
    "spaced": ("```{comparison-table} alpha-vs-beta\n:order : name\n```", "6:1", '[invalid-option] ":order : name" is no option; write :order: name [versus.invalid-option]'),
    "braceless": ("See technology`alpha`.", "5:5", '[broken-markdown] "technology" is no role here; write {technology}`alpha` [versus.broken-markdown]'),
    "bracket": ("See {technology}`this <alpha`.", "5:18", '[unclosed] the target of the role "technology" is never closed; close it with > [versus.unclosed]'),
    "hyphen": ("See {fact}`alpha-first-release`.", "5:12", '[unknown-fact] "alpha-first-release" is no fact; did you mean "alpha/first-release"? [versus.unknown-fact]'),
    "turned-name": ("{technology}`alpha`\n\n```{leads} alpha-vs-beta\ngamma: A.\ndelta: B.\n```", "7:12", '[not-compared] the lines of "leads" are about no side of "alpha-vs-beta"; its sides are alpha, beta [versus.not-compared]'),
    "records": ("---\nversus-comparison: alpha-vs-beta\nversus-technology: alpha\n---\n# T", "3:1", '[duplicate-entry] "versus-technology" beside "versus-comparison"; a page has one record: remove one of them [versus.duplicate-entry]'),
    "beta-alpha": ("```{verdict}\n```", "5:1", '[no-comparison-here] "verdict" needs a comparison on this page; did you mean "alpha-vs-beta"? name the page so, or write "versus-comparison: alpha-vs-beta" at its top [versus.no-comparison-here]'),
    "half": ("See technology:`alpha`.", "5:5", '[broken-markdown] "technology:" is no role here; write {technology}`alpha` [versus.broken-markdown]'),
    "pair": ("::{note}\nx\n::\n\n{technology}`alpha`", "5:1", '[broken-markdown] "::{note}" is no directive; write :::{note} [versus.broken-markdown]'),
    "dot": ("{fact}`alpha.orm`", "5:8", '[unknown-fact] "alpha.orm" is no fact; did you mean "alpha/orm"? [versus.unknown-fact]'),
    "sources": ("{source}`alpha-home beta-review`", "5:10", '[unknown-source] "alpha-home beta-review" is not a source; did you mean "alpha-home, beta-review"? [versus.unknown-source]'),
    "html": ("See [it](comparisons/alpha-vs-beta.html).", "5:10", "'myst' cross-reference target not found: 'comparisons/alpha-vs-beta.html'; did you mean \"comparisons/alpha-vs-beta.md\"? [myst.xref_missing]"),
    "words": ("```{comparison-table} alpha vs beta\n```", "5:23", '[unknown-comparison] "alpha vs beta" is not a comparison; did you mean "alpha-vs-beta"? [versus.unknown-comparison]'),
    "alfa": ("```{technology}\n```", "5:1", '[invalid-argument] "technology" needs the id of a technology; did you mean "alpha", as the name of the page? [versus.invalid-argument]'),
    "empty": ("```{comparison-table} alpha-vs-beta\n:technologies: alpha, gamma\n:differences-only:\n```", "6:23", '[not-compared] "gamma" is not a side of "alpha-vs-beta"; expected one of: alpha, beta [versus.not-compared]'),
    "matter": ("---\nversus-comparison: alpha-vs-beta\n\n# T", "1:1", '[unclosed] the front matter is never closed; write "---" below its last line [versus.unclosed]'),
}  # fmt: skip


MISTAKES["anchor"] = (
    "See [it](comparisons/alpha-vs-beta.md#row-lisence).",
    "5:39",
    "local id not found in doc 'comparisons/alpha-vs-beta': 'row-lisence'; did you mean \"row-licence\"? [myst.xref_missing]",
)


def page(text: str) -> str:
    return text + "\n" if text.startswith("---") else f"# Page\n\ntext\n\n{text}\n"


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Site:
    index = INDEX["docs/index.md"].replace(
        "criteria\n", "criteria\n" + "".join(f"        {name}\n" for name in MISTAKES)
    )
    pages = {f"docs/{name}.md": page(text) for name, (text, *_) in MISTAKES.items()}
    return Site(tmp_path_factory.mktemp("mistakes")).write({**CATALOGUE, "docs/index.md": index, **pages})


def expected(*without: str) -> list[str]:
    return sorted(
        f"docs/{name}.md:{place}: WARNING: {words}"
        for name, (_, place, words) in MISTAKES.items()
        if name not in without
    )


def test_each_is_reported_once_in_every_build(mistaken: Site) -> None:
    for fresh in (True, False, False):
        mistaken.build(fresh=fresh, tags=[CHECKED])
        assert sorted(mistaken.warnings.splitlines()) == expected()
    assert sorted(mistaken.read) == sorted(MISTAKES)
    mistaken.write({"docs/role.md": "# Page\n"}).build(parallel=2, tags=[CHECKED])
    assert sorted(mistaken.warnings.splitlines()) == expected("role")
    mistaken.build(tags=[CHECKED])
    assert sorted(mistaken.read) == sorted(MISTAKES.keys() - {"role"})


def test_the_text_of_a_page_without_versus_is_left_alone(small_site: Site) -> None:
    """What a site keeps on its other pages is looked at in a check alone."""
    text = "---\norphan: true\n---\n# Page\n\nTODO: **this\n"
    small_site.write({"docs/plain.md": text, "docs/ours.md": f"{text}\n{{technology}}`alpha`\n"}).build()
    assert [line.split(": ")[0] for line in small_site.warnings.splitlines()] == [
        "docs/ours.md:6:1",
        "docs/ours.md:6:7",
    ]
    small_site.build(fresh=True, tags=[CHECKED])
    assert len(small_site.warnings.splitlines()) == 4


def test_code_that_a_page_shows_is_no_mistake(small_site: Site) -> None:
    shown = "```{code-block} rst\n.. verdict:: alpha-vs-beta\n\nTODO\n```\n"
    page = f"---\norphan: true\n---\n# Page\n\n{{technology}}`alpha`\n\n{shown}\n````{{note}}\n{shown}````\n"
    small_site.write({"docs/page.md": page}).build()
    assert small_site.warnings == ""


def test_what_a_record_lacks_is_reported_in_its_text_alone(small_site: Site) -> None:
    """Although three pages show the note."""
    small_site.edit("data/technologies/beta.yaml", "Through an extension.", "'See [there](#nowhere).'").build()
    words = "'myst' cross-reference target not found: 'nowhere' [myst.xref_missing]"
    assert small_site.warnings == f"data/technologies/beta.yaml:6:45: WARNING: {words}\n"


def test_nothing_follows_from_a_broken_record(small_site: Site) -> None:
    small_site.edit("data/technologies/alpha.yaml", "name: Alpha", "nam: Alpha")
    own = "---\nversus-technology: alpha\n---\n# Alpha\n\n[It](../comparisons/alpha-vs-beta.md), {doc}`/technologies/alpha`\n"
    small_site.write({"docs/technologies/alpha.md": own}).build()
    words = '[unknown-key] "nam" is not a key here; did you mean "name"? [versus.unknown-key]'
    assert small_site.warnings == f"data/technologies/alpha.yaml:1:1: WARNING: {words}\n"


def test_a_directive_of_restructuredtext_without_a_sign(small_site: Site) -> None:
    text = "Page\n====\n\n.. comparison-table: alpha-vs-beta\n\n..verdict:: alpha-vs-beta\n\n.. verdict and more\n\nSee {technology}`alpha`.\n"
    small_site.write({"docs/page.rst": f":orphan:\n\n{text}"}).build()
    place, code = "docs/page.rst:{}:1: WARNING: [broken-markdown] ", " [versus.broken-markdown]"
    assert small_site.warnings.splitlines() == [
        f'{place.format(6)}".. comparison-table: alpha-vs-beta" is no directive; write .. comparison-table::{code}',
        f'{place.format(8)}"..verdict:: alpha-vs-beta" is no directive; write .. verdict::{code}',
        f'{place.format(12).replace(":1:", ":5:")}"{{technology}}" is no role here; write :technology:`…`{code}',
    ]


def test_markdown_on_a_restructuredtext_page(small_site: Site) -> None:
    lines = (
        "See [it](https://example.org).",
        ".. misconception:: Some claim\n   :about: alpha\n\n   See [it](https://example.org), {technology}`beta`\n\n       [a](https://example.org)",
        "```{verdict} alpha-vs-beta\n```",
        "See :technology: `alpha`.",
        "::\n\n   [it](https://example.org)",
    )
    small_site.write({"docs/page.rst": ":orphan:\n\nPage\n====\n\n" + "\n\n".join(lines) + "\n"}).build()
    found = [
        line.removeprefix("docs/page.rst:").partition(" WARNING: [broken-markdown] ")
        for line in small_site.warnings.splitlines()
    ]
    assert [(place, words.partition(" [")[0]) for place, _, words in found] == [
        ("6:5:", '"[it](https://example.org)" is no link here; write `it <https://example.org>`__'),
        ("11:35:", '"{technology}" is no role here; write :technology:`…`'),
        ("15:1:", '"```{verdict} alpha-vs-beta" is no directive here; write .. verdict::'),
        ("18:5:", '":technology: `" is no role here; write :technology:`…` without a blank'),
    ]


RST = {
    "It is a log.:source:`alpha-home` See.": ("6:13", '[broken-markdown] ":source:`alpha-home`" has no blank before it, so it is no role; write a blank, or "\\ ", which is not shown'),
    # a text in reStructuredText, and the line, column and words of its one problem
    "See :fact:alpha/orm` and more.": ("6:5", '[broken-markdown] ":fact:alpha/orm`" is no role here; write :fact:`…`'),
    "* See :technology:alpha.": ("6:7", '[broken-markdown] ":technology:alpha." is no role here; write :technology:`…`'),
    "See :fact:``alpha/orm`` and ``:fact:x`` more.": ("6:5", '[broken-markdown] ":fact:``alpha/orm``" is no role here; write :fact:`…`'),
    "See :technology`alpha` and more.": ("6:5", '[broken-markdown] ":technology`" is no role here; write :technology:`…`'),
    "See technology:`alpha` and more.": ("6:5", '[broken-markdown] "technology:`" is no role here; write :technology:`…`'),
    "See :fact:`alpha/orm and :fact:`beta/orm` more.": ("6:12", '[unclosed] the role "fact" is never closed; close it with ` right behind its target'),
    "See it and\n:technology:`alpha and\nmore.": ("7:1", '[unclosed] the role "technology" is never closed; close it with ` right behind its target'),
    ".. note::\n\n   .. tip::\n\n      See\n\n   See :fact:alpha/orm` x.": ("12:8", '[broken-markdown] ":fact:alpha/orm`" is no role here; write :fact:`…`'),
    ".. misconception:: X\n   :about: alpha\n\n   - one\n   -artefacts": ("10:4", '[broken-markdown] "-artefacts" is no entry of a list; write - artefacts'),
    ".. misconception:: X\n   :about alpha\n\n   It is so.": ("7:4", '[invalid-option] ":about alpha" is no option; write :about: alpha'),
    ".. misconceptions:: alpha-vs-beta\n   :exclude alpha-is-slow": ("7:4", '[invalid-option] ":exclude alpha-is-slow" is no option; write :exclude: alpha-is-slow'),
    ".. comparison-table:: alpha-vs-beta\n   :class: x\n   :criteria orm": ("8:4", '[invalid-option] ":criteria orm" is no option; write :criteria: orm'),
    ". verdict:: alpha-vs-beta": ("6:1", '[broken-markdown] ". verdict:: alpha-vs-beta" is no directive; write .. verdict::'),
    "See :fact:`alpha/orm` [it](page.md) here.": ("6:23", '[broken-markdown] "[it](page.md)" is no link here; write :doc:`it <page>`'),
    "See :fact:`alpha/orm` `it <https://example.org/>` here.": ("6:23", '[broken-markdown] "`it <https://example.org/>`" is no link; write `it <https://example.org/>`__'),
    "See :fact:`alpha/orm` *it** here.": ("6:23", '[broken-markdown] "*it**" has more asterisks behind than before; write as many on both sides'),
    ".. comparison-table:: alpha-vs-beta\n   criteria: orm": ("7:4", '[invalid-option] "criteria: orm" is no option; write :criteria: orm'),
    ".. comparison-table:: alpha-vs-beta\n :criteria: orm\n   :order: name": ("8:4", '[invalid-option] ":order: name" is no option; indent it as ":criteria: orm"'),
    ".. comparison-table:: alpha-vs-beta\n   :criteria: orm\n     :order: name": ("8:6", '[invalid-option] ":order: name" is no option; indent it as ":criteria: orm"'),
    "See :fact:`alpha/or` here.": ("6:12", '[unknown-fact] "alpha/or" is not a fact (technology/criterion); did you mean "alpha/orm"?'),
    "See :fact:`alpha/release` here.": ("6:12", '[unknown-fact] "alpha/release" is not a fact (technology/criterion); did you mean "alpha/first-release"?'),
    ".. comparison-table:: alpha-vs-beta\n   :criteria:orm": ("7:4", '[invalid-option] ":criteria:orm" is no option; write :criteria: orm'),
}  # fmt: skip


def test_mistakes_of_restructuredtext(small_site: Site) -> None:
    head = ":orphan:\n\nPage\n====\n\n"
    small_site.write({f"docs/{number:02}.rst": f"{head}{text}\n" for number, text in enumerate(RST)}).build()
    assert [line.rpartition(" [")[0] for line in sorted(small_site.warnings.splitlines())] == [
        f"docs/{number:02}.rst:{place}: WARNING: {words}" for number, (place, words) in enumerate(RST.values())
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{misconceptions}", "{misconceptins}", "Unknown directive type: 'misconceptins'"),
        ("{misconceptions}", "misconceptions", '[broken-markdown] "```misconceptions" is no directive'),
        ("versus-comparison", "versus-comparsion", '[unknown-key] "versus-comparsion" is not metadata'),
        ("versus-comparison", "note: [\nversus-comparison", "[yaml-syntax] "),
    ],
)
def test_what_a_page_would_show_is_not_missed(small_site: Site, old: str, new: str, words: str) -> None:
    index = (
        "# Home\n\n```{toctree}\npair\n```\n\n{misconception}`alpha-is-slow`, {misconception}`alpha-and-beta-are-one`\n"
    )
    pair = "---\nversus-comparison: alpha-vs-beta\n---\n# P\n\n```{misconceptions}\n```\n"
    small_site.write({"docs/index.md": index, "docs/pair.md": pair, "conf.py": f"{Site.CONF}versus_pages = False\n"})
    small_site.build()
    assert small_site.warnings == ""
    small_site.edit("docs/pair.md", old, new).build()
    (line,) = small_site.warnings.splitlines()
    assert words in line
    small_site.edit("docs/pair.md", new, old).build()
    assert small_site.warnings == ""


def test_a_row_of_a_comparison_that_has_others(small_site: Site) -> None:
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", ", size]", "]")
    small_site.write({"docs/page.md": "---\norphan: true\n---\n# P\n\nSee {row}`alpha-vs-beta/size`.\n"}).build()
    words = '[not-shown] "size" is not a row of "alpha-vs-beta"; expected one of: first-release, licence, orm'
    assert small_site.warnings == f"docs/page.md:6:25: WARNING: {words} [versus.not-shown]\n"


@pytest.mark.parametrize("value", ["", " alpha-vs-bet"])
def test_a_page_that_names_no_comparison_is_the_only_problem(small_site: Site, value: str) -> None:
    page = f"---\nversus-comparison:{value}\n---\n# P\n\n```{{verdict}}\n```\n"
    other = "---\norphan: true\n---\n# P\n\nSee {comparison}`alpha-vs-beta`.\n"
    small_site.write({"docs/comparisons/alpha-vs-beta.md": page, "docs/page.md": other}).build()
    (line,) = small_site.warnings.splitlines()
    assert line.startswith("docs/comparisons/alpha-vs-beta.md:2:")


def test_what_a_record_and_a_page_both_name_is_reported_on_the_page_when_the_record_is_right(small_site: Site) -> None:
    small_site.edit("data/technologies/beta.yaml", "orm: {value: partial", "odm: {value: partial")
    small_site.write({"docs/page.md": "---\norphan: true\n---\n# P\n\nSee {criterion}`odm`.\n"}).build()
    assert "page.md" not in small_site.warnings
    small_site.edit("data/technologies/beta.yaml", "odm: {value: partial", "orm: {value: partial").build()
    assert small_site.warnings.startswith('docs/page.md:6:17: WARNING: [unknown-criterion] "odm" is not a criterion')


def test_a_row_that_is_misspelt_in_its_record_is_one_mistake(small_site: Site) -> None:
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "orm", "orn")
    small_site.write({"docs/page.md": "---\norphan: true\n---\n# P\n\nSee {row}`alpha-vs-beta/orm`.\n"}).build()
    assert {line.partition("] ")[0].rpartition("[")[2] for line in small_site.warnings.splitlines()} <= {
        "unknown-criterion",
        "not-shown",
    }
    assert "page.md" not in small_site.warnings


def test_a_fact_whose_criterion_is_misspelt_is_one_mistake(small_site: Site) -> None:
    small_site.edit("data/technologies/beta.yaml", "orm:", "omr:")
    small_site.write({"docs/page.md": "---\norphan: true\n---\n# P\n\nSee {fact}`beta/orm`.\n"}).build()
    words = '[unknown-criterion] "omr" is not a criterion; did you mean "orm"? [versus.unknown-criterion]'
    assert small_site.warnings == f"data/technologies/beta.yaml:6:3: WARNING: {words}\n"


def test_a_row_of_another_kind(small_site: Site) -> None:
    small_site.edit(
        "data/criteria.yaml", "size:", "heat: {name: Heat, definition: What heats it., kinds: [kettle]}\nsize:"
    )
    kettle = "name: Kettle\nkind: kettle\nsummary: It boils.\nfacts: {heat: {value: coil}}\n"
    page = "---\norphan: true\n---\n# P\n\n```{comparison-table} alpha-vs-beta\n:criteria: orm, heat\n```\n"
    small_site.write({"data/technologies/kettle.yaml": kettle, "docs/page.md": page}).build()
    words = '[not-applicable] "heat" does not apply to these technologies; it applies to: kettle'
    assert small_site.warnings == f"docs/page.md:7:17: WARNING: {words} [versus.not-applicable]\n"


def test_a_page_whose_entry_is_misspelt_is_not_missed_as_well(small_site: Site) -> None:
    index = small_site.root / "docs/index.md"
    index.write_text(index.read_text(encoding="utf-8") + "\n```{toctree}\npagee\n```\n", encoding="utf-8")
    small_site.write({"docs/page.md": "# Page\n"}).build()
    (line,) = small_site.warnings.splitlines()
    assert "nonexisting document 'pagee'; did you mean \"page\"?" in line


def test_the_list_of_sources_is_no_title_of_a_page(small_site: Site) -> None:
    index = small_site.root / "docs/index.md"
    index.write_text(index.read_text(encoding="utf-8") + "\n```{toctree}\npage\n```\n", encoding="utf-8")
    small_site.write({"docs/page.md": "It is known.{source}`alpha-home`\n"}).build()
    assert "docs/page.md:1:1: WARNING: the page has no title" in small_site.warnings
    assert "Sources" in small_site.soup("page.html").get_text()


@pytest.mark.parametrize(
    ("text", "unclosed"),
    [
        ("```\na\n```\nb", []),
        ("```\na\n~~~\nb", [0]),
        ("````{note}\n```{tip}\na\n````\nb", [1]),
        ("```{note}\na\n\n```{tip}\nb\n```\nc", [0]),
        ("```{note}\na\n``\n\n````{tip}\nb\n````\nc", [0]),
        ("```{note}\na\n:::{tip}\nb\n```\nc", [2]),
        ("````{note}\n```{tip}\na\n```\n````\nb", []),
        ("````{note}\n```\n:::{tip}\n```\n````\nb", []),
        ("- ```{note}\n  a\n  ```\nb", []),
        (":::{note}\na\n", [0]),
        ("::: what is no directive\na\n", []),
        ("Code `a` and ``` b\n", []),
    ],
)
def test_fences(text: str, unclosed: list[int]) -> None:
    assert [*fences(text.split("\n"))[0]] == unclosed


def steps(text: str) -> int:
    """How many steps Python takes to look for fences: lines, and rounds of loops within them."""
    counted = 0

    def count(_frame: FrameType, event: str, _value: object) -> Callable[..., Any]:
        nonlocal counted
        counted += event == "line"
        return count

    sys.settrace(count)
    try:
        fences(text.split("\n"))
    finally:
        sys.settrace(None)
    return counted


@pytest.mark.parametrize("opened", ["```{tip}\n", "`````{tip}\n", ":::{tip}\n````{note}\n"])
def test_steps_are_proportional_to_the_lines(opened: str) -> None:
    short, long = (steps(opened * number + "~~~{tip}\n````\n~~~\n" * number) for number in (100, 1000))
    assert long < 11 * short


def test_targets_and_options_in_a_template_are_reported_once_in_the_template(small_site: Site) -> None:
    text = "{% if id %}\n\n{% endif %}\nSee {technology}`alfa` and {fact}`alpha/orn`.\n\n```{technology-facts} {{ id }}\n:ordr: x\n```\n"
    small_site.write({"t/versus/technology.md.jinja": text}).build(templates_path=["t"])
    assert sorted(small_site.warnings.splitlines()) == [
        't/versus/technology.md.jinja:4:18: WARNING: [unknown-technology] "alfa" is not a technology; did you mean "alpha"? [versus.unknown-technology]',
        't/versus/technology.md.jinja:4:35: WARNING: [unknown-fact] "alpha/orn" is not a fact (technology/criterion); did you mean "alpha/orm"? [versus.unknown-fact]',
        't/versus/technology.md.jinja:7:1: WARNING: [unknown-option] "ordr" is not an option of "technology-facts"; expected one of: caption, class, criteria, exclude, groups, name, ungrouped [versus.unknown-option]',
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/technologies/alpha.yaml", "name: Alpha", "title: Alpha"),
        ("data/comparisons/alpha-vs-beta.yaml", "relation: alternatives", "relation: rivals"),
        ("data/criteria.yaml", "licence:", "license:"),
        ("docs/table.md", "{comparison-table} alpha-vs-beta", "{comparison-tabel} alpha-vs-beta"),
        ("docs/table.md", "{comparison-table} alpha-vs-beta", "{comparison-table} alpha vs beta"),
    ],
)
def test_a_link_to_a_row_that_is_missed_follows_from_what_is_reported(
    small_site: Site, file: str, old: str, new: str
) -> None:
    """On the page of the table itself, too, where the link has an anchor alone."""
    table = "---\nversus-comparison: alpha-vs-beta\norphan: true\n---\n# T\n\nSee [this](#row-licence).\n\n```{comparison-table} alpha-vs-beta\n```\n"
    small_site.write({"docs/table.md": table}).edit(file, old, new).build()
    assert small_site.warnings.count("WARNING") == 1, small_site.warnings


def test_links_of_a_record_that_lead_nowhere_are_reported_up_to_a_limit(small_site: Site) -> None:
    links = " ".join(f"[x](#nowhere-{number})" for number in range(300))
    text = f"misconceptions:\n  m: {{claim: C., correction: 'Wrong. See {links}'}}\nfacts:\n"
    small_site.edit("data/technologies/gamma.yaml", "facts:\n", text).build()
    told = [line for line in small_site.warnings.splitlines() if "data/technologies/gamma.yaml" in line]
    assert len(told) == 201
    assert all("cross-reference target not found" in line for line in told[:-1])
    assert "[more-problems] more problems in this file, which are not reported" in told[-1]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("```{verdict\n```", '7:1: WARNING: [broken-markdown] "```{verdict" is no directive; write ```{verdict}'),
        ("```verdict}\n```", '7:1: WARNING: [broken-markdown] "```verdict}" is no directive; write ```{verdict}'),
        ("{{verdict}}", '7:1: WARNING: [broken-markdown] "{{verdict}}" is no directive here; write ```{verdict}'),
        (
            "    ```{verdict}\n    ```",
            '7:5: WARNING: [broken-markdown] "```{verdict}" is shown as code, because it is indented by four blanks; indent it by fewer',
        ),
        (
            "versus-comparison: alpha-vs-beta",
            '7:1: WARNING: [broken-markdown] "versus-comparison: alpha-vs-beta" is no metadata here; it stands between lines of --- at the very top of a page',
        ),
        (
            "(Words)[alpha.md] here",
            '7:1: WARNING: [broken-markdown] "(Words)[alpha.md]" is no link; write [Words](alpha.md)',
        ),
        (
            "| A | B\n| 1 | 2",
            '7:1: WARNING: [broken-markdown] "| A | B" begins no table; write |---|---| on the line below it',
        ),
        (
            "A {technology}`` here",
            '7:3: WARNING: [broken-markdown] the role "technology" has no target; write {technology}`…`',
        ),
        (
            "A {verdict}`alpha-vs-beta` here",
            '7:4: WARNING: Unknown interpreted text role "verdict"; it is a directive: write ```{verdict} [myst.role_unknown]',
        ),
        (
            "A fact.[^alpha-home] Also.",
            '7:8: WARNING: [broken-markdown] "[^alpha-home]" is a footnote without its text; write the text, or say it in the sentence',
        ),
        (
            "{technology}`alpha` has {fact}`alpha/orm, and\n{technology}`beta` has {fact}`beta/orm`.",
            '7:25: WARNING: [unclosed] the role "fact" is never closed; close it with ` right behind its target',
        ),
        (
            "{technology}'alpha' here",
            "7:1: WARNING: [broken-markdown] \"{technology}'alpha'\" is no role here; write {technology}`alpha`",
        ),
        (
            "```{misconception} Alpha is slow.\n```",
            '7:20: WARNING: [unknown-misconception] "Alpha is slow." is not a misconception; did you mean "alpha-is-slow"?',
        ),
        (
            "```{misconception} Alpha is old.\n```",
            "7:20: WARNING: [invalid-argument] a misconception without a correction; write the correction as the body of the directive",
        ),
        (
            "```{comparison-table}\n: order: name\n```",
            '8:1: WARNING: [invalid-option] ": order: name" is no option; write :order: name',
        ),
        (
            "```{comparison-table}\n:groups: Data; Project\n```",
            '8:10: WARNING: [unknown-group] "Data; Project" is not a group of this table; write commas: Data, Project',
        ),
        (
            "```{sequence-diagram} Alpha, Beta\n:alt: The client alpha asks beta.\n\nAlpha -> Beta: a\nalpha -> beta: b\nAlpha --> Beta: c\n```",
            '11:1: WARNING: [invalid-argument] "alpha" is not a participant of the diagram; did you mean "Alpha"?',
        ),
    ],
)
def test_what_a_page_has_and_what_to_write(small_site: Site, lines: str, told: str) -> None:
    page = f"---\norphan: true\nversus-comparison: alpha-vs-beta\n---\n# P\n\n{lines}\n"
    small_site.write({"docs/page.md": page}).build()
    first, *others = small_site.warnings.splitlines()
    assert first.partition(" [versus.")[0] == f"docs/page.md:{told}"
    assert [line.split("page.md:")[1][:4] for line in others] == (["12:1"] if "diagram" in lines else [])


def test_a_page_in_the_other_order_has_the_wrong_name(small_site: Site) -> None:
    small_site.write({"docs/comparisons/beta-vs-alpha.md": "# P\n\n```{verdict}\n```\n"}).build()
    words = '"alpha-vs-beta" is in the other order, and has a page; name this page "alpha-vs-beta"'
    assert (
        small_site.warnings
        == f"docs/comparisons/beta-vs-alpha.md:1:1: WARNING: [page-conflict] {words} [versus.page-conflict]\n"
    )


def test_the_page_of_a_record_is_no_list(small_site: Site) -> None:
    page = "---\norphan: true\nversus-comparison: alpha-vs-beta\n---\n# P\n"
    conf = Site.CONF + 'versus_pages = {"matrix": "page"}\n'
    small_site.write({"docs/page.md": page, "conf.py": conf}).build()
    hint = 'set another docname of "matrix" in versus_pages [versus.page-conflict]'
    assert (
        small_site.warnings
        == f'docs/page.md:3:1: WARNING: [page-conflict] "versus-comparison" on the page of "matrix"; {hint}\n'
    )


def test_a_page_without_its_record_names_the_record(small_site: Site) -> None:
    page = "---\norphan: true\n---\n# P\n\n```{verdict}\n```\n"
    small_site.write({"docs/comparisons/omega-vs-psi.md": page, "docs/comparisons/alpha-vs-bet.md": page}).build()
    gone, misspelt = sorted(small_site.warnings.splitlines(), reverse=True)
    assert "no record has the name of this page: write comparisons/omega-vs-psi.yaml, or remove the page" in gone
    assert (
        'did you mean "alpha-vs-beta"? name the page so, or write "versus-comparison: alpha-vs-beta" at its top'
        in misspelt
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("al", "versus_derived_pairs = 'al'; did you mean \"all\"?"),
        (
            ("alpha", "beta"),
            'versus_derived_pairs: "alpha" and "beta" are no kinds; write [("alpha", "beta")] for the two',
        ),
    ],
)
def test_derived_pairs_that_are_none_are_one_message(small_site: Site, given: object, told: str) -> None:
    small_site.build(versus_derived_pairs=given)
    assert [line.partition("] ")[2].partition(" [")[0] for line in small_site.warnings.splitlines()] == [
        told.partition(" [")[0]
    ]


def test_a_directive_in_a_template_is_reported_once_in_the_template(small_site: Site) -> None:
    small_site.write({"t/versus/technology.md.jinja": "# {{ title }}\n\n```{technolgy}\n```\n"}).build(
        templates_path=["t"]
    )
    words = "Unknown directive type: 'technolgy'; did you mean \"technology\"? [myst.directive_unknown]"
    assert small_site.warnings == f"t/versus/technology.md.jinja:3:5: WARNING: {words}\n"


def test_a_template_of_another_page_is_one_message_of_each_kind_in_every_build(small_site: Site) -> None:
    template = (OWN_TEMPLATES / "technology.md.jinja").read_text(encoding="utf-8")
    small_site.write({"t/versus/pair.md.jinja": template, "t/versus/comparison.md.jinja": template})
    small_site.write(
        {
            "data/comparisons/alpha-vs-gamma.yaml": CATALOGUE["data/comparisons/alpha-vs-beta.yaml"].replace(
                "beta", "gamma"
            )
        }
    )
    place = "t/versus/comparison.md.jinja:4:7: WARNING: [invalid-template]"
    for _build in range(2):
        small_site.build(templates_path=["t"])
        assert [line for line in small_site.warnings.splitlines() if "jinja" in line] == [
            f"{place} 'has_comparisons' is undefined; only the template of technology or kind has it [versus.invalid-template]"
        ]


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        (
            "comparision.md.jinja",
            "x",
            '"versus/comparision.md.jinja" is no template of Versus; did you mean "versus/comparison.md.jinja"?',
        ),
        (
            "components/technolgy.html.jinja",
            "x",
            '"versus/components/technolgy.html.jinja" is no template of Versus; did you mean "versus/components/technology.html.jinja"?',
        ),
        (
            "comparison.md.jinja",
            "{% if has_verdict %}\n# {{ title }}",
            '"{% if has_verdict %}" is never closed; add {% endif %}',
        ),
        (
            "technology.html.jinja",
            "x",
            '"versus/technology.html.jinja" is no template of Versus; did you mean "versus/components/technology.html.jinja"?',
        ),
        (
            "comparison.md",
            "x",
            '"versus/comparison.md" is no template of Versus; did you mean "versus/comparison.md.jinja"?',
        ),
        (
            "../pair.md.jinja",
            "x",
            '"pair.md.jinja" is no template of Versus; did you mean "versus/pair.md.jinja"?',
        ),
        (
            "source.md.jinja",
            "x",
            (
                '"versus/source.md.jinja" is no template of Versus; expected one of: comparison.md.jinja, comparisons.md.jinja, criteria.md.jinja, '
                "kind.md.jinja, matrix.md.jinja, misconceptions.md.jinja, pair.md.jinja, technologies.md.jinja, technology.md.jinja"
            ),
        ),
        ("technology.md.jinja", "{% if id %}x{% endfi %}", '"endfi" is no tag; did you mean "endif"?'),
        (
            "technology-page.md.jinja",
            "x",
            '"versus/technology-page.md.jinja" is no template of Versus; did you mean "versus/technology.md.jinja"?',
        ),
        ("technology.md.jinja", "{{ idents }}", "'idents' is undefined; did you mean \"id\"?"),
        ("technology.md.jinja", "{{ id }", "unexpected '}'; close {{ with }} and {% with %}"),
        ("kind.md.jinja", "# {title}", '"{title}" is no variable here; write {{ title }}'),
        (
            "comparison.md.jinja",
            "`comparison` {{ comparison }}",
            (
                "'comparison' is undefined; expected one of: has_misconceptions, has_related, has_topics, has_verdict, id, may_choose, pages, "
                "relation, technologies, title"
            ),
        ),
        ("components/verdict.html.jinja", "{{ quest }}", "'quest' is undefined; did you mean \"question\"?"),
        ("components/verdict.html.jinja", "{% if x %}\n", '"{% if x %}" is never closed; add {% endif %}'),
    ],
)
def test_mistakes_in_templates(small_site: Site, file: str, text: str, words: str) -> None:
    path = os.path.normpath(f"t/versus/{file}")
    small_site.write({path: text}).build(templates_path=["t"])
    wrong = ("quest", "endfi", "idents", "comparison }", "{title")
    column = next((text.index(word) + 1 for word in wrong if word in text), 1)
    warning = f"{path}:1:{column}: WARNING: [invalid-template] {words} [versus.invalid-template]\n"
    assert small_site.warnings == warning


def test_without_data_no_kind_is_missed(small_site: Site) -> None:
    page = "---\norphan: true\n---\n# P\n\n```{technology-index}\n:kind: web-framework\n```\n"
    beside = "---\norphan: true\n---\n# P\n\nSee [it](alpha-vs-beta.md).\n"
    pages = {"docs/page.md": page, "docs/comparisons/own.md": beside, "docs/index.md": "# Home\n"}
    small_site.write(pages).build(versus_data="catalogue")
    assert 'did you mean "data"?' in small_site.warnings
    assert small_site.warnings.count("\n") == 1
    assert "[no-catalogue]" in small_site.warnings


@pytest.mark.parametrize("broken", ["data/technologies/beta.yaml", "docs/page.md"])
def test_what_no_page_shows_because_of_another_mistake_is_not_reported(small_site: Site, broken: str) -> None:
    """Here a page shows the misconception, and the template of the site shows none."""
    template = "# {{ title }}\n\n```{technology} {{ id }}\n```\n"
    page = "---\nversus-comparison: alpha-vs-beta\n---\n\n# P\n\n```{misconceptions}\n```\n\n{misconception}`alpha-is-slow`\n"
    files = {"docs/page.md": page, "templates/versus/technology.md.jinja": template}
    small_site.write(files).edit("docs/index.md", "criteria\n", "criteria\npage\n")
    small_site.write({"templates/versus/misconceptions.md.jinja": "# Misconceptions\n"})
    old, new = ("kind: web", "kin: web") if broken.endswith("yaml") else ("{misconceptions}", "misconceptions")
    small_site.edit(broken, old, new).build(templates_path=["templates"])
    assert "[not-on-a-page]" not in small_site.warnings
    assert len(small_site.warnings.splitlines()) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{term}`directive type`",
        "{term}`Unknown directive type: 'x'`",
        "{option}`directive type`",
        "{term}`toctree contains reference to document 'criteria' that doesn't have a title`",
        "{term}`cross-reference target not found: 'row-c'`",
    ],
)
def test_words_of_a_record_make_no_message_of_another_kind(small_site: Site, text: str) -> None:
    """It stands at the record, on pages of templates and on handwritten ones."""
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "Alpha brings more than Beta.", f"See {text} there.")
    small_site.edit("data/technologies/gamma.yaml", "name: Gamma", f'name: Gamma\nsummary: "Of {text} too."')
    page = "---\norphan: true\nversus-comparison: alpha-vs-beta\n---\n# Alpha vs Beta\n\n```{comparison}\n```\n"
    small_site.write({"docs/comparisons/alpha-vs-beta.md": page}).build()
    places = [line.partition(": WARNING")[0] for line in small_site.warnings.splitlines()]
    assert {Path(place.split(":")[0]).name for place in places} == {"alpha-vs-beta.yaml", "gamma.yaml"}
    assert "did you mean" not in small_site.warnings
