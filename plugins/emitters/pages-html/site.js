// Sorting, filtering, and telling what a mark is. Every page is whole without it.
"use strict";

const english = document.documentElement.lang === "en";
const say = (zh, en) => (english ? en : zh);

// ---- sorting: ascending, descending, as it was ----

// What a cell is worth: its first number, or its text. Nothing, and a dash, are last either way.
function worth(cell, words) {
	const text = cell ? cell.textContent.trim() : "";
	if (text === "" || text === "–")
		return null;
	if (words)
		return text;
	const number = text.replace(/,/g, "").replace("−", "-").match(/-?\d+(\.\d+)?/);
	return number ? Number(number[0]) : null;
}

function compare(a, b, sign) {
	if (a.worth === null || b.worth === null)
		return (a.worth === null) - (b.worth === null) || a.order - b.order;
	const order = typeof a.worth === "number" ? a.worth - b.worth : a.worth.localeCompare(b.worth, english ? "en" : "zh-CN", { numeric: true });
	return sign * order || a.order - b.order;
}

function sortBy(table, head) {
	const body = table.tBodies[0], column = head.cellIndex, words = head.classList.contains("t");
	const before = head.getAttribute("aria-sort");
	const first = words || head.dataset.up ? "ascending" : "descending";
	const second = first === "ascending" ? "descending" : "ascending";
	const next = !before ? first : before === first ? second : null;
	for (const other of table.querySelectorAll("[aria-sort]"))
		other.removeAttribute("aria-sort");
	if (next)
		head.setAttribute("aria-sort", next);
	const sign = next === "descending" ? -1 : 1;
	const rows = Array.from(body.rows, row => ({ row, order: Number(row.dataset.order), worth: next ? worth(row.cells[column], words) : 0 }));
	rows.sort((a, b) => compare(a, b, sign));
	body.append(...rows.map(r => r.row));
	table.classList.toggle("sorted", next !== null);
}

function sortable(table) {
	Array.from(table.tBodies[0].rows).forEach((row, i) => { row.dataset.order = i; });
	for (const head of table.tHead.rows[0].cells) {
		if (head.tagName !== "TH" || head.classList.contains("l"))
			continue;
		const button = document.createElement("button");
		button.type = "button";
		button.append(...head.childNodes);
		head.append(button);
		if (head.cellIndex === 0 && table.classList.contains("ranks"))
			head.dataset.up = "1";
		button.addEventListener("click", () => sortBy(table, head));
	}
}

// ---- filtering ----

function choose(form, rows) {
	const fields = Array.from(form.elements).filter(e => e.name);
	let shown = 0;
	for (const row of rows) {
		const fits = fields.every(f => f.value === "" ||
			(f.name === "text" ? row.textContent.toLowerCase().includes(f.value.trim().toLowerCase()) : (f.name === "r" ? row.dataset.r.split(" ").includes(f.value) : row.dataset[f.name] === f.value)));
		row.hidden = !fits;
		shown += fits;
	}
	form.querySelector("output").textContent = say(`${shown} / ${rows.length} 行`, `${shown} of ${rows.length} rows`);
}

// Tables up to the next form.
function tablesOf(form) {
	const tables = [];
	for (let e = form.nextElementSibling; e && !e.matches("form.filter"); e = e.nextElementSibling)
		if (e.matches(".wide"))
			tables.push(e.querySelector("table"));
	return tables;
}

function filterable(form) {
	const tables = form.dataset.first ? tablesOf(form).slice(0, 1) : tablesOf(form);
	const rows = tables.flatMap(t => Array.from(t.tBodies[0].rows));
	if (!rows.length)
		return;
	form.hidden = false;
	form.addEventListener("input", () => choose(form, rows));
	form.addEventListener("submit", event => event.preventDefault());
	choose(form, rows);
}

// ---- figures: one stop of the Tab key each, then arrows from mark to mark ----

let tip = null;

function tell(mark) {
	const text = mark.getAttribute("aria-label");
	if (!text)
		return;
	hush();
	tip = document.createElement("div");
	tip.className = "tip";
	tip.setAttribute("aria-hidden", "true");
	tip.textContent = text;
	document.body.append(tip);
	const at = mark.getBoundingClientRect(), own = tip.getBoundingClientRect();
	const wide = document.documentElement.clientWidth;
	const x = Math.min(Math.max(4, at.left + at.width / 2 - own.width / 2), wide - own.width - 4);
	const y = at.top - own.height - 6 < 0 ? at.bottom + 6 : at.top - own.height - 6;
	// Places of elements may be set by script: that is no style attribute of the page.
	tip.style.left = `${x + window.scrollX}px`;
	tip.style.top = `${y + window.scrollY}px`;
}

function hush() {
	if (tip)
		tip.remove();
	tip = null;
}

function walk(marks, event) {
	const i = marks.indexOf(event.target), last = marks.length - 1;
	const to = { ArrowRight: i + 1, ArrowDown: i + 1, ArrowLeft: i - 1, ArrowUp: i - 1, Home: 0, End: last }[event.key];
	if (i < 0 || to === undefined)
		return;
	event.preventDefault();
	const next = marks[Math.min(Math.max(to, 0), last)];
	event.target.setAttribute("tabindex", "-1");
	next.setAttribute("tabindex", "0");
	next.focus();
}

function telling(figure) {
	const marks = Array.from(figure.querySelectorAll("[tabindex]"));
	marks.forEach((mark, i) => {
		const title = mark.querySelector("title");
		if (title) { // told by us, also to who comes by keyboard; not twice
			mark.setAttribute("aria-label", title.textContent);
			title.remove();
		}
		mark.setAttribute("tabindex", i ? "-1" : "0");
	});
	const markOf = event => event.target.closest("[tabindex]");
	for (const [name, act] of [["pointerover", tell], ["focusin", tell]])
		figure.addEventListener(name, event => markOf(event) && act(markOf(event)));
	for (const name of ["pointerout", "focusout"])
		figure.addEventListener(name, hush);
	figure.addEventListener("keydown", event => (event.key === "Escape" ? hush() : walk(marks, event)));
}

// ---- light and dark: kept in the address, so that nothing is stored ----

const asked = ["light", "dark"].find(theme => theme === new URLSearchParams(location.search).get("theme"));
if (asked) // before anything is painted
	document.documentElement.dataset.theme = asked;

function dress(theme) {
	document.documentElement.dataset.theme = theme;
	for (const a of document.querySelectorAll("a[href]")) {
		const [page, place] = a.getAttribute("href").split("#");
		if (page !== "")
			a.setAttribute("href", `${page.split("?")[0]}?theme=${theme}${place === undefined ? "" : `#${place}`}`);
	}
}

function toggle() {
	const tools = document.querySelector(".tools");
	const button = document.createElement("button");
	button.type = "button";
	button.textContent = say("明 / 暗", "Light / dark");
	button.addEventListener("click", () => {
		const now = document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
		dress(now === "dark" ? "light" : "dark");
	});
	tools.prepend(button);
	if (asked)
		dress(asked);
}

addEventListener("DOMContentLoaded", () => {
	document.querySelectorAll("table.sort").forEach(sortable);
	document.querySelectorAll("form.filter").forEach(filterable);
	document.querySelectorAll("svg.figure").forEach(telling);
	toggle();
});
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(d => { d.open = true; }));
