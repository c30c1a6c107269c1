# SPDX-License-Identifier: GPL-3.0-or-later
"""A round in which every laboratory has a code, a name and values that nobody else has, and a search for them where they should not be.

canary.py plant ROUND           names and values of a simulated round are replaced
canary.py search FOLDER ROUND   every byte, text and drawing of every laboratory's files; prints what is wrong, exits 1 where something is"""
import csv
import os
import re
import subprocess
import sys
import zipfile


def name_of(i):
    """A name that is no part of another's: two characters that tell the number, between two that stand nowhere else."""
    return "示例〇" + chr(0x5200 + i // 50) + chr(0x6200 + i % 50) + "〇检验科"


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.reader(f))


def save(path, table):
    with open(path, "w", encoding="utf-8", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(table)


def plant(folder):
    roster = rows(folder + "/roster.csv")
    at = roster[0].index("name")
    number = {}
    for i, row in enumerate(roster[1:]):
        row[at] = name_of(i)
        number[row[0]] = i
    save(folder + "/roster.csv", roster)
    for file in sorted(os.listdir(folder + "/results")):
        path = folder + "/results/" + file
        table = rows(path)
        lab, value = table[0].index("lab"), table[0].index("value")
        for k, row in enumerate(table[1:]):
            if k % 5 == 2 and re.fullmatch(r"\d+\.?\d*", row[value]):  # a tail of digits that only this laboratory has
                row[value] = "%s%s77%04d77" % (row[value], "" if "." in row[value] else ".", number[row[lab]])
        save(path, table)


def texts(path):
    """Everything that a file holds, as text: packed streams of PDFs and members of archives unpacked."""
    with open(path, "rb") as f:
        data = f.read()
    if not path.endswith(".pdf") and data[:2] != b"PK":  # packed bytes hold anything by chance
        yield data
    if path.endswith(".pdf"):
        yield subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
        yield subprocess.run(["pdfinfo", path], capture_output=True, check=True).stdout
        yield subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"], capture_output=True, check=True).stdout
    if data[:2] == b"PK":
        with zipfile.ZipFile(path) as z:
            for member in z.namelist():
                yield member.encode()
                yield z.read(member)


def search(folder, given):
    roster = rows(given + "/roster.csv")
    codes = [row[0] for row in roster[1:]]
    names = {row[0]: row[roster[0].index("name")] for row in roster[1:]}
    any_name = re.compile("示例〇".encode() + b"(.{6})" + "〇".encode(), re.S)
    any_value = re.compile(rb"\d\.\d*77(\d{4})77(?!\d)")
    any_code = re.compile(rb"(?<![0-9A-Za-z])L\d{4}(?![0-9A-Za-z])")
    own_of = {code: (names[code].encode()[9:15], b"%04d" % i) for i, code in enumerate(codes)}
    wrong, seen, files = [], set(), 0
    for code in codes:
        own_name, own_value = own_of[code]
        for base, _, members in os.walk("%s/labs/%s" % (folder, code)):
            for member in members:
                path = os.path.join(base, member)
                files += 1
                for text in texts(path):
                    for found in any_name.findall(text):
                        if found == own_name:
                            seen.add((code, member))
                        else:
                            wrong.append("%s holds the name of another laboratory" % path)
                    wrong += ["%s holds a value of laboratory %s" % (path, v.decode()) for v in any_value.findall(text) if v != own_value]
                    wrong += ["%s holds the code %s" % (path, c.decode()) for c in any_code.findall(text) if c.decode() != code]
    kinds = {member for _, member in seen}
    for w in sorted(set(wrong))[:20]:
        print("# " + w)
    print("# %d files of %d laboratories; their own names were found in %s" % (files, len(codes), ", ".join(sorted(kinds))))
    return 1 if wrong or not kinds else 0


if __name__ == "__main__":
    sys.exit(plant(sys.argv[2]) if sys.argv[1] == "plant" else search(sys.argv[2], sys.argv[3]))
