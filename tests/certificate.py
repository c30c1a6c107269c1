# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate as a scanner and a reader see it.

certificate.py FILE.pdf LAB [signed]   the square code of the first page, printed at 150 dpi, is read by zbarimg; the code to type on the page is what
follows from the digest in it, worked out here once more; prints what is wrong, exits 1 where something is"""
import re, subprocess, sys, tempfile, urllib.parse

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def times(a, b):
    """In the field of 32 elements, x^5 = x^2 + 1, bit by bit."""
    out = 0
    for i in range(5):
        if b >> i & 1:
            out ^= a << i
    for i in range(8, 4, -1):
        if out >> i & 1:
            out ^= 0b100101 << (i - 5)
    return out


def power(n):
    out = 1
    for _ in range(n):
        out = times(out, 2)
    return out


def code_of(digest):
    """Nine digits of 45 bits; the tenth makes the sum of digit i times x^(9 - i) nothing. Found by trying all 32."""
    bits = int(digest[:12], 16) >> 3
    data = [bits >> (40 - 5 * i) & 31 for i in range(9)]
    for last in range(32):
        total = 0
        for i, d in enumerate(data + [last]):
            total ^= times(d, power(9 - i))
        if total == 0:
            text = "".join(DIGITS[d] for d in data + [last])
            return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def run(*words):
    return subprocess.run(words, check=True, capture_output=True).stdout


def main(path, lab, signed=""):
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        run("pdftoppm", "-r", "150", "-png", "-singlefile", "-l", "1", path, folder + "/page")
        found = subprocess.run(["zbarimg", "--quiet", "--raw", "--oneshot", folder + "/page.png"], capture_output=True).stdout.decode().strip()
    parts = found.split(":")
    if len(parts) != (7 if signed else 6) or parts[0] != "ZP1":
        return [f"{path}: the square code reads {found!r}; expected ZP1:ROUND:VERSION:LAB:DIGEST:KEY" + ":SIGNATURE" * bool(signed)]
    text = run("pdftotext", "-raw", "-l", "1", path, "-").decode()
    if urllib.parse.unquote(parts[3]) != lab:
        wrong.append(f"{path}: the square code names {parts[3]}; expected {lab}")
    if not re.fullmatch("[0-9A-F]{64}", parts[4]) or not re.fullmatch("[0-9a-f]{16}" if signed else "-", parts[5]):
        wrong.append(f"{path}: the square code has the digest {parts[4]} and the key {parts[5]}")
    elif code_of(parts[4]) not in text:
        wrong.append(f"{path}: {code_of(parts[4])} follows from the digest and is not on the page")
    if signed and not (re.fullmatch("[A-Za-z0-9_-]{86}", parts[6]) and f"Key {parts[5]}" in text and re.search(r"Ledger [0-9a-f]{64}$", text, re.M)):
        wrong.append(f"{path}: the signature is none, or key and head of the ledger are not on the page")
    if not signed and re.search("Key|Ledger", text):
        wrong.append(f"{path}: it is not signed, and a key or a ledger is named on the page")
    what = urllib.parse.unquote(parts[1])
    if what not in re.sub(r"\s", "", text):
        wrong.append(f"{path}: the square code is of {what}, which is not on the page")
    return wrong


if __name__ == "__main__":
    problems = main(*sys.argv[1:])
    for problem in problems:
        print(problem)
    sys.exit(bool(problems))
