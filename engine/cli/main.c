/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>
#include <signal.h>
#include "base/environment.h"
#include "base/names.h"
#include "base/nearest.h"
#include "cli/cli.h"

const zp_option zp_common_options[] = {
	{ "rules", "DIR", "rules in DIR instead of the installed ones" },
	{ "plugins", "DIR", "plugins in DIR instead of the installed ones" },
	{ "plugin", "FILE", "load one more plugin; may be given several times" },
	{ "lang", "zh|en", "language of what is told: Chinese or English (what the locale says, else English); template, plot: of forms and figures as well (zh)" },
	{ "words", "DIR", "the catalogue of Chinese in DIR instead of the installed one" },
	{ "help", NULL, "print what this command does" },
	{ NULL, NULL, NULL },
};

static const zp_option no_options[] = { { NULL, NULL, NULL } };

static const zp_option check_options[] = {
	{ "dump", NULL, "print every accepted value, one line each, instead of the summary" },
	{ "all", NULL, "every laboratory in the table, not only those with something to do" },
	{ "json", NULL, "print the whole outcome as JSON instead" },
	{ "letters", "DIR", "write what each laboratory has to correct into DIR, which must not exist or be empty" },
	{ "letters-all", NULL, "letters also for laboratories that have nothing to correct" },
	{ "no-cache", NULL, "parse every file, and keep nothing for the next time" },
	{ "threads", "N", "work on N threads (all processors)" },
	{ NULL, NULL, NULL },
};

/* Of every command that writes into the trail of a ledger. */
#define BY { "by", "NAME", "who does it, for the trail of the ledger, which names the account as well" }
/* Of every command that publishes. */
#define SIGNS \
	{ "key", "KEYS", "sign what is published with the current key of this folder (not signed)" }, \
	{ "passphrase", "FILE", "a file whose first line opens the private keys (none)" }
/* What a year rests on beside its ledger. */
#define YEAR_FILES \
	{ "rules-year", "NAME", "rules of the year: rules/years/NAME.xml, or a file that ends in .xml (default)" }, \
	{ "regions", "NAME", "the tree of regions: rules/regions/NAME.xml, or a file that ends in .xml (each code by itself)" }, \
	{ "recognition", "NAME", "work out mutual recognition: rules/recognition/NAME.xml, or a file that ends in .xml" }, \
	{ "identity", "FILE", "laboratories renamed, merged and split: a CSV table from,to,since,kind" }, \
	{ "performed", "FILE", "what laboratories perform: a CSV table lab,specimen,item,compared,iqc" }, \
	{ "evidence", "FILE", "what titles may rest on beside rounds: a CSV table lab,key,value,unit,source,date" }

/* Of every command that works a round out. */
#define MEMORY { "memory", "SIZE", "keep what is resident below SIZE, such as 500M or 2G; what is over lies in a file under TMPDIR (as much as it takes)" }

/* Of every command that publishes the first version of a round. */
#define CLOSES \
	{ "into", "DIR", "publish into DIR/ROUND-ID/v1 (needed)" }, \
	{ "issued", "DATE", "date of issue, YYYY-MM-DD (needed)" }, \
	{ "draft", NULL, "publish nothing: tell the outcome, and the digests that approvals are bound to; with --into the tables are put into DIR, to be looked at" }, \
	{ "emit", "LIST", "what to write: tables, certificates, reports, summary, workbook, pages, separated by commas (all)" }, \
	{ "ledger", "FILE", "put the closed round into this ledger, a file or postgresql://..., which is made when it is not there" }, \
	SIGNS, \
	BY, \
	{ "redact", "DIR", "and make what can be published of it, as zhiping redact does, in DIR/ROUND-ID/v1" }, \
	MEMORY, \
	{ "threads", "N", "work on N threads and processes (all processors)" }, \
	{ "timings", NULL, "print how long each stage took" }

static const zp_option close_options[] = {
	CLOSES,
	{ NULL, NULL, NULL },
};

#define PARTS { "parts", "DIR", "the folder of parts, the same for shard and merge (ROUND/.zhiping/parts)" }

static const zp_option shard_options[] = {
	PARTS,
	{ "papers", NULL, "draw the papers of part I of the laboratories, when all scores are there" },
	{ "issued", "DATE", "papers: date of issue, YYYY-MM-DD (needed)" },
	{ "emit", "LIST", "papers: certificates, reports, or both (both)" },
	{ "ledger", "FILE", "papers: the ledger, as for merge; it is only read" },
	{ "sealed", NULL, "papers: as zhiping merge --seals has sealed them, to be signed" },
	MEMORY,
	{ "threads", "N", "work on N threads (all processors)" },
	{ "timings", NULL, "print how long each stage took" },
	{ NULL, NULL, NULL },
};

static const zp_option merge_options[] = {
	PARTS,
	{ "papers", NULL, "take the papers of laboratories from parts, too" },
	{ "seals", NULL, "publish nothing: sign what papers need before they are drawn, for shard --papers --sealed" },
	{ "missing", "N", "publish nothing: print which of N parts are missing or cannot be joined, one number a line; with --papers of those of papers" },
	CLOSES,
	{ NULL, NULL, NULL },
};

static const zp_option amend_options[] = {
	{ "into", "DIR", "the folder that the round was published into: DIR/ROUND-ID/v1 is there, and v2 comes beside it (needed)" },
	{ "issued", "DATE", "date of issue, YYYY-MM-DD (needed)" },
	{ "reason", "TEXT", "why, in a sentence; it is printed on every new paper (needed)" },
	{ "by", "NAME", "who amends, for the manifest and the trail of the ledger" },
	{ "what-if", NULL, "print what would change and for whom, and publish nothing" },
	{ "reissue", NULL, "make all papers anew, also where nothing differs: after a key was revoked" },
	{ "emit", "LIST", "what to write: tables, certificates, reports, summary, workbook, pages, separated by commas (what the version before has)" },
	{ "ledger", "FILE", "put the new version into this ledger, and tell papers and titles that may be affected" },
	{ "awards", "LIST", "tell who would gain and who would lose these titles; this and what follows as for year" },
	YEAR_FILES,
	{ "iqc", "FILE", "internal quality control, month by month: a table (.csv, .xlsx) or a folder of them; may be given again" },
	SIGNS,
	MEMORY,
	{ "threads", "N", "work on N threads and processes (all processors)" },
	{ "timings", NULL, "print how long each stage took" },
	{ NULL, NULL, NULL },
};

static const zp_option ledger_options[] = {
	{ "ledger", "FILE", "the ledger, a file or postgresql://... (ledger.sqlite, beside the folder of published rounds)" },
	{ "all", NULL, "export: every version of every round" },
	{ "lab", "CODE", "show: each result of this laboratory" },
	{ "codes", "FILE", "merge: a CSV table from,to of their codes and ours" },
	{ "same-codes", NULL, "merge: codes that are the same are one laboratory's, whatever the registers say" },
	{ "issued", "DATE", "list, check: tell rounds that lie behind this date, YYYY-MM-DD" },
	{ "against", "FOLDER", "check: what was published in FOLDER, and those named after it, is in the ledger and its trail" },
	{ "head", "DIGITS", "check: this head, read off a certificate, is in the trail; may be given several times" },
	{ "json", NULL, "events: print JSON instead" },
	{ "trust", "KEYS", "add: take in only what is signed by a key of these, the centre's folder of public keys or one public key as a .pem file (signatures are not checked)" },
	BY,
	{ "reason", "TEXT", "add, merge, export, disown, roles: why, for the trail" },
	{ NULL, NULL, NULL },
};

static const zp_option year_options[] = {
	{ "ledger", "FILE", "the ledger of closed rounds (needed)" },
	BY,
	{ "into", "DIR", "publish into DIR/year-YEAR/v1 (needed)" },
	{ "issued", "DATE", "date of issue, YYYY-MM-DD (needed)" },
	YEAR_FILES,
	{ "awards", "LIST", "titles: rules/awards/NAME.xml, or files that end in .xml, with commas between (none)" },
	{ "decisions", "FILE", "what the committee decided on titles of the year, which the ledger keeps" },
	{ "what-if", "FILE", "another rule of one of the awards: print who would gain and who would lose, and publish nothing" },
	{ "iqc", "FILE", "internal quality control, month by month: a table (.csv, .xlsx) or a folder of them; may be given again" },
	{ "emit", "LIST", "what to write beside the tables: workbook-xlsx, book-json, pages-html, certificate-pdf; tables: nothing more (all)" },
	{ "seal", "FILE", "the organiser's seal on printed papers, a PNG file (none)" },
	{ "certificates", "LIST", "templates of papers: rules/certificates/NAME.xml, or files that end in .xml, with commas between (annual,recognition,title)" },
	SIGNS,
	{ "amend", NULL, "publish a new version of a year that is published" },
	{ "draft", NULL, "for a look: into DIR/year-YEAR-draft; nothing goes into the ledger, no paper is printed" },
	{ "threads", "N", "work on N threads (all processors)" },
	{ NULL, NULL, NULL },
};

static const zp_option key_options[] = {
	{ "into", "KEYS", "new: the folder of keys, which must not exist or be empty (needed)" },
	{ "key", "KEYS", "the folder of keys (needed, except for new)" },
	{ "name", "NAME", "new: name of the centre, as it stands in certificates (needed)" },
	{ "date", "DATE", "the day from which it holds, YYYY-MM-DD (needed, except for list)" },
	{ "passphrase", "FILE", "a file whose first line locks the private keys (none)" },
	{ "years", "N", "new, rotate: how many years certificates last (10)" },
	{ "reason", "TEXT", "revoke: why (needed)" },
	{ "ledger", "FILE", "tell the trail of this ledger what was done" },
	BY,
	{ NULL, NULL, NULL },
};

static const zp_option verify_options[] = {
	{ "trust", "KEYS", "whom to believe: the centre's folder of public keys, or one public key as a .pem file (nobody)" },
	{ "superseded", "FILE", "a list of papers that were superseded, with FILE.sig beside it; may be given several times" },
	{ "in", "FOLDER", "the published folder that codes are looked up in" },
	{ NULL, NULL, NULL },
};

static const zp_option plot_options[] = {
	{ "as", "FILE", "write the figure as FILE: .svg, .pdf or .png (needed)" },
	{ "measurand", "M", "the measurand, by code or name (needed, except for ranks)" },
	{ "programme", "P", "the programme, where several have the measurand; of ranks (all programmes)" },
	{ "sample", "S", "the sample (the first)" },
	{ "sample-b", "T", "youden: the other sample (the next)" },
	{ "lab", "CODE", "mark this laboratory; needed for bias, history and strip" },
	{ "before", "FOLDER", "history: an earlier round as it was published; may be given several times" },
	{ "named", NULL, "dots, ranks: tell laboratories by their names, not by their codes" },
	{ "size", "WxH", "width and height in points (480x300)" },
	{ NULL, NULL, NULL },
};

static const zp_option simulate_options[] = {
	{ "into", "DIR", "write the round or the year into DIR, which must not exist or be empty (needed)" },
	{ "rounds", "N", "with 2 to 6 a whole year: so many rounds in DIR/1, DIR/2 ..., and what the year asks beside them in DIR/year (1)" },
	{ "year", "YEAR", "which year, with --rounds: the same seed has the same laboratories a year later (2026)" },
	{ "labs", "N", "number of laboratories (186)" },
	{ "programmes", "LIST", "programmes, separated by commas (chemistry)" },
	{ "measurands", "N", "the first N measurands of each programme (all)" },
	{ "samples", "N", "samples in a programme (5)" },
	{ "seed", "N", "the same seed gives the same round (1)" },
	{ "everything", NULL, "every laboratory performs every measurand" },
	{ "single-file", NULL, "one results file instead of one per laboratory" },
	{ NULL, NULL, NULL },
};

static const zp_option import_options[] = {
	{ "as", "ROUND", "write the round folder ROUND, which must not exist or be empty (needed)" },
	{ "mapping", "NAME", "what the columns mean: a mapping of the rules, or a file that ends in .xml (needed)" },
	{ "roster", "FILE", "the register, in our own form (made from the rows)" },
	{ "enrolments", "FILE", "who takes part in what, in our own form (made from the rows)" },
	{ "id", "ID", "id of the round; this and what follows stand instead of what the mapping says" },
	{ "name", "NAME", "its name" },
	{ "name-en", "NAME", "its name in English" },
	{ "year", "YEAR", "its year" },
	{ "number", "N", "its number in the year" },
	{ "opens", "INSTANT", "when it opens, such as 2026-03-01T08:00:00+08:00" },
	{ "closes", "INSTANT", "when it closes" },
	{ "organiser", "NAME", "name of the organiser" },
	{ NULL, NULL, NULL },
};

static const zp_option template_options[] = {
	{ "into", "DIR", "write the forms into DIR, which must not exist or be empty (needed)" },
	{ "lab", "CODE", "a laboratory; may be given several times (needed, or --all)" },
	{ "all", NULL, "every laboratory that is enrolled" },
	{ "kind", "KIND", "xlsx, csv or both (both)" },
	{ "threads", "N", "work in N processes (all processors)" },
	{ NULL, NULL, NULL },
};

static const zp_option certificate_options[] = {
	{ "as", "FILE", "draw it with invented results into FILE, a PDF (only say whether it is sound)" },
	{ "measurands", "N", "so many measurands, to see how a list goes on (12)" },
	{ "programmes", "N", "so many programmes, of a certificate of a round (1)" },
	{ "lab", "CODE", "code of the laboratory (an invented one)" },
	{ "lab-name", "NAME", "its name, to see how a long one stands (an invented one)" },
	{ "seal", "FILE", "the organiser's seal, a PNG file (none)" },
	{ "signed", NULL, "with the larger square code of a signed paper, a key and the head of a ledger, all invented" },
	{ NULL, NULL, NULL },
};

#define WHERE { "where", "COL=VALUE", "only rows that have VALUE in this column; may be given several times" }
#define JSON { "json", NULL, "print JSON instead of a table" }

static const zp_option estimate_options[] = {
	{ "column", "COL", "the column with the numbers (needed)" },
	{ "by", "COL", "a group for each text of this column (all rows are one)" },
	{ "method", "NAME", "a method; may be given several times (the usual ones; zhiping methods lists all)" },
	{ "set", "NAME=NUMBER", "a setting of a method, as zhiping methods NAME tells it" },
	{ "sigma-pt", "S", "standard deviation for proficiency assessment: bandwidth, and whether u is negligible; with --log10 that of the logarithms" },
	{ "delta-e", "D", "maximum permissible error, for the same; with --log10 that of the logarithms" },
	{ "step", "R", "what values are rounded to (the unit of the last decimal found); not with --log10" },
	{ "log10", NULL, "work on decimal logarithms" },
	{ "bounds", "HOW", "what <0.5 is: aside, ignore-sign (0.5), or half (0.25) (aside)" },
	WHERE, JSON,
	{ NULL, NULL, NULL },
};

static const zp_option homogeneity_options[] = {
	{ "item", "COL", "the column that names the item (needed)" },
	{ "value", "COL", "the column with the values; several when replicates stand side by side (needed)" },
	{ "occasion", "COL", "the column that tells the occasion: the first is the homogeneity test, the second the stability check" },
	{ "sigma-pt", "S", "criterion 0.3 S" },
	{ "delta-e", "D", "criterion 0.1 D, when there is no sigma-pt" },
	WHERE, JSON,
	{ NULL, NULL, NULL },
};

static const zp_option score_options[] = {
	{ "column", "COL", "the column with the results (needed)" },
	{ "lab", "COL", "the column that names the laboratory" },
	{ "x-pt", "X", "the target (needed, or --assigned)" },
	{ "assigned", "COL", "the column with each row's own target" },
	{ "u-x-pt", "U", "standard uncertainty of the target" },
	{ "expanded-x-pt", "U", "its expanded uncertainty instead" },
	{ "k-x-pt", "K", "coverage factor of that, from 1 to 15 (2)" },
	{ "sigma-pt", "S", "standard deviation for proficiency assessment: z and z'" },
	{ "delta-e", "D", "maximum permissible error: PA; the signal rests on it where there is no z, zeta or En" },
	{ "u", "COL", "the column with standard uncertainties: zeta, En with U = 2u" },
	{ "expanded", "COL", "the column with expanded uncertainties: En as reported, zeta with u = U/k" },
	{ "k", "COL|K", "their coverage factors, from 1 to 15 (2)" },
	{ "sd", "S", "standard deviation of the peers: SDI" },
	{ "ccv", "PCT", "chosen coefficient of variation: VIS" },
	{ "tdpa", "PCT", "target deviation for performance assessment: SDI and target score" },
	{ "t", "T", "TDPA in standard deviations (1.645)" },
	{ "aps", "A", "analytical performance specification, in the measurand's unit" },
	{ "warn", "Z", "up to it a score is acceptable (2)" },
	{ "act", "Z", "from it on action is due (3)" },
	WHERE, JSON,
	{ NULL, NULL, NULL },
};

static const zp_option replicates_options[] = {
	{ "lab", "COL", "the column that names the laboratory (needed)" },
	{ "value", "COL", "the column with the values, one row for each replicate (needed)" },
	{ "alpha", "P", "probability of the critical values (0.05)" },
	WHERE, JSON,
	{ NULL, NULL, NULL },
};

static const zp_option youden_options[] = {
	{ "a", "COL", "the column with the results of one sample (needed)" },
	{ "b", "COL", "that of the other (needed)" },
	{ "lab", "COL", "the column that names the laboratory" },
	{ "sigma-pt-a", "S", "standard deviation for z of the one" },
	{ "sigma-pt-b", "S", "and of the other" },
	WHERE, JSON,
	{ NULL, NULL, NULL },
};

static const zp_option series_options[] = {
	{ "z", "COL", "the column with the scores, in the order of the rounds (needed)" },
	{ "lab", "COL", "the column that names the laboratory" },
	{ "latest", "N", "rounds of the running mean (5)" },
	{ "lambda", "L", "weight of the newest in the moving average (0.2)" },
	{ "slack", "K", "slack of the cumulative sums (0.5)" },
	{ "signal", "H", "what they signal at (5)" },
	WHERE, JSON,
	{ NULL, NULL, NULL },
};

static const zp_option sigma_options[] = {
	{ "c", "FRACTION", "horwitz: mass fraction" },
	{ "reproducibility", "S", "precision: reproducibility standard deviation" },
	{ "repeatability", "S", "precision: repeatability standard deviation" },
	{ "m", "N", "precision: replicates that are averaged (1)" },
	{ "x", "COL", "rounds: the column with assigned values" },
	{ "s", "COL", "rounds: the column with standard deviations" },
	{ "at", "X", "rounds: the assigned value to work sigma_pt out for" },
	{ "column", "COL", "few: the column with the results" },
	WHERE, JSON,
	{ NULL, NULL, NULL },
};

static const zp_option count_options[] = {
	{ "column", "COL", "the column with the answers (needed)" },
	{ "by", "COL", "a group for each text of this column" },
	{ "weight", "COL", "the column that tells how often a row counts" },
	{ "order", "LIST", "all grades from low to high, separated by commas" },
	{ "threshold", "PCT", "share that makes a consensus (80)" },
	WHERE, JSON,
	{ NULL, NULL, NULL },
};

static const zp_option redact_options[] = {
	{ "into", "DIR", "make DIR/ROUND/VERSION (needed); not where the round itself is published" },
	{ "linked", "FILE", "a file of the centre's own: the same laboratory and measurand have the same pseudonym wherever it is given" },
	SIGNS,
	{ NULL, NULL, NULL },
};

static const zp_option explain_options[] = {
	{ "centre", NULL, "for the centre: with codes and values of others that were set aside; not to be handed out" },
	{ "ranking", NULL, "of a round: its ranks alone" },
	{ NULL, NULL, NULL },
};

const zp_command zp_commands[] = {
	{ "check", "ROUND", "tell everything that is wrong, and what is missing of whom; score nothing", check_options, zp_command_check },
	{ "close", "ROUND", "close a round: targets, verdicts, certificates, ranking", close_options, zp_command_close },
	{ "shard", "I/N ROUND", "of a round that is closed on several machines: work out part I of N", shard_options, zp_command_shard },
	{ "merge", "ROUND", "join the parts of a round, and close it as close does", merge_options, zp_command_merge },
	{ "amend", "ROUND", "publish a new version of a round that is published, and tell what changed for whom", amend_options, zp_command_amend },
	{ "explain", "PUBLISHED LAB [MEASURAND [SAMPLE]]", "tell how every number came about that a laboratory is told, of a round or a year", explain_options,
	  zp_command_explain },
	{ "redact", "PUBLISHED", "make of a published round what a centre can publish: no code, no name, nobody alone", redact_options, zp_command_redact },
	{ "ledger", "add|list|show|disown|papers|decisions|export|merge|check|events|head|copy|roles ...",
	  "keep closed rounds, papers and decisions: add FOLDER..., list, show ROUND, disown ROUND/vN, papers, decisions, export ROUND DIR, merge OTHER..., check, events, head, copy FROM TO, roles ACCOUNT MAY",
	  ledger_options, zp_command_ledger },
	{ "year", "YEAR", "work out a year: status, items, certificates, standings, indicators", year_options, zp_command_year },
	{ "key", "new|list|rotate|retire|revoke [ID]", "make, list, replace and withdraw the keys that the centre signs with", key_options, zp_command_key },
	{ "verify", "WHAT...", "tell whether folders, papers and codes are what the centre issued", verify_options, zp_command_verify },
	{ "methods", "[NAME]", "what rules may name: methods with their settings, and choices", no_options, zp_command_methods },
	{ "plot", "PUBLISHED KIND", "draw a figure: histogram, bias, history, youden, methods, answers, dots, ranks, strip", plot_options, zp_command_plot },
	{ "simulate", "", "write an honest synthetic round, or a year of rounds, of any size, seeded", simulate_options, zp_command_simulate },
	{ "template", "ROUND", "write the forms that laboratories fill in", template_options, zp_command_template },
	{ "certificate", "TEMPLATE", "check a template of certificates, and draw it with invented results", certificate_options, zp_command_certificate },
	{ "import", "FILE...", "make a round folder of a centre's own table", import_options, zp_command_import },
	{ "estimate", "FILE", "work a column of numbers out by each method", estimate_options, zp_command_estimate },
	{ "score", "FILE", "score a column of results against a target", score_options, zp_command_score },
	{ "homogeneity", "FILE", "test samples for homogeneity and stability", homogeneity_options, zp_command_homogeneity },
	{ "replicates", "FILE", "repeatability and reproducibility, Mandel, Cochran, Grubbs", replicates_options, zp_command_replicates },
	{ "youden", "FILE", "two samples beside each other, with the ellipse", youden_options, zp_command_youden },
	{ "series", "FILE", "scores over many rounds: RSZ, SSZ, EWMA, CUSUM", series_options, zp_command_series },
	{ "sigma", "MODEL [FILE]", "sigma_pt by a model: horwitz, precision, rounds, few", sigma_options, zp_command_sigma },
	{ "count", "FILE", "how often each answer was given; consensus, mode, median grade", count_options, zp_command_count },
	{ "help", "[COMMAND]", "print what there is to know about a command", no_options, zp_command_help },
	{ "version", "", "print the version", no_options, zp_command_version },
	{ NULL, NULL, NULL, NULL, NULL },
};

static const zp_command *find(const char *name)
{
	for (const zp_command *c = zp_commands; c->name; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static int no_such_command(const char *name)
{
	zp_arena *arena = zp_arena_open();
	zp_names *names = zp_names_take(arena);
	for (const zp_command *c = zp_commands; c->name; c++)
		zp_names_add(names, zp_text_of(c->name));
	const zp_text near = zp_nearest(names, zp_text_of(name), ZP_NEAREST_ANY);
	if (near.p)
		fprintf(stderr, zp_say("zhiping: there is no command \"%s\"; did you mean \"%.*s\"?\n"), name, (int)near.n, near.p);
	else
		fprintf(stderr, zp_say("zhiping: there is no command \"%s\"; zhiping help lists them\n"), name);
	zp_arena_close(arena);
	return ZP_BAD_USE;
}

static void print_options(const zp_option *options)
{
	for (; options->name; options++) {
		char head[64];
		snprintf(head, sizeof head, "--%s%s%s", options->name, options->argument ? " " : "",
			 options->argument ? options->argument : "");
		printf("  %-22s %s\n", head, zp_say(options->says));
	}
}

static void print_command(const zp_command *c)
{
	printf(zp_say("usage: zhiping %s %s%s[OPTION]...\n\n%s\n\n"), c->name, c->arguments, *c->arguments ? " " : "", zp_say(c->says));
	print_options(c->options);
	print_options(zp_common_options);
}

static void print_commands(FILE *where)
{
	fputs(zp_say("zhiping (质评) closes rounds of external quality assessment.\n\nusage: zhiping COMMAND ...\n\n"), where);
	for (const zp_command *c = zp_commands; c->name; c++)
		fprintf(where, "  %-11s %-34s %s\n", c->name, c->arguments, zp_say(c->says));
	fputs(zp_say("\nzhiping help COMMAND tells its options. Exit codes: 0 ok, 1 done but somebody should look, 2 usage,\n"
		     "3 input, 4 rules, 5 plugin, 6 file system, 70 a fault of the program.\n"), where);
}

int zp_command_help(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 0, 1, &given))
		return ZP_BAD_USE;
	const zp_command *c = given.n_rest ? find(given.rest[0]) : NULL;
	if (c)
		print_command(c);
	else
		print_commands(stdout);
	if (!given.n_rest || c)
		return ZP_OK;
	return no_such_command(given.rest[0]);
}

int zp_command_version(const zp_command *self, int argc, char **argv)
{
	zp_given_options given;
	if (!zp_options_read(self, argc, argv, 0, 0, &given))
		return ZP_BAD_USE;
	puts(PACKAGE_STRING);
	return ZP_OK;
}

/* The value of an option wherever it stands, before it is known which command it belongs to; NULL: not given. The last counts. */
static const char *given_anywhere(int argc, char **argv, const char *option)
{
	const char *value = NULL;
	const size_t n = strlen(option);
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strncmp(argv[i], option, n) == 0 && argv[i][n] == '=')
			value = argv[i] + n + 1;
		else if (strcmp(argv[i], option) == 0 && i + 1 < argc)
			value = argv[++i];
	return value;
}

static void choose_language(int argc, char **argv)
{
	const char *language = given_anywhere(argc, argv, "--lang"), *folder = given_anywhere(argc, argv, "--words");
	if (language ? strcmp(language, "zh") == 0 : zp_words_wanted())
		zp_words_open(folder ? folder : ZP_WORDS_DIR);
}

/* Language and catalogue may stand before the command as well. */
static bool is_of_language(const char *word) { return strncmp(word, "--lang", 6) == 0 || strncmp(word, "--words", 7) == 0; }

int main(int argc, char **argv)
{
	zp_environment_begin(argv);
	choose_language(argc, argv);
	if (!zp_environment_password(argc, argv))
		return ZP_BAD_USE;
	while (argc > 1 && is_of_language(argv[1])) {
		const int n = strchr(argv[1], '=') || argc < 3 ? 1 : 2;
		argc -= n, argv += n;
	}
	if (argc < 2) {
		print_commands(stderr);
		return ZP_BAD_USE;
	}
	const char *name = argv[1];
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0)
		name = "version";
	const zp_command *c = find(name);
	if (!c)
		return no_such_command(name);
	for (int i = 2; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0) {
			print_command(c);
			return ZP_OK;
		}
	signal(SIGXFSZ, SIG_IGN); /* a file beyond the allowed size is a failed write like any other */
	int code = c->run(c, argc - 1, argv + 1);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, zp_say("zhiping: what was to be printed could not be written\n"));
		return code ? code : ZP_IO;
	}
	return code;
}
