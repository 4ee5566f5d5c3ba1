#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The program that HACKING says to copy does what it says; against awk.

# shellcheck disable=SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

PATH=$PWD/tests/example:$PATH
data=$src/tests/golden/data/survey.tsv
cd "$tmp" || exit 1
for column in channel customer; do
	awk -F '\t' -v column=$column '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == column) at = i; next }
		{ n[$at]++ }
		END { for (v in n) printf "%s\t%d\n", v, n[v] }' "$data" |
		LC_ALL=C sort -t "$(printf '\t')" -k 1,1 >want
	cx-values -c $column "$data" | tail -n +2 >got
	same want got "values of $column"
	CX_DEBUG=piece=50 cx-values -j 4 -c $column "$data" | tail -n +2 >got
	same want got "values of $column, in pieces"
done
fails 2 'no column "chanel"; did you mean "channel"?' 'an unknown column' \
	cx-values -c chanel "$data"
fails 2 '-c COLUMN is required' 'no column' cx-values "$data"
# shellcheck disable=SC1003
printf 'a\tb\n1\t2\n\\!cx-x: it failed\n' >bad.tsv
fails 1 'cx-x: it failed' 'poison' cx-values -c a bad.tsv
grep -q '^\\!cx-x: it failed' "$tmp/fails.out"
ok 'poison is passed on'
tap_done
