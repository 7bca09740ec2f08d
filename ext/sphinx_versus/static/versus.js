// Pages work without it: docs/contributing/reader-tools.md
{
const { words, tools, many, grid } = versusWords;
const on = addEventListener;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const one = (selector, from = document) => from.querySelector(selector);
const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
const say = (key, ...parts) => words[key].replace(/%s/g, () => parts.shift());
const make = (tag, given) => Object.assign(document.createElement(tag), given);
const lower = (text) => text.toLowerCase();
const has = (text, typed) => lower(typed).split(" ").every((word) => lower(text).includes(word));
const open = (selector) => all(selector).forEach((node) => (node.open = 1));
const targetOf = ({ hash }) => document.getElementById(hash.slice(1));

let query;
const forms = [], shows = [];
const show = () => {
	for (const form of forms) [...form.elements].forEach((control, at) => {
		const given = query.getAll(control.name);
		if (control.type === "search") control.value = given[0] || "";
		else if (control.name) control.checked = given[0] ? given.includes(control.value) || given.includes(`${at + 1}`) : control.defaultChecked;
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
		const first = shares.indexOf(best);
		said.textContent = best ? (shares.lastIndexOf(best) > first ? words.even : say("leans", sides[first].dataset.name)) : begin;
		counts.textContent = best ? sides.map(({ dataset }, at) => say("count", ticked[at].length, sizes[at], dataset.name)).join(", ") : "";
		ticked.slice(0, 2).forEach((boxes, at) => {
			const key = "ab"[at];
			one(".vs-result", form).style.setProperty(`--vs-p${key}`, `${100 * shares[at]}%`);
			const lit = boxes.flatMap((box) => box.closest("li").dataset.rows.split(" "));
			for (const link of all(".vs-rows a", form)) link.parentNode.classList.toggle(`vs-lit-${key}`, lit.includes(link.hash.slice(1)));
			for (const chip of all(`.vs-cites .vs-${key}`)) chip.classList.toggle("vs-on", boxes.some(({ value }) => value === key + plain(chip)));
		});
	});
};

const filter = (form, number, items, tagsOf) => {
	own(form, number);
	const [input, said, clear] = all("[type=search], .vs-said, .vs-said + *", form);
	const tags = (item) => tagsOf(item).map((node) => lower(plain(node)));
	shows.push(() => {
		const typed = lower(input.value);
		const tagged = items.filter((item) => tags(item).includes(typed));
		for (const item of items) item.hidden = !(tagged[0] ? tagged.includes(item) : has(plain(item) + tags(item), typed));
		const left = items.filter((item) => item.offsetParent).length;
		said.textContent = left < items.length ? say(items[0].localName, left, items.length) : "";
		clear.hidden = left;
	});
};
const index = (form, number) => filter(form, number, all("li", form.nextElementSibling), (item) => all(".vs-named", item));

const formats = {
	Markdown: (texts) => `| ${texts.map((text) => text.replace(/(https?:[^\s<>]+)|[\\`*_{[\]<>|~&$]/g, (it, url) => (url ? `<${url.replaceAll("|", "%7C")}>` : `\\${it}`))).join(" | ")} |`,
	CSV: (texts) => texts.map((text) => `"${text.replace(/^(?![-+]?[\d.]+$)[=+\-@＝＋－＠]/, "'$&").replaceAll('"', '""')}"`).join(),
};
const textsOf = (cell) => {
	const texts = (selector, of) => all(selector, cell).map(of).join(" ");
	return [texts(".vs-v > [class^=vs-is]", plain), texts(".vs-v > .vs-hid", (word) => plain(word).slice(0, -1)), texts(".vs-note > :not(.vs-ev)", plain), one(".vs-ev data", cell)?.value || "", one(".vs-ev time", cell)?.dateTime || "",
		texts(".vs-src a", (mark) => one("a[href]", targetOf(mark) || mark)?.href || plain(mark))];
};
const table = (form, number) => {
	if (form.matches(".vs-grid")) return grid(form, () => own(form, number), shows, say);
	const [head] = all("thead tr", form);
	const rows = all("tr.vs-r", form);
	const notes = all(".vs-note", form);
	for (const note of notes) note.hidden = "until-found";
	if (notes[0] && getComputedStyle(notes[0]).display === "none") for (const note of notes) note.hidden = false; // the theme hides them for good
	form.onbeforematch = ({ target }) => {
		one(".vs-x", target.closest("tr")).checked = true;
		setTimeout(() => (target.hidden = "until-found"));
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
			const lines = [[plain(head.cells[0]), ...seen(head).flatMap(({ abbr }) => words.columns.map((text) => text.replace("%s", abbr)))]];
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

const picker = (form) => {
	const root = document.documentElement.dataset.content_root;
	const list = make("datalist", { id: "vs-names" });
	const said = one(".vs-said", form);
	let names = [];
	const onload = () => {
		names = versusPairs.technologies.flatMap(({ name, also }, at) => [[name, at], ...also.map((one) => [one, at, ` (${name})`])]);
		list.append(...names.map(([one, , of = ""]) => new Option(one + of, one)));
	};
	form.hidden = false;
	form.addEventListener("focusin", () => form.append(list, make("script", { src: `${root}_static/versus-pairs.js`, onload })), { once: 1 });
	form.onsubmit = (event) => {
		event.preventDefault();
		const { technologies: sides, pairs, pattern } = versusPairs;
		const ends = [];
		for (const { value } of all("input", form)) {
			const found = names.filter(([name]) => has(name, value));
			const end = found.find(([name]) => has(value, name)) || found[0];
			const like = ([name]) => [...lower(value)].filter((_, at, typed) => lower(name).includes(typed[at] + typed[at + 1])).length / (value.length + name.length);
			if (!end) return said.replaceChildren(say("unknown", value, names.sort((one, other) => like(other) - like(one))[0][0]));
			ends.push(end[1]);
		}
		if (ends[0] === ends[1]) return said.replaceChildren(words.same);
		const among = (pair) => ends.filter((end) => pair.includes(end)).length;
		const close = pairs.filter(among).sort((one, other) => among(other) - among(one)).slice(0, 6);
		const links = close.map(([i, j, page]) => {
			const a = sides[i], b = sides[j];
			return make("a", { href: root + (page || pattern.replace("{}", `${a.id}-vs-${b.id}`)), textContent: `${a.name} – ${b.name}` });
		});
		if (close.some((pair) => among(pair) > 1)) location = links[0];
		else said.replaceChildren(words.missing, ...links);
	};
};

const runs = { table, index, decide, sources, picker };
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
