"""Whatever text is written in whatever style, its words come back and every letter is found in the file."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from sphinx_versus.catalogue.document import Scalar, laid_out
from sphinx_versus.catalogue.prose import Prose
from sphinx_versus.catalogue.reader import read

WORDS = st.text(alphabet="abcé😀 '\"\\#:-*{}[]<>`|>!&%@,.\n", min_size=1).filter(str.strip)
STYLES = st.sampled_from(["|", ">", "'", '"', None])


@given(text=WORDS, style=STYLES, width=st.integers(5, 40), indent=st.integers(2, 6), in_list=st.booleans())
def test_words_and_letters(text: str, style: str | None, width: int, indent: int, in_list: bool) -> None:
    class Styled(str):
        __slots__ = ()

    class Dumper(yaml.SafeDumper):
        pass

    Dumper.add_representer(
        Styled, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:str", str(data), style)
    )
    data = {"key": [{"a": Styled(text)}, "b"]} if in_list else {"key": {"a": Styled(text)}, "next": "b"}
    source = yaml.dump(data, Dumper=Dumper, width=width, indent=indent, allow_unicode=True)
    assume(yaml.safe_load(source) == data)  # PyYAML folds some lines that begin with blanks, which changes the text
    document, problems = read("x.yaml", source)
    assert problems == []
    tree: Any = document.tree
    value = tree["key"][0]["a"] if in_list else tree["key"]["a"]
    assert isinstance(value, Scalar)
    assert value == text
    found, marks = laid_out(value.span)
    assert found.split() == text.split()
    lines = source.split("\n")
    prose = Prose(found, "x.yaml", marks[0][1], marks)
    for offset, letter in enumerate(found):
        place = prose.place(offset)
        if letter in "abcé😀":
            assert lines[place.line - 1][place.column - 1] in {letter, "\\"}, (source, letter, place)
