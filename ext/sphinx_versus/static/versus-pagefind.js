// The results of Pagefind on the page of the search, in the form and the words of Sphinx's own.
addEventListener("DOMContentLoaded", async () => {
	const output = document.getElementById("search-results"), { index, more, file, failed } = output.dataset;
	output.replaceChildren(); // what is written there is for readers without scripts
	const query = new URLSearchParams(location.search).get("q")?.trim();
	const add = (parent, name, properties) => parent.appendChild(Object.assign(document.createElement(name), properties));
	const translated = (text) => Documentation.gettext(text) || text;
	for (const field of document.querySelectorAll("input[name=q]")) field.value = query ?? "";
	if (location.protocol === "file:") add(output, "p", { textContent: file });
	else if (query) {
		const title = add(output, "h2", { textContent: translated("Searching") });
		const summary = add(output, "p", { className: "search-summary", role: "status" });
		const list = add(output, "ul", { className: "search", role: "list" });
		const button = add(output, "button", { type: "button", textContent: more, hidden: true });
		try {
			const address = new URL(index, location), pagefind = await import(address);
			// A policy that allows files of the site alone allows no worker made of a text.
			await pagefind.options({ noWorker: true, ranking: { metaWeights: { title: 5, keywords: 5 } } });
			const { results } = await pagefind.search(query);
			title.textContent = translated("Search Results");
			summary.textContent = results.length
				? Documentation.ngettext("Search finished, found one page matching the search query.", "Search finished, found ${resultCount} pages matching the search query.", results.length).replace("${resultCount}", results.length)
				: translated("Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.");
			button.onclick = async () => {
				for (const page of await Promise.all(results.splice(0, 20).map((one) => one.data()))) {
					const item = add(list, "li", { className: "kind-title" });
					add(item, "a", { href: new URL(page.raw_url, new URL("..", address)), textContent: page.meta.title });
					add(item, "p", { className: "context", innerHTML: page.excerpt }); // in which Pagefind escapes all but its marks
				}
				button.hidden = !results.length;
			};
			await button.onclick();
		} catch (error) {
			summary.textContent = failed;
			console.error(error);
		}
	}
}, { once: true });
