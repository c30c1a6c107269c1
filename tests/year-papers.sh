#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Printed papers of a year: what they say, that they are reproducible, and that a year published again keeps what was issued.
. "${top_srcdir:-..}/tests/year_claims.sh"
for program in pdftotext pdfinfo pdfimages; do
	command -v $program > /dev/null || { echo "1..1"; echo "not ok 1 - $program is not installed (poppler-utils)"; exit 1; }
done
test -f "$top_builddir/plugins/.libs/certificate-pdf.so" || { echo "1..0 # SKIP certificates are not built"; exit 0; }
year() { zhiping year 2026 --ledger ledger.sqlite --emit certificate-pdf "$@"; }

echo 1..19
close_round() { # N
	zhiping simulate --into round$1 --labs 25 --programmes chemistry,blood-count --seed $1 &&
		sed -i "/<appeals/d; s/id=\"sim-2026-1\"/id=\"sim-2026-$1\"/; s/number=\"1\"/number=\"$1\"/; s/rounds-a-year=\"2\"/rounds-a-year=\"3\"/; s/2026-03-/2026-0$((3 * $1))-/g" round$1/round.xml &&
		{ test $1 -lt 3 || sed -i 's/^L0002,[^,]*/L0002,示例医院（更名）/' round$1/roster.csv; } &&
		zhiping close round$1 --into out --issued 2026-1$(($1 / 3))-0$1 --emit tables --ledger ledger.sqlite
}
rounds() { close_round 1 && close_round 2; }
claim "two rounds are closed into the ledger" rounds
claim "their papers are printed" year --into out --issued 2027-01-10
v1=out/year-2026/v1
v2=out/year-2026/v2

every_paper() { python3 - $v1 <<-'PY'
	import csv, hashlib, json, os, re, subprocess, sys
	folder = sys.argv[1]
	names = {o["name"]: o for o in json.load(open(folder + "/manifest.json"))["outputs"]}
	want = set()
	papers = list(csv.DictReader(open(folder + "/certificates.csv")))
	assert len(papers) > 20
	for p in papers:
	    name = f"labs/{p['lab']}/{p['number'].replace('/', '_')}.pdf"
	    want.add(name)
	    data = open(os.path.join(folder, name), "rb").read()
	    assert hashlib.sha256(data).hexdigest() == names[name]["sha256"], name
	    text = re.sub(r"\s", "", subprocess.run(["pdftotext", "-raw", os.path.join(folder, name), "-"], capture_output=True, text=True, check=True).stdout)
	    for word in (p["number"], p["lab"], p["name"], p["programme_name"], p["organiser"], "2027年1月10日", f"下列{p['items']}个检验项目成绩合格", "室间质量评价合格证书"):
	        assert re.sub(r"\s", "", word) in text, (name, word)
	    listed = text[text.index(f"Measurandspassed({p['items']})"):]
	    at = 0
	    for measurand in p["measurand_names"].split("、" if "、" in p["measurand_names"] else ";"):
	        at = listed.find(re.sub(r"\s", "", measurand))
	        assert at >= 0, (name, measurand)
	    assert f"{p['items']}" in listed and f"\n{int(p['items']) + 1} " not in listed
	    assert "代替" not in text
	on_disk = {os.path.relpath(os.path.join(d, f), folder) for d, _, fs in os.walk(folder + "/labs") for f in fs if f.endswith(".pdf")}
	assert on_disk == want, on_disk ^ want
	PY
}
claim "each line of certificates.csv has its paper with number, name, programme, every measurand and day, and there is no other" every_paper

apart() { python3 - $v1 <<-'PY'
	import csv, glob, subprocess, sys
	names = {r["lab"]: r["name"] for r in csv.DictReader(open(sys.argv[1] + "/certificates.csv"))}
	for f in glob.glob(sys.argv[1] + "/labs/*/*.pdf"):
	    lab = f.split("/")[-2]
	    text = subprocess.run(["pdftotext", "-raw", f, "-"], capture_output=True, text=True, check=True).stdout
	    assert not [o for o in names if o != lab and (o in text or names[o] in text)], f
	PY
}
claim "no paper names another laboratory" apart

same_again() { year --into again --issued 2027-01-10 --threads 1 && diff -r $v1/labs again/year-2026/v1/labs; }
claim "the same year gives the same bytes, with one process or more" same_again
no_clock() { ! find $v1/labs -name '*.pdf' -exec pdfinfo {} \; | grep -E '^(Creation|Mod)Date' | grep -v 'Jan 10 00:00:00 2027' | grep .; }
claim "the only date in a file is the day of issue" env TZ=UTC bash -c "$(declare -f no_clock); v1=$v1; no_clock"

# ---- a year published again ----
sums() { (cd $1 && find . -type f -exec sha256sum {} + | sort); }
sums $v1 > v1.before
unchanged() {
	year --into out --issued 2027-02-20 --amend && ! grep "not printed as" err.txt && diff -r --exclude=record.xml $v1/labs $v2/labs && cmp $v1/certificates.csv $v2/certificates.csv
}
claim "a year published again without a change has the same papers, to the byte, with their first day" unchanged
third() { close_round 3 && year --into out --issued 2027-03-15 --amend; }
claim "a third round is closed, and the year is published once more" third
v3=out/year-2026/v3
reissued() { python3 - $v2 $v3 <<-'PY'
	import csv, os, re, subprocess, sys
	old, new = ({(r["lab"], r["programme"]): r for r in csv.DictReader(open(f + "/certificates.csv"))} for f in sys.argv[1:])
	path = lambda f, r: os.path.join(f, "labs", r["lab"], r["number"].replace("/", "_") + ".pdf")
	kept = changed = 0
	for key, r in new.items():
	    was = old.get(key)
	    says = ("name", "measurands")
	    if was and all(was[k] == r[k] for k in says):
	        assert r["number"] == was["number"] and r["issued"] == "2027-01-10", r
	        assert open(path(sys.argv[1], was), "rb").read() == open(path(sys.argv[2], r), "rb").read(), key
	        kept += 1
	    elif was:
	        assert r["number"] == was["number"][:-1] + "2" and r["issued"] == "2027-03-15", r
	        text = re.sub(r"\s", "", subprocess.run(["pdftotext", "-raw", path(sys.argv[2], r), "-"], capture_output=True, text=True, check=True).stdout)
	        assert "第2次签发，代替No." + was["number"] in text and "2027年3月15日" in text and r["number"] in text, text
	        changed += 1
	assert kept and changed, (kept, changed)
	assert any(r["name"] == "示例医院（更名）" and r["number"].endswith("/2") for r in new.values())
	print(kept, changed)
	PY
}
claim "papers that say the same keep number, day and bytes; others have the next number and name the one they replace" reissued
sums $v1 > v1.after
claim "what was published first is as it was" cmp v1.before v1.after

# ---- the seal ----
python3 - <<-'PY'
	import struct, zlib
	def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
	rows = b"".join(b"\0" + b"\xc0\x10\x10" * 60 for _ in range(60))
	open("seal.png", "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60, 60, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
	open("seal.txt", "w").write("no picture")
	PY
sealed() { year --into sealed --issued 2027-01-10 --seal seal.png && for f in sealed/year-2026/v1/labs/*/*.pdf; do pdfimages -list $f | grep -q ' image ' || return 1; done; }
claim "the seal stands on every paper" sealed
otherwise() {
	cp -r --no-preserve=mode out other && year --into other --issued 2027-04-01 --amend --seal seal.png && grep -q "keep their numbers are not printed as in v3 (labs/L" err.txt
}
claim "papers that keep their numbers and look otherwise than before are told" otherwise
claim "a seal that is no picture is refused" refused 3 "the image is not a PNG image" year --into no1 --issued 2027-01-10 --seal seal.txt
claim "a seal that is not there is refused" refused 3 "the seal does not exist" year --into no2 --issued 2027-01-10 --seal nowhere.png
claim "a seal without papers is refused" refused 2 "--seal is for printed papers" zhiping year 2026 --emit tables --ledger ledger.sqlite --into no3 --issued 2027-01-10 --seal seal.png
# The same rounds, of another organiser from the second on.
two_organisers() {
	sed 's/<organiser name="[^"]*"/<organiser name="示例市临床检验中心"/; s/id="sim-2026-2"/id="sim-2026-9"/; s/chemistry"/chemistry"/' round2/round.xml > round2.xml &&
		cp -r round2 round9 && cp round2.xml round9/round.xml &&
		zhiping close round9 --into out --issued 2026-10-09 --emit tables --ledger two.sqlite &&
		zhiping close round1 --into two --issued 2026-10-09 --emit tables --ledger two.sqlite &&
		sed 's/policy="all-rounds"/policy="all-rounds" organiser="示例市临床检验中心"/' "$top_srcdir/rules/years/default.xml" > city.xml &&
		sed 's/policy="all-rounds"/policy="all-rounds" levels="provincial"/' "$top_srcdir/rules/years/default.xml" > any.xml
}
both_refused() {
	two_organisers || return 1
	zhiping year 2026 --ledger two.sqlite --emit certificate-pdf --into no4 --issued 2027-01-10 --seal seal.png --rules-year ./any.xml > said.txt 2>&1 && return 1
	grep -q "of two organisers" said.txt || { cat said.txt; return 1; }
	zhiping year 2026 --ledger two.sqlite --emit certificate-pdf --into one --issued 2027-01-10 --seal seal.png --rules-year ./city.xml
}
claim "one seal does not stand under the names of two organisers; papers of one of them are printed" both_refused

# ---- mutual recognition ----
# City rounds are asked for, and none was held: the paper is the province's.
recognised() {
	cat > own.xml <<-'XML'
		<recognition id="own" name="检验结果互认" version="1">
		  <default><rounds level="provincial" passed="1"/><rounds level="city" passed="1"/></default>
		</recognition>
	XML
	zhiping year 2026 --ledger ledger.sqlite --emit tables,certificate-pdf --into marked --issued 2027-01-10 --recognition own.xml && python3 - marked/year-2026/v1 <<-'PY'
	import csv, re, subprocess, sys
	folder, n = sys.argv[1], 0
	organiser = next(csv.DictReader(open(folder + "/certificates.csv")))["organiser"]
	for r in csv.DictReader(open(folder + "/recognition-labs.csv")):
	    if not r["number"]: continue
	    path = f"{folder}/labs/{r['lab']}/{r['number'].replace('/', '_')}.pdf"
	    text = re.sub(r"\s", "", subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout)
	    for word in (r["number"], r["lab"], r["name"], organiser, "检验结果互认", "2028年1月10日"):
	        assert re.sub(r"\s", "", word) in text, (path, word, text)
	    assert text.count("省HR") == int(r["recognised"]), (path, text)
	    n += 1
	assert organiser and n > 10, n
	PY
}
claim "papers of mutual recognition say what is recognised, until when and who says so" recognised

# ---- what cannot be printed ----
rare() {
	cp -r round1 rare && sed -i $'s/^L0003,[^,]*/L0003,示例\xF0\xB0\xBB\x9F医院/' rare/roster.csv && sed -i 's/id="sim-2026-1"/id="rare-2026-1"/' rare/round.xml &&
		zhiping close rare --into out --issued 2026-10-09 --emit tables --ledger rare.sqlite || return 1
	refused 3 "U+30EDF" zhiping year 2026 --ledger rare.sqlite --emit certificate-pdf --into no5 --issued 2027-01-10 && grep -q L0003 said.txt && test ! -e no5/year-2026/v1
}
claim "a character that the font lacks is named with its laboratory, and nothing is published" rare
nothing() { ! ls -d no*/year-2026/v* no*/year-2026/.stage* 2> /dev/null | grep .; }
claim "nothing was left of what was refused" nothing
