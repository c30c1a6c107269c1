# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a round of small programmes, each with something that few rounds have. rare_round.py INTO"""
import csv, os, sys
os.makedirs(sys.argv[1] + "/results")
os.chdir(sys.argv[1])

OFF = (0, -2, 3, -1, 2, -3, 1, 0, 2, -2, 1, -1, 3, -3)  # of those about whom nothing is to be found: in so many steps
ABS, PCT = 'kind="ABS" abs="{}"', 'kind="PCT" pct="{}"'
schemes, programmes, enrolled, rows = {}, [], set(), []

def programme(code, samples, measurands, choices="", peers='least="5"', inside="", units=""):
    """measurands: {code: (attributes of <measurand>, limit or None, what stands in it)}"""
    made = ""
    for name, (attributes, limit, more) in measurands.items():
        told = f'<limit {limit} text="限" source="test" confidence="C"/>' if limit else ""
        made += f'<measurand code="{name}" name="{name}项" {attributes}>{more}{told}</measurand>\n'
    schemes[code] = f'<scheme name="{code}" version="1" title="{code}" pass="80">\n{units}<choices {choices}/>\n<peers {peers}/>\n{made}</scheme>\n'
    programmes.append(f'<programme code="{code}" name="{code}组" scheme="{code}.xml"{inside[0] if inside else ""}>' +
                      "".join(f'<sample code="{s}"/>' for s in samples) + (inside[1] if inside else "") + "</programme>\n")

def sent(lab, programme, measurand, sample, value, method="", instrument="", reagent="", received=""):
    enrolled.add((lab, programme))
    rows.append((f"L{lab:02}", programme, measurand, sample, value, method, instrument, reagent, received))

LATE = "2026-03-20T08:00:00+08:00"
NUMBER = 'unit="mmol/L" places="2"'

# ---- methods that lie apart within one group: 12 of one, 8 of another ----
samples = [f"S{s}" for s in range(1, 6)]
programme("apart", samples, {m: (NUMBER, ABS.format(0.5), "") for m in ("LOW", "MIX", "ONCE", "TURNS")}, 'sdi_least="5" methods_apart="25" humps="ignore"')
for lab in range(1, 21):
    for s in range(5):
        near, far = 5 + s + OFF[(lab + 3 * s) % 14] / 100, lab > 12
        sent(lab, "apart", "LOW", samples[s], f"{near - 0.4 * far:.2f}", "乙法" if far else "甲法")
        sent(lab, "apart", "MIX", samples[s], f"{near + far * (0.4 if s < 3 else -0.4):.2f}", "乙法" if far else "甲法")
        sent(lab, "apart", "ONCE", samples[s], f"{near + 0.4 * (far and s == 0):.2f}", "乙法" if far else "甲法")
        # by what is apart in each sample: a method, an instrument, another method
        sent(lab, "apart", "TURNS", samples[s], f"{near + 0.4 * (far and s < 3):.2f}", ("乙法", "", "丙法", "", "")[s] if far else "甲法", "仪乙" if far and s == 1 else "仪甲")

# ---- groups by method, the smaller one first ----
programme("groups", samples, {
    "GUP": (NUMBER, ABS.format(0.5), ""),
    "BE": (NUMBER, PCT.format(10), ""),
    "ALIKE": (NUMBER, ABS.format(0.5), ""),
}, 'sdi_least="5" methods_apart="25"', 'by="method" least="5"')
programme("quiet", samples, {"QUIET": (NUMBER, ABS.format(0.5), "")}, 'sdi_least="5" methods_apart="null" collapsed_fixed_limit="not_evaluated"', 'by="method" least="5"')
for lab in range(1, 21):
    for s in range(5):
        first, near = lab <= 8, OFF[(lab + 3 * s) % 14] / 100
        method = "乙法" if first else "甲法"
        sent(lab, "groups", "GUP", samples[s], f"{5 + s + near + first * (0.4 if s < 3 else -0.4):.2f}", method)
        sent(lab, "groups", "BE", samples[s], f"{-3 - s + near:.2f}", method)
        sent(lab, "groups", "ALIKE", samples[s], f"{5.4 + s if first else 5 + s + near:.2f}", method)
        sent(lab, "quiet", "QUIET", samples[s], f"{5.4 + s if first and s == 0 else 5 + s + near + 0.4 * first:.2f}", method)

# ---- peers that are all alike: one laboratory scatters among them ----
programme("alike", samples, {"SAME": (NUMBER, ABS.format(0.4), "")})
for lab in range(1, 15):
    for s in range(5):
        sent(lab, "alike", "SAME", samples[s], f"{5 + s + (0.35 * (-1) ** s if lab == 1 else 0):.2f}", "甲法")

# ---- what is told of one laboratory ----
seven = [f"S{s}" for s in range(1, 8)]
programme("odd", seven, {"ODD": (NUMBER, ABS.format(0.3), ""), "OUT": (NUMBER, ABS.format(0.3), '<assign method="truncated-2sd"/>')}, 'finding_run="5" slip_samples="report" absurd_factor="100"')
for lab in range(1, 21):
    values = [5 + 3 * s + OFF[(lab + 3 * s) % 14] / 100 for s in range(7)]
    if lab == 1:    # one is odd, one is blank
        values[2] += 1.1
        values[6] = None
    if lab == 2:    # slips of the decimal point by 10 and by 100
        values[0], values[1] = values[0] / 10, values[1] * 100
    if lab == 3:    # two pairs of samples
        values[0], values[1], values[4], values[5] = values[1], values[0], values[5], values[4]
    if lab == 5:    # absurd
        values[6] += 40
    if lab == 4:    # a constant bias
        values = [v + 0.2 for v in values]
    for s in range(7):
        sent(lab, "odd", "OUT", seven[s], f"{5 + OFF[lab % 14] / 100 + 0.25 * (lab == 6 and s == 0):.2f}", "甲法")
        sent(lab, "odd", "ODD", seven[s], "" if values[s] is None else f"{values[s]:.2f}", "甲法")

# ---- logarithms ----
programme("log", samples, {"DNA": ('unit="IU/mL" places="2" transform="log10"', 'kind="ABS_OR_SD" abs="0.4" sd="3"', "")}, "", 'by="reagent" least="5"')
for lab in range(1, 21):
    for s in range(5):
        log = 2.5 + s + OFF[(lab + 3 * s) % 14] / 100 + 0.3 * (lab == 1)
        sent(lab, "log", "DNA", samples[s], f"{10 ** log:.0f}", reagent="试剂乙" if lab <= 8 else "试剂甲")

# ---- nothing is in one of two samples, and five of thirty laboratories found something ----
VIRUS = 'unit="IU/mL" places="2" transform="log10" undetected="80"'
programme("none", ["N1", "N2"], {m: (VIRUS, ABS.format(0.4), '<screen least="1" most="6"/>' if m == "A" else "") for m in ("A", "B", "C", "D", "E")},
          "", 'by="reagent" least="5" otherwise="none"', ("", '<known measurand="C" sample="N1" value="negative" source="test"/>'))
for lab in range(1, 31):
    near = 10 ** (3 + OFF[lab % 14] / 100)
    for measurand, empty in (("A", 0), ("B", 1), ("C", 0)):
        for s in range(2):
            nothing = s == empty and lab > 5
            value = "未检出" if nothing else 9e8 if lab == 2 and s == empty and measurand == "A" else near
            sent(lab, "none", measurand, f"N{s + 1}", value if nothing else f"{value:.0f}", reagent="试剂甲")
    for s in (1, 2):
        sent(lab, "none", "E", f"N{s}", "未检出", reagent="试剂甲")
sent(1, "none", "D", "N1", "未检出", reagent="试剂甲")

# ---- three laboratories, and what is stated ----
programme("few", ["F1", "F2"], {
    "SDF": (NUMBER, 'kind="SD" sd="3"', ""),
    "ORF": (NUMBER, 'kind="ABS_OR_SD" abs="0.01" sd="3"', ""),
}, 'sd_limit_least="2"', 'least="2"', ("", "".join(f'<known measurand="{m}" sample="F{s}" x-pt="{4 + s}" u="0.01" source="test"/>' for m in ("SDF", "ORF") for s in (1, 2))))
for lab in range(1, 4):
    for measurand in ("SDF", "ORF"):
        sent(lab, "few", measurand, "F1", f"{5 + lab / 20:.2f}", "甲法")
enrolled.update((lab, "few") for lab in range(1, 4))

# ---- a method with one laboratory, shown all the same ----
programme("one", ["S1"], {"ONE": (NUMBER, ABS.format(0.5), "")}, 'show_least="1" blank_key="group"', 'by="method+reagent" least="1"')
for lab in range(1, 5):
    sent(lab, "one", "ONE", "S1", f"{5 + lab / 10:.2f}", f"{'甲乙丙丁'[lab - 1]}法", reagent="试剂甲" if lab == 1 else "")
sent(5, "one", "ONE", "S1", "5.50")

# ---- a target that should be stated, and is not ----
programme("unstated", ["S1"], {"WHAT": (NUMBER, ABS.format(0.5), '<assign method="known"/>')}, "", 'by="method" least="5"')
for lab in range(1, 21):
    sent(lab, "unstated", "WHAT", "S1", f"{5 + OFF[lab % 14] / 100:.2f}", "乙法" if lab <= 8 else "甲法")

# ---- many kinds of answers, of which few gave what is right ----
open("answers.xml", "w", encoding="utf-8").write('<scale name="kinds" version="1" title="种" kind="nominal">' + "".join(f'<answer code="k{k:02}" name="{k:02}号"/>' for k in range(1, 15)) + "</scale>\n")
programme("kinds", ["K1", "K2"], {"KIND": ('scale="answers.xml"', 'kind="ANSWER" judge="match"', "")}, "", 'least="5"',
          ("", '<known measurand="KIND" sample="K1" value="12号" source="test"/><known measurand="KIND" sample="K2" value="01号" source="test"/>'))
for lab, kind in enumerate((13, 12, 11, *(k + 1 for k, n in enumerate((6, 5, 4, 3, 2, 2, 1, 1, 1, 1)) for _ in range(n)), 14), 1):
    sent(lab, "kinds", "KIND", "K1", f"{kind:02}号", received=LATE if lab == 30 else "")
sent(30, "kinds", "KIND", "K2", "01号", received=LATE)

# ---- more groups than a figure has colours for ----
programme("many", ["S1"], {"MANY": (NUMBER, ABS.format(0.5), "")}, "", 'by="method" least="2"')
for lab in range(1, 21):
    sent(lab, "many", "MANY", "S1", f"{5 + OFF[lab % 14] / 100:.2f}", f"{1 + lab // 2 % 8}法")

# ---- values below what was detected, by method: eight of one, three of each of two others, which are too few ----
BOUNDS = '<assign method="censored-normal"/>'
for pool in ("everyone", "remainder"):
    programme(pool, ["S1"], {m: (NUMBER, ABS.format(3), BOUNDS) for m in ("ALL", "FEW")}, f'climb_pool="{pool}" censored="not_evaluated"', 'by="method" least="5"')
programme("plain", ["S1"], {m: (NUMBER, ABS.format(3), BOUNDS) for m in ("ALL", "REST")}, 'censored="not_evaluated"', 'least="5"')
for lab in range(1, 21):
    method, near = "甲法" if lab <= 10 else "丙法" if lab <= 15 else "丁法", 5 + OFF[lab % 14] / 10 + 0.6 * (lab > 10)
    value = "<4.9" if lab in (4, 9, 12) else ">6.2" if lab in (14, 17, 19) else f"{near:.2f}"
    for pool in ("everyone", "remainder"):
        sent(lab, pool, "ALL", "S1", value, method)
        if lab <= 13:
            sent(lab, pool, "FEW", "S1", value, method)
    sent(lab, "plain", "ALL", "S1", value)
    if lab > 10:
        sent(lab, "plain", "REST", "S1", value)

# ---- which methods may be shown beside a group: of the first reagent six of one method, six of another; of the second two of the one and others ----
for code, parts in (("cover", "甲一6 甲二6 乙一2 乙三7 乙四6"), ("alone", "甲一6 甲二6 乙一2")):
    programme(code, ["S1"], {"SPLIT": (NUMBER, ABS.format(0.5), "")}, "", 'by="method reagent" least="12"')
    for lab, part in enumerate((part for part in parts.split() for _ in range(int(part[2:]))), 1):
        sent(lab, code, "SPLIT", "S1", f"{5 + OFF[lab % 14] / 100:.2f}", f"方法{part[1]}", reagent=f"试剂{part[0]}")

# ---- a group of three, whose target is stated; two are of a fourth method ----
programme("stated", ["S1"], {"KNOWN": (NUMBER, ABS.format(0.5), "")}, "", 'by="method" least="2"', ("", '<known measurand="KNOWN" sample="S1" x-pt="5" u="0.01" source="test"/>'))
for lab in range(1, 24):
    sent(lab, "stated", "KNOWN", "S1", f"{5 + OFF[lab % 14] / 100:.2f}", "乙法" if lab <= 3 else "丙法" if lab <= 9 else "甲法" if lab <= 21 else "丁法")

# ---- what cannot be read, in units that would have to be converted ----
open("units.xml", "w", encoding="utf-8").write("""<units name="units" version="1" title="单位" title-en="units">
  <measurand code="W" name="病毒载量" unit="IU/mL"><from unit="copies/mL" factor="0.2" source="test" confidence="C"/></measurand>
</units>
""")
programme("written", ["W1"], {"W": (VIRUS, ABS.format(0.4), "")}, 'unreadable="not_evaluated"', units='<units from="units.xml"/>')
written = [(lab, f"{1000 + lab}", "IU/mL", "") for lab in range(1, 11)]
written += [(11, "很多", "IU/mL", ""), (12, "很多", "copies/mL", ""), (13, "很多", "log10 copies/mL", ""), (14, "未检出", "IU/mL", "0.1"), (15, "1000", "IU/mL", "\u3000")]
enrolled.update((lab, "written") for lab, *_ in written)

# ---- what was decided ----
programme("decided", ["D1", "D2"], {"X": (NUMBER, ABS.format(0.5), ""), "Y": (NUMBER, ABS.format(0.5), "")}, 'no_show_total="all"', 'least="5"')
for lab in range(1, 11):
    for measurand in ("X", "Y"):
        for sample in ("D1", "D2"):
            sent(lab, "decided", measurand, sample, f"{5 + OFF[lab] / 100:.2f}", received=LATE if lab == 10 else "")
rows.append(("L01", "decided", "Y", "D1", "5.40", "", "", "", "")) # beside another one
open("decisions.xml", "w", encoding="utf-8").write("""<decisions>
  <set-target programme="decided" measurand="X" sample="D1" x-pt="5.10" who="专家组" when="2026-03-25" why="参考方法"/>
  <do-not-evaluate programme="decided" measurand="X" sample="D1" who="专家组" when="2026-03-25" why="渗漏"/>
  <do-not-evaluate programme="decided" sample="D2" who="专家组" when="2026-03-26" why="均匀性不合格"/>
  <do-not-evaluate programme="none" measurand="C" sample="N1" who="专家组" when="2026-03-26" why="污染"/>
  <choose lab="L01" programme="decided" measurand="Y" sample="D1" value="5.40" who="办公室" when="2026-03-25" why="已核对"/>
</decisions>
""")

# ---- one to which nobody answered, and one that does not take place ----
programme("silent", ["S1"], {"MUTE": (NUMBER, ABS.format(0.5), "")}, "", 'least="5"', ("", '<known measurand="MUTE" sample="S1" x-pt="5" u="0.01" source="test"/>'))
enrolled.update((lab, "silent") for lab in range(1, 5))
programme("gone", ["S1"], {"GONE": (NUMBER, ABS.format(0.5), "")}, "", 'least="5"', (' cancelled="停办"', ""))
enrolled.update((lab, "gone") for lab in range(1, 5))

# ---- a laboratory that only takes part where nobody is judged, in a city of its own; one that lies in no city ----
sent(31, "many", "MANY", "S1", "5.00", "1法")
sent(32, "unstated", "WHAT", "S1", "5.00", "甲法")

for code, text in schemes.items():
    open(code + ".xml", "w", encoding="utf-8").write(text)
open("regions.xml", "w", encoding="utf-8").write("""<regions set="small" title="小地区表" source="made for this example" confidence="A">
  <region code="42" name="甲省"><region code="4201" name="乙市" name-en="Yi"><region code="420101" name="丁县"/></region><region code="4202" name="丙市"/><region code="4203" name="戊市"/><region code="4204" name="己市"/><region code="4205" name="庚市"/></region>
</regions>
""")
open("round.xml", "w", encoding="utf-8").write(f"""<round id="R1" name="小轮次" year="2026" number="1" opens="2026-03-01T08:00:00+08:00" closes="2026-03-15T17:00:00+08:00">
<organiser name="示例中心"/><regions from="regions.xml"/><class name="公立"/>
{"".join(programmes)}</round>
""")

def table(name, header, lines):
    with open(name, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header.split(","), *lines])

table("roster.csv", "code,name,region,class", [(f"L{lab:02}", f"示例医院{lab:02}", 42 if lab == 31 else 4203 if lab == 32 else 4202 if lab in (29, 30) else 4204 if lab <= 6 else 4205 if lab <= 14 else 420101 if lab % 2 else 4201, "公立") for lab in range(1, 33)])
table("enrolments.csv", "lab,programme,measurands", [(f"L{lab:02}", code, "*") for lab, code in sorted(enrolled)])
table("results/b.csv", "lab,programme,measurand,sample,value,unit,uncertainty", [(f"L{lab:02}", "written", "W", "W1", *rest) for lab, *rest in written])
table("results/a.csv", "lab,programme,measurand,sample,value,method,instrument,reagent,received", rows)
