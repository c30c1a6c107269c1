// SPDX-License-Identifier: GPL-3.0-or-later
// Each kind of page by the rules of axe, in light and dark.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { claim } from "./claims.mjs";
import { address, visit } from "./pages.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function findings(page) {
	await page.evaluate(axe);
	return page.evaluate(async () => {
		const found = await window.axe.run(document, { preload: false, resultTypes: ["violations"] });
		return found.violations.filter(v => ["serious", "critical"].includes(v.impact))
			.map(v => `${v.id}: ${v.nodes.length} times, ${v.nodes[0].target} ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary.split("\n")[1] ?? ""}`);
	});
}

export async function accessible(browser, name, site, kinds) {
	for (const colorScheme of ["light", "dark"])
		await claim(`${name}: axe finds nothing serious in ${colorScheme}`, async () => {
			const { page, wrong, close } = await visit(browser, { colorScheme });
			for (const each of kinds) {
				await page.goto(address(site, each));
				wrong.push(...(await findings(page)).map(f => `${each}: ${f}`));
			}
			await close();
			return wrong;
		});
}
