#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A round in which everything goes wrong that the documents name: late, blank, conflicting, censored, absurd
and screened results, groups just below the least number of peers, targets at and below zero, results exactly
on their limits, decisions of every kind. The same bytes every time.

usage: make_round.py INTO [--unreadable]      (--unreadable: one result is no number)
"""

import os
import random
import sys

OPEN, CLOSES, IN_TIME, LATE = ("2026-03-01T08:00:00+08:00", "2026-03-15T17:00:00+08:00", "2026-03-10T09:00:00+08:00",
                               "2026-03-15T17:00:01+08:00")
SOURCE = 'text="as made" source="made for this test" confidence="A"'

SCHEME_ALPHA = """<?xml version="1.0" encoding="UTF-8"?>
<scheme name="alpha" version="1" title="alpha" pass="80">
  <peers by="system instrument method" least="6" otherwise="all"/>
  <assign method="algorithm-a"/>
  <score method="sdi"/>
  <measurand code="PCT" name="percent" unit="u" places="2"><screen least="1" most="50"/><limit kind="PCT" pct="10" {0}/></measurand>
  <measurand code="ABS" name="absolute" unit="u" places="1"><limit kind="ABS" abs="0.3" {0}/></measurand>
  <measurand code="OR" name="greater of two" unit="u" places="2"><assign method="median-niqr"/><limit kind="PCT_OR_ABS_GREATER" pct="6" abs="0.3" {0}/></measurand>
  <measurand code="LE" name="cut inclusive" unit="u" places="2"><assign method="median-niqr"/><limit kind="ABS_LE_CUT_ELSE_PCT" pct="6" abs="0.2" cut="3.3" {0}/></measurand>
  <measurand code="LT" name="cut exclusive" unit="u" places="2"><assign method="median-niqr"/><limit kind="ABS_LT_CUT_ELSE_PCT" pct="6" abs="0.2" cut="3.3" {0}/></measurand>
  <measurand code="SD" name="spread" unit="u" places="1"><limit kind="SD" sd="2" {0}/></measurand>
  <measurand code="NEG" name="around zero" unit="u" places="1"><limit kind="PCT" pct="20" {0}/></measurand>
  <measurand code="ALL" name="must be all" unit="u" places="1" pass="100"><limit kind="ABS" abs="0.5" {0}/></measurand>
  <measurand code="KNOWN" name="stated" unit="u" places="2"><assign method="known"/><limit kind="PCT" pct="10" {0}/></measurand>
  <measurand code="TIED" name="tied" unit="u" places="1"><limit kind="PCT" pct="5" {0}/></measurand>
  <measurand code="TIEDSD" name="tied, by spread" unit="u" places="1"><limit kind="SD" sd="3" {0}/></measurand>
</scheme>
""".format(SOURCE)

SCHEME_BETA = """<?xml version="1.0" encoding="UTF-8"?>
<scheme name="beta" version="1" title="beta" pass="75">
  <peers by="instrument+reagent method" least="5" otherwise="none"/>
  <measurand code="MEAN" name="mean" unit="u" places="2"><assign method="mean"/><limit kind="PCT" pct="8" {0}/></measurand>
  <measurand code="CUT3" name="cut at three" unit="u" places="1"><peers by="" least="12"/><assign method="truncated-3sd"/><limit kind="SD" sd="3" {0}/></measurand>
  <measurand code="CUT2" name="cut at two" unit="u" places="1"><peers by="method" least="12"/><assign method="truncated-2sd"/><limit kind="ABS" abs="1" {0}/></measurand>
  <measurand code="ONCE" name="cut once" unit="u" places="1"><peers by="" least="12"/><assign method="clia-3sd"/><limit kind="PCT" pct="10" {0}/></measurand>
  <measurand code="HALF" name="median on a half" unit="u" places="1" pass="100"><peers by="" least="10"/><assign method="median-niqr"/><limit kind="PCT" pct="10" {0}/></measurand>
  <measurand code="MADE" name="median" unit="u" places="1"><peers by="" least="10"/><assign method="median-niqr" made="1"/><limit kind="SD" sd="2.5" {0}/></measurand>
</scheme>
""".format(SOURCE)

SCHEME_GAMMA = """<?xml version="1.0" encoding="UTF-8"?>
<scheme name="gamma" version="1" title="gamma" pass="80" ungradable="credit">
  <measurand code="FEW" name="few" unit="u" places="1"><limit kind="PCT" pct="10" {0}/></measurand>
  <measurand code="STATED" name="few, stated" unit="u" places="2"><limit kind="PCT" pct="10" {0}/></measurand>
  <measurand code="STATEDSD" name="few, stated, by spread" unit="u" places="2"><limit kind="SD" sd="2" {0}/></measurand>
</scheme>
""".format(SOURCE)

# Values whose SD is a whole number, so that some lie exactly where the removal of outliers begins.
SCHEME_DELTA = """<?xml version="1.0" encoding="UTF-8"?>
<scheme name="delta" version="1" title="delta" pass="80">
  <peers by="" least="5"/>
  <measurand code="EDGE3" name="edge of three" unit="u" places="1"><assign method="truncated-3sd"/><limit kind="ABS" abs="2" {0}/></measurand>
  <measurand code="ONCE3" name="edge of three, once" unit="u" places="1"><assign method="clia-3sd"/><limit kind="SD" sd="2.5" {0}/></measurand>
  <measurand code="EDGE2" name="edge of two" unit="u" places="1"><assign method="truncated-2sd"/><limit kind="PCT" pct="10" {0}/></measurand>
  <measurand code="NARROW" name="spread far below its start" unit="u" places="3"><limit kind="PCT" pct="10" {0}/></measurand>
  <measurand code="EXACT" name="median on its limit" unit="u" places="2"><assign method="median-niqr"/><limit kind="PCT" pct="10" {0}/></measurand>
</scheme>
""".format(SOURCE)

ROUND = """<?xml version="1.0" encoding="UTF-8"?>
<round id="nasty" name="nasty" year="2026" number="1" opens="%s" closes="%s">
  <organiser name="an organiser"/>
  <regions from="hubei"/>
  <class name="三级公立"/>
  <class name="二级公立"/>
  <class name="一级公立"/>
  <class name="民营"/>
  <programme code="alpha" name="alpha" scheme="alpha.xml">
    <sample code="A1"/><sample code="A2"/><sample code="A3"/>
    <known measurand="KNOWN" sample="A1" x-pt="5.00" u="0.03" source="weighed"/>
    <known measurand="KNOWN" sample="A2" x-pt="7.125" source="weighed"/>
    <known measurand="ABS" sample="A3" x-pt="20.05" source="weighed"/>
    <known measurand="SD" sample="A3" x-pt="30.2" source="weighed"/>
    <known measurand="NEG" sample="A3" x-pt="0.0" source="weighed"/>
    <known measurand="OR" sample="A3" x-pt="-4.00" source="weighed"/>
    <known measurand="TIED" sample="A3" x-pt="8.1" source="weighed"/>
  </programme>
  <programme code="beta" name="beta" scheme="beta.xml">
    <sample code="B1"/><sample code="B2"/><sample code="B3"/><sample code="B4"/>
    <known measurand="MADE" sample="B4" x-pt="10.1" source="weighed"/>
  </programme>
  <programme code="gamma" name="gamma" scheme="gamma.xml">
    <sample code="C1"/><sample code="C2"/>
    <known measurand="STATED" sample="C1" x-pt="5.00" u="0.02" source="weighed"/>
    <known measurand="STATEDSD" sample="C1" x-pt="5.00" source="weighed"/>
  </programme>
  <programme code="delta" name="delta" scheme="delta.xml">
    <sample code="D1"/>
  </programme>
</round>
""" % (OPEN, CLOSES)

RECORD = 'who="the committee" when="2026-03-20" why="as the test needs it"'
DECISIONS = """<?xml version="1.0" encoding="UTF-8"?>
<decisions>
  <excuse lab="L10" programme="alpha" suspended="yes" notified="yes" took-part="yes" {0}/>
  <excuse lab="L11" programme="alpha" suspended="yes" notified="yes" took-part="yes" {0}/>
  <excuse lab="L12" programme="alpha" suspended="yes" notified="no" took-part="yes" {0}/>
  <excuse lab="L14" programme="beta" suspended="yes" notified="yes" took-part="yes" {0}/>
  <excuse lab="L45" programme="alpha" suspended="yes" notified="yes" took-part="yes" {0}/>
  <accept-late lab="L07" programme="alpha" {0}/>
  <accept-late lab="L37" programme="alpha" {0}/>
  <choose lab="L24" programme="alpha" measurand="PCT" sample="A1" value="10.4" {0}/>
  <correct lab="L25" programme="alpha" measurand="PCT" sample="A1" from="100.1" to="10.01" {0}/>
  <set-target programme="alpha" measurand="ABS" sample="A2" x-pt="10.04" u="0.02" {0}/>
  <set-target programme="alpha" measurand="LE" sample="A3" x-pt="3.345" {0}/>
  <set-target programme="alpha" measurand="KNOWN" sample="A2" x-pt="7.00" {0}/>
  <set-target programme="alpha" measurand="SD" sample="A2" x-pt="20.1" {0}/>
  <set-target programme="gamma" measurand="FEW" sample="C2" x-pt="9.96" {0}/>
  <do-not-evaluate programme="alpha" measurand="LT" sample="A3" {0}/>
  <do-not-evaluate programme="alpha" measurand="PCT" sample="A2" lab="L30" {0}/>
  <do-not-evaluate programme="alpha" measurand="PCT" sample="A2" lab="L43" {0}/>
  <do-not-evaluate programme="beta" sample="B3" {0}/>
  <do-not-evaluate programme="beta" lab="L09" {0}/>
  <do-not-evaluate programme="alpha" measurand="ABS" sample="A1" lab="L05" {0}/>
</decisions>
""".format(RECORD)

ALPHA = ["PCT", "ABS", "OR", "LE", "LT", "SD", "NEG", "ALL", "KNOWN", "TIED", "TIEDSD"]
BETA = ["MEAN", "CUT3", "CUT2", "ONCE", "HALF", "MADE"]
GAMMA = ["FEW", "STATED", "STATEDSD"]
SAMPLES = {"alpha": ["A1", "A2", "A3"], "beta": ["B1", "B2", "B3", "B4"], "gamma": ["C1", "C2"], "delta": ["D1"]}
LABS = ["L%02d" % i for i in range(1, 49)]
REGIONS = ["420102", "420103", "420106", "420100", "420202", "420204", "420502", "420503", "420500", "429004", "420000", "420602"]
CLASSES = ["三级公立", "二级公立", "一级公立", "民营"]


def keys_of(i):
    """system, instrument, method, reagent, calibrator: groups of 8, 6, 5, 7 ... where 6 (or 5) are enough."""
    if i <= 8:
        return ["S1", "I1", "M1", "R1", "K1"]
    if i <= 14:
        return ["S2", "I1", "M1", "R2", ""]
    if i <= 19:
        return ["S3", "I2", "M1", "R1", "K1"]
    if i <= 26:
        return ["S4", "I2", "M2", "R2", "K1"]
    if i <= 30:
        return ["", "I3", "M2", "R2", ""]
    if i <= 33:
        return ["S5", "", "M2", "", ""]
    if i <= 36:
        return ["", "", "", "", ""]
    if i <= 40:
        return ["S6", "I4", "", "R3", ""]
    if i <= 44:
        return ["S1", "I2", "M3", "R1", ""]
    return ["S7", "I5", "M3", "R4", "K2"]


class Returns:
    """Rows of results, by cell; what is wanted wrong is put over what a good laboratory would send."""

    def __init__(self):
        self.rows, self.chance = {}, random.Random(20260331)

    def put(self, lab, programme, measurand, sample, *values, received=IN_TIME, keys=None):
        """A value is a text, or (text, received) or (text, received, keys)."""
        own = keys or keys_of(int(lab[1:]))
        full = [(v, received, own) if isinstance(v, str) else (tuple(v) + (own,))[:3] for v in values]
        self.rows[lab, programme, measurand, sample] = full

    def drop(self, lab, programme, measurand=None, sample=None):
        for cell in list(self.rows):
            if cell[:2] == (lab, programme) and measurand in (None, cell[2]) and sample in (None, cell[3]):
                del self.rows[cell]

    def resend(self, lab, programme, received, measurands=None, samples=None):
        for cell, rows in self.rows.items():
            if cell[:2] == (lab, programme) and (not measurands or cell[2] in measurands) and (not samples or cell[3] in samples):
                self.rows[cell] = [(v, received, k) for v, _, k in rows]

    def around(self, centre, spread, places):
        u = self.chance.random() + self.chance.random() + self.chance.random() - 1.5
        return "%.*f" % (places, centre + 2 * spread * u)


def good_alpha(r, i, lab):
    for at, sample in enumerate(SAMPLES["alpha"]):
        bias = 0.1 * (keys_of(i)[2] == "M2")
        levels = {"PCT": (10.0 + 5 * at + bias, 0.3, 2), "ABS": (10.0 + 5 * at, 0.12, 1), "SD": (10.0 + 10 * at, 0.5, 1),
                  "ALL": (50.0, 0.2, 1), "KNOWN": ([5.0, 7.0, 9.0][at], 0.15, 2)}
        for m, level in levels.items():
            r.put(lab, "alpha", m, sample, r.around(*level))
        # medians that are exact: most values are pairs around a centre
        step = (-2, -1, 0, 1, 2, 0)[i % 6]
        for m, centre, unit in (("OR", (2.0, 10.0, -4.0)[at], 0.05), ("LE", (3.3, 3.31, 3.3)[at], 0.05), ("LT", (3.3, 3.29, 3.3)[at], 0.05)):
            r.put(lab, "alpha", m, sample, "%.2f" % (centre + unit * step))
        r.put(lab, "alpha", "NEG", sample, "%.1f" % ((-5.0, 0.0, 0.0)[at] + 0.1 * step))
        r.put(lab, "alpha", "TIED", sample, "8.0" if i % 6 else "8.4")
        r.put(lab, "alpha", "TIEDSD", sample, "8.0" if i % 5 or at else r.around(8, 0.4, 1))


def far_and_near():
    """27 values with mean 10 and SD 2; two of them lie exactly 3 SD away."""
    return ["10.0"] * 5 + ["9.0"] * 8 + ["11.0"] * 8 + ["8.0"] * 2 + ["12.0"] * 2 + ["4.0", "16.0"]


def good_beta(r, i, lab):
    three = far_and_near()
    for at, sample in enumerate(SAMPLES["beta"]):
        r.put(lab, "beta", "MEAN", sample, r.around(20 + at, 0.5, 2))
        r.put(lab, "beta", "CUT3", sample, three[i % 27] if at < 2 else r.around(20, 1, 1) if i != 20 else "31.0")
        r.put(lab, "beta", "CUT2", sample, r.around(7, 0.5, 1) if i % 9 else "9.0")
        r.put(lab, "beta", "ONCE", sample, three[i % 27] if at < 2 else r.around(10, 0.5, 1) if i % 20 else "14.0")
        r.put(lab, "beta", "HALF", sample, ("10.0", "10.1", "9.0", "11.1", "10.3", "9.8")[i % 6] if at % 2 else ("10.1", "10.2")[i % 2])
        r.put(lab, "beta", "MADE", sample, r.around(10, 0.4, 1))


def spoil_alpha(r):
    late, early = LATE, "2026-03-09T09:00:00+08:00"
    for lab in ("L05", "L10", "L12", "L44", "L46"):
        r.drop(lab, "alpha")
    r.resend("L06", "alpha", late)
    r.resend("L07", "alpha", late)
    r.put("L07", "alpha", "PCT", "A1", "13.5", received=late)
    r.resend("L08", "alpha", CLOSES)
    r.put("L08", "alpha", "PCT", "A1", "12.9", received=CLOSES)
    r.resend("L13", "alpha", late, measurands=["PCT", "ALL"])
    r.resend("L13", "alpha", late, measurands=["SD"], samples=["A1"])
    for sample in SAMPLES["alpha"]:
        r.put("L15", "alpha", "OR", sample, "")
        r.put("L27", "alpha", "NEG", sample, "<0.5")
        r.put("L38", "alpha", "PCT", sample, "30.5")
        r.put("L42", "alpha", "ABS", sample, "10.0", "10.1")
    r.drop("L16", "alpha", "LE")
    r.put("L17", "alpha", "PCT", "A2", "")
    r.put("L17", "alpha", "LT", "A3", "")
    r.drop("L18", "alpha", "PCT", "A1")
    r.drop("L18", "alpha", "NEG", "A2")
    r.put("L19", "alpha", "PCT", "A1", "10.0", "10.2")
    r.put("L19", "alpha", "LT", "A3", "3.30", "3.40")
    r.put("L20", "alpha", "PCT", "A1", "10.00", ("10.0", early))
    r.put("L20", "alpha", "PCT", "A2", "15.0", "15.00")
    r.put("L20", "alpha", "PCT", "A3", "20.0", "20.0", "")
    r.put("L21", "alpha", "ABS", "A1", "10.0", ("10.0", IN_TIME, ["S4", "I2", "M1", "R2", "K1"]))
    r.put("L33", "alpha", "ABS", "A1", "10.0", ("10.0", IN_TIME, ["S5", "", "M2", "R9", ""]))
    r.put("L22", "alpha", "ABS", "A1", "10.1", ("11.5", late))
    r.put("L23", "alpha", "ABS", "A1", "10.1", ("10.10", late))
    r.put("L24", "alpha", "PCT", "A1", "10.4", "14.0")
    r.put("L24", "alpha", "PCT", "A2", "15.4", "15.1", "15.4")
    r.put("L25", "alpha", "PCT", "A1", "100.1")
    r.put("L26", "alpha", "PCT", "A1", "<1.5")
    r.put("L26", "alpha", "PCT", "A2", ">15")
    r.put("L26", "alpha", "ABS", "A2", "<9.74")
    r.put("L26", "alpha", "ABS", "A3", ">20.35")
    r.put("L26", "alpha", "LT", "A3", "<3")
    r.put("L26", "alpha", "KNOWN", "A1", "＜５.０")
    r.put("L28", "alpha", "PCT", "A3", "20150")
    r.put("L28", "alpha", "ABS", "A1", "10000")
    r.put("L28", "alpha", "SD", "A1", "10000")
    r.put("L28", "alpha", "NEG", "A1", "-5000")
    r.put("L28", "alpha", "KNOWN", "A3", "9000")
    r.put("L28", "alpha", "TIEDSD", "A2", "8000")
    r.put("L28", "alpha", "OR", "A1", "2000.00")
    r.put("L18", "alpha", "LT", "A3", "3300")
    r.put("L29", "alpha", "PCT", "A1", "0.99")
    r.put("L29", "alpha", "PCT", "A2", "1.00")
    r.put("L29", "alpha", "PCT", "A3", "50.01")
    r.resend("L31", "alpha", late)
    r.put("L31", "alpha", "PCT", "A1", "", received=late)
    r.drop("L31", "alpha", "LE")
    r.resend("L32", "alpha", late, measurands=["PCT"])
    r.put("L32", "alpha", "PCT", "A1", ("10.0", late), ("11.0", late))
    r.resend("L37", "alpha", late, measurands=["ABS", "ALL"])
    r.put("L37", "alpha", "ABS", "A1", ("10.1", late), ("10.2", late))
    r.resend("L39", "alpha", late)
    r.put("L39", "alpha", "PCT", "A3", "20000", received=late)
    r.put("L39", "alpha", "PCT", "A2", "<1", received=late)
    for m in ALPHA:
        for sample in SAMPLES["alpha"]:
            r.put("L40", "alpha", m, sample, "")
    r.resend("L43", "alpha", late)
    for lab, value in (("L01", "5.50"), ("L02", "4.50"), ("L03", "5.51"), ("L04", "4.49")):
        r.put(lab, "alpha", "KNOWN", "A1", value)
    for lab, value in (("L01", "20.4"), ("L02", "20.3"), ("L03", "19.8"), ("L04", "19.7"), ("L09", "20.35"), ("L14", "19.75")):
        r.put(lab, "alpha", "ABS", "A3", value)
    for lab, value in (("L01", "10.3"), ("L02", "10.34"), ("L03", "10.35"), ("L04", "9.74"), ("L09", "9.73")):
        r.put(lab, "alpha", "ABS", "A2", value)
    for lab, value in (("L01", "2.30"), ("L02", "2.31"), ("L03", "1.70"), ("L04", "1.69")):
        r.put(lab, "alpha", "OR", "A1", value)
    for lab, value in (("L01", "10.60"), ("L02", "10.61"), ("L03", "9.40"), ("L04", "9.39")):
        r.put(lab, "alpha", "OR", "A2", value)
    for lab, value in (("L01", "-4.30"), ("L02", "-4.31"), ("L03", "-3.76"), ("L04", "-3.70")):
        r.put(lab, "alpha", "OR", "A3", value)
    for m in ("LE", "LT"):
        for lab, value in (("L01", "3.50"), ("L02", "3.498"), ("L03", "3.499"), ("L04", "3.10"), ("L09", "3.102"), ("L14", "3.101")):
            r.put(lab, "alpha", m, "A1", value)


def spoil_beta(r):
    r.drop("L14", "beta")
    r.drop("L18", "beta")
    r.resend("L19", "beta", LATE)
    r.drop("L23", "beta", "MEAN", "B2")
    r.drop("L23", "beta", "MEAN", "B3")
    r.drop("L38", "beta", "MEAN", "B1")
    r.put("L02", "beta", "HALF", "B1", "30.0")
    for sample in SAMPLES["beta"]:
        for m in BETA:
            r.put("L36", "beta", m, sample, "99.0")


def give_gamma(r):
    for lab, value in (("L01", "10.0"), ("L02", "10.2"), ("L03", "9.9")):
        for sample in SAMPLES["gamma"]:
            r.put(lab, "gamma", "FEW", sample, value)
            r.put(lab, "gamma", "STATED", sample, {"L01": "5.50", "L02": "4.49", "L03": "5.10"}[lab])
            r.put(lab, "gamma", "STATEDSD", sample, {"L01": "5.01", "L02": "5.02", "L03": "5.04"}[lab])
    r.put("L02", "gamma", "FEW", "C1", "10200")
    r.drop("L03", "gamma", "FEW", "C1")


def give_delta(r, enrolled):
    """L01 to L27; EDGE2 of nine only: mean 10, SD 1, two exactly 2 SD away."""
    two = ["10.0"] * 7 + ["8.0", "12.0"]
    for i, lab in enumerate(LABS[:27]):
        enrolled.append((lab, "delta", "*" if i < 9 else "EDGE3 ONCE3 NARROW EXACT"))
        for m in ("EDGE3", "ONCE3"):
            r.put(lab, "delta", m, "D1", far_and_near()[i])
        if i < 9:
            r.put(lab, "delta", "EDGE2", "D1", two[i])
        # the start is the SD, for most are equal; what is left in the end is a thousandth
        r.put(lab, "delta", "NARROW", "D1", "5.000" if i < 15 else "4.999" if i < 18 else "5.001" if i < 21 else "5.002" if i < 25 else "40")
        r.put(lab, "delta", "EXACT", "D1", ("10.00", "11.00", "9.00", "11.01", "8.99")[i % 5] if i < 15 else "10.00")


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def main(folder, unreadable):
    r, enrolled = Returns(), []
    for i, lab in enumerate(LABS, 1):
        if lab not in ("L35", "L47", "L48"):
            enrolled.append((lab, "alpha", "PCT TIED" if lab == "L36" else " ".join(ALPHA[:-1]) if lab == "L34" else "*"))
            good_alpha(r, i, lab)
        if i < 45 and lab != "L34":
            enrolled.append((lab, "beta", "*"))
            good_beta(r, i, lab)
        if lab in ("L01", "L02", "L03", "L44"):
            enrolled.append((lab, "gamma", "*"))
    for m in ALPHA:
        if m not in ("PCT", "TIED"):
            r.drop("L36", "alpha", m)
    r.put("L34", "alpha", "TIEDSD", "A1", "8.0")
    spoil_alpha(r)
    spoil_beta(r)
    r.drop("L44", "beta")
    give_gamma(r)
    give_delta(r, enrolled)
    if unreadable:
        r.put("L09", "alpha", "PCT", "A1", "haemolysed")
        r.put("L19", "alpha", "PCT", "A2", "15.0", "clotted")
        r.put("L06", "alpha", "PCT", "A1", "broken", received=LATE)
    for name, text in (("alpha.xml", SCHEME_ALPHA), ("beta.xml", SCHEME_BETA), ("gamma.xml", SCHEME_GAMMA), ("delta.xml", SCHEME_DELTA),
                       ("round.xml", ROUND), ("decisions.xml", DECISIONS)):
        write(folder, name, text)
    write(folder, "roster.csv", "code,name,region,class\n" + "".join(
        "%s,laboratory %s,%s,%s\n" % (lab, lab, REGIONS[i * 7 % len(REGIONS)], CLASSES[i * 5 % 4 if i % 3 else 3]) for i, lab in enumerate(LABS)))
    write(folder, "enrolments.csv", "lab,programme,measurands\n" + "".join("%s,%s,%s\n" % e for e in enrolled))
    write(folder, "results/all.csv", "lab,programme,measurand,sample,value,system,instrument,method,reagent,calibrator,received\n" + "".join(
        ",".join(cell + (value,) + tuple(keys) + (received,)) + "\n" for cell, rows in r.rows.items() for value, received, keys in rows))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or (len(sys.argv) == 3 and sys.argv[2] != "--unreadable"):
        print("usage: make_round.py INTO [--unreadable]", file=sys.stderr)
        sys.exit(2)
    main(sys.argv[1], len(sys.argv) == 3)
