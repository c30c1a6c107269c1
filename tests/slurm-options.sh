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
	case " $* " in *' --missing '*) test -e made && { rm made; exit 0; }; printf '2\n3\n'; exit 1 ;; esac
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

echo 1..5

run round 3 2 --into out --issued 2026-12-31 --rules r --ledger l.sqlite --emit=tables,certificates --key=keys || wrong "fails: $(cat err)"
grep '^sbatch .*--papers' asked > papers || wrong 'no papers are drawn'
grep -q -- 'round --rules r --papers --issued 2026-12-31 --ledger l.sqlite --emit tables,certificates --sealed$' papers || wrong "papers: $(cat papers)"
grep -q -- '--array=2,3 .*/part.sh 3 round --rules r$' asked || wrong "scores: $(grep sbatch asked)"
grep -q -- '^zhiping merge round --seals ' asked || wrong 'nothing is sealed'
grep -E '^(srun|sbatch) .*keys' asked > told && wrong "the key goes to a node: $(cat told)"
result 'an option may have its value behind "=": no node gets the key'

for option in --ke --k --iss --rule --sea --unknown; do refused "\"$option\" is not understood; expected options of zhiping merge by their whole names" $option x; done
for option in --papers --seals --missing; do refused "\"$option\" is not understood" $option 3; done
refused '"--key" is the last word' --key
result 'what is cut off, not known, or for the script itself is refused before anything is asked for'

for address in postgresql://me:secret@host/db 'postgresql://me@host/db?password=secret' 'postgresql://host/db?user=me&password=secret'; do
	refused 'the address of the ledger has a password' --ledger "$address"
	refused 'the address of the ledger has a password' "--ledger=$address"
	grep -q secret err && wrong 'the password is told'
done
run round 3 0 --into out --issued 2026-12-31 --ledger postgresql://me@host:5432/db || wrong "an address without a password is refused: $(cat err)"
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
