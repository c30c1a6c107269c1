#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A round on a real Slurm: munge, slurmctld and two slurmd on this host, started here for this test alone, on sockets and ports of their own. A job
# is ended and a node dies in the middle; what is published is what one machine publishes.
skip() { echo "1..0 # SKIP $1"; exit 0; }
for program in munged slurmctld slurmd sbatch srun scontrol squeue; do
	command -v $program > /dev/null || skip "there is no $program; packages munge, slurmctld, slurmd and slurm-client have it"
done
test "$(id -u)" = 0 || skip 'Slurm can be started by root alone'
scratch=$(mktemp -d) || exit 1
pids=()
finish() {
	local file
	scancel --user=root 2> /dev/null
	for file in "$scratch"/run/*.pid; do test -s "$file" && pids+=("$(cat "$file")"); done
	test ${#pids[@]} = 0 || kill "${pids[@]}" 2> /dev/null
	sleep 1
	test ${#pids[@]} = 0 || kill -9 "${pids[@]}" 2> /dev/null
	chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"
}
trap finish EXIT
cd "$scratch" || exit 1
chmod 755 .
export LC_ALL=C
. "$top_srcdir/tests/result.sh"

# ---- Slurm ----

mkdir state run log
dd if=/dev/urandom of=key bs=128 count=1 2> log/dd && chmod 400 key
munged --force --key-file="$scratch/key" --socket="$scratch/run/munge" --pid-file="$scratch/run/munged.pid" --log-file="$scratch/log/munged" --seed-file="$scratch/run/seed" > log/start 2>&1 ||
	skip "munged cannot be started: $(tail -n 1 log/start)"
host=$(hostname -s)
port=$((20000 + $$ % 10000))
cat > slurm.conf <<CONF
ClusterName=zhiping
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$scratch/run/munge
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool-%n
SlurmctldPidFile=$scratch/run/slurmctld.pid
SlurmdPidFile=$scratch/run/slurmd-%n.pid
SlurmctldLogFile=$scratch/log/slurmctld
SlurmdLogFile=$scratch/log/slurmd-%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SlurmdTimeout=5
KillWait=2
SchedulerParameters=batch_sched_delay=1,sched_interval=1
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1 State=UNKNOWN
PartitionName=test Nodes=n1,n2 Default=YES MaxTime=10 State=UP
CONF
export SLURM_CONF=$scratch/slurm.conf
slurmctld -c > log/start 2>&1 || skip "slurmctld cannot be started: $(tail -n 1 log/start)"
for node in n1 n2; do slurmd -N $node > log/start 2>&1 || skip "slurmd cannot be started: $(tail -n 1 log/start)"; done
idle() { # NODES: within half a minute so many are
	local try
	for try in $(seq 60); do
		test "$(sinfo -h -N -t idle -o %N 2> log/sinfo | wc -l)" -ge "$1" && return
		sleep 0.5
	done
	return 1
}
idle 2 || skip "Slurm does not come up: $(tail -n 1 log/slurmctld)"

# ---- rounds ----

echo 1..4
read -ra options <<< "$ZP_OPTIONS"
by_slurm() { timeout 240 "$top_srcdir/tools/slurm/close" "$@" "${options[@]}" > out 2> err; }
same() { diff -r "$1" "$2" > differs 2>&1 || wrong "$(head -n 5 differs | cut -c 1-200 | tr '\n' '~')"; }
digest() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2 | sha256sum); }

$ZHIPING simulate $ZP_OPTIONS --into round --labs 24 --programmes chemistry --measurands 8 --seed 4 > log/simulate 2>&1 || wrong 'nothing is simulated'
$ZHIPING close round --into one --issued 2026-12-31 $ZP_OPTIONS > log/close 2>&1
test $? -le 1 || wrong "the round does not close: $(tail -n 2 log/close)"
by_slurm round 3 4 --into many --issued 2026-12-31
test $? -le 1 || wrong "not closed by Slurm: $(tail -n 3 err)"
same one many
test "$(ls zhiping-scores-*.log | wc -l)" = 3 || wrong "three jobs of scores left $(ls zhiping-scores-*.log | wc -l) logs"
result 'scores and papers by job arrays on two nodes are what one machine publishes'

# Signed: the key is where the round is joined, and nowhere else.
$ZHIPING key new --into keys --name 示例中心 --date 2026-01-01 > log/key 2>&1
$ZHIPING close round --into signed --issued 2026-12-31 --key keys $ZP_OPTIONS > log/close 2>&1
rm -rf round/.zhiping
by_slurm round 2 2 --into many-signed --issued 2026-12-31 --key keys
test $? -le 1 || wrong "not closed by Slurm: $(tail -n 3 err)"
same signed many-signed
result 'so are signed ones'

# A job is ended in the middle: the program that it runs is asked to wait, and is ended while it does.
cat > slow <<-SLOW
	#!/bin/bash
	case "\$1 \$2" in 'shard 2/3') if test ! -e "$scratch/waited"; then echo "\$PPID" > "$scratch/waited"; sleep 40; fi ;; esac
	exec "$ZHIPING" "\$@"
	SLOW
chmod +x slow
rm -rf round/.zhiping
(export ZHIPING=$scratch/slow; by_slurm round 3 0 --into killed --issued 2026-12-31; echo $? > code) &
closing=$!
for try in $(seq 120); do test -s waited && break; sleep 0.5; done
job=$(squeue -h -r -t running -o '%F_%K' | grep '_2$')
test -n "$job" || wrong "no job of part 2 runs: $(squeue -h -r)"
scancel "$job" > log/scancel 2>&1 || wrong "the job is not ended: $(cat log/scancel)"
wait $closing
test "$(cat code)" -le 1 || wrong "not closed after a job was ended: $(tail -n 3 err)"
test "$(grep -c 'scores, parts' out)" -ge 2 || wrong "nothing was submitted again: $(cat out)"
grep -qx 'zhiping: scores, parts 2 of 3' out || wrong "not part 2 alone was submitted again: $(grep 'scores, parts' out)"
same one killed
result 'a job that is ended is submitted again, and nothing else is'

# A node dies with its job: Slurm sees it and runs the job elsewhere, or it is submitted again.
rm -rf round/.zhiping waited
(export ZHIPING=$scratch/slow; by_slurm round 3 0 --into died --issued 2026-12-31; echo $? > code) &
closing=$!
for try in $(seq 120); do test -s waited && break; sleep 0.5; done
node=$(squeue -h -r -t running -o '%K %N' | awk '$1 == 2 { print $2 }' | head -n 1)
if test -s "run/slurmd-$node.pid"; then
	before=$(cat "run/slurmd-$node.pid")
	kill -9 "$(cat waited)" "$before" # what watches over the job, and the node
	scontrol update nodename="$node" state=down reason='it died' 2> log/down
else
	wrong "no node runs part 2: $(squeue -h -r)"
fi
wait $closing
test "$(cat code)" -le 1 || wrong "not closed after a node died: $(tail -n 3 err)"
same one died
result 'a node that dies takes no part with it'
