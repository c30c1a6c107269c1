# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by tools/demo and tools/test: packages, and a build folder.
# Sourced with the current folder at the top of the tree.

say() { printf '\n== %s\n' "$*"; }

# Install the packages that are missing; with "test" those of the tests as well.
install_packages() {
	wanted=$(sed -e 's/#.*//' -e "s/^${1:-nothing}: *//" -e '/:/d' tools/packages.txt)
	missing=
	for package in $wanted; do
		test "$package" = npm && command -v npm >/dev/null && continue # some builds of nodejs bring it along, and Debian's contradicts them
		dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
	done
	if test -z "$missing"; then
		say "all Debian packages are here"
		return
	fi
	root=
	if test "$(id -u)" != 0; then root=sudo; fi
	say "installing Debian packages:$missing"
	$root env DEBIAN_FRONTEND=noninteractive apt-get update -q
	# shellcheck disable=SC2086
	$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
}

# The browser's driver and the rules of accessibility, into tests/web/node_modules. Without them the tests of pages are skipped, and say so.
install_npm_packages() {
	for package in $(sed -n 's/^ *"\([a-z-]*\)": "\([0-9.]*\)",\{0,1\}$/\1@\2/p' tests/web/package.json); do
		grep -qs "\"version\": \"${package#*@}\"" "tests/web/node_modules/${package%@*}/package.json" || missing_npm=yes
	done
	test -n "${missing_npm:-}" || { say "all npm packages are here"; return; }
	say "installing npm packages of tests/web"
	(cd tests/web && quietly npm.out npm install --no-save --no-package-lock --no-audit --no-fund) ||
		echo "the npm packages of tests/web could not be installed; tests/web.sh is skipped"
}

# build FOLDER CONFIGURE-OPTIONS...: out of the source tree, so that several builds stand side by side.
build() {
	folder=$1
	shift
	test -x configure || { say "making configure"; quietly autogen.out ./autogen.sh; }
	mkdir -p "$folder"
	say "building in $folder"
	test -f "$folder/Makefile" || (cd "$folder" && quietly configure.out ../configure -q "$@")
	(cd "$folder" && quietly make.out make -s -j2)
}

# quietly FILE COMMAND...: its output into FILE, shown only when the command fails.
quietly() {
	file=$1
	shift
	"$@" >"$file" 2>&1 || { tail -n 60 "$file"; echo "failed: $*"; return 1; }
}
