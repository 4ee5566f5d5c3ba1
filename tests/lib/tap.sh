# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# TAP for shell tests. Source it, then call these and at last tap_done.
#   src     the source tree, absolute
#   tmp     a folder of the test's own, taken away at the end
# shellcheck disable=SC2034 # the tests use it
src=$(cd "${srcdir:-.}" && pwd) || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
tap_n=0

# ok NAME: the last command's status decides.
ok() {
	if [ $? -eq 0 ]; then tap_line ok "$1"; else tap_line 'not ok' "$1"; fi
}

tap_line() {
	tap_n=$((tap_n + 1))
	printf '%s %s - %s\n' "$1" "$tap_n" "$2"
}

skip() {
	tap_line ok "$1 # SKIP $2"
}

# lacks ENCODING: iconv does not know it; that of musl has no cp932.
lacks() {
	printf 'a\n' | cx-ingest -q -e "$1" 2>&1 |
		grep -q "this system's lacks it\|is no encoding"
}

# same WANT GOT NAME: two files are equal.
same() {
	if diff -u "$1" "$2" >"$tmp/diff" 2>&1; then
		tap_line ok "$3"
	else
		tap_line 'not ok' "$3"
		head -n 40 "$tmp/diff" | sed 's/^/# /'
	fi
}

# is WANT GOT NAME: two words are equal.
is() {
	if [ "$1" = "$2" ]; then
		tap_line ok "$3"
	else
		tap_line 'not ok' "$3"
		printf '%s\n' "wanted: $1" "got:    $2" | sed 's/^/# /'
	fi
}

# fails STATUS TEXT NAME COMMAND...: the command, with standard input as it
# is, exits with STATUS and says TEXT (a fixed string) on standard error.
fails() {
	want=$1 text=$2 name=$3
	shift 3
	"$@" >"$tmp/fails.out" 2>"$tmp/fails.err"
	got=$?
	if [ "$got" -eq "$want" ] && grep -qF -e "$text" "$tmp/fails.err"; then
		tap_line ok "$name"
		return
	fi
	tap_line 'not ok' "$name"
	echo "# exit $got, wanted $want and: $text"
	head -n 5 "$tmp/fails.err" | sed 's/^/# /'
}

# real_data: data is the folder of the real data; without it the test ends
# here, and what follows is skipped.
real_data() {
	data=${CX_DATA:-$src/../shared/data}
	[ ! -d "$data" ] || { data=$(cd "$data" && pwd) && return; }
	if [ "$tap_n" -eq 0 ]; then
		echo "1..0 # SKIP no folder $data: set CX_DATA"
	else
		skip 'real data' "no folder $data: set CX_DATA"
		tap_done
	fi
	exit 0
}

tap_done() {
	echo "1..$tap_n"
}
