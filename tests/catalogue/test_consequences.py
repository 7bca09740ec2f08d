"""One mistake that others follow from is one message, at the mistake."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

import pytest

from conftest import CATALOGUE, write_files
from sphinx_versus.catalogue.loader import load
from sphinx_versus.catalogue.pairs import Derive
from sphinx_versus.catalogue.values import is_later

FILES = {
    **{name.removeprefix("data/"): textwrap.dedent(text).lstrip("\n") for name, text in CATALOGUE.items()},
    "published.yaml": (
        "comparisons: [alpha-vs-beta, alpha-vs-gamma, beta-vs-gamma, frameworks]\n"
        "technologies: [alpha, beta, gamma]\n"
        "redirects: {comparisons: {alpha-vs-delta: alpha-vs-gamma}, technologies: {delta: gamma}}\n"
    ),
    "comparisons/frameworks.yaml": (
        "title: Frameworks\n"
        "sides: {kind: web-framework}\n"
        "relation: alternatives\n"
        "summary: All of them, such as {comparison}`alpha-vs-gamma` and {fact}`gamma/orm`.\n"
        "criteria:\n"
        "  - group: Main\n"
        "    rows: [licence, orm]\n"
        "related: [beta-vs-gamma]\n"
        "reviewed: 2026-11-22\n"
    ),
}
FILES["criteria.yaml"] = FILES["criteria.yaml"].replace(
    "yes-no, group: Data", "yes-no, group: Data, kinds: [web-framework]"
)
ALPHA, BETA, GAMMA = (f"technologies/{name}.yaml" for name in ("alpha", "beta", "gamma"))
PAIR, ALL = "comparisons/alpha-vs-beta.yaml", "comparisons/frameworks.yaml"
MISCONCEPTION = "misconceptions:\n  alpha-is-slow:\n    claim: Alpha is slow.\n    correction: It is not.\n"


def messages(root: Path, files: dict[str, str]) -> list[str]:
    """The messages of the catalogue in which some files are others, with place and code."""
    for name, content in {**FILES, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    problems = load(root, derive=Derive(kinds=("web-framework",))).problems
    return [str(problem).replace(f"{root}/", "") for problem in problems]


def test_there_is_none(tmp_path: Path) -> None:
    assert messages(tmp_path, {}) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (BETA, "name: Beta", "name: Beta\nreleases:\n  {version: '2'}\n  - {version: '1'}", """3:3: [yaml-syntax] "{version" begins an entry of a list without its hyphen; write "- {version\""""),
        (ALPHA, "homepage: https://example.org/alpha", "homepage: www.example.org/alpha", '4:11: [invalid-value] "www.example.org/alpha" is not a web address; did you mean "https://www.example.org/alpha"?'),
        (ALPHA, "homepage: https://example.org/alpha", "homepage: https:/example.org/alpha", '4:11: [invalid-value] "https:/example.org/alpha" is not a web address; did you mean "https://example.org/alpha"?'),
        (ALPHA, "homepage: https://example.org/alpha", "homepage: https://é..com/", '4:11: [invalid-value] "https://é..com/" is not a web address; expected https://… or http://…'),
        (BETA, "name: Beta", "name: Beta\nlinks: {}", '2:1: [wrong-type] "links" has keys and values; expected a list: write "- " before each entry'),
        (BETA, "name: Beta", "name: Beta\nlinks:\n  Guide: https://example.org/guide", '3:3: [wrong-type] "links" has keys and values; expected a list, as in "- {label: Guide, url: https://example.org/guide}"'),
        (BETA, "name: Beta", "name: Beta\nlinks:\n  label: Guide\n  url: https://example.org/guide", '3:3: [wrong-type] "links" has keys and values; expected a list: write "- " before each entry'),
        (BETA, "judgement: true", "judgement: ture", '7:32: [invalid-value] "ture" is neither true nor false; did you mean "true"?'),
        (PAIR, "reviewed:", "facts:\n  orm:\n    beta: {value: no, reason: It is so.}\nreviewed:", '19:3: [not-compared] "orm" is a criterion, and stands above a side; write "beta:" above "orm:"'),
        # pairs that are derived of a technology of which something is wrong
        (GAMMA, "kind: web-framework", "kind: web-framewrk", '2:7: [unknown-kind] "web-framewrk" is not a kind that a criterion is for; did you mean "web-framework"?'),
        (GAMMA, "kind: web-framework", "kind: [x]", '2:7: [wrong-type] "kind" is a list; expected a text'),
        (GAMMA, "name: Gamma\n", "", '1:1: [missing-key] "name" is missing'),
        (GAMMA, "facts:\n  licence: {value: Apache-2.0}\n  orm: {value: no}", "facts: [x]", '4:8: [wrong-type] "facts" is a list; expected keys and values'),
        (BETA, "name: Beta", "name: [Beta", '1:7: [yaml-syntax] the bracket "[" is never closed; close it with ]'),
        # names that are used elsewhere
        (ALPHA, "misconceptions:", "misconception:", '11:1: [unknown-key] "misconception" is not a key here; did you mean "misconceptions"?'),
        (ALPHA, "  alpha-is-slow:", "  alpha is slow:", '12:3: [invalid-id] "alpha is slow" is not in kebab-case; is a comma missing, or did you mean "alpha-is-slow"?'),
        (PAIR, "technologies: [alpha, beta]", "technologies: [alpha, bta]", '1:23: [unknown-technology] "bta" is not a technology; did you mean "beta"?'),
        # keys that are there twice, because a hyphen is missing
        (ALL, "    rows: [licence, orm]", "    rows: [licence, orm]\n    group: Size\n    rows: [size]", '8:5: [duplicate-key] "group" is already given in line 6; remove or rename one of them, or begin another entry with "- "'),
        (ALL, "  - group: Main\n    rows: [licence, orm]", "  - licence\n  - orm", '6:5: [wrong-type] no entry of "criteria" has the right form; expected entries with keys and values, as in {group: …, rows: …}'),
        # what ends before it begins
        (BETA, "{value: partial,", "{value: partial, since: '1.25', until: '1.9',", """6:47: [invalid-value] "1.9" is before "1.25", since which it is so; expected "1.25" or what is later"""),
        (BETA, "{value: partial,", "{value: partial, statements: [{value: no, since: 2024-05, until: 2023}],", '6:73: [invalid-value] "2023" is before "2024-05", since which it is so; expected "2024-05" or what is later'),
        (ALPHA, "[first letter]", "[first letter, A, A]", '5:29: [duplicate-entry] "A" stands twice in this list; remove one of them'),
        # a value that is far from all, and one with a letter for a digit
        (PAIR, "relation: alternatives", "relation: competitors", '2:11: [invalid-value] "competitors" is not a value of "relation"; expected one of: alternatives, complements, confused-terms, layers, successor'),
        ("criteria.yaml", "type: number", "type: integer", '4:64: [invalid-value] "integer" is not a value of "type"; did you mean "number"?'),
        # names, titles and addresses in the place of ids
        (ALPHA, "sources: [alpha-home]\nfacts", "sources: [Alpha home page]\nfacts", '6:11: [invalid-id] "Alpha home page" is not in kebab-case; did you mean "alpha-home"?'),
        (ALPHA, "sources: [alpha-home]\nfacts", "sources: [https://www.example.org/alpha/]\nfacts", '6:11: [invalid-id] "https://www.example.org/alpha/" is not in kebab-case; did you mean "alpha-home"?'),
        (ALPHA, "sources: [alpha-home]\nfacts", "sources: [https://example.org]\nfacts", '6:11: [invalid-id] "https://example.org" is not in kebab-case; expected lower-case letters, digits and hyphens'),
        (PAIR, "rows: [orm]", "rows: [Database layer]", '5:26: [invalid-id] "Database layer" is not in kebab-case; did you mean "orm"?'),
        (PAIR, "[alpha, beta]", "[first-letter, beta]", '1:16: [unknown-technology] "first-letter" is not a technology; did you mean "alpha"?'),
        (ALL, "related: [beta-vs-gamma]", "related: [beta-vs-alpha]", '8:11: [unknown-comparison] "beta-vs-alpha" is not a comparison; did you mean "alpha-vs-beta"?'),
        # other words for keys, and keys of another level
        (ALPHA, "    claim:", "    fact:", '13:5: [unknown-key] "fact" is not a key here; did you mean "claim", which is missing?'),
        (PAIR, "- {when: you want a", "- {if: you want a", '15:10: [unknown-key] "if" is not a key here; did you mean "when", which is missing?'),
        (PAIR, "relation: alternatives", "form: alternatives", '2:1: [unknown-key] "form" is not a key here; did you mean "relation", which is missing?'),
        (BETA, "{value: partial, note: Through an extension.}", "\n    value: partial\n  note: Through an extension.", '8:3: [wrong-type] "note" belongs to "orm"; indent it deeper than that'),
        (BETA, "{value: partial, note: Through an extension.}", "\n    value: yes\n  sources: [beta-review]", '8:3: [wrong-type] "sources" belongs to "orm"; indent it deeper than that'),
        (ALPHA, "    sources: [alpha-home]\n", "  sources: [alpha-home]\n", '16:3: [wrong-type] "sources" belongs to "alpha-is-slow"; indent it deeper than that'),
        (ALPHA, "  alpha-is-slow:", "    alpha-is-slow:", '13:5: [wrong-type] "claim" belongs to "alpha-is-slow"; indent it deeper than that'),
        (ALPHA, "misconceptions:", "  misconceptions:", '11:3: [unknown-key] "misconceptions" is a key of the record; indent it as "facts"'),
        (ALPHA, "  alpha-is-slow:", "alpha-is-slow:", '12:1: [unknown-key] "alpha-is-slow" is not a key here; indent it, to make it an entry of "misconceptions"'),
        (BETA, "judgement: true, note: Measured by hand., disputed: Others say 13.}", "judgement: true, note: Measured by hand.}\ndisputed: Others say 13.", '8:1: [unknown-key] "disputed" is not a key here; indent it deeper, to make it a key of an entry of "facts"'),
        # redirects
        ("published.yaml", "frameworks]\ntechnologies: [alpha, beta, gamma]\nredirects:", "frameworks, alpha-vs-delta]\nredirect:", '2:1: [unknown-key] "redirect" is not a key here; did you mean "redirects"?'),
        # prose
        (BETA, "Beta is a small framework.", "It is so[^1].", '3:18: [broken-markdown] "[^1]" is a footnote without its text; write the text, or say it in the sentence'),
        (BETA, "Beta is a small framework.", "|\n  ```python\n  x", '4:3: [unclosed] "```" is never closed, so the rest belongs to it; close it on a line of its own'),
        # YAML
        (GAMMA, "name: Gamma", "name Gamma", '1:1: [yaml-syntax] "name Gamma" has no colon; write "name: …"'),
        (GAMMA, "facts:", " facts:", '4:2: [yaml-syntax] "facts" is indented deeper than the line above, so it belongs to the text there; indent both alike'),
        (GAMMA, "licence: {value: Apache-2.0}", 'licence: {value: "Apache-2.0" as_of: 2026}', '5:33: [yaml-syntax] a comma is missing before "as_of:"; write one'),
        # the line above entries is gone
        (ALPHA, "facts:\n", "", '7:3: [yaml-syntax] "licence" is indented by 2 blanks, unlike the keys around it; expected 0, or above it the key that holds these'),
        (ALPHA, "misconceptions:\n", "", '11:3: [unknown-key] "alpha-is-slow" has keys of an entry of "misconceptions", which is missing; write "misconceptions:" above it'),
        ("sources.yaml", "alpha-home:\n", "", '1:3: [unknown-key] "title" and 5 more are keys of a record; write its id and a colon above them'),
        # forms
        (ALPHA, "homepage: https://example.org/alpha", "homepage: '[Alpha](https://example.org/alpha)'", '4:11: [invalid-value] "[Alpha](https://example.org/alpha)" is not a web address; write the address alone: https://example.org/alpha'),
        (ALPHA, "homepage: https://example.org/alpha", "homepage: <https://example.org/alpha>", '4:11: [invalid-value] "<https://example.org/alpha>" is not a web address; write the address alone: https://example.org/alpha'),
        (ALPHA, "kind: web", "kind\uff1aweb", '2:5: [yaml-syntax] a full-width colon (U+FF1A), which is no colon to YAML; write "kind: "'),
        (PAIR, "technologies: [alpha, beta]", "technologies: alpha, beta", '1:15: [wrong-type] "technologies" is a text; expected a list, as in [alpha, beta]'),
        (PAIR, "technologies: [alpha, beta]", "technologies: [alpha]", '1:15: [invalid-value] "technologies" has too few entries (1); expected at least 2'),
        (ALPHA, "misconceptions:\n  alpha-is-slow:\n    claim", "misconceptions:\n  - claim", '12:3: [wrong-type] "misconceptions" is a list; expected keys and values, as in {an-id: {claim: …, correction: …}}'),
        ("criteria.yaml", "type: number, unit: MB", "type: score, scale: [low, high]", '4:78: [wrong-type] "scale" is a list; expected keys and values, as in {1: low, 2: high}'),
        ("criteria.yaml", "type: number, unit: MB", "type: one-of, values: [So it is, B]", '4:80: [wrong-type] "values" is a list; expected keys and values, as in {so-it-is: So it is, b: B}'),
        (ALPHA, "synonyms: [first letter]", "links: [https://example.org/a]", '5:9: [wrong-type] entry 1 of "links" is a text; expected keys and values, as in {label: …, url: …}'),
        (GAMMA, "orm: {value: no}", "orm: {value: no, reason: X.}", '6:20: [unknown-key] "reason" is not a key here; only the facts in a comparison have "reason"'),
        (GAMMA, "licence: {value: Apache-2.0}", "licence: {value: “A, B”}", '5:24: [unknown-key] "B”" is not a key here; put quotes around a text that has a comma, as in "A, B"'),
        (GAMMA, "  licence: {value: Apache-2.0}\n", "  licence:\n  value: Apache-2.0\n    note: X.\n", '6:3: [yaml-syntax] "value" belongs to "licence"; indent it deeper than that'),
        (PAIR, "  - {group: Data, rows: [orm]}\n  - {group: Project", "  - group: Data\n    rows: [orm]\n  Project: [licence]\n  - {group: Rest", '7:3: [yaml-syntax] the key "Project" is among the entries of a list, which begin in column 3; write "- group: Project", and "rows: […]" below it'),
        (PAIR, "      - {when: you want a database layer at once, because: [orm]}", "        when: you want it\n        because: [orm]\n      - when: you do\n        because: [orm]", '15:9: [yaml-syntax] "when" begins an entry of a list without its hyphen; write "- when"'),
        (PAIR, "      - {when: you want a database layer at once, because: [orm]}", "      when: you want it\n        because: [orm]\n      - when: you do\n        because: [orm]", '15:7: [yaml-syntax] "when" begins an entry of a list without its hyphen; write "- when"'),
        (GAMMA, "summary: Gamma is a third one.", "summary: Gamma is __a third one.", '3:19: [broken-markdown] bold text is never closed; close it with __ right behind its last word, or write \\_\\_ for the signs'),
        (GAMMA, "summary: Gamma is a third one.", "summary: Gamma is (a third)[https://example.org/] one.", '3:19: [broken-markdown] "(a third)[https://example.org/]" is no link; write [a third](https://example.org/)'),
        (GAMMA, "summary: Gamma is a third one.", "summary: Gamma is {technology}`` one.", '3:19: [broken-markdown] the role "technology" has no target; write {technology}`…`'),
        (GAMMA, "summary: Gamma is a third one.", "summary: |\n  | A | B |\n  | 1 | 2 |", '4:3: [broken-markdown] "| A | B |" begins no table; write |---|---| on the line below it'),
        (GAMMA, "kind: web-framework", "kind: Web framework", '2:7: [invalid-id] "Web framework" is not in kebab-case; did you mean "web-framework"?'),
        ("published.yaml", "comparisons: [alpha-vs-beta,", "comparisons: [comparisons/alpha-vs-beta,", '1:15: [invalid-id] "comparisons/alpha-vs-beta" is not in kebab-case; did you mean "alpha-vs-beta"?'),
        (ALPHA, "facts:\n  licence", "facts\n  licence", '7:1: [yaml-syntax] "facts" has no colon; write "facts:"'),
        (ALPHA, "summary: Alpha is a framework with everything.", "summary: >-\n  Alpha is a framework\nwith everything.", '5:1: [yaml-syntax] the line belongs to the text of "summary", and is not indented; indent it by 2 blanks'),
        (BETA, "size: {value: 12,", 'size: {value: "about 12,5",', '7:17: [invalid-value] "about 12,5" is not a value of "size"; did you mean "about 12.5"?'),
        (PAIR, "relation: alternatives\n", "", '1:1: [missing-key] "relation" is missing; expected one of: alternatives, complements, layers, successor, confused-terms'),
        (GAMMA, "summary: Gamma is a third one.", "summary: Gamma {criterion}`orm is a {criterion}`orm` one.", '3:16: [unclosed] the role "criterion" is never closed; close it with ` right behind its target'),
        (GAMMA, "licence: {value: Apache-2.0}", "licence: {value:Apache-2.0}", '5:13: [unknown-key] "value:Apache-2.0" is not a key here; no blank is behind its colon: write "value: Apache-2.0"'),
        (GAMMA, "  orm: {value: no}", "  orm: {value: no}\n  licence: {value: MIT}", '7:3: [duplicate-key] "licence" is already given in line 5; remove or rename one of them'),
        (GAMMA, "  orm: {value: no}", "  orm:", '6:3: [missing-key] "orm" has no value; expected keys and values, as in {value: …}'),
        ("criteria.yaml", "name: Database layer, definition: Whether a database layer is built in., type: yes-no, group: Data", "name: Size, definition: X., type: yes-no, group: Project", '2:13: [duplicate-title] "Size" is the name of "size" as well; merge the two records, or rename one'),
    ],
)  # fmt: skip
def test_one_mistake_is_one_message(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    assert old in FILES[file]
    assert messages(tmp_path, {file: FILES[file].replace(old, new, 1)}) == [f"{file}:{expected}"]


def test_a_record_that_lost_its_id_is_one_message(tmp_path: Path) -> None:
    lost = textwrap.dedent(
        """\
        first:
          title: First
          url: https://example.org/1
          kind: primary
          title: Alpha home page
          url: https://example.org/alpha
        """
    )
    sources = FILES["sources.yaml"].partition("beta-review:")[2]
    assert messages(tmp_path, {"sources.yaml": f"{lost}beta-review:{sources}"}) == [
        'sources.yaml:5:3: [duplicate-key] "title" is already given in line 2; remove or rename one of them, or write the id of another entry above it',
    ]


def test_entries_whose_line_above_is_gone_are_one_message(tmp_path: Path) -> None:
    head, facts = FILES[BETA].split("facts:\n")
    words = '"licence" and 2 more have keys of an entry of "facts", which is missing; write "facts:" above it'
    own = MISCONCEPTION.replace("alpha", "beta")
    assert messages(tmp_path, {BETA: f"{head}{own}{facts}"}) == [f"{BETA}:8:3: [unknown-key] {words}"]


def test_each_of_several_other_words_for_keys_is_one_message(tmp_path: Path) -> None:
    text = FILES[ALPHA].replace("    claim:", "    myth:").replace("    correction:", "    truth:")
    hint = 'did you mean "claim" or "correction", which are missing?'
    assert messages(tmp_path, {ALPHA: text}) == [
        f'{ALPHA}:13:5: [unknown-key] "myth" is not a key here; {hint}',
        f'{ALPHA}:14:5: [unknown-key] "truth" is not a key here; {hint}',
    ]
    other = FILES[ALPHA].replace("    claim: Alpha is slow.\n    correction:", "    truth:")
    assert [line.partition("] ")[2] for line in messages(tmp_path, {ALPHA: other})] == [
        '"correction" is missing',
        '"truth" is not a key here; did you mean "claim", which is missing?',
    ]


def test_a_table_of_which_no_row_differs_is_a_problem(tmp_path: Path) -> None:
    criteria = FILES["criteria.yaml"].replace("name: Licence", "name: Licence, only_when_different: true")
    table = FILES[ALL].replace("[licence, orm]", "[licence]")
    words = "[not-shown] the table has no row: all answers are alike; add a row, or a reason that rests on one"
    files = {"criteria.yaml": criteria, ALL: table, GAMMA: FILES[GAMMA].replace("Apache-2.0", "MIT")}
    assert messages(tmp_path, files) == [f"{ALL}:5:1: {words}"]
    assert messages(tmp_path, {**files, GAMMA: FILES[GAMMA]}) == []


def test_a_renamed_criterion_is_one_message_with_its_places(tmp_path: Path) -> None:
    found = messages(tmp_path, {"criteria.yaml": FILES["criteria.yaml"].replace("licence:", "license:")})
    places = f"{PAIR}:17:48, {ALL}:7:12, {ALPHA}:8:3 and 2 more places;"
    assert found[0].startswith(f'{PAIR}:6:29: [unknown-criterion] "licence" is not a criterion, here and in {places}')
    assert [line.split(":")[0] for line in found[1:]] == []


def test_a_removed_technology_is_one_message(tmp_path: Path) -> None:
    messages(tmp_path, {})
    (tmp_path / GAMMA).unlink()
    files = {ALL: FILES[ALL].replace(" and {fact}`gamma/orm`", "").replace("{comparison}`alpha-vs-gamma`", "them")}
    files[ALL] = files[ALL].replace("related: [beta-vs-gamma]\n", "")
    found = messages_without(tmp_path, GAMMA, files)
    assert [line.split('" is')[0] for line in found] == ['published.yaml:2:29: [lost-address] "gamma']


def messages_without(root: Path, gone: str, files: dict[str, str]) -> list[str]:
    """The messages without one of the files."""
    messages(root, files)
    (root / gone).unlink()
    problems = load(root, derive=Derive(kinds=("web-framework",))).problems
    return [str(problem).replace(f"{root}/", "") for problem in problems]


@pytest.mark.parametrize(("type_", "file"), [("criterion", "criteria.yaml"), ("source", "sources.yaml")])
def test_that_there_is_no_list_is_one_message(tmp_path: Path, type_: str, file: str) -> None:
    for found in (messages(tmp_path / "empty", {file: ""}), messages_without(tmp_path / "gone", file, {})):
        (line,) = found
        assert line.startswith(f"{file}:1:1: [unknown-{type_}] there is no {type_}, although records name ")
        assert line.endswith(f'; expected them in "{file}"')


def test_a_copy_is_reported_where_it_is(tmp_path: Path) -> None:
    copies = {"technologies/aaa.yaml": FILES[ALPHA], "comparisons/a-copy.yaml": FILES[PAIR]}
    for name, content in copies.items():
        (line,) = messages(tmp_path / name, {name: content})
        assert line.startswith(f"{name}:1:")
    (line,) = messages(
        tmp_path / "both", {"technologies/aaa.yaml": FILES[GAMMA].replace("Gamma", "Aaa", 1) + MISCONCEPTION}
    )
    assert line.startswith("technologies/aaa.yaml:8:3: [duplicate-id]")
    (line,) = messages(
        tmp_path / "claim", {ALPHA: FILES[ALPHA] + MISCONCEPTION.partition("\n")[2].replace("is-slow", "is-very-slow")}
    )
    assert line.endswith(
        '[duplicate-title] "Alpha is slow." is the claim of "alpha-is-slow" as well; keep one of the two'
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1.25", "1.9", True),
        ("1.9", "1.25", False),
        ("2.0", "2", False),
        ("≤ 3", "2.9", True),
        ("Chrome 120", "Chrome 99", True),
        ("Chrome 120", "Firefox 99", False),
        ("2024-05", "2023", True),
        ("2024", "2024-05", False),
        ("2024", "3.1", False),
        ("long ago", "1", False),
    ],
)
def test_is_later(one: str, other: str, expected: bool) -> None:
    assert is_later(one, other) is expected


@pytest.mark.parametrize("is_copy", [False, True])
def test_no_misconception_takes_the_place_of_another_with_the_same_id(tmp_path: Path, is_copy: bool) -> None:
    """Both are there, under two ids, whichever records they are in and however these are named."""
    own = "misconceptions: {alpha-is-slow: {claim: It is mine., correction: It is not.}}\n"
    rest = "relation: alternatives\nsummary: S.\nreviewed: 2026-11-22\ncriteria: [{group: G, rows: [orm]}]\n"
    for path, text in (
        ("technologies/zzz.yaml", f"name: Z\nkind: k\nsummary: S.\n{own}"),
        ("technologies/alpha-is-slow.yaml", f"name: A\nkind: k\nsummary: S.\n{own}"),
        ("comparisons/aaa.yaml", f"technologies: [{'alpha, beta' if is_copy else 'beta, gamma'}]\n{rest}{own}"),
    ):
        shutil.rmtree(tmp_path, ignore_errors=True)
        write_files(tmp_path, {**CATALOGUE, f"data/{path}": text})
        catalogue, problems = load(tmp_path / "data")
        assert [one.code.value for one in problems if "alpha-is-slow" in one.message] == ["duplicate-id"] * (
            not (is_copy and path.startswith("comparisons"))
        )
        claims = {one.claim: catalogue.misconception_homes[id_][1] for id_, one in catalogue.misconceptions.items()}
        assert claims["Alpha is slow."] == "alpha"
        assert claims["It is mine."] == Path(path).stem
        for record in (catalogue.technologies["alpha"], *catalogue.comparisons.values()):
            assert record.misconceptions.keys() <= catalogue.misconceptions.keys()
