#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What careless and hostile people hand over, by chance but seeded, for tests/year-hostile.sh.

usage: year_hostile.py folders PUBLISHED SEED N   altered folders whose digests are right: refused in a sentence, or whole in the ledger
       year_hostile.py rules PUBLISHED SEED N     altered rule files: refused in a sentence, or the same bytes on one and seven threads
       year_hostile.py years PUBLISHED SEED N     random rounds under random rules: order of arrival and threads do not show; a better
                                                  result takes nothing away, nor does an excused round more; ledgers merge in any order

PUBLISHED is a closed round with the programmes chemistry and serology, whose tables are the pattern. Larger N for a longer search."""
import copy, csv, hashlib, io, json, os, random, re, shutil, subprocess, sys, tempfile
import xml.etree.ElementTree as E

sys.dont_write_bytecode = True
import trail

ZHIPING, OPTIONS, TOP = os.environ["ZHIPING"], os.environ["ZP_OPTIONS"].split(), os.environ["top_srcdir"]
TABLES = ("register", "programmes", "measurands", "targets", "verdicts", "scores")
EVIL = ["", "0", "-1", "9" * 400, "1e400", "NaN", "../../x", ".", "/", "=SUM(1)", "\u202eabc", "\x00", "\x01", "<&>\"'", "]]>", "\ufffe", "x" * 5000, "%s%n", "4294967296",
        "65536", "2147483648", "-2147483648", "18446744073709551616", " ", "\n", "a,b", '"', "L0001", "*", "é", "１２", "100", "all", "none", "true", "2028-02-29", "9999-12-31"]
faults, refused, done = [], 0, 0


def fault(why, *shown):
    faults.append(why + ": " + " ".join(str(s) for s in shown)[:1500])


def run(*arguments, codes=(0, 1, 3, 4)):
    global refused, done
    done += 1
    p = subprocess.run([ZHIPING, *arguments], capture_output=True, timeout=120)
    said = p.stderr.decode("utf-8", "backslashreplace")
    if p.returncode not in codes:
        fault(f"it ended with {p.returncode}", arguments, said)
    elif p.returncode > 1 and not said.strip():
        fault("it is refused without a sentence", arguments)
    if any(ord(c) < 32 and c != "\n" for c in said):
        fault("control characters are told", repr(said[:300]))
    refused += p.returncode > 1
    return p.returncode, said


def ledger(*arguments, **codes):
    return run("ledger", *arguments, **codes)


def year(path, into, *arguments):
    return run("year", "2026", *OPTIONS, "--emit", "tables", "--issued", "2027-01-10", "--ledger", path, "--into", into, *arguments)


def tree(folder):
    return {os.path.relpath(os.path.join(at, n), folder): open(os.path.join(at, n), "rb").read() for at, _, names in os.walk(folder) for n in names}


def differ(a, b):
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


def but_for_trail(files):
    """The trail tells in which order rounds came, and its head is in the manifest: that may differ, and nothing else."""
    out = {}
    for name, content in files.items():
        if os.path.basename(name) == "manifest.json":
            content = {k: v for k, v in json.loads(content).items() if k != "ledger"}
        out[name] = content
    return out


def load(folder, name):
    return list(csv.reader(open(f"{folder}/{name}.csv", encoding="utf-8", newline="")))


def save(folder, name, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    open(f"{folder}/{name}.csv", "wb").write(out.getvalue().encode())


def seal(folder, manifest):
    for output in manifest["outputs"]:
        data = open(f"{folder}/{output['name']}", "rb").read()
        output["size"], output["sha256"] = len(data), hashlib.sha256(data).hexdigest()
    json.dump(manifest, open(folder + "/manifest.json", "w", encoding="utf-8"), ensure_ascii=False)


def both(path, scratch, *arguments):
    """The year on one thread and on seven: the same answer, the same bytes, and nothing that is no XML."""
    shutil.copy(path, scratch + "/seven.sqlite")
    one, seven = year(path, scratch + "/one", "--threads", "1", *arguments), year(scratch + "/seven.sqlite", scratch + "/seven", "--threads", "7", *arguments)
    tables = tree(scratch + "/one")
    if one != seven or differ(tables, tree(scratch + "/seven")):
        fault("threads show", arguments, one, seven)
    for name, data in tables.items():
        if name.endswith(".xml"):
            try:
                E.fromstring(data)
            except E.ParseError as wrong:
                fault("no XML", name, wrong)
    if one[0] and tables:
        fault("it is refused and published", arguments)
    if ledger("check", "--ledger", path)[0]:
        fault("the ledger is not clean after the year", arguments)
    return one[0]


# ---- folders ----

def alter(chance, folder, manifest):
    if chance.random() < 0.2:
        name = chance.choice(["round", "version", "name", "organiser", "year", "number", "opens", "closes", "issued"])
        manifest[name] = chance.choice(EVIL + [0, -1, 10 ** 20, 2 ** 32 + 2026, None, [], {}, 1.5, "2026-12-31T23:59:59+14:00"])
        return
    name = chance.choice(TABLES)
    rows = load(folder, name)
    if len(rows) < 2:
        return
    at, what = chance.randrange(1, len(rows)), chance.randrange(8)
    if what < 3:
        rows[at][chance.randrange(len(rows[at]))] = chance.choice(EVIL)
    elif what == 3:
        column = chance.randrange(len(rows[0]))
        rows[at][column] = rows[chance.randrange(1, len(rows))][column]
    elif what == 4:
        rows.insert(chance.randrange(1, len(rows)), list(rows[at]))
    elif what == 5:
        del rows[at]
    elif what == 6:
        chance.shuffle(rows)
    else:
        rows[1:] = []
    save(folder, name, rows)


def folders(chance, published, scratch):
    folder = scratch + "/folder"
    shutil.copytree(published, folder, copy_function=shutil.copyfile)
    for place, _, _ in os.walk(folder): # what was published is read-only
        os.chmod(place, 0o755)
    manifest = json.load(open(folder + "/manifest.json", encoding="utf-8"))
    for _ in range(chance.choice((1, 1, 2))):
        alter(chance, folder, manifest)
    seal(folder, manifest)
    path = scratch + "/l.sqlite"
    if ledger("add", folder, "--ledger", path)[0]:
        return
    if ledger("check", "--ledger", path)[0] or ledger("export", "--all", scratch + "/export", "--ledger", path)[0]:
        fault("what was added is not whole", [n for n in TABLES if load(folder, n) != load(published, n)], manifest["round"])
    both(path, scratch, "--awards", "excellent-laboratory", "--recognition", "city")


# ---- rules ----

RULES = {"--rules-year": "years/default.xml", "--awards": "awards/excellent-laboratory.xml", "--recognition": "recognition/city.xml", "--regions": "regions/hubei.xml"}


def written(value):
    return "".join(f"&#{ord(c)};" if c in '<&"\n' else c for c in value)


def alter_rule(chance, text):
    attributes = list(re.finditer(r' ([\w-]+)="([^"]*)"', text))
    a, what = chance.choice(attributes), chance.randrange(10)
    if what < 5:
        return text[:a.start(2)] + written(chance.choice(EVIL)) + text[a.end(2):]
    if what == 5:
        return text[:a.start(2)] + chance.choice([b.group(2) for b in attributes]) + text[a.end(2):]
    if what == 6:
        return text[:a.start()] + text[a.end():]
    if what == 7:
        return re.sub(r"^(<\?xml[^>]*>)?", lambda m: m.group() + '<!DOCTYPE x [<!ENTITY e SYSTEM "/etc/passwd">]>', text)
    if what == 8:
        return text[:chance.randrange(len(text))]
    hostile = ["document('/etc/passwd')", "(" * 20000 + "1" + ")" * 20000, "not(" * 5000 + "true()" + ")" * 5000, "1" + " + 1" * 30000, "2" + " * 2" * 9000 + " > 0", "$x", "id('x')",
               "programme[99999999999999999999]", "//*[//*[//*[//*[//*]]]]", "generate-id()", "'" + "x" * 100000 + "' = 'x'"]
    tests = [b for b in attributes if b.group(1) in ("test", "value")] or [a]
    a = chance.choice(tests)
    return text[:a.start(2)] + written(chance.choice(hostile)) + text[a.end(2):]


def rules(chance, published, scratch):
    option = chance.choice(list(RULES))
    text = alter_rule(chance, open(f"{TOP}/rules/{RULES[option]}", encoding="utf-8").read())
    open(scratch + "/rule.xml", "wb").write(text.encode())
    path = scratch + "/l.sqlite"
    ledger("add", published, "--ledger", path)
    given = {"--regions": "hubei", "--awards": "excellent-laboratory", "--recognition": "city", option: scratch + "/rule.xml"}
    both(path, scratch, *(word for pair in given.items() for word in pair))


# ---- years ----

PROGRAMMES = {"chemistry": ("K", "NA", "CL", "CA"), "serology": ("HBsAg", "HBsAb", "HBeAg", "HBeAb")}
STANDINGS = {"S": "returned", "U": "returned", "~": "returned", "E": "excused", "L": "late", "N": "not_returned"}
REASONS = {"~": "too_few_peers", "E": "excused", "L": "late", "N": "not_returned"}


def invent(chance, labs, in_year, number, mode=""):
    """A round: of each laboratory and measurand a letter, and how many of five results are accepted."""
    cells, programmes = {}, chance.choice((["chemistry"], ["serology"], ["chemistry", "serology"]))
    for lab in labs:
        for p in programmes:
            whole = mode or chance.choices(["", "E", "L", "N", "gone"], (80, 6, 4, 4, 6))[0]
            for m in PROGRAMMES[p] if whole != "gone" else ():
                letter = whole or chance.choices("S~U", (72, 8, 20))[0]
                cells[lab, p, m] = (letter, chance.choice((4, 5, 5)) if letter == "S" else chance.randrange(4) if letter == "U" else 0)
    return {"year": in_year, "number": number, "labs": labs, "programmes": programmes, "cells": cells}


def publish(published, one, folder):
    pattern = {name: load(published, name) for name in TABLES}
    manifest = json.load(open(published + "/manifest.json", encoding="utf-8"))
    manifest["outputs"] = [o for o in manifest["outputs"] if o["name"][:-4] in TABLES]
    month = f"{one['year']}-{2 * one['number']:02d}"
    manifest.update(round=f"R-{one['year']}-{one['number']}", year=one["year"], number=one["number"], opens=month + "-01T08:00:00+08:00", closes=month + "-15T17:00:00+08:00",
                    issued=month + "-28")
    os.mkdir(folder)
    for name, column in (("register", 0), ("programmes", 0), ("measurands", 0), ("targets", 1)):
        save(folder, name, [r for i, r in enumerate(pattern[name]) if not i or r[column] in one["labs"] or r[column] in one["programmes"]])
    head, samples = pattern["scores"][0], {}
    groups = {tuple(r[1:4]): r[0] for r in pattern["targets"][1:]}
    for r in pattern["scores"][1:]:
        samples.setdefault((r[1], r[2]), {})[r[3]] = True
    verdicts, scores = [pattern["verdicts"][0]], [head]
    for lab in one["labs"]:
        for p in one["programmes"]:
            mine = {m: one["cells"][lab, p, m] for m in PROGRAMMES[p] if (lab, p, m) in one["cells"]}
            if not mine:
                continue
            accepted, total, letters = sum(n for _, n in mine.values()), sum(5 * (k not in "~E") for k, _ in mine.values()), {k for k, _ in mine.values()}
            verdicts.append([lab, p, "*", STANDINGS[letters.pop()] if len(letters) == 1 else "returned", accepted, total, 5 * len(mine) - total, "", 80,
                             "neither" if not total else "satisfactory" if 100 * accepted >= 80 * total else "unsatisfactory", "results"])
            for m, (letter, n) in mine.items():
                counts = 5 * (letter not in "~E")
                verdicts.append([lab, p, m, STANDINGS[letter], n, counts, 5 - counts, "", 80, "neither" if not counts else "satisfactory" if n >= 4 else "unsatisfactory", "results"])
                for k, sample in enumerate(samples[p, m]):
                    row = dict.fromkeys(head, "")
                    row.update(lab=lab, programme=p, measurand=m, sample=sample, state=STANDINGS[letter], group=groups[p, m, sample], reason=REASONS.get(letter, ""),
                               verdict="not_evaluated" if not counts else "acceptable" if k < n else "unacceptable", credit=100 * (k < n) if counts else "")
                    if letter in "SU":
                        row.update(value="5.1", share_pct="-20.5" if k < n else "150.5", sdi="1.25")
                    scores.append([row[c] for c in head])
    save(folder, "verdicts", verdicts)
    save(folder, "scores", scores)
    seal(folder, manifest)


SETTINGS = {"status": {"consecutive": "1 2 20", "k": "1 2", "n": "2 20", "not-evaluated": "skip occupy satisfactory", "absent": "skip occupy reset", "mode": "window raised sticky2", "year": "any last"},
            "item": {"unreturned": "apart fail", "late": "fail unreturned"}, "identity": {"merged": "worst first none"},
            "share": {"participates": "enrolled returned", "levels": "all provincial county", "late-returned": "false true", "register-on": "year-end year-start any", "yoy": "exact printed"},
            "indicator": {"participated": "enrolled returned", "fail-den": "participated evaluated", "offered": "held planned"},
            "publish": {"least": "0 1 5 1000", "zero": "show hide", "secondary": "true false"}, "standard": {"method": "indirect direct"},
            "trend": {"limit-share": "1 1000", "run": "2 1000", "rounds": "1 20"}}
POLICIES = {"all-rounds": {}, "not-unsuccessful": {}, "k-of-n": {"k": "1 2", "n": "2 20"}, "mean": {"mark": "1 80 100", "mean": "mean-of-s1 pooled", "mean-compare": "exact printed"}}
CERTIFICATE = {"min-rounds": "1 2 20", "excused": "skip participated", "participated": "returned returned-or-late", "need-satisfactory": "false true", "levels": "all provincial"}


def some(chance, settings):
    """k of n has no default."""
    return "".join(f' {name}="{chance.choice(words.split())}"' for name, words in settings.items() if chance.random() < 0.5 or ("k" in settings and len(settings) == 2))


def year_rules(chance):
    """Random rules under which an excused round more can take nothing away (docs/formats/year.md)."""
    policy = chance.choice(list(POLICIES))
    ranking = f'<ranking alpha="{chance.choice(("0.001", "9", "10000000"))}" beta="{chance.choice(("0.001", "1"))}" deff="{chance.choice(("1", "1000"))}"/>'
    status = f' excused="{chance.choice(("skip", "satisfactory"))}"'
    return '<year title="t" version="1">' + "".join(f"<{e}{status * (e == 'status')}{some(chance, s)}/>" for e, s in SETTINGS.items()) + ranking + \
        f'<certificate id="c" name="证" policy="{policy}"{some(chance, POLICIES[policy])}{some(chance, CERTIFICATE)}/></year>'


AWARD = """<award id="t" name="t" name-en="t" version="1" unit="laboratory">
<require id="r" test="not(programme/measurand[known(@status)][@status = 'unsuccessful'])" because="a" because-en="a"/>
<points id="p" weight="50" value="items/@pass div items/@total" because="a" because-en="a"/>
<points id="q" weight="50" value="ranking[@scope = 'all']/@shrunken div 100" because="a" because-en="a"/><quota of="all" places="{}"/><ties how="{}"/></award>"""
RANKS = {"entrant": 0, "candidate": 1, "tied": 2, "proposed": 3}


def have(folder):
    """What each laboratory has: certified measurands, marks, its title."""
    folder += "/year-2026/v1/"
    has = {}
    for r in csv.DictReader(open(folder + "certificates.csv", encoding="utf-8")):
        has.setdefault(r["lab"], set()).update((r["programme"], m) for m in r["measurands"].split())
    for r in csv.DictReader(open(folder + "recognition.csv", encoding="utf-8")):
        has.setdefault(r["lab"], set()).update(("mark", r["specimen"], r["item"], m) for m in r["marks"].split())
    return has, {r["code"]: RANKS[r["state"]] for r in csv.DictReader(open(folder + "titles.csv", encoding="utf-8"))}


def years(chance, published, scratch):
    labs = [r[0] for r in load(published, "register")[1:]][:chance.choice((1, 3, 8, 8))]
    rounds = [invent(chance, labs, y, k, chance.choice(["", "", "", "", "E", "L", "N"])) for y in (2025, 2026) for k in range(1, 2 + chance.randrange(3))]
    open(scratch + "/r.xml", "w").write(year_rules(chance))
    open(scratch + "/a.xml", "w").write(AWARD.format(chance.choice((0, 1, 2, 100)), chance.choice(("committee", "all-in", "all-out"))))
    given = ("--rules-year", scratch + "/r.xml", "--awards", scratch + "/a.xml", "--recognition", chance.choice(("city", "provincial")))

    def put(name, all_of_them):
        names = []
        for i, one in enumerate(all_of_them):
            names.append(f"{scratch}/{name}-{i}")
            publish(published, one, names[-1])
        chance.shuffle(names)
        if ledger("add", *names, "--ledger", f"{scratch}/{name}.sqlite")[0]:
            fault("rounds are not added", name)
        return f"{scratch}/{name}.sqlite"

    def expect(name, rounds_of_it, whose, what, title):
        if year(put(name, rounds_of_it), f"{scratch}/{name}", *given)[0]:
            return fault(what + " is refused", open(scratch + "/r.xml").read())
        now, titles = have(f"{scratch}/{name}")
        for lab in whose:
            if not has.get(lab, set()) <= now.get(lab, set()):
                fault(what + " takes away", lab, has[lab] - now.get(lab, set()), open(scratch + "/r.xml").read())
            if title and was.get(lab, 0) > titles.get(lab, 0):
                fault(what + " loses a title", lab, was[lab], titles.get(lab), open(scratch + "/a.xml").read())

    if both(put("first", rounds), scratch, *given):
        return fault("the year is refused", open(scratch + "/r.xml").read())
    has, was = have(scratch + "/one")
    year(put("other-order", rounds), scratch + "/order", *given)
    if differ(but_for_trail(tree(scratch + "/one")), but_for_trail(tree(scratch + "/order"))):
        fault("the order of arrival shows", differ(but_for_trail(tree(scratch + "/one")), but_for_trail(tree(scratch + "/order"))))
    better = copy.deepcopy(rounds)
    worse = [(one, key) for one in better for key, (letter, n) in one["cells"].items() if letter in "ULN" or (letter == "S" and n < 5)]
    if worse:
        one, key = chance.choice(worse)
        one["cells"][key] = ("S", 5)
        expect("better", better, key[:1], f"a better result ({key})", True)
    expect("excused", rounds + [invent(chance, labs, 2026, 5, "E")], labs, "an excused round more", False)
    merge(chance, scratch, rounds, labs, put, given)


def merge(chance, scratch, rounds, labs, put, given):
    """Two centres, each with some of the rounds, papers of its own year and decisions: numbers may collide, and then it is told."""
    half = 1 + chance.randrange(len(rounds) - 1)
    sides = {"a": put("a", rounds[:half]), "b": put("b", rounds[half:])}
    for name, path in sides.items():
        open(scratch + "/d.xml", "w").write(f'<decisions year="2026"><title award="t" lab="{chance.choice(labs)}" decision="{chance.choice(("awarded", "refused"))}" '
                                            f'by="会" on="2027-01-0{chance.choice((1, 2))}" because="b"/></decisions>')
        if any(one["year"] == 2026 for one in (rounds[:half] if name == "a" else rounds[half:])):
            year(path, f"{scratch}/of-{name}", *given, "--decisions", scratch + "/d.xml")
    found = {}
    for order in ("ab", "ba", "abab"):
        into = f"{scratch}/{order}.sqlite"
        codes = [ledger("merge", sides[side], "--ledger", into)[0] for side in order]
        ledger("check", "--ledger", into, codes=(1,) if any(codes) else (0,))
        merged = open(into, "rb").read()
        for side in order:
            ledger("merge", sides[side], "--ledger", into, codes=(0, 1))
        if open(into, "rb").read() != merged:
            fault("to merge again changes the file")
        ledger("export", "--all", f"{scratch}/out-{order}", "--ledger", into)
        found[order] = tree(f"{scratch}/out-{order}"), trail.rows(into), any(codes)
    if found["ab"][1] != found["abab"][1]:
        fault("to merge again changes what is in the ledger")
    if found["ab"][0] != found["ba"][0] and not found["ab"][2]:
        fault("the order of merging shows", differ(found["ab"][0], found["ba"][0]))


if __name__ == "__main__":
    what, published, seed, times = {"folders": folders, "rules": rules, "years": years}[sys.argv[1]], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    for n in range(times):
        before = len(faults)
        with tempfile.TemporaryDirectory() as scratch:
            what(random.Random(seed * 100003 + n), published, scratch)
        for i in range(before, len(faults)):
            faults[i] = f"{n}: {faults[i]}"
    print(f"{done} runs, {refused} refused", *faults[:6], sep="\n")
    sys.exit(bool(faults))
