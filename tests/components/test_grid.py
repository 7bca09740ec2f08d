"""The table of more than six technologies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils import nodes

from conftest import INDEX, Site
from many import round_up
from reading import Read, Reader
from sphinx_versus.components import grid

TABLE = "# Page\n\n```{comparison-table} all\n```\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A round-up of eight, built for the web."""
    site = Site(tmp_path_factory.mktemp("grid")).write({**round_up(8), **INDEX})
    site.build("html")
    return site


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return Reader(Site(tmp_path_factory.mktemp("nodes")).write({**round_up(8), **INDEX}))


@pytest.fixture(scope="module")
def page(reader: Reader) -> Read:
    """A page with its table, as standard nodes."""
    return reader.read(TABLE)


def cells(html: str) -> list[list[str]]:
    """The words of the rows of its table."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, flags=re.S) for row in body.split("</tr>")[:-1]]
    return [[" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in row] for row in rows]


def test_technologies_are_rows_under_criteria_in_groups(site: Site) -> None:
    html = site.output("comparisons/all.html")
    rows = cells(html)
    assert [row[0] for row in rows] == [f"T{number}" for number in range(8)]
    assert rows[0] == ["T0", "Yes", "MIT", "no source: 5 MB", "Not assessed"]
    assert rows[7][2] == "Unknown"
    assert re.findall(r'colspan="(\d)"><span>(\w+)', html) == [("1", "Data"), ("3", "Project")]


def test_a_head_says_that_its_criterion_is_deprecated(tmp_path: Path) -> None:
    files = dict(round_up(8))
    files["data/criteria.yaml"] = files["data/criteria.yaml"].replace(
        "type: number", "status: deprecated, type: number"
    )
    site = Site(tmp_path).write({**files, **INDEX})
    site.build("html")
    html = site.output("comparisons/all.html")
    assert 'data-unit="MB"><span>' in html
    assert "<small>(deprecated)</small></span>" in html
    site.build("text")
    assert "(deprecated)" in site.output("comparisons/all.txt", "text")


def test_values_lead_to_their_facts_and_evidence_is_there(site: Site) -> None:
    html = site.output("comparisons/all.html")
    assert '<a class="reference internal" href="../technologies/t3.html#row-licence">MIT</a>' in html
    assert "A note on" not in html
    assert "Notes and sources are with the facts" in html


def test_what_only_the_comparison_says_stays(site: Site) -> None:
    html = site.output("comparisons/all.html")
    assert "Here with an extension." in cells(html)[1][1]
    assert html.count('id="source-') == 1


def test_old_values_have_their_year(tmp_path: Path) -> None:
    files = dict(round_up(8))
    files["data/technologies/t0.yaml"] = files["data/technologies/t0.yaml"].replace(
        "{value: 5}", "{value: 5, as_of: 1993}"
    )
    site = Site(tmp_path).write({**files, **INDEX})
    for reviewed in ("reviewed: 2026-11-22", ""):  # without a review, older than the newest value
        site.edit("data/comparisons/all.yaml", "reviewed: 2026-11-22", reviewed).build("html")
        page = site.soup("comparisons/all.html")
        assert [tag.text for tag in page.select(".vs-grid td .vs-old")] == ["1993"]
        assert "A year is beside values over a year old." in page.select(".vs-grid > .vs-meta")[0].text
    site.build("text")
    assert "(1993)" in site.output("comparisons/all.txt", "text")


@pytest.fixture(scope="module")
def conditional(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A comparison with values under conditions of its own, and technologies as values."""
    files = dict(round_up(8))
    files["data/criteria.yaml"] += "built-on: {name: Built on, definition: Which., type: technologies}\n"
    comparison = files["data/comparisons/all.yaml"].replace("[orm]", "[orm, built-on]")
    statements = "statements: [{value: no, when: by default, note: So far., sources: [alpha-home]}]"
    files["data/comparisons/all.yaml"] = comparison.replace("extension.,", f"extension., {statements},")
    fact = "facts:\n          built-on: {value: 't3 (17 %), T2', since: 2, method: estimate}\n"
    files["data/technologies/t0.yaml"] = files["data/technologies/t0.yaml"].replace("facts:\n", fact)
    values = ", ".join(f"{{value: {value}, when: on {value}}}" for value in (2, 1, 3, 9))
    files["data/technologies/t2.yaml"] = files["data/technologies/t2.yaml"].replace(
        "facts:\n", f"facts:\n          size: {{statements: [{values}]}}\n"
    )
    site = Site(tmp_path_factory.mktemp("conditional")).write({**files, **INDEX})
    site.build("html")
    return site


def test_values_under_conditions_of_the_comparison_are_there(conditional: Site) -> None:
    (cell,) = [one for one in conditional.soup("comparisons/all.html").select("td") if "extension" in one.text]
    assert "by default: No" in cell.text
    assert "So far." in cell.text
    assert len(cell.select(".vs-src a")) == 2


def test_values_that_depend_are_shown_up_to_a_number(conditional: Site) -> None:
    (cell,) = conditional.soup("comparisons/all.html").select(".vs-is-depends")
    assert " ".join(cell.text.split()) == "no source: Depends (on 2: 2 MB; on 1: 1 MB; on 3: 3 MB)"
    assert cell["data-more"] == "1"
    assert [(data["value"], data["data-to"], data.text) for data in cell.select("data")] == [("1", "9", "Depends")]
    conditional.build("text")
    assert "*Depends* (on 2: 2 MB;" in conditional.output("comparisons/all.txt", "text")


def test_a_value_that_is_the_same_under_all_conditions_is_shown_with_these(tmp_path: Path) -> None:
    files = dict(round_up(8))
    same = "orm: {statements: [{value: yes, when: on spot}, {value: yes, when: on margin}]}"
    other = "orm: {statements: [{value: no, when: by default}, {value: yes, when: later}]}"
    for number, answer in enumerate(
        [same, other, same.replace("yes", "yes, method: tested, since: 2, sources: [alpha-home]")]
    ):
        path = f"data/technologies/t{number + 3}.yaml"
        files[path] = re.sub("orm: {.*}", answer, files[path])
    files["docs/fact.md"] = "# Facts\n\n{fact}`t3/orm` or {fact}`t4/orm`\n\n```{technology-facts} t3\n```\n"
    site = Site(tmp_path).write({**files, **INDEX}).build("html")
    cells = site.soup("comparisons/all.html").select(".vs-is-depends")
    assert [" ".join(cell.text.split()) for cell in cells] == [
        "no source: Yes (on spot; on margin)",
        "no source: Depends (by default: No; later: Yes)",
        "Yes (on spot; on margin, since 2, tested)",
    ]
    assert [cell["data-entries"].split("\n") for cell in cells] == [["Yes"], ["No", "Yes", "Depends"], ["Yes"]]
    assert "Yes (on spot; on margin) or Depends" in site.soup("fact.html").text
    site.build("text")
    assert "Yes (on spot; on margin)" in site.output("comparisons/all.txt", "text")


def test_what_is_not_applicable_under_a_condition_is_told(tmp_path: Path) -> None:
    files = dict(round_up(8))
    answers = [
        "orm: {statements: [{not_applicable: true, when: on spot}, {value: yes, when: on margin}]}",
        "orm: {value: no, statements: [{not_applicable: true, when: offline, note: There is no server.}]}",
        "size: {statements: [{not_applicable: true, when: on spot}, {value: 5, when: on margin}]}",
    ]
    for number, answer in enumerate(answers):
        path = f"data/technologies/t{number + 3}.yaml"
        files[path] = re.sub(f"{answer.partition(':')[0]}: {{.*}}", answer, files[path])
        assert answer in files[path]
    site = Site(tmp_path).write({**files, **INDEX}).build("html")
    cells = site.soup("comparisons/all.html").select(".vs-is-depends")
    assert ["Not applicable" in cell.text for cell in cells] == [True, True]
    assert cells[0]["data-entries"].split("\n") == ["Not applicable", "Yes", "Depends"]
    assert cells[1].select_one("data")["value"] == "5"
    page = " ".join(site.soup("technologies/t4.html").text.split())
    assert "offline: Not applicable" in page
    assert "There is no server." in page
    site.build("text")
    assert "on spot: Not applicable" in site.output("comparisons/all.txt", "text")


def test_unknown_values_and_versions_stand_with_their_conditions(tmp_path: Path) -> None:
    files = dict(round_up(8))
    answer = (
        "orm: {value: yes, version: '3', statements: [{when: on X, note: Nobody tells.}, {value: no, version: '2'}]}"
    )
    files["data/technologies/t3.yaml"] = re.sub("orm: {.*}", answer, files["data/technologies/t3.yaml"])
    site = Site(tmp_path).write({**files, **INDEX}).build("html")
    assert site.warnings == ""
    page = " ".join(site.soup("technologies/t3.html").text.split())
    assert "on X: Unknown Nobody tells." in page
    assert "version 2: No" in page


def test_technologies_as_values_lead_to_their_pages(conditional: Site) -> None:
    page = conditional.soup("comparisons/all.html")
    (cell,) = page.select("td:has(.vs-links)")
    links = {link.text: link["href"] for link in cell.select(".vs-links a")}
    assert links == {"T2": "../technologies/t2.html", "T3 (17 %)": "../technologies/t3.html"}
    assert cell["data-entries"] == "T3\nT2"
    assert cell.select_one("small").text == " since 2, estimate"
    assert page.select_one("th[data-id=built-on][data-list]")
    links = {link.text: link["href"] for link in conditional.soup("technologies/t0.html").select(".vs-v a")}
    assert links == {"T2": "t2.html", "T3 (17 %)": "t3.html"}


def test_other_formats_have_them_too(conditional: Site) -> None:
    read = Reader(conditional).read(TABLE)
    assert "by default: No So far." in read.words
    row = read.all(nodes.table, "versus-table")[0].next_node(nodes.tbody).next_node(nodes.row)
    links = [(link.astext(), link.get("refuri")) for link in row[2].findall(nodes.reference)]
    assert links == [("T3 (17 %)", "technologies/t3.html"), ("T2", "technologies/t2.html")]


def test_a_web_address_as_value_is_a_link(tmp_path: Path) -> None:
    """In the table of many, with its technology, and in other formats; any other text is none, nor is a part of one."""
    files, address = dict(round_up(8)), "https://a.example/x?y=1&z={2}"
    values = [address, "javascript:alert(1)", f"see {address}", 'https://a.example/"x']
    files["data/criteria.yaml"] += "site: {name: Site, definition: Where., group: Data, compare: version}\n"
    files["data/comparisons/all.yaml"] = files["data/comparisons/all.yaml"].replace("[orm]", "[orm, site]")
    for number, value in enumerate(values):
        name = f"data/technologies/t{number}.yaml"
        files[name] = files[name].replace("facts:\n", f"facts:\n          site: {{value: '{value}', since: 3}}\n")
    site = Site(tmp_path).write({**files, **INDEX})
    site.build("html")
    expected = [(address, "https://a.example/x?y=1&z=%7B2%7D")]
    page = site.soup("comparisons/all.html")
    assert [(link.text, link["href"]) for link in page.select("td a.external")] == expected
    assert f"{address}, since 3" in page.text
    links = site.soup("technologies/t0.html").select(".vs-v a")
    assert [(link.text, link["href"]) for link in links] == expected
    assert site.soup("technologies/t1.html").select(".vs-v a") == []
    for text in (TABLE, "# Page\n\n```{technology-facts} t0\n```\n"):
        read = Reader(site).read(text)
        assert f"{address}, since 3" in read.words
        links = [one for one in read.all(nodes.reference) if "a.example" in one.get("refuri", "")]
        assert [(link.astext(), link["refuri"]) for link in links] == expected


def test_web_addresses_under_conditions_are_links(tmp_path: Path) -> None:
    """Beside the value where they are the only one, and in what is said of each condition."""
    files, address = dict(round_up(8)), "https://a.example/x"
    files["data/criteria.yaml"] += "site: {name: Site, definition: Where., group: Data}\n"
    statements = [f"{{when: in English, value: '{address}'}}", "{when: in German, value: 'https://a.example/de'}"]
    for number in (0, 1):
        name, given = f"data/technologies/t{number}.yaml", ", ".join(statements[: number + 1])
        files[name] = files[name].replace("facts:\n", f"facts:\n          site: {{statements: [{given}]}}\n")
    site = Site(tmp_path).write({**files, **INDEX})
    site.build("html")
    first, second = (site.soup(f"technologies/t{number}.html") for number in (0, 1))
    assert [link["href"] for link in first.select(".vs-v a.external")] == [address]
    assert f"{address} (in English)" in first.text
    assert second.select(".vs-v a.external") == []
    (note,) = [one for one in second.select(".vs-note") if "in German" in one.text]
    links = [(link.text, link["href"]) for link in note.select("a.external")]
    assert links == [(one, one) for one in (address, "https://a.example/de")]
    assert f"in English: {address}" in note.text
    read = Reader(site).read("# Page\n\n```{technology-facts} t1\n```\n")
    found = [one["refuri"] for one in read.all(nodes.reference) if "a.example" in one.get("refuri", "")]
    assert found == [address, "https://a.example/de"]
    assert f"in English: {address}" in read.words


def test_what_all_facts_share_is_said_once_and_cells_are_counted(site: Site) -> None:
    html = site.output("comparisons/all.html")
    assert html.count("April 2026") == 1
    assert "All facts: version 1, April 2026." in html
    assert "10 of 32 values not known" in html
    assert "Facts from" not in html


def test_the_table_comes_first_and_no_cards(site: Site) -> None:
    html = site.output("comparisons/all.html")
    assert html.index("They are many.") < html.index("<tbody>")
    assert "One of many." not in html


def test_a_title_without_names_is_no_word_between_names(site: Site) -> None:
    assert "vs-between" not in site.output("comparisons/all.html")


def test_other_formats_have_a_table_for_each_group(page: Read) -> None:
    tables = page.all(nodes.table, "versus-table")
    assert [len([*table.findall(nodes.colspec)]) for table in tables] == [2, 4]
    assert [table.next_node(nodes.tbody).next_node(nodes.row).astext().split("\n\n") for table in tables] == [
        ["T0", "Yes"],
        ["T0", "MIT", "5 MB (no source)", "Not assessed"],
    ]
    assert [rubric.astext() for rubric in page.all(nodes.rubric, "versus-group")] == ["Data", "Project"]


def test_on_narrow_screens_each_value_is_behind_its_criterion(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """The style sheet of an EPUB makes a block of each row, and shows no heads."""
    monkeypatch.setattr(reader.app.builder, "format", "html")
    table = reader.read(TABLE).all(nodes.table, "versus-table")[1]
    cells = [*table.next_node(nodes.tbody).next_node(nodes.row).findall(nodes.entry)]
    assert [cell.astext().split("\n\n") for cell in cells] == [
        *(["T0"], ["Licence ", "MIT"], ["Size ", "5 MB (no source)"], ["First release ", "Not assessed"])
    ]


@pytest.mark.parametrize("columns", range(1, grid.MOST_COLUMNS + 1))
def test_plain_text_fits_a_terminal(columns: int) -> None:
    assert sum(width + len(" | ") for width in grid.widths(columns)) < 110


def test_a_turned_table_keeps_its_notes(tmp_path_factory: pytest.TempPathFactory) -> None:
    reader = Reader(Site(tmp_path_factory.mktemp("turned")).write({**round_up(7), **INDEX}))
    read = reader.read(TABLE.replace("all\n", "all\n:transpose:\n"))
    assert "A note on T3." in read.words
    assert "A note on T3." not in reader.read(TABLE).words
    six = TABLE.replace("all\n", "all\n:technologies: t0 t1 t2 t3 t4 t5\n")
    assert "A note on T3." in reader.read(six).words
