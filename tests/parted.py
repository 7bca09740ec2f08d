"""Sites that are built in parts: a small one, one whose names, texts and pages are as hard as they can be; and the steps."""

from __future__ import annotations

from collections.abc import Mapping

from click.testing import CliRunner
from sphinx import locale
from sphinx.builders.html._assets import _file_checksum_inner

from conftest import CATALOGUE, Site
from conftest import INDEX as HOME
from outputs import output_of
from sphinx_versus.cli.commands import main

SMALL = {**CATALOGUE, **HOME, "conf.py": Site.CONF + "versus_full_navigation = 0\n"}

NAMES = {
    "c-plus": "C++",
    "quotes": '"Quoted" & <b>it\'s</b>',
    "maths": "$x^2$ \\\\(y\\\\)",
    "marks": "*Star* _under_ `code` [link](x)",
    "umlaut": "Ünï-çode -- dash...",
    "plain": "Plain",
    "own-page": "Own page",
    "seventh": "Seventh {{ braces }} {doc}`x`",
}
IDS = list(NAMES)


def technology(number: int) -> str:
    id_, after, last = IDS[number], IDS[number - 1], IDS[number - 3]
    name = NAMES[id_].replace("'", "''")
    return f"""
        name: '{name}'
        kind: thing
        summary: "Not {{technology}}`{after}`, see {{fact}}`{last}/size` and [a page](project:/comparisons/{IDS[0]}-vs-{IDS[1]}.md)."
        synonyms: [other {number}]
        facts:
          size: {{value: {number}, sources: [home], as_of: 2026-10, note: "As {{misconception}}`slow-{last}`."}}
          orm: {{value: yes}}
        misconceptions:
          slow-{id_}: {{claim: '{name} is slow.', correction: "See {{row}}`{IDS[0]}-vs-{IDS[1]}/size`, $x$ and {{term}}`word`."}}
        """


def comparison(*sides: str) -> str:
    choose = "\n            ".join(f"{side}: [{{when: small, because: [size]}}]" for side in sides)
    return f"""
        technologies: [{", ".join(sides)}]
        relation: alternatives
        summary: "About {{technology}}`plain` and {{ref}}`the label <label>`."
        criteria:
          - {{group: All, rows: [size, orm]}}
        misconceptions:
          same-{sides[0]}: {{claim: "{sides[0]} is like {sides[1]}", correction: "See {{comparison}}`{IDS[0]}-vs-{IDS[1]}`."}}
        verdict:
          summary: How.
          choose:
            {choose}
        reviewed: 2026-11-22
        """


PAGE = """
# My *own* page

See [there](plain.md), {comparison}`three`, [a row](../comparisons/c-plus-vs-quotes.md#row-size) and ![picture](../one.png).

```{technology-facts} own-page
```

```{misconceptions} own-page
```
"""
INDEX = """
# Home

(label)=
## A label

See {technology}`maths`, {doc}`comparisons/plain-vs-seventh`, {misconception}`slow-umlaut`, {criterion}`size`.

```{glossary}
word
  A term.
```

```{comparison-table} plain seventh
```

```{only} html
Only {comparison}`c-plus-vs-quotes`.
```

```{toctree}
:glob:
*
comparisons/*
technologies/index
kinds/*
```
"""
HEADING = '# "{{ title }}": *why* & when\n\n```{comparison-table} {{ id }}\n```\n\n```{verdict} {{ id }}\n```\n'
SITE: Mapping[str, str | bytes] = {
    "conf.py": """
        extensions = ["myst_parser", "sphinx_versus"]
        html_theme = "basic"
        html_baseurl = "https://example.org/"
        versus_sitemap = True
        versus_full_navigation = 0
        versus_derived_pairs = [("plain", "maths"), ("umlaut", "quotes"), ("plain", "own-page")]
        templates_path = ["templates"]
        exclude_patterns = ["_build"]
        """,
    "templates/versus/comparison.md.jinja": HEADING,
    "docs/index.md": INDEX,
    "docs/other.md": "# Other\n\n```{compare-picker}\n```\n\n{fact}`plain/size`, ![x](sub/one.png)\n",
    "docs/technologies/own-page.md": PAGE,
    "docs/comparisons/plain-vs-seventh.md": "# Plain or seventh\n\n```{comparison} plain-vs-seventh\n```\n",
    "docs/one.png": b"\x89PNG\r\n\x1a\n one",
    "docs/sub/one.png": b"\x89PNG\r\n\x1a\n two",
    "data/criteria.yaml": """
        size: {name: Size (*big*), definition: How large., type: number, group: All}
        orm: {name: ORM, definition: Whether., type: yes-no, group: All}
        """,
    "data/sources.yaml": """
        home: {title: Home, publisher: P, url: https://example.org/a, kind: primary, accessed: 2026-11-01, quote: Q}
        """,
    "data/published.yaml": "redirects: {comparisons: {old-vs-new: c-plus-vs-quotes}}\n",
    **{f"data/technologies/{id_}.yaml": technology(number) for number, id_ in enumerate(IDS)},
    "data/comparisons/c-plus-vs-quotes.yaml": comparison("c-plus", "quotes"),
    "data/comparisons/maths-vs-marks.yaml": comparison("maths", "marks"),
    "data/comparisons/plain-vs-seventh.yaml": comparison("plain", "seventh"),
    "data/comparisons/three.yaml": "title: 'Three *things*'\n"
    + comparison("umlaut", "marks", "c-plus").replace("        ", ""),
    "data/comparisons/all.yaml": "title: All\n" + comparison(*IDS[1:]).replace("        ", ""),
}


class Parts(Site):
    """A site, and the command that builds its parts."""

    def step(self, *arguments: str, status: int = 0) -> str:
        """Run one step; return what it printed."""
        _file_checksum_inner.cache_clear()
        locale.translators.clear()
        folders = [
            "--conf",
            str(self.root),
            "--archives",
            str(self.root / "parts"),
            "--output",
            str(self.root / "_build/html"),
        ]
        result = CliRunner().invoke(main, ["part", *folders, *arguments])
        assert result.exit_code == status, result.output
        return result.output

    def in_parts(self, *order: str) -> dict[str, bytes]:
        """The site of these parts, made in this order from the base that is there."""
        for path in (self.root / "parts").glob("*-of-*"):
            path.unlink()
        for part in order:
            self.step(part, "-W")
        self.step("join", "-W")
        return output_of(self)
