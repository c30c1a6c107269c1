#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came more than once for one result, and what became of it: each laboratory is one question. The rows stand in two files, and in
each in such an order that the row which counts is never simply the first or the last.

usage: settled.py make INTO CHOICES      the round; CHOICES: value, text (what duplicate_equal is)
       settled.py look INTO PUBLISHED    prints TAP, with the plan. Exit: 0 nothing wrong, 1 something.
"""

import csv
import json
import os
import sys
from types import SimpleNamespace as Box

from claims import Claims, same

HEAD = "lab programme measurand sample value unit received uncertainty lod index instrument method system reagent calibrator".split()
ROUND = """<round id="settled" name="一轮" year="2026" number="1" opens="2026-03-01T08:00:00Z" closes="2026-03-15T17:00:00Z">
  <organiser name="示例中心"/>
  <regions from="regions.xml"/>
  <class name="甲"/>
  <programme code="p" name="p" scheme="p.xml"><sample code="S1"/><sample code="S2"/></programme>
  <programme code="q" name="q" scheme="q.xml"><sample code="S1" measurands="N"/><sample code="S2"/></programme>
  <programme code="r" name="r" scheme="r.xml"><sample code="S1"/><sample code="S2"/></programme>
</round>
"""
SCHEME = """<scheme name="p" version="1" title="p" pass="80">
  <units from="units.xml"/>
  <choices unreadable="not_evaluated" duplicate_equal="%s"%s/>
  <measurand code="M" name="M" unit="U" places="2">
    <peers by="instrument" least="1"/><assign method="mean"/><limit kind="ABS" abs="1000" text="x" source="x" confidence="A"/>
  </measurand>
  <measurand code="N" name="N" unit="U" places="2" undetected="80">
    <peers by="" least="1"/><assign method="mean"/><limit kind="ABS" abs="1000" text="x" source="x" confidence="A"/>
  </measurand>
  <measurand code="W" name="W" scale="reaction">
    <peers by="" least="1"/><assign method="known"/><limit kind="ANSWER" judge="match" text="x" source="x" confidence="A"/><cutoff at="1" positive="above"/>
  </measurand>
</scheme>
"""

UNITS = """<units name="units" version="1" title="单位" title-en="units">
  <measurand code="M" name="M" unit="U"><from unit="mU" factor="0.001" source="x" confidence="A"/></measurand>
</units>
"""
DAY = "2026-03-1%dT09:00:00Z"
LATE = "2026-03-16T09:00:00Z"
CLOSES = "2026-03-15T17:00:00Z"


def row(value, received=DAY % 0, file=0, **more):
    return dict({"value": value, "received": received, "file": file, "programme": "p", "measurand": "M", "sample": "S1"}, **more)


def b(*arguments, **more):
    return row(*arguments, file=1, **more)


def case(claim, rows, wanted, **text):
    """rows: what came, in the order of the files; wanted: columns of scores.csv, of the last row's measurand and sample; `line`: which of
    the rows counts, from 0; text: the same where other digits are another result."""
    return claim, rows, wanted, dict(wanted, **text)


def one(value, line, **more):
    return dict({"state": "returned", "value": value, "line": line}, **more)


def several(values, **more):
    return dict({"state": "conflict", "value": "", "says": values}, **more)


def pair(key):
    return [row("4.12", **{key: "甲"}), b("4.12", **{key: "乙"})]


CASES = [
    case("the one that is chosen counts, of the kind that it is", [row("4.12", DAY % 2, instrument="甲"), b("<4.12", DAY % 1, instrument="乙"), b("4.2", LATE, sample="S2")],
         one("<4.12", 1, choose="<4.12", other="late", says="<4.12 was chosen among <4.12 | 4.12")),
    case("the one received first is printed", [row("5.10", DAY % 2), b("5.1", DAY % 1), b("5.100", DAY % 3)], one("5.1", 1),
         **several("5.1 | 5.10 | 5.100")),
    case("and where it stands in the first file, that one", [row("5.100", DAY % 2), row("5.1", DAY % 1), b("5.10", DAY % 3)], one("5.1", 1),
         **several("5.1 | 5.100 | 5.10")),
    case("received at the same time, the first in the order of the text", [row("5.100"), b("5.1"), b("5.10")], one("5.1", 1), **several("5.1 | 5.10 | 5.100")),
    case("alike in text as well, the first of the files", [b("5.1"), row("5.1"), row("5.1")], one("5.1", 1)),
    case("a row whose time is not stated comes first", [row("5.10", DAY % 1), b("5.1", "")], one("5.1", 1), **several("5.1 | 5.10")),
    case("of equal results the surest claim does not win", [row("5.1", uncertainty="0.1"), b("5.1", uncertainty="0.3"), b("5.1", uncertainty="0.2")],
         one("5.1", 1)),
    case("that a limit of detection is not named comes before one that is", [row("7.1", measurand="N", lod="1"), b("7.1", measurand="N")], one("7.1", 1, lod="")),
    case("of limits of detection the one that excuses least", [row("7.1", measurand="N", lod="3"), b("7.1", measurand="N", lod="0.5"), b("7.1", measurand="N", lod="2")],
         one("7.1", 1, lod="0.5")),
    case("a word with an index comes before one without", [row("neg", measurand="W"), b("neg", measurand="W", index="0.3")], one("negative", 1, index="0.3")),
    case("of indices the least", [row("neg", measurand="W", index="0.7"), b("neg", measurand="W", index="0.3"), b("neg", measurand="W", index="0.5")],
         one("negative", 1, index="0.3")),
    case("the same value for another instrument is another result", pair("instrument"), several("4.12 [乙] | 4.12 [甲]")),
    case("for another method, too", pair("method"), several("4.12 [乙] | 4.12 [甲]")),
    case("for another system, too", pair("system"), several("4.12 [乙] | 4.12 [甲]")),
    case("for another reagent it is the same, and the name that comes first is kept", pair("reagent"), one("4.12", 1)),
    case("for another calibrator it is the same, too", pair("calibrator"), one("4.12", 1)),
    case("where none is named, that is told", [row("4.12", instrument="甲"), b("4.12")], several("4.12 [–] | 4.12 [甲]")),
    case("all that is named is told", [row("4.12", instrument="甲", method="丙"), b("4.12", instrument="乙", method="丙")], several("4.12 [乙, 丙] | 4.12 [甲, 丙]")),
    case("the third may be the one that names another", [row("4.12", DAY % 1, method="甲"), b("4.12", DAY % 2, method="甲"), b("4.12", DAY % 3, method="乙")],
         several("4.12 [甲] | 4.12 [乙]")),
    case("values that differ need no names", [row("4.12", DAY % 1, instrument="甲"), b("4.13", DAY % 2, instrument="甲")], several("4.12 | 4.13")),
    case("and are not told by the names of the next result", [row("4.12", DAY % 1, instrument="乙"), b("4.14", DAY % 2, instrument="乙")], several("4.12 | 4.14")),
    case("a bound is not the number", [row("4.12", DAY % 1), b("<4.12", DAY % 2)], several("4.12 | <4.12")),
    case("unreadable in the same words twice is unreadable, with its reason", [row("abc"), b("abc")], {"state": "unreadable", "value": "", "says": "is no number", "line": 0}),
    case("in other words it is a conflict", [row("abc"), b("abd")], several("abc | abd")),
    case("a number and an unreadable text are a conflict", [row("4.12"), b("abd")], several("4.12 | abd")),
    case("a late value beside one in time is passed over", [row("4.12", LATE), b("4.13", DAY % 1)], one("4.13", 1)),
    case("late twice is late", [row("4.12", LATE), b("4.12", LATE)], {"state": "late", "value": "4.12", "line": 0}),
    case("two late values are late, and which it was is open", [row("4.12", LATE), b("4.13", LATE)], {"state": "late", "value": ""}),
    case("the third and the second may be one value under two names", [row("4.12", DAY % 1, instrument="甲"), b("4.13", DAY % 2, instrument="甲"),
                                                                   b("4.13", DAY % 3, instrument="乙")], several("4.12 | 4.13")),
    case("or one bound", [row("4.12", DAY % 1, instrument="甲"), b("<4.12", DAY % 2, instrument="甲"), b("<4.12", DAY % 3, instrument="乙")], several("4.12 | <4.12")),
    case("values and names that differ need no names", [row("4.12", DAY % 1, instrument="甲"), b("4.13", DAY % 2, instrument="乙")], several("4.12 | 4.13")),
    case("nor do two unreadable texts", [row("abc", instrument="甲"), b("abd", instrument="乙")], several("abc | abd")),
    case("an answer that cannot be read is told as it was sent", [row("随便", DAY % 1, measurand="W"), b("negative", DAY % 2, measurand="W")],
         several("随便 | negative")),
    case("values are told in the order of their text", [row("50"), b("5.0")], several("5.0 | 50")),
    case("but the same text twice does", [row("abc", instrument="甲"), b("abc", instrument="乙")], several("abc [乙] | abc [甲]")),
    case("the surest claim does not win when it is the second, either", [row("5.1", uncertainty="0.3"), b("5.1", uncertainty="0.1")], one("5.1", 0)),
    case("the index of the first row is kept", [row("negative", measurand="W", index="0.3"), b("negative", measurand="W")], one("negative", 0, index="0.3")),
    case("two words are told by their codes", [row("negative", DAY % 1, measurand="W"), b("阳性", DAY % 2, measurand="W")], several("negative | positive")),
    case("a value in another unit is told as it counts and as it was sent", [row("500", DAY % 1, unit="mU"), b("0.6", DAY % 2)], several("0.500 (= 500 mU) | 0.6")),
    case("in another unit the same is the same, and how it was converted is kept", [row("500", DAY % 1, unit="mU"), b("0.500", DAY % 2)],
         one("0.500", 0, says="converted from mU: x 0.001")),
    case("the one that is chosen counts among those of its own instrument", [row("4.12", DAY % 1, instrument="甲"), b("4.13", DAY % 2, instrument="乙")],
         one("4.13", 1, choose="4.13", key="instrument=乙", says="4.13 was chosen among 4.12 | 4.13")),
    case("at the closing instant it is in time", [row("4.12", CLOSES)], one("4.12", 0)),
    case("of which only the second sample came, the first is blank", [row("4.12", sample="S2")], one("4.12", 0)),
    case("twenty values are all told", [row("4.%02d" % i, file=i % 2) for i in range(20)], several(" | ".join("4.%02d" % i for i in range(20)))),
    case("of one more, that it is one", [row("4.%02d" % i, file=i % 2) for i in range(21)], several(" | ".join("4.%02d" % i for i in range(20)) + " | +1")),
    case("of more, how many more", [row("4.%02d" % i, file=i % 2) for i in range(23)], several(" | ".join("4.%02d" % i for i in range(20)) + " | +3")),
    case("a late one is not among those to choose from", [row("4.12", DAY % 1), b("4.13", DAY % 2), b("4.14", LATE)],
         one("4.13", 1, choose="4.13", plain="在 4.12 | 4.13 中选定 4.13（")),
    case("nothing came", [], {"state": "not_returned", "value": "", "line": ""}),
]


# Work is handed out 64 enrolments at a time: of those here the last stands alone in its part.
# What came of it is late.
LABS = 65
# What came exactly at the closing instant in other programmes: laboratory, programme, measurand. In q that is late, in r it is not.
ASIDE = [(LABS - 1, "p", "M"), (0, "q", "N"), *((i, "r", "M") for i in (0, 7, 14, 21, len(CASES) - 2))]


def lab(i):
    return "L%02d" % (i + 1)


def write(into, equal):
    os.makedirs(into + "/results")

    def put(name, text):
        with open(os.path.join(into, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)

    put("round.xml", ROUND)
    put("p.xml", SCHEME % (equal, ' sdi_least="1000"'))
    put("q.xml", SCHEME % (equal, ' closing_inclusive="false"'))
    put("r.xml", SCHEME % (equal, ' blank_measurand="blank" sdi_least="5"'))
    put("units.xml", UNITS)
    chosen = [(i, rows, its) for i, (_, rows, *wanted) in enumerate(CASES) for its in [wanted[equal == "text"]] if "choose" in its]
    put("decisions.xml", "<decisions>%s</decisions>\n" % "".join(
        '<choose lab="%s" programme="p" measurand="%s" sample="S1" value="%s" who="某" when="2026-03-20" why="核对原始记录"/>\n' % (
            lab(i), of(rows), its["choose"].replace("<", "&lt;")) for i, rows, its in chosen))
    put("regions.xml", '<regions set="s" title="t" source="x" confidence="A"><region code="1" name="甲"/></regions>\n')
    put("roster.csv", "code,name,region,class\n" + "".join("%s,示例实验室%s,1,甲\n" % (lab(i), lab(i)) for i in range(LABS)))
    put("enrolments.csv", "lab,programme,measurands\n" + "".join(
        "%s,p,%s\n%s" % (lab(i), {"M": "M N"}.get(of(rows_of(i)), of(rows_of(i))), "%s,q,N M\n%s,r,M N\n" % (lab(i), lab(i)) if i < LABS - 1 else "")
        for i in range(LABS)))
    lines = [[], []]
    aside = [dict(row("5.%d" % (i % 9), LATE if programme == "p" else CLOSES, programme=programme, measurand=code), lab=lab(i)) for i, programme, code in ASIDE]
    longest = max(len(rows) for _, rows, *_ in CASES)
    for k in range(longest):  # the rows of one result lie apart, with those of others between
        for i, (_, rows, *_) in enumerate(CASES):
            if k < len(rows):
                rows[k]["at"] = (rows[k]["file"] + 1, len(lines[rows[k]["file"]]) + 2)
                lines[rows[k]["file"]].append(",".join(dict(rows[k], lab=lab(i)).get(name, "") for name in HEAD) + "\n")
    lines[0] += [",".join(its.get(name, "") for name in HEAD) + "\n" for its in aside]
    for file, its in enumerate(lines):
        put("results/%s.csv" % "ab"[file], ",".join(HEAD) + "\n" + "".join(its))
    with open(into + ".equal", "w", encoding="utf-8") as file:
        json.dump([equal, [[r["at"] for r in rows] for _, rows, *_ in CASES]], file)


def rows_of(i):
    return CASES[i][1] if i < len(CASES) else []


def of(rows):
    return rows[-1]["measurand"] if rows else "M"


def table(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def wrong_with(i, rows, wanted, at, out):
    got = out.scores[lab(i), "p", of(rows), "S1"]
    if rows and rows[0]["sample"] == "S2":
        yield same("the first sample", got["state"], "blank")
        got = out.scores[lab(i), "p", of(rows), "S2"]
    else:
        yield same("the other sample", out.scores[lab(i), "p", of(rows), "S2"]["state"], wanted.get("other", "blank") if rows else "not_returned")
    if of(rows) == "M":
        yield same("the other measurand", out.scores[lab(i), "p", "N", "S1"]["state"], "not_returned")
    for name in ("state", "value", "lod", "index"):
        if name in wanted:
            yield same(name, got[name], wanted[name])
    if "key" in wanted:
        yield same("group", out.keys[got["group"]], wanted["key"])
    if "says" in wanted:
        said = " | ".join(part.split(" (results/")[0] for part in got["remark"].split(" | "))
        yield same("remark", said, wanted["says"]) if got["state"] == "conflict" else None if wanted["says"] in said else "remark is %r" % said
    if "plain" in wanted:
        with open("%s/labs/%s/results.csv" % (out.folder, lab(i)), encoding="utf-8") as file:
            yield None if wanted["plain"] in file.read() else "its laboratory is told otherwise than %r" % wanted["plain"]
    if wanted.get("line", "") != "":
        yield same("place", (got["file"], got["line"]), tuple(map(str, at[wanted["line"]])))


def counted(cases):
    """cases: rows, and what is wanted of them."""
    states = [its["state"] for _, its in cases]
    open_ones = states.count("conflict") + sum(its["state"] == "late" and its["value"] == "" for _, its in cases)
    read, cells = sum(len(rows) for rows, _ in cases) + len(ASIDE), sum(len({r["sample"] for r in rows}) for rows, _ in cases) + len(ASIDE)
    return {"read": read, "conflicts": open_ones, "accepted": cells - open_ones, "duplicates": read - cells, "set_aside": read - cells + open_ones,
            "late": sum(its["state"] == "late" and its["value"] != "" for _, its in cases) + sum("other" in its for _, its in cases) + 2}


def beside(programme, i, code, sample):
    """What becomes of a result of q or r."""
    if programme == "q":
        return "not_asked" if (code, sample) == ("M", "S1") else "late" if (i, code, sample) == (0, "N", "S1") else "blank" if (i, code) == (0, "N") else "not_returned"
    return "not_returned" if (i, "r", "M") not in ASIDE else "returned" if (code, sample) == ("M", "S1") else "blank"


def look(into, published):
    with open(into + ".equal", encoding="utf-8") as file:
        equal, places = json.load(file)
    cases = [(claim, rows, wanted[equal == "text"]) for claim, rows, *wanted in CASES]
    out = Box(folder=published, keys={r["group"]: r["key"] for r in table(published, "targets.csv")},
              scores={(r["lab"], r["programme"], r["measurand"], r["sample"]): r for r in table(published, "scores.csv")})
    with open(published + "/manifest.json", encoding="utf-8") as file:
        counts = json.load(file)["counts"]
    claims = Claims(1)

    def say(claim, found):
        claims.say("%s: %s" % (equal, claim), [f for f in found if f], len(found))

    for i, (claim, rows, wanted) in enumerate(cases):
        say(claim, list(wrong_with(i, rows, wanted, places[i], out)))
    say("each conflict is counted once, and every value", [same(name, counts[name], n) for name, n in counted([c[1:] for c in cases]).items()])
    for programme, claim in (("q", "what is not asked for is that measurand in that sample, and at the closing instant it is late where the scheme says so"),
                             ("r", "where the scheme says so, what did not come of a laboratory that sent something is blank")):
        say(claim, [same("%s %s %s" % (lab(i), code, sample), out.scores[lab(i), programme, code, sample]["state"], beside(programme, i, code, sample))
                    for i in range(LABS - 1) for code in "MN" for sample in ("S1", "S2")])
    last = out.scores[lab(LABS - 1), "p", "M", "S1"]
    say("the last enrolment of all is screened and judged", [same(name, last[name], word) for name, word in (
        ("state", "late"), ("mark", "late"), ("verdict", "unacceptable"), ("reason", "late"), ("would_be", "acceptable"))])
    told = {(r["programme"], r["measurand"], r["sample"]): r for r in table(published + "/labs/" + lab(len(CASES) - 2), "results.csv")}
    say("of so many peers as the scheme asks for an SDI is more than informative, of fewer it is not", [
        same("SDI of " + programme, (told[programme, "M", "S1"]["sdi"] != "", told[programme, "M", "S1"]["sdi_informative"]), (True, word))
        for programme, word in (("p", "yes"), ("r", "no"))])
    print("1..%d" % claims.n)
    return 1 if claims.bad else 0


def main(arguments):
    if len(arguments) != 3 or arguments[0] not in ("make", "look"):
        print("usage: settled.py make INTO value|text | settled.py look INTO PUBLISHED", file=sys.stderr)
        return 2
    if arguments[0] == "look":
        return look(*arguments[1:])
    write(*arguments[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
