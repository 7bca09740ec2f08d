"""Where the first sentence of a text ends."""

from __future__ import annotations

from typing import Any

from sphinx_versus.catalogue.fields import prose_of
from sphinx_versus.catalogue.markdown import first_sentence
from sphinx_versus.catalogue.prose import Prose, divided
from sphinx_versus.catalogue.reader import RECORD, read

DIVIDED = {
    "One. Two.": ("One.", "Two."),
    "Does it? Yes. Always.": ("Does it?", "Yes. Always."),
    "One\nover lines.\nTwo.": ("One\nover lines.", "Two."),
    "A paragraph\n\nAnother. One.": ("A paragraph", "Another. One."),
    "Use e.g. PostgreSQL 3.2. Then go.": ("Use e.g. PostgreSQL 3.2.", "Then go."),
    "Since v. 2.0 by J. Smith, see no. 5. Next.": ("Since v. 2.0 by J. Smith, see no. 5.", "Next."),
    "The answer is no. Then what?": ("The answer is no.", "Then what?"),
    "It needs version 4. Then go.": ("It needs version 4.", "Then go."),
    "A server, vs. The Server. End.": ("A server, vs. The Server.", "End."),
    "Run `a. B` and {term}`c. D <e>` first. Next.": ("Run `a. B` and {term}`c. D <e>` first.", "Next."),
    "It is there. `flask run` starts it.": ("It is there.", "`flask run` starts it."),
    "It is e.g. `a.b` there. {term}`c` is next.": ("It is e.g. `a.b` there.", "{term}`c` is next."),
    "See [its. Pages](https://a.b/c.) and <https://x.y>. Next.": (
        "See [its. Pages](https://a.b/c.) and <https://x.y>.",
        "Next.",
    ),
    "It (as A. Or B. say) is *so. Very. Much* there. Next.": (
        "It (as A. Or B. say) is *so. Very. Much* there.",
        "Next.",
    ),
    'They say "It is. Truly." But no.': ('They say "It is. Truly."', "But no."),
    "**In bold.** Next.": ("**In bold.**", "Next."),
    "It is (all of it.) *Next* one.": ("It is (all of it.)", "*Next* one."),
    "See node.js. It runs.": ("See node.js.", "It runs."),
    "Wait … what? No.": ("Wait … what?", "No."),
    "一。二。": ("一。", "二。"),
    "``a ` B. C`` is. Next.": ("``a ` B. C`` is.", "Next."),
    "A ` is one. Next.": ("A ` is one.", "Next."),
    "\n\nOne. Two.": ("\n\nOne.", "Two."),
}
WHOLE = [
    "Only one.",
    "no full stop",
    "lower. case follows.",
    "- a list. With items.",
    "1. One. Two.",
    "> A quotation. It ends.",
    "```\ncode. More.\n```",
    ":::{note}\nOne. Two.\n:::",
    "| a. B. |\n|---|",
    "See [this][one]. Next.\n\n[one]: https://example.org/",
    "x" * 1_001 + ". Next.",
    "x " + "`" * 1_000 + "a" * 1_000,
    "x " + "." * 9_990,
    "x " + "?!" * 4_990,
    "[\n" * 4_999 + "[",
]
"""The last four took minutes once: they end with the suite, or never."""


def test_texts_that_are_divided() -> None:
    assert {text: first_sentence(text) for text in DIVIDED} == DIVIDED


def test_what_cannot_be_divided_is_all_first() -> None:
    assert [first_sentence(text) for text in WHOLE] == [(text, "") for text in WHOLE]


def test_both_parts_know_where_they_stand() -> None:
    document, problems = read("a.yaml", "key: >-\n  One is here.\n  Two is\n  there.\n", RECORD)
    assert not problems
    tree: Any = document.tree
    first, rest = divided(prose_of(tree["key"]))
    assert rest
    assert (first.text, rest.text) == ("One is here.", "Two is\nthere.")
    assert str(first.place(0)) == "a.yaml:2:3"
    assert str(rest.place(0)) == "a.yaml:3:3"
    assert str(rest.place(rest.text.index("there"))) == "a.yaml:4:3"
    assert rest.line == 3


def test_a_text_in_one_sentence_stays_as_it_is() -> None:
    prose = Prose("Only one.", "a.yaml", 7)
    assert divided(prose) == (prose, None)
