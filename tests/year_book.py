# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbook, JSON and pages of a year against its CSV files, by Python's own zipfile, xml, json and html parsers.

	year_book.py json V1 | workbook V1 | pages V1 | narrow FOLDER PAGE
"""
import csv, datetime, html.parser, json, os, re, sys, xml.etree.ElementTree as ET, zipfile

NUMBERS = {"whole", "number", "percent"}


def table(folder, name):
    with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as f:
        rows = list(csv.reader(f))
    return rows[0], rows[1:]


def unguarded(text, kind):
    """A text of the CSV has an apostrophe before what a spreadsheet would take for a formula."""
    return text[1:] if kind == "text" and text.startswith("'") and text[1:2] in set("=+-@'\t\r") else text


def tables(folder):
    with open(os.path.join(folder, "tables.json"), encoding="utf-8") as f:
        return json.load(f, parse_float=str, parse_int=str)  # numbers as they stand


def check_json(folder):
    book = tables(folder)
    assert str(book["format"]) == "1" and book["book"]["issued"] == "2027-01-10", book["book"]
    names = [t["name"] for t in book["tables"]]
    assert len(names) == len(set(names)) and {"standings", "centre/standings", "indicators", "ranking", "items-labs", "certificates"} <= set(names), names
    assert not {"status", "items", "certificate-lines"} & set(names)
    assert {t["name"] for t in book["tables"] if t["published"]} == {"standings", "indicators", "indicators-formulas"}
    formulas = 0
    for t in book["tables"]:
        header, rows = table(folder, t["name"])
        assert t["columns"] == header and len(t["rows"]) == len(rows) > 0, t["name"]
        assert len(t["kinds"]) == len(t["titles"]) == len(t["titles_en"]) == len(header)
        for ours, row in zip(t["rows"], rows):
            for kind, cell, text in zip(t["kinds"], ours, row):
                text = unguarded(text, kind)
                assert cell == (text or None), (t["name"], cell, text)
                formulas += text.startswith("=SUM")
        for kind, title in zip(t["kinds"], t["titles"]):
            assert re.search("[^ -~]", title) or title in ("α", "β", "SDI"), (t["name"], title)  # every column has a Chinese heading
    assert formulas, "the awkward name is in no table"
    raw = open(os.path.join(folder, "tables.json"), encoding="utf-8").read()
    assert '"100.0"' not in raw and " 100.0" in raw  # a number is no text


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def place(ref):
    letters, digits = re.fullmatch("([A-Z]+)([0-9]+)", ref).groups()
    column = 0
    for c in letters:
        column = 26 * column + ord(c) - 64
    return int(digits), column


def sheets(path):
    with zipfile.ZipFile(path) as z:
        assert z.testzip() is None
        assert not any("calcChain" in n or "vba" in n.lower() for n in z.namelist())
        book = ET.fromstring(z.read("xl/workbook.xml"))
        for i, s in enumerate(book.iter(MAIN + "sheet"), 1):
            yield s.get("name"), ET.fromstring(z.read(f"xl/worksheets/sheet{i}.xml"))


def cells(sheet):
    out = {}
    for c in sheet.iter(MAIN + "c"):
        assert c.find(MAIN + "f") is None, "a formula"
        t = c.find(MAIN + "is/" + MAIN + "t")
        v = c.find(MAIN + "v")
        out[place(c.get("r"))] = t.text if t is not None else None if v is None else float(v.text)
    return out


def check_workbook(folder):
    book = tables(folder)
    all_sheets = list(sheets(os.path.join(folder, "workbook.xlsx")))
    names = [n for n, _ in all_sheets]
    assert len(names) == len({n.lower() for n in names}) == len(book["tables"]) + 1, names
    about = [v for v in cells(all_sheets[0][1]).values() if isinstance(v, str)]
    assert "2027-01-10" in about and book["book"]["title"] in about and book["book"]["title_en"] in about
    for name in names[1:]:
        assert name in about, name
    for t, (name, sheet) in zip(book["tables"], all_sheets[1:]):
        header, rows = table(folder, t["name"])
        got = cells(sheet)
        assert sheet.find(MAIN + "autoFilter") is not None, name
        pane = sheet.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
        assert pane.get("state") == "frozen" and pane.get("ySplit") == "1", name
        assert len(got) == (len(rows) + 1) * len(header), name
        shown = header.index("shown") if "shown" in header else None
        for i, title in enumerate(t["titles"]):
            assert title in got[1, i + 1] and t["titles_en"][i] in got[1, i + 1]
        for r, row in enumerate(rows):
            for i, (kind, text) in enumerate(zip(t["kinds"], row)):
                cell, text = got[r + 2, i + 1], unguarded(text, kind)
                if kind in NUMBERS and text:
                    assert isinstance(cell, float) and abs(cell - float(text)) <= 1e-13 * abs(float(text)), (name, r, cell, text)
                elif kind in NUMBERS and shown is not None and row[shown] == "hidden":
                    assert cell == "隐去", (name, r, cell)
                elif kind == "date" and text:
                    assert datetime.date(1899, 12, 30) + datetime.timedelta(days=cell) == datetime.date.fromisoformat(text)
                elif kind == "word" and text:
                    assert cell.split()[-1] == text.split()[-1], (cell, text)
                else:
                    assert (cell or "") == text, (name, r, cell, text)


class Page(html.parser.HTMLParser):
    VOID = {"meta", "link", "br", "rect"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.links, self.ids, self.tags = [], [], [], set(), set()

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        assert not {a for a in attrs if a.startswith("on")} and not {"style", "src", "srcset"} & set(attrs), (tag, attrs)
        self.tags.add(tag)
        if "href" in attrs: self.links.append(attrs["href"])
        if "id" in attrs:
            assert attrs["id"] not in self.ids, attrs["id"]
            self.ids.add(attrs["id"])
        if tag not in self.VOID: self.open.append(tag)

    def handle_startendtag(self, tag, attrs): pass

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open[-5:])
        self.open.pop()

    def handle_data(self, data): self.text.append(data)


def read_page(path):
    page = Page()
    source = open(path, encoding="utf-8").read()
    page.feed(source)
    page.close()
    assert not page.open and not {"script", "img", "iframe", "object", "form", "style"} & page.tags, path
    assert "default-src 'none'; style-src 'self'" in source and 'lang="zh-CN"' in source and "://" not in source
    page.said = "".join(page.text)
    return page


def check_pages(folder):
    seen = {}
    for part in ("public", "centre"):
        for name in sorted(os.listdir(os.path.join(folder, part))):
            if name.endswith(".html"): seen[part + "/" + name] = read_page(os.path.join(folder, part, name))
        style = open(os.path.join(folder, part, "style.css"), encoding="utf-8").read()
        assert "url(" not in style and "@import" not in style and "prefers-color-scheme: dark" in style
    for name, page in seen.items():
        for link in page.links:
            file, _, fragment = link.partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(name), file)) if file else name
            assert os.path.exists(os.path.join(folder, target)), (name, link)
            if fragment: assert fragment in seen[target].ids, (name, link)
    public = seen["public/index.html"].said
    header, rows = table(folder, "certificates")
    for row in rows:
        lab, name = row[header.index("lab")], unguarded(row[header.index("name")], "text")
        assert lab not in public and name not in public, (lab, "is on the page for publication")
    # what is hidden in the published table cannot be read there: the centre's figures of those cells are looked for in their rows
    shown, full = table(folder, "standings"), table(folder, "centre/standings")
    hidden = sum(r[-1] == "hidden" for r in shown[1])
    assert hidden and public.count("隐去") >= hidden
    for r in shown[1]:
        if r[-1] != "hidden" and r[6] != "0": assert f"{r[7]} %{r[5]} / {r[6]}" in public, r
    all_row = next(r for r in full[1] if r[:5] == ["*", "", "", "*", "participation"])
    classes = [r for r in full[1] if r[0] == "*" and r[3] != "*" and r[4] == "participation"]
    assert " = " + all_row[6] in seen["centre/standings.html"].said and all(f"{r[3]} {r[6]}" in seen["centre/standings.html"].said for r in classes)
    ranks = seen["centre/ranking.html"].said
    header, rows = table(folder, "ranking")
    at = {n: i for i, n in enumerate(header)}
    for r in rows:
        if r[at["rank"]]: assert f'{r[at["rank"]]} （{r[at["rank_low"]]}–{r[at["rank_high"]]}） / {r[at["of"]]}' in ranks, r
    assert "合计" in public and "中位" in seen["centre/indicators.html"].said


def make_narrow(folder, page):
    """A copy of a page, in a frame as wide as a small telephone, that says how wide it came out; written to narrow.html."""
    source = open(os.path.join(folder, page), encoding="utf-8").read()
    source = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", source)
    source = source.replace("</body>", "<script>{ const d = document.documentElement; parent.postMessage(d.scrollWidth <= d.clientWidth && d.clientWidth <= 320 ? 'it fits' : 'too wide: ' + d.scrollWidth, '*'); }</script></body>")
    with open(os.path.join(folder, "copy.html"), "w", encoding="utf-8") as f: f.write(source)
    with open(os.path.join(folder, "narrow.html"), "w", encoding="utf-8") as f:
        f.write('<!DOCTYPE html><p id="said">nothing</p><script>addEventListener("message", e => { document.getElementById("said").textContent = e.data; })</script><iframe src="copy.html" width="320" height="800" frameborder="0"></iframe>')


if __name__ == "__main__":
    {"json": check_json, "workbook": check_workbook, "pages": check_pages, "narrow": make_narrow}[sys.argv[1]](*sys.argv[2:])
