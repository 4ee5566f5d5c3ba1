#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The options that --help prints and those of the manual page are the same, and
# so are their defaults.

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

# "--level 0.95": of "(default: 0.95)" and of "bh (default)", but for defaults
# that are told in words.
defaults_of_help() {
	"$1" --help | awk '
		function tell() {
			word = ""
			if (match(entry, /\(default: [A-Za-z0-9._-]+/))
				word = substr(entry, RSTART + 10, RLENGTH - 10)
			else if (match(entry, /[A-Za-z0-9:._-]+ \(default\)/))
				word = substr(entry, RSTART, RLENGTH - 10)
			if (word != "" && word !~ /^(the|those|as)$/ &&
			    match(entry, /--[a-z-]+/))
				print substr(entry, RSTART, RLENGTH), word
			entry = ""
		}
		/^  (    )?-/ { tell(); entry = $0; next }
		/^   / { sub(/^ +/, " "); entry = entry $0; next }
		{ tell() }
		END { tell() }'
}

# missing_defaults PAGE: those on standard input that are not in the page, in
# the entry of their option.
missing_defaults() {
	awk -v page="$1" 'BEGIN {
		while ((getline line <page) > 0) {
			if (line ~ /^\.It Fl /) {
				match(line, /Fl -[a-z-]+/)
				option = "-" substr(line, RSTART + 3, RLENGTH - 3)
			} else if (line ~ /^\.(El|Ss|Sh)/) {
				option = ""
			}
			text[option] = text[option] " " line " "
		}
	}
	{
		word = $2
		gsub(/\./, "\\.", word)
		if (text[$1] !~ "[^a-z0-9]" word "[^a-z0-9]")
			print
	}'
}

for command in ${COMMANDS:-cmd/cx-ingest cmd/cx-nps}; do
	name=${command##*/}
	of_help "$name" >"$tmp/help"
	of_manual "$src/man/$name.1" >"$tmp/manual"
	[ -s "$tmp/help" ]
	ok "$name --help prints options"
	same "$tmp/help" "$tmp/manual" "$name: --help and the manual agree"
	defaults_of_help "$name" >"$tmp/defaults"
	missing_defaults "$src/man/$name.1" <"$tmp/defaults" >"$tmp/lost"
	is '' "$(cat "$tmp/lost")" \
		"$name: $(wc -l <"$tmp/defaults") defaults are in the manual"
done
tap_done
