// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers on the pages are those of the published tables.
import { join } from "node:path";
import { claim } from "./claims.mjs";
import { address, tableOf, visit } from "./pages.mjs";

// Rows of a table as texts, by the heads of its columns.
const rowsOf = (page, table) => page.evaluate(table => {
	const t = document.querySelector(table);
	const heads = [...t.tHead.rows[0].cells].map(c => c.textContent.trim());
	return [...t.tBodies].flatMap(b => [...b.rows]).map(r => Object.fromEntries([...r.cells].map((c, i) => [heads[i], c.textContent.trim()])));
}, table);

// "96.67" to "96.7 %", half up, as pages have it.
const rounded = (part, of) => (Number(of) ? `${Math.floor((2000 * Number(part) + Number(of)) / (2 * Number(of))) / 10}`.replace(/^(\d+)$/, "$1.0") + " %" : "–");

async function ranking(page, folder, site) {
	await page.goto(address(site, "ranking/0.html"));
	const rows = await rowsOf(page, "table.ranks"), told = tableOf(join(folder, "ranking.csv"));
	const root = told[0].region, expected = told.filter(r => r.programme === "*" && r.region === root && r.class === "*");
	const wrong = rows.length === expected.length ? [] : [`${rows.length} rows, ${expected.length} in the table`];
	expected.forEach((r, i) => {
		const share = Number.isInteger(Number(r.accepted)) ? rounded(r.accepted, r.total) : rows[i]["可接受"].replace("▾ ", "");
		if (!rows[i] || !rows[i]["实验室"].includes(r.lab) || rows[i]["可接受"] !== share || !rows[i]["名次"].endsWith(r.rank || "–") ||
		    rows[i]["可接受 / 计入"].replace(/,/g, "") !== `${Number(r.accepted)} / ${r.total}`)
			wrong.push(`${JSON.stringify(rows[i])} is not ${JSON.stringify(r)}`);
	});
	return wrong;
}

// Every number of targets.csv that people read stands in the table of groups of its measurand.
async function targets(page, folder, site) {
	const told = tableOf(join(folder, "targets.csv")), wrong = [];
	await page.goto(address(site, "measurands.html"));
	const links = await page.evaluate(() => [...document.querySelectorAll("table tbody th a")].map(a => [a.parentElement.querySelector("small").textContent, a.getAttribute("href")]));
	for (const [code, link] of links) {
		await page.goto(address(site, link));
		const text = await page.evaluate(() => [...document.querySelectorAll("table.groups td")].map(c => c.textContent.trim()));
		const found = new Set(text);
		for (const r of told.filter(r => r.measurand === code))
			if (r.x_pt && /^[0-9.]+$/.test(r.x_pt) && !found.has(r.x_pt) && ![...found].some(t => Number(t) === Number(r.x_pt)))
				wrong.push(`${link}: ${r.sample} ${r.x_pt} is not on the page`);
	}
	return wrong;
}

export async function numbers(browser, name, folder, site) {
	const { page, close } = await visit(browser);
	await claim(`${name}: ranks, shares and their n are those of ranking.csv`, () => ranking(page, folder, site));
	await claim(`${name}: targets are those of targets.csv`, () => targets(page, folder, site));
	await close();
}
