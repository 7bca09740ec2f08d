"""A site in a language that a library does not know, or in one with a name of several parts."""

from __future__ import annotations

import pytest

from conftest import Site
from pdfs import Pdf, build_pdf

UNKNOWN = (
    'conf.py:1:1: WARNING: [unsupported-language] language = "{}" is not known; {} [versus.unsupported-language]\n'
)


@pytest.mark.parametrize(
    ("language", "warning", "marked"),
    [
        ("sr@latin", "", "sr"),
        ("pt_BR", "", "pt-BR"),
        ("klingon", "dates are written as in English, and PDFs are marked as English", "en"),
    ],
)
def test_html_and_pdf(small_site: Site, language: str, warning: str, marked: str) -> None:
    small_site.build("html", language=language)
    told = UNKNOWN.format(language, warning) if warning else ""
    assert small_site.warnings == told
    assert "alpha-vs-beta.html" in small_site.output("comparisons/beta-vs-alpha.html")
    pdf: Pdf = build_pdf(small_site, language=language)
    assert small_site.warnings == told
    assert str(pdf.root.Lang) == marked
