#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An invented round for the centre's tables: answers of every kind from 140 laboratories in ten programmes, with departments, and
with what came late, twice, not at all, excused or taken out.

usage: agreement_round.py INTO

The programme PCR is worked out from what was published of a panel of five tubes (four positive, one negative) for human papillomavirus:
135 of 140 laboratories passed (96.43 %), 685 of 700 results were right (97.86 %). How the fifteen wrong ones lie is our invention.
"""

import csv
import os
import random
import sys

LABS = [f"L{i:04d}" for i in range(1, 141)]
SCALE = '<measurand code="%s" name="%s" scale="%s"%s>%s<limit kind="ANSWER" judge="%s" text="按方案" source="invented" confidence="C"/></measurand>'

SCHEMES = {
    "sero": ('specimen="serum"', "", [
        SCALE % ("HBsAg", "乙肝表面抗原", "reaction", "", '<cutoff at="1"/>', "match"),
        SCALE % ("HCV", "丙肝抗体", "reaction", "", "", "match"),
        SCALE % ("TRUST", "梅毒滴度", "titre", "", '<assign method="median-grade"/>', "within"),
    ]),
    "rapid": ('specimen="serum"', '<choices grey_reply="positive" blank_measurand="blank"/>', [
        SCALE % ("HBsAg", "乙肝表面抗原", "reaction", "", "", "match"),
        SCALE % ("HIV", "艾滋抗体", "reaction", ' item="HIV 快速"', "", "match"),
    ]),
    "urine": ('specimen="urine"', '<choices grey="neutral"/><peers by="reagent" least="5"/>', [
        SCALE % ("PRO", "尿蛋白", "urine-protein", "", '<assign method="median-grade"/>', "within"),
        SCALE % ("PRO2", "尿蛋白（复）", "urine-protein", ' item="PRO"', '<assign method="median-grade"/>', "within"),
    ]),
    "group": ("", '<peers by="method" least="20"/>', [
        SCALE % ("ABO-F", "正定型", "blood-group", ' pass="100"', "", "match"),
        SCALE % ("ABO-R", "反定型", "blood-group", ' pass="100"', "", "match"),
        SCALE % ("ABID", "抗体鉴定", "antibodies", "", "", "members"),
        '<discrepancy between="ABO-F ABO-R"/>',
    ]),
    "virus": ('specimen="serum"', "", [
        '<measurand code="HBVDNA" name="乙肝病毒核酸" unit="IU/mL" places="2" transform="log10" undetected="80">'
        '<limit kind="ABS_OR_SD" abs="0.4" sd="3" text="±0.4 log" source="invented" confidence="B"/></measurand>',
    ]),
    "pcr": ('whole-samples="yes"', "", [SCALE % ("HPV", "人乳头瘤病毒", "reaction", "", "", "match")]),
    "panel": ('whole-samples="yes"', '<choices grey_reply="not_evaluated"/>', [
        SCALE % (code, code, "reaction", "", "", "match") for code in ("FluA", "FluB", "RSV", "ADV", "RHV", "MP")]),
    "half": ("", "", [SCALE % ("PRO", "尿蛋白", "urine-protein", "", '<assign method="median-grade"/>', "within")]),
    "chem": ('specimen="serum"', "", [
        '<measurand code="GLU" name="葡萄糖" unit="mmol/L" places="2"><limit kind="PCT" pct="7" text="±7 %" source="invented" confidence="B"/></measurand>',
        '<measurand code="K" name="钾" unit="mmol/L" places="2"><limit kind="PCT" pct="6" text="±6 %" source="invented" confidence="B"/></measurand>']),
}
# code, scheme, samples and their strengths
PROGRAMMES = [("SERO", "sero", ["", "", "", "", ""]), ("RAPID", "rapid", ["strong", "weak", "weak", "", "negative"]), ("URINE", "urine", ["", "", ""]),
              ("BLOOD", "group", ["", "", "", ""]), ("VIRUS", "virus", ["high", "low", "negative", "negative"]),
              ("PCR", "pcr", ["strong", "strong", "weak", "weak", "negative"]), ("PANEL", "panel", ["strong", "weak", "weak", "negative", ""]),
              ("HALF", "half", [""]), ("CHEM", "chem", ["", ""]), ("DRY", "chem", ["", "", ""])]
GROUPS = ["O", "A", "B", "AB"]
PATHOGENS = {"FluA": "1", "FluB": "2", "RSV": "13", "ADV": "3", "RHV": "5", "MP": "25"}  # the samples that hold it
# Two medians, far apart, and a reply between them that is accepted late and so in no median.
HALF = {"L0001": "neg", "L0002": "1+", "L0003": "3+", "L0004": "4+", "L0005": "2+"}
WRONG = {**{(lab, s): None for lab in LABS[:5] for s in ("3", "4")}, **{(lab, "5"): None for lab in LABS[5:8]}, **{(lab, "1"): None for lab in LABS[8:10]}}


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def plan(into):
    out = ['<round id="centre" name="试" year="2026" number="1" opens="2026-03-01T08:00:00+08:00" closes="2026-03-15T17:00:00+08:00">',
           '<organiser name="示例中心"/><regions from="hubei"/><class name="三级公立"/>']
    for code, scheme, strengths in PROGRAMMES:
        out.append(f'<programme code="{code}" name="{code}" scheme="{scheme}.xml">')
        out += [f'<sample code="{i}"' + (f' strength="{s}"' if s else "") + "/>" for i, s in enumerate(strengths, 1)]
        out += [f'<known measurand="HPV" sample="{i}" value="{"阴性" if s == "negative" else "阳性"}" source="panel"/>' for i, s in enumerate(strengths, 1) if code == "PCR"]
        if code == "BLOOD":
            out.append('<known measurand="ABID" sample="1" value="抗-D" source="panel"/><known measurand="ABID" sample="2" value="无" source="panel"/>'
                       '<known measurand="ABID" sample="3" value="抗-E+抗-c" source="panel"/><known measurand="ABID" sample="4" value="抗-Dia" source="panel"/>')
        if code == "VIRUS":
            out.append('<known measurand="HBVDNA" sample="2" x-pt="1.30" source="panel"/>')
        if code == "URINE":
            out.append('<known measurand="PRO2" sample="2" value="±" source="panel"/>')
        if code == "RAPID":
            out.append('<known measurand="HIV" sample="4" value="可疑" source="panel"/>')
        out.append("</programme>")
    write(os.path.join(into, "round.xml"), "\n".join(out + ["</round>"]))
    for name, (head, rules, measurands) in SCHEMES.items():
        peers = "" if "<peers" in rules else '<peers least="3"/>'
        write(os.path.join(into, name + ".xml"), f'<scheme name="{name}" version="1" title="试" pass="80" {head}>\n{rules}{peers}\n' + "\n".join(measurands) + "\n</scheme>")


def reply(rng, code, measurand, sample, lab, kit):
    """What a laboratory sends; "" is blank."""
    s = int(sample)
    if code == "HALF":
        return HALF[lab]
    slip = rng.random()
    if code == "PCR":
        due = "阴性" if sample == "5" else "阳性"
        return {"阴性": "阳性", "阳性": "阴性"}[due] if (lab, sample) in WRONG else due
    if slip < 0.02:
        return ""
    if measurand == "TRUST":
        return ["阴性", "1:8", "1:16", "1:2", "阴性"][s - 1] if slip < 0.6 else rng.choice(["阴性", "1:1", "1:4", "1:8", "1:32"])
    if measurand in ("HBsAg", "HCV", "HIV"):
        due = "阳性" if (s + len(measurand)) % 2 else "阴性"
        return due if slip < 0.9 else rng.choice(["可疑", "阳性", "阴性"])
    if measurand in ("PRO", "PRO2"):
        grades = {"示例试纸甲": ["neg", "±", "1+", "2+", "3+"], "示例试纸乙": ["neg", "1+", "2+", "3+", "4+"]}.get(kit, ["neg", "±", "1+", "2+", "3+", "4+"])
        middle = [0, 1, 2][s - 1]
        return grades[min(len(grades) - 1, max(0, middle + rng.choice([0, 0, 0, 1, 1, -1, 2] if s == 2 else [0, 0, 0, 0, 1])))]
    if measurand in ("ABO-F", "ABO-R"):
        return GROUPS[s - 1] if slip < 0.95 else rng.choice(GROUPS)
    if measurand == "ABID":
        due = ["抗-D", "无", "抗-E+抗-c", "抗-c+抗-E"][s - 1]
        return due if slip < 0.8 else rng.choice(["无", "抗-D", "抗-E", "抗-D+抗-M", "抗-K", "抗-Fya+抗-M", "抗-Lea"])
    if measurand == "HBVDNA":
        if sample in "34":
            return "未检出" if slip < 0.92 else rng.choice(["<20", "35"])
        if sample == "2":
            return rng.choice(["20", "18", "22", "25", "未检出", "<30", "<10", "16"])
        return f"{10 ** rng.gauss(5.2, 0.1):.0f}" if slip < 0.96 else rng.choice(["未检出", "<20"])
    if code == "PANEL":
        due = "阳性" if sample in PATHOGENS[measurand] else "阴性"
        return due if slip < 0.95 else rng.choice(["可疑", "阳性", "阴性"])
    return f"{(5.2 if measurand == 'GLU' else 4.1) * rng.gauss(1, 0.025):.2f}"


def main(into):
    rng = random.Random(20260301)
    plan(into)
    # The last ones have no institution; the third of each has no department.
    rows = ["code,name,region,class,institution,department"]
    for i, lab in enumerate(LABS):
        rows.append(f"{lab},示例实验室{lab},420100,三级公立,{'' if i >= 100 else f'H{i // 4 % 20:02d}'},{'' if i >= 100 or i % 4 == 2 else ['检验科', '输血科', '', '分院'][i % 4]}")
    write(os.path.join(into, "roster.csv"), "\n".join(rows + ["X0001,未参加,420100,三级公立,H99,检验科\n"]))
    enrolments, cells = [], []
    codes = {name: [m.split('code="')[1].split('"')[0] for m in measurands if m.startswith("<measurand")] for name, (_, _, measurands) in SCHEMES.items()}
    for code, scheme, strengths in PROGRAMMES:
        for i, lab in enumerate(LABS):
            sure = code in ("PCR", "HALF")
            if lab not in HALF if code == "HALF" else not sure and rng.random() < 0.3:
                continue
            mine = [m for m in codes[scheme] if sure or rng.random() < 0.9] or codes[scheme]
            enrolments.append((lab, code, " ".join(mine), "yes" if i % 12 == 0 else ""))
            fate = rng.random() if not sure else 0.06 if HALF.get(lab) == "2+" and code == "HALF" else 1
            if fate < 0.04:
                continue  # nothing comes
            instrument, method = rng.choice(["", "仪器甲", "仪器乙", "=丙"]), rng.choice(["方法一", "方法二", ""])
            kit = rng.choice(["示例试纸甲", "示例试纸乙", "示例试纸丙", ""])
            received = "2026-03-20T08:00:00+08:00" if fate < 0.09 else "2026-03-10T08:00:00+08:00"
            for m in mine:
                nothing = not sure and rng.random() < 0.03
                if nothing and code != "RAPID":
                    continue
                for sample in range(1, len(strengths) + 1):
                    value = "" if nothing else reply(rng, code, m, str(sample), lab, kit)
                    lod = rng.choice(["", "20", "30"]) if m == "HBVDNA" else ""
                    cells.append((code, [lab, m, str(sample), value, "IU/mL" if m == "HBVDNA" and value and value != "未检出" else "", instrument, method, kit, received, lod]))
    write(os.path.join(into, "enrolments.csv"), "lab,programme,measurands,referee\n" + "".join(",".join(e) + "\n" for e in enrolments))
    for code, _, _ in PROGRAMMES:
        os.makedirs(os.path.join(into, "results"), exist_ok=True)
        with open(os.path.join(into, "results", code + ".csv"), "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["programme", "lab", "measurand", "sample", "value", "unit", "instrument", "method", "reagent", "received", "lod"])
            out.writerows([code] + row for c, row in cells if c == code)
    who = 'who="甲" when="2026-03-20" why="试"'
    sero, panel = ([e[0] for e in enrolments if e[1] == code] for code in ("SERO", "PANEL"))
    late = next(row[0] for c, row in cells if c == "SERO" and row[8].startswith("2026-03-20"))
    write(os.path.join(into, "decisions.xml"), f"""<decisions>
  <excuse lab="{sero[3]}" programme="SERO" suspended="yes" notified="yes" took-part="yes" {who}/>
  <excuse lab="{panel[3]}" programme="PANEL" suspended="yes" notified="yes" took-part="yes" {who}/>
  <accept-late lab="{late}" programme="SERO" {who}/>
  <accept-late lab="L0005" programme="HALF" {who}/>
  <do-not-evaluate programme="PANEL" measurand="RSV" sample="1" {who}/>
  <do-not-evaluate programme="BLOOD" measurand="ABID" sample="4" {who}/>
  <do-not-evaluate programme="SERO" lab="{sero[5]}" measurand="HBsAg" sample="2" {who}/>
</decisions>
""")


if __name__ == "__main__":
    main(sys.argv[1])
