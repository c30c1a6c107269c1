#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plant faults in C sources: mutate.py TREE TABLE FILE... -- COMPILER-ARGUMENTS...

Each comparison may be another one, each number may be one more, each statement may be left out; which of them it is, is decided when
the program runs (mutant.h). The files are rewritten in place, and TABLE gets a line for each fault: number, file, line, what."""
import os
import re
import subprocess
import sys

from clang import cindex
from clang.cindex import CursorKind as K

OTHER = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
NUMBER = re.compile(rb"^(0|[1-9][0-9]*|[0-9]+\.[0-9]*(e[-+]?[0-9]+)?)[uUlL]*$")
LOOPS = (K.FOR_STMT, K.WHILE_STMT, K.DO_STMT)


def extent(cursor):
    return cursor.extent.start.offset, cursor.extent.end.offset


def operator_of(cursor, text):
    """The comparison's sign and where it stands: between its two operands."""
    left, right = list(cursor.get_children())
    a, b = extent(left)[1], extent(right)[0]
    found = re.search(rb"(<=|>=|==|!=|<<|>>|<|>)", text[a:b])
    if not found or b < a or b"/*" in text[a:b] or found.group(1).decode() not in OTHER: # a shift is no comparison
        return None
    return left, right, found.group(1).decode()


class Mutator:
    def __init__(self, path, text, first):
        self.path, self.text, self.next, self.table = path, text, first, []
        self.banned = set()

    def number(self, cursor, what):
        line = cursor.extent.start.line
        alike = 1 + sum(at == line and (said == what or said.startswith(what + " (")) for _, _, at, said in self.table)
        what += f" ({alike})" if alike > 1 else "" # the second of a line
        n = self.next
        self.next += 1
        self.table.append((n, self.path, line, what))
        return n

    def render(self, cursor, fixed=False):
        """The text of a cursor with faults in it. fixed: numbers must stay numbers for the compiler."""
        start, end = extent(cursor)
        text = self.text[start:end]
        kind = cursor.kind
        here = cursor.location.file and cursor.location.file.name == self.path
        if not here or start >= end:
            return text
        if kind == K.VAR_DECL and cursor.storage_class == cindex.StorageClass.STATIC:
            return text
        if kind in (K.INTEGER_LITERAL, K.FLOATING_LITERAL):
            if fixed or not NUMBER.match(text) or (start, end) in self.banned:
                return text
            n = self.number(cursor, f"{text.decode()} is one more")
            return b"(%s + zp_mutant(%d))" % (text, n)
        if kind == K.BINARY_OPERATOR and not fixed and (start, end) not in self.banned:
            children = list(cursor.get_children())
            found = operator_of(cursor, self.text) if len(children) == 2 else None
            # the whole must be made of its parts, or a macro stands between
            if found and extent(found[0])[0] == start and extent(found[1])[1] == end:
                left, right, sign = found
                l, r = self.render(left), self.render(right)
                n = self.number(cursor, f"{sign} is {OTHER[sign]}")
                return b"(zp_mutant(%d) ? (%s) %s (%s) : (%s) %s (%s))" % (n, l, OTHER[sign].encode(), r, l, sign.encode(), r)
        return self.weave(cursor, start, end, fixed)

    def weave(self, cursor, start, end, fixed):
        out, at = b"", start
        kind = cursor.kind
        for i, child in enumerate(cursor.get_children()):
            a, b = extent(child)
            if a < at or b > end or a >= b:
                continue
            out += self.text[at:a]
            inner = fixed or kind == K.INIT_LIST_EXPR and child.kind == K.INTEGER_LITERAL or kind == K.CASE_STMT and i == 0
            inner = inner or kind == K.VAR_DECL and cursor.type.kind == cindex.TypeKind.CONSTANTARRAY and child.kind == K.INTEGER_LITERAL
            piece = self.render(child, inner)
            if kind == K.COMPOUND_STMT and self.droppable(child) and self.text[b:b + 1] == b";" and (a, b) not in self.banned and not self.text[a:b].startswith(b"(void)"):
                n = self.number(child, "left out: " + " ".join(self.text[a:b].decode(errors="replace").split())[:60])
                piece = b"if (zp_mutant(%d)) ; else %s" % (n, piece)
            out += piece
            at = b
        return out + self.text[at:end]

    @staticmethod
    def droppable(c):
        if c.kind == K.CALL_EXPR:
            return c.spelling not in ("assert", "__assert_fail", "va_end", "va_start", "__builtin_va_end", "__builtin_va_start")
        return c.kind in (K.COMPOUND_ASSIGNMENT_OPERATOR, K.UNARY_OPERATOR) or c.kind == K.BINARY_OPERATOR

    def run(self, unit):
        edits = []
        for c in unit.cursor.get_children():
            if c.kind == K.FUNCTION_DECL and c.is_definition() and c.location.file and c.location.file.name == self.path:
                body = [x for x in c.get_children() if x.kind == K.COMPOUND_STMT]
                if body:
                    edits.append((*extent(body[0]), self.render(body[0])))
        out, at = b"", 0
        for a, b, piece in edits:
            out += self.text[at:a] + piece
            at = b
        return out + self.text[at:]


def main():
    split = sys.argv.index("--")
    tree, table, files, args = sys.argv[1], sys.argv[2], sys.argv[3:split], sys.argv[split + 1:]
    index, first, rows = cindex.Index.create(), 0, []
    for file in files:
        path = os.path.join(tree, file)
        text = open(path, "rb").read()
        unit = index.parse(path, args=args)
        errors = [d for d in unit.diagnostics if d.severity >= cindex.Diagnostic.Error]
        if errors:
            sys.exit(f"{file}: {errors[0]}")
        banned = set()
        for _ in range(40): # what the compiler does not take is taken out
            m = Mutator(path, text, first)
            m.banned = banned
            new = m.run(unit)
            open(path, "wb").write(b'#include "mutant.h"\n#line 1\n' + new)
            said = subprocess.run(["clang", "-fsyntax-only", "-w", "-Werror=int-conversion", *args, f"-I{tree}/tests/mutation", path], cwd=tree,
                                  capture_output=True, text=True).stderr
            places = re.findall(rf"{re.escape(path)}:(\d+):\d+: (?:fatal )?error", said)
            if not places:
                break
            bad = {int(p) for p in places}
            def collect(c):
                if c.location.file and c.location.file.name == path and c.extent.start.line in bad and c.extent.end.line <= max(bad):
                    banned.add(extent(c))
                for child in c.get_children():
                    collect(child)
            collect(unit.cursor)
        else:
            open(path, "wb").write(text)
            print(f"{file}: nothing was planted: {said.splitlines()[:1]}", file=sys.stderr)
            continue
        rows += [(n, file, line, what) for n, _, line, what in m.table]
        first = m.next
    with open(table, "w", encoding="utf-8") as out:
        for row in rows:
            out.write("\t".join(map(str, row)) + "\n")
    print(len(rows), "faults in", len(files), "files")


main()
