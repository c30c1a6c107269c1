# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command on a pseudo-terminal for its errors, with its output in a file: progress.py COLUMNS OUT COMMAND...

Prints what a terminal of so many columns showed at each moment (one line each: what stands on the cursor's line whenever the program
has written), then a line "END" and what stands there at last, and ends with the command's exit code."""
import fcntl, os, pty, struct, sys, termios, unicodedata

columns, out = int(sys.argv[1]), sys.argv[2]
pid, terminal = pty.fork()
if pid == 0:
    with open(out, "wb") as f:
        os.dup2(f.fileno(), 1)
    fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.execvp(sys.argv[3], sys.argv[3:])

rows, row, column, shown = {}, 0, 0, []  # cells by row; a character of two cells leaves the second empty
def line(r):
    cells = rows.get(r, {})
    return "".join(cells.get(i, " ") for i in range(max(cells, default=-1) + 1)).rstrip()

def put(text):
    global row, column
    for c in text:
        if c == "\r":
            column = 0
        elif c == "\n":
            row += 1
        else:
            wide = 2 if unicodedata.east_asian_width(c) in "WF" else 1
            if column + wide > columns:  # a terminal wraps here, and what it wrapped can no longer be erased
                row, column = row + 1, 0
            rows.setdefault(row, {})[column] = c
            if wide == 2:
                rows[row][column + 1] = ""
            column += wide

pending = b""
while True:
    try:
        got = os.read(terminal, 65536)
    except OSError:
        break
    if not got:
        break
    pending += got
    try:
        text, pending = pending.decode(), b""
    except UnicodeDecodeError as broken:
        text, pending = pending[:broken.start].decode(), pending[broken.start:]
    put(text)
    shown.append(line(row))
for s in shown:
    print(s)
print("END")
for r in range(row + 1):
    if line(r):
        print(line(r))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
