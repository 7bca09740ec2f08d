// Tables of more than two technologies: which are seen, in which order, and how many rows of each kind they have together.
versusWords.many = (form, rows, columns, order) => {
	const [, down, wanted] = /(-?)(.*)/.exec(order);
	const at = rows.findIndex((row) => row.cells[0].abbr === wanted) + 1;
	const only = [...form.querySelectorAll("details :checked")].map(({ value }) => value);
	const measure = (column) => column[at].querySelector(".vs-v :is(time, data)")?.attributes[1].value;
	for (const column of at ? columns.toSorted((one, other) => {
		const [a, b] = [measure(one), measure(other)];
		return !a - !b || (a - b || (a > b) - (a < b)) * (down ? -1 : 1);
	}) : columns) for (const cell of column) {
		cell.parentNode.append(cell);
		cell.hidden = only[0] && !only.includes(column[0].abbr);
	}
	const kinds = { cited: ".vs-n", judged: ".vs-own", disputed: ".vs-df, .vs-dj", old: ".vs-old" };
	for (const { cells, classList } of rows) {
		const seen = [...cells].slice(1).filter(({ hidden }) => !hidden);
		for (const kind in kinds) classList.toggle(kind, seen.some((cell) => cell.querySelector(kinds[kind])));
		const values = seen.map((cell) => cell.querySelector(".vs-v [class^=vs-is]:not(.vs-is-unknown, [class^=vs-is-not])")).map((value) => value?.attributes[1] ? value.attributes[1].value + /[<>≤≥–]\d*/.exec(value.textContent) : value?.firstChild.data);
		classList.toggle("differs", !classList.contains("uncompared") && new Set(values.filter(Boolean)).size > 1);
	}
	for (const { control, lastElementChild } of form.querySelectorAll(".vs-seg label")) {
		lastElementChild.textContent = rows.filter(({ classList }) => !control.value || classList.contains(control.value)).length;
	}
};
