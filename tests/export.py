#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A round folder as a centre's own table: what `zhiping import` is to turn back.

    export.py ROUND web FILE          one row per value, GB18030, times without an offset
    export.py ROUND wide FILE [two]   one row per laboratory; with `two` a header of two rows
Needs a round simulated with --single-file (and one programme for `wide`).
"""
import csv, io, os, sys, xml.etree.ElementTree as ET

NAMES = {"chemistry": "常规化学", "blood-count": "全血细胞计数"}
RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "rules")
REGIONS = {r.get("code"): r.get("name") for r in ET.parse(RULES + "/regions/hubei.xml").iter("region")}


def rows_of(folder):
    """Every value that came back, as a dict, with `received` as the laboratory's system would show it."""
    for name in ("all", "late"):
        try:
            with open(f"{folder}/results/{name}.csv", encoding="utf-8", newline="") as f:
                yield from csv.DictReader(f)
        except FileNotFoundError:
            pass


def local(instant):
    """2026-03-16T09:05:00+08:00 as 2026-03-16 09:05."""
    return instant[:16].replace("T", " ") if instant else ""


def labs_of(folder):
    with open(f"{folder}/roster.csv", encoding="utf-8", newline="") as f:
        return {r["code"]: r for r in csv.DictReader(f)}


def unambiguous(code):
    """The name of a region where only one has it, else its code."""
    name = REGIONS[code]
    return name if list(REGIONS.values()).count(name) == 1 else code


def web(folder, path):
    labs = labs_of(folder)
    out = io.StringIO()
    w = csv.writer(out, lineterminator="\r\n")
    w.writerow("序号 实验室编码 实验室名称 地区 类别 专业 项目 样本号 结果 单位 检测系统 仪器 方法 试剂 校准品 上报时间".split())
    for i, r in enumerate(rows_of(folder), 1):
        lab = labs[r["lab"]]
        w.writerow([i, r["lab"], lab["name"], unambiguous(lab["region"]), lab["class"], NAMES[r["programme"]], r["measurand"], r["sample"],
                    r["value"] or "未做", r["unit"], r["system"], r["instrument"], r["method"], r["reagent"], r["calibrator"],
                    local(r.get("received"))])
    with open(path, "wb") as f:
        f.write(out.getvalue().encode("gb18030"))


def wide(folder, path, two):
    labs, values, received = labs_of(folder), {}, {}
    for r in rows_of(folder):
        values.setdefault(r["lab"], {})[r["measurand"], r["sample"]] = r["value"]
        received[r["lab"]] = local(r.get("received"))
    items = sorted({(m, s) for v in values.values() for m, s in v})
    left = ["实验室编码", "实验室名称", "地区", "类别", "上报时间"]
    with open(path, "w", encoding="utf-8-sig", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        if two:  # as a spreadsheet exports merged cells: the measurand over its first sample
            before = None
            w.writerow(left + [m if m != (items[i - 1][0] if i else before) else "" for i, (m, s) in enumerate(items)])
            w.writerow([""] * len(left) + [s for m, s in items])
        else:
            w.writerow(left + [f"{m}-{s}" for m, s in items])
        for code, cells in values.items():
            lab = labs[code]
            w.writerow([code, lab["name"], unambiguous(lab["region"]), lab["class"], received[code]] + [cells.get(i, "") for i in items])


if __name__ == "__main__":
    folder, what, path = sys.argv[1:4]
    web(folder, path) if what == "web" else wide(folder, path, len(sys.argv) > 4)
