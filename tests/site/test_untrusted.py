"""What a record may not contain is reported, and never reaches the output as what it is."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterator
from zlib import crc32

import pytest
from docutils import nodes
from sphinx import locale

from conftest import CATALOGUE, INDEX, Site

NESTED = (
    "\n".join("`" * (30 - number) + "{note}" for number in range(20))
    + "\nx\n"
    + "\n".join("`" * (11 + n) for n in range(20))
)
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
    "a scheme in capitals": ("[x](HTTP:/../../../secret.txt)", "_downloads"),
    "a web address without a host": ("<http:/../../../secret.txt>", 'href="http:/.'),
    "a mailbox that is a path": ("[x](Mailto:../../../secret.txt)", "Mailto"),
    "a page in capitals": ("[x](Project:../../secret.txt)", "_downloads"),
    "an inventory in capitals": ("[x](INV:../../secret.txt)", "_downloads"),
    "a reference to a scheme in capitals": ("[x]\n\n[x]: <HTTP:/../../secret.txt>", "_downloads"),
    "a path in brackets": ("[](<../../secret.txt>)", "_downloads"),
    "a path that is encoded": ("[x](%2e%2e/%2e%2e/secret.txt)", "_downloads"),
    "a file of the project": ("[x](project:../../secret.txt)", "_downloads"),
    "a page that there is not": ("[x](project:/../../secret.txt)", "_downloads"),
    "an address that cannot be taken apart": ("[x](inv://[x#y)", "never"),
    "an expression in C++": ("{cpp:expr}`" + "(" * 40 + "a" + ")" * 40 + "`", "cpp-expr"),
    "a question to all domains": ("{any}`a<" + "(" * 30 + "a" + ")" * 30 + ">::b`", "never"),
    "a pattern of inventories": ("[x](inv:py:*:*#*****Z)", 'href="inv'),
    "an encoded pattern of inventories": ("[x](inv:py#%2A%2A%2a%2A%2A%2AZ)", 'href="inv'),
    "a pattern as an entity": ("<inv:&#42;#%2A%2AZ> [y](inv:#&#42;&#42;Z)", 'href="inv'),
    "a pattern of labels": ("[x](#%2A%2AZ) [y](project:#%2A%2AZ)", "never"),
    "a label in which templates nest": ("[x](#" + "a%3C" * 40 + ")", "never"),
    "a label in which calls nest": ("[x](<#" + "a(" * 40 + ">)", "never"),
    "pages that only HTML has": (
        "{ref}`search` [x](#modindex) {ref}`y <genindex>`",
        '<a class="reference internal" href="../search',
    ),
    "a number of a page without a tree": ("{numref}`search`", "never"),
    "a change of a version": ("```{deprecated} 1\n<script>alert(1)</script>\n```", "versionmodified"),
    "a number in a format": ("{numref}`{x.__class__} <t1>`", "never"),
    "a class of ours": ("```{note}\n:class: versus-table\nx\n```", 'class="versus-table'),
    "a class of our pages": ("```{note}\n:class: vs-answer\nx\n```", 'class="vs-answer'),
    "a class of a script": ("```{note}\n:class: mermaid\nx\n```", 'class="mermaid'),
    "a page option": ("---\norphan: true\nmyst: {enable_extensions: [dollarmath]}\n---\nx", "never"),
    "a thematic break at the end": ("x\n\n---", "<hr"),
    "a table of contents": ("```{toctree}\nindex\n```", "never"),
    "another format": ("```{only} html\nx\n```", "never"),
    "a glossary": ("```{glossary}\nx\n  y\n```", "never"),
    "lists in lists": ("- a\n  - b\n    - c\n      - d", "never"),
    "emphasis in emphasis": ("*a **b " * 200 + "c" + "** d*" * 200, "never"),
    "directives in directives": (NESTED, "never"),
    "a footnote": ("x[^1]\n\n[^1]: y", "footnote"),
}
HARMLESS = {
    "an empty quotation": "x\n\n>",
    "a label": "(alpha)=\n\nx",
    "a comment": "% comment",
    "a block break": '+++ {"a": 1}\n\nx',
    "a substitution": "{{ a }} and {{ env.config }}",
    "formulas": "$x$, $$y$$ and \\begin{align}z\\end{align}",
    "attributes": "{.versus-table #alpha}\nx [y]{.versus-card}",
    "struck": "~~x~~",
    "tasks": "- [ ] x\n- [x] y",
    "a field list": ":orphan: yes\n:versus-comparison: alpha-vs-beta",
    "a name of a node": "```{note}\n:name: alpha\nx\n```",
    "an entry of the index": "{index}`single: SPAM`",
    "a line break": "x\\\ny",
    "plain addresses": "www.example.com and x@example.com",
    "definitions": "x\n: y",
    "an alert": "> [!NOTE]\n> x",
    "a list": "1. x\n   - y\n\n     ```python\n     z\n     ```",
    "roles of Sphinx": "{kbd}`a` {menuselection}`a --> b` {samp}`a{b}` {abbr}`a (b)` {file}`c`",
    "MathJax": "\\(\\href{javascript:alert(1)}{x}\\)",
}
"""Shown as text, or as what it is."""
LINES = {
    "a reference link": "6",
    "a reference to a scheme in capitals": "6",
    "a directive in a directive": "5",
    "a page option": "4 5",
    "a thematic break at the end": "6",
    "lists in lists": "7",
    "directives in directives": "7",
}
"""Where it is reported, if not in the fourth line."""
GERMAN = (
    *(
        "{mathe}`\\href{javascript:alert(1)}{x}`",
        "{roh}`<script>alert(1)</script>`",
        "{herunterladen}`../../secret.txt`",
    ),
    *("```{hinweis}\nx\n```", "```{rohtext} html\n<script>alert(1)</script>\n```"),
)
"""What acts, if it does, in a German site only."""
EXTENSIONS = [
    *("amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist", "html_admonition"),
    *("html_image", "linkify", "replacements", "smartquotes", "strikethrough", "substitution", "tasklist", "alert"),
]


NAMES = {attack: f"tool-{number}" for number, attack in enumerate(ATTACKS)}


def record(prose: str) -> str:
    block = "".join(f"  {line}\n" if line else "\n" for line in prose.splitlines())
    return f"name: Tool {crc32(prose.encode())}\nkind: web-framework\nsummary: |\n{block}\n  the end\n"


@pytest.fixture(scope="module", params=["en", "de"])
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with a technology, and so a page, for each attack; the German one has many extensions of MyST's syntax."""
    site = Site(tmp_path_factory.mktemp("attacked")).write({**CATALOGUE, **INDEX})
    if request.param == "de":
        settings = f'language = "de"\nmyst_enable_extensions = {EXTENSIONS}\nmyst_substitutions = {{"a": "SPAM"}}\n'
        site.write({"conf.py": Site.CONF + settings})
    site.edit("data/technologies/alpha.yaml", "with everything.", r"with \input{/etc/passwd}.")
    site.write({"secret.txt": "secret"})
    site.write({f"data/technologies/{NAMES[attack]}.yaml": record(prose) for attack, (prose, _) in ATTACKS.items()})
    harmless = {
        f"data/technologies/{id_.lower().replace(' ', '-')}.yaml": record(text) for id_, text in HARMLESS.items()
    }
    german = {f"data/technologies/german-{number}.yaml": record(text) for number, text in enumerate(GERMAN)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locale, "translators", {})  # German words would stay in this process
        yield site.write(harmless).write(german).build()


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_does_not_reach_a_page(attacked: Site, attack: str) -> None:
    text = attacked.output(f"technologies/{NAMES[attack]}.html")
    assert ATTACKS[attack][1] not in text
    assert "the end" in text


def test_what_is_harmless_is_shown(attacked: Site) -> None:
    for id_ in HARMLESS:
        page = attacked.soup(f"technologies/{id_.lower().replace(' ', '-')}.html")
        assert "the end" in page.get_text(), id_
        assert not page.select("p [onclick], img, .math, s, p > input, .versus-technology .versus-table, .footnote"), (
            id_
        )
        assert len(page.select("#alpha, #technology-alpha")) == 0, id_
    assert "SPAM" not in attacked.output("genindex.html")
    assert "SPAM" not in attacked.output("technologies/a-substitution.html")
    assert "orphan: yes" in attacked.soup("technologies/a-field-list.html").get_text()


def test_the_words_of_another_language(attacked: Site) -> None:
    for number in range(len(GERMAN)):
        page = attacked.soup(f"technologies/german-{number}.html")
        assert "the end" in page.get_text()
        assert not page.select(".math, .versus-technology script, .versus-technology .admonition")
    if attacked.app.config.language == "de":
        assert 'german-0.yaml:4:1: WARNING: [unsafe-prose] the role "mathe" in a record' in attacked.warnings


def test_no_file_is_copied_into_the_site(attacked: Site) -> None:
    assert not (attacked.root / "_build/html/_downloads").exists()


@pytest.mark.parametrize("attack", ATTACKS)
def test_it_is_reported_at_its_line(attacked: Site, attack: str) -> None:
    path = f"data/technologies/{NAMES[attack]}.yaml"
    places = {line.partition(" WARNING")[0] for line in attacked.warnings.splitlines() if path in line}
    assert {place.split(":")[1] for place in places} == set(LINES.get(attack, "4").split())


def test_no_pattern_is_matched(attacked: Site) -> None:
    for attack in [name for name in ATTACKS if "pattern" in name]:
        path = f"data/technologies/{NAMES[attack]}.yaml"
        lines = [line for line in attacked.warnings.splitlines() if path in line]
        assert len(lines) == ATTACKS[attack][0].count("Z")
        assert all("[unsafe-prose] a link with the pattern " in line for line in lines), lines


def test_nothing_reaches_latex(attacked: Site) -> None:
    text = attacked.build("latex", doctrees="html").output("test.tex", "latex")
    assert text.count("the end") >= len(ATTACKS)
    for trace in (
        r"\input{/etc",
        r"\includegraphics",
        r"\sphinxincludegraphics",
        r"\sphinxhref{javascript",
        "root:x",
    ):
        assert trace not in text


def test_a_role_of_the_site_is_not_run_by_a_record(small_site: Site) -> None:
    """It may do anything when it is run; what it makes may look harmless."""
    role = """
        def act(name, rawtext, text, lineno, inliner, options={}, content=[]):
            from docutils import nodes
            nodes.acted = True
            return [nodes.emphasis("", "innocent")], []


        def setup(app):
            app.add_role("ignite", act)
        """
    config = (small_site.root / "conf.py").read_text(encoding="utf-8")
    small_site.write({"conf.py": config + textwrap.dedent(role)})
    small_site.edit("data/technologies/alpha.yaml", "with everything.", "with {ignite}`everything`.")
    small_site.build()
    assert not hasattr(nodes, "acted")
    assert "innocent" not in small_site.output("technologies/alpha.html")
    [line] = small_site.warnings.splitlines()
    assert line.startswith("data/technologies/alpha.yaml:3:")
    assert '[unsafe-prose] the role "ignite" in a record' in line


@pytest.mark.parametrize(("name", "more"), [("files:cat", ""), ("cat", 'primary_domain = "files"')])
def test_a_role_of_a_domain_of_the_site_is_not_run_by_a_record(small_site: Site, name: str, more: str) -> None:
    domain = """
        from docutils import nodes
        from sphinx.domains import Domain


        def act(name, rawtext, text, lineno, inliner, options={}, content=[]):
            nodes.acted = True
            return [nodes.Text("innocent")], []


        class Files(Domain):
            name = label = "files"
            roles = {"cat": act}


        def setup(app):
            app.add_domain(Files)
        """
    config = (small_site.root / "conf.py").read_text(encoding="utf-8")
    small_site.write({"conf.py": f"{config}{textwrap.dedent(domain)}{more}\n"})
    small_site.edit("data/technologies/alpha.yaml", "with everything.", f"with {{{name}}}`everything`.")
    small_site.build()
    assert not hasattr(nodes, "acted")
    assert "innocent" not in small_site.output("technologies/alpha.html")
    assert f'[unsafe-prose] the role "{name}" in a record' in small_site.warnings


def test_a_role_of_a_domain_that_there_is_not_is_reported_once_with_its_place(small_site: Site) -> None:
    small_site.edit("data/technologies/alpha.yaml", "with everything.", "with {nowhere:ref}`everything`.")
    [line] = small_site.build().warnings.splitlines()
    assert line.startswith("data/technologies/alpha.yaml:3:")
    assert '[unsafe-prose] the role "nowhere:ref" in a record' in line


PLACES_OF_FILES = [
    *("../folder/", "../folder", ".", "..", "/", "pipe", "../pipe", "out", "/dev/zero", "Index.md", "index.md"),
    *("x" * 300, "x" * 5000 + ".md", "a%00b", "a%00.md", "project:../folder/", "path:../pipe", "file:///etc/passwd"),
]


def test_a_link_to_anything_in_a_file_system_is_reported(small_site: Site) -> None:
    """Folders, pipes, links that lead out, names in another case, and names that no file can have."""
    (small_site.root / "data/folder").mkdir()
    os.mkfifo(small_site.root / "data/pipe")
    (small_site.root / "data/technologies/out").symlink_to("/etc/passwd")
    for number, address in enumerate(PLACES_OF_FILES):
        record = f"name: T{number}\nkind: web-framework\nsummary: 'See [words]({address}) here.'\n"
        small_site.write({f"data/technologies/t{number}.yaml": record})
    small_site.build()
    lines = small_site.warnings.splitlines()
    for number, address in enumerate(PLACES_OF_FILES):
        (line,) = [line for line in lines if line.startswith(f"data/technologies/t{number}.yaml:")]
        expected = "3:23: WARNING: [unsafe-prose] a link " if len(address) < 400 else "3:10: WARNING: [too-large] "
        assert line.startswith(f"data/technologies/t{number}.yaml:{expected}"), address
    assert not (small_site.root / "_build/html/_downloads").exists()


def test_a_folder_of_records_has_no_pages(small_site: Site) -> None:
    """A page may hold what no record may; with the data in the folder of pages it would be one."""
    (small_site.root / "data").rename(small_site.root / "docs/data")
    raw = "X\n=\n\n.. raw:: html\n\n   <script>alert(1)</script>\n\n.. include:: /etc/hostname\n"
    small_site.write({"docs/data/technologies/evil.rst": raw, "docs/data/evil.md": "# X\n"})
    small_site.start(versus_data="docs/data")
    assert not [name for name in small_site.app.env.found_docs if name.startswith("data/")]
    for name in ("evil.md:1:1: ", "technologies/evil.rst:1:1: "):
        assert (
            f"docs/data/{name}WARNING: [unexpected-file] a page in the data folder is not read" in small_site.warnings
        )


@pytest.mark.parametrize(
    ("folder", "setting", "link", "target"),
    [
        ("docs/shared", "link", "link", "docs/shared"),
        ("docs/d[a]ta", "docs/d[a]ta", "link", "docs"),
        ("data", "data", "docs/shared", "../data"),
        ("docs/data", "docs/data", "docs/data/more", "../../elsewhere"),
    ],
)
def test_a_page_among_the_data_behind_a_link_or_an_odd_name(
    site: Site, folder: str, setting: str, link: str, target: str
) -> None:
    site.write({name.replace("data", folder, 1): text for name, text in CATALOGUE.items()} | {**INDEX})
    site.write({f"{folder}/technologies/evil.md": "# Evil\n", "elsewhere/evil.md": "# Evil\n"})
    (site.root / link).symlink_to(target)
    site.start(versus_data=setting)
    assert "[unexpected-file] a page in the data folder is not read" in site.warnings
    assert not [docname for docname in site.app.env.found_docs if "evil" in docname]
    assert "technologies/alpha" in site.app.env.found_docs


def test_pages_above_the_data_are_read(site: Site) -> None:
    """In a site whose folder is that of the data as well."""
    site.write({name.replace("data", "docs", 1): text for name, text in CATALOGUE.items()} | {**INDEX})
    site.start(versus_data="docs")
    assert {"index", "technologies/alpha"} <= site.app.env.found_docs


SAME = "- @x"
"""A text that refers to something, and begins a list."""
TABLE = "| a | b |\\n|---|---|\\n| c | d |"


def test_the_same_characters_are_a_text_in_one_field_and_words_in_another(small_site: Site) -> None:
    comparison = "data/comparisons/alpha-vs-beta.yaml"
    small_site.edit(comparison, "verdict:\n", f'verdict:\n  question: "{SAME}"\n')
    small_site.edit(comparison, "summary: How much do you want to decide?", f'summary: "{SAME}"')
    criterion = (
        f'evil: {{name: Evil, definition: "{SAME}", group: "{SAME}"}}\ntable: {{name: T, definition: "{TABLE}"}}\n'
    )
    small_site.edit("data/criteria.yaml", "licence: {", f"{criterion}licence: {{")
    small_site.edit("data/technologies/alpha.yaml", "facts:\n", f'facts:\n  table: {{value: x, note: "{TABLE}"}}\n')
    for builder in ("html", "text", "man", "latex", "xml"):
        small_site.build(builder, doctrees="all")
        codes = {line.split("WARNING: ")[-1].split("]")[0] for line in small_site.warnings.splitlines()}
        assert codes <= {"[unsafe-prose"}, (builder, small_site.warnings)


def test_links_to_parents_in_a_data_folder_among_the_pages_have_an_end(small_site: Site) -> None:
    """Sphinx looks for pages through all links; these two lead to each other forty times over."""
    (small_site.root / "data").rename(small_site.root / "docs" / "da[t]a")
    for name in ("up", "down"):
        (small_site.root / "docs" / "da[t]a" / "technologies" / name).symlink_to("..")
    small_site.start(versus_data="docs/da[t]a")
    assert [line.split("WARNING: ")[1].split(",")[0] for line in small_site.warnings.splitlines()] == [
        "[unreadable-file] a link to a folder"
    ] * 2


@pytest.mark.skipif(os.name == "nt", reason="such names are no files there")
def test_a_name_of_a_page_stays_out_of_the_general_index_where_it_would_act(small_site: Site) -> None:
    name = 'x"><script>alert(1)<'
    page = "---\nversus-technology: alpha\n---\n\n# Alpha\n\n```{technology-facts}\n```\n"
    small_site.write({f"docs/{name}.md": page}).build("dirhtml", versus_pages={"technology": ""})
    assert "<script>alert" not in small_site.output("genindex/index.html", "dirhtml")


def test_no_text_of_a_record_writes_lines_or_commands_of_a_terminal_into_the_log(small_site: Site) -> None:
    """What MyST says of an option quotes it."""
    table = '```{list-table}\n      :align: "x\\n::error file=conf.py::OWNED\\n\\e[31m"\n\n      * - a\n        - b\n      ```'
    text = f"summary: |\n      A.\n\n      {table}\n"
    small_site.edit("data/technologies/gamma.yaml", "summary: Gamma is a third one.\n", text).build()
    assert "::error" in small_site.warnings
    assert "\n::error" not in small_site.warnings
    assert "\x1b" not in small_site.warnings


@pytest.mark.parametrize(
    "text", ["```{misconception} A\x1bB\n:about: alpha\n\nNo.\n```", "```{sequence-diagram} A\x1b, B\n:alt: X.\n\nA -> B: x\n```", "{verbatim}`A\x1bB`"]
)  # fmt: skip
def test_no_argument_or_role_has_a_character_that_no_format_can_have(small_site: Site, text: str) -> None:
    small_site.write({"docs/page.md": f"---\norphan: true\n---\n# P\n\n{text}\n"}).build("xml")
    assert "\x1b" not in small_site.output("page.xml", "xml")


@pytest.mark.parametrize("argument", ["alpha-vs-beta", "nothing"])
def test_a_name_with_half_a_character_stops_no_build(small_site: Site, argument: str) -> None:
    """Also that of a directive of which nothing is shown but its problem."""
    page = f'# Page\n\n```{{verdict}} {argument}\n---\nname: "half \\ud800"\n---\n```\n'
    small_site.write({"docs/half.md": page}).build()
    assert "half.md:" in small_site.warnings
    assert (small_site.root / "_build/html/objects.inv").exists()
