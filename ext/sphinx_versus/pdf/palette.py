"""The colours of the light pages, once: the style sheet's values are tested against them, the PDF's are written from them."""

from __future__ import annotations

from collections.abc import Mapping

PALETTE: Mapping[str, str] = {
    "muted": "#565a63",
    "line": "#d9dce1",
    "card": "#f7f8fa",
    "accent": "#2357c9",
    "true": "#16704a",
    "wrong": "#b02a1f",
    "warn": "#8a5300",
    "target": "#fff3bf",
}
"""The custom properties ``--vs-…``, without a theme. Each has a contrast of 4.5 to 1 or more where it carries words, and
true and wrong differ in lightness as well, so that they stay apart without colour."""

INK = "#1c1f24"
"""The text on paper."""
SIDES: Mapping[str, str] = {"first": "#1f4fc8", "second": "#b5430a"}
"""The colours of the first two sides of a comparison, which the words beside them name as well."""


def for_print() -> dict[str, str]:
    """The palette by the names that the PDF's style uses."""
    return {name + "_" * (name == "true"): code for name, code in PALETTE.items()} | {"ink": INK, **SIDES}
