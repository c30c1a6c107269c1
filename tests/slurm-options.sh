#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tools/slurm/close and part.sh without a Slurm: which options go where, and what is refused. srun, sbatch and zhiping are stand-ins that write down
# what they were asked.
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C
. "$top_srcdir/tests/result.sh"
mkdir bin
cat > bin/srun <<-'SRUN'
	#!/bin/bash
	echo "srun $*" >> asked
	test ! -e no-node || { echo 'srun: error: Unable to allocate resources' >&2; exit 1; }
	exec "${@:3}"
	SRUN
cat > bin/sbatch <<-'SBATCH'
	#!/bin/bash
	echo "sbatch $*" >> asked
	touch made
	SBATCH
cat > bin/zhiping <<-'ZHIPING'
	#!/bin/bash
	echo "zhiping $*" >> asked
	case " $* " in *' --missing '*) test ! -e bad || exit "$(cat bad)"; test -e made && { rm made; exit 0; }; printf '2\n3\n'; exit 1 ;; esac
	test ! -e answer || exit "$(cat answer)"
	ZHIPING
chmod +x bin/*
export PATH=$scratch/bin:$PATH ZHIPING=$scratch/bin/zhiping
run() { rm -f asked made; "$top_srcdir/tools/slurm/close" "$@" > out 2> err; }
refused() { # SENTENCE OPTION...
	run round 3 2 --into out --issued 2026-12-31 "${@:2}"
	test $? = 2 || wrong "${*:2} is not refused"
	grep -qF -- "$1" err || wrong "${*:2}: not told: $1; but: $(cat err)"
	test ! -e asked || wrong "${*:2}: something was asked for: $(head -n 1 asked)"
}

echo 1..8

run round 3 2 --into out --issued 2026-12-31 --rules r --memory 1G --ledger l.sqlite --emit=tables,certificates --key=keys || wrong "fails: $(cat err)"
grep '^sbatch .*--papers' asked > papers || wrong 'no papers are drawn'
grep -q -- 'round --rules r --memory 1G --papers --issued 2026-12-31 --ledger l.sqlite --emit tables,certificates --sealed$' papers || wrong "papers: $(cat papers)"
grep -q -- '--array=2,3 .*/part.sh 3 round --rules r --memory 1G$' asked || wrong "scores: $(grep sbatch asked)"
grep -q -- '^zhiping merge round --seals ' asked || wrong 'nothing is sealed'
grep -E '^(srun|sbatch) .*keys' asked > told && wrong "the key goes to a node: $(cat told)"
grep -qx 'zhiping merge round --into out .* --papers' asked || wrong "joined by: $(tail -n 1 asked)"
result 'an option may have its value behind "=": no node gets the key'

run round 3 2 --into out --issued 2026-12-31 || wrong "fails: $(cat err)"
grep -q '^srun .* merge round --into out --issued 2026-12-31 --papers$' asked || wrong "who submits joins: $(tail -n 2 asked)"
for code in 1 3 70; do
	echo $code > answer
	run round 3 0 --into out --issued 2026-12-31
	test $? = $code || wrong "not the exit code of merge, $code"
done
echo 9 > answer
run round 3 0 --into out --issued 2026-12-31
test $? = 6 || wrong 'what srun ends with is taken for an answer'
rm answer
result 'without a key the parts are joined on a node, and the exit code is that of merge'

for options in '--into out' '--issued 2026-12-31' '--into= --issued 2026-12-31' '--into out --issued 2026-02-30' '--into out --issued today'; do
	read -ra options <<< "$options"
	run round 3 0 "${options[@]}"
	test $? = 2 && grep -qF -- '--into DIR and --issued YYYY-MM-DD are needed' err && test ! -e asked || wrong "${options[*]}: $(cat err)"
done
refused '--emit tables,summary has nothing for laboratories' --emit tables,summary
for code in 2 3; do
	echo $code > bad
	run round 3 0 --into out --issued 2026-12-31
	test $? = $code || wrong "a look that ends with $code does not end all"
	grep -q ^sbatch asked && wrong "jobs were submitted after a look that ended with $code"
	test "$(grep -c ^srun asked)" = 1 || wrong "it looked again after $code"
done
rm bad
result 'what merge would refuse in the end is refused first, and a look that refuses ends it'

for options in '' '--parts elsewhere'; do
	parts=${options#--parts } parts=${parts:-round/.zhiping/parts}
	mkdir -p "$parts"; touch "$parts/papers-1-of-3.part"
	read -ra options <<< "$options"
	run round 3 2 --into out --issued 2026-12-31 "${options[@]}"
	test $? = 3 && grep -qF "$parts/papers-1-of-3.part: is of another division; expected one of 2" err && test ! -e asked || wrong "papers of another division: $(cat err)"
	run round 3 3 --into out --issued 2026-12-31 "${options[@]}" || wrong "papers of this division: $(cat err)"
	rm "$parts/papers-1-of-3.part"
done
result 'papers of another division are told before anything is submitted'

for option in --ke --k --iss --rule --sea --unknown; do refused "\"$option\" is not understood; expected options of zhiping merge by their whole names" $option x; done
for option in --papers --seals --missing; do refused "\"$option\" is not understood" $option 3; done
refused '"--key" is the last word' --key
result 'what is cut off, not known, or for the script itself is refused before anything is asked for'

for address in postgresql://me:secret@host/db 'postgresql://me@host/db?password=secret' 'postgresql://host/db?user=me&password=secret' 'postgresql://me:se?secret/X@host/db' \
	'postgresql://me@host/db?pass%77ord=secret' 'host=host password = secret' Postgresql://me:secret@host/db postgresql:/me:secret@host/db; do
	refused 'the address of the ledger has a password' --ledger "$address"
	refused 'the address of the ledger has a password' "--ledger=$address"
	grep -q secret err && wrong 'the password is told'
done
run round 3 0 --into out --issued 2026-12-31 --ledger 'postgresql://me@host:5432/db?host=%2Frun&user=li' || wrong "an address without a password is refused: $(cat err)"
result 'an address with a password is refused, and not told'

touch no-node
run round 3 0 --into out --issued 2026-12-31
test $? = 6 || wrong 'no node: not 6'
grep -q 'srun may have got no node' err || wrong "not told: $(cat err)"
grep -q '^sbatch' asked && wrong 'jobs were submitted'
rm no-node
result 'srun that gets no node is no answer'

for of in '1024 256' '8 8'; do
	read -r has takes <<< "$of"
	rm -f asked
	SLURM_ARRAY_TASK_ID=2 SLURM_CPUS_ON_NODE=$has "$top_srcdir/tools/slurm/part.sh" 3 round > out 2> err
	grep -qx "zhiping shard 2/3 round --threads $takes" asked || wrong "$has processors: $(cat asked)"
done
result 'a node with more processors than zhiping takes threads takes part'
