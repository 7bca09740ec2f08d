"""The directives, each known by its plain name and as ``versus:<name>``."""

from collections.abc import Mapping

from sphinx.application import Sphinx

from . import comparison, comparison_table, diagram, lists
from .base import VersusDirective

DIRECTIVES: Mapping[str, type[VersusDirective]] = {
    "comparison": comparison.Comparison,
    "comparison-summary": comparison.ComparisonSummary,
    "comparison-table": comparison_table.ComparisonTable,
    "differences": comparison.Differences,
    "leads": comparison.Leads,
    "misconceptions": comparison.Misconceptions,
    "related-comparisons": comparison.RelatedComparisons,
    "topics": comparison.Topics,
    "value-ages": comparison.ValueAges,
    "verdict": comparison.Verdict,
    "derived-pairs": lists.DerivedPairs,
    "misconception": comparison.OneMisconception,
    "technology": lists.Technology,
    "technology-choices": lists.TechnologyChoices,
    "technology-facts": comparison_table.TechnologyFacts,
    "compare-picker": lists.ComparePicker,
    "catalogue-numbers": lists.CatalogueNumbers,
    "comparison-index": lists.ComparisonIndex,
    "comparison-matrix": lists.ComparisonMatrix,
    "criterion-index": lists.CriterionIndex,
    "misconception-index": lists.MisconceptionIndex,
    "sources": lists.Sources,
    "technology-index": lists.TechnologyIndex,
    "box-diagram": diagram.BoxDiagram,
    "sequence-diagram": diagram.SequenceDiagram,
}


def setup(app: Sphinx) -> None:
    """Register the directives."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
        app.add_directive_to_domain("versus", name, directive)
