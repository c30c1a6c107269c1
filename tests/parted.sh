# SPDX-License-Identifier: GPL-3.0-or-later
# For tests of rounds on several machines, in a folder of their own with the round in `round`; read by `.`.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch" 2> /dev/null; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
export LC_ALL=C
. "$top_srcdir/tests/result.sh"
zp() { $ZHIPING "$@" $ZP_OPTIONS > out 2> err; }
must() { zp "$@"; test $? -le 1 || wrong "$* fails: $(head -n 3 err)"; }
parts=round/.zhiping/parts
