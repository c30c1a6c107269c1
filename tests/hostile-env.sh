#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# No variable of the environment changes a byte of what is published, and the program says nothing about any of them.
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
number=0 problem=
wrong() { problem="$problem# $1"$'\n'; }
result() { number=$((number + 1)); test -z "$problem" && echo "ok $number - $1" || { printf '%s' "$problem"; echo "not ok $number - $1"; }; problem=; }
digests() { (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2); }
emit=tables,certificates,reports,summary,workbook,pages
test -f "$top_builddir/plugins/.libs/certificate-pdf.so" && test -f "$top_builddir/plugins/.libs/workbook-xlsx.so" || emit=tables
$ZHIPING simulate $ZP_OPTIONS --into round --labs 6 --measurands 3 --seed 7 > said || { echo 'Bail out! nothing is simulated'; exit 1; }
run() { "$@" $ZHIPING close $ZP_OPTIONS round --into "$into" --issued 2026-03-31 --emit $emit > said.out 2> said.err; }
echo 1..6
into=plain; run env LC_ALL=C; test $? -le 1 || wrong "$(cat said.err)"
digests plain > plain.now
test -s plain.now || wrong "nothing is published"
result "a round is closed"
same() { # CLAIM, ENVIRONMENT...
	into=other; run env "${@:2}"
	local code=$?
	test $code -le 1 || wrong "exit $code: $(head -n 2 said.err)"
	test -s said.err && wrong "it says: $(head -n 2 said.err)"
	digests other | cmp -s - plain.now || wrong "other bytes: $(digests other | diff - plain.now | sed -n 's/^> .*  //p' | head -n 5 | tr '\n' ' ')"
	chmod -R u+w other; rm -rf other
	result "$1"
}
mkdir home home/.fonts fonts
printf '%s\n' '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>fonts</dir><match><edit name="family" mode="assign"><string>None</string></edit></match></fontconfig>' > fonts.conf
cp fonts.conf home/.fonts.conf
same "fonts, layout, homes" HOME=$PWD/home XDG_CONFIG_HOME=$PWD/home XDG_CACHE_HOME=/nowhere XDG_DATA_HOME=/nowhere XDG_DATA_DIRS=/nowhere \
	FONTCONFIG_FILE=$PWD/fonts.conf FONTCONFIG_PATH=$PWD FONTCONFIG_SYSROOT=/nowhere FC_DEBUG=1024 FC_LANG=xx FREETYPE_PROPERTIES=cff:no-stem-darkening=1 \
	PANGO_LANGUAGE=ar PANGOCAIRO_BACKEND=win32 CAIRO_DEBUG_PDF=1 CAIRO_DEBUG_TAG=1 HB_OPTIONS=aat HB_SHAPER_LIST=fallback \
	G_DEBUG=fatal-warnings G_SLICE=always-malloc G_MESSAGES_DEBUG=all GOBJECT_DEBUG=all SOURCE_DATE_EPOCH=1 CAIRO_PDF_METADATA_CREATE_DATE=x
same "numbers, parsers, databases" GSL_RNG_SEED=7 GSL_RNG_TYPE=ranlux GSL_IEEE_MODE=round-up XML_CATALOG_FILES=$PWD/fonts.conf SGML_CATALOG_FILES=x \
	XML_DEBUG_CATALOG=1 XMLLINT_INDENT=x SQLITE_TMPDIR=/nowhere SQLITE_HISTORY=x OPENSSL_CONF=$PWD/fonts.conf OPENSSL_ENGINES=/nowhere OPENSSL_MODULES=/nowhere \
	OPENSSL_ia32cap=0 SSL_CERT_FILE=x OMP_NUM_THREADS=3 ZIPOPT=-9 UNZIP=x
same "zones, dates, languages, columns" TZ=Asia/Kathmandu TZDIR=/nowhere LANG=tr_TR.UTF-8 LC_NUMERIC=de_DE.UTF-8 LC_CTYPE=zh_CN.GB18030 LC_COLLATE=sv_SE \
	LC_TIME=fa_IR POSIXLY_CORRECT=1 COLUMNS=3 LINES=1 TERM=none TMPDIR=/nowhere PATH=/nowhere CDPATH=/ IFS=, ENV=x BASH_ENV=x MALLOC=x
# What acts before main: the program begins again without it.
same "the loader and the C library" LD_LIBRARY_PATH=/nowhere LD_BIND_NOW=1 LD_DEBUG_OUTPUT="$PWD/ld" LD_PROFILE_OUTPUT=/nowhere LD_ORIGIN_PATH=/ \
	GCONV_PATH=/nowhere LOCPATH=/nowhere NLSPATH=/nowhere/%N GETCONF_DIR=/ MALLOC_PERTURB_=165 MALLOC_ARENA_MAX=1 MALLOC_CHECK_=3 MALLOC_TOP_PAD_=1 \
	GLIBC_TUNABLES=glibc.malloc.perturb=90:glibc.malloc.tcache_count=0 RES_OPTIONS=x HOSTALIASES=x LOCALDOMAIN=x
same "none at all" -i
