# SPDX-License-Identifier: GPL-3.0-or-later
"""Every number on a laboratory's papers stands in its explanation.

explained.py N COMMAND... -- FOLDER...    looks at N laboratories of each published folder; COMMAND is `zhiping explain` with its options

Papers: certificate.pdf and report.pdf as pdftotext -layout has them, report.html and results.csv as they are; of a year the PDFs and record.xml. A
number is looked for as it is printed, with its sign where one stands before it; what may be missing is listed in `allowed`, each with its reason."""
import collections
import csv
import html
import os
import re
import subprocess
import sys

NUMBER = re.compile(r"\d+(?:\.\d+)*")


def plain(text):
    """One kind of minus and blank, full-width characters as plain ones."""
    text = text.replace("−", "-").replace("\u00a0", " ").replace("\u2009", " ")
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


def tokens(text):
    """Numbers with where they stand; a sign belongs to one when nothing stands before it that it could join."""
    for m in NUMBER.finditer(text):
        a = m.start()
        sign = a > 0 and text[a - 1] in "+-" and (a == 1 or not (text[a - 2].isalnum() or text[a - 2] in ")."))
        yield (text[a - 1] if sign else "") + m.group(), m.start(), m.end()


# ---- papers as texts ----

def pdf(path):
    return plain(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout)


def page(path):
    """What a reader of report.html sees, without its drawings: their scales are no statements, and their words are told apart below."""
    text = open(path, encoding="utf-8").read()
    says = re.findall(r"<title>([^<]*)</title>|<text[^>]*class=\"[^\"]*b[^\"]*\"[^>]*>([^<]*)</text>", text)
    text = re.sub(r"(?s)<(svg|style|head|script)\b.*?</\1>", " ", text)
    return plain(html.unescape(re.sub(r"<[^>]*>", " ", text) + "\n" + "\n".join(a or b for a, b in says[1:])))


def papers(folder, lab):
    base = os.path.join(folder, "labs", lab)
    for name in sorted(os.listdir(base)):
        path = os.path.join(base, name)
        if name.endswith(".pdf"):
            yield name, pdf(path)
        elif name.endswith(".html"):
            yield name, page(path)
        elif name == "results.csv":
            yield name, plain(open(path, encoding="utf-8").read())
        elif name == "record.xml":
            yield name, plain(html.unescape("\n".join(re.findall(r"\"([^\"]*)\"", open(path, encoding="utf-8").read().split("\n", 1)[1]))))


# ---- what need not be explained ----

def allowed(name, line, a, b):
    """Why this number may be missing; None: it may not."""
    before, after = line[max(0, a - 14):a], line[b:b + 14]
    if name.endswith(".pdf") and re.search(r"(第|共|page|p\.|/|of|至|见)\s*$", before, re.I) and re.search(r"^\s*(页|/|$|\s\s|of)", after):
        return "page numbers"
    if name == "report.pdf" and before.endswith("      ") and not after.strip():
        return "page numbers"  # the last column of the list on the first page
    return None


def apart(token, found):
    """Two cells of a table that touch in the text of a PDF."""
    return any(token[:k] in found and token[k:] in found for k in range(3, len(token) - 2)) if token.count(".") > 1 else False


# ---- one laboratory ----

def explained(command, folder, lab):
    """Gives: the numbers of sentences, and those that are only on the scales of figures."""
    found, scales = set(), set()
    for lang in ("en", "zh"):
        said = subprocess.run([*command, folder, lab, "--lang", lang], capture_output=True, text=True)
        if said.returncode != 0:
            raise SystemExit(f"{folder} {lab}: {said.stderr}")
        for line in plain(said.stdout).split("\n"):
            to = scales if re.match("  (scale|刻度):", line) else found
            for token, _, _ in tokens(line):
                to.update((token, token.lstrip("+-")))
    return found, scales


def look(command, folder, lab, wrong, why, kinds):
    found, scales = explained(command, folder, lab)
    n = 0
    for name, text in papers(folder, lab):
        lines = text.split("\n")
        for i, line in enumerate(lines):
            for token, a, b in tokens(line):
                n += 1
                if token in found or (name.endswith(".pdf") and apart(token, found)):
                    kinds[name] += 1
                    continue
                reason = "scales of figures" if name == "report.pdf" and token in scales else allowed(name, line, a, b)
                if reason:
                    why[reason] += 1
                else:
                    wrong[name, token, line.strip()[:150]].append(lab)
    return n


def main():
    stop = sys.argv.index("--")
    most, command, folders = int(sys.argv[1]), sys.argv[2:stop], sys.argv[stop + 1:]
    wrong, why, kinds, n, labs_n = collections.defaultdict(list), collections.Counter(), collections.Counter(), 0, 0
    for folder in folders:
        labs = sorted(os.listdir(folder + "/labs"))
        for lab in labs[::max(1, len(labs) // most)][:most]:
            n += look(command, folder, lab, wrong, why, kinds)
            labs_n += 1
    for (name, token, line), labs in list(wrong.items())[:int(os.environ.get("MOST", "25"))]:
        print(f"# {name} of {labs[0]}: {token} is nowhere explained: {line}")
    told = sum(kinds.values())
    print(f"# {n} numbers on the papers of {labs_n} laboratories: {told} explained, {sum(map(len, wrong.values()))} not; allowed: " + (", ".join(f"{k} {v}" for k, v in why.items()) or "none"))
    return 1 if wrong or told < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
