versusWords.picker = (form, words, all, one, say, has) => {
	const make = (tag, given) => Object.assign(document.createElement(tag), given);
	const root = document.documentElement.dataset.content_root;
	const list = make("datalist", { id: "vs-names" });
	const said = one(".vs-said", form);
	let names;
	const onload = () => {
		names = versusPairs.technologies.flatMap(({ name, also }, at) => ["", ...also].map((word) => [word || name, at, word && ` (${name})`]));
		list.append(...names.map(([name, , of]) => new Option(name + of, name)));
	};
	form.hidden = false;
	form.addEventListener("focusin", () => form.append(list, make("script", { src: `${root}_static/versus-pairs.js`, onload })), { once: 1 });
	form.onsubmit = (event) => {
		event.preventDefault();
		const { technologies: sides, pairs, pattern, tables } = versusPairs;
		const ends = [];
		for (const { value } of all("input", form)) {
			const found = names.filter(([name]) => has(name, value));
			const end = found.find(([name]) => has(value, name)) || found[0];
			const like = ([name]) => [...value].filter((_, at) => has(name, value.slice(at, at + 2))).length / (value.length + name.length);
			if (!end) return said.replaceChildren(say("unknown", value, names.sort((one, other) => like(other) - like(one))[0][0]));
			ends.push(end[1]);
		}
		if (ends[0] === ends[1]) return said.replaceChildren(words.same);
		const among = (pair) => ends.filter((end) => pair.includes(end)).length;
		const only = (table, ...two) => table.replace("only=any-name", two.map((at) => `only=${encodeURIComponent(sides[at].name)}`).join("&"));
		const rows = tables.flatMap(([table, members]) => ends.filter((end) => members.includes(end)).flatMap((end) => members.filter((at) => at !== end && !pairs.some((pair) => pair.includes(at) && pair.includes(end))).map((at) => [end, at, only(table, end, at)])));
		const close = [...pairs.filter(among), ...rows].sort((one, other) => among(other) - among(one)).slice(0, 6);
		const links = close.map(([i, j, page]) => make("a", { href: root + (page || pattern.replace("{}", `${sides[i].id}-vs-${sides[j].id}`)), textContent: `${sides[i].name} – ${sides[j].name}` }));
		if (among(close[0] || []) > 1) location = links[0];
		else said.replaceChildren(words.missing, ...links);
	};
};
