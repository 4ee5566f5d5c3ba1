#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# cx-nps --merge of tables over parts of the data is cx-nps over all of it.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1
sh "$src/scripts/make-sample" -n 3000 . >/dev/null
cx-ingest -q -m "$src/share/sample/codebook-ja.tsv" survey-ja.csv >all.tsv

# split N: part-1 … part-N, records dealt out in turn
split_rows() {
	rm -f part-*
	awk -v n="$1" 'NR == 1 { h = $0; next }
		{ f = "part-" (NR % n + 1); if (!(f in seen)) { print h >f; seen[f] = 1 } print >f }' all.tsv
}

for options in '' '-g segment' '-t month' '-g segment,city -t week --tz Asia/Tokyo' \
	'-g comment'; do
	# shellcheck disable=SC2086 # several words
	cx-nps $options all.tsv >want
	for n in 2 5 16; do
		split_rows $n
		rm -f t-*
		for p in part-*; do
			# shellcheck disable=SC2086
			cx-nps $options "$p" >"t-$p"
		done
		cx-nps --merge t-part-* >got
		same want got "$n parts of: cx-nps $options"
		# shellcheck disable=SC2046,SC2012
		cx-nps --merge $(ls -r t-part-*) >got
		same want got "$n parts in another order: cx-nps $options"
	done
	cx-nps --merge want >got
	same want got "a table alone: cx-nps $options"
	# shellcheck disable=SC2086
	cx-nps -F csv $options all.tsv | cx-nps --merge >got
	same want got "through CSV: cx-nps $options"
done

cx-nps -g segment,city all.tsv >fine
cx-nps -g city all.tsv >want
cx-nps --merge -g city fine >got
same want got 'groups added up over the others'

printf 'g\tn\tpromoters\tpassives\tdetractors\tmissing\tinvalid\na\t3\t1\t1\t2\t0\t0\n' >x
fails 1 'x:2: n is not the sum' 'counts that do not add up' cx-nps --merge x
printf 'g\tn\tpromoters\tpassives\tdetractors\tmissing\tinvalid\na\t1.5\t1\t1\t2\t0\t0\n' >x
fails 1 'x:2: column "n": "1.5" is not a count' 'no count' cx-nps --merge x
fails 2 'no column "n"' 'no table of cx-nps' cx-nps --merge all.tsv
cx-nps -g city all.tsv >other
fails 2 'other:1: this table is grouped by 1 column' 'tables of other groups' \
	cx-nps --merge fine other
fails 2 'fine:1: this table is grouped by 2 column' \
	'tables of other groups, the other way' cx-nps --merge other fine
fails 2 '-s names answers' 'no answers in a merge' cx-nps --merge -s nps fine
fails 2 '--merge has no times' 'no periods in a merge' cx-nps --merge -t day fine
tap_done
