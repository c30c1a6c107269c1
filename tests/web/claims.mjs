// SPDX-License-Identifier: GPL-3.0-or-later
// Claims in TAP: `claim(says, check)`; check gives a list of what is wrong, or nothing.
let number = 0, failed = 0;

export async function claim(says, check) {
	let wrong;
	try {
		wrong = (await check()) ?? [];
	} catch (error) {
		wrong = [error.stack];
	}
	number++;
	for (const each of wrong.slice(0, 12))
		console.log(`# ${String(each).replace(/\n/g, "\n# ")}`);
	if (wrong.length > 12)
		console.log(`# and ${wrong.length - 12} more`);
	failed += wrong.length > 0;
	console.log(`${wrong.length ? "not ok" : "ok"} ${number} - ${says}`);
}

export function finish() {
	console.log(`1..${number}`);
	process.exitCode = 0; // TAP tells what failed
}
