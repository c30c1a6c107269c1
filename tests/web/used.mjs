// SPDX-License-Identifier: GPL-3.0-or-later
// The site in use: sorting, filtering, figures, light and dark, without script, on paper.
import { claim } from "./claims.mjs";
import { address, visit } from "./pages.mjs";

const column = (page, head) => page.evaluate(head => {
	const t = document.querySelector("table.sort");
	const i = [...t.tHead.rows[0].cells].findIndex(c => c.textContent.trim() === head);
	return [...t.tBodies[0].rows].filter(r => !r.hidden).map(r => r.cells[i].textContent.trim());
}, head);
const sortOf = (page, head) => page.evaluate(head => [...document.querySelectorAll("table.sort thead th")].find(c => c.textContent.trim() === head).getAttribute("aria-sort"), head);
const press = (page, head) => page.locator("table.sort thead th button", { hasText: new RegExp(`^${head}$`) }).first();
const values = texts => texts.map(t => parseFloat(t.replace(/[▾,\s]/g, ""))).filter(v => !Number.isNaN(v));
const ascends = list => list.every((v, i) => !i || list[i - 1] <= v);

async function sorted(page) {
	const wrong = [], before = await column(page, "实验室");
	await press(page, "可接受").click();
	if (!ascends(values(await column(page, "可接受")).reverse()) || (await sortOf(page, "可接受")) !== "descending")
		wrong.push(`not descending: ${await column(page, "可接受")}`);
	await press(page, "可接受").click();
	if (!ascends(values(await column(page, "可接受"))) || (await sortOf(page, "可接受")) !== "ascending")
		wrong.push(`not ascending: ${await column(page, "可接受")}`);
	await press(page, "可接受").click();
	if ((await column(page, "实验室")).join() !== before.join() || (await sortOf(page, "可接受")) !== null)
		wrong.push("the third time it is not as it was");
	return wrong;
}

async function sortedByKeyboard(page) {
	await press(page, "实验室").focus();
	await page.keyboard.press("Enter");
	const names = await column(page, "实验室");
	return (await sortOf(page, "实验室")) === "ascending" && names.join() === [...names].sort((a, b) => a.localeCompare(b, "zh-CN", { numeric: true })).join() ? [] : [`${names}`];
}

async function filtered(page) {
	const wrong = [], all = (await column(page, "实验室")).length;
	const label = await page.locator("form.filter select[name=r] option").last().textContent();
	await page.locator("form.filter select[name=r]").selectOption({ label });
	const places = await column(page, "地区");
	if (!places.length || places.length >= all || !places.every(p => p.includes(label.trim())))
		wrong.push(`region ${label}: ${places}`);
	if ((await page.locator("form.filter output").textContent()) !== `${places.length} / ${all} 行`)
		wrong.push(await page.locator("form.filter output").textContent());
	await page.locator("form.filter select[name=r]").selectOption({ index: 0 });
	await page.locator("form.filter select[name=c]").selectOption({ index: 1 });
	const kind = await page.locator("form.filter select[name=c]").inputValue();
	if (!(await column(page, "类别")).every(c => c === kind))
		wrong.push(`class ${kind}: ${await column(page, "类别")}`);
	await page.locator("form.filter select[name=c]").selectOption({ index: 0 });
	return wrong;
}

async function searched(page) {
	const code = (await column(page, "实验室")).at(-1).split(" ").at(-1);
	await page.locator("form.filter input").focus();
	await page.keyboard.type(code.toLowerCase());
	const found = await column(page, "实验室");
	return found.length && found.every(l => l.includes(code)) ? [] : [`${code}: ${found}`];
}

async function withoutScript(browser, site, pages) {
	const { page, wrong, close } = await visit(browser, { javaScriptEnabled: false });
	await page.goto(address(site, "ranking/0.html"));
	if (!(await page.locator("table.ranks tbody tr").count()) || (await page.locator("form.filter").isVisible()) || (await page.locator("button").count()))
		wrong.push("the ranking is not as it should be");
	await page.goto(address(site, "index.html"));
	await page.locator("main table a").first().click();
	await page.waitForURL(/programmes/);
	await page.locator("main table a").first().click();
	await page.waitForURL(/measurands/);
	if (!page.url().includes("/measurands/") || !(await page.locator("table.groups tbody tr").count()))
		wrong.push(`${page.url()} tells no groups`);
	await page.locator(".tools a").click();
	await page.waitForURL(/en\/measurands/);
	if (!page.url().includes("/en/measurands/"))
		wrong.push(`${page.url()} is not the twin`);
	await close();
	return wrong;
}

async function figures(page, site, pages) {
	const wrong = [];
	for (const each of pages.filter(p => p.startsWith("measurands/")).slice(0, 3)) {
		await page.goto(address(site, each));
		const marks = page.locator("svg.figure [tabindex]");
		if (await page.locator("svg.figure [tabindex='0']").count() > await page.locator("svg.figure").count())
			wrong.push(`${each}: a figure takes more than one stop of the Tab key`);
		if ((await marks.count()) < 2)
			continue;
		await page.locator("svg.figure [tabindex='0']").first().focus();
		const first = await page.locator(".tip").textContent();
		await page.keyboard.press("ArrowRight");
		const second = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
		if (!first || !second || (await page.locator(".tip").textContent()) !== second)
			wrong.push(`${each}: ${first}, then ${second}`);
		await page.keyboard.press("Escape");
		if (await page.locator(".tip").count())
			wrong.push(`${each}: what is told stays`);
	}
	return wrong;
}

async function themed(page, site) {
	await page.goto(address(site, "index.html"));
	const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const light = await paper();
	await page.locator(".tools button").click();
	const dark = await paper();
	await page.locator("nav.ways a").nth(1).click();
	await page.waitForURL(/measurands/);
	await page.waitForLoadState();
	const next = await paper(), stored = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
	return light !== dark && next === dark && !stored ? [] : [`${light}, ${dark}, then ${next}; stored ${stored}`];
}

async function printed(browser, site, pages) {
	const { page, wrong, close } = await visit(browser, { colorScheme: "dark" });
	await page.emulateMedia({ media: "print", colorScheme: "dark" });
	for (const each of ["print.html", "ranking/0.html", pages.find(p => p.startsWith("measurands/"))]) {
		await page.goto(address(site, each));
		const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
		if (paper !== "rgb(255, 255, 255)" || (await page.locator("nav.ways").isVisible()) || (await page.locator("form.filter:visible").count()))
			wrong.push(`${each}: ${paper}`);
		const cut = await page.evaluate(() => [...document.querySelectorAll(".wide")].filter(w => getComputedStyle(w).overflowX !== "visible").length);
		const pdf = await page.pdf({ preferCSSPageSize: true });
		if (cut || pdf.length < 10000)
			wrong.push(`${each}: ${cut} tables are cut, ${pdf.length} bytes of PDF`);
	}
	await close();
	return wrong;
}

export async function used(browser, name, site, pages) {
	const { page, wrong, close } = await visit(browser);
	const on = async check => { await page.goto(address(site, "ranking/0.html")); return check(page); };
	await claim(`${name}: a head sorts down, up, and back again`, () => on(sorted));
	await claim(`${name}: by keyboard too`, () => on(sortedByKeyboard));
	await claim(`${name}: region and class filter, and tell how many are left`, () => on(filtered));
	await claim(`${name}: a search leaves what it was for`, () => on(searched));
	await claim(`${name}: marks of figures tell what they are by keyboard`, () => figures(page, site, pages));
	await claim(`${name}: dark stays dark on the next page, and nothing is stored`, () => themed(page, site));
	await claim(`${name}: nothing went wrong meanwhile`, () => wrong);
	await close();
	await claim(`${name}: without script everything is there`, () => withoutScript(browser, site, pages));
	await claim(`${name}: on paper it is white, without ways, and no table is cut`, () => printed(browser, site, pages));
}
