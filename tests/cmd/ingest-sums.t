#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing is lost: for every fixture, plain and damaged, the records read are
# those kept, rejected and dropped together, reason by reason, and each one
# is where it is said to be.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# sums NAME OPTIONS...: read = kept + rejected + dropped, and so for reasons;
# as many rows and rejects are written as are said to be.
sums() {
	name=$1
	shift
	rm -f bad.tsv
	cx-ingest --rejects bad.tsv "$@" >out.tsv 2>err
	is 0 $? "$name: status"
	bad=$(tail -n +2 bad.tsv | wc -l)
	# The table of one column has its header and its records as CSV.
	rows=$(tail -n +2 out.tsv | wc -l)
	tail -n 1 err | awk -v bad="$bad" -v rows="$rows" '
		# the numbers behind the names of reasons up to the next total
		function part(word,   text, n, i, items, sum) {
			if (!match($0, word " [0-9]+"))
				return 0
			text = substr($0, RSTART + length(word) + 1)
			total = text + 0
			sub(/^[0-9]+:?/, "", text)
			sub(/, dropped [0-9].*/, "", text)
			n = split(text, items, ", ")
			for (i = 1; i <= n; i++)
				if (match(items[i], / [0-9]+$/))
					sum += substr(items[i], RSTART + 1)
			if (sum != total)
				print "reasons of " word ": " sum, total
			return total
		}
		{
			match($0, /read [0-9]+/)
			read = substr($0, RSTART + 5, RLENGTH - 5)
			match($0, /kept [0-9]+/)
			kept = substr($0, RSTART + 5, RLENGTH - 5)
			rejected = part("rejected")
			dropped = part("dropped")
			if (read != kept + rejected + dropped)
				print "sum: " $0
			if (rejected != bad)
				print "rejects: " bad " for " rejected
			if (kept != rows)
				print "rows: " rows " for " kept
		}' >wrong
	: >none
	same none wrong "$name: the sum"
}

for f in "$src"/tests/fixtures/*; do
	[ -f "$f" ] || continue
	case $f in
	# of one column: one with a line end in a cell
	*/one-column.csv) continue ;;
	esac
	sums "$(basename "$f")" "$f"
	sums "$(basename "$f"), in pieces" -j 3 "$f"
done

# Damage of each kind that concerns one record only, many times over.
awk 'BEGIN {
	print "id,nps,town"
	for (i = 1; i <= 3000; i++) {
		if (i % 11 == 3)
			printf "%d,9\n", i
		else if (i % 13 == 5)
			printf "%d,%d,a\377b\n", i, i % 11
		else if (i % 17 == 2)
			print ""
		else if (i % 7 == 1)
			printf "%d,eleven,Himi\n", i
		else
			printf "%d,%d,\"To\nyama\"\n", i, i % 11
	}
}' >damaged.csv
sums 'damaged' -c nps=nps damaged.csv
cp out.tsv want.tsv
cp bad.tsv want-bad.tsv
CX_DEBUG=piece=999 sums 'damaged, in pieces' -j 4 -c nps=nps damaged.csv
same want.tsv out.tsv 'damaged: the rows of one thread'
same want-bad.tsv bad.tsv 'damaged: the rejects of one thread'
sums 'damaged, leniently' --lenient -c nps=nps damaged.csv

tap_done
