// Pages read and work without this file: it adds words, links that keep a view, and copies. See docs/contributing/reader-tools.md
{
const { words, tools } = globalThis.versusWords;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const one = (selector, from = document) => from.querySelector(selector);
const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
const say = (key, ...parts) => words[key].replace(/%s/g, () => parts.shift());
const make = (tag, given, ...children) => {
	const node = Object.assign(document.createElement(tag), given);
	node.append(...children);
	return node;
};
const button = (words, onclick) => make("button", { type: "button", onclick }, words);
const status = () => make("p", { className: "vs-said", role: "status" });
const has = (text, typed) => typed.toLowerCase().split(" ").every((word) => text.toLowerCase().includes(word));
const targetOf = ({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1)));

// -- the state of a view is in the address
let query;
const shows = [];
const show = () => {
	query = new URLSearchParams(location.search);
	shows.forEach((one) => one());
	if (targetOf(location)?.closest("[hidden]:not(.vs-note)")) location.search = "";
};
const keep = (how = "replaceState") => {
	try { history[how](null, "", location.pathname + (query.size ? `?${query}` : "") + location.hash); } catch {}
	show();
};

// -- the answer: its words, the rows that light up
const decide = (map) => {
	const said = one(".vs-said", map);
	const begin = said.textContent;
	const boxes = all(".vs-side input", map);
	const sides = all(".vs-side", map).map((side) => ({ name: plain(one(".vs-head a, .vs-head .xref", side)), boxes: all("input", side) }));
	const rows = all(".vs-rows li", map);
	const isOf = (box, id) => box.closest("li").dataset.rows.split(" ").includes(id);
	map.oninput = () => {
		query.delete("true");
		for (const box of boxes) if (box.checked) query.append("true", box.value);
		keep();
	};
	map.onsubmit = (event) => event.preventDefault();
	map.onreset = () => setTimeout(map.oninput);
	shows.push(() => {
		const wanted = query.getAll("true");
		boxes.forEach((box, at) => (box.checked = wanted.includes(box.value) || wanted.includes(`${at + 1}`)));
		for (const side of sides) side.on = side.boxes.filter((box) => box.checked).length;
		const share = (side) => side.on / side.boxes.length;
		const best = Math.max(...sides.map(share));
		const first = sides.filter((side) => share(side) === best);
		const counts = sides.map(({ on, boxes, name }) => say("count", on, boxes.length, name)).join(", ");
		said.replaceChildren(!best ? begin : first[1] ? words.even : say("leans", first[0].name));
		if (best) said.append(make("span", { className: "vs-hid" }, `: ${counts}.`));
		const result = one(".vs-result", map);
		["a", "b"].forEach((key, at) => {
			result.style.setProperty(`--vs-p${key}`, `${100 * share(sides[at])}%`);
			for (const row of rows) {
				const lit = sides[at].boxes.some((box) => box.checked && isOf(box, one("a", row)?.hash.slice(1)));
				row.style.setProperty(`--vs-l${key}`, lit ? `var(--vs-${key})` : "transparent");
				row.classList.toggle("vs-lit", lit || (at && row.classList.contains("vs-lit")));
			}
			for (const chip of all(`.vs-cites .vs-${key}`)) chip.classList.toggle("vs-on", !!sides[at].boxes[chip.textContent - 1]?.checked);
		});
	});
};

// -- a field that leaves of some items those with a word or one of their tags
const filter = (key, items, tagsOf) => {
	const list = make("datalist", { id: `vs-${key}` });
	const input = make("input", { type: "search", placeholder: words.filter, ariaLabel: words.filter });
	input.setAttribute("list", list.id);
	list.append(...[...new Set(items.flatMap(tagsOf))].map((tag) => new Option(tag)));
	const said = status();
	input.oninput = () => {
		query.delete(key);
		if (input.value) query.set(key, input.value);
		keep();
	};
	shows.push(() => {
		const typed = (input.value = query.get(key) || "");
		const tags = items.flatMap(tagsOf);
		const left = items.filter((item) => !(item.hidden = !(tags.includes(typed) ? tagsOf(item).includes(typed) : has(plain(item), typed)))).length;
		said.replaceChildren(left < items.length ? say("shown", left, items.length) : "");
		if (!left) said.append(" ", button(words.clear, () => { query.delete(key); keep(); }));
	});
	return [input, list, said];
};

// -- the table
const formats = [
	["Markdown", (text) => text.replace(/[\\`*_{[\]<>|~&$]/g, "\\$&"), ([head, ...rows]) =>
		[head, head.map(() => "---"), ...rows].map((texts) => `| ${texts.join(" | ")} |`)],
	["CSV", (text) => text.replace(/^(?![-+]?[\d.]+$)[=+\-@＝＋－＠\t\r]/, "'$&"), (rows) =>
		rows.map((texts) => texts.map((text) => `"${text.replaceAll('"', '""')}"`).join())],
];
const textsOf = (cell) => {
	const note = one(".vs-note", cell);
	const of = (selector) => all(selector, cell).map(plain).join(" ");
	const marks = all(".vs-src a", cell).map((mark) => targetOf(mark)?.querySelector("a[href]")?.href || mark.textContent);
	const [version, date] = plain(one(".vs-ev", cell) || new Text()).split(" · ");
	return [of(".vs-v > [class^='vs-is']"), note ? all(":scope > :not(.vs-ev)", note).map(plain).join(" ") : "", version && date ? version : "",
		(date || version || "").replace(/( \d+)+$/, ""), marks.join(" ")];
};
const table = (box, number) => {
	const key = (name) => name + (number || "");
	const node = one("table", box);
	const rows = all(".vs-r", node);
	const sides = [...node.tHead.rows[0].cells].slice(1);
	const nameOf = (cell) => plain(one("a, .xref", cell) || cell);
	const bar = one(".vs-tools", box) || box.insertBefore(make("div", { className: "vs-tools" }), node);
	const radios = all(".vs-seg input", box);
	const notes = () => rows.forEach((row) => {
		const open = one(".vs-allx", box)?.checked || one(".vs-gx", row.parentNode)?.checked || one(".vs-x", row).checked || row.matches(":target");
		for (const note of all(".vs-note", row)) note.hidden = open ? false : "until-found";
	});
	if ("onbeforematch" in document.body) {
		box.addEventListener("change", notes);
		box.addEventListener("beforematch", ({ target }) => { one(".vs-x", target.closest("tr")).checked = true; notes(); });
		addEventListener("hashchange", notes);
		notes();
	}
	box.onsubmit = (event) => event.preventDefault();
	box.addEventListener("click", ({ target }) => {
		const row = target.closest(".vs-r");
		if (row && !target.closest("a, label, input, button, .vs-note") && !String(getSelection())) one(".vs-x", row).click();
	});
	for (const radio of radios) radio.onchange = () => {
		query.delete(key("rows"));
		if (radio !== radios[0]) query.set(key("rows"), radio.value);
		keep();
	};
	shows.push(() => {
		const wanted = query.get(key("rows")) || (query.has(key("differs")) ? "differs" : "all");
		(radios.find((radio) => radio.value === wanted) || radios[0] || {}).checked = true;
	});
	if (rows[4]) {
		const [input, list, said] = filter(key("find"), rows, (row) => all(".vs-g span:first-child", row.parentNode).map(plain));
		bar.append(input, list, said);
	}
	if (sides[2]) {
		const columns = sides.map((head, at) => [head, ...rows.map((row) => row.cells[at + 1])]);
		const measure = (column, row) => one("time, data", column[row + 1])?.attributes[1].value;
		const boxes = sides.map((head) => make("input", { type: "checkbox", value: nameOf(head), onchange() {
			query.delete(key("only"), this.value);
			if (this.checked) query.append(key("only"), this.value);
			keep();
		} }));
		bar.append(make("details", {}, make("summary", {}, words.only), ...boxes.map((box) => make("label", {}, box, ` ${box.value}`))));
		rows.forEach((row, at) => columns.some((column) => measure(column, at)) && row.cells[0].append(make("button", {
			type: "button", ariaLabel: say("sort", plain(one(".vs-open span + span", row))), onclick() {
				const name = row.id.slice(4);
				query.set(key("sort"), (query.get(key("sort")) === name ? "-" : "") + name);
				keep();
			} }, "⇅")));
		shows.push(() => {
			const wanted = query.get(key("sort")) || "";
			const down = wanted[0] === "-";
			const at = rows.findIndex((row) => [row.id.slice(4), plain(one(".vs-open span + span", row))].includes(wanted.slice(down)));
			const sorted = at < 0 ? columns : [...columns].sort((one, other) => {
				const [a, b] = [measure(one, at), measure(other, at)];
				return !a - !b || (a - b || (a > b) - (a < b)) * (down ? -1 : 1);
			});
			const only = columns.filter(([head]) => query.has(key("only"), nameOf(head)));
			boxes.forEach((box) => (box.checked = query.has(key("only"), box.value)));
			for (const column of sorted) for (const cell of column) {
				cell.parentNode.append(cell);
				cell.hidden = !!only[0] && !only.includes(column);
			}
		});
	}
	if (!navigator.clipboard) return;
	const said = make("span", { role: "status" });
	box.append(make("p", { className: "vs-copy" }, ...formats.map(([name, quote, format]) => button(say("copy", name), async () => {
		const seen = (cells) => [...cells].slice(1).filter((cell) => !cell.hidden);
		const first = node.tHead.rows[0].cells[0];
		const lines = [[plain(first), ...seen([first, ...sides]).flatMap((head) => [nameOf(head), ...words.columns.map((word) => `${nameOf(head)}: ${word}`)])]];
		for (const row of rows) if (row.offsetParent) lines.push([plain(one(".vs-open span + span", row)), ...seen(row.cells).flatMap(textsOf)]);
		await navigator.clipboard.writeText(format(lines.map((texts) => texts.map(quote))).join("\n"));
		said.textContent = words.copied;
	})), said));
};

const index = (list, number) => {
	list.before(make("div", { className: "vs vs-tools" }, ...filter(`about${number || ""}`, [...list.children], (item) => all(".vs-named", item).map(plain))));
};

// -- a mark opens its source in place, under its paragraph
const sources = () => addEventListener("click", (event) => {
	const mark = event.target.closest?.(".vs-src a");
	const source = mark && targetOf(mark);
	if (!source || event.ctrlKey || event.metaKey || event.shiftKey) return;
	event.preventDefault();
	const holder = mark.closest("p, li, dd, td, div");
	const open = one(".vs-peek", holder);
	const same = open?.from === mark;
	open?.remove();
	for (const other of all(".vs-src a", holder)) other.ariaExpanded = other === mark && !same;
	if (same) return;
	const peek = make("span", { className: "vs-peek vs", from: mark }, make("b", {}, plain(one("summary span + span", source))));
	for (const part of one("details", source).children) if (part.tagName !== "SUMMARY") peek.append(make("span", { innerHTML: part.innerHTML }));
	holder.append(peek);
});

// -- two names lead to a page
const picker = (holder) => {
	const root = document.documentElement.dataset.content_root;
	const names = [];
	const fields = [words.compare, words.with].map((name, at) => {
		const list = make("datalist", { id: `vs-pick-${at}` });
		const input = make("input", { required: true, placeholder: words.choose });
		input.setAttribute("list", list.id);
		return [input, list, make("label", { className: `vs-${"ab"[at]}` }, name, input, list)];
	});
	const onload = () => versusPairs.technologies.forEach(({ name, also }, at) => [name, ...also].forEach((one) => {
		names.push([one, at]);
		for (const [, list] of fields) list.append(new Option(name, one));
	}));
	const said = status();
	const onsubmit = (event) => {
		event.preventDefault();
		const { technologies: sides, pairs, pattern } = versusPairs;
		const ends = fields.map(([{ value }]) => {
			const found = names.filter(([name]) => has(name, value));
			return (found.find(([name]) => has(value, name)) || found[0])?.[1];
		});
		const link = ([i, j, page]) => make("a", { className: "vs-near", href: root + (page || pattern.replace("{}", `${sides[i].id}-vs-${sides[j].id}`)) }, `${sides[i].name} – ${sides[j].name}`);
		const missing = fields.find((_, at) => ends[at] === undefined);
		if (missing) return said.replaceChildren(say("unknown", missing[0].value));
		if (ends[0] === ends[1]) return said.replaceChildren(words.same);
		const close = pairs.filter((pair) => ends.some((end) => pair.includes(end)));
		const pair = close.find((pair) => ends.every((end) => pair.includes(end)));
		if (pair) location = link(pair);
		else said.replaceChildren(words[close[0] ? "close" : "none"], ...close.slice(0, 6).map(link));
	};
	const form = make("form", { className: "vs-pick", onsubmit }, ...fields.map((field) => field[2]), button(words.go), said);
	one("button", form).type = "submit";
	holder.addEventListener("focusin", () => document.head.append(make("script", { src: `${root}_static/versus-pairs.js`, onload })), { once: true });
	holder.prepend(form);
};

// -- what an address points to opens; print opens all; the bar says where the reader is
const reveal = () => {
	const target = targetOf(location);
	for (const node of target ? [target.closest("details"), one("li:target > details")] : []) if (node) node.open = true;
};
addEventListener("hashchange", reveal);
reveal();
let shut = [];
addEventListener("beforeprint", () => (shut = all(".vs-page details:not([open])")).forEach((node) => (node.open = true)));
addEventListener("afterprint", () => shut.forEach((node) => (node.open = false)));
const links = all(".vs-bar a");
const spy = () => {
	let now = 0;
	links.forEach((link, at) => { if (targetOf(link)?.getBoundingClientRect().top < innerHeight / 3) now = at; });
	if (scrollY && scrollY + innerHeight > document.documentElement.scrollHeight - 4) now = links.length - 1;
	links.forEach((link, at) => (at === now ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
};
if (links[0]) {
	addEventListener("scroll", () => requestAnimationFrame(spy), { passive: true });
	spy();
}

const runs = { table, index, decide, sources, picker };
for (const name in tools) all(tools[name]).forEach(runs[name]);
addEventListener("popstate", show);
show();
}
