"""Any language that Sphinx takes is one for dates, web pages and PDFs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sphinx.locale

from sphinx_versus.catalogue.fields import PartialDate
from sphinx_versus.catalogue.model import Extent
from sphinx_versus.components import i18n
from sphinx_versus.components.i18n import for_typesetting, known_locale, parsed, tag

DAY = PartialDate(2005, 7, 21)


@pytest.mark.parametrize(
    ("name", "bcp47", "typeset", "date"),
    [
        ("en", "en", ("en", None), "July 21, 2005"),
        ("de_AT", "de-AT", ("de", "AT"), "21. Juli 2005"),
        ("zh_CN", "zh-CN", ("zh", "CN"), "2005年7月21日"),
        ("zh-hant-tw", "zh-Hant-TW", ("zh", "TW"), "2005年7月21日"),
        ("zh_TW.Big5", "zh-TW", ("zh", "TW"), "2005年7月21日"),
        ("pt-br", "pt-BR", ("pt", "BR"), "21 de julho de 2005"),
        ("sr@latin", "sr-Latn", ("sr", None), "21. jul 2005."),
        ("sr_RS", "sr-RS", ("sr", "RS"), "21. јул 2005."),
        ("ca@valencia", "ca-valencia", ("ca", None), "21 de juliol del 2005"),
        ("es_419", "es-419", ("es", None), "21 de julio de 2005"),
        ("en_QQ", "en-QQ", ("en", "QQ"), "July 21, 2005"),
        ("cak", "cak", ("cak", None), "July 21, 2005"),
        ("klingon", "klingon", ("en", None), "July 21, 2005"),
        ("", "", ("en", None), "July 21, 2005"),
        ("../x", "../x", ("en", None), "July 21, 2005"),
    ],
)
def test_a_language(name: str, bcp47: str, typeset: tuple[str, str | None], date: str) -> None:
    assert (tag(name), for_typesetting(name), i18n.date(DAY, name)) == (bcp47, typeset, date)


def test_all_languages_of_sphinx() -> None:
    folder = Path(sphinx.locale.__file__).parent
    names = sorted(path.name for path in folder.iterdir() if (path / "LC_MESSAGES").is_dir())
    assert len(names) > 60
    assert [name for name in names if parsed(name) is None] == []
    assert [name for name in names if known_locale(name) is None] == ["cak"], "the library does not know them"
    for name in names:
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?(-[a-z]{5,8})?", tag(name))
        assert all(i18n.date(day, name) for day in (DAY, PartialDate(2005, 7), PartialDate(2005)))


@pytest.mark.parametrize(
    ("since", "words"),
    [("<= 3", "since ≤ 3"), ("≤3", "since ≤ 3"), ("≤ === 1", "since ≤ === 1"), ("<3>", "since <3>")],
)
def test_a_version_has_the_signs_that_were_typed(since: str, words: str) -> None:
    assert i18n.extent(Extent(value="yes", since=since)) == [words]
