#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A plugin that does what none should: what it reaches for is refused, and where it ends otherwise than by finishing its work, the run
# says so in a sentence and publishes nothing.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch" /tmp/made-by-a-plugin' EXIT
module=$top_builddir/tests/.libs/hostile.so
test -f "$module" || { echo "1..0 # SKIP $module was not built"; exit 0; }
cp "$module" "$scratch/module" && chmod 755 "$scratch/module" && cd "$scratch" || exit 1
export LC_ALL=C
number=0 problem=
wrong() { problem="$problem# $1"$'\n'; }
result() { number=$((number + 1)); test -z "$problem" && echo "ok $number - $1" || { printf '%s' "$problem"; echo "not ok $number - $1"; }; problem=; }
$ZHIPING simulate $ZP_OPTIONS --into round --labs 3 --measurands 2 --samples 2 --seed 3 > out || { echo 'Bail out! nothing is simulated'; exit 1; }
cp round/roster.csv roster.before
with() { # WORD, options of close: the round is closed with that plugin
	cp module "hostile-$1.so"
	$ZHIPING close $ZP_OPTIONS round --into into --issued 2026-03-31 --plugin "hostile-$1.so" --threads 2 "${@:2}" > out 2> err
}
emptied() { chmod -R u+w into 2> /dev/null; rm -rf into; }
refused() { # CODE SENTENCE CLAIM: what the last command did
	local code=$?
	test $code -eq "$1" || wrong "exit $code, expected $1"
	grep -q "$2" err || wrong "it says: $(head -n 3 err)"
	test -z "$(find into -mindepth 2 ! -path '*/.stage-*' 2> /dev/null)" || wrong "something is published: $(find into | head -n 5 | tr '\n' ' ')"
	emptied
	result "$3"
}
$ZHIPING close $ZP_OPTIONS round --into none --issued 2026-03-31 --emit tables --timings > out 2> err
held=$(sed -n 's/^confined *//p' err)
echo "# $held"

echo 1..19
with probe --emit tables,certificates --ledger ledger.sqlite
test $? -le 1 || wrong "$(head -n 2 err)"
said=$(cat into/*/v1/labs/*/said.txt 2> /dev/null | sort | uniq -c)
test "$(wc -l <<< "$said")" -eq 23 || wrong "$(wc -l <<< "$said") attempts were made: $said"
case $held in # what only Landlock holds is not asked for without it
"no Landlock"*) done=$(grep DONE <<< "$said" | grep -vE 'read|write|file') ;;
*) done=$(grep DONE <<< "$said") ;;
esac
test -z "$done" || wrong "$done"
test -e made-by-a-plugin && wrong "a file was made"
result "a plugin that writes papers reaches no file, socket, program or process"
cmp -s round/roster.csv roster.before && test -f into/*/v1/manifest.json || wrong "nothing was published, or the round was changed"
emptied
result "refused attempts change nothing for the others"
with prepare --emit certificates
refused 5 'it cannot read what it wants' "nor when it prepares"
with memory --emit certificates
refused 6 'a process that writes papers ran out of memory' "taking memory without end"
with crash --emit certificates
refused 70 'a process that writes papers crashed (signal 11)' "a crash"
with leave --emit certificates
refused 70 'ended before its work was done (status 0)' "exit(0) in the middle"
(ulimit -t 2; with loop --emit certificates)
refused 6 'was ended (signal' "a loop without end meets the limit of processor time"
with rounding --emit certificates
refused 5 'hostile-rounding: this plugin has changed how numbers are rounded' "another way of rounding"
with locale --emit certificates # where its files cannot be read, there is no other
if test $? -le 1; then emptied; result "another locale"; else (exit 5); refused 5 'hostile-locale: this plugin has changed the locale' "another locale"; fi
printf 'x\n1\n2\n3\n' > x.csv
cp module hostile-estimate.so
$ZHIPING estimate $ZP_OPTIONS --plugin hostile-estimate.so x.csv --column x --method hostile-estimate > out 2> err
refused 5 'hostile-estimate: this plugin has changed how numbers are rounded' "a method that changes how numbers are rounded"
cp -r "$top_srcdir/fixtures/rounds/glucose-e691" worded && sed -i 's/<assign [^>]*>/<assign method="hostile-words"\/>/' worded/scheme.xml
cp module hostile-words.so
$ZHIPING close $ZP_OPTIONS worded --into into --issued 2026-12-31 --emit tables --plugin hostile-words.so > out 2> err
code=$?
test -z "$(find into -name '.stage-*')" || wrong "what came in stays on its way: $(find into | head -n 5 | tr '\n' ' ')"
(exit $code)
refused 5 'a plugin has changed the locale (stage gather)' "one that changes the locale, while what came in is copied; and the copies are taken away"

# ---- what is loaded ----
load() { $ZHIPING methods $ZP_OPTIONS --plugin "$1" > out 2> err; }
cp module hostile-probe.so
load hostile-probe.so || wrong "it is not loaded: $(cat err)"
result "a plugin of the user is loaded"
ln -s module hostile-crash.so 2> err || { rm -f hostile-crash.so; ln -s module hostile-crash.so; }
load hostile-crash.so
refused 5 'hostile-crash.so: is a symbolic link; expected the plugin itself' "no symbolic link"
chmod 775 hostile-probe.so
load hostile-probe.so
refused 5 'hostile-probe.so: may be written by others' "none that its group may write"
chmod 757 hostile-probe.so
load hostile-probe.so
refused 5 'hostile-probe.so: may be written by others' "none that everybody may write"
chmod 755 hostile-probe.so
if test "$(id -u)" -eq 0; then
	chown 12345 hostile-probe.so
	load hostile-probe.so
	refused 5 'hostile-probe.so: belongs to another user' "none of another user"
	chown 0 hostile-probe.so
else
	number=$((number + 1)); echo "ok $number - none of another user # SKIP only root can make one"
fi
$ZHIPING close $ZP_OPTIONS round --into into --issued 2026-03-31 --plugin hostile-probe.so --emit tables > out 2> err
grep -o "$(sha256sum < hostile-probe.so | cut -c 1-64)" into/*/v1/manifest.json > found || wrong "the manifest has another digest"
emptied
result "the manifest has the digest of what was loaded"

# ---- standard files that are closed, and modes ----
(umask 0; $ZHIPING close $ZP_OPTIONS round --into into --issued 2026-03-31 --emit tables <&- > out 2>&-); test $? -le 1 || wrong "it is not closed"
test -f into/*/v1/manifest.json && ! grep -q 'values read' into/*/v1/*.csv || wrong "what is printed came into a file"
result "files 0 to 2 that are closed do no harm"
test -z "$(find into -type f -perm /o+rwx)" || wrong "others may read $(find into -type f -perm /o+rwx | head -n 2 | tr '\n' ' ')"
result "nobody but the owner and the group may read what is published, whatever the umask is"
emptied
