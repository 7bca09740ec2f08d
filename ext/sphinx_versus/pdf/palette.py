"""The colours of the light pages: a test compares them with those of the style sheet, the PDF's are written from them."""

from __future__ import annotations

from collections.abc import Mapping

PALETTE: Mapping[str, str] = {
    "a": "#1f4fc8",
    "b": "#b5430a",
    "ink": "#14171f",
    "muted": "#555b66",
    "line": "#dfe2e8",
    "card": "#f7f8fa",
    "true": "#13693f",
    "wrong": "#b3261e",
    "warn": "#7f4f00",
    "target": "#fff6cf",
}
"""The custom properties ``--vs-…``; ``a`` and ``b`` are the sides of a comparison. Each has a contrast of 4.5 to 1 or more where it
carries words, and true and wrong differ in lightness as well, so that they stay apart without colour."""

LINK = "#2357c9"
"""Links on paper, which on a screen have the colour of the theme."""
NAMES: Mapping[str, str] = {"a": "first", "b": "second", "true": "true_"}
"""The names in the PDF's style, where they are others."""


def for_print() -> dict[str, str]:
    """The palette by the names that the PDF's style uses."""
    return {NAMES.get(name, name): code for name, code in PALETTE.items()} | {"accent": LINK}
