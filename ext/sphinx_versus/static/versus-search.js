// Sphinx's search: what the query names and a page compares is found first, with any word between the names; then titles with all words. And its excerpts:
// it takes tags away and puts nothing in their place.
document.addEventListener("DOMContentLoaded", () => {
	let words = [];
	const perform = Search.performSearch;
	Search.performSearch = (query) => {
		words = query.toLowerCase().split(/[^\p{L}\p{N}]+/u);
		perform(query.replace(/(?<=\S\s+)(?:or|versus|vs\.?)\s+(?=\S)/gi, ""));
	};
	const isNamed = (side, _, sides) => words.includes(side) || words.some((word) => word.length > 3 && !sides.includes(word) && side.startsWith(word));
	const isTitled = (title) => {
		const names = title.toLowerCase().split(/[^\p{L}\p{N}]+/u);
		const longer = words.filter((word) => word.length > 2);
		return longer.length > 0 && longer.every((word) => names.some((name) => name.startsWith(word) || (name.length > 2 && word.startsWith(name))));
	};
	const { score } = Scorer;
	Scorer.score = (result) => {
		const sides = result[0].split("/").pop().split("-vs-");
		const isWhole = sides[1] && !/^#(misconception|row)-/.test(result[2]) && sides.every(isNamed);
		return (score?.(result) ?? result[4]) + (isWhole ? 100 * sides.length : isTitled(result[1]) ? 20 : 0);
	};
	const textOf = Search.htmlToText;
	Search.htmlToText = (html, anchor) => {
		const page = new DOMParser().parseFromString(html, "text/html");
		for (const tool of page.querySelectorAll(".vs-bar, .vs-src, .vs-n, .vs-tools, .vs-copy, .vs-gopen, .vs-open .vs-hid, th .vs-ev, .vs-legend")) tool.remove();
		for (const block of page.body.querySelectorAll(":not(a, abbr, b, code, data, em, i, kbd, mark, q, small, span, strong, sub, sup, time)")) block.append(" ");
		return textOf(page.documentElement.outerHTML, anchor).replace(/\s+(?=[.,;]\s)/g, "").replace(/\s+/g, " ");
	};
}, { once: true });
