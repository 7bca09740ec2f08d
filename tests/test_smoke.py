"""The shortest way through everything: data in, pages out, no warning."""

from __future__ import annotations

from conftest import Site


def test_a_record_alone_makes_a_full_page(small_site: Site) -> None:
    small_site.build()
    assert small_site.warnings == ""
    page = small_site.soup("comparisons/alpha-vs-beta.html")
    words = page.get_text(" ", strip=True)
    for expected in (
        "Alpha vs Beta",
        "Partial",
        "July 2005",
        "Not assessed",
        "Choose Alpha if …",
        "Myth",
    ):
        assert expected in words


def test_a_second_build_reads_nothing(small_site: Site) -> None:
    small_site.build().build()
    assert small_site.read == []
    assert small_site.written == []
