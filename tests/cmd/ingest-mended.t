#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rejects go round: what was rejected, mended, and ingested with the same
# options is the rest of the stream; nothing is lost, leniently neither. The
# damage is made by a script that knows the records.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# The raw records of a file of rejects, behind the header of $1.
raw() {
	head -n 1 "$1"
	tail -n +2 bad.tsv | cut -f 5 | while IFS= read -r record; do
		printf '%b\n' "$record"
	done
}

# round NAME OPTIONS...: whole.csv is damaged.csv before its damage, and
# mend puts it right again.
round() {
	name=$1
	shift
	cx-ingest -q "$@" whole.csv | tail -n +2 | sort >want
	cx-ingest -q --rejects bad.tsv "$@" damaged.csv | tail -n +2 >kept
	raw damaged.csv | mend >mended.csv
	cx-ingest -q "$@" mended.csv | tail -n +2 >rest
	sort kept rest >got
	same want got "$name: the whole of it"
	is "$(wc -l <want)" "$(cat kept rest | wc -l)" "$name: each once"
	for n in bad.tsv kept; do
		[ -s $n ] || echo "$n is empty"
	done >empty
	is '' "$(cat empty)" "$name: some rejected, some kept"
}

# records DAMAGE: 400 records, of which DAMAGE spoils some
records() {
	awk -v damage="$1" 'BEGIN {
		print "id,nps,comment,town"
		for (i = 1; i <= 400; i++) {
			nps = i % 11
			text = i % 5 ? "plain \\ text" : "\"two\nlines, \"\"quoted\"\"\ttab\""
			town = i % 3 ? "富山" : "Himi"
			end = ""
			if (damage && i % 7 == 1)
				nps = "x" nps
			else if (damage && i % 7 == 3)
				town = town ",EXTRA"
			else if (damage && i % 7 == 5)
				town = "bad\377" town
			else if (damage && damage != "leniently" && i % 14 == 6)
				town = town "\rCR"
			printf "%d,%s,%s,%s\n", i, nps, text, town
		}
	}'
}

mend() {
	sed 's/^\([0-9]*\),x/\1,/; s/,EXTRA$//; s/,bad�/,/' |
		tr -d '\r' | sed 's/CR$//'
}

records '' >whole.csv
records 1 >damaged.csv
round 'strictly' -c nps=nps
CX_DEBUG=piece=99 round 'in pieces' -j 3 -c nps=nps
records leniently >damaged.csv
round 'leniently' -c nps=nps --lenient
sed 's/,/;/g' damaged.csv >x && mv x damaged.csv
sed 's/,/;/g' whole.csv >x && mv x whole.csv
mend() {
	sed 's/^\([0-9]*\);x/\1;/; s/;EXTRA$//; s/;bad�/;/'
}
round 'with semicolons, leniently' -c nps=nps --lenient

# What is rejected leniently is the record as it stood, quotes and all.
printf 'a,b\n1,"x ""y"" z"\n2,"p\nq",3\nr"s,"t"\r\n"4","5","6"\r\n\n7,8\r9,10,11\r' >odd.csv
cx-ingest --lenient --rejects bad.tsv odd.csv >out.tsv 2>err
printf 'file\tline\tcolumn\treason\trecord\nodd.csv\t3\t\tragged row\t2,"p\\nq",3\nodd.csv\t6\t\tragged row\t"4","5","6"\nodd.csv\t8\t\tragged row\t9,10,11\n' >want
same want bad.tsv 'raw records, leniently'
is 'cx-ingest: read 6, kept 3, rejected 3: ragged row 3' "$(cat err)" \
	'raw records, leniently: told'
for debug in block=1 block=7 read=1; do
	CX_DEBUG=$debug cx-ingest -q --lenient --rejects bad.tsv odd.csv >got.tsv
	same want bad.tsv "raw records, leniently: $debug"
	same out.tsv got.tsv "rows, leniently: $debug"
done

# Lone CRs make one line of many records.
awk 'BEGIN { print "a,b"
	for (i = 0; i < 50000; i++)
		print i (i % 10007 == 5 ? "" : ",x") }' >lines.csv
tr '\n' '\r' <lines.csv >line.csv
cx-ingest -q --rejects bad.tsv lines.csv >out.tsv
cut -f 5 bad.tsv >want
cx-ingest -q --lenient --rejects bad.tsv line.csv >got.tsv
cut -f 5 bad.tsv >got
same out.tsv got.tsv 'many records in one line'
same want got 'and those of them that are rejected'

# Bytes that no text can hold are marked, and what is behind them stays.
printf 'a,b\n1,x\000y\n2,\343\201z\n' >bytes.csv
cx-ingest -q --rejects bad.tsv bytes.csv >out.tsv
printf '1,x�y\n2,��z\n' >want
tail -n +2 bad.tsv | cut -f 5 >got
same want got 'bytes that are no text'

tap_done
