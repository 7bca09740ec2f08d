// Excerpts of Sphinx's search: it takes tags away and puts nothing in their place.
addEventListener("DOMContentLoaded", () => {
	const textOf = Search.htmlToText;
	Search.htmlToText = (html, anchor) => {
		const page = new DOMParser().parseFromString(html, "text/html");
		for (const tool of page.querySelectorAll(".vs-bar, .vs-src, .vs-n, .vs-tools, .vs-copy, .vs-gopen, .vs-open .vs-hid, th .vs-ev, .vs-legend")) tool.remove();
		for (const block of page.body.querySelectorAll(":not(a, abbr, b, code, data, em, i, kbd, mark, q, small, span, strong, sub, sup, time)")) block.append(" ");
		return textOf(page.documentElement.outerHTML, anchor).replace(/\s+(?=[.,;]\s)/g, "").replace(/\s+/g, " ");
	};
}, { once: true });
