# SPDX-License-Identifier: GPL-3.0-or-later
"""A round in which every laboratory has a code, a name and values that nobody else has, and a search for them where they should not be.

canary.py plant ROUND           names and values of a simulated round are replaced
canary.py search FOLDER ROUND   every byte, text and drawing of every laboratory's files; prints what is wrong, exits 1 where something is"""
import csv
import multiprocessing
import os
import re
import subprocess
import sys
import zipfile
import zlib


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
            if k % 5 == 2 and re.fullmatch(r"\d+\.?\d{0,4}", row[value]):  # a tail of digits that only this laboratory has
                row[value] = "%s%s77%04d77" % (row[value], "" if "." in row[value] else ".", number[row[lab]])
        save(path, table)


STREAM = re.compile(rb"<<((?:[^<>]|<[^<]|>[^>]|<<[^<>]*>>)*)>>\s*stream\r?\n(.*?)\r?\n?endstream", re.S)
FONT = re.compile(rb"/Length1\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)")
HEX = re.compile(rb"<((?:[Ff][Ee][Ff][Ff])[0-9A-Fa-f\s]*)>")


def inflated(data):
    """A PDF without its packing: what is between streams, and streams unpacked; not the outlines of fonts, in which any byte may follow any."""
    yield STREAM.sub(b" ", data)
    for head, body in STREAM.findall(data):
        if FONT.search(head):
            continue
        if b"/FlateDecode" in head:
            body = zlib.decompressobj().decompress(body)
        yield body


def texts(path):
    """Everything that a file holds, as text: packed streams of PDFs and members of archives unpacked."""
    with open(path, "rb") as f:
        data = f.read()
    if path.endswith(".pdf"):
        yield subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
        for part in inflated(data):
            yield part
            for words in HEX.findall(part):  # titles and bookmarks, in UTF-16
                yield bytes.fromhex(words.decode()).decode("utf-16", "replace").encode()
    elif data[:2] == b"PK":
        with zipfile.ZipFile(path) as z:
            for member in z.namelist():
                yield member.encode()
                yield z.read(member)
    else:
        yield data


ANY_NAME = re.compile("示例〇".encode() + b"(.{6})" + "〇".encode(), re.S)
ANY_VALUE = re.compile(rb"\d\.\d*77(\d{4})77(?!\d)")
ANY_CODE = re.compile(rb"(?<![0-9A-Za-z])L\d{4}(?![0-9A-Za-z])")


def look(of):
    """One laboratory: one pass for each of three patterns, whatever the number of laboratories. Gives what is wrong, files, bytes, own names."""
    folder, code, own_name, own_value = of
    wrong, seen, files, size = [], set(), 0, 0
    for base, _, members in os.walk("%s/labs/%s" % (folder, code)):
        for member in members:
            path = os.path.join(base, member)
            files += 1
            for text in texts(path):
                size += len(text)
                for found in ANY_NAME.findall(text):
                    if found == own_name:
                        seen.add(member)
                    else:
                        wrong.append("%s holds the name of another laboratory" % path)
                wrong += ["%s holds a value of laboratory %s" % (path, v.decode()) for v in ANY_VALUE.findall(text) if v != own_value]
                wrong += ["%s holds the code %s" % (path, c.decode()) for c in ANY_CODE.findall(text) if c.decode() != code]
    return wrong, seen, files, size


def search(folder, given):
    roster = rows(given + "/roster.csv")
    at = roster[0].index("name")
    asked = [(folder, row[0], row[at].encode()[9:15], b"%04d" % i) for i, row in enumerate(roster[1:])]
    with multiprocessing.Pool() as pool:
        answers = pool.map(look, asked, chunksize=8)
    wrong = sorted({w for a in answers for w in a[0]})
    kinds = {kind for a in answers for kind in a[1]}
    for w in wrong[:20]:
        print("# " + w)
    print("# %d files, %.1f MB unpacked, of %d laboratories: %d hits; their own names were found in %s" %
          (sum(a[2] for a in answers), sum(a[3] for a in answers) / 1e6, len(asked), len(wrong), ", ".join(sorted(kinds))))
    return 1 if wrong or not kinds else 0


if __name__ == "__main__":
    sys.exit(plant(sys.argv[2]) if sys.argv[1] == "plant" else search(sys.argv[2], sys.argv[3]))
