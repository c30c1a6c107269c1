#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A round of answers of every kind beside viral loads: nominal, in grades with strips, titres, sets, codes with part of the credit,
susceptibility; targets that are stated, agreed on by referees or participants, the most frequent, the median; results that are late,
blank, sent twice, in conflict or not sent. The same bytes for the same seed.

usage: mixed.py INTO [SEED [LABORATORIES]]
"""

import os
import random
import sys

OPEN, CLOSES, IN_TIME, LATE = ("2026-03-01T08:00:00+08:00", "2026-03-15T17:00:00+08:00", "2026-03-10T09:00:00+08:00",
                               "2026-03-15T17:00:01+08:00")

SCALES = {
    "reaction": ("nominal", "", [("neg", "negative"), ("grey", "grey"), ("pos", "positive")], ""),
    "group": ("nominal", "", [("A", ""), ("B", ""), ("O", ""), ("AB", "")], ""),
    "grades": ("ordinal", " strips-by='reagent'", [("neg", "negative"), ("trace", "grey"), ("1+", "positive"), ("2+", "positive"), ("3+", "positive"),
                                                   ("4+", "positive")],
               "<strip name='S1' answers='neg trace 1+ 2+ 3+'><maker name='R1'/></strip>"
               "<strip name='S2' answers='neg 1+ 2+ 4+'><maker name='R2'/></strip>"),
    "titre": ("titre", " start='1' factor='2' most='256'", [("neg", "negative")], ""),
    "antibodies": ("set", " case='matters'", [("none", "negative"), ("anti-D", ""), ("anti-E", ""), ("anti-K", ""), ("anti-M", "minor"), ("anti-N", "minor")], ""),
    "species": ("nominal", "", [("S.aureus", "Staphylococcus"), ("S.epidermidis", "Staphylococcus"), ("E.coli", "Escherichia"), ("K.pneumoniae", "Klebsiella")], ""),
    "sir": ("nominal", "", [("S", "negative"), ("I", "grey"), ("R", "positive")], ""),
}
STRIPS = {"R1": ["neg", "trace", "1+", "2+", "3+"], "R2": ["neg", "1+", "2+", "4+"], "R3": ["neg", "trace", "1+", "2+", "3+", "4+"]}

BY = 'text="as made" source="made for this test" confidence="A"'
CONSENSUS = '<assign method="consensus" least_referees="5"/>'


def answers(judge, settings=""):
    return '<limit kind="ANSWER" judge="%s" %s %s/>' % (judge, settings, BY)


SCHEMES = {
    "blood": """<scheme name="blood" version="1" title="blood" pass="80"><peers by="" least="5"/>%s
  <measurand code="ABO-F" name="forward" scale="group.xml" pass="100">%s</measurand>
  <measurand code="ABO-R" name="reverse" scale="group.xml" pass="100">%s</measurand>
  <measurand code="ABID" name="antibodies" scale="antibodies.xml"><assign method="consensus" participants="60" least_referees="5"/>%s</measurand>
  <measurand code="ABID2" name="antibodies, loosely" scale="antibodies.xml"><assign method="mode"/>%s</measurand>
  <discrepancy between="ABO-F ABO-R"/></scheme>""" % (CONSENSUS, answers("match"), answers("match"), answers("members"), answers("members", 'extra="1" miss_others="0"')),
    "sera": """<scheme name="sera" version="1" title="sera" pass="80"><peers by="reagent" least="9" otherwise="all"/>%s
  <measurand code="HBsAg" name="surface antigen" scale="reaction.xml"><cutoff at="1"/>%s</measurand>
  <measurand code="HBeAb" name="competitive" scale="reaction.xml"><cutoff at="1" positive="below" grey-from="0.9" grey-to="1.1"/><assign method="mode" share="60"/>%s</measurand>
  <measurand code="TRUST" name="titre" scale="titre.xml"><assign method="median-grade"/>%s</measurand></scheme>""" % (
        CONSENSUS, answers("match"), answers("match"), answers("within", 'grades="1"')),
    "urine": """<scheme name="urine" version="1" title="urine" pass="80"><peers by="reagent method" least="6" otherwise="none"/>
  <measurand code="PRO" name="protein" scale="grades.xml"><assign method="mode"/>%s</measurand>
  <measurand code="KET" name="ketones" scale="grades.xml"><assign method="median-grade"/><peers by="" least="6"/>%s</measurand>
  <measurand code="BLD" name="blood" scale="grades.xml"><peers by="method" least="12"/><assign method="consensus" participants="55"/>%s</measurand>
  <measurand code="BIL" name="bilirubin" scale="grades.xml"><peers by="method+reagent" least="4" otherwise="none"/><assign method="mode" share="60"/>%s</measurand></scheme>""" % (
        answers("within", 'grades="1"'), answers("within", 'grades="1"'), answers("within", 'grades="2" cross="1"'), answers("match")),
    "virus": """<scheme name="virus" version="1" title="virus" pass="80" whole-samples="yes"><choices target_places="2"/><peers by="" least="12"/>
  <measurand code="HBV" name="load" unit="IU/mL" places="2" transform="log10" undetected="80"><assign method="median-niqr"/><limit kind="ABS_OR_SD" abs="0.4" sd="3" %s/></measurand>
  <measurand code="FLU" name="influenza" scale="reaction.xml">%s%s</measurand>
  <measurand code="RSV" name="syncytial" scale="reaction.xml">%s%s</measurand></scheme>""" % (BY, CONSENSUS, answers("match"), CONSENSUS, answers("match")),
    "bacteria": """<scheme name="bacteria" version="1" title="bacteria" pass="80"><peers by="" least="5"/>
  <measurand code="ID" name="identification" scale="species.xml" weight="4">%s%s</measurand>
  <measurand code="PEN" name="penicillin" scale="sir.xml"><assign method="mode"/>%s</measurand>
  <measurand code="OXA" name="oxacillin" scale="sir.xml"><assign method="mode"/>%s</measurand></scheme>""" % (
        CONSENSUS, answers("accepted", 'family="50"'), answers("susceptibility"), answers("susceptibility", 'minor="30" major="10"')),
}
# What is stated, of each programme.
KNOWN = {
    "blood": ['<known measurand="ABID" sample="1" value="anti-D+anti-M" source="made"/>', '<known measurand="ABO-F" sample="3" value="AB" source="made"/>',
              '<known measurand="ABO-R" sample="3" value="AB" source="made"/>', '<known measurand="ABID2" sample="2" value="none" source="made"/>'],
    "sera": ['<known measurand="HBsAg" sample="1" value="pos" source="made"><accept value="grey" credit="50"/></known>'],
    "urine": ['<known measurand="PRO" sample="2" value="trace" source="made"/>', '<known measurand="KET" sample="1" value="3+" source="made"><accept value="neg" credit="20"/></known>'],
    "virus": ['<known measurand="HBV" sample="2" value="negative" source="made"/>', '<known measurand="HBV" sample="3" x-pt="2.10" u="0.05" source="made"/>',
              '<known measurand="FLU" sample="2" value="neg" source="made"/>'],
    "bacteria": ['<known measurand="ID" sample="1" value="S.aureus" source="made"><accept value="E.coli" credit="25"/><accept value="S.epidermidis" credit="70"/></known>',
                 '<known measurand="PEN" sample="1" value="R" source="made"/>'],
}
MEASURANDS = {"blood": ["ABO-F", "ABO-R", "ABID", "ABID2"], "sera": ["HBsAg", "HBeAb", "TRUST"], "urine": ["PRO", "KET", "BLD", "BIL"], "virus": ["HBV", "FLU", "RSV"],
              "bacteria": ["ID", "PEN", "OXA"]}
SCALE_OF = {"ABO-F": "group", "ABO-R": "group", "ABID": "antibodies", "ABID2": "antibodies", "HBsAg": "reaction", "HBeAb": "reaction", "TRUST": "titre", "PRO": "grades",
            "KET": "grades", "BLD": "grades", "BIL": "grades", "FLU": "reaction", "RSV": "reaction", "ID": "species", "PEN": "sir", "OXA": "sir"}
SAMPLES = ["1", "2", "3", "4"]
WORDS = {"positive": "阳性", "negative": "阴性", "grey": "可疑", "": "无"}


def codes(scale):
    kind, _, listed, _ = SCALES[scale]
    return [code for code, _ in listed] + (["1:%d" % (1 << i) for i in range(9)] if kind == "titre" else [])


def write_scale(into, name):
    kind, more, listed, strips = SCALES[name]
    sides = ("negative", "grey", "positive")
    with open(os.path.join(into, name + ".xml"), "w", encoding="utf-8") as f:
        f.write("<scale name='%s' version='1' title='%s' kind='%s'%s>\n" % (name, name, kind, more))
        for i, (code, what) in enumerate(listed):
            attributes = " side='%s'" % what if what in sides else " significant='no'" if what == "minor" else " family='%s'" % what if what else ""
            f.write("  <answer code='%s' name='答%d'%s/>\n" % (code, i, attributes))
        f.write(strips + "</scale>\n")


def right(rng, measurand):
    """What lies in a sample."""
    if measurand == "HBV":
        return rng.choice([None, 2.0, 3.4, 4.9])
    listed = codes(SCALE_OF[measurand])
    if SCALE_OF[measurand] == "antibodies":
        return "+".join(rng.sample(listed[1:], rng.choice([1, 1, 2]))) if rng.random() < 0.8 else "none"
    return rng.choice(listed)


def reply(rng, measurand, truth, reagent, how_often):
    """What a laboratory sends, the text and the limit of detection."""
    if measurand == "HBV":
        lod = rng.choice(["", "", "20", "50", "500"])
        if truth is None or rng.random() > how_often:
            return rng.choice(["未检出", "未检出", "<20", "<30", "%d" % rng.randrange(25, 900)] if rng.random() > how_often or truth is None else ["未检出", "<500"]), lod
        return "%d" % round(10 ** (truth + rng.gauss(0, 0.12))), lod
    allowed = STRIPS[reagent] if SCALE_OF[measurand] == "grades" else codes(SCALE_OF[measurand])
    if rng.random() < how_often and truth in allowed + [truth] * (SCALE_OF[measurand] == "antibodies"):
        return truth, ""
    if SCALE_OF[measurand] == "antibodies":
        listed = codes("antibodies")[1:]
        return ("+".join(rng.sample(listed, rng.choice([1, 2, 3]))) if rng.random() < 0.8 else "none"), ""
    if SCALE_OF[measurand] in ("grades", "titre") and truth in allowed and rng.random() < 0.8:
        at = allowed.index(truth) + rng.choice([-1, 1, 1, 2])
        return allowed[max(0, min(len(allowed) - 1, at))], ""
    return rng.choice(allowed), ""


def results(seed, labs):
    """Lines (lab, programme, measurand, sample, value, unit, method, reagent, received, index, lod)."""
    rng = random.Random(seed)
    truth = {(p, m, s): right(rng, m) for p in MEASURANDS for m in MEASURANDS[p] for s in SAMPLES}
    often = {key: rng.choice([0.97, 0.92, 0.85, 0.75, 0.5]) for key in truth}
    for s in SAMPLES: # forward and reverse are of one blood
        truth["blood", "ABO-R", s] = truth["blood", "ABO-F", s]
    lines = []
    for lab in labs:
        reagent, method = rng.choice(["R1", "R1", "R2", "R3"]), rng.choice(["M1", "M2", "M2"])
        for p in MEASURANDS:
            fate = rng.random()
            if fate < 0.03:
                continue # nothing of this programme
            received = LATE if fate < 0.07 else IN_TIME
            for m in MEASURANDS[p]:
                for s in SAMPLES:
                    value, lod = reply(rng, m, truth[p, m, s], reagent, often[p, m, s])
                    index = ""
                    if m in ("HBsAg", "HBeAb") and rng.random() < 0.7:
                        high = (value == "pos") != (m == "HBeAb") if rng.random() < 0.9 else rng.random() < 0.5
                        index = rng.choice(["5.5", "1.2", "1"] if high else ["0.2", "0.9", "0.95"])
                    if rng.random() < 0.02:
                        continue # left out
                    if rng.random() < 0.01:
                        value, index, lod = "", "", ""
                    row = [lab, p, m, s, value, "IU/mL" if m == "HBV" and value[:1].isdigit() else "", method, reagent, received, index, lod]
                    lines.append(row)
                    if rng.random() < 0.01: # a second time, the same or another
                        again = list(row)
                        again[4] = value if rng.random() < 0.5 else reply(rng, m, truth[p, m, s], reagent, 0.2)[0]
                        again[5] = "IU/mL" if m == "HBV" and again[4][:1].isdigit() else ""
                        again[8] = rng.choice([IN_TIME, LATE])
                        lines.append(again)
    return lines


def table(path, header, rows):
    with open(path, "w", encoding="utf-8") as f:
        f.write(header + "\n" + "".join(",".join(row) + "\n" for row in rows))


def make(into, seed=1, n_labs=45):
    os.makedirs(os.path.join(into, "results"))
    for name in SCALES:
        write_scale(into, name)
    for name, text in SCHEMES.items():
        with open(os.path.join(into, name + ".xml"), "w", encoding="utf-8") as f:
            f.write(text)
    rng = random.Random("register %s" % seed)
    labs = ["L%03d" % (i + 1) for i in range(n_labs)]
    with open(os.path.join(into, "round.xml"), "w", encoding="utf-8") as f:
        f.write('<round id="mixed" name="mixed" year="2026" number="1" opens="%s" closes="%s">\n  <organiser name="示例中心"/><regions from="hubei"/>'
                '<class name="三级公立"/><class name="民营"/>\n' % (OPEN, CLOSES))
        for p in SCHEMES:
            f.write('  <programme code="%s" name="%s" scheme="%s.xml">%s%s</programme>\n' % (
                p, p, p, "".join('<sample code="%s"/>' % s for s in SAMPLES), "".join(KNOWN[p])))
        f.write("</round>\n")
    table(os.path.join(into, "roster.csv"), "code,name,region,class",
          [[lab, "示例医院" + lab[1:], rng.choice(["420100", "420500", "420600"]), rng.choice(["三级公立", "民营"])] for lab in labs])
    enrolments = []
    for lab in labs:
        referee = "yes" if rng.random() < 0.25 else ""
        for p in SCHEMES:
            if rng.random() < 0.95:
                enrolments.append([lab, p, "*" if rng.random() < 0.8 else " ".join(rng.sample(MEASURANDS[p], len(MEASURANDS[p]) - 1)), referee])
    table(os.path.join(into, "enrolments.csv"), "lab,programme,measurands,referee", enrolments)
    declared = {(row[0], row[1], m) for row in enrolments for m in (MEASURANDS[row[1]] if row[2] == "*" else row[2].split())}
    rows = [row for row in results("results %s" % seed, labs) if (row[0], row[1], row[2]) in declared]
    table(os.path.join(into, "results", "all.csv"), "lab,programme,measurand,sample,value,unit,method,reagent,received,index,lod", rows)


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 4:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        sys.exit(2)
    make(sys.argv[1], *(int(word) for word in sys.argv[2:]))
