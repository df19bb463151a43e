'use strict';

// The tables of areas show all rows as they stand. This folds them below their
// kota and kecamatan and sorts them by any column, each level within its own area.
for (const table of document.querySelectorAll('table.recap')) {
	const roots = treeOf(table.tBodies[0]);
	addToggles(roots);
	addSorting(table, roots);
	addLevels(table, roots);
	show(roots, true);
}

// treeOf reads the tree of areas off the depths of the rows.
function treeOf(body) {
	const roots = [], path = [];
	for (const row of body.rows) {
		const node = {row, parts: [], open: false};
		const depth = Number(row.dataset.depth);
		(depth > 0 ? path[depth - 1].parts : roots).push(node);
		path[depth] = node;
	}
	return roots;
}

// show hides what stands below a closed area.
function show(nodes, visible) {
	for (const node of nodes) {
		node.row.hidden = !visible;
		show(node.parts, visible && node.open);
	}
}

// asButton puts the content of a cell into a button.
function asButton(cell) {
	const button = document.createElement('button');
	button.type = 'button';
	button.append(...cell.childNodes);
	cell.append(button);
	return button;
}

function addToggles(nodes) {
	for (const node of nodes) {
		if (node.parts.length === 0) continue;
		node.button = asButton(node.row.cells[0]);
		node.button.addEventListener('click', () => {
			setOpen(node, !node.open);
			show(node.parts, node.open);
		});
		setOpen(node, false);
		addToggles(node.parts);
	}
}

function setOpen(node, open) {
	node.open = open;
	if (node.button) node.button.setAttribute('aria-expanded', String(open));
}

// addLevels opens all areas down to the level of a button.
function addLevels(table, roots) {
	const group = document.getElementById(table.id + '-levels');
	const open = (nodes, level) => {
		for (const node of nodes) {
			setOpen(node, level > 0);
			open(node.parts, level - 1);
		}
	};
	for (const button of group.querySelectorAll('button')) {
		button.addEventListener('click', () => {
			open(roots, Number(button.dataset.level));
			show(roots, true);
		});
	}
	group.hidden = false;
}

// addSorting sorts by a column: its first click shows the greatest numbers or the
// first names on top, the second turns that round, the third restores the order.
function addSorting(table, roots) {
	const heads = table.querySelectorAll('th[data-column]');
	for (const head of heads) {
		const column = Number(head.dataset.column);
		const order = column === 0 ? ['ascending', 'descending', 'none'] : ['descending', 'ascending', 'none'];
		head.setAttribute('aria-sort', 'none');
		asButton(head).addEventListener('click', () => {
			const next = order[(order.indexOf(head.getAttribute('aria-sort')) + 1) % order.length];
			for (const other of heads) other.setAttribute('aria-sort', 'none');
			head.setAttribute('aria-sort', next);
			place(table.tBodies[0], sorted(roots, column, next));
		});
	}
}

function place(body, nodes) {
	for (const node of nodes) {
		body.append(node.row);
		place(body, node.parts);
	}
}

// sorted returns a copy of the tree in an order; areas without a value come last.
function sorted(nodes, column, order) {
	const copies = nodes.map(node => ({row: node.row, parts: sorted(node.parts, column, order)}));
	if (order === 'none') return copies;
	const sign = order === 'ascending' ? 1 : -1;
	return copies.sort((a, b) => {
		const x = valueOf(a.row, column), y = valueOf(b.row, column);
		if (x === '' || y === '') return (x === '') - (y === '');
		return sign * (column === 0 ? x.localeCompare(y) : x - y);
	});
}

// valueOf is a name, or the digits of a number: the numbers of a column have the
// same number of decimals.
function valueOf(row, column) {
	const text = row.cells[column].textContent;
	if (column === 0) return text;
	const digits = text.replace(/\D/g, '');
	return digits === '' ? '' : Number(digits);
}
