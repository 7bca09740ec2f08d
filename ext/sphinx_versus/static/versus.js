// Explained in docs/contributing/reader-tools.md
{
const { words, tools } = globalThis.versusWords;
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
const say = (key, ...parts) => words[key].replace(/%s/g, () => parts.shift());
const make = (tag, given, ...children) => {
	const node = Object.assign(document.createElement(tag), given);
	node.append(...children);
	return node;
};
const bar = (...children) =>
	make("div", { className: "versus-tools", role: "group", ariaLabel: words.tools }, ...children);
const targetOf = (link) => document.getElementById(link.hash.slice(1));
const status = () => make("p", { className: "versus-said", role: "status" });
const has = (text, typed) =>
	typed.toLowerCase().split(" ").every((word) => text.toLowerCase().includes(word));
const MARK = 'sup > a[href^="#source-"]';
let lists = 0;
const field = (name, given) => {
	const list = make("datalist", { id: `versus-${lists++}` });
	const input = make("input", { placeholder: name, ariaLabel: name, ...given });
	input.setAttribute("list", list.id);
	return [input, list];
};

let query;
const shows = [];
const show = () => {
	query = new URLSearchParams(location.search);
	shows.forEach((one) => one());
	if (targetOf(location)?.closest("[hidden]")) location.search = "";
};
const keep = (how = "pushState") => {
	history[how](null, "", query.size ? `?${query}` : location.pathname);
	show();
};
const box = (key, id, ...label) => {
	const input = make("input", { type: "checkbox" });
	input.oninput = () => {
		query[input.checked ? "append" : "delete"](key, id);
		keep();
	};
	shows.push(() => (input.checked = query.has(key, id)));
	return make("label", {}, input, " ", ...label);
};
const filter = (key, items, tagsOf, fits = () => true) => {
	const tags = new Set(items.flatMap(tagsOf));
	const [input, list] = field(words.filter, { type: "search" });
	const said = status();
	list.append(...[...tags].map((tag) => new Option(tag)));
	input.oninput = () => {
		query.set(key, input.value);
		keep("replaceState");
	};
	shows.push(() => {
		const typed = (input.value = query.get(key) || "");
		const left = items.filter((item) => {
			const found = tags.has(typed) ? tagsOf(item).includes(typed) : has(plain(item), typed);
			return !(item.hidden = !found || !fits(item));
		}).length;
		said.textContent = left < items.length ? say("shown", left, items.length) : "";
	});
	return [input, list, said];
};

const textOf = (node, quote) => {
	const url = node.matches?.(MARK) && targetOf(node).querySelector("a[href]")?.href;
	if (url) return `${node.textContent}(${url.replace(/[()|]/g, escape)})`;
	return node.data ? quote(node.data) : [...node.childNodes].map((one) => textOf(one, quote)).join("");
};
const formats = [
	["Markdown", (text) => text.replace(/[\\`*_{[\]<>|~&$]/g, "\\$&"), ([head, ...rows]) =>
		[head, head.map(() => "---"), ...rows].map((texts) => `| ${texts.join(" | ")} |`)],
	["CSV", String, (rows) => rows.map((texts) => texts.map((text) =>
		`"${text.replace(/^(?![-+]?[\d.]+$)[=+\-@＝＋－＠]/, "'$&").replaceAll('"', '""')}"`).join())],
];
const roles = { row: "tr", cell: "td", rowheader: ".versus-row th", columnheader: "thead th" };
const table = (node, number) => {
	node.role = "table";
	for (const role in roles) for (const part of all(roles[role], node)) part.role = role;
	for (const label of all("td > span", node)) label.ariaHidden = true;
	const key = (name) => name + (number || "");
	const [head] = node.tHead.rows;
	const rows = all(".versus-row", node);
	const lines = [head, ...rows];
	const nameOf = (part) => plain(part.querySelector("p"));
	const turned = node.matches(".versus-turned");
	const columns = [...lines.map((row) => [...row.cells]), all("col", node)];
	const sides = turned ? rows.map((row) => [row])
		: columns[0].slice(1).map((_, at) => columns.map((cells) => cells[at + 1]));
	const headings = turned ? columns[0] : lines.map((row) => row.cells[0]);
	const measure = (side, at) =>
		(turned ? side[0].cells[at] : side[at]).querySelector("time, data")?.attributes[0].value;
	const differs = (row) =>
		new Set(all("td:not([hidden], .versus-is-unknown, .versus-is-not-assessed)", row).map(nameOf)).size > 1;
	const [input, list, said] = filter(key("find"), rows, (row) => all(".versus-group", row.parentNode).map(plain),
		(row) => !query.has(key("differs")) || differs(row));
	const count = make("span");
	let order = "";
	shows.push(() => {
		const wanted = query.get(key("sort")) || "";
		const down = wanted[0] === "-";
		const at = headings.findIndex((heading) => nameOf(heading) === wanted.slice(down));
		const sorted = at < 0 ? sides : [...sides].sort((one, other) => {
			const [a, b] = [measure(one, at), measure(other, at)];
			return !a - !b || (a - b || (a > b) - (a < b)) * (down ? -1 : 1);
		});
		const only = sides.filter(([part]) => query.has(key("only"), nameOf(part)));
		for (const side of sorted)
			for (const part of side) {
				if (order !== wanted) part.parentNode.append(part);
				part.hidden = (turned && part.hidden) || !(only[0] ? only : sides).includes(side);
			}
		order = wanted;
		for (const cell of all(".versus-group", node))
			cell.colSpan = all("th:not([hidden])", head).length;
		count.textContent = say("differ", rows.filter(differs).length, rows.length);
	});

	const tools = bar();
	if (!turned && sides[1]) tools.append(box(key("differs"), "1", count));
	if (rows[4]) tools.append(input, list);
	if (sides[2]) {
		const boxes = sides.map(([part]) => box(key("only"), nameOf(part), nameOf(part)));
		tools.append(make("details", {}, make("summary", {}, words.only), ...boxes));
		headings.forEach((heading, at) => {
			const name = nameOf(heading);
			const onclick = () => {
				query.set(key("sort"), (order === name ? "-" : "") + name);
				keep();
			};
			if (sides.some((side) => measure(side, at)))
				heading.append(make("button", { ariaLabel: say("sort", name), onclick }, "⇅"));
		});
	}
	if (navigator.clipboard) for (const [name, quote, format] of formats) {
		const onclick = async () => {
			const seen = (nodes) => [...nodes].filter((one) => !one.hidden);
			const texts = seen(lines).map((row) => seen(row.cells).map((cell) =>
				all("p, pre", cell).map((part) => plain(new Text(textOf(part, quote)))).join(" · ")));
			await navigator.clipboard.writeText(format(texts).join("\n"));
			said.textContent = words.copied;
		};
		tools.append(make("button", { onclick }, say("copy", name)));
	}
	(node.closest(".versus-scroll") || node).before(tools, said);
};

const index = (list, number) => {
	list.before(bar(...filter(`about${number || ""}`, [...list.children], (item) =>
		all(".versus-named", item).map(plain))));
};

const decide = (verdict) => {
	const sides = all(".versus-side", verdict);
	all("li > p:first-child", verdict).forEach((condition, at) =>
		condition.append(box("true", `${at + 1}`, ...condition.childNodes)));
	const result = status();
	verdict.lastElementChild.before(make("p", {}, words.tick));
	verdict.append(result);
	shows.push(() => {
		const ticked = sides.map((side) => all("li:has(:checked)", side));
		const most = Math.max(...ticked.map((items) => items.length));
		const best = sides.filter((_, at) => ticked[at].length === most);
		const names = best.map((side) => plain(side.querySelector(".versus-named"))).join(", ");
		const rows = ticked.flat().flatMap((item) => all(".versus-because a", item));
		const told = most ? say(best[1] ? "draw" : "best", names, most) : "";
		result.replaceChildren(make("strong", {}, told), ...rows.map((row) => row.cloneNode(true)));
	});
};

const sources = () => {
	const tip = make("div", { className: "versus-tip", popover: "manual" });
	let timer;
	const hide = () => tip.remove();
	const open = (mark) => {
		tip.replaceChildren(...targetOf(mark).cloneNode(true).children);
		mark.after(tip);
		tip.showPopover();
	};
	const follow = (event) => {
		const mark = event.target.closest(MARK);
		if (!mark && document.activeElement.matches(MARK)) return;
		clearTimeout(timer);
		if (tip.contains(event.target)) return;
		if (event.pointerType !== "touch") timer = setTimeout(mark ? open : hide, 200, mark);
		else if (event.type === "click") {
			if (!mark || tip.previousSibling === mark) return hide();
			event.preventDefault();
			open(mark);
		}
	};
	for (const type of ["pointerover", "focusin", "click"]) addEventListener(type, follow);
	addEventListener("keydown", ({ key }) => key === "Escape" && hide());
};

const picker = (holder) => {
	const root = document.documentElement.dataset.content_root;
	const fields = [words.compare, words.with].map((name) => field(name, { required: true }));
	const names = [];
	const onload = () =>
		versusPairs.technologies.forEach(({ name, also }, at) => [name, ...also].forEach((one) => {
			names.push([one, at]);
			for (const [, list] of fields) list.append(new Option(name, one));
		}));
	fields[0][0].value = holder.dataset.first || "";
	const said = status();
	const onsubmit = (event) => {
		event.preventDefault();
		const { technologies: sides, pairs, pattern } = versusPairs;
		const ends = fields.map(([{ value }]) => {
			const found = names.filter(([name]) => has(name, value));
			return (found.find(([name]) => has(value, name)) || found[0])?.[1];
		});
		const link = ([i, j, page]) => make("a", {
			href: root + (page || pattern.replace("{}", `${sides[i].id}-vs-${sides[j].id}`)),
		}, `${sides[i].name} – ${sides[j].name}`);
		const close = pairs.filter((pair) => ends.some((end) => pair.includes(end)));
		const pair = close.find((pair) => ends.every((end) => pair.includes(end)));
		if (pair) location = link(pair);
		else said.replaceChildren(words[close[0] ? "close" : "none"], ...close.slice(0, 6).map(link));
	};
	const data = make("script", { src: `${root}_static/versus-pairs.js`, onload });
	holder.addEventListener("focusin", () => document.head.append(data), { once: true });
	holder.prepend(make("form", { onsubmit }, ...fields.flat(), make("button", {}, words.go)), said);
};

const runs = { table, index, decide, sources, picker };
for (const name in tools) all(tools[name]).forEach(runs[name]);
addEventListener("popstate", show);
show();
}
