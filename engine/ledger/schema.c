/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a ledger, version by version. A step is never changed once it was published; docs/formats/ledger.md explains them. */
#include "ledger/store.h"
#include "ledger/words.h"

static const char tables[] =
	"CREATE TABLE text (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;"
	"CREATE TABLE round (round INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, name_en TEXT NOT NULL,"
	" organiser TEXT NOT NULL, organiser_en TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL, opens TEXT NOT NULL,"
	" closes TEXT NOT NULL, issued TEXT NOT NULL, engine TEXT NOT NULL, digest TEXT NOT NULL, results INTEGER NOT NULL,"
	" content TEXT NOT NULL, chain TEXT NOT NULL, UNIQUE (id, version)) STRICT;"
	"CREATE TABLE manifest (round INTEGER PRIMARY KEY REFERENCES round, manifest TEXT NOT NULL) STRICT;"
	"CREATE TABLE lab (round INTEGER NOT NULL REFERENCES round, lab INTEGER NOT NULL, code TEXT NOT NULL,"
	" name INTEGER NOT NULL REFERENCES text, region INTEGER NOT NULL REFERENCES text, region_name INTEGER NOT NULL REFERENCES text,"
	" class INTEGER NOT NULL REFERENCES text, institution INTEGER NOT NULL REFERENCES text, department INTEGER NOT NULL REFERENCES text,"
	" PRIMARY KEY (round, lab), UNIQUE (round, code)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE programme (round INTEGER NOT NULL REFERENCES round, programme INTEGER NOT NULL, code TEXT NOT NULL,"
	" name INTEGER NOT NULL REFERENCES text, name_en INTEGER NOT NULL REFERENCES text, scheme INTEGER NOT NULL REFERENCES text,"
	" scheme_version INTEGER NOT NULL REFERENCES text, pass INTEGER NOT NULL, level INTEGER NOT NULL, trueness INTEGER NOT NULL,"
	" measurand_status INTEGER NOT NULL, samples INTEGER NOT NULL, is_cancelled INTEGER NOT NULL, cancelled TEXT NOT NULL,"
	" PRIMARY KEY (round, programme), UNIQUE (round, code)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE sample (round INTEGER NOT NULL, programme INTEGER NOT NULL, sample INTEGER NOT NULL, code TEXT NOT NULL,"
	" PRIMARY KEY (round, programme, sample), FOREIGN KEY (round, programme) REFERENCES programme) STRICT, WITHOUT ROWID;"
	"CREATE TABLE measurand (round INTEGER NOT NULL, programme INTEGER NOT NULL, measurand INTEGER NOT NULL, code TEXT NOT NULL,"
	" name INTEGER NOT NULL REFERENCES text, name_en INTEGER NOT NULL REFERENCES text, unit INTEGER NOT NULL REFERENCES text,"
	" specimen INTEGER NOT NULL REFERENCES text, item INTEGER NOT NULL REFERENCES text, pass INTEGER NOT NULL, weight INTEGER NOT NULL,"
	" \"limit\" INTEGER NOT NULL REFERENCES text, limit_set INTEGER NOT NULL REFERENCES text,"
	" PRIMARY KEY (round, programme, measurand), FOREIGN KEY (round, programme) REFERENCES programme) STRICT, WITHOUT ROWID;"
	"CREATE TABLE answer (round INTEGER NOT NULL REFERENCES round, answer INTEGER NOT NULL, text INTEGER NOT NULL REFERENCES text,"
	" PRIMARY KEY (round, answer)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE target (round INTEGER NOT NULL REFERENCES round, \"group\" INTEGER NOT NULL, programme TEXT NOT NULL, measurand TEXT NOT NULL,"
	" sample TEXT NOT NULL, rung TEXT NOT NULL, key TEXT NOT NULL, members TEXT NOT NULL, kept TEXT NOT NULL, used TEXT NOT NULL,"
	" origin TEXT NOT NULL, method TEXT NOT NULL, method_version TEXT NOT NULL, x_pt TEXT NOT NULL, u_used TEXT NOT NULL, s TEXT NOT NULL,"
	" sigma_pt TEXT NOT NULL, status TEXT NOT NULL, delta_e TEXT NOT NULL, low TEXT NOT NULL, high TEXT NOT NULL, sdi_centre TEXT NOT NULL,"
	" sdi_sd TEXT NOT NULL, doubts TEXT NOT NULL, PRIMARY KEY (round, \"group\")) STRICT, WITHOUT ROWID;"
	"CREATE TABLE tally (round INTEGER NOT NULL, lab INTEGER NOT NULL, programme INTEGER NOT NULL, measurand INTEGER NOT NULL,"
	" standing INTEGER NOT NULL, satisfaction INTEGER NOT NULL, credit INTEGER NOT NULL, total INTEGER NOT NULL, not_evaluated INTEGER NOT NULL,"
	" PRIMARY KEY (round, lab, programme, measurand), FOREIGN KEY (round, lab) REFERENCES lab) STRICT, WITHOUT ROWID;"
	"CREATE TABLE result (round INTEGER NOT NULL, lab INTEGER NOT NULL, programme INTEGER NOT NULL, measurand INTEGER NOT NULL,"
	" samples BLOB NOT NULL, PRIMARY KEY (round, lab, programme, measurand), FOREIGN KEY (round, lab) REFERENCES lab) STRICT, WITHOUT ROWID;"
	"CREATE TABLE conflict (id TEXT NOT NULL, version INTEGER NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (id, version, digest)) STRICT, WITHOUT ROWID;";

/* For people: what the numbers stand for. */
static const char views[] =
	"CREATE TABLE word (list TEXT NOT NULL, number INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (list, number)) STRICT, WITHOUT ROWID;"
	"CREATE VIEW rounds AS SELECT round, id, 'v' || version AS version, version = (SELECT max(version) FROM round AS r WHERE r.id = round.id) AS current,"
	" year, number, name, organiser, opens, closes, issued, results, engine, digest FROM round;"
	"CREATE VIEW register AS SELECT r.id, r.version, r.current, l.code AS lab, n.text AS name, g.text AS region, h.text AS region_name, c.text AS class,"
	" i.text AS institution, d.text AS department FROM lab AS l JOIN rounds AS r USING (round) JOIN text AS n ON n.id = l.name"
	" JOIN text AS g ON g.id = l.region JOIN text AS h ON h.id = l.region_name JOIN text AS c ON c.id = l.class"
	" JOIN text AS i ON i.id = l.institution JOIN text AS d ON d.id = l.department;"
	"CREATE VIEW programmes AS SELECT r.id, r.version, r.current, p.code AS programme, n.text AS name, s.text AS scheme, v.text AS scheme_version,"
	" p.pass, w.word AS level, p.trueness, p.measurand_status, p.samples, p.cancelled FROM programme AS p JOIN rounds AS r USING (round)"
	" JOIN text AS n ON n.id = p.name JOIN text AS s ON s.id = p.scheme JOIN text AS v ON v.id = p.scheme_version"
	" JOIN word AS w ON w.list = 'level' AND w.number = p.level;"
	"CREATE VIEW measurands AS SELECT r.id, r.version, r.current, p.code AS programme, m.code AS measurand, n.text AS name, u.text AS unit,"
	" s.text AS specimen, i.text AS item, m.pass, m.weight, l.text AS \"limit\", t.text AS limit_set FROM measurand AS m"
	" JOIN programme AS p USING (round, programme) JOIN rounds AS r USING (round) JOIN text AS n ON n.id = m.name JOIN text AS u ON u.id = m.unit"
	" JOIN text AS s ON s.id = m.specimen JOIN text AS i ON i.id = m.item JOIN text AS l ON l.id = m.\"limit\" JOIN text AS t ON t.id = m.limit_set;"
	"CREATE VIEW verdicts AS SELECT r.id, r.version, r.current, l.code AS lab, p.code AS programme, coalesce(m.code, '*') AS measurand,"
	" w.word AS standing, t.credit / 100.0 AS accepted, t.total, t.not_evaluated,"
	" CASE WHEN t.total > 0 THEN round(1.0 * t.credit / t.total, 2) END AS score, s.word AS satisfaction FROM tally AS t"
	" JOIN lab AS l USING (round, lab) JOIN programme AS p USING (round, programme) JOIN rounds AS r USING (round)"
	" JOIN word AS w ON w.list = 'standing' AND w.number = t.standing JOIN word AS s ON s.list = 'satisfaction' AND s.number = t.satisfaction"
	" LEFT JOIN measurand AS m ON m.round = t.round AND m.programme = t.programme AND m.measurand = t.measurand;"
	"CREATE VIEW targets AS SELECT r.id, r.version, r.current, t.* FROM target AS t JOIN rounds AS r USING (round);"
	"CREATE VIEW decisions AS SELECT r.id, r.version, r.current, json_extract(d.value, '$.kind') AS kind, json_extract(d.value, '$.lab') AS lab,"
	" json_extract(d.value, '$.programme') AS programme, json_extract(d.value, '$.measurand') AS measurand, json_extract(d.value, '$.sample') AS sample,"
	" json_extract(d.value, '$.value') AS value, json_extract(d.value, '$.who') AS who, json_extract(d.value, '$.when') AS \"when\","
	" json_extract(d.value, '$.why') AS why FROM manifest AS m JOIN rounds AS r USING (round), json_each(m.manifest, '$.decisions') AS d;"
	"CREATE VIEW rules AS SELECT r.id, r.version, r.current, json_extract(f.value, '$.name') AS file, json_extract(f.value, '$.sha256') AS sha256"
	" FROM manifest AS m JOIN rounds AS r USING (round), json_each(m.manifest, '$.rules') AS f;";

/* Papers and what the committee decided. The numbers of rows are never given twice, even when the last was taken out. */
static const char acts[] =
	"CREATE TABLE paper (act INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL UNIQUE, year INTEGER NOT NULL, certificate TEXT NOT NULL,"
	" lab TEXT NOT NULL, name TEXT NOT NULL, list TEXT NOT NULL, issued TEXT NOT NULL, issue INTEGER NOT NULL, chain TEXT NOT NULL) STRICT;"
	"CREATE TABLE title (act INTEGER PRIMARY KEY AUTOINCREMENT, year INTEGER NOT NULL, award TEXT NOT NULL, lab TEXT NOT NULL,"
	" decision TEXT NOT NULL, \"by\" TEXT NOT NULL, date TEXT NOT NULL, because TEXT NOT NULL, chain TEXT NOT NULL,"
	" UNIQUE (year, award, lab, date, decision, \"by\", because)) STRICT;"
	"CREATE TABLE paper_conflict (number TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (number, digest)) STRICT, WITHOUT ROWID;"
	"CREATE VIEW papers AS SELECT number, year, certificate, lab, name, list, issue, issued FROM paper;"
	"CREATE VIEW titles AS SELECT year, award, lab, decision, NOT EXISTS (SELECT 1 FROM title AS l WHERE l.year = t.year AND l.award = t.award"
	" AND l.lab = t.lab AND (l.date, l.decision, l.\"by\", l.because) > (t.date, t.decision, t.\"by\", t.because)) AS counts, \"by\", date, because"
	" FROM title AS t;";

/* The trail. Its numbers are never given twice either. */
static const char trail[] =
	"CREATE TABLE event (seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, subject TEXT NOT NULL,"
	" why TEXT NOT NULL, detail TEXT NOT NULL, before TEXT NOT NULL, hash TEXT NOT NULL) STRICT;"
	"CREATE VIEW events AS SELECT seq, at, who, what, subject, why, detail, hash FROM event;";

const char *const zp_schema_steps[ZP_LEDGER_SCHEMA] = { tables, views, acts, [ZP_SCHEMA_TRAIL - 1] = trail };

/* Words that this program knows and the file does not. */
static bool put_words(zp_ledger *ledger, zp_error *err)
{
	zp_statement *put = zp_sql_prepare(ledger, "INSERT INTO word SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM word WHERE list = ?1 AND number = ?2)", err);
	bool good = put != NULL;
	for (int w = 0; w < ZP_WORDS_LISTS && good; w++)
		for (unsigned i = 0; zp_words_at((zp_words)w, i) && good; i++) {
			zp_sql_put_text(put, 1, zp_words_list((zp_words)w));
			zp_sql_put_whole(put, 2, i);
			zp_sql_put_text(put, 3, zp_words_at((zp_words)w, i));
			good = zp_sql_done(ledger, put, err);
		}
	zp_sql_close(put);
	return good;
}

bool zp_schema_raise(zp_ledger *ledger, int from, zp_error *err)
{
	bool good = zp_sql_begin(ledger, err);
	int64_t now = from;
	good = good && ledger->store->version(ledger, &now, err); /* another program may have been quicker */
	for (int v = (int)now; good && v < ZP_LEDGER_SCHEMA; v++)
		good = ledger->store->raise(ledger, v + 1, zp_schema_steps[v], err);
	good = good && put_words(ledger, err) && (now == 0 || now >= ZP_LEDGER_SCHEMA || zp_trail_earlier(ledger, (int)now, err));
	return zp_sql_end(ledger, good, err);
}
