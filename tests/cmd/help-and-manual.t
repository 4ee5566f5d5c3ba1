#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The options that --help prints and those of the manual page are the same.

# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

# "-g" and "--group", one on a line
of_help() {
	"$1" --help | awk '
		/^  (    )?-/ {
			for (i = 1; i <= NF && $i ~ /^-/; i++) {
				sub(/,$/, "", $i)
				print $i
			}
		}' | sort
}

# .It Fl g Ar columns , Fl -group Ar columns
of_manual() {
	awk '
		/^\.It Fl / {
			for (i = 2; i < NF; i++)
				if ($i == "Fl")
					print "-" $(i + 1)
		}' "$1" | sort
}

for command in ${COMMANDS:-cmd/cx-ingest cmd/cx-nps}; do
	name=${command##*/}
	of_help "$name" >"$tmp/help"
	of_manual "$src/man/$name.1" >"$tmp/manual"
	[ -s "$tmp/help" ]
	ok "$name --help prints options"
	same "$tmp/help" "$tmp/manual" "$name: --help and the manual agree"
done
tap_done
