"""Structured data about technologies goes in, comparison pages that readers can trust come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension, which is loaded here: the command begins without it, so that Ctrl-C can end it at once."""
    from .extension import setup as register  # noqa: PLC0415

    return register(app)
