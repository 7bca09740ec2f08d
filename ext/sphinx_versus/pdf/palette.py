"""The colours of the light pages, once: the style sheet's values are tested against them, the PDF's are written from them."""

from __future__ import annotations

from collections.abc import Mapping

PALETTE: Mapping[str, str] = {
    "muted": "#555b66",
    "line": "#dfe2e8",
    "card": "#f7f8fa",
    "a": "#1f4fc8",
    "b": "#b5430a",
    "true": "#13693f",
    "wrong": "#b3261e",
    "warn": "#7f4f00",
    "target": "#fff6cf",
}
"""The custom properties ``--vs-…``, without a theme. Each has a contrast of 4.5 to 1 or more where it carries words, and
true and wrong differ in lightness as well, so that they stay apart without colour."""

INK = "#1c1f24"
"""The text on paper."""
ACCENT = "#2357c9"
"""Links, which paper cannot underline as quietly as a screen, and the rules of titles."""


def for_print() -> dict[str, str]:
    """The palette by the names that the PDF's style uses."""
    names = {"true": "true_", "a": "first", "b": "second"}
    return {names.get(name, name): code for name, code in PALETTE.items()} | {"ink": INK, "accent": ACCENT}
