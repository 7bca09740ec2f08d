// Pages work without it: docs/contributing/reader-tools.md
{
const { words, tools, many, grid, picker } = versusWords;
const on = addEventListener;
const all = (css, from = document) => [...from.querySelectorAll(css)];
const one = (css, from) => all(css, from)[0];
const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
const say = (key, ...parts) => words[key].replace(/%s/g, () => parts.shift());
const has = (text, typed) => typed.toLowerCase().split(" ").every((word) => text.toLowerCase().includes(word));
const open = (css) => all(css).forEach((node) => (node.open = 1));
const targetOf = ({ hash }) => document.getElementById(hash.slice(1));

let query;
const forms = [], shows = [];
const show = () => {
	for (const form of forms) [...form.elements].forEach((control, at) => {
		const given = query.getAll(control.name);
		if (control.type === "search") control.value = given[0] || "";
		else if (control.name) control.checked = given[0] ? given.some((it) => it === control.value || it == at + 1) : control.defaultChecked;
	});
	shows.forEach(queueMicrotask);
};
const keep = () => {
	history.replaceState(0, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
	show();
};
const read = () => {
	query = new URLSearchParams(location.search);
	if (query.has("differs")) query.set("rows", "differs");
	show();
	open("details:has(:target), :target > details");
};
const own = (form, number) => {
	const store = () => {
		for (const { name } of form.elements) query.delete(name);
		for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
		keep();
	};
	for (const control of form.elements) if (control.name) control.name += number;
	for (const part of all(".vs-js", form)) part.hidden = false;
	form.oninput = ({ target }) => target.name && store();
	form.onsubmit = () => false;
	form.onreset = () => setTimeout(store);
	forms.push(form);
};

const decide = (form, number) => {
	own(form, number);
	const [said, counts] = one(".vs-said", form).children;
	const begin = plain(said);
	const sides = all(".vs-side", form);
	shows.push(() => {
		const ticked = sides.map((side) => all(":checked", side));
		const sizes = sides.map((side) => all("input", side).length);
		const shares = sizes.map((size, at) => ticked[at].length / size);
		const best = Math.max(...shares);
		const names = sides.map(({ dataset }) => dataset.name);
		const first = names.filter((_, at) => shares[at] === best);
		said.textContent = !best ? begin : first[1] ? words.even : say("leans", first);
		counts.textContent = best ? names.map((name, at) => say("count", ticked[at].length, sizes[at], name)).join(", ") : "";
		ticked.slice(0, 2).forEach((boxes, at) => {
			const key = "ab"[at];
			const lit = boxes.flatMap((box) => [box.value, ...all("a", box.closest("li")).map(({ hash }) => hash)]);
			one(".vs-result", form).style.setProperty(`--vs-p${key}`, `${100 * shares[at]}%`);
			for (const row of all(".vs-rows li", form)) row.classList.toggle(`vs-lit-${key}`, lit.includes(one("a", row).hash));
			for (const chip of all(`.vs-cites .vs-${key}`)) chip.classList.toggle("vs-on", lit.includes(key + plain(chip)));
		});
	});
};

const filter = (form, number, items, tagsOf) => {
	own(form, number);
	const [input, said, clear] = all("[type=search], .vs-said, .vs-said + *", form);
	const tags = (item) => tagsOf(item).map(plain);
	shows.push(() => {
		const typed = input.value;
		const tagged = items.filter((item) => tags(item).some((tag) => has(tag, typed) && has(typed, tag)));
		for (const item of items) item.hidden = !(tagged[0] ? tagged.includes(item) : has(plain(item) + tags(item), typed));
		const left = items.filter((item) => item.offsetParent).length;
		said.textContent = typed && left < items.length ? say(items[0].localName, left, items.length) : "";
		clear.hidden = left;
	});
};
const index = (form, number) => { // of one list, or of sections
	const lists = form.nextElementSibling ? form.parentNode : form.closest("section");
	filter(form, number, all(".vs-myths > li", lists), (item) => all(".vs-named", item));
};

const formats = {
	Markdown: (texts) => `| ${texts.map((text) => text.replace(/(https?:[^\s<>]+)|[\\`*_{[\]<>|~&$]/g, (it, url) => (url ? `<${url.replaceAll("|", "%7C")}>` : `\\${it}`))).join(" | ")} |`,
	CSV: (texts) => texts.map((text) => `"${text.replace(/^(?![-+]?[\d.]+$)[=+\-@＝＋－＠]/, "'$&").replaceAll('"', '""')}"`).join(),
};
const textsOf = (cell) => {
	const texts = (css, of = plain) => all(css, cell).map(of).join(" ");
	return [
		texts(".vs-v [class^=vs-is]"), texts(".vs-v > .vs-hid").slice(0, -1), texts(".vs-note > :not(.vs-ev)"), texts(".vs-ev data", (it) => it.value), texts(".vs-ev time", (it) => it.dateTime),
		texts(".vs-src a", (mark) => one("a[href]", targetOf(mark) || mark)?.href || plain(mark)),
	];
};
const table = (form, number) => {
	if (form.matches(".vs-grid")) return grid(form, () => own(form, number), shows, say);
	const head = one("thead tr", form);
	const rows = all("tr.vs-r", form);
	const close = (note) => (note.hidden = "until-found");
	all(".vs-note", form).forEach(close);
	form.onbeforematch = ({ target }) => {
		one(".vs-x", target.closest("tr")).checked = true;
		setTimeout(close, 0, target);
	};
	const columns = [...head.cells].slice(1).map((cell, at) => [cell, ...rows.map((row) => row.cells[at + 1])]);
	const sort = `sort${number}`;
	form.onclick = async ({ target }) => {
		const { value } = target;
		if (target.matches(".vs-sort")) {
			query.set(sort, (query.get(sort) === value ? "-" : "") + value);
			keep();
		} else if (target.matches(".vs-copy button")) {
			const seen = ({ cells }) => [...cells].slice(1).filter((cell) => !cell.hidden);
			const lines = [[plain(head.cells[0]), ...seen(head).flatMap(({ abbr }) => words.columns.map((text) => text.replace("%s", () => abbr)))]];
			if (value === "Markdown") lines.push(lines[0].map(() => "---"));
			for (const row of rows) if (row.offsetParent) lines.push([row.cells[0].abbr, ...seen(row).flatMap(textsOf)]);
			await navigator.clipboard.writeText(lines.map(formats[value]).join("\n"));
			one(".vs-copy [role]", form).textContent = words.copied;
		} else if (target.closest(".vs-r") && !target.closest("a, label, input, .vs-note") && getSelection().isCollapsed) one(".vs-x", target.closest("tr")).click();
	};
	if (columns[2]) shows.push(() => many(form, rows, columns, query.get(sort) || ""));
	filter(form, number, rows, (row) => all(".vs-g th > span", row.parentNode));
	shows.push(() => {
		const target = one("tr:target", form);
		if (!target || target.offsetParent) return;
		form.reset();
		setTimeout(() => target.scrollIntoView());
	});
};

const sources = () => on("click", (event) => {
	const mark = event.target.closest(".vs-src a");
	const source = mark && targetOf(mark);
	if (!source || event.ctrlKey || event.metaKey) return;
	event.preventDefault();
	const holder = mark.closest("p, li, dd, td, div");
	const closes = mark.ariaExpanded === "true";
	one(".vs-peek", holder)?.remove();
	for (const other of all(".vs-src a", holder)) other.ariaExpanded = other === mark && !closes;
	if (!closes) holder.append(Object.assign(one("details", source).cloneNode(true), { className: "vs-peek", open: 1 }));
});

const runs = { table, index, decide, sources, picker: (form) => picker(form, words, all, one, say, has) };
for (const name in tools) all(tools[name]).forEach((node, at) => queueMicrotask(() => runs[name](node, at || "")));
for (const type of ["load", "popstate", "hashchange"]) on(type, read);
queueMicrotask(read);

on("beforeprint", () => open("details"));
const links = all(".vs-bar a");
const spy = () => {
	const isEnd = scrollY && scrollY + innerHeight > document.body.scrollHeight - 4;
	const now = links.findLast((link) => isEnd || targetOf(link).getBoundingClientRect().top < innerHeight / 3) || links[0];
	for (const link of links) link.ariaCurrent = link === now || null;
};
on("scroll", spy);
spy();
}
