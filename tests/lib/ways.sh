# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
#
# Tables that depend on the records alone, whatever way these come. With tap.sh;
# $mode is the command in one word, for the names of tests.
# shellcheck disable=SC2154	# mode is the test's

# way NAME COMMAND...: its output is that in want.
way() {
	name=$1
	shift
	"$@" >got 2>err
	same want got "$mode: $name"
}

# plain_ways FILE COMMAND...: puts the command's table of the file into want,
# and holds those against it that are made in small pieces by several threads,
# and of the file compressed.
plain_ways() {
	file=$1
	shift
	"$@" -q -j 1 "$file" >want
	[ "$(wc -l <want)" -gt 1 ]
	ok "$mode: a table"
	for j in 1 2 7; do
		way "pieces of 100 bytes, -j $j" \
			env CX_DEBUG=piece=100,block=64 "$@" -q -j $j "$file"
	done
	gzip -nc "$file" >"$file.gz"
	way gzip "$@" -q "$file.gz"
}

# shuffled FILE SEED: the header, and the rows in another order.
shuffled() {
	head -n 1 "$1"
	awk -v seed="$2" 'NR > 1 {
		seed = (seed * 16807 + 12345) % 2147483647
		print seed "\t" $0
	}' "$1" | sort -n | cut -f 2-
}
