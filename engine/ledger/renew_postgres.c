/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came to the guards of a ledger in PostgreSQL later on: laid over those of guard_postgres.c, in a new ledger and in one that is there. */
#include "ledger/postgres.h"
#include "ledger/store.h"

/* The digest of an entry as entry.c works it out, out of the rows. */
static const char content[] =
	/* Eight bytes, the low one first. These three look for nothing by a name of the ledger's, so that the server lays them into what calls them. */
	"CREATE FUNCTION @.le(n bigint) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$ SELECT int8send(((n & 255) << 56) | ((n & 65280) << 40) | ((n & 16711680) << 24)"
	" | ((n & 4278190080) << 8) | ((n >> 8) & 4278190080) | ((n >> 24) & 16711680) | ((n >> 40) & 65280) | ((n >> 56) & 255)) $$;"
	"CREATE FUNCTION @.block(said text) RETURNS bytea LANGUAGE sql STABLE AS $$ SELECT @.le(octet_length(said)) || convert_to(said, 'UTF8') $$;"
	"CREATE FUNCTION @.blocks(VARIADIC said text[]) RETURNS bytea LANGUAGE sql STABLE AS"
	" $$ SELECT string_agg(@.block(s), ''::bytea ORDER BY i) FROM unnest(said) WITH ORDINALITY AS u(s, i) $$;"
	"CREATE FUNCTION @.content_of(n bigint) RETURNS text LANGUAGE sql STABLE SET search_path = @, pg_temp AS $$"
	" SELECT encode(sha256(@.blocks('zhiping ledger 1', r.id, r.name, r.name_en, r.organiser, r.organiser_en, r.issued, r.digest, r.opens, r.closes, r.engine)"
	" || @.le(r.version) || @.le(r.year) || @.le(r.number) || @.le((SELECT count(*) FROM lab WHERE round = n)) || @.le((SELECT count(*) FROM programme WHERE round = n))"
	" || @.le((SELECT count(*) FROM answer WHERE round = n)) || @.le((SELECT count(*) FROM target WHERE round = n)) || @.le((SELECT count(*) FROM tally WHERE round = n))"
	" || @.le((SELECT count(*) FROM result WHERE round = n)) || @.le(r.results)"
	" || coalesce((SELECT string_agg(@.blocks(l.code, a.text, b.text, c.text, d.text, e.text, f.text), ''::bytea ORDER BY l.lab) FROM lab AS l"
	"  JOIN text AS a ON a.id = l.name JOIN text AS b ON b.id = l.region JOIN text AS c ON c.id = l.region_name JOIN text AS d ON d.id = l.class"
	"  JOIN text AS e ON e.id = l.institution JOIN text AS f ON f.id = l.department WHERE l.round = n), '')"
	" || coalesce((SELECT string_agg(@.blocks(p.code, a.text, b.text, c.text, d.text, p.cancelled) || @.le(p.pass) || @.le(p.level) || @.le(p.trueness)"
	"  || @.le(p.measurand_status) || @.le(p.is_cancelled) || @.le(p.samples)"
	"  || @.le((SELECT count(*) FROM measurand AS m WHERE m.round = n AND m.programme = p.programme))"
	"  || coalesce((SELECT string_agg(@.block(s.code), ''::bytea ORDER BY s.sample) FROM sample AS s WHERE s.round = n AND s.programme = p.programme), '')"
	"  || coalesce((SELECT string_agg(@.blocks(m.code, t.text, u.text, v.text, w.text, x.text, y.text, z.text) || @.le(m.pass) || @.le(m.weight), ''::bytea"
	"   ORDER BY m.measurand) FROM measurand AS m JOIN text AS t ON t.id = m.name JOIN text AS u ON u.id = m.name_en JOIN text AS v ON v.id = m.unit"
	"   JOIN text AS w ON w.id = m.specimen JOIN text AS x ON x.id = m.item JOIN text AS y ON y.id = m.\"limit\" JOIN text AS z ON z.id = m.limit_set"
	"   WHERE m.round = n AND m.programme = p.programme), ''), ''::bytea ORDER BY p.programme) FROM programme AS p JOIN text AS a ON a.id = p.name"
	"  JOIN text AS b ON b.id = p.name_en JOIN text AS c ON c.id = p.scheme JOIN text AS d ON d.id = p.scheme_version WHERE p.round = n), '')"
	" || coalesce((SELECT string_agg(@.block(t.text), ''::bytea ORDER BY a.answer) FROM answer AS a JOIN text AS t ON t.id = a.text WHERE a.round = n), '')"
	" || coalesce((SELECT string_agg(@.le(\"group\") || @.blocks(programme, measurand, sample, rung, key, members, kept, used, origin, method, method_version, x_pt,"
	"  u_used, s, sigma_pt, status, delta_e, low, high, sdi_centre, sdi_sd, doubts), ''::bytea ORDER BY \"group\") FROM target WHERE round = n), '')"
	" || coalesce((SELECT string_agg(@.le((lab << 32) | (programme << 16) | measurand) || @.le((standing << 8) | satisfaction) || @.le(credit)"
	"  || @.le((total << 32) | not_evaluated), ''::bytea ORDER BY lab, programme, measurand) FROM tally WHERE round = n), '')"
	" || coalesce((SELECT string_agg(@.le((lab << 32) | (programme << 16) | measurand) || @.le(octet_length(samples)) || samples, ''::bytea"
	"  ORDER BY lab, programme, measurand) FROM result WHERE round = n), '')"
	" || coalesce((SELECT @.block(manifest) FROM manifest WHERE round = n), '')), 'hex') FROM round AS r WHERE r.round = n $$;";

/* What does not fit in a round, as take.c and check.c would find it; NULL: it all fits. What the bytes of `result` say is read by the program only. */
static const char fits[] =
	"CREATE FUNCTION @.misfit(n bigint) RETURNS text LANGUAGE sql STABLE SET search_path = @, pg_temp AS $$ SELECT CASE"
	" WHEN id !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$' THEN 'its id'"
	" WHEN version NOT BETWEEN 1 AND 2147483647 THEN 'its version'"
	" WHEN year NOT BETWEEN 1900 AND 2999 OR number NOT BETWEEN 1 AND 366 OR results < 0 THEN 'its year or number'"
	" WHEN issued !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' OR opens !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' OR closes !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' THEN 'its dates'"
	" WHEN digest !~ '^[0-9a-f]{64}$' OR content !~ '^[0-9a-f]{64}$' THEN 'its digests'"
	" WHEN digest IS DISTINCT FROM (SELECT encode(sha256(convert_to(manifest, 'UTF8')), 'hex') FROM manifest WHERE round = n) THEN 'its manifest'"
	" WHEN (SELECT json_typeof(manifest::json) FROM manifest WHERE round = n) <> 'object' THEN 'its manifest'"
	" WHEN EXISTS (SELECT 1 FROM (SELECT lab, row_number() OVER (ORDER BY lab) - 1 AS due, code FROM lab WHERE round = n) AS l"
	"  WHERE lab <> due OR code !~ '^[A-Z0-9][A-Z0-9_-]{0,31}$') THEN 'its register'"
	" WHEN EXISTS (SELECT 1 FROM (SELECT *, row_number() OVER (ORDER BY programme) - 1 AS due FROM programme WHERE round = n) AS p WHERE programme <> due"
	"  OR programme > 65535 OR trueness NOT IN (0, 1) OR measurand_status NOT IN (0, 1) OR is_cancelled NOT IN (0, 1) OR pass NOT BETWEEN 0 AND 4294967295"
	"  OR NOT EXISTS (SELECT 1 FROM word WHERE list = 'level' AND word.number = level)"
	"  OR samples <> (SELECT count(*) FROM sample AS s WHERE s.round = n AND s.programme = p.programme) OR samples > 65535) THEN 'its programmes'"
	" WHEN EXISTS (SELECT 1 FROM (SELECT sample, row_number() OVER (PARTITION BY programme ORDER BY sample) - 1 AS due FROM sample WHERE round = n) AS s"
	"  WHERE sample <> due) THEN 'its samples'"
	" WHEN EXISTS (SELECT 1 FROM (SELECT measurand, pass, weight, row_number() OVER (PARTITION BY programme ORDER BY measurand) - 1 AS due FROM measurand"
	"  WHERE round = n) AS m WHERE measurand <> due OR measurand > 65534 OR pass NOT BETWEEN 0 AND 4294967295 OR weight NOT BETWEEN 0 AND 4294967295) THEN 'its measurands'"
	" WHEN EXISTS (SELECT 1 FROM (SELECT answer, row_number() OVER (ORDER BY answer) - 1 AS due FROM answer WHERE round = n) AS a WHERE answer <> due) THEN 'its answers'"
	" WHEN EXISTS (SELECT 1 FROM target WHERE round = n AND \"group\" NOT BETWEEN 0 AND 4294967295) THEN 'its targets'"
	" WHEN EXISTS (SELECT 1 FROM tally WHERE round = n AND (credit NOT BETWEEN 0 AND 4294967295 OR total NOT BETWEEN 0 AND 4294967295"
	"   OR not_evaluated NOT BETWEEN 0 AND 4294967295 OR standing NOT IN (SELECT word.number FROM word WHERE list = 'standing')"
	"   OR satisfaction NOT IN (SELECT word.number FROM word WHERE list = 'satisfaction')))"
	"  OR EXISTS (SELECT programme, measurand FROM tally WHERE round = n EXCEPT SELECT programme, measurand FROM measurand WHERE round = n"
	"   EXCEPT SELECT programme, 65535 FROM programme WHERE round = n) THEN 'its verdicts'"
	" WHEN EXISTS (SELECT programme, measurand FROM result WHERE round = n EXCEPT SELECT programme, measurand FROM measurand WHERE round = n) THEN 'its results'"
	" WHEN content <> @.content_of(n) THEN 'its content' END FROM round WHERE round = n $$;"
	"REVOKE ALL ON FUNCTION @.misfit(bigint) FROM PUBLIC;";

static const char looked_at[] =
	/* Once a round was looked at, nothing comes to it any more, not even in the same transaction. */
	"CREATE OR REPLACE FUNCTION @.move_head() RETURNS trigger LANGUAGE plpgsql SET search_path = @, pg_temp AS $$ BEGIN"
	"  IF NEW.name <> OLD.name OR NEW.seq <> OLD.seq + 1 AND NOT (NEW.seq = OLD.seq AND NEW.digest = OLD.digest AND NEW.put = '0') THEN"
	"   RAISE EXCEPTION 'a head moves to the next row'; END IF;"
	"  RETURN NEW; END $$;"
	"CREATE FUNCTION @.is_fit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = @, pg_temp AS $$"
	" DECLARE named text := NEW.id || '/v' || NEW.version; odd text; BEGIN"
	"  IF NOT EXISTS (SELECT 1 FROM event WHERE what = 'disown' AND subject = named) THEN" /* comes as a copy */
	"   odd := @.misfit(NEW.round);"
	"   IF odd IS NOT NULL THEN RAISE EXCEPTION 'the round % does not fit: %', named, odd; END IF;"
	"   UPDATE head SET put = '0' WHERE name = 'round' AND seq = NEW.round;"
	"  END IF;"
	"  RETURN NULL; END $$;"
	"REVOKE ALL ON FUNCTION @.is_fit() FROM PUBLIC;"
	/* After the trigger `told`: triggers of one row go by their names. */
	"CREATE CONSTRAINT TRIGGER told_fits AFTER INSERT ON round DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION @.is_fit();";

/* Nothing that is looked for by its name is found in somebody else's schema. */
static const char paths[] =
	"ALTER FUNCTION @.sees_all() SET search_path = @, pg_temp; ALTER FUNCTION @.adds_all() SET search_path = @, pg_temp;"
	"ALTER FUNCTION @.is_me(text) SET search_path = @, pg_temp; ALTER FUNCTION @.event_hash(jsonb) SET search_path = @, pg_temp;"
	"ALTER FUNCTION @.json_extract(text, text) SET search_path = @, pg_temp; ALTER FUNCTION @.json_each(text, text) SET search_path = @, pg_temp;"
	"ALTER FUNCTION @.only_added() SET search_path = @, pg_temp;";

/* Who can lift what holds an account: row-level security and the triggers, as itself or by SET ROLE. */
static const char above[] =
	"CREATE FUNCTION @.is_above(login text) RETURNS boolean LANGUAGE sql STABLE SET search_path = @, pg_temp AS $$ SELECT EXISTS (SELECT 1 FROM pg_roles AS g"
	" WHERE (g.rolsuper OR g.rolbypassrls OR g.oid = (SELECT nspowner FROM pg_namespace WHERE nspname = '@')) AND pg_has_role(login::name, g.oid, 'MEMBER')) $$;";

/* One writes at a time: a lock that nobody can take who may only read. */
static const char turns[] =
	"CREATE FUNCTION @.take_turn() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = @, pg_temp AS $$ BEGIN LOCK TABLE head IN EXCLUSIVE MODE; END $$;"
	"REVOKE ALL ON FUNCTION @.take_turn() FROM PUBLIC;"
	"CREATE OR REPLACE FUNCTION @.let_in(login text, what text, begins text) RETURNS void LANGUAGE plpgsql SET search_path = @, pg_temp AS $$ BEGIN"
	"  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = login) THEN RAISE EXCEPTION 'the server has no account %', login; END IF;"
	"  INSERT INTO member SELECT coalesce(max(n), 0) + 1, login, what, begins FROM member;"
	"  EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA @ FROM %1$I; REVOKE ALL ON FUNCTION @.text_id(text), @.take_turn() FROM %1$I; REVOKE ALL ON SCHEMA @ FROM %1$I', login);"
	"  IF what <> 'nothing' THEN EXECUTE format('GRANT USAGE ON SCHEMA @ TO %1$I; GRANT SELECT ON ALL TABLES IN SCHEMA @ TO %1$I', login); END IF;"
	"  IF what IN ('operator', 'city') THEN EXECUTE format('GRANT EXECUTE ON FUNCTION @.text_id(text), @.take_turn() TO %1$I; GRANT INSERT ON round, manifest, lab,"
	" programme, sample, measurand, answer, target, tally, result, conflict, event TO %1$I', login); END IF;"
	"  IF what = 'operator' THEN EXECUTE format('GRANT INSERT ON paper, title, paper_conflict TO %1$I', login); END IF;"
	" END $$;"
	"DO $$ DECLARE login text; BEGIN" /* who was let in before */
	"  FOR login IN SELECT role FROM @.member AS m JOIN pg_roles ON rolname = role WHERE n = (SELECT max(n) FROM @.member AS l WHERE l.role = m.role)"
	"   AND may IN ('operator', 'city') LOOP EXECUTE format('GRANT EXECUTE ON FUNCTION @.take_turn() TO %I', login); END LOOP;"
	" END $$;";

/* An event of a city is one that a city's commands put in, at this time, of a round of its own where it is of a version of a round; and what it says
 * to be in the ledger, is: the round that was just put, or what was withheld. */
static const char events[] =
	"CREATE FUNCTION @.is_now(at text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = @, pg_temp AS $$"
	" DECLARE now_here text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'); BEGIN"
	"  IF at ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$' AND abs(extract(epoch FROM at::timestamptz - clock_timestamp())) <= 600 THEN RETURN true; END IF;"
	"  RAISE EXCEPTION 'the clock of this machine says %, that of the server %', at, now_here USING ERRCODE = '55000'; END $$;"
	"DROP POLICY adds ON event;"
	"CREATE POLICY adds ON event FOR INSERT WITH CHECK (@.is_me(who) AND ((SELECT @.adds_all()) OR ("
	"what ~ '^((close|add|amend|merge)(-refused)?|add-withheld|export|what-if|key-(new|rotate|retire|revoke))$'"
	" AND (subject !~ '^[^/]*/v[0-9]+$' OR coalesce(starts_with(subject, (SELECT @.own())), false)) AND detail !~ '(^| )(papers|decisions|paper)='"
	" AND ((what <> 'add-withheld' AND detail !~ '(^| )(manifest|content)=') OR (detail ~ '^manifest=[0-9a-f]{64} content=[0-9a-f]{64}$' AND CASE"
	" WHEN what = 'add-withheld' THEN EXISTS (SELECT 1 FROM conflict WHERE id || '/v' || version = subject AND 'manifest=' || digest = split_part(detail, ' ', 1))"
	" ELSE EXISTS (SELECT 1 FROM round WHERE round = (SELECT seq FROM head WHERE name = 'round' AND put = pg_current_xact_id())"
	"  AND id || '/v' || version = subject AND 'manifest=' || digest || ' content=' || content = detail) END))"
	" AND @.is_now(at))));";

bool zp_postgres_renew(zp_ledger *ledger, const char *schema, zp_error *err)
{
	const char *const all[] = { content, fits, looked_at, paths, above, turns, events };
	bool good = true;
	for (size_t i = 0; i < sizeof all / sizeof *all && good; i++)
		good = zp_postgres_run(ledger, schema, all[i], err);
	return good;
}
