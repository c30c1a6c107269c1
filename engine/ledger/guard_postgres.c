/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a ledger in PostgreSQL has beside its tables: that they are only added to, that each chain has one end, and who sees and adds which rows.
 * docs/postgres.md explains it. `@` stands for the schema. Never changed once it was published, as the tables: what came later is in
 * renew_postgres.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/arena.h"
#include "ledger/postgres.h"
#include "ledger/store.h"

/* ---- from the words of SQLite ---- */

static const struct { const char *from, *to; } words[] = {
	{ "text TEXT NOT NULL UNIQUE)", "text TEXT NOT NULL, EXCLUDE USING hash (text WITH =))" }, /* the entry of an index that is sorted has no room for a long text */
	{ ", UNIQUE (year, award, lab, date, decision, \"by\", because)", "" }, /* nor for a long reason: title_once */
	{ " STRICT, WITHOUT ROWID", "" }, { " STRICT", "" }, { " AUTOINCREMENT", "" }, { "INTEGER", "BIGINT" }, { "BLOB", "BYTEA" },
	{ " TEXT NOT NULL", " TEXT COLLATE \"C\" NOT NULL" }, /* in the order of their bytes */
	{ " AS SELECT", " WITH (security_invoker = true) AS SELECT" }, /* who looks through a view sees what he sees without it */
	{ "json_extract(", "@.json_extract(" }, { "json_each(", "@.json_each(" },
};

/* All of a text with each of the words put for another, in their order. */
static const char *in_postgres(zp_arena *arena, const char *text)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *out = "", *rest = text;
		for (const char *at = strstr(rest, words[i].from); at; at = strstr(rest, words[i].from)) {
			out = zp_arena_print(arena, "%s%.*s%s", out, (int)(at - rest), rest, words[i].to);
			rest = at + strlen(words[i].from);
		}
		text = zp_arena_print(arena, "%s%s", out, rest);
	}
	return text;
}

bool zp_postgres_run(zp_ledger *ledger, const char *schema, const char *text, zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	const char *out = "";
	for (const char *at = strchr(text, '@'); at; at = strchr(text, '@')) {
		out = zp_arena_print(arena, "%s%.*s%s", out, (int)(at - text), text, schema);
		text = at + 1;
	}
	const bool good = zp_sql_run(ledger, zp_arena_print(arena, "%s%s", out, text), err);
	zp_arena_close(arena);
	return good;
}

bool zp_postgres_tables(zp_ledger *ledger, const char *schema, const char *tables, zp_error *err)
{
	static const char json[] = /* of SQLite; the views ask for members of objects only */
		"CREATE OR REPLACE FUNCTION @.json_extract(document text, path text) RETURNS text LANGUAGE sql IMMUTABLE AS"
		" $$ SELECT document::json ->> substr(path, 3) $$;"
		"CREATE OR REPLACE FUNCTION @.json_each(document text, path text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS"
		" $$ SELECT e::text FROM json_array_elements(document::json -> substr(path, 3)) AS e $$;";
	zp_arena *arena = zp_arena_open();
	const bool good = zp_postgres_run(ledger, schema, json, err) && zp_postgres_run(ledger, schema, in_postgres(arena, tables), err);
	zp_arena_close(arena);
	return good;
}

/* ---- chains ---- */

/* The end of each chain, which every account sees; and the transaction that put the last row, so that nobody adds to an entry later on.
 * The server works out what follows from the end, so that no client, whatever program that is, makes a chain of two ends or puts in what others
 * could not go on from. After the row, so that a head moves with a row only; by the ledger's own tables, and as no trigger of anybody else's. */
static const char chains[] =
	"CREATE UNIQUE INDEX title_once ON title (year, award, lab, date, decision, \"by\", md5(because));"
	"CREATE TABLE head (name TEXT COLLATE \"C\" PRIMARY KEY, seq BIGINT NOT NULL, digest TEXT COLLATE \"C\" NOT NULL, put xid8 NOT NULL);"
	"CREATE FUNCTION @.move_head() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
	"  IF NEW.name <> OLD.name OR NEW.seq <> OLD.seq + 1 THEN RAISE EXCEPTION 'a head moves to the next row'; END IF;"
	"  RETURN NEW; END $$;"
	"CREATE TRIGGER head_update BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION @.move_head();"
	"CREATE FUNCTION @.follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = @, pg_temp AS $$"
	" DECLARE last record; cells jsonb := to_jsonb(NEW); n bigint; end_of text; BEGIN"
	"  IF TG_RELID NOT IN ('@.round'::regclass, '@.paper'::regclass, '@.title'::regclass, '@.event'::regclass) THEN RAISE EXCEPTION 'that table is none of the ledger'; END IF;"
	"  SELECT max(seq) AS seq, max(digest) AS digest INTO last FROM head WHERE name = TG_TABLE_NAME;"
	"  n := cells ->> TG_ARGV[0]; end_of := cells ->> TG_ARGV[1];"
	"  IF n <> coalesce(last.seq, 0) + 1 THEN RAISE EXCEPTION 'a row of % comes after the last one, and nowhere else', TG_TABLE_NAME; END IF;"
	"  IF TG_TABLE_NAME = 'round' AND end_of <> encode(sha256(convert_to(coalesce(last.digest, '') || (cells ->> 'content'), 'UTF8')), 'hex')"
	"   OR TG_TABLE_NAME = 'event' AND (cells ->> 'before' <> coalesce(last.digest, '" ZP_TRAIL_BEGINNING "') OR end_of <> @.event_hash(cells)) THEN"
	"   RAISE EXCEPTION 'a row of % does not follow from the last one', TG_TABLE_NAME; END IF;"
	"  INSERT INTO head VALUES (TG_TABLE_NAME, n, end_of, pg_current_xact_id())"
	"   ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, digest = excluded.digest, put = excluded.put;"
	"  RETURN NULL; END $$;"
	"REVOKE ALL ON FUNCTION @.follow() FROM PUBLIC;" /* who could, would lay it on a table of his own */
	"CREATE FUNCTION @.event_hash(cells jsonb) RETURNS text LANGUAGE sql IMMUTABLE AS $$"
	"  SELECT encode(sha256(convert_to('zhiping event 1' || chr(10) || (cells ->> 'before') || chr(10) ||"
	"   string_agg(octet_length(cells ->> name) || ':' || (cells ->> name) || chr(10), '' ORDER BY i), 'UTF8')), 'hex')"
	"  FROM unnest(ARRAY['seq', 'at', 'who', 'what', 'subject', 'why', 'detail']) WITH ORDINALITY AS u(name, i) $$;"
	"CREATE TRIGGER follow AFTER INSERT ON round FOR EACH ROW EXECUTE FUNCTION @.follow('round', 'chain');"
	"CREATE TRIGGER follow AFTER INSERT ON paper FOR EACH ROW EXECUTE FUNCTION @.follow('act', 'chain');"
	"CREATE TRIGGER follow AFTER INSERT ON title FOR EACH ROW EXECUTE FUNCTION @.follow('act', 'chain');"
	"CREATE TRIGGER follow AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION @.follow('seq', 'hash');";

/* Each round and each conflict has the event that tells of it, once, and before the transaction ends. */
static const char told[] =
	"CREATE UNIQUE INDEX round_told ON event (md5(subject)) WHERE what !~ '^add-withheld' AND detail ~ '(^| )content=';"
	"CREATE UNIQUE INDEX conflict_told ON event (md5(subject), split_part(detail, ' ', 1)) WHERE what ~ '^add-withheld';"
	"CREATE FUNCTION @.is_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = @, pg_temp AS $$"
	" DECLARE named text := NEW.id || '/v' || NEW.version; said text := 'manifest=' || NEW.digest; found boolean; BEGIN"
	"  IF TG_RELID = '@.round'::regclass THEN"
	"   found := EXISTS (SELECT 1 FROM event WHERE md5(subject) = md5(named) AND subject = named AND what !~ '^add-withheld' AND detail ~ '(^| )content='"
	" AND detail = said || ' content=' || NEW.content);"
	"  ELSE"
	"   found := EXISTS (SELECT 1 FROM event WHERE md5(subject) = md5(named) AND subject = named AND what ~ '^add-withheld' AND split_part(detail, ' ', 1) = said);"
	"  END IF;"
	"  IF NOT found THEN RAISE EXCEPTION 'no event tells of %', named; END IF;"
	"  RETURN NULL; END $$;"
	"REVOKE ALL ON FUNCTION @.is_told() FROM PUBLIC;"
	"CREATE CONSTRAINT TRIGGER told AFTER INSERT ON round DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION @.is_told();"
	"CREATE CONSTRAINT TRIGGER told AFTER INSERT ON conflict DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION @.is_told();";

/* ---- accounts ---- */

/* Who may do what: the last line of an account holds. An account is a login of the server; the owner of the tables is above all of it. */
static const char accounts[] =
	"CREATE TABLE member (n BIGINT PRIMARY KEY, role TEXT COLLATE \"C\" NOT NULL, may TEXT COLLATE \"C\" NOT NULL"
	" CHECK (may IN ('operator', 'auditor', 'city', 'nothing')), rounds TEXT COLLATE \"C\" NOT NULL CHECK ((may = 'city') = (rounds <> '')));"
	"CREATE FUNCTION @.may() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = @, pg_temp AS"
	" $$ SELECT may FROM member WHERE role = session_user ORDER BY n DESC LIMIT 1 $$;"
	"CREATE FUNCTION @.own() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = @, pg_temp AS" /* how ids of a city's rounds begin */
	" $$ SELECT CASE WHEN may = 'city' THEN rounds END FROM member WHERE role = session_user ORDER BY n DESC LIMIT 1 $$;"
	"CREATE FUNCTION @.sees_all() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT coalesce(@.may() IN ('operator', 'auditor'), false) $$;"
	"CREATE FUNCTION @.adds_all() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT coalesce(@.may() = 'operator', false) $$;"
	"CREATE FUNCTION @.puts_round(id text) RETURNS boolean LANGUAGE sql STABLE SET search_path = @, pg_temp AS"
	" $$ SELECT NOT row_security_active('round') OR @.adds_all() OR coalesce(starts_with(id, @.own()), false) $$;"
	"CREATE FUNCTION @.is_me(who text) RETURNS boolean LANGUAGE sql STABLE AS" /* 张三 (yichang/lisi) */
	" $$ SELECT starts_with(split_part(who, ' (', -1), session_user || '/') $$;"
	/* A row of a city refers to a text by its number, and shows the city what the text says: so it refers to those only that the city knew, which
	 * are those that it has asked for by what they say. */
	"CREATE TABLE named (role TEXT COLLATE \"C\", text BIGINT, PRIMARY KEY (role, text));"
	"CREATE FUNCTION @.text_id(wanted text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = @, pg_temp"
	" SET enable_seqscan = off AS $$ DECLARE found bigint; BEGIN" /* the table may grow by a large round after this was planned */
	"  SELECT id INTO found FROM text WHERE text = wanted;"
	"  IF found IS NULL THEN INSERT INTO text SELECT coalesce(max(id), 0) + 1, wanted FROM text RETURNING id INTO found; END IF;"
	"  IF @.may() = 'city' THEN INSERT INTO named VALUES (session_user, found) ON CONFLICT DO NOTHING; END IF;"
	"  RETURN found; END $$;"
	"REVOKE ALL ON FUNCTION @.text_id(text) FROM PUBLIC;"
	"CREATE FUNCTION @.has_named(VARIADIC texts bigint[]) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = @, pg_temp"
	" SET enable_seqscan = off AS $$ DECLARE one bigint; BEGIN" /* as before */
	"  FOREACH one IN ARRAY texts LOOP"
	"   IF NOT EXISTS (SELECT 1 FROM named WHERE role = session_user AND text = one) THEN RETURN false; END IF;"
	"  END LOOP;"
	"  RETURN true; END $$;"
	"CREATE FUNCTION @.let_in(login text, what text, begins text) RETURNS void LANGUAGE plpgsql SET search_path = @, pg_temp AS $$ BEGIN"
	"  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = login) THEN RAISE EXCEPTION 'the server has no account %', login; END IF;"
	"  INSERT INTO member SELECT coalesce(max(n), 0) + 1, login, what, begins FROM member;"
	"  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA @ FROM %1$I; REVOKE ALL ON FUNCTION @.text_id(text) FROM %1$I; REVOKE ALL ON SCHEMA @ FROM %1$I', login);"
	"  IF what <> 'nothing' THEN EXECUTE format('GRANT USAGE ON SCHEMA @ TO %1$I; GRANT SELECT ON ALL TABLES IN SCHEMA @ TO %1$I', login); END IF;"
	"  IF what IN ('operator', 'city') THEN EXECUTE format('GRANT EXECUTE ON FUNCTION @.text_id(text) TO %1$I; GRANT INSERT ON round, manifest, lab,"
	" programme, sample, measurand, answer, target, tally, result, conflict, event TO %1$I', login); END IF;"
	"  IF what = 'operator' THEN EXECUTE format('GRANT INSERT ON paper, title, paper_conflict TO %1$I', login); END IF;"
	" END $$;"
	"REVOKE ALL ON FUNCTION @.let_in(text, text, text) FROM PUBLIC;";

/* ---- which rows ---- */

#define ALL "(SELECT @.sees_all())"
#define ADDS "(SELECT @.adds_all())"
#define OWN(id) "coalesce(starts_with(" id ", (SELECT @.own())), false)"
#define OF_ROUND ALL " OR round IN (SELECT round FROM round)" /* of a round that is seen */
#define WITH_ROUND "round = (SELECT seq FROM head WHERE name = 'round' AND put = pg_current_xact_id())" /* of the last round, in the transaction that put it */
#define WITH_TEXTS(ids) WITH_ROUND " AND (" ADDS " OR @.has_named(" ids "))"

/* NULL: nobody but the owner adds. */
static const struct guard { const char *table, *sees, *adds; } guards[] = {
	{ "schema_version", "true", NULL },
	{ "word", "true", NULL },
	{ "head", "true", NULL },
	{ "member", ALL " OR role = session_user", NULL },
	{ "named", ALL " OR role = session_user", NULL },
	{ "text", ALL " OR id IN (" ZP_TEXTS_USED ")", NULL }, /* added by text_id; a city sees those of its rounds */
	{ "round", ALL " OR " OWN("id"), ADDS " OR " OWN("id") },
	{ "manifest", OF_ROUND, WITH_ROUND },
	{ "lab", OF_ROUND, WITH_TEXTS("name, region, region_name, class, institution, department") },
	{ "programme", OF_ROUND, WITH_TEXTS("name, name_en, scheme, scheme_version") },
	{ "sample", OF_ROUND, WITH_ROUND },
	{ "measurand", OF_ROUND, WITH_TEXTS("name, name_en, unit, specimen, item, \"limit\", limit_set") },
	{ "answer", OF_ROUND, WITH_TEXTS("text") },
	{ "target", OF_ROUND, WITH_ROUND },
	{ "tally", OF_ROUND, WITH_ROUND },
	{ "result", OF_ROUND, WITH_ROUND },
	{ "conflict", ALL " OR " OWN("id"), ADDS " OR " OWN("id") },
	{ "paper", ALL, ADDS },
	{ "title", ALL, ADDS },
	{ "paper_conflict", ALL, ADDS },
	/* An event says whose account it is of. What that of a city says to be in the ledger, is: the round that was just put, or what was withheld. */
	{ "event", ALL " OR " OWN("subject") " OR @.is_me(who)",
	  "@.is_me(who) AND (" ADDS " OR (detail !~ '(^| )(papers|decisions|paper)=' AND ((what !~ '^(add|paper)-withheld' AND detail !~ '(^| )(manifest|content)=')"
	  " OR (detail ~ '^manifest=[0-9a-f]{64} content=[0-9a-f]{64}$' AND CASE WHEN what ~ '^add-withheld'"
	  " THEN EXISTS (SELECT 1 FROM conflict WHERE id || '/v' || version = subject AND 'manifest=' || digest = split_part(detail, ' ', 1))"
	  " ELSE what !~ '^paper-withheld' AND EXISTS (SELECT 1 FROM round WHERE " WITH_ROUND " AND id || '/v' || version = subject"
	  " AND 'manifest=' || digest || ' content=' || content = detail) END))))" },
};

static bool put_guard(zp_ledger *ledger, zp_arena *arena, const char *schema, const struct guard *g, zp_error *err)
{
	const char *t = g->table;
	const char *never = strcmp(t, "head") == 0 ? "DELETE OR TRUNCATE" : "UPDATE OR DELETE OR TRUNCATE"; /* a head moves */
	return zp_postgres_run(ledger, schema, zp_arena_print(arena,
		"CREATE TRIGGER only_added BEFORE %s ON %s FOR EACH STATEMENT EXECUTE FUNCTION @.only_added();"
		"ALTER TABLE %s ENABLE ROW LEVEL SECURITY; CREATE POLICY sees ON %s FOR SELECT USING (%s)", never, t, t, t, g->sees), err) &&
	       (!g->adds || zp_postgres_run(ledger, schema, zp_arena_print(arena, "CREATE POLICY adds ON %s FOR INSERT WITH CHECK (%s)", t, g->adds), err));
}

bool zp_postgres_guard(zp_ledger *ledger, const char *schema, zp_error *err)
{
	static const char only_added[] = "CREATE FUNCTION @.only_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a ledger is only added to'; END $$";
	zp_arena *arena = zp_arena_open();
	bool good = zp_postgres_run(ledger, schema, chains, err) && zp_postgres_run(ledger, schema, told, err) && zp_postgres_run(ledger, schema, accounts, err) && zp_postgres_run(ledger, schema, only_added, err);
	for (size_t i = 0; i < sizeof guards / sizeof *guards && good; i++)
		good = put_guard(ledger, arena, schema, &guards[i], err);
	zp_arena_close(arena);
	return good;
}

/* ---- what is there ---- */

/* A line for each thing, as the server says it, without the name of the schema. */
static const char things[] =
	"WITH s AS (SELECT %s AS oid), lines(line) AS ("
	" SELECT concat_ws(' ', 'table', relname, relkind, relrowsecurity, relforcerowsecurity, reloptions) FROM pg_class, s WHERE relnamespace = s.oid"
	" AND relkind IN ('r', 'v', 'm', 'p', 'f')"
	" UNION ALL SELECT concat_ws(' ', 'column', relname, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attcollation,"
	" pg_get_expr(adbin, adrelid)) FROM s JOIN pg_class ON relnamespace = s.oid"
	"  JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
	" WHERE relkind IN ('r', 'p', 'f')"
	" UNION ALL SELECT concat_ws(' ', 'constraint', relname, conname, convalidated, pg_get_constraintdef(c.oid)) FROM s, pg_constraint AS c JOIN"
	" pg_class AS t ON t.oid = conrelid WHERE connamespace = s.oid"
	" UNION ALL SELECT concat_ws(' ', 'index', i.relname, indisvalid, pg_get_indexdef(indexrelid)) FROM s, pg_index JOIN pg_class AS i ON i.oid ="
	" indexrelid WHERE i.relnamespace = s.oid"
	" UNION ALL SELECT concat_ws(' ', 'view', relname, pg_get_viewdef(pg_class.oid)) FROM pg_class, s WHERE relnamespace = s.oid AND relkind IN ('v',"
	" 'm')"
	" UNION ALL SELECT concat_ws(' ', 'trigger', relname, tgenabled, pg_get_triggerdef(t.oid)) FROM s, pg_trigger AS t JOIN pg_class AS c ON c.oid ="
	" tgrelid WHERE relnamespace = s.oid AND NOT tgisinternal"
	" UNION ALL SELECT concat_ws(' ', 'key', r.relname, c.conname, tgtype, tgenabled) FROM s, pg_trigger AS t JOIN pg_class AS r ON r.oid = tgrelid"
	" JOIN pg_constraint AS c ON c.oid = tgconstraint WHERE relnamespace = s.oid AND tgisinternal"
	" UNION ALL SELECT concat_ws(' ', 'rule', relname, ev_enabled, pg_get_ruledef(r.oid)) FROM s, pg_rewrite AS r JOIN pg_class AS c ON c.oid ="
	" ev_class WHERE relnamespace = s.oid AND rulename <> '_RETURN'"
	" UNION ALL SELECT concat_ws(' ', 'function', proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid), prosecdef, provolatile,"
	" proconfig, prosrc) FROM pg_proc AS p, s WHERE pronamespace = s.oid"
	" UNION ALL SELECT concat_ws(' ', 'policy', relname, polname, polcmd, polpermissive, polroles, pg_get_expr(polqual, polrelid),"
	" pg_get_expr(polwithcheck, polrelid)) FROM s, pg_policy JOIN pg_class AS c ON c.oid = polrelid WHERE relnamespace = s.oid)"
	", plain(line) AS (SELECT regexp_replace(line, '\\m(zhiping|pg_temp_\\d+|pg_temp)(\\.|\\M)', '', 'g') || chr(10) FROM lines) SELECT line FROM"
	" plain ORDER BY line COLLATE \"C\"";

bool zp_postgres_shape(zp_ledger *ledger, const char *schema, char digest[static ZP_DIGEST_TEXT], zp_error *err)
{
	zp_arena *arena = zp_arena_open();
	const char *oid = strcmp(schema, "pg_temp") == 0 ? "pg_my_temp_schema()" : "'zhiping'::regnamespace";
	const bool good = zp_sql_digest(ledger, zp_arena_print(arena, things, oid), digest, err);
	zp_arena_close(arena);
	return good;
}
