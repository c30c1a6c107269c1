# SPDX-License-Identifier: GPL-3.0-or-later
"""A round made up for questions: each measurand is one question, with values, target, limit and rules of its own.
Measurands with the same choices share a programme; there is one sample. And what was published of it, by question."""

import csv
import os
from types import SimpleNamespace as Box

FRAME = """<round id="%s" name="一轮" year="2026" number="1" opens="2026-03-01T08:00:00Z" closes="2026-03-15T17:00:00Z">
  <organiser name="示例中心"/>
  <regions from="regions.xml"/>
  <class name="甲"/>
%s</round>
"""
PROGRAMME = """  <programme code="{0}" name="{0}" scheme="{0}.xml">
    <sample code="S"/>
{1}  </programme>
"""
SCHEME = """<scheme name="{0}" version="1" title="{0}" pass="80">
{1}{2}
{3}</scheme>
"""
MEASURAND = """  <measurand code="{q.code}" name="{q.code}" unit="U" places="{q.places}"{more}>
    <peers by="{q.by}" least="{q.least}"/><assign method="{q.method}"{settings}/>{q.inside}
    <limit{limit} text="x" source="x" confidence="A"/>
  </measurand>
"""


def attributes(pairs):
    return "".join(' %s="%s"' % pair for pair in pairs.items())


def score(method, **settings):
    return '<score method="%s"%s/>' % (method, attributes(settings))


def sigma(by, **settings):
    return '<sigma by="%s"%s/>' % (by, attributes(settings))


def absolute(width):
    return {"kind": "ABS", "abs": width}


WIDE = absolute("1000")  # a limit that keeps out of the way


def lab(i):
    return "L%02d" % (i + 1)


class Round:
    def __init__(self, name):
        self.name, self.programmes = name, {}

    def ask(self, values, choices=None, scheme="", **own):
        """values: for each laboratory a text, (text, its uncertainty), a list of these, "" for a blank, or None: not
        declared. choices, and scheme, XML for all of the scheme, choose the programme. own: what stands below."""
        key = tuple(sorted((choices or {}).items())), scheme
        p = self.programmes.setdefault(key, Box(code="p%d" % (len(self.programmes) + 1), questions=[], scheme=scheme, choices=choices or {}))
        q = Box(programme=p.code, code="m%d" % (len(p.questions) + 1), values=values, limit=WIDE, places=2, inside="", method="mean", settings={},
                least=1, by="", instruments=(), more={}, known=None, known_values=(), decided=None, reference=None, material=(), later=())
        assert not own.keys() - vars(q).keys(), own.keys()
        vars(q).update(own)
        p.questions.append(q)
        return q

    def stated(self, values, x_pt, u=None, **more):
        return self.ask(values, **dict({"method": "known", "known": dict({"x-pt": x_pt}, **({"u": u} if u else {}))}, **more))

    def write(self, folder):
        os.makedirs(os.path.join(folder, "results"))

        def put(name, text):
            with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
                file.write(text)

        lines, enrolled = [], {}
        for p in self.programmes.values():
            for q in p.questions:
                lines += lines_of(q)
                for i, value in enumerate(q.values):
                    if value is not None:
                        enrolled.setdefault((lab(i), p.code), []).append(q.code)
            put(p.code + ".xml", SCHEME.format(p.code, "  <choices%s/>\n" % attributes(p.choices) if p.choices else "", p.scheme, "".join(
                MEASURAND.format(q=q, settings=attributes(q.settings), more=attributes(q.more), limit=attributes(q.limit)) for q in p.questions)))
        put("round.xml", FRAME % (self.name, "".join(
            PROGRAMME.format(p.code, "".join("    %s\n" % item for q in p.questions for item in items_of(q))) for p in self.programmes.values())))
        decided = "".join('  <set-target programme="%s" measurand="%s" sample="S"%s who="甲" when="2026-03-20" why="试"/>\n' % (q.programme, q.code, attributes(q.decided))
                          for p in self.programmes.values() for q in p.questions if q.decided)
        if decided:
            put("decisions.xml", "<decisions>\n%s</decisions>\n" % decided)
        put("regions.xml", '<regions set="s" title="t" source="x" confidence="A"><region code="1" name="甲"/></regions>\n')
        labs = sorted({code for code, _ in enrolled})
        put("roster.csv", "code,name,region,class\n" + "".join("%s,示例实验室%s,1,甲\n" % (code, code) for code in labs))
        put("enrolments.csv", "lab,programme,measurands\n" + "".join("%s,%s,%s\n" % (*key, " ".join(codes)) for key, codes in enrolled.items()))
        put("results/all.csv", "lab,programme,measurand,sample,value,uncertainty,instrument\n" + "".join(lines))


def lines_of(q):
    """Its rows of results."""
    for i, value in enumerate(q.values):
        for sent in value if isinstance(value, list) else [value]:
            text, u = sent if isinstance(sent, tuple) else (sent, "")
            if text is not None:
                yield ",".join((lab(i), q.programme, q.code, "S", text, u, q.instruments[i] if q.instruments else "")) + "\n"


def items_of(q):
    """What round.xml says of it."""
    where = ' measurand="%s" sample="S"' % q.code
    if q.known:
        yield '<known%s%s source="x">%s</known>' % (where, attributes(q.known), "".join('<value lab="E" x="%s"/>' % v for v in q.known_values))
    if q.reference:
        yield '<reference%s x-pt="%s" u="%s" source="x"/>' % (where, *q.reference)
    if q.material:
        yield "<material%s>%s</material>" % (where, "".join(
            '<%s values="%s"/>' % (tag, values) for tag, all_values in (("item", q.material), ("later", q.later)) for values in all_values))


class Published:
    def __init__(self, folder):
        self.folder = folder
        self.targets, self.points = {}, {}
        for row in self.table("targets.csv"):
            self.targets.setdefault((row["programme"], row["measurand"]), []).append(row)
        for row in self.table("points.csv"):
            said = self.points.setdefault((row["lab"], row["programme"], row["measurand"]), [])
            said.append((row["score"], row["value"], row["signal"]))
        self.scores = {(row["lab"], row["programme"], row["measurand"]): row for row in self.table("scores.csv")}
        self.verdicts = {(row["lab"], row["programme"], row["measurand"]): row for row in self.table("verdicts.csv")}

    def table(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def target(self, q):
        return self.targets[q.programme, q.code][0]

    def groups(self, q):
        return self.targets[q.programme, q.code]

    def score(self, q, i):
        return self.scores[lab(i), q.programme, q.code]

    def said(self, q, i):
        """The scores beside the verdict: (scorer, value, signal) in the order of the scheme."""
        return self.points.get((lab(i), q.programme, q.code), [])

    def verdict(self, q, i):
        """Verdict and reason of the result, and whether it is accepted in the laboratory's score."""
        row = self.score(q, i)
        return row["verdict"], row["reason"], int(self.verdicts[lab(i), q.programme, q.code]["accepted"])
