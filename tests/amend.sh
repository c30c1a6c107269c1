#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An amendment: what changed for whom, papers only where something changed, and the version before stays as it is.
. "$top_srcdir/tests/claim.sh"
twin() { python3 "$top_srcdir/tests/amend.py" "$@"; }
zhiping() { "$ZHIPING" "$1" $ZP_OPTIONS "${@:2}" > out.txt 2> err.txt; }
amend() { zhiping amend round --into out --reason "$reason" "$@"; }
refused() { # CODE, SENTENCE, then a command
	"${@:3}"
	test $? = "$1" && grep -qF -- "$2" err.txt && test ! -e "out/$id/v$next" && ! ls -d out/$id/.stage* 2>/dev/null
}
sums() { (cd "$1" && find . -type f | LC_ALL=C sort | xargs sha256sum); }
correct() { printf '<correct lab="%s" programme="chemistry" measurand="%s" sample="%s" from="%s" to="%s" who="质评办公室 王" when="2026-04-21" why="录入错误"/>\n' "$@"; }
value() { awk -F, -v l="$1" -v m="$2" -v s="$3" '$1 == l && $3 == m && $4 == s { print $6 }' "$v1/scores.csv"; }
reason='一个结果由中心录入错误，核对原始记录后更正' id=sim-2026-1 v1=out/sim-2026-1/v1 v2=out/sim-2026-1/v2 v3=out/sim-2026-1/v3 next=2
echo 1..63

zhiping simulate --into round --labs 70 --measurands 3 --seed 3 || { echo 'Bail out! nothing is simulated'; exit 1; }
next=1
claim "who was never closed is not amended" refused 2 "so there is nothing to amend" amend --issued 2026-04-25
claim "nothing is issued before the round closes" refused 2 "--issued 2026-03-14 lies before the round closes, 2026-03-15" zhiping close round --into out --issued 2026-03-14
zhiping close round --into out --issued 2026-04-20 --ledger l.sqlite || test $? = 1 || { sed 's/^/# /' err.txt; echo 'Bail out! the round is not closed'; exit 1; }
zhiping year 2026 --ledger l.sqlite --into out --issued 2026-04-22 --emit tables || { sed 's/^/# /' err.txt; echo 'Bail out! there is no year'; exit 1; }
cp l.sqlite first.sqlite
next=2
claim "a year is not amended with an earlier day" refused 2 "lies before v1, which was issued on 2026-04-22" zhiping year 2026 --ledger l.sqlite --into out --issued 2026-04-21 --emit tables --amend
sums "$v1" > v1.sums
nothing() { amend --issued 2026-04-25; test $? = 1 && grep -q "nothing differs from $v1" out.txt && test ! -e $v2; }
claim "where nothing changed nothing is published" nothing
claim "a look says so as well" eval 'amend --issued 2026-04-25 --what-if; test $? = 1 && grep -q "nothing would change" out.txt'

wrong=$(awk -F, '$12 == "unacceptable" && $5 == "returned" { print $1, $3, $4, $6; exit }' $v1/scores.csv)
read -r lab measurand sample bad <<< "$wrong"
x_pt=$(awk -F, -v m="$measurand" -v s="$sample" '$3 == m && $4 == s && $6 != "none" { print $15; exit }' $v1/targets.csv)
{ echo '<decisions>'; correct "$lab" "$measurand" "$sample" "$bad" "$x_pt"; echo '</decisions>'; } > round/decisions.xml
claim "a result is wrong in the first version" test -n "$lab" -a "$lab" != "$x_pt" -a -n "$x_pt"
claim "a reason is needed" eval '! zhiping amend round --into out --issued 2026-04-25 && grep -q -- "--reason TEXT is needed" err.txt'
claim "a reason of many words is refused" eval '! zhiping amend round --into out --issued 2026-04-25 --reason "$(printf %0130d 7)" && grep -q "has 130 characters; expected 120 at most" err.txt'
claim "a reason names nobody" refused 2 "--reason names laboratory $lab" zhiping amend round --into out --issued 2026-04-25 --reason "结果（$lab）更正"
for other in "${lab,,}" "$(sed 's/L/Ｌ/g; s/0/０/g' <<< "$lab")"; do
	claim "nor in other letters: $other" refused 2 "--reason names laboratory $lab" zhiping amend round --into out --issued 2026-04-25 --reason "result of $other"
done
claim "the day is not before that of the version before" refused 2 "lies before v1, which was issued on 2026-04-20" amend --issued 2026-04-19
claim "other kinds of papers than before are refused" refused 2 "v1 has other files for laboratories" amend --issued 2026-04-25 --emit tables
claim "without tables nothing can be compared" refused 2 "expected --emit with tables" amend --issued 2026-04-25 --emit certificates

sums out > before.sums
cp l.sqlite first.sqlite
claim "a look ends well" amend --issued 2026-04-25 --what-if --ledger l.sqlite
cp out.txt look.txt
cat > award.xml << 'END'
<award id="all-right" name="全部可接受" name-en="All acceptable" version="1" unit="laboratory">
  <entrant test="participation/@rounds &gt; 0"/>
  <require id="right" test="ranking[@scope = 'all']/@k = ranking[@scope = 'all']/@n" because="有不可接受的结果" because-en="a result was not acceptable" met="全部可接受" met-en="everything was acceptable"/>
  <points id="one" weight="100" value="1" because="满分" because-en="full"/>
</award>
END
proposed() { # LEDGER DAY: who is proposed by it
	rm -rf drafts && zhiping year 2026 --ledger "$1" --into drafts --issued "$2" --emit tables --awards award.xml --draft && awk -F, '$10 == "proposed" { print $4 }' drafts/year-2026-draft/v*/titles.csv
}
proposed first.sqlite 2026-04-25 > proposed.v1
amend --issued 2026-04-25 --what-if --ledger l.sqlite --awards award.xml
cp out.txt gain.txt
claim "titles need the ledger" refused 2 "expected --awards with --ledger" amend --issued 2026-04-25 --awards award.xml
new_events() { sqlite3 l.sqlite "ATTACH 'first.sqlite' AS f; SELECT DISTINCT what FROM event WHERE seq > (SELECT max(seq) FROM f.event)"; }
claim "a look writes nothing but its event" eval 'sums out | cmp - before.sums && test "$(new_events)" = what-if && test ! -e $v2'
cp l.sqlite first.sqlite
claim "titles and papers that rest on it are told" grep -q "look again at paper 2026/.*/$lab/1 .*given to $lab on 2026-04-22" look.txt
claim "nobody else's are" test "$(grep -c "look again" look.txt)" = "$(grep "look again" look.txt | grep -c "given to $lab")"
amend --issued 2026-04-25 --by 质评办公室 --ledger l.sqlite
claim "the amendment is published" eval 'test $? -le 1 && test -d $v2'
claim "its event says why" test "$(sqlite3 l.sqlite "SELECT why FROM event WHERE what = 'amend'")" = "$reason"
claim "the version before stays to the byte" eval 'sums "$v1" | cmp - v1.sums'
claim "the look told the same changes" eval 'sed "1,/^\$/d" look.txt | cmp - $v2/changes.csv'
claim "and the same sums" eval 'sed -n "1,/^laboratories by/p" look.txt | cmp - <(sed -n "1,/^laboratories by/p" out.txt)'
claim "the verdict turned, and it is told which way" eval 'grep -q "^result,chemistry,$lab,$measurand,$sample,.*,verdict,unacceptable,acceptable$" $v2/changes.csv && grep -q "^verdicts: 1 (unacceptable → acceptable 1)" look.txt && grep -q "^  $lab: verdicts 1" look.txt'
claim "the changes are those of the tables" twin changes $v1 $v2
claim "who is told the same keeps its papers, who is told other neighbours its certificate, the others get new ones" twin papers $v1 $v2
claim "the list of replaced papers is whole, and names nobody" twin list out/$id 2
claim "the manifest says what is amended, why and by whom" python3 - $v1 $v2 "$reason" << 'END'
import hashlib, json, sys
a = json.load(open(sys.argv[2] + "/manifest.json"))["amends"]
assert a == {"version": "v1", "sha256": hashlib.sha256(open(sys.argv[1] + "/manifest.json", "rb").read()).hexdigest(), "reason": sys.argv[3], "by": "质评办公室"}, a
END
keeper=$(awk -F, '$4 == "v1" { print $2; exit }' $v2/certificates.csv)
paper() { pdftotext -layout "$1" - | tr -d ' \n'; }
printed() { paper "$1" | grep -qF "更正版，代替$2（编号$id-chemistry-$3）" && paper "$1" | grep -qF "Reason:$4"; }
claim "a new certificate says what it replaces, and why" printed $v2/labs/$lab/certificate.pdf v1 $lab "$reason"
claim "so does a new report" printed $v2/labs/$lab/report.pdf v1 $lab "$reason"
claim "and as a page" grep -q "更正版，代替 v1（编号 $id-chemistry-$lab）.*$reason" $v2/labs/$lab/report.html
claim "and the centre's summary, site and workbook" eval 'paper $v2/summary.pdf | grep -qF "更正版，代替v1" && grep -q "$reason" $v2/site/index.html && unzip -p $v2/workbook.xlsx | grep -aq "$reason"'
claim "what was kept says nothing of it" eval '! paper $v2/labs/$keeper/certificate.pdf | grep -q 更正版'
zhiping ledger list --ledger l.sqlite
claim "the new version is the current one in the ledger" eval 'grep -q "^$id *v1 old" out.txt && grep -q "^$id *v2 *2026" out.txt'
claim "the number of threads shows nowhere" eval 'cp -r out other && chmod -R u+w other && rm -rf other/$id/v2 && { zhiping amend round --into other --reason "$reason" --by 质评办公室 --issued 2026-04-25 --ledger first.sqlite --threads 1 || test $? = 1; } && diff -r $v2 other/$id/v2'

proposed l.sqlite 2026-04-25 > proposed.v2
claim "who would gain a title was told, with what stood in the way" eval '
	grep -q "^title all-right: 1 would gain, 0 would lose$" gain.txt && grep -q "^  + $lab .*: entrant → proposed: right: a result was not acceptable" gain.txt'
claim "the year says the same" eval 'test "$(comm -13 proposed.v1 proposed.v2)" = "$lab" && test -z "$(comm -23 proposed.v1 proposed.v2)"'

# once more: of another measurand, by somebody who kept its papers until now
next=3
for m in K NA CL; do # what the keeper performs, and what was not touched
	kept=$(value "$keeper" $m 202611)
	test $m != "$measurand" -a -n "$kept" && break
done
{ echo '<decisions>'; correct "$lab" "$measurand" "$sample" "$bad" "$x_pt"; correct "$keeper" $m 202611 "$kept" "$(awk -v x="$kept" 'BEGIN { print 2 * x }')"; echo '</decisions>'; } > round/decisions.xml
reason='第二次更正'
amended() { # what must be true of a folder before it is followed
	rm -rf spoilt && cp -r out spoilt && chmod -R u+w spoilt && eval "$1"
	zhiping amend round --into spoilt --reason "$reason" --issued 2026-04-27 "${@:3}"
	test $? = 3 && grep -q -- "$2" err.txt && test ! -e spoilt/$id/v3
}
third=$(awk -F, -v l="$lab" '$4 == "v1" { print $2 }' $v2/certificates.csv | while read -r l; do test -z "$(value "$l" $m 202611)" && echo "$l"; done | head -n 1)
claim "a table that was altered is not followed" amended 'sed -i s/unacceptable/acceptable/ spoilt/$id/v2/scores.csv' "this is not what was published"
claim "nor a paper that would be kept" amended 'printf x >> spoilt/$id/v2/labs/$third/certificate.pdf' "labs/$third/certificate.pdf: this is not what was published"
claim "nor a manifest that the ledger does not know" amended 'sed -i s/2026-04-25/2026-04-24/ spoilt/$id/v2/manifest.json' "is not the v2 that the ledger" --ledger l.sqlite
amend --issued 2026-04-27 --ledger l.sqlite --awards award.xml
cp out.txt lose.txt
claim "a third version is published" eval 'test $? -le 1 && test -d $v3'
proposed l.sqlite 2026-04-27 > proposed.v3
claim "who loses one is told when it is published" eval '
	grep -q "^  - $keeper .*: proposed → entrant: right: a result was not acceptable" lose.txt && test "$(comm -23 proposed.v2 proposed.v3)" = "$(sed -n "s/^  - \([^ ]*\) .*/\1/p" lose.txt)"'
claim "its changes are those from the second" twin changes $v2 $v3
claim "papers are kept and replaced as before" twin papers $v2 $v3
claim "the list goes on" eval 'twin list out/$id 3 && grep -q ",v1,.*,v2,2026-04-25," $v3/superseded.csv && grep -q ",v1,.*,v3,2026-04-27," $v3/superseded.csv'
claim "who had the first papers until now has others instead of the first" printed $v3/labs/$keeper/certificate.pdf v1 $keeper 第二次更正
gone() { # what was published first, without what took its place
	zhiping ledger check --ledger l.sqlite --against out/$id/v1 out/year-2026/v1 || return 1
	mkdir -p alone/$id && cp -r out/$id/v1 alone/$id/ && cp l.sqlite alone.sqlite
	zhiping ledger check --ledger alone.sqlite --against alone/$id/v1; test $? = 3 && test "$(wc -l < err.txt)" = 2 && grep -q "the ledger has $id/v2, and its folder does not lie beside alone/$id/v1: " err.txt && grep -q "the ledger has $id/v3, " err.txt || return 1
	zhiping ledger check --ledger alone.sqlite --against alone/$id/v1/manifest.json; test $? = 3 && grep -q "the ledger has $id/v2, " err.txt || return 1
	zhiping ledger check --ledger alone.sqlite --against alone/$id/v1 out/$id/v2 out/$id/v3
}
claim "a later version that is in the ledger and was taken away from beside an earlier one is told" gone
claim "a year uses the newest version" eval 'zhiping year 2026 --ledger l.sqlite --into out --issued 2026-04-30 --emit tables --amend && grep -q "\"v3\"" out/year-2026/v2/manifest.json'

# another register: one laboratory is gone, one is new
rm round/decisions.xml
zhiping close round --into moved --issued 2026-04-20 --emit tables,certificates
sed -i '/^L0003,/d' round/roster.csv round/enrolments.csv && mv round/results/L0003.csv round/results/L0099.csv && sed -i 's/^L0003,/L0099,/' round/results/L0099.csv
echo "L0099,示例医院九十九,$(sed -n 's/^L0001,[^,]*,//p' round/roster.csv)" >> round/roster.csv
sed -n 's/^L0001,/L0099,/p' round/enrolments.csv >> round/enrolments.csv
claim "another register is amended as well" eval 'zhiping amend round --into moved --issued 2026-04-20 --reason 名册更正 || test $? = 1; grep -q "the first 1, none any more 1" out.txt'
claim "who is gone and who is new are among the changes, and the paper of who is gone counts no more" eval '
	twin changes moved/$id/v1 moved/$id/v2 && twin list moved/$id 2 && grep -q "^score,chemistry,L0003,\*,.*,standing,returned,$" moved/$id/v2/changes.csv && test ! -e moved/$id/v2/labs/L0003'
claim "a first paper replaces nothing" eval '! paper moved/$id/v2/labs/L0099/certificate.pdf | grep -q 更正版 && grep -q ",L0099,chemistry,v2," moved/$id/v2/certificates.csv'
# ---- what lies beside a version, and what a version was ----
rm -rf small && mkdir small && cd small || exit 1
cp -r "$top_srcdir/fixtures/refused/base" round
id=R1 next=2 reason=更正
small() { chmod -R u+w out 2> /dev/null; rm -rf out; zhiping close round --into out --issued 2026-03-31 "$@"; test $? -le 1; }
changed() { sed -i '2s/,5.[0-9]*,/,5.3,/' round/results/a.csv; }
restored() { cp "$top_srcdir/fixtures/refused/base/results/a.csv" round/results/a.csv; }
small --emit tables
mkdir out/R1/v out/R1/v02 out/R1/v1a out/R1/vx out/R1/v0 out/R1/v99999999999 out/R1/w3 out/R1/v1-
changed
claim "what only looks like a version is none" eval 'amend --issued 2026-04-01 && test -f out/R1/v2/changes.csv && test -z "$(find out/R1/v1a out/R1/v02 out/R1/v99999999999 -type f)"'
cp -r out/R1/v1 out/R1/v3
next=4
claim "a version that lies in the place of another is told" refused 3 "its manifest is of R1 v1; expected R1 v3" amend --issued 2026-04-02
chmod -R u+w out && sed -i 's/"R1"/"R7"/; s/"version":"v1"/"version":"v3"/' out/R1/v3/manifest.json
claim "and so is one of another round" refused 3 "its manifest is of R7 v3; expected R1 v3" amend --issued 2026-04-02
rm out/R1/v3/manifest.json
claim "a version without its manifest is none that could be amended" refused 3 "v3/manifest.json: the manifest does not exist" amend --issued 2026-04-02
next=2
restored && small --emit reports && changed
claim "what was published without tables cannot be compared" refused 2 "v1: was published without tables, so what changed cannot be told" amend --issued 2026-04-02
restored && small --emit tables,reports && changed
claim "without certificates, those count who have files at all" eval 'amend --issued 2026-04-02 && grep -q "3 laboratories" out.txt && ls out/R1/v2/labs/LAB03/report.* && ! test -e out/R1/v2/superseded.csv'
restored && small --emit tables,certificates && changed
chmod -R u+w out && sed -i 's/LAB01/LAB02/' out/R1/v1/certificates.csv
claim "a list of certificates that was altered is not followed" refused 3 "certificates.csv: this is not what was published" amend --issued 2026-04-02
restored && small --emit tables,certificates && changed && amend --issued 2026-04-02
chmod -R u+w out && echo R1,v9,,v10,2026-04-01,x >> out/R1/v2/superseded.csv && sed -i '2s/,5.3,/,5.4,/' round/results/a.csv
next=3
claim "nor is a list of superseded papers" refused 3 "superseded.csv: this is not what was published" amend --issued 2026-04-03
# Lines of results that came in another order are another table of scores, which says in which line they stand, and nothing else.
rm -r round && cp -r "$top_srcdir/fixtures/rounds/respiratory" round
id=respiratory
zhiping close round --into turned --issued 2026-04-20 --emit tables,certificates
results=$(ls round/results/* | head -n 1)
{ head -n 1 "$results"; tail -n +2 "$results" | tac; } > lines && cp lines "$results"
another_order() {
	zhiping amend round --into turned --reason "$reason" --issued 2026-04-22; test $? -le 1 && test "$(wc -l < turned/$id/v2/changes.csv)" = 1 && ! cmp -s turned/$id/v1/scores.csv turned/$id/v2/scores.csv &&
		grep -q '^laboratories by their papers: all kept 12, ' out.txt && test "$(wc -l < turned/$id/v2/superseded.csv)" = 1 && diff -r turned/$id/v1/labs turned/$id/v2/labs
}
claim "where a table differs and nothing is told otherwise, the version is published and all papers stay, also of who has two programmes" another_order
claim "and nothing differs from that" eval 'zhiping amend round --into turned --reason "$reason" --issued 2026-04-23; test $? = 1 && grep -q "nothing differs from turned/$id/v2" out.txt && test ! -e turned/$id/v3'
anew() {
	zhiping amend round --into turned --reason "$reason" --issued 2026-04-23 --reissue; test $? -le 1 && test "$(wc -l < turned/$id/v3/changes.csv)" = 1 && test "$(grep -c ,v3,2026-04-23, turned/$id/v3/superseded.csv)" = 12 &&
		for paper in turned/$id/v2/labs/*/*.pdf; do ! cmp -s "$paper" "${paper/v2/v3}" || return 1; done
}
claim "unless all papers are wanted anew" anew
cd ..
