// SPDX-License-Identifier: GPL-3.0-or-later
// What the site of a round, and pages of its laboratories, promise, held against a browser. Arguments: pairs of a name and a published folder.
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { claim, finish } from "./claims.mjs";
import { labs } from "./labs.mjs";
import { accessible } from "./accessible.mjs";
import { open, pagesOf, textOf, visit, address, kindsOf } from "./pages.mjs";
import { used } from "./used.mjs";
import { numbers } from "./numbers.mjs";

const attributes = (text, name) => [...text.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map(m => m[1]);

function brokenLinks(site, pages) {
	const ids = new Map(pages.map(page => [page, new Set(attributes(textOf(site, page), "id"))]));
	const wrong = [];
	for (const page of pages)
		for (const link of [...attributes(textOf(site, page), "href"), ...attributes(textOf(site, page), "src")]) {
			const [file, place] = link.split("#");
			const target = file ? normalize(join(dirname(page), file)) : page;
			if (target.startsWith("..") || !existsSync(join(site, target)))
				wrong.push(`${page}: ${link} is not there`);
			else if (place && !ids.get(target)?.has(place))
				wrong.push(`${page}: ${link}: no such place`);
		}
	return wrong;
}

function unreached(site, pages) {
	const seen = new Set(["index.html"]);
	for (const page of seen)
		for (const link of attributes(textOf(site, page), "href")) {
			const target = normalize(join(dirname(page), link.split("#")[0] || "x"));
			if (target.endsWith(".html") && existsSync(join(site, target)))
				seen.add(target);
		}
	return pages.filter(page => !seen.has(page));
}

function twins(site, pages) {
	const wrong = [];
	for (const page of pages) {
		const english = page.startsWith("en/"), twin = english ? page.slice(3) : `en/${page}`;
		const text = textOf(site, page);
		const [, lang, href] = text.match(/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">/) ?? [];
		if (!pages.includes(twin))
			wrong.push(`${page} has no twin`);
		if (!text.includes(english ? '<html lang="en">' : '<html lang="zh-CN">') || lang !== (english ? "zh-CN" : "en"))
			wrong.push(`${page}: languages are not told`);
		if (href && normalize(join(dirname(page), href)) !== twin)
			wrong.push(`${page}: its twin is said to be ${href}`);
	}
	return wrong;
}

function hasInline(site, pages) {
	return pages.flatMap(page => [/ style="/, /<style/, /<script(?! src=")/, / on[a-z]+="/, /https?:/, /javascript:/]
		.filter(never => never.test(textOf(site, page).replaceAll('xmlns="http://www.w3.org/2000/svg"', ""))).map(never => `${page}: ${never}`));
}

async function quiet(browser, site, pages) {
	const { page, wrong, close } = await visit(browser);
	for (const each of pages)
		await page.goto(address(site, each));
	await close();
	return wrong;
}

async function fits(browser, site, pages, width) {
	const { page, close } = await visit(browser, { viewport: { width, height: 800 } });
	const wrong = [];
	for (const each of pages) {
		await page.goto(address(site, each));
		const wide = await page.evaluate(() => document.documentElement.scrollWidth);
		if (wide > width)
			wrong.push(`${each}: ${wide} px wide`);
	}
	await close();
	return wrong;
}

const browser = await open();
for (let i = 2; i + 1 < process.argv.length; i += 2) {
	const name = process.argv[i], folder = process.argv[i + 1], site = join(folder, "site");
	const pages = pagesOf(site), kinds = kindsOf(pages);
	await claim(`${name}: every link of its ${pages.length} pages leads somewhere`, () => brokenLinks(site, pages));
	await claim(`${name}: every page can be reached from the first`, () => unreached(site, pages));
	await claim(`${name}: every page has its twin in the other language`, () => twins(site, pages));
	await claim(`${name}: nothing is inline, nothing asks outside`, () => hasInline(site, pages));
	await claim(`${name}: the browser has nothing to complain of, and asks for nothing but files`, () => quiet(browser, site, pages));
	await claim(`${name}: no page is wider than 320 px`, () => fits(browser, site, pages, 320));
	await claim(`${name}: nor than a projector`, () => fits(browser, site, kinds, 1920));
	await accessible(browser, name, site, kinds);
	await numbers(browser, name, folder, site);
	await used(browser, name, site, pages);
	await labs(browser, name, folder);
}
await browser.close();
finish();
