// SPDX-License-Identifier: GPL-3.0-or-later
// Pages of laboratories: the largest, the smallest, and what lies between them.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { accessible } from "./accessible.mjs";
import { claim } from "./claims.mjs";
import { address, textOf, visit } from "./pages.mjs";

const CHOSEN = 4;

// A few of them, by size, so that this stays quick.
function chosen(labs) {
	const pages = readdirSync(labs).map(code => join(code, "report.html")).filter(page => existsSync(join(labs, page)))
		.sort((a, b) => statSync(join(labs, a)).size - statSync(join(labs, b)).size || (a < b ? -1 : 1));
	const step = (pages.length - 1) / (CHOSEN - 1);
	return pages.length <= CHOSEN ? pages : [...Array(CHOSEN).keys()].map(i => pages[Math.round(i * step)]);
}

function inline(labs, pages) {
	return pages.flatMap(page => [/ style="/, /<style/, /<script/, / on[a-z]+="/, /https?:/, /javascript:/, / src="/]
		.filter(never => never.test(textOf(labs, page))).map(never => `${page}: ${never}`));
}

async function looked(browser, labs, pages, options, look) {
	const { page, wrong, close } = await visit(browser, options);
	for (const each of pages) {
		await page.goto(address(labs, each));
		wrong.push(...(await page.evaluate(look)).map(said => `${each}: ${said}`));
	}
	await close();
	return wrong;
}

const wide = () => document.documentElement.scrollWidth > window.innerWidth ? [`${document.documentElement.scrollWidth} px wide`] : [];
const ways = () => [...document.querySelectorAll("a[href]")].filter(a => !document.getElementById(a.getAttribute("href").slice(1))).map(a => `${a.getAttribute("href")} leads nowhere`);
const styled = () => getComputedStyle(document.querySelector(".sums")).display === "grid" && document.querySelectorAll("table.list tbody tr").length > 0 ? [] : ["its style sheet does not work"];
const seen = () => [...document.querySelectorAll("svg.figure")].filter(svg => svg.getBoundingClientRect().height < 5).map(() => "a figure has no height");

export async function labs(browser, name, folder) {
	const labs = join(folder, "labs"), pages = existsSync(labs) ? chosen(labs) : [];
	if (!pages.length)
		return;
	await claim(`${name}, laboratories: nothing is inline, nothing asks outside`, () => inline(labs, pages));
	await claim(`${name}, laboratories: the browser has nothing to complain of, the style sheet works, every way leads somewhere`, async () =>
		[...await looked(browser, labs, pages, {}, styled), ...await looked(browser, labs, pages, {}, ways), ...await looked(browser, labs, pages, {}, seen)]);
	for (const width of [320, 1920])
		await claim(`${name}, laboratories: no page is wider than ${width} px`, () => looked(browser, labs, pages, { viewport: { width, height: 800 } }, wide));
	await accessible(browser, `${name}, laboratories`, labs, pages);
}
