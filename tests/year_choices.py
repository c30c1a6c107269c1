#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every choice that the rules of a year leave open, and those of recognition and certificates: it is taken, the manifest says it, one thread
and seven give the same bytes, and what is told is told line by line in either language.

usage: year_choices.py   in a folder with ledger.sqlite (two simulated years) and b/year with what the later one has beside its rounds"""
import json, os, re, shutil, subprocess, sys

ZHIPING, OPTIONS = os.environ["ZHIPING"], os.environ["ZP_OPTIONS"].split()
han = re.compile("[\u4e00-\u9fff]")
faults, done = [], 0

# What docs/formats/year.md lists, but for the defaults.
OTHERS = {
    "status": {"excused": ("occupy", "satisfactory"), "not-evaluated": ("occupy", "satisfactory"), "absent": ("occupy", "reset"), "mode": ("raised", "sticky2"), "year": ("last",),
               "consecutive": ("1", "3"), "k": ("1", "3"), "n": ("2", "5")},
    "item": {"unreturned": ("fail",), "late": ("unreturned",)},
    "share": {"participates": ("returned",), "late-returned": ("true",), "register-on": ("year-start", "any"), "yoy": ("printed",), "unknown-region": ("alone",), "levels": ("national provincial",)},
    "indicator": {"participated": ("returned",), "fail-den": ("evaluated",), "offered": ("planned",), "levels": ("all", "city")},
    "identity": {"merged": ("first", "none"), "split": ("inherit", "fresh"), "one-code": ("tell",)},
    "merge": {"conflict": ("refuse",)},
    "publish": {"least": ("0", "20"), "zero": ("hide",), "secondary": ("false",)},
    "standard": {"method": ("direct",)},
    "title": {"evidence": ("worst",), "ties": ("all-in", "all-out", "tiebreak"), "not-offered": ("break",)},
    "ranking": {"alpha": ("2", "fit"), "beta": ("0.5", "fit"), "deff": ("1", "3")},
    "trend": {"limit-share": ("10",), "run": ("3",), "rounds": ("1",), "slip": ("100",)},
    "iqc": {"control": ("told",), "by": ("method", "instrument"), "peers": ("all-values",), "robust": ("false",), "ratio": ("pooled", "total"), "least": ("2",), "first": ("1",), "months-least": ("1",),
            "months-most": ("12",), "tolerance": ("0",), "start": ("assumed",), "counted": ("items",)},
}
CERTIFICATES = """<certificate id="clean" name="甲" policy="not-unsuccessful" min-rounds="2" excused="participated" absent-round="fail" participated="returned-or-late" need-satisfactory="true"/>
<certificate id="two" name="乙" name-en="Two of three" policy="k-of-n" k="2" n="3" short-year="cap" excused="fail"/><certificate id="scaled" name="丙" policy="k-of-n" k="2" n="4" short-year="scale"/>
<certificate id="mean" name="丁" policy="mean" mark="80" mean="pooled" mean-compare="printed"/><certificate id="means" name="戊" policy="mean" mark="80" mean="mean-of-s1" organiser="示例中心" levels="provincial"/>"""
RECOGNITION = """<recognition id="other" name="检验结果互认" name-en="Recognition" version="1" cv-limits="wst-403-2024" mode="{mode}" count="{count}" two-programmes="{two}" hierarchy="{hierarchy}" run="{run}"
 any-lot="{lot}" vacuous="{vacuous}" valid="{valid}" {organiser}><period months="{months}" ends="{ends}"/><validity months="12" from="{since}"/>
<default><rounds level="national" passed="1"/><rounds level="provincial" passed="{passed}" max-failed="0"/><iqc months="{iqc}" cv-limit="{cv}" levels="1" lots="{lots}" min-n="{least}"/></default>
<reporting key="workday-report-rate" name="工作日上报率" name-en="Working days reported" least="90" months="2"/></recognition>"""
WORDS = (dict(mode="all-levels", count="latest-run", two="best", hierarchy="inherits", run="ending", lot="level", vacuous="fail", valid="day-before", organiser='organiser="示例中心"', months="12",
              ends="year-end", since="next-month", passed="3", iqc="3", cv="5", lots="all", least="2"),
         dict(mode="marks", count="in-period", two="sum", hierarchy="own", run="any", lot="month", vacuous="skip", valid="same-day", organiser="", months="24", ends="year-end", since="issued",
              passed="1", iqc="2", cv="table", lots="any", least="30"))

# Awards with everything that a rule may hold: exclusions, points by a test, quotas of cities and classes, too few entrants, entrants of whom it is not known.
AWARD = """<award id="{id}" name="{id}" version="1" unit="{unit}"{more}>{body}</award>"""
AWARDS = {
    "odd-excludes": ("laboratory", "", """<exclude id="some" test="programme/@mean &lt; 1" because="低"/><exclude id="any" test="programme/@mean &gt; 0" because="高" because-en="high" met="不高" met-en="not high"/>
<exclude id="nobody-knows" test="evidence[@key = 'never']/@value &gt; 0" because="无"/>"""),
    "odd-quotas": ("laboratory", "", """<require id="there" test="participation/@rounds &gt; 0" because="缺" because-en="absent"/><require id="never" test="participation/@rounds &gt;= 0" because="缺"/>
<points id="whole" weight="3" test="participation/@rounds &gt; 0" because="满" because-en="whole"/><points id="none" weight="2" test="participation/@rounds &gt; 99" because="无"/>
<points id="share" weight="1" most="0.5" value="items/@pass" because="多"/><quota of="city" share="50%" from="candidates" rounding="half-up"/><quota of="class" only="三级公立" places="2"/><ties how="all-out"/>"""),
    "odd-few": ("laboratory", "", """<require id="there" test="participation/@rounds &gt; 0" because="缺"/><least entrants="1000" candidates="1000"/><quota of="all" places="2"/>"""),
    "odd-none": ("laboratory", "", """<entrant test="participation/@rounds &gt; 99"/><require id="there" test="participation/@rounds &gt; 0" because="缺"/>"""),
    "odd-unclear": ("laboratory", "", """<entrant test="evidence[@key = 'inspection']/@value &gt; 0"/><require id="there" test="participation/@rounds &gt; 0" because="缺"/><quota of="all" places="1"/><ties how="committee"/>"""),
    "odd-department": ("department", ' department="检验科"', """<require id="there" test="participation/@rounds &gt; 0" because="缺"/>"""),
    "odd-region": ("region", "", """<require id="there" test="known(region/@code)" because="缺"/><require id="no" test="false()" because="不" because-en="never"/>"""),
}


def year(name, threads, lang, arguments, code=0):
    global done
    done += 1
    subprocess.run(["chmod", "-R", "u+w", name], stderr=subprocess.DEVNULL)
    shutil.rmtree(name, ignore_errors=True)
    shutil.copy("ledger.sqlite", name + ".sqlite")
    p = subprocess.run([ZHIPING, "year", *OPTIONS, "2027", "--ledger", name + ".sqlite", "--into", name, "--issued", "2028-01-20", "--emit", "tables", "--regions", "hubei", "--threads", threads,
                        "--lang", lang, *arguments], capture_output=True, timeout=200)
    said = (p.stdout + p.stderr).decode().splitlines()
    if p.returncode != code:
        faults.append(f"{arguments}: exit {p.returncode}: {said[:6]}")
    return said


def tree(folder):
    return {os.path.relpath(os.path.join(at, n), folder): open(os.path.join(at, n), "rb").read() for at, _, names in os.walk(folder) for n in names}


def try_all(number, settings, recognition):
    rules = "".join(f"<{element} " + " ".join(f'{a}="{v}"' for a, v in chosen.items()) + "/>" for element, chosen in settings.items())
    open("identity.csv", "w").write("from,to,since,kind\nL0013,L0014,2026-12-01,merge\nL0015,L0016,2026-12-01,split\nL0015,L0017,2026-12-01,split\nL0018,L0020,2026-11-01,merge\n")
    open("rules.xml", "w").write(f'<year title="t" title-en="t" version="{number}">{rules}{CERTIFICATES}</year>')
    open("recognition.xml", "w").write(recognition)
    for one, (unit, more, body) in AWARDS.items():
        open(one + ".xml", "w").write(AWARD.format(id=one, unit=unit, more=more, body=body))
    beside = ("--rules-year", "rules.xml", "--recognition", "recognition.xml", "--awards", "excellent-laboratory,excellent-centre,excellent-transfusion,consecutive," + ",".join(one + ".xml" for one in AWARDS), "--iqc", "b/year/iqc.csv",
              "--evidence", "b/year/evidence.csv", "--performed", "b/year/performed.csv", "--identity", "identity.csv")
    english, chinese = year("one", "1", "en", beside), year("seven", "7", "zh", beside)
    one, seven = tree("one"), tree("seven")
    if len(english) != len(chinese):
        faults.append(f"{number}: {len(english)} lines are told in English, {len(chinese)} in Chinese")
    faults.extend(f"{number}: no Chinese: {line}" for line in chinese if not han.search(line))
    if one != seven:
        faults.append(f"{number}: threads show in {sorted(n for n in one.keys() | seven.keys() if one.get(n) != seven.get(n))[:5]}")
    if not one:
        return
    told = json.dumps(json.loads(one["year-2027/v1/manifest.json"]), ensure_ascii=False)
    for element, chosen in settings.items():
        for attribute, value in chosen.items():
            # As a word or as a number.
            if not re.search(f'"{element}-{attribute}": "?{re.escape(value)}"?[,}}]', told):
                faults.append(f"{number}: the manifest does not say that {element}-{attribute} is {value}")


for number in range(3):
    settings = {element: {a: words[min(number, len(words) - 1)] for a, words in of.items()} for element, of in OTHERS.items()}
    if number: # what only one of them may say
        settings["item"] = {"from": "certificate", "policy": "clean" if number == 1 else "mean"}
        settings["publish"]["zero"] = "show"
    try_all(number, settings, RECOGNITION.format(**WORDS[number % 2]))
print("\n".join(faults[:30]))
print(f"{done} years, {len(faults)} faults")
sys.exit(bool(faults))
