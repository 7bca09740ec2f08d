"""Bad input, and the exact warning for it; the rest of the page still builds."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from itertools import chain
from typing import Any

import pytest

from conftest import CATALOGUE, INDEX, Site
from reading import Reader, rst
from sphinx_versus.directives.base import VersusDirective

ONE_OF = "expected one of"
PAIR_HINT = "name a comparison, or two or more technologies"
ONE_COMPARISON = "name one comparison, or two or more technologies"

MISTAKES = [
    # directive, its argument, its further lines, then: line and column of the problem, its words
    ("comparison-table", "alpha-vs-bet", "", "5:23", 'unknown-comparison "alpha-vs-bet" is not a comparison; did you mean "alpha-vs-beta"?'),
    ("comparison-table", "", "", "5:1", f'no-comparison-here "comparison-table" needs a comparison on this page; {ONE_OF}: alpha-vs-beta'),
    ("comparison-table", "alpha", "", "5:23", f'invalid-argument "alpha" is one technology; {PAIR_HINT}'),
    ("comparison-table", "alpha bet", "", "5:29", 'unknown-technology "bet" is not a technology; did you mean "beta"?'),
    ("comparison-table", "alpha-vs-beta", ":criteri: orm", "6:2", 'unknown-option "criteri" is not an option of "comparison-table"; did you mean "criteria"?'),
    ("comparison-table", "alpha-vs-beta", ":criteria: licence omr", "6:20", 'unknown-criterion "omr" is not a criterion; did you mean "orm"?'),
    ("comparison-table", "alpha-vs-beta", ":exclude: omr", "6:11", 'unknown-criterion "omr" is not a criterion; did you mean "orm"?'),
    ("comparison-table", "alpha-vs-beta", ":criteria:", "6:2", 'invalid-option "criteria: " does not fit; expected one or more names'),
    ("comparison-table", "alpha-vs-beta", ":order: nam", "6:2", 'invalid-option "order: nam" does not fit; did you mean "name"?'),
    ("comparison-table", "alpha-vs-beta", ":widths: 1 2", "6:2", 'invalid-option "widths" names 2 columns; this table has 3, the first one included'),
    ("comparison-table", "alpha-vs-beta", ":widths: a b c", "6:2", 'invalid-option "widths: a b c" does not fit; expected a whole number for each column, such as 20 40 40, or even'),
    ("comparison-table", "alpha-vs-beta", ":groups: Data, Dat", "6:16", 'unknown-group "Dat" is not a group of this table; did you mean "Data"?'),
    ("comparison-table", "alpha beta", ":groups: Dat", "6:10", 'unknown-group "Dat" is not a group of this table; did you mean "Data"?'),
    ("comparison-table", "alpha-vs-beta", ":technologies: alpha gamma", "6:22", f'not-compared "gamma" is not a side of "alpha-vs-beta"; {ONE_OF}: alpha, beta'),
    ("comparison-table", "alpha-vs-beta", ":transpose: no", "6:2", 'invalid-option "transpose: no" does not fit; expected no value: the option alone is enough'),
    ("comparison-table", "alpha-vs-beta", ":differences-only:\n:criteria: licence", "5:1", 'invalid-option the table "alpha-vs-beta" is empty; no row is left by its options'),
    ("technology-facts", "nix", "", "5:23", f'unknown-technology "nix" is not a technology; {ONE_OF}: alpha, beta, gamma'),
    ("technology-facts", "", "", "5:1", 'invalid-argument "technology-facts" needs the id of a technology'),
    ("technology-facts", "alpha", ":groups: Dat", "6:10", 'unknown-group "Dat" is not a group of this table; did you mean "Data"?'),
    ("misconception", "", "", "5:1", 'invalid-argument "misconception" needs an argument; did you mean the directive "misconceptions"?'),
    ("misconception", "alpha-is-slo", "", "5:20", 'unknown-misconception "alpha-is-slo" is not a misconception; did you mean "alpha-is-slow"?'),
    ("misconception", "Some claim is", "", "5:20", "invalid-argument a misconception without a correction; write the correction as the body of the directive"),
    ("misconception", "Some claim is", ":about: bet\n\nbody", "6:9", 'unknown-technology "bet" is not a technology; did you mean "beta"?'),
    ("misconception", "Some claim is", ":sources: nix\n\nbody", "6:11", f'unknown-source "nix" is not a source; {ONE_OF}: alpha-home, beta-review'),
    ("misconceptions", "", "", "5:1", f'no-comparison-here "misconceptions" needs a comparison on this page; {ONE_OF}: alpha-vs-beta'),
    ("misconceptions", "alpha nix", "", "5:27", f'unknown-technology "nix" is not a technology; {ONE_OF}: alpha, beta, gamma'),
    ("misconceptions", "alpha", ":exclude: alpha-is-slo", "6:11", 'unknown-misconception "alpha-is-slo" is not a misconception; did you mean "alpha-is-slow"?'),
    ("verdict", "", "", "5:1", f'no-comparison-here "verdict" needs a comparison on this page; {ONE_OF}: alpha-vs-beta'),
    ("technology", "", "", "5:1", 'invalid-argument "technology" needs the id of a technology'),
    ("technology", "alph", "", "5:17", 'unknown-technology "alph" is not a technology; did you mean "alpha"?'),
    ("topics", "", "", "5:1", f'no-comparison-here "topics" needs a comparison on this page; {ONE_OF}: alpha-vs-beta'),
    ("related-comparisons", "alpha-vs-beta", ":limit: -1", "6:2", 'invalid-option "limit: -1" does not fit; expected a whole number from 1 to 10,000'),
    ("comparison", "", "", "5:1", f'no-comparison-here "comparison" needs a comparison on this page; {ONE_OF}: alpha-vs-beta'),
    ("comparison-summary", "x", "", "5:25", f'unknown-comparison "x" is not a comparison; {ONE_OF}: alpha-vs-beta'),
    ("comparison-index", "alpha", "", "5:23", 'invalid-argument "comparison-index" takes no argument: "alpha"; remove it'),
    ("comparison-index", "", ":kind: web-framewor", "6:8", 'unknown-kind "web-framewor" is not the kind of any technology; did you mean "web-framework"?'),
    ("comparison-index", "", ":style: tiles", "6:2", f'invalid-option "style: tiles" does not fit; {ONE_OF}: cards, list'),
    ("misconception-index", "x", "", "5:26", 'invalid-argument "misconception-index" takes no argument: "x"; remove it'),
    ("misconception-index", "", ":technology: nix", "6:14", f'unknown-technology "nix" is not a technology; {ONE_OF}: alpha, beta, gamma'),
    ("technology-index", "", ":kind: nix", "6:8", f'unknown-kind "nix" is not the kind of any technology; {ONE_OF}: web-framework'),
    ("criterion-index", "", ":kinds: x", "6:2", f'unknown-option "kinds" is not an option of "criterion-index"; {ONE_OF}: class, name, sections'),
    *(("related-comparisons", "alpha-vs-beta", f":limit: {limit}", "6:2", f'invalid-option "limit: {limit}" does not fit; expected a whole number from 1 to 10,000') for limit in ("0", "10001", "9" * 20, "9" * 400, "1.5", "1e3", "\u0663", "many")),
    ("differences", "alpha-vs-beta", f":limit: {'9' * 20}", "6:2", f'invalid-option "limit: {"9" * 20}" does not fit; expected a whole number from 1 to 10,000'),
    ("comparison-matrix", "", f":limit: {'9' * 20}", "6:2", f'invalid-option "limit: {"9" * 20}" does not fit; expected a whole number from 1 to 10,000'),
    ("comparison-table", "alpha-vs-beta", f":widths: 1 {'9' * 20} 1", "6:2", f'invalid-option "widths: 1 {"9" * 20} 1" does not fit; expected a whole number for each column, such as 20 40 40, or even'),
    *((name, "", f":{option}:", "6:2", f'invalid-option "{option}: " does not fit; expected a text; without one, remove the option') for name, option in (("technology-index", "kind"), ("comparison-index", "technology"), ("comparison-matrix", "kind"), ("misconception-index", "kind"), ("sources", "name"))),
    ("comparison-table", "alpha-vs-beta", ":caption:", "6:2", 'invalid-option "caption: " does not fit; expected a text; without one, remove the option'),
    ("comparison-table", "alpha-vs-beta", ":order: name\n:criteria: orm\n:order: given", "6:2", 'invalid-option "order" is given 2 times; remove all but one'),
    ("comparison-table", "alpha-vs-beta", "---\norder: name\norder: given\n---", "7:1", 'invalid-option "order" is given 2 times; remove all but one'),
    ("comparison-table", "alpha-vs-beta", ":order: name\n\nContent.", "8:1", 'invalid-argument "comparison-table" takes no content: "Content."; remove it'),
    ("comparison-table", "alpha gamma alpha-vs-beta", "", "5:35", f'invalid-argument "alpha-vs-beta" is a comparison; {ONE_COMPARISON}'),
    ("misconceptions", "alpha-vs-beta gamma", "", "5:21", f'invalid-argument "alpha-vs-beta" is a comparison; {ONE_COMPARISON}'),
    ("misconception", "Some claim is", ":about: alpha\n:about: beta\n\nabout: this", "6:2", 'invalid-option "about" is given 2 times; remove all but one'),
    ("value-ages", "", "", "5:1", f'no-comparison-here "value-ages" needs a comparison on this page; {ONE_OF}: alpha-vs-beta'),
    ("value-ages", "alph", "", "5:17", 'unknown-comparison "alph" is neither a comparison nor a technology; did you mean "alpha"?'),
    ("value-ages", "alpha-vs-bet", "", "5:17", 'unknown-comparison "alpha-vs-bet" is neither a comparison nor a technology; did you mean "alpha-vs-beta"?'),
    ("value-ages", "alpha", ":limit: 3", "6:2", f'unknown-option "limit" is not an option of "value-ages"; {ONE_OF}: class, name'),
    ("technology-choices", "", "", "5:1", 'invalid-argument "technology-choices" needs the id of a technology'),
    ("technology-choices", "alph", "", "5:25", 'unknown-technology "alph" is not a technology; did you mean "alpha"?'),
    ("catalogue-numbers", "alpha", "", "5:24", 'invalid-argument "catalogue-numbers" takes no argument: "alpha"; remove it'),
    ("catalogue-numbers", "", ":limit: 3", "6:2", f'unknown-option "limit" is not an option of "catalogue-numbers"; {ONE_OF}: class, name'),
    ("leads", "alpha-vs-beta", "\nalpha: A.\nbata: B.", "8:1", 'not-compared "bata" is not a side of this comparison; did you mean "beta"?'),
    ("leads", "alpha-vs-beta", "\nalpha: A.\nbeta - B.", "8:1", 'invalid-argument "beta - B." is not a lead; write "beta: B."'),
    ("leads", "alpha-vs-beta", "\nalpha: A.\nbeta B.", "8:1", 'invalid-argument "beta B." is not a lead; write "beta: B."'),
    ("leads", "alpha-vs-beta", "\nalpha: A.\nBoth B.", "8:1", 'invalid-argument "Both B." is not a lead; expected lines such as `django: Many parts are included.`'),
    ("leads", "alpha-vs-beta", "\nalpha: A.", "5:1", 'one-sided "leads" says nothing of "beta"; add a line for every side'),
    ("leads", "alpha-vs-beta", "\nbeta: B.\nalpha: A.\nbeta: C.", "9:1", 'duplicate-entry "beta" already has a line; remove one of them'),
    ("leads", "alpha-vs-beta", "", "5:1", 'invalid-argument "leads" has no lines; expected lines such as `django: Many parts are included.`'),
    ("leads", "alpha-vs-beta", f"\nalpha: A.\nbeta: {'b ' * 40}b", "8:1", f'too-long-for-layout the lead "{"b " * 40}b" has 81 characters; expected at most 80; it is shown as it is'),
    ("sources", "x", "", "5:14", 'invalid-argument "sources" takes no argument: "x"; remove it'),
    ("comparison-table", "alpha-vs-beta", ":criteria: orm orm", "6:12", 'duplicate-entry "orm" is named 2 times; remove all but one'),
    ("technology-facts", "alpha", ":groups: Data\n:exclude: orm", "5:1", 'invalid-option the table of "alpha" is empty; no row is left by its options'),
    ("comparison-table", "alpha-vs-beta", ":order: name\n\ncriteria: licence", "8:1", 'invalid-argument "comparison-table" takes no content: "criteria: licence"; write ":criteria:" directly below the first line'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "argument", "lines", "place", "problem"), MISTAKES)
def test_a_mistake_in_a_directive(
    reader: Reader, name: str, argument: str, lines: str, place: str, problem: str
) -> None:
    head = f"```{{{name}}} {argument}".rstrip()
    page = reader.read(f"# Page\n\ntext\n\n{head}\n{lines}\n```\n\nThe rest.\n".replace("\n\n```\n", "\n```\n"))
    code, _, words = problem.partition(" ")
    assert page.warnings == [f"page.md:{place}: [{code}] {words} [versus.{code}]"]
    assert "The rest." in page.words


@pytest.mark.parametrize(
    ("name", "argument", "lines", "problem"), [(one[0], one[1], one[2], one[4]) for one in MISTAKES[::4]]
)
def test_the_same_mistake_on_a_restructuredtext_page(
    reader: Reader, name: str, argument: str, lines: str, problem: str
) -> None:
    text = rst(f"# Page\n\n```{{{name}}} {argument}\n{lines}\n```\n\nThe rest.\n")
    page = reader.read(text, ".rst")
    code, _, words = problem.partition(" ")
    (warning,) = page.warnings
    place, _, said = warning.partition(": ")
    assert said == f"[{code}] {words} [versus.{code}]"
    line, column = map(int, place.removeprefix("page.rst:").split(":"))
    if column > 1:
        quoted = tuple(part.split(": ")[0] for part in words.split('"')[1::2])
        assert text.splitlines()[line - 1][column - 1 :].startswith(quoted)
    else:
        assert text.splitlines()[line - 1].startswith(f".. {name}::")
    assert "The rest." in page.words


def test_a_directive_goes_on_without_the_option_that_does_not_fit(reader: Reader) -> None:
    page = reader.read("# Page\n\n```{comparison-table} alpha-vs-beta\n:order: nam\n:colour: red\n:groups: Data\n```\n")
    assert [line.split(": ")[0] for line in page.warnings] == ["page.md:4:2", "page.md:5:2"]
    assert "Database layer" in page.words
    assert "Licence" not in page.words


@pytest.mark.parametrize(
    ("directive", "lines", "places", "shown"),
    [
        ("comparison-table} alpha-vs-beta", ":criteria: omr licence sise, omr", ["4:12", "4:24"], "Licence"),
        ("comparison-table} alpha nix beta nux", ":groups: Date, Data", ["3:29", "3:38", "4:10"], "Database layer"),
        ("comparison-table} alpha-vs-beta", ":exclude: orn\n:technologies: alpha, gamma, delta", ["4:11", "5:23", "5:30"], "Alpha"),
        ("comparison-table} alpha nix", ":criteria: x\n:groups: y", ["3:29", "4:12", "5:10"], "is not a technology"),
        ("technology-facts} alpha", ":criteria: nix, licence\n:exclude: nix", ["4:12"], "MIT"),
        ("misconceptions} alpha nix gamma nux", ":exclude: x", ["3:27", "3:37", "4:11"], "Alpha is slow"),
        ("misconception} A claim", ":about: nix alpha\n:sources: nox\n\nBody.", ["4:9", "5:11"], "nox"),
        ("misconception} alpha-is-slow", ":about: beta", ["4:2"], "Alpha is slow"),
        ("comparison-index}", ":kind: nix\n:technology: nix", ["4:8", "5:14"], "unknown-kind"),
        ("sequence-diagram} A, B", ":alt: A.\n\nA -> B: one\n\nA > B: two\nA -> C: three", ["8:1", "9:6"], "one"),
    ],
)  # fmt: skip
def test_all_mistakes_of_a_directive_are_told_and_the_rest_is_shown(
    reader: Reader, directive: str, lines: str, places: list[str], shown: str
) -> None:
    page = reader.read(f"# Page\n\n```{{{directive}\n{lines}\n```\n")
    assert [line.split(": ")[0].removeprefix("page.md:") for line in page.warnings] == places
    assert shown in page.words


METADATA = [
    ("versus-comparison: alpha-vs-bet", "3:20", 'unknown-comparison "alpha-vs-bet" is not a comparison; did you mean "alpha-vs-beta"?'),
    ("versus-comparison: nope", "3:20", f'unknown-comparison "nope" is not a comparison; {ONE_OF}: alpha-vs-beta'),
    ("versus-comparison: alpha", "3:20", f'unknown-comparison "alpha" is not a comparison; {ONE_OF}: alpha-vs-beta'),
    ("versus-technology: alhpa", "3:20", 'unknown-technology "alhpa" is not a technology; did you mean "alpha"?'),
    ("versus-comparison: 12", "3:20", f'unknown-comparison "12" is not a comparison; {ONE_OF}: alpha-vs-beta'),
    ("versus-comparison: [12]", "3:21", 'wrong-type "versus-comparison" is a list; expected a text such as 12'),
    ("versus-comparison: {x: 1}", "3:1", f'unknown-comparison "{{"x": 1}}" is not a comparison; {ONE_OF}: alpha-vs-beta'),
    ("versus-comparison:", "3:1", 'missing-key "versus-comparison" has no value; expected the id of a comparison'),
    ("versus-technology: null", "3:1", 'missing-key "versus-technology" has no value; expected the id of a technology'),
    ("versus-comparsion: alpha-vs-beta", "3:1", 'unknown-key "versus-comparsion" is not metadata of a page; did you mean "versus-comparison"?'),
]  # fmt: skip


@pytest.mark.parametrize(("line", "place", "problem"), METADATA)
def test_a_mistake_in_the_metadata_of_a_page(reader: Reader, line: str, place: str, problem: str) -> None:
    code, _, words = problem.partition(" ")
    page = reader.read(f"---\norphan: true\n{line}\n---\n# Page\n\nThe rest.\n")
    assert page.warnings == [f"page.md:{place}: [{code}] {words} [versus.{code}]"]
    assert "The rest." in page.words


@pytest.mark.parametrize(
    ("line", "directives"),
    [
        ("versus-comparison: alpha-vs-bet", ("comparison-table", "verdict", "misconceptions", "topics", "comparison")),
        ("versus-comparison:", ("comparison-table", "verdict")),
        ("versus-technology: alhpa", ("technology", "technology-facts", "derived-pairs")),
    ],
)
def test_what_follows_from_metadata_is_not_reported(reader: Reader, line: str, directives: tuple[str, ...]) -> None:
    blocks = "\n".join(f"```{{{name}}}\n```\n" for name in directives)
    page = reader.read(f"---\n{line}\n---\n# Page\n\n{blocks}\nThe rest.\n")
    assert [warning.split(": ")[0].rpartition(":")[0] for warning in page.warnings] == ["page.md:2"]
    assert "The rest." in page.words


def test_a_page_of_a_technology_has_no_comparison(reader: Reader) -> None:
    page = reader.read("---\nversus-technology: alpha\n---\n# Page\n\n```{verdict}\n```\n")
    problem = f'[no-comparison-here] "verdict" needs a comparison on this page; {ONE_OF}: alpha-vs-beta'
    assert page.warnings == [f"page.md:6:1: {problem} [versus.no-comparison-here]"]


def test_a_mistake_in_the_metadata_of_a_restructuredtext_page(reader: Reader) -> None:
    page = reader.read(":versus-comparison: alpha-vs-bet\n\nPage\n====\n\nThe rest.\n", ".rst")
    problem = '[unknown-comparison] "alpha-vs-bet" is not a comparison; did you mean "alpha-vs-beta"?'
    assert page.warnings == [f"page.rst:1:21: {problem} [versus.unknown-comparison]"]


@pytest.mark.parametrize("form", [str, rst])
def test_content_of_a_directive_that_takes_none_is_one_problem(reader: Reader, form: Callable[[str], str]) -> None:
    suffix = ".md" if form is str else ".rst"
    for name in sorted(reader.directives):
        made = reader.directives[name]
        if not (isinstance(made, type) and issubclass(made, VersusDirective)) or ":" in name or made.takes_content:
            continue
        argument = {
            "technology": "alpha",
            "technology-facts": "alpha",
            "derived-pairs": "alpha",
            "technology-choices": "alpha",
        }.get(name, "")
        argument = argument or (
            "" if name.endswith(("-index", "-matrix", "-picker", "-numbers")) or name == "sources" else "alpha-vs-beta"
        )
        text = form(f"# Page\n\n```{{{name}}} {argument}\n\nStray words.\n```\n\nThe rest.\n")
        page = reader.read(text, suffix)
        [line] = (number for number, line in enumerate(text.splitlines(), 1) if "Stray" in line)
        column = text.splitlines()[line - 1].index("Stray") + 1
        problem = f'[invalid-argument] "{name}" takes no content: "Stray words."; remove it [versus.invalid-argument]'
        assert page.warnings == [f"page{suffix}:{line}:{column}: {problem}"]
        assert "The rest." in page.words


@pytest.mark.parametrize("form", [str, rst])
def test_each_of_several_roles_is_told_with_its_own_place(reader: Reader, form: Callable[[str], str]) -> None:
    text = "# Page\n\nnix: {technology}`nix`, {technology}`nix` and\n{technology}`words for <nix>`, {row}`nix`\n\n- one\n\n  {source}`nox,\n  nix`\n"
    read = form(text)
    page = reader.read(read, ".md" if form is str else ".rst")
    places = [re.findall(r":(\d+):(\d+)", line) for line in page.warnings]
    told = [[read.splitlines()[int(line) - 1][int(column) - 1 :][:4] for line, column in one] for one in places]
    assert told == [["nix`", "nix`", "nix>"], ["nix`"], ["nox,"], ["nix`"]]
    assert len({*chain(*places)}) == 6


def test_a_directive_leaves_a_remark_on_the_page(reader: Reader) -> None:
    page = reader.read("# Page\n\n```{verdict} alpha-vs-bet\n```\n")
    assert '[unknown-comparison] "alpha-vs-bet" is not a comparison' in page.words


def test_a_comparison_without_a_verdict(small_site: Site) -> None:
    record = CATALOGUE["data/comparisons/alpha-vs-beta.yaml"]
    head, _, tail = record.partition("        verdict:")
    small_site.write(
        {"data/comparisons/alpha-vs-beta.yaml": head + "        reviewed:" + tail.partition("reviewed:")[2]}
    )
    small_site.write({"docs/page.md": "---\norphan: true\n---\n# Page\n\n```{verdict} alpha-vs-beta\n```\n"})
    small_site.build("dummy")
    problem = '[no-verdict] "alpha-vs-beta" has no verdict; add verdict: to its record'
    assert small_site.warnings == f"docs/page.md:6:1: WARNING: {problem} [versus.no-verdict]\n"


def test_warnings_can_be_suppressed_by_code(site: Site) -> None:
    text = "# Home\n\n```{criterion-index}\n:kinds: x\n```\n\n{technology}`nix`\n"
    site.write({**CATALOGUE, "docs/index.md": text})
    site.build("dummy", suppress_warnings=["versus.unknown-option"])
    assert "unknown-option" not in site.warnings
    assert "unknown-technology" in site.warnings


def test_a_broken_record_is_reported_once(site: Site) -> None:
    """What refers to it says nothing: the record's own problem is the cause."""
    text = "# Home\n\n```{technology} gamma\n```\n\n{technology}`gamma`\n\n```{misconceptions} alpha gamma\n```\n"
    site.write({**CATALOGUE, **INDEX, "docs/page.md": "---\norphan: true\n---\n" + text})
    site.edit("data/technologies/gamma.yaml", "kind: web-framework", "kimd: web-framework").build("dummy")
    assert [line.split(": ")[0] for line in site.warnings.splitlines()] == ["data/technologies/gamma.yaml:2:1"]


def test_a_closed_folder_of_records_fails_the_build(small_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that publishes the site would lose its pages."""
    listed = os.scandir

    def deny(path: Any = ".") -> Any:
        if str(path).endswith("data/technologies"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", deny)
    small_site.build()
    assert small_site.app.statuscode == 1
    [line] = [line for line in small_site.warnings.splitlines() if "data/technologies" in line]
    assert line.startswith("data/technologies:1:1: ERROR: [unreadable-file]")


def test_of_many_problems_of_a_directive_the_first_are_reported(small_site: Site) -> None:
    names = " ".join(f"nix{number}" for number in range(30))
    small_site.write({"docs/index.md": f"# Home\n\n```{{comparison-table}} {names}\n```\n"}).build("dummy")
    last, *first = small_site.warnings.splitlines()
    assert [line.split("WARNING: ")[1].split(";")[0] for line in first] == [
        f'[unknown-technology] "nix{number}" is not a technology' for number in range(20)
    ]
    assert '[more-problems] "comparison-table" has 10 more problems; the first 20 are reported' in last


def test_of_many_options_of_a_directive_the_first_are_reported(small_site: Site) -> None:
    """The place of each is looked for in the directive."""
    options = "\n".join(f":nix{number}: x" for number in range(25))
    small_site.write({"docs/index.md": f"# Home\n\n```{{technology}} alpha\n{options}\n```\n"}).build("dummy")
    last, *first = small_site.warnings.splitlines()
    assert [line.split(": ")[0] for line in first] == [f"docs/index.md:{line}:2" for line in range(4, 24)]
    assert '[more-problems] "technology" has 5 more problems; the first 20 are reported' in last


def test_blank_lines_are_no_content(small_site: Site) -> None:
    page = "# Home\n\n```{technology} alpha\n\n\n```\n\n```{misconception} nix\n\n\n\n```\n"
    small_site.write({"docs/index.md": page}).build("dummy")
    (line,) = small_site.warnings.splitlines()
    assert '[unknown-misconception] "nix"' in line


def test_names_of_a_directive_have_a_limit(small_site: Site) -> None:
    lines = "\n".join(f"alpha: line {number}" for number in range(1_001))
    small_site.write({"docs/index.md": f"# Home\n\n```{{leads}} alpha-vs-beta\n{lines}\n```\n"}).build("dummy")
    (line,) = small_site.warnings.splitlines()
    assert '[too-large] "leads" has 1,001 names in one place; expected at most 1,000' in line


def test_a_comparison_is_not_shown_within_itself(small_site: Site) -> None:
    template = "# {{ title }}\n\n```{comparison} {{ id }}\n```\n\n```{comparison} {{ id }}\n```\n"
    small_site.write({"templates/versus/comparison.md.jinja": template}).build("dummy", templates_path=["templates"])
    lines = small_site.warnings.splitlines()
    message = '[invalid-argument] "alpha-vs-beta" cannot be shown within "alpha-vs-beta"; remove it from the template'
    assert lines
    assert all(message in line for line in lines)


def test_a_character_that_no_text_may_have(small_site: Site) -> None:
    text = '# Home\n\n```{comparison-table} alpha-vs-beta\n---\nclass: "\\ud800"\ncaption: "a\\u0007"\n---\n```\n'
    small_site.write({"docs/index.md": text}).build("html")
    first, second = small_site.warnings.splitlines()
    assert r'[invalid-option] "class: \ud800" has a character that no text may have; remove it' in first
    assert r'[invalid-option] "caption: a\x07" has a character that no text may have; remove it' in second
    assert small_site.soup("index.html").select(".vs-table")


def test_a_remark_on_a_page_has_no_control_characters(small_site: Site) -> None:
    """They end the reading of an EPUB."""
    small_site.write({"docs/index.rst": "Home\n====\n\n.. compare-picker:: A\x1b[0m\n", "docs/index.md": ""})
    (small_site.root / "docs" / "index.md").unlink()
    remark = small_site.build().soup("index.html").select_one(".versus-problem")
    assert remark
    assert '"A\\x1b[0m"' in remark.get_text() or '"A\\e[0m"' in remark.get_text()
