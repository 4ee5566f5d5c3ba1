# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# golden COMMAND: one TAP test for each folder in tests/golden/COMMAND. A case
# holds cmd (shell text, run in its folder), out, and where they matter err
# and rc. Without err nothing may be said on standard error; without rc the
# status is 0. $TMP is a folder for what the case writes.
. "${srcdir:-.}/tests/lib/tap.sh"

golden_case() {
	case_dir=$1 TMP=$tmp/work
	export TMP
	rm -rf "$TMP" && mkdir "$TMP" || exit 1
	(cd "$case_dir" && sh ./cmd) >"$tmp/out" 2>"$tmp/err" </dev/null
	echo $? >"$tmp/rc"
	: >"$tmp/wrong"
	for f in out err rc; do
		want=$case_dir/$f
		if [ ! -f "$want" ]; then
			want=$tmp/default
			: >"$want"
			[ $f = rc ] && echo 0 >"$want"
		fi
		diff -u "$want" "$tmp/$f" >>"$tmp/wrong" 2>&1
	done
	name=$(basename "$case_dir")
	if [ -s "$tmp/wrong" ]; then
		tap_line 'not ok' "$name"
		sed 's/^/# /' "$tmp/wrong"
	else
		tap_line ok "$name"
	fi
}

golden() {
	for c in "$src/tests/golden/$1"/*/; do
		golden_case "${c%/}"
	done
	tap_done
}
