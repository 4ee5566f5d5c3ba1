#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# --where: which records it chooses, by SQLite (tests/oracles/predicate.py),
# and what is told of those that it leaves out.

# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"
data=$src/tests/golden/data

n=0
while IFS='	' read -r condition ids; do
	n=$((n + 1))
	[ $n -gt 1 ] || continue
	cx-ingest -q --where "$condition" -o "$tmp/got" \
		"$data/predicate-rows.tsv" 2>"$tmp/said"
	got=$(sed 1d "$tmp/got" | cut -f 1 | tr '\n' ' ')
	[ "${got% }" = "$ids" ] && continue
	wrong=1
	printf '# %s\n' "$condition" "got  $got" "want $ids"
	sed 's/^/# said: /' "$tmp/said"
done <"$data/predicates.tsv"
[ $n -eq 251 ] && [ -z "${wrong-}" ]
ok '250 conditions choose the rows that SQLite chooses'

cd "$tmp" || exit 1
printf 'id\tnps\tage\n1\t9\t30\n2\t\t40\n3\tx\t50\n4\t3\told\n' >rows.tsv
cx-nps --where 'age < 45' --rejects bad.tsv rows.tsv >out 2>err
is 'cx-nps: read 4, kept 2, left out 1 (--where), rejected 1: column "age": not a number 1' \
	"$(cat err)" 'read, kept, left out and rejected add up'
cx-nps --where 'age == "30"' rows.tsv >out 2>err
is 'cx-nps: read 4, kept 1, left out 3 (--where)' "$(cat err)" \
	'cells of records left out are not checked'
cx-nps -q --where 'age == "30"' rows.tsv 2>err >out
[ ! -s err ]
ok '-q says nothing'
fails 1 'rows.tsv:5: column "age": "old" is not a number' \
	'a cell that decides must be what it is taken for' \
	cx-nps --where 'age < 45' rows.tsv
fails 2 '--where:1:1: no column "npss"; did you mean "nps"?' \
	'no such column, before any record' cx-nps --where 'npss < 4' rows.tsv
printf 'id\tnps\n1\t9\n1\t2\t3\n' >ragged.tsv
fails 1 'ragged.tsv:3: ' 'a ragged record is an error wherever' \
	cx-nps --where 'nps == 9' ragged.tsv

# The same for files, pipes, gzip and threads.
awk 'BEGIN { print "id\tnps\tc"
	for (i = 0; i < 300000; i++) print i "\t" i % 11 "\t" i % 7 }' >big.tsv
gzip -k big.tsv
cx-nps -j 1 --where 'c in (1, 2) and nps != 5' big.tsv >want 2>want-err
for how in '-j 2 big.tsv' '-j 3 big.tsv' 'big.tsv.gz' '-'; do
	# shellcheck disable=SC2086	# options and a file
	cx-nps --where 'c in (1, 2) and nps != 5' $how <big.tsv >got 2>got-err
	cmp -s want got && cmp -s want-err got-err
	ok "the same with $how"
done
tap_done
