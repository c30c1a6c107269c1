#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence that an input can bring about has its Chinese: the formats in the sources named on the command line, against the
catalogue. Prints what is missing, one line each.

usage: chinese.py CATALOGUE[,CATALOGUE...] SOURCE...
       chinese.py --unused CATALOGUE[,CATALOGUE...] SOURCE...

The second prints the other way round: entries that no source says (rules may say them as well), and those with an empty side."""
import html
import re
import sys

LITERAL = r'"(?:[^"\\]|\\.)*"'
# Functions that tell something of the input; what follows as a text with a blank in it is a sentence or a clause of one.
TELLS = re.compile(r"\b(?:problem|remark|tell(?=\([a-z], )|refuse|zp_refuse|no|unusual|zp_intake_tell|zp_intake_problem|zp_problem_add|zp_iqc_table_tell|zp_iqc_tell|without|(?:sink|f->sink|l->sink)->(?:problem|refuse))\s*\(")


def strip_comments(text):
    return re.sub(r"/\*.*?\*/", lambda m: " " * len(m.group()), text, flags=re.S)


def joined(text):
    """Adjacent literals are one, as for a compiler."""
    return re.sub(rf'({LITERAL})(?:\s*({LITERAL}))+', lambda m: '"' + "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', m.group())) + '"', text)


def call(text, start):
    """From its opening bracket to the closing one."""
    depth, at = 0, start
    while at < len(text):
        literal = re.compile(LITERAL).match(text, at)
        if literal:
            at = literal.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        at += 1
        if depth == 0:
            break
    return text[start:at]


def sentences(path):
    text = joined(strip_comments(open(path, encoding="utf-8").read()))
    for found in TELLS.finditer(text):
        for literal in re.findall(LITERAL, call(text, found.end() - 1)):
            yield literal[1:-1]
    for literal in re.findall(rf"(?:\bwhy = |\.bad = |\breturn |[?:] )({LITERAL})", text):  # clauses
        yield literal[1:-1]
    for literal in re.findall(rf"refuse\(b, out, ({LITERAL})", text):
        yield literal[1:-1]


def is_sentence(text):
    return len(re.findall(r"[A-Za-z]{2,}", re.sub(r"%[.*]*[lz]*[a-z]", "", text))) >= 2 and " " in text.strip() and "\\n" not in text and not text.endswith(" ")


def catalogue_of(paths):
    return "".join(joined(strip_comments(open(path, encoding="utf-8").read())) for path in paths.split(","))


def unused(catalogues, paths):
    said = set()
    rest = ""
    for path in paths:
        text = open(path, encoding="utf-8").read()
        if path.endswith(".xml"):
            rest += html.unescape(text)
        else:
            said |= {m[1:-1] for m in re.findall(LITERAL, joined(strip_comments(re.sub(rf"({LITERAL})|'(?:[^'\\\n]|\\.)+'", lambda m: m.group(1) or "0", text))))}
    for english, chinese in re.findall(rf"\{{ ({LITERAL}),\s*({LITERAL}) \}}", catalogue_of(catalogues)):
        plain = english[1:-1].replace('\\"', '"')
        if not english[1:-1] or not chinese[1:-1]:
            print(f"an entry has an empty side: {english}, {chinese}")
        elif english[1:-1] not in said and f'"{plain}"' not in rest and plain not in rest:
            print(f"nobody says {english}")


def main():
    if sys.argv[1] == "--unused":
        return unused(sys.argv[2], sys.argv[3:])
    catalogue = catalogue_of(sys.argv[1])
    known = {m.group(1)[1:-1] for m in re.finditer(rf"\{{ ({LITERAL}),\s*{LITERAL} \}}", catalogue)}
    n = 0
    for path in sys.argv[2:]:
        for text in sentences(path):
            if not is_sentence(text):
                continue
            n += 1
            if text not in known:
                print(f"{path}: \"{text}\" has no Chinese")
    if n < 5:
        print(f"only {n} sentences were found in {len(sys.argv) - 2} files: this test looks in the wrong place")


main()
