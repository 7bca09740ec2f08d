// A table of many technologies: found by facts, sorted, side by side.
versusWords.grid = (form, own, shows, say) => {
	const all = (selector, from = form) => [...from.querySelectorAll(selector)];
	const make = (tag, given, ...children) => {
		const node = Object.assign(document.createElement(tag), given);
		node.append(...children);
		return node;
	};
	const plain = (node) => node.textContent.replace(/\s+/g, " ").trim();
	const { words } = versusWords;
	const [box, beside] = all(".vs-scroll, .vs-scroll + div");
	const [table] = all("table", box);
	const rows = [...table.tBodies[0].rows];
	const heads = [...table.tHead.rows].at(-1).cells;
	const [panel, menu] = all(".vs-facets, .vs-choose");
	const [picked] = all("select", panel);
	const [said, clear] = all(".vs-said, .vs-said + *");
	const { find, sort } = form.elements;
	const [onlyDifferent] = all("[name=rows]");
	const measure = (cell) => cell.querySelector("time, data")?.attributes[0].value;
	const missing = (cell) => cell.matches(".vs-is-unknown, [class^=vs-is-not]");
	const textOf = (cell) => plain(cell.querySelector(".vs-links, a, time, data") || cell);

	// A limit is a date, or a number with the signs of the page's language and its unit.
	const [, group, ...rest] = (1234.5).toLocaleString(document.documentElement.lang || "en");
	const limitIn = (input, isDate, unit) => {
		const typed = input.value.replace(/[\s'’_≤≥<>≈×]/g, "").replace("−", "-");
		const plain = /\d/.test(group) ? typed : typed.replaceAll(group, "");
		const [, amount, prefix, ratio] = /^(-?\d*\.?\d+(?:[eE][+-]?\d+)?)([kKMGT]?)(?::([1-9]\d*))?$/.exec(plain.replace(rest.at(-2), ".").replace(unit, "")) || [];
		const found = isDate ? /^\d{4}(-\d\d){0,2}$/.exec(typed)?.[0] : amount && (amount * 1000 ** " KMGT".indexOf(prefix.toUpperCase() || " ")) / (ratio || 1);
		input.ariaInvalid = typed && found === undefined ? "true" : null;
		return found;
	};

	// A facet for each criterion: values with their numbers, or limits.
	const facets = [...heads].slice(1).map((head, at) => {
		const name = `is-${head.dataset.id}`;
		const cellOf = (row) => row.cells[at + 1];
		const cells = rows.map(cellOf);
		const isMeasured = cells.some((cell) => /^[^#]/.test(measure(cell) || ""));
		const isList = "list" in head.dataset;
		const textsOf = (cell) => cell.dataset.entries?.split("\n") || (isList && !missing(cell) ? textOf(cell).split(", ") : [textOf(cell)]);
		const isDate = cells.some((cell) => cell.querySelector("time"));
		const counts = new Map(cells.filter((cell) => !isMeasured || missing(cell)).flatMap(textsOf).map((text) => [text, 0]));
		const limits = isMeasured ? words.range.map((text, end) => make("input", { type: "search", name: `${name}-${["from", "to"][end]}`, placeholder: text, ariaLabel: `${head.abbr}: ${text}` })) : [];
		const last = new Set(cells.filter(missing).map(textOf));
		const rank = (text) => (last.has(text) ? 1e6 : `\n${head.dataset.values}\n`.indexOf(`\n${text.split(",")[0]}\n`));
		const boxes = [...counts.keys()].sort((one, other) => rank(one) - rank(other) || one.localeCompare(other, [], { numeric: true })).map((value) => make("input", { type: "checkbox", name, value }));
		const labels = boxes.map((box) => make("label", {}, box, ` ${box.value} `, make("span", {})));
		const field = make("fieldset", { hidden: true }, make("legend", { textContent: head.abbr }), ...limits, ...labels);
		panel.append(field);
		const fits = (row) => {
			const ticked = boxes.filter((box) => box.checked);
			const [from, to] = limits.map((limit) => limitIn(limit, isDate, head.dataset.unit));
			if (!ticked[0] && (from ?? to) === undefined) return true;
			const cell = cellOf(row), value = measure(cell);
			const has = (box) => textsOf(cell).includes(box.value);
			if (ticked[0] && ticked[isList ? "every" : "some"](has)) return true;
			const reaches = (a, b) => a === undefined || b === undefined || (isDate ? a >= b.slice(0, a.length) : +a >= +b);
			return !!value && (from ?? to) !== undefined && reaches(cell.querySelector("data")?.dataset.to ?? value, from) && reaches(to, value);
		};
		const show = (left) => {
			counts.forEach((_, value) => counts.set(value, 0));
			for (const row of left) for (const text of textsOf(cellOf(row))) if (counts.has(text)) counts.set(text, counts.get(text) + 1);
			boxes.forEach((box, number) => (labels[number].lastChild.textContent = counts.get(box.value)));
			const isUsed = boxes.some((box) => box.checked) || limits.some((limit) => limit.value);
			if (isUsed && field.hidden) panel.open = true;
			if (isUsed || picked.value === name) field.hidden = false;
		};
		return { fits, show };
	});
	picked.onchange = () => update();

	// A few: rows become columns.
	const column = (row, at, cell, tag) => {
		const node = make(tag, { className: ["vs-a", "vs-b"][at] || "vs-ink" });
		if (tag === "th") node.append(make("i", { className: `vs-half ${node.className}` }), ...cell.cloneNode(true).childNodes);
		else {
			const who = make("span", { className: "vs-who", textContent: `${row.cells[0].abbr}: ` });
			node.append(make("p", { className: "vs-v" }, who, make("span", { className: cell.className }, ...cell.cloneNode(true).childNodes)));
		}
		return node;
	};
	const compare = (shown) => {
		const built = make("table", { className: "vs-table" });
		built.createTHead().append(make("tr", {}, make("th", { scope: "col", textContent: beside.dataset.corner }), ...shown.map((row, at) => column(row, at, row.cells[0], "th"))));
		let body;
		const titles = table.tHead.rows[1] ? all("th", table.tHead.rows[0]) : [];
		[...heads].slice(1).forEach((head, at) => {
			if (!body || head.matches(".vs-first")) {
				body = built.createTBody();
				const title = titles.shift();
				if (title) body.append(make("tr", { className: "vs-g" }, make("th", { colSpan: shown.length + 1, scope: "rowgroup", textContent: plain(title) })));
			}
			const cells = shown.map((row) => row.cells[at + 1]);
			if (onlyDifferent.checked && (head.dataset.alike || new Set(cells.filter((cell) => !missing(cell)).map(textOf)).size < 2)) return;
			body.append(make("tr", { className: "vs-r" }, make("th", { scope: "row" }, head.firstElementChild.cloneNode(true)), ...shown.map((row, side) => column(row, side, cells[side], "td"))));
		});
		for (const one of [...built.tBodies]) if (!one.querySelector(".vs-r")) one.remove();
		return built;
	};

	const order = () => {
		const [, down, id] = /(-?)(.*)/.exec(sort.value);
		const at = [...heads].findIndex((head) => head.dataset.id === id);
		const sorted = at > 0 ? rows.toSorted((one, other) => {
			const [a, b] = [one, other].map((row) => measure(row.cells[at]));
			return !a - !b || (a - b || (a > b) - (a < b)) * (down ? -1 : 1);
		}) : rows;
		table.tBodies[0].append(...sorted);
		for (const head of heads) head.ariaSort = at > 0 && head === heads[at] ? (down ? "descending" : "ascending") : null;
		return sorted;
	};
	const update = () => {
		const only = all(":checked", menu).map(({ value }) => value);
		const typed = find.value.toLowerCase();
		const failed = new Map(rows.map((row) => [row, facets.filter((facet) => !facet.fits(row))]));
		for (const facet of facets) facet.show(rows.filter((row) => failed.get(row).every((one) => one === facet)));
		for (const row of rows) row.hidden = only[0] ? !only.includes(row.cells[0].abbr) : !!failed.get(row)[0] || !row.cells[0].abbr.toLowerCase().includes(typed);
		const shown = order().filter((row) => !row.hidden);
		said.textContent = shown.length < rows.length ? say("technologies", shown.length, rows.length) : "";
		clear.hidden = !said.textContent && !sort.value;
		const isFew = only.length && shown.length < 7;
		box.hidden = isFew;
		beside.hidden = onlyDifferent.parentNode.hidden = !isFew;
		beside.className = `vs-t vs-cols-${Math.min(shown.length, 3)}${shown.length > 3 ? " vs-wide" : ""}`;
		beside.replaceChildren(...(isFew ? [compare(shown)] : []));
	};
	form.onclick = ({ target }) => {
		if (!target.matches(".vs-sort")) return;
		const { id } = target.parentNode.dataset;
		sort.value = (sort.value === id ? "-" : "") + id;
		sort.dispatchEvent(new Event("input", { bubbles: true }));
	};
	own();
	shows.push(update);
};
