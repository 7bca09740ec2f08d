"""What a record may not contain is reported, and never reaches the output as what it is."""

from __future__ import annotations

import pytest

from conftest import CATALOGUE, INDEX, Site

ATTACKS = {
    "a script": ("<script>alert(1)</script>", "<script>alert"),
    "an inline tag": ("Look <b onclick='x()'>here</b>.", "<b onclick"),
    "a javascript link": ("[click](javascript:alert(1))", 'href="javascript'),
    "a javascript link in disguise": ("[click](JaVaScRiPt:alert(1))", 'href="JaVa'),
    "a data link": ("[click](data:text/html;base64,AAAA)", 'href="data:'),
    "an automatic link": ("<javascript:alert(1)>", 'href="javascript'),
    "a reference link": ("[click][x]\n\n[x]: javascript:alert(1)", 'href="javascript'),
    "an image": ("![x](https://example.org/track.png)", "<img"),
    "the raw directive": ("```{raw} html\n<script>alert(1)</script>\n```", "<script>alert"),
    "the include directive": ("```{include} /etc/hostname\n```", "never"),
    "a directive in a directive": (
        "````{note}\n```{raw} html\n<script>alert(1)</script>\n```\n````",
        "<script>alert",
    ),
    "a list-table that reads a file": ("```{csv-table}\n:file: /etc/passwd\n```", "root:x"),
    "code from a file": ("```{literalinclude} /etc/passwd\n```", "root:x"),
    "the raw role": ("{raw}`<script>alert(1)</script>`", "<script>alert"),
    "a downloadable file": ("{download}`/etc/passwd`", "_downloads"),
    "a downloadable file in capitals": ("{Download}`y <../../secret.txt>`", "_downloads"),
    "a link to a file": ("[x](../../secret.txt)", "_downloads"),
    "a link that says it is a path": ("[x](path:../../secret.txt)", "_downloads"),
    "reStructuredText": ("```{eval-rst}\n.. raw:: html\n\n   <script>alert(1)</script>\n```", "<script>alert"),
    "a table from a file by reStructuredText": (
        "```{eval-rst}\n.. csv-table::\n   :file: /etc/passwd\n```",
        "root:x",
    ),
    "a formula": (r"{math}`\href{javascript:alert(1)}{x}`", "math notranslate"),
    "a formula in a block": ("```{math}\n:no-wrap:\n\n\\input{/etc/passwd}\n```", "math notranslate"),
    "billions of lines": ("```{code-block} x\n:emphasize-lines: 1-999999999\nx\n```", "never"),
    "an unknown directive": ("```{exec}\nprint(1)\n```", "never"),
}


NAMES = {attack: f"tool-{number}" for number, attack in enumerate(ATTACKS)}


def record(prose: str) -> str:
    block = "".join(f"  {line}\n" if line else "\n" for line in prose.splitlines())
    return f"name: Tool\nkind: web-framework\nsummary: |\n{block}\n  the end\n"


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a technology, and so a page, for each attack."""
    site = Site(tmp_path_factory.mktemp("attacked")).write({**CATALOGUE, **INDEX})
    site.edit("data/technologies/alpha.yaml", "with everything.", r"with \input{/etc/passwd}.")
    site.write({"secret.txt": "secret"})
    site.write({f"data/technologies/{NAMES[attack]}.yaml": record(prose) for attack, (prose, _) in ATTACKS.items()})
    return site.build()


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_does_not_reach_a_page(attacked: Site, attack: str) -> None:
    text = attacked.output(f"technologies/{NAMES[attack]}.html")
    assert ATTACKS[attack][1] not in text
    assert "the end" in text


def test_no_file_is_copied_into_the_site(attacked: Site) -> None:
    assert not (attacked.root / "_build/html/_downloads").exists()


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_is_reported_at_its_line(attacked: Site, attack: str) -> None:
    path = f"data/technologies/{NAMES[attack]}.yaml"
    places = {line.partition(" WARNING")[0] for line in attacked.warnings.splitlines() if path in line}
    line = {"a reference link": "6", "a directive in a directive": "5"}.get(attack, "4")
    assert {place.split(":")[1] for place in places} == {line}


def test_nothing_reaches_latex(attacked: Site) -> None:
    text = attacked.build("latex").output("test.tex", "latex")
    assert text.count("the end") >= len(ATTACKS)
    for trace in (
        r"\input{/etc",
        r"\includegraphics",
        r"\sphinxincludegraphics",
        r"\sphinxhref{javascript",
        "root:x",
    ):
        assert trace not in text
