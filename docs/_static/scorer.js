// Scores of results as Sphinx has them, but that the changelog, which has most words, is found by its name alone.
var Scorer = {
  score: ([docname, , , , score, , kind]) => (docname === "changelog" && kind === "text" ? -1 : score),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
