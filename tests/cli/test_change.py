"""Many changes at once: ``versus set`` and ``versus rename``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from conftest import Site, write_files
from sphinx_versus.catalogue.loader import load

Run = Callable[..., Result]

DELTA = """\
# yaml-language-server: $schema=../schema/technology.json
name: Delta
kind: web-framework
summary: Delta is documented.   # two spaces
defaults: {as_of: 2026-01, version: "4.0"}
facts:
  # the licence
  licence:
    value: MIT
    version: "4.0"  # of the tag
    as_of: 2025

  orm: {value: no, version: '4.0'}
  size: {value: 3, version: 3.9, sources: [alpha-home, beta-review]}
"""


@pytest.fixture
def delta(project: Path) -> Path:
    write_files(project, {"data/technologies/delta.yaml": DELTA})
    return project / "data/technologies/delta.yaml"


def test_set_changes_what_fits_and_keeps_all_else(delta: Path, run: Run) -> None:
    result = run("set", "delta", "version", "4.1", "--as-of", "2026-11", "--where", "version=4.0")
    assert result.output.splitlines() == ["changed data/technologies/delta.yaml", "3 places set"]
    assert delta.read_text(encoding="utf-8") == (
        DELTA.replace('{as_of: 2026-01, version: "4.0"}', '{as_of: 2026-11, version: "4.1"}')
        .replace('"4.0"  #', '"4.1"  #')
        .replace("as_of: 2025", "as_of: 2026-11")
        .replace("'4.0'", "'4.1'")
    )


def test_set_adds_a_field_to_a_fact_that_is_named(delta: Path, run: Run) -> None:
    arguments = ("sources", "alpha-home, beta-review", "--criterion", "licence", "--as-of", "2026-11")
    assert run("set", "delta", *arguments).exit_code == 0
    added = "    value: MIT\n    sources: [alpha-home, beta-review]\n"
    assert delta.read_text(encoding="utf-8") == DELTA.replace("    value: MIT\n", added).replace("2025", "2026-11")


def test_set_keeps_line_ends(delta: Path, run: Run) -> None:
    delta.write_bytes(b"\xef\xbb\xbf" + DELTA.replace("\n", "\r\n").encode())
    assert run("set", "delta", "sources", "alpha-home", "--where", "sources=beta-review").exit_code == 0
    expected = DELTA.replace("[alpha-home, beta-review]", "[alpha-home]").replace("\n", "\r\n")
    assert delta.read_bytes() == b"\xef\xbb\xbf" + expected.encode()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("delt", "version", "1"), '"delt" is not a technology; did you mean "delta"?'),
        (("delta", "verson", "1"), '"verson" is not a field of facts; did you mean "version"?'),
        (("delta", "version", "1", "--where", "version=7"), '"version" is in no fact of "delta" that fits'),
        (("alpha", "disputed", "x"), 'of "alpha" that fits, and not in its defaults; --criterion sets it'),
        (("delta", "version", "1", "--where", "verson=7"), 'did you mean "version"?'),
        (("delta", "version", "1", "--where", "version"), "write --where version=…"),
        (("delta", "version", "1", "--criterion", "license"), 'did you mean "licence"?'),
        (("delta", "version", "1", "--as-of", "May"), '"May" is not a date'),
        (("delta", "sources", "alpha-hom"), '[unknown-source] "alpha-hom" is not a source'),
        (("delta", "value", "maybe", "--criterion", "orm"), '[invalid-value] "maybe" is not a value of "orm"'),
    ],
)
def test_set_refuses_what_would_be_wrong(delta: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    result = run("set", *arguments)
    assert result.exit_code in {1, 2}
    assert words in result.output
    assert delta.read_text(encoding="utf-8") == DELTA


@pytest.mark.parametrize("text", ["just a text\n", "- a\n", "~\n"])
def test_set_refuses_a_record_that_is_none(delta: Path, run: Run, text: str) -> None:
    delta.write_text(text, encoding="utf-8")
    assert "cannot be changed; versus check says why" in run("set", "delta", "version", "1").stderr
    assert delta.read_text(encoding="utf-8") == text


def test_a_wrong_value_of_several_facts_is_one_problem(delta: Path, run: Run) -> None:
    which = ("--criterion", "orm", "--criterion", "size")
    assert run("set", "delta", "sources", "alpha-hom", *which).stderr.count("[unknown-source]") == 1


# -- rename

PAGE = """
    ---
    versus-comparison: alpha-vs-beta
    ---

    # Alpha and Beta, see {technology}`alpha`, {technology}`Alpha <alpha>` and {versus:technology}`!alpha`

    {fact}`alpha/licence`, {row}`alpha-vs-beta/licence`, {criterion}`licence`{source}`beta-review, alpha-home`; alpha and licence.

    ```{comparison-table} alpha beta
    :technologies: beta, alpha
    :criteria: licence,orm
    ```

    ```{leads}
    alpha: The alpha is first.
    beta: Not alpha.
    ```

    [there](comparisons/alpha-vs-beta.md), {doc}`/comparisons/alpha-vs-beta`, `alpha`

    ```{toctree}
    comparisons/alpha-vs-beta
    comparisons/index
    ```
    """
REST = """
    Rest
    ====

    :technology:`alpha` and :versus:fact:`alpha/licence`

    .. technology:: alpha

    .. versus:misconception:: A claim
       :about: alpha beta
       :sources: alpha-home

       No alpha.
    """


@pytest.fixture
def pages(project: Path) -> Path:
    own = "# Own\n\n```{comparison}\n```\n"
    files = {"docs/page.md": PAGE, "docs/rest.rst": REST, "docs/comparisons/alpha-vs-beta.md": own}
    published = "comparisons: [alpha-vs-beta]\ntechnologies: [alpha]\nredirects: {technologies: {a: alpha}}\n"
    return write_files(project, {**files, "data/published.yaml": published})


def test_rename_a_technology(pages: Path, run: Run) -> None:
    edit(pages / "data/technologies/beta.yaml", "a small framework.", "smaller than {technology}`alpha`.")
    assert run("rename", "technology", "alpha", "omega").exit_code == 0
    assert run("check", "--records").exit_code == 0
    catalogue = load(pages / "data").catalogue
    assert catalogue.comparisons["alpha-vs-beta"].technologies == ("omega", "beta")
    assert list(catalogue.comparisons["alpha-vs-beta"].verdict.choose) == ["omega", "beta"]  # type: ignore[union-attr]
    assert catalogue.published
    assert catalogue.published.redirects.technologies == {"a": "omega", "alpha": "omega"}
    assert not (pages / "data/technologies/alpha.yaml").exists()
    page = (pages / "docs/page.md").read_text(encoding="utf-8")
    assert "{technology}`omega`, {technology}`Alpha <omega>` and {versus:technology}`!omega`" in page
    assert "{fact}`omega/licence`, {row}`alpha-vs-beta/licence`" in page
    assert "; alpha and licence." in page
    assert "{comparison-table} omega beta\n:technologies: beta, omega\n" in page
    assert "omega: The alpha is first.\nbeta: Not alpha.\n" in page
    rest = (pages / "docs/rest.rst").read_text(encoding="utf-8")
    assert ":technology:`omega` and :versus:fact:`omega/licence`\n\n.. technology:: omega\n" in rest
    assert "   :about: omega beta\n" in rest
    assert "No alpha." in rest


def test_rename_a_technology_in_values(pages: Path, run: Run) -> None:
    """Where values are technologies, and nowhere else."""
    with (pages / "data/criteria.yaml").open("a", encoding="utf-8") as file:
        file.write("\nbuilt-on: {name: Built on, definition: D., type: technologies}\n")
        file.write("layers: {name: Layers, definition: D., where: {built-on: [alpha, gamma]}}\n")
    statement = "{when: later, value: alpha}"
    delta = f"""\
        name: Delta
        kind: web-framework
        facts:
          built-on: {{value: "beta,  Alpha, gamma", statements: [{statement}]}}
          licence: {{value: alpha}}
        """
    wanted = """\
        title: Greek
        sides: {kind: web-framework, where: {built-on: alpha}}
        relation: alternatives
        summary: S.
        criteria: [{group: G, rows: [built-on]}]
        facts: {delta: {built-on: {value: alpha, reason: R.}}}
        reviewed: 2026-11-22
        """
    write_files(
        pages, {"data/technologies/delta.yaml": delta, "data/technologies/eta.yaml": delta.replace("Delta", "Eta")}
    )
    write_files(pages, {"data/comparisons/greek.yaml": wanted})
    assert run("check", "--records").exit_code == 0
    assert run("rename", "technology", "alpha", "omega").exit_code == 0
    assert run("check", "--records").exit_code == 0
    text = (pages / "data/technologies/delta.yaml").read_text(encoding="utf-8")
    assert 'built-on: {value: "beta,  omega, gamma", statements: [{when: later, value: omega}]}' in text
    assert "licence: {value: alpha}" in text
    assert "where: {built-on: [omega, gamma]}" in (pages / "data/criteria.yaml").read_text(encoding="utf-8")
    text = (pages / "data/comparisons/greek.yaml").read_text(encoding="utf-8")
    assert "where: {built-on: omega}" in text
    assert "built-on: {value: omega, reason: R.}" in text


def test_rename_a_comparison_and_its_page(pages: Path, run: Run) -> None:
    result = run("rename", "comparison", "alpha-vs-beta", "greek")
    lines = result.output.splitlines()
    assert "renamed data/comparisons/alpha-vs-beta.yaml to data/comparisons/greek.yaml" in lines
    assert "renamed docs/comparisons/alpha-vs-beta.md to docs/comparisons/greek.md" in lines
    assert "changed docs/page.md" in lines
    assert run("check", "--records").exit_code == 0
    assert sorted(path.name for path in (pages / "docs/comparisons").iterdir()) == ["greek.md"]
    page = (pages / "docs/page.md").read_text(encoding="utf-8")
    assert page.startswith("---\nversus-comparison: greek\n---\n")
    assert "{row}`greek/licence`" in page
    assert "[there](comparisons/greek.md), {doc}`/comparisons/greek`" in page
    assert "```{toctree}\ncomparisons/greek\ncomparisons/index\n" in page
    site = Site(pages).build()
    assert "greek" in site.output("comparisons/alpha-vs-beta.html")  # the redirect
    assert not [line for line in site.warnings.splitlines() if "greek" in line or "alpha-vs-beta" in line]


def test_the_ids_for_editors_follow(pages: Path, run: Run) -> None:
    assert run("schema").exit_code == 0
    known = pages / "data/schema/known.json"
    assert '"alpha-home"' in known.read_text(encoding="utf-8")
    run("rename", "source", "alpha-home", "omega-home")
    assert '"omega-home"' in known.read_text(encoding="utf-8")
    assert '"alpha-home"' not in known.read_text(encoding="utf-8")
    run("new", "Alpha", "Delta")
    assert '"delta"' in known.read_text(encoding="utf-8")
    assert run("schema", "--check").exit_code == 0
    known.unlink()
    assert "known.json is out of date" in run("schema", "--check").output


@pytest.mark.parametrize(
    ("type_", "old", "expected"),
    [
        (
            "criterion",
            "licence",
            ["{row}`alpha-vs-beta/new-id`, {criterion}`new-id`{source}`beta", ":criteria: new-id,orm"],
        ),
        ("source", "alpha-home", ["{source}`beta-review, new-id`; alpha"]),
    ],
)
def test_rename_an_entry_of_a_list(pages: Path, run: Run, type_: str, old: str, expected: list[str]) -> None:
    result = run("rename", type_, old, "new-id")
    assert result.exit_code == 0, result.output
    assert run("check", "--records").exit_code == 0
    page = (pages / "docs/page.md").read_text(encoding="utf-8")
    assert [words for words in expected if words not in page] == []
    records = "".join(path.read_text(encoding="utf-8") for path in (pages / "data").rglob("*.yaml"))
    assert not [sign for sign in (f"{old}:", f"[{old}", f", {old}") if sign in records]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("technology", "alpah", "x"), '"alpah" is not a technology; did you mean "alpha"?'),
        (("technology", "alpha", "beta"), '"beta" is the id of a technology already'),
        (("source", "alpha-home", "Alpha"), '"Alpha" cannot be an id'),
    ],
)
def test_rename_refuses_what_cannot_be(pages: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    before = {path: path.read_bytes() for path in pages.rglob("*") if path.is_file()}
    result = run("rename", *arguments)
    assert result.exit_code == 1
    assert words in result.output
    assert {path: path.read_bytes() for path in pages.rglob("*") if path.is_file()} == before


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_rename_changes_links_to_rows_and_pages(project: Path, run: Run) -> None:
    path, page = project / "data/technologies/alpha.yaml", project / "docs/page.md"
    link = "[x](project:/comparisons/alpha-vs-beta.md#row-orm)"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("It is part of the package.", f'"It is part, {link}."'), encoding="utf-8")
    page.write_text("---\norphan: true\n---\n# P\n\n[x](comparisons/alpha-vs-beta.md#row-orm)\n", encoding="utf-8")
    assert link in path.read_text(encoding="utf-8")
    assert run("rename", "criterion", "orm", "layer").exit_code == 0
    assert run("rename", "comparison", "alpha-vs-beta", "both").exit_code == 0
    assert "[x](project:/comparisons/both.md#row-layer)" in path.read_text(encoding="utf-8")
    assert "[x](comparisons/both.md#row-layer)" in page.read_text(encoding="utf-8")


def test_an_id_that_yaml_would_take_for_nothing_is_published(project: Path, run: Run) -> None:
    assert run("rename", "technology", "gamma", "null").exit_code == 0
    for _ in range(2):
        assert run("publish").exit_code == 0
    assert '  - "null"\n' in (project / "data/published.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("role", ["\u017fource", "cr\u0131terion"])
def test_rename_leaves_roles_with_letters_that_look_alike(delta: Path, run: Run, role: str) -> None:
    type_, old = ("source", "beta-review") if role.endswith("ource") else ("criterion", "licence")
    with delta.open("a", encoding="utf-8") as file:
        file.write(f"misconceptions:\n  odd: {{claim: C, correction: 'See {{{role}}}`{old}`.'}}\n")
    result = run("rename", type_, old, f"{old}-2")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
