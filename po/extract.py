#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""All messages of the program, as a template of catalogues: extract.py SOURCE-FOLDER OUT.pot

xgettext finds those that stand in a call. Those that stand in tables (commands and their options, what plugins and choices say of
themselves) are found here, so that a table need not be dressed for it."""
import os
import re
import subprocess
import sys
import tempfile

LITERAL = r'"(?:[^"\\]|\\.)*"'
KEYWORDS = ["zp_say:1", "zp_say_n:1,2", "ZP_MESSAGE:1", "zp_fail:5", "fail:5", "zp_progress_stage:2", "say:1", "zp_ledger_say:1", "not_so:2", "workbook_hear:3", "ALTERED:2", "TELL:4"]
FORMATS = ["zp_fail:5:c-format", "ALTERED:2:c-format", "TELL:4:c-format", "fail:5:c-format", "not_so:2:c-format", "say:1:pass-c-format", "zp_ledger_say:1:pass-c-format", "zp_say:1:pass-c-format", "zp_say_n:1:pass-c-format", "zp_say_n:2:pass-c-format"]


def joined(text):
    """Without comments, and adjacent literals as one, as for a compiler."""
    text = re.sub(rf"({LITERAL}|'(?:[^'\\]|\\.)+')|/\*.*?\*/", lambda m: m.group(1) or " ", text, flags=re.S)
    return re.sub(rf"('(?:[^'\\]|\\.)+')|({LITERAL})((?:\s*{LITERAL})*)",
                  lambda m: m.group(1) or '"' + "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', m.group())) + '"', text)


def read(folder, path):
    return joined(open(os.path.join(folder, path), encoding="utf-8").read())


def table(text, head):
    at = text.index(head)
    return text[at:text.index("\n};", at)]


def of_commands(text):
    for name in re.findall(r"zp_option (\w+)\[\] = ", text):
        if name != "no_options":
            yield from re.findall(rf'\{{ {LITERAL}, (?:{LITERAL}|NULL), ({LITERAL}) \}}', table(text, f"zp_option {name}[]"))
    for macro in re.findall(r"#define [A-Z_]+ ((?:.*\\\n)*.*)", text):
        yield from re.findall(rf'\{{ {LITERAL}, (?:{LITERAL}|NULL), ({LITERAL}) \}}', macro)
    yield from re.findall(rf'\{{ {LITERAL}, {LITERAL},\s*({LITERAL}),', table(text, "zp_commands[]"))


def of_plugin(text):
    if "ZP_PLUGIN_HEAD" in text:
        yield from re.findall(rf"\.(?:says|help|breakdown|uncertainty) = ({LITERAL})", text)
        yield from (unit for unit in re.findall(rf"\.unit = ({LITERAL})", text) if " or " in unit)


def of_choices(text):
    yield from re.findall(rf"\{{ \{{ {LITERAL}, {LITERAL},\s*({LITERAL}) \}}", table(text, "rule rules[]"))


def main():
    folder, out = sys.argv[1:]
    sources = sorted(os.path.relpath(os.path.join(base, name), folder) for top in ("engine", "plugins")
                     for base, _, names in os.walk(os.path.join(folder, top)) for name in names if name.endswith((".c", ".h")))
    found = list(of_commands(read(folder, "engine/cli/main.c"))) + list(of_choices(read(folder, "engine/book/choices.c")))
    n_tables = len(found)
    for path in sources:
        if path.startswith("plugins/"):
            found += of_plugin(read(folder, path))
    if n_tables < 150 or len(found) < n_tables + 80:
        sys.exit(f"only {n_tables} and {len(found) - n_tables} messages were found in tables: this looks in the wrong place")
    with tempfile.TemporaryDirectory() as scratch:
        tables = os.path.join(scratch, "tables.c")
        with open(tables, "w", encoding="utf-8") as c:
            c.writelines(f"/* xgettext:no-c-format */\nzp_say({literal});\n" for literal in dict.fromkeys(found) if len(literal) > 2 and re.search("[a-z]{2}", literal))
        subprocess.run(["xgettext", "--language=C", "--from-code=UTF-8", "--no-location", "--no-wrap", "--package-name=zhiping",
                        "--keyword", *(f"--keyword={k}" for k in KEYWORDS), *(f"--flag={f}" for f in FORMATS),
                        "-o", os.path.abspath(out), *sources, tables], cwd=folder, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    with open(out, encoding="utf-8") as f:
        text = f.read()
    text = re.sub(r'"POT-Creation-Date: [^"]*\\n"', r'"POT-Creation-Date: 2026-01-01 00:00+0000\\n"', text, count=1)  # the same sources give the same bytes
    with open(out, "w", encoding="utf-8") as f:
        f.write(text)


main()
