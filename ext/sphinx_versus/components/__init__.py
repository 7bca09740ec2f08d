"""What a page shows of the catalogue. A component is one module here and the template of its name; see ``component.py``."""

from __future__ import annotations

from collections.abc import Mapping

from . import (
    ages,
    comparison_list,
    criterion_list,
    differences,
    invitation,
    leads,
    matrix,
    misconception,
    misconception_list,
    numbers,
    pair_list,
    picker,
    reasons,
    sources,
    summary,
    table,
    technology,
    technology_list,
    topic,
    verdict,
)
from .component import ComponentModule

COMPONENTS: Mapping[str, ComponentModule] = {
    "ages": ages,
    "comparison-list": comparison_list,
    "criterion-list": criterion_list,
    "differences": differences,
    "invitation": invitation,
    "leads": leads,
    "matrix": matrix,
    "misconception": misconception,
    "misconception-list": misconception_list,
    "numbers": numbers,
    "pair-list": pair_list,
    "picker": picker,
    "reasons": reasons,
    "sources": sources,
    "summary": summary,
    "table": table,
    "technology": technology,
    "technology-list": technology_list,
    "topic": topic,
    "verdict": verdict,
}
"""By name, which is that of the template in ``templates/components/`` too."""
