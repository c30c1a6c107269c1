# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A server of PostgreSQL for one test, on a socket in a folder of its own; read by `.`.
# start_server: sets `server` to the folder of its socket; ends with 1, and a reason in `no_server`, when there is none to start.
# stop_server: ends it and takes its folder away. as_server COMMAND...: as the account that it runs as, which cannot be root.
# ask DATABASE SQL [ACCOUNT]: what psql says, on a line each.
as_server() { if test "$(id -u)" = 0; then setpriv --reuid "$server_account" --regid "$(id -g "$server_account")" --clear-groups -- "$@"; else "$@"; fi; }

start_server() {
	local programs
	programs=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -n 1)
	test -x "$programs/initdb" || programs=$(dirname "$(command -v initdb)" 2> /dev/null)
	test -x "$programs/initdb" && test -x "$programs/postgres" && command -v psql > /dev/null || { no_server='there is no server of PostgreSQL to start'; return 1; }
	"$programs/postgres" --version | awk '{ exit $3 + 0 < 15 }' || { no_server='the server of PostgreSQL is older than 15'; return 1; }
	server_account=postgres
	id "$server_account" > /dev/null 2>&1 || server_account=nobody
	server=$(mktemp -d /tmp/zp-server-XXXXXX) || return 1
	test "$(id -u)" != 0 || chown "$server_account" "$server"
	chmod 711 "$server"
	server_programs=$programs
	(cd "$server" && as_server "$programs/initdb" -D "$server/data" -U postgres -E UTF8 --locale=C -A trust -N) > "$server.log" 2>&1 || { no_server="initdb fails: $(tail -n 1 "$server.log")"; return 1; }
	begin_server
}
begin_server() { # [HOST PORT]: where it listens beside its socket
	(cd "$server" && as_server "$server_programs/pg_ctl" -D "$server/data" -w -l "$server/log" -o "-c listen_addresses=${1:-} -c port=${2:-5432} -k $server -F -c max_connections=50" start) > "$server.log" 2>&1 || { no_server="the server does not start: $(tail -n 1 "$server.log")"; return 1; }
}
halt_server() { (cd "$server" && as_server "$server_programs/pg_ctl" -D "$server/data" -w -m immediate stop) > "$server.log" 2>&1; }
stop_server() { test -z "$server" || { halt_server; rm -rf "$server" "$server.log"; }; }
ask() { psql -XAtq -v ON_ERROR_STOP=1 -h "$server" -U "${3:-postgres}" -d "$1" -c "$2"; }
