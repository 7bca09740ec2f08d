"""Diagrams are text: the same words in every format, classes for the style sheet, and exact words about mistakes."""

from __future__ import annotations

import re
import textwrap

import pytest
from docutils import nodes

from conftest import INDEX, Site
from pdfs import build_pdf
from reading import Reader, rst

SEQUENCE = """
    # A page

    ```{sequence-diagram} Client, Server, Store
    :alt: The server asks the store.
    :caption: A request
    :name: asking

    Client -> Server: *GET* /orders

    Server -> Server: checks: who is it?
    Server -> Store: reads
    Store -> Server: rows
    Server -> Client: 200 OK
    ```

    See {ref}`the order <asking>`.
    """
BOXES = """
    # A page

    ```{box-diagram}
    :alt: One unit holds two parts.

    - Unit

      - Part one
      - Part two

    - Store
    ```
    """
STEPS = [
    "Client → Server: GET /orders",
    "Server: checks: who is it?",
    "Server → Store: reads",
    "Store → Server: rows",
    "Server → Client: 200 OK",
]
BOTH = pytest.mark.parametrize("suffix", [".md", ".rst"])


def written(page: str, suffix: str) -> str:
    return rst(page) if suffix == ".rst" else page


@BOTH
def test_messages_are_a_numbered_list_of_whole_sentences(reader: Reader, suffix: str) -> None:
    page = reader.read(written(SEQUENCE, suffix), suffix)
    assert page.warnings == []
    assert [item.astext() for item in page.one(nodes.enumerated_list).children] == STEPS


@BOTH
def test_caption_description_and_participants_are_told(reader: Reader, suffix: str) -> None:
    diagram = reader.read(written(SEQUENCE, suffix), suffix).one(nodes.container, "versus-diagram")
    told = [block.astext() for block in diagram.findall(nodes.paragraph)][:3]
    assert told == ["A request", "The server asks the store.", "Between: Client, Server, Store"]
    assert "versus-lanes-3" in diagram["classes"]


def test_classes_tell_lanes_and_direction(reader: Reader) -> None:
    steps = reader.read(SEQUENCE).one(nodes.enumerated_list)
    assert [" ".join(item["classes"]) for item in steps.findall(nodes.list_item)] == [
        "versus-from-1 versus-to-2 versus-rightward",
        "versus-from-2 versus-to-2 versus-within",
        "versus-from-2 versus-to-3 versus-rightward",
        "versus-from-3 versus-to-2 versus-leftward",
        "versus-from-2 versus-to-1 versus-leftward",
    ]


def test_words_have_inline_markup_and_the_name_is_a_target(reader: Reader) -> None:
    page = reader.read(SEQUENCE)
    assert page.one(nodes.emphasis).astext() == "GET"
    assert page.one(nodes.container, "versus-diagram")["ids"] == ["asking"]
    assert page.one(nodes.reference)["refid"] == "asking"


def test_roles_may_stand_in_messages_and_in_the_description(reader: Reader) -> None:
    page = reader.read("""
        # A page

        ```{sequence-diagram} A, B
        :alt: It begins. {source}`alpha-home`

        A -> B: {technology}`alpha` {source}`beta-review`
        ```
        """)
    assert page.warnings == []
    assert "A → B: Alpha [2]" in page.words
    assert "It begins. [1]" in page.words


@BOTH
def test_boxes_are_a_nested_list(reader: Reader, suffix: str) -> None:
    page = reader.read(written(BOXES, suffix), suffix)
    assert page.warnings == []
    diagram = page.one(nodes.container, "versus-boxes")
    kinds = [(item.children[0].astext(), *item["classes"]) for item in diagram.findall(nodes.list_item)]
    assert kinds == [
        ("Unit", "versus-holder"),
        ("Part one", "versus-box"),
        ("Part two", "versus-box"),
        ("Store", "versus-box"),
    ]


def test_lines_of_a_list_do_not_need_blank_ones_in_markdown(reader: Reader) -> None:
    tight = re.sub(r"\n\n( +- )", r"\n\1", BOXES.replace("parts.\n", "parts.\n\n", 1))
    page = reader.read(tight)
    assert len(page.all(nodes.list_item, "versus-box")) == 3


HEAD = ":alt: Something.\n\n"
LINE = "expected lines such as `Client -> Server: Hello`"
NAMES = "expected two to 6 different names, separated by commas"
MISTAKES = [
    # directive, its argument, its further lines, then: the line of the problem, its words
    ("sequence-diagram", "A, B", "A -> B: x", 5, 'invalid-option "sequence-diagram" needs the option "alt"; add `:alt:` with one sentence that says what it shows'),
    ("sequence-diagram", "A, B", ":alt:\n\nA -> B: x", 5, 'invalid-option "sequence-diagram" needs the option "alt"; add `:alt:` with one sentence that says what it shows'),
    ("sequence-diagram", "Client, Server", HEAD + "Client -> Server: x\nClient -> Sever: x", 9, 'invalid-argument "Sever" is not a participant of the diagram; did you mean "Server"?'),
    ("sequence-diagram", "A, B", HEAD + "A -> B: x\n\nC -> B: x", 10, 'invalid-argument "C" is not a participant of the diagram; expected one of: A, B'),
    ("sequence-diagram", "A, B", HEAD + "A to B", 8, f'invalid-argument "A to B" is not a message; {LINE}'),
    ("sequence-diagram", "A, B", HEAD + "A => B: Hello", 8, 'invalid-argument "A => B: Hello" is not a message; write "A -> B: Hello"'),
    ("sequence-diagram", "A, B", HEAD + "A => C: Hello", 8, f'invalid-argument "A => C: Hello" is not a message; {LINE}'),
    ("sequence-diagram", "A, B", HEAD + "A -> : B", 8, f'invalid-argument "A -> : B" is not a message; {LINE}'),
    ("sequence-diagram", "A, B", HEAD + "A -> B:", 8, f'invalid-argument "A -> B:" is not a message; {LINE}'),
    ("sequence-diagram", "A, B", HEAD.strip(), 5, f'invalid-argument "sequence-diagram" has no messages; {LINE}'),
    ("sequence-diagram", "A", HEAD + "A -> A: x", 5, f'invalid-argument "A" does not name the participants; {NAMES}'),
    ("sequence-diagram", "A, A", HEAD + "A -> A: x", 5, f'invalid-argument "A, A" does not name the participants; {NAMES}'),
    ("sequence-diagram", "", HEAD + "A -> A: x", 5, f'invalid-argument "sequence-diagram" does not name the participants; {NAMES}'),
    ("sequence-diagram", "A, B", ":titel: x\n" + HEAD + "A -> B: x", 6, 'unknown-option "titel" is not an option of "sequence-diagram"; expected one of: alt, caption, class, name'),
    ("box-diagram", "", ":class: x\n\n- A", 5, 'invalid-option "box-diagram" needs the option "alt"; add `:alt:` with one sentence that says what it shows'),
    ("box-diagram", "", HEAD + "Words.\n\n- A", 5, 'invalid-argument the body of "box-diagram" is not one list; expected a bullet list, nested as the boxes are'),
    ("box-diagram", "", HEAD + "- Host\n-Other", 9, 'broken-markdown "-Other" is no entry of a list; write - Other'),
    ("box-diagram", "", HEAD + "-Host\n  - Socket\n- Other", 8, 'broken-markdown "-Host" is no entry of a list; write - Host'),
    ("box-diagram", "A", HEAD + "- A", 5, 'invalid-argument "box-diagram" takes no argument: "A"; remove it'),
]  # fmt: skip


@BOTH
@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_told_at_its_line(reader: Reader, suffix: str, mistake: tuple[str, str, str, int, str]) -> None:
    name, argument, lines, line, words = mistake
    page = f"# A page\n\nWords.\n\n```{{{name}}} {argument}".rstrip() + f"\n{lines}\n```\n"
    if suffix == ".rst":
        page = rst(page)
        line += 1
    told = reader.read(page, suffix).warnings
    code, _, message = words.partition(" ")
    (warning,) = told
    place, _, said = warning.partition(": [")
    assert f"[{said}".removesuffix(f" [versus.{code}]") == f"[{code}] {message}"
    assert place.split(":")[1] == str(line)


def test_every_format_has_the_words(small_site: Site) -> None:
    index = textwrap.dedent(SEQUENCE + BOXES.replace("# A page", "## More") + INDEX["docs/index.md"])
    small_site.write({"docs/index.md": index.replace("# Home", "## Home")})
    words = ["A request", "The server asks the store.", *STEPS, "Part one", "Part two"]
    files = {"html": "index.html", "text": "index.txt", "latex": "test.tex", "epub": "index.xhtml"}
    for builder, file in files.items():
        small_site.build(builder, doctrees="all", epub_show_urls="no", suppress_warnings=["epub"])
        output = small_site.output(file, builder)
        shown = letters(small_site.soup(file, builder).get_text() if "html" in file else output)
        assert [word for word in words if letters(word) not in shown] == [], builder


def letters(text: str) -> str:
    """The letters, without the commands of LaTeX and the classes in them."""
    return re.sub(r"\\DUrole\{[\w-]+\}|\\[a-zA-Z]+|[^a-zA-Z]", "", text)


# -- in topics

BODY = """
    body: |
      First, see this.

      ```{box-diagram}
      :alt: A letter has an *address*.
      :class: versus-sequence

      - Letter
        - Address
          - {technology}`alpha`
      ```

      ```{sequence-diagram} Client, Server
      :alt: Who asks.

      Client -> Server: asks for `it`
      ```
"""


def with_topic(site: Site, body: str) -> Site:
    """A site with a topic on the page of its comparison."""
    return site.edit(
        "data/comparisons/alpha-vs-beta.yaml", "reviewed:", f"topics:\n  drawn:\n    title: Drawn{body}reviewed:"
    )


def test_a_topic_has_diagrams_in_every_format(small_site: Site) -> None:
    with_topic(small_site, BODY.replace("      :class: versus-sequence\n", "")).build()
    assert small_site.warnings == ""
    topic = small_site.soup("comparisons/alpha-vs-beta.html").select_one("#topic-drawn")
    assert [one["class"][:-2] for one in topic.select(".versus-diagram")] == [
        ["versus-diagram", "versus-boxes"],
        ["versus-diagram", "versus-sequence", "versus-lanes-2"],
    ]
    assert (
        topic.select_one(".versus-boxes .versus-holder .versus-holder > ul > .versus-box a")["href"]
        == "../technologies/alpha.html"
    )
    assert "versus-diagrams.css" in small_site.output("comparisons/alpha-vs-beta.html")
    text = small_site.build("text").output("comparisons/alpha-vs-beta.txt", "text")
    assert "Client → Server: asks for" in text
    assert "* Address" in text
    pdf = build_pdf(small_site)
    assert small_site.warnings == ""
    assert "Aletterhasanaddress" in pdf.letters


def test_what_a_diagram_in_a_record_cannot_have(small_site: Site) -> None:
    body = BODY.replace("Client -> Server", "Client -> Sever").replace(":alt: A letter", ":alt: <b>A</b> letter")
    body = body.replace(
        "      Client -> Sever", "      :class: versus-table\n\n      Server -> Client: x\n      Client -> Sever"
    ).replace(":alt: Who asks.\n\n", ":alt: Who asks.\n")
    with_topic(small_site, body.replace("  - {tech", "  - a\n            - {tech")).build()
    found = re.findall(r"yaml:(\d+:\d+): WARNING: \[[\w-]+\] (.+?)(?: in a record)?; ", small_site.warnings)
    assert found == [
        ("25:13", "raw HTML in a record: <b>"),
        ("31:13", "a text nested too deeply"),
        ("34:1", 'the class "versus-table"'),
        ("39:17", '"Sever" is not a participant of the diagram'),
    ]


def test_a_language_that_is_not_known_costs_no_diagram(small_site: Site) -> None:
    diagram = "|\n\n      ```{box-diagram}\n      :alt: A contains B.\n\n      - A\n        - B\n      ```\n"
    topic = f"topics:\n  parts:\n    title: Parts\n    body: {diagram}reviewed:"
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "reviewed:", topic).build(language="german")
    assert "internal" not in small_site.warnings
    assert "A contains B." in small_site.output("comparisons/alpha-vs-beta.html")


@pytest.mark.parametrize("is_shown", [True, False])
@pytest.mark.parametrize(
    ("line", "words"),
    [
        (":alt A contains B.", '":alt A contains B." is no option; write :alt: A contains B.'),
        ("alt: A contains B.", '"alt: A contains B." is no option; write :alt: A contains B.'),
        ("", '"box-diagram" needs the option "alt"; add `:alt:` with one sentence that says what it shows'),
    ],
)
def test_wrong_options_of_a_diagram_in_a_record_are_reported_once(
    small_site: Site, line: str, words: str, is_shown: bool
) -> None:
    """Be it shown on a page or not."""
    diagram = f"|\n\n      ```{{box-diagram}}\n      {line}\n\n      - A\n        - B\n      ```\n"
    topic = f"topics:\n  parts:\n    title: Parts\n    body: {diagram}reviewed:"
    small_site.edit("data/comparisons/alpha-vs-beta.yaml", "reviewed:", topic)
    if not is_shown:
        small_site.write({"docs/comparisons/alpha-vs-beta.md": "# Alpha vs Beta\n\n```{verdict}\n```\n"})
    small_site.build()
    assert small_site.warnings.count("WARNING") == 1, small_site.warnings
    warning = small_site.warnings.rstrip()
    assert warning.endswith(f"[invalid-option] {words} [versus.invalid-option]")


def test_options_hold_no_pictures_and_no_html(reader: Reader) -> None:
    page = """
        # A page

        ```{sequence-diagram} A, B
        :alt: It *says* <script>alert(1)</script> ![a picture](https://example.org/x.png)
        :caption: <b onclick=x()>Bold</b>

        A -> B: hello
        ```
        """
    read = reader.read(page)
    assert not [*read.all(nodes.raw), *read.all(nodes.image)]
    caption, alternative = (one.astext() for one in read.all(nodes.paragraph)[:2])
    assert caption == "<b onclick=x()>Bold</b>"
    assert alternative == "It says <script>alert(1)</script> ![a picture](https://example.org/x.png)"
    assert [line.partition("[")[2].partition(":")[0].partition(";")[0] for line in read.warnings] == [
        'unsafe-prose] raw HTML in "caption"',
        'unsafe-prose] raw HTML in "alt"',
        'unsafe-prose] an image in "alt"',
    ]


@BOTH
def test_options_read_no_files_and_run_nothing(reader: Reader, suffix: str) -> None:
    """What MyST makes of its own pages is not for options; of what is refused the words stand there."""
    page = """
        # A page

        ```{box-diagram}
        :alt: A {download}`index.md` here.
        :caption: Of {{ lipsum }} and *words*.

        - A
        ```
        """
    read = reader.read(written(page, suffix), suffix)
    caption, alternative = (one.astext() for one in read.all(nodes.paragraph)[:2])
    assert caption == "Of {{ lipsum }} and words."
    assert alternative == "A index.md here."
    assert len(read.warnings) == 1


@pytest.mark.parametrize(
    "reference", ["[#]_", "[*]_", "[#lab]_", "|sub|", "`x <foo_>`_", ":cpp:any:`a<a<a<a<a<a<a<a<a<a<a<a<`"]
)
def test_references_of_restructuredtext_in_an_option_are_words(reader: Reader, reference: str) -> None:
    page = reader.read(f"A page\n======\n\n.. box-diagram::\n   :alt: words {reference} end\n\n   - a\n", ".rst")
    words = reference.replace("`", "").removeprefix(":cpp:any:")
    assert any(f"words {words} end" in one.astext() for one in page.all(nodes.paragraph))
    assert [":5:" in line for line in page.warnings] == [True] * ("cpp" in reference)
