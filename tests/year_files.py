#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people hand over beside the rounds of a year, and what they are told of it: each file is given alone, and every sentence is expected.

usage: year_files.py LEDGER   one closed round of 2026 with the programmes chemistry and blood-count and the laboratories L0001 to L0014"""
import os, re, shutil, subprocess, sys

ZHIPING, OPTIONS, LEDGER = os.environ["ZHIPING"], os.environ["ZP_OPTIONS"].split(), sys.argv[1]
faults, done = [], 0


def year(*arguments, code=0, lang="en"):
    """Gives: the lines that are told."""
    global done
    done += 1
    shutil.rmtree("out", ignore_errors=True) if not os.path.isdir("out") else subprocess.run(["chmod", "-R", "u+w", "out"]) and shutil.rmtree("out")
    shutil.copy(LEDGER, "year.sqlite")
    p = subprocess.run([ZHIPING, "year", *OPTIONS, "2026", "--ledger", "year.sqlite", "--into", "out", "--issued", "2027-01-10", "--lang", lang, *(() if "--emit" in arguments else ("--emit", "tables")), *arguments],
                       capture_output=True, timeout=120)
    said = (p.stdout + p.stderr).decode("utf-8", "backslashreplace")
    if p.returncode != code:
        faults.append(f"{arguments}: exit {p.returncode}, expected {code}: {said[:600]}")
    if p.returncode > 1 and os.path.exists("out/year-2026"):
        faults.append(f"{arguments}: it is refused and published")
    return [line.removeprefix("zhiping: ") for line in said.splitlines()]


def told(option, name, content, expected, code=3, more=(), lang="en"):
    """expected: what lines about the file begin with, each once, in any order."""
    if content is not None:
        open(name, "wb").write(content if isinstance(content, bytes) else content.encode())
    said = [line for line in year(option, name, *more, code=code, lang=lang) if line.startswith(name)]
    for words in expected:
        found = [line for line in said if line.startswith(words)]
        if not found:
            faults.append(f"{option} {name}: not told: {words!r}; told: {said[:20]}")
            continue
        said.remove(found[0])
    if said:
        faults.append(f"{option} {name}: told as well: {said[:10]}")


# ---- internal quality control ----
HEAD = "lab,month,item,level,lot,n,mean"
told("--iqc", "empty.csv", "", ["empty.csv: the file is empty; expected a header"])
told("--iqc", "none.csv", None, ["none.csv: the file "])
told("--iqc", "bytes.csv", b"lab,month\n\xff\xfe\xff\n", ["bytes.csv: the file "])
told("--iqc", "header.csv", HEAD.replace("month", "mouth") + ",mean,x" + "y" * 300 + ",\nL0001,2026-01,GLU,1,A,20,5,5,,\n",
     ['header.csv:1:2: the column "mouth" is not known', 'header.csv:1:8: the column "mean" is there twice', 'header.csv:1:9: the column "xyyy', 'header.csv:1: there is no column "month" (or '])
lines = [HEAD.upper() + ",SD,CV,MEAN_IN_USE,IN_CONTROL,LOT_SINCE,unit"]
expected = []
for cells, *words in (
        ("L0001,2026,GLU,1,A,20,5", '2: "MONTH" is "2026"; expected a month with its year'), ("L0001,2026-,GLU,1,A,20,5", '2: "MONTH" is "2026-"'),
        ("L0001,2026-1x,GLU,1,A,20,5", '2: "MONTH" is "2026-1x"'), ("L0001,2026-00,GLU,1,A,20,5", '2: "MONTH" is "2026-00"'), ("L0001,1899-01,GLU,1,A,20,5", '2: "MONTH" is "1899-01"'),
        ("L0001,20263,GLU,1,A,20,5", '2: "MONTH" is "20263"'), ("L0001,三月,GLU,1,A,20,5", '2: "MONTH" is "三月"'),
        ("L0001,2026年13月,GLU,1,A,20,5", '2: "MONTH" is "2026年13月"'), ("L0001,2026x03,GLU,1,A,20,5", '2: "MONTH" is "2026x03"'),
        (",2026-01,GLU,1,A,20,5", '1: "LAB" is empty; expected what belongs there'), ("L0001,2026-01,,1,A,20,5", '3: "ITEM" is empty'),
        ("L0001,2026-01,GLU,1,A,0,5", '6: "N" is "0"; expected a whole number from 1 to '), ("L0001,2026-01,GLU,1,A,1.5,5", '6: "N" is "1.5"'), ("L0001,2026-01,GLU,1,A,x,5", '6: "N" is "x"'),
        ("L0001,2026-01,GLU,1,A,999999999999,5", '6: "N" is "999999999999"'),
        ("L0001,2026-01,GLU,1,A,20,x", '7: "MEAN" is "x"; expected a number such as 5.20'), ("L0001,2026-01,GLU,1,A,20,5,-1", '8: "SD" is "-1"; expected 0 or more'),
        ("L0001,2026-01,GLU,1,A,20,5,,x%", '9: "CV" is "x%"; expected a number'), ("L0001,2026-01,GLU,1,A,20,5,,,x", '10: "MEAN_IN_USE" is "x"'),
        ("L0001,2026-01,GLU,1,A,20,5,,,,maybe", '11: "IN_CONTROL" is "maybe"; expected yes or no'), ("L0001,2026-01,GLU,1,A,20,5,,,,,soon", '12: "LOT_SINCE" is "soon"'),
        ("L0001,2026-01,GLU,1," + "A" * 300 + ",20,5", '5: "LOT" is longer than '), ("L0001,2026-01,GLU,1,A\u202e,20,5", '5: "LOT" is longer than '),
        ("L0001,2026-01,GLU,1,A,20,5,,,,,,,more", '14: the line has more cells than the header'), ('L0001,2026-01,"GLU,1,A,20,5', "3: "),
        ("L0001,2026-01,GLU,1,A,1,5,0.1", " there is one value, and an SD or CV"), ("L0001,2026-01,GLU,1,A,1,5,,2", " there is one value, and an SD or CV"),
        ("L0001,2026-01,GLU,1,A,20,0,,2", " the mean is 0, and there is a CV"),
        ("L0001,2026-01,GLU,1,A,20,5,0.1,5", " the CV is 5, and the SD 0.1 of the mean 5 makes 2, whatever was rounded"),
        ("L0001,2026-01,GLU,1,A,20,-5,0.5,2.00", " the CV is 2.00, and the SD 0.5 of the mean -5 makes 10.00"),
        ("L0001,2026-03,GLU,1,A,20,5,,,,,2026-04", ' ')):
    lines.append(cells)
    expected += [f"wrong.csv:{len(lines)}:{word}" for word in words]
told("--iqc", "wrong.csv", "\n".join(lines) + "\n", expected)
told("--iqc", "same.csv", HEAD + "\nL0001,2026-01,GLU,1,A,20,5\nL0001,2026-01,GLU,1,A,20,5.1\n\nL0001,2026-12,GLU,1,A,20,5\nL0001,2027-01,GLU,1,A,20,5\nL9999,2026-01,GLU,1,A,20,5\n",
     ["same.csv:3: ", "same.csv:6: ", 'same.csv:7: laboratory "L9999"'])
# Every way of writing a month, a level, an answer and a count is the same; figures that agree as they are rounded are taken.
told("--iqc", "ways.csv", "实验室,月份,项目,水平,批号,测定数,均值,标准差,变异系数,在控\r\n\r\n" +
     "L0001,2026/1,GLU,水平1,A,20.0,5.00,0.1,2.0%,是\r\nL0001,2026.02,GLU,level 1,A,31,5.00,0.1,2,失控\r\nL0001,202603,GLU,L1,A,20,5,0.1,2.1,yes\r\n"
     "L0001,2026年4月,GLU,1.0,A,20,5,0,0,no\r\nL0001,2026年5,GLU,高,A,20,5,123456.123456789012,2,\r\nL0001,2026-06,GLU,,A,20,5,,,\r\nL0001,2026-07,GLU,1x,,20,0,0.1,,\r\n", [], code=0)
# What is told of files that are taken: items of no programme, units that are none of theirs, and how many more of the same there are.
taken = HEAD + ",specimen,unit\n" + "".join(f"L0001,2026-01,X{i},1,A,20,5,,\n" for i in range(30)) + "L0001,2026-02,X1,1,A,20,5,,\nL0001,2026-01,GLU,1,A,20,5,CSF,\nL0002,2026-01,GLU,1,A,20,5,,parsec\n"
said = {lang: [line for line in year("--iqc", "told.csv", lang=lang) if "told.csv" in line or "same" in line or "另有" in line] for lang in ("en", "zh")} if open("told.csv", "w").write(taken) else {}
if len(said["en"]) != len(said["zh"]) or not any("is in no programme; it stays as it is written" in line for line in said["en"]) or not any("more of the same are not listed" in line for line in said["en"]):
    faults.append(f"told.csv: {said}")

# ---- evidence ----
EVIDENCE = "lab,key,value,unit,source,date\n"
told("--evidence", "empty.csv", "\n\n", ["empty.csv: the file is empty; expected a header"])
told("--evidence", "none2.csv", None, ["none2.csv: the file "])
told("--evidence", "bytes2.csv", b"lab,key\n\xff\xfe\xff\n", ["bytes2.csv: the file "])
lines, expected = [EVIDENCE.strip()], []
for cells, *words in (
        (",inspection,1,,,2026-01-01", "lab is empty"), ("L0001,,1,,,2026-01-01", "key is empty"), ("L0001,a,,,,2026-01-01", "value is empty"), ("L0001,a,1,,,", "date is empty"),
        ("L0001,A,1,,,2026-01-01", '"A" is no key'), ("L0001,a,1,,,2026-02-30", '"2026-02-30" is no day'), ("L0001,a,1,,,2027-02-01", "the day 2027-02-01 lies after the date of issue 2027-01-10"),
        ("L0001,a,92 %,,,2026-01-01", 'value is "92 %"; expected a number with its unit in the column unit'), ("L0001,a,1" + "0" * 60 + ",,,2026-01-01", "value is "),
        ("L0001,a,1e300,,,2026-01-01", 'value is "1e300"'), ("L0001,a,-,,,2026-01-01", 'value is "-"'), ("L0001,b,\u202ex,,,2026-01-01", "value is "), ("L0001,b," + "x" * 2000 + ",,,2026-01-01", "value is "),
        ('L0001,"b,1,,,2026-01-01', "")):
    lines.append(cells)
    expected += [f"wrong2.csv:{len(lines)}: {word}".rstrip() if word else f"wrong2.csv:{len(lines)}:" for word in words]
told("--evidence", "wrong2.csv", "\n".join(lines) + "\n", expected)
told("--evidence", "fate.csv", EVIDENCE + "L0001,a,1,,,2026-01-01\nL0001,a,1.0,,,2026-01-01\nL0001,b,2026-03-01,,,2026-01-01\nL0001,c,2,,,2026-01-01\nL0001,c,3,,,2026-01-01\nL9999,a,1,,,2026-01-01\n420500,a,1,,,2026-01-01\n",
     ["fate.csv:6: ", 'fate.csv:7: ', 'fate.csv:8: '])
many = EVIDENCE + "".join(f"L0001,a{i},1,,,2025-0{i % 9 + 1}-01\n" for i in range(30))
told("--evidence", "other.csv", many, ["other.csv: 30 line(s) with a day that is not in 2026 count for nothing: 2, 3"], code=0)
told("--evidence", "other.csv", many, ["other.csv：30 行的日期不在 2026 年，不计入：第 2、3"], code=0, lang="zh")

regions = EVIDENCE + "".join(f"{region},{key},{value},,,2026-0{value}-01\n" for region in ("420500", "420100", "420600") for key in ("training", "visits") for value in (3, 1, 2))
told("--evidence", "regions.csv", regions, [], code=0, more=("--regions", "hubei"))
for region in ("420100", "420500", "420600"):
    record = open(f"out/year-2026/v1/regions/{region}/record.xml", encoding="utf-8").read()
    if record.count('<evidence key="training" value="3"') != 1 or record.count('<evidence-other key="training"') != 2:
        faults.append(f"regions.csv: the latest does not count in {region}")
told("--evidence", "wordy.csv", EVIDENCE + "L0001,a,good,,,2026-01-01\nL0001,a,good,,,2026-01-01\nL0001,b,1,,,2026-01-01\nL0001,b,one,,,2026-01-01\n", ["wordy.csv:5: "])

# ---- what is to be written ----
for emit, code, words in (("nothing-such", 2, '--emit "nothing-such" is not known; expected some of: '), (",", 2, "--emit names nothing; expected some of: "), ("reports", 2, '--emit "reports" is not known'),
                          ("tables,,", 0, "out/year-2026/v1: ")):
    said = year("--emit", emit, code=code)
    if not any(line.startswith(words) for line in said):
        faults.append(f"--emit {emit}: {said[:3]}")

# ---- what laboratories perform ----
PERFORMED = "lab,specimen,item,compared,iqc\n"
told("--performed", "empty.csv", "", ["empty.csv: the file is empty; expected a header"])
told("--performed", "columns.csv", "lab,specimen,item,compared\n", ['columns.csv:1: there is no column "iqc"'])
told("--performed", "wrong3.csv", PERFORMED + ",,GLU,yes,yes\nL0001,,,yes,yes\nL0001,,GLU,perhaps,yes\nL0001,,GLU,yes,\nL0001,,K\nL0001,,NA,yes,yes\nL0001,,NA,yes,yes\nL0001,,NA,no,yes\nL0001,,NA,yes,no\nL0001,,\"CL,no,no\n",
     ["wrong3.csv:2: laboratory or item is empty", "wrong3.csv:3: laboratory or item is empty", 'wrong3.csv:4: compared is "perhaps"; expected yes or no', 'wrong3.csv:5: iqc is ""',
      'wrong3.csv:6: compared is ""', "wrong3.csv:11:"])
told("--performed", "twice.csv", PERFORMED + "L0001,,NA,yes,yes\nL0001,,NA,yes,yes\nL0001,,NA,no,yes\nL0001,,NA,yes,no\nL0001,x,NA,yes,no\nL0002,,NA,yes,no\n",
     ["twice.csv:4: laboratory L0001 has ", "twice.csv:5: laboratory L0001 has "])
unknown = PERFORMED + "".join(f"L0001,,X{i},no,no\n" for i in range(20)) + "L0002,,X1,no,yes\n"
told("--performed", "unknown.csv", unknown, ["unknown.csv: items that are in no programme count as performed without a plan; mend them if their codes are misspelt: 20: X0, X1, "], code=0)
told("--performed", "unknown.csv", unknown, ["unknown.csv：20 个项目不在任何计划中"], code=0, lang="zh")

# ---- who became whom ----
IDENTITY = "from,to,since,kind\n"
told("--identity", "none3.csv", None, ["none3.csv: "])
told("--identity", "bytes3.csv", b"from,to,since,kind\n\xff\xfe\xff\n", ["bytes3.csv: "])
told("--identity", "header2.csv", "from,to,since,sort\n", ["header2.csv:1: the first line is not the header; expected from,to,since,kind"])
told("--identity", "header3.csv", "from,to\n", ["header3.csv:1: the first line is not the header"])
told("--identity", "wrong4.csv", IDENTITY.replace("\n", "\r\n") + "\r\nL0001,L0002,2026-01-01\r\n,L0002,2026-01-01,merge\r\nL0001,,2026-01-01,merge\r\nL0001,L0002,2026-02-30,merge\r\nL0001,L0002,2026-01-01,marry\r\n"
     "L0001,L0001,2026-01-01,rename\r\n\"L0001,L0002,2026-01-01,merge\r\n",
     ["wrong4.csv:3: the line has 3 cells; expected 4", "wrong4.csv:4: a code is empty", "wrong4.csv:5: a code is empty", 'wrong4.csv:6: "2026-02-30" is no day', 'wrong4.csv:7: the kind is "marry"',
      'wrong4.csv:8: "L0001" is renamed to itself', "wrong4.csv:9: "])
told("--identity", "fates.csv", IDENTITY + "L0001,L0101,2026-01-01,rename\nL0001,L0102,2026-01-01,rename\nL0002,L0102,2026-01-01,split\nL0002,L0103,2026-02-01,split\nL0003,L0104,2026-01-01,split\nL0003,L0105,2026-01-01,merge\n",
     ['fates.csv:3: "L0001" has a line already', 'fates.csv:5: "L0002" has a line already', 'fates.csv:7: "L0003" has a line already'])
told("--identity", "circle.csv", IDENTITY + "L0001,L0002,2026-01-01,rename\nL0002,L0001,2026-02-01,rename\n", ['circle.csv:'])
told("--identity", "later.csv", IDENTITY + "L0001,L0002,2027-06-01,rename\nL0003,L0004,2026-06-01,split\nL0003,L0003,2026-06-01,split\n", [], code=0)
told("--identity", "tree.csv", IDENTITY + "".join(f"A{i},B,2026-01-01,merge\n" for i in range(300)), [], code=0)

# ---- what is told of a whole year is told in either language, line by line ----
han = re.compile("[\u4e00-\u9fff]")


def both(*arguments):
    english, chinese = year(*arguments), year(*arguments, lang="zh")
    if len(english) != len(chinese) or len(english) < 2:
        faults.append(f"{arguments}: {len(english)} lines in English, {len(chinese)} in Chinese: {english[:5]} {chinese[:5]}")
    faults.extend(f"no Chinese: {line}" for line in chinese if not han.search(line))


open("empty-lab.csv", "w").write(PERFORMED + "L0001,,GLU,yes,no\nL0002,,GLU,no,yes\n")
both("--performed", "empty-lab.csv", "--iqc", "told.csv", "--evidence", "other.csv", "--regions", "hubei", "--recognition", "city",
     "--awards", "excellent-laboratory,excellent-centre,excellent-transfusion,consecutive")

print("\n".join(faults[:40]))
print(f"{done} years, {len(faults)} faults")
sys.exit(bool(faults))
