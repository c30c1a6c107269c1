#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A round by GNU parallel over hosts: two addresses of this machine, each reached by an sshd that is started here for this test alone, and one that cannot be
# reached. A connection is cut in the middle; what is published is what one machine publishes.
skip() { echo "1..0 # SKIP $1"; exit 0; }
sshd=$(command -v sshd || command -v /usr/sbin/sshd) || skip 'there is no sshd; package openssh-server has it'
parallel --version 2> /dev/null < /dev/null | grep -q GNU || skip 'there is no GNU parallel; package parallel has it'
. "$top_srcdir/tests/claim.sh"
finish() { test ! -s sshd.pid || kill "$(cat sshd.pid)"; chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"; }
trap finish EXIT

# ---- hosts ----

test "$(id -u)" != 0 || mkdir -p /run/sshd # where sshd of the system shuts itself in
port=$((20000 + $$ % 10000))
ssh-keygen -q -t ed25519 -N '' -f host && ssh-keygen -q -t ed25519 -N '' -f key && cp key.pub authorized || exit 1
cat > sshd.conf <<CONF
Port $port
ListenAddress 127.0.0.1
ListenAddress 127.0.0.2
HostKey $scratch/host
AuthorizedKeysFile $scratch/authorized
PidFile $scratch/sshd.pid
PasswordAuthentication no
StrictModes no
UsePAM no
CONF
cat > ssh.conf <<CONF
Host one
	HostName 127.0.0.1
Host two
	HostName 127.0.0.2
Host gone
	HostName 127.0.0.3
Host *
	Port $port
	IdentityFile $scratch/key
	IdentitiesOnly yes
	StrictHostKeyChecking no
	UserKnownHostsFile $scratch/known
	ConnectTimeout 10
CONF
"$sshd" -f "$scratch/sshd.conf" -E "$scratch/sshd.log" || skip "sshd cannot be started: $(tail -n 1 sshd.log)"
mkdir home && export HOME=$scratch/home PARALLEL_SSH="ssh -F $scratch/ssh.conf"
ssh -F ssh.conf two true 2> ssh.log || skip "nobody can log in: $(tail -n 1 ssh.log)"

# The program as each host has it. It says where it was, and the first time part 5 is wanted the connection is cut.
cat > zhiping <<PROGRAM
#!/bin/sh
command=\$1
shift
case "\$command \$1 \$SSH_CONNECTION" in
"shard 5/8 "*" 127."*) mkdir $scratch/cut 2> /dev/null && kill -9 \$PPID ;;
esac
test \$command != shard || echo "\$1 \$SSH_CONNECTION" | cut -d' ' -f1,4 >> $scratch/worked
exec $ZHIPING \$command $ZP_OPTIONS "\$@"
PROGRAM
chmod +x zhiping

# ---- a round ----

echo 1..4
zp=$scratch/zhiping round=$scratch/round hosts=one,two,gone
"$zp" simulate --labs 30 --measurands 12 --programmes chemistry --seed 3 --into "$round" > simulated 2>&1 || { cat simulated; exit 1; }
"$zp" close "$round" --into alone --issued 2026-03-31 > close.err 2>&1

over_hosts() { seq "$1" | parallel -S $hosts -j 1 --retries 4 "$zp" shard "{}/$1" "$round" "${@:2}"; }
scores() {
	over_hosts 8
	test -d cut && test -z "$("$zp" merge "$round" --missing 8)" && cut -d' ' -f2 worked | sort -u | tr '\n' ' ' | grep -qx '127.0.0.1 127.0.0.2 ' || { cat worked; return 1; }
}
lost() {
	rm "$round/.zhiping/parts/scores-3-of-8.part"
	test "$("$zp" merge "$round" --missing 8)" = 3 && "$zp" merge "$round" --missing 8 | parallel -S one,two "$zp" shard '{}/8' "$round" && test -z "$("$zp" merge "$round" --missing 8)"
}
papers() { over_hosts 4 --papers --issued 2026-03-31; test -z "$("$zp" merge "$round" --papers --missing 4 --issued 2026-03-31)"; }
merged() { "$zp" merge "$round" --papers --into together --issued 2026-03-31; test $? -le 1 && diff -r alone together; }
claim 'parts of scores are made on two hosts; a third cannot be reached, and one loses its connection' scores
claim 'a part that is lost is found and made again' lost
claim 'papers are drawn over hosts' papers
claim 'what is published is what one machine publishes' merged
