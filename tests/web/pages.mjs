// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a site, and a browser that looks at them and at nothing else.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export function filesOf(folder, under = folder) {
	return readdirSync(folder).flatMap(name => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? filesOf(path, under) : [relative(under, path)];
	}).sort();
}

export const pagesOf = site => filesOf(site).filter(name => name.endsWith(".html"));
export const address = (site, page) => pathToFileURL(join(site, page)).href;
export const textOf = (site, page) => readFileSync(join(site, page), "utf8");
// Cells of a table of ours; no cell of the rounds used here holds a quotation mark.
export const tableOf = path => {
	const [head, ...rows] = readFileSync(path, "utf8").replace(/^\uFEFF/, "").trim().split(/\r?\n/).map(line => line.split(","));
	return rows.map(row => Object.fromEntries(head.map((name, i) => [name, row[i]])));
};

// One page of each kind, the first of its kind, in both languages.
export function kindsOf(pages) {
	const seen = new Map();
	for (const page of pages) {
		const kind = page.replace(/\d+(-\d+)?/, "N");
		if (!seen.has(kind))
			seen.set(kind, page);
	}
	return [...seen.values()];
}

export const open = () => chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

// A page that tells what goes wrong on it: `wrong` grows by messages of the console, errors, violations of the policy, requests that leave.
export async function visit(browser, options = {}) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: "light", ...options });
	const wrong = [];
	await context.route(/.*/, route => {
		const url = route.request().url();
		if (url.startsWith("file:") || url.startsWith("data:"))
			return route.continue();
		wrong.push(`asks for ${url}`);
		return route.abort();
	});
	const page = await context.newPage();
	page.on("console", message => ["error", "warning"].includes(message.type()) && wrong.push(`${page.url()}: ${message.text()}`));
	page.on("pageerror", error => wrong.push(`${page.url()}: ${error.message}`));
	page.on("requestfailed", request => wrong.push(`${page.url()}: could not get ${request.url()}`));
	page.on("request", request => /^(file|data):/.test(request.url()) || wrong.push(`asks for ${request.url()}`));
	return { page, wrong, close: () => context.close() };
}
