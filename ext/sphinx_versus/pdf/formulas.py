"""Formulas from TeX's notation to the typesetter's."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from .syntax import trimmed
from .typesetter.compiler import failure


class Formulas:
    """Translates each formula once; one that the typesetter would refuse is none."""

    def __init__(self, accepts: Callable[[str], bool]) -> None:
        self._accepts = accepts
        self._known: dict[str, str | None] = {}
        self._translator = _translator()

    def translated(self, tex: str) -> str | None:
        """The formula in Typst, or ``None``."""
        if tex not in self._known:
            found = self._translate(tex)
            self._known[tex] = found if found and self._accepts(found) else None
        return self._known[tex]

    def _translate(self, tex: str) -> str | None:
        if self._translator is None or "$" in tex:
            return None
        options = self._translator.L2TOptions(frac_to_slash=False)
        try:
            result = self._translator.latex_to_typst_diagnostics(tex, options=options)
        except BaseException as error:  # noqa: BLE001 (a panic is no Exception)
            failure(error)
            return None
        return None if result.warnings else trimmed(str(result.output))


def _translator() -> Any:
    try:
        return importlib.import_module("tylax")
    except ImportError:
        return None
