#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Several files of different columns make one stream, and what differs is
# told. The streams were written by hand.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

printf 'id, nps ,town\n1,9,Himi\n2,8,"To,yama"\n' >a.csv
printf 'town;id;nps;age\nUozu;3;7;40\n' >b.csv
printf 'age\tid\tshop\n50\t4\tA\n' >c.tsv
printf 'id,nps,town\n5,0,Kaga\n' >d.csv
cat >want.tsv <<'EOF2'
id	nps	town	age	shop
1	9	Himi		
2	8	To,yama		
3	7	Uozu	40	
4			50	A
5	0	Kaga		
EOF2
cat >want.err <<'EOF2'
cx-ingest: the files differ in their columns; the stream has all 5, empty where a file lacks them
cx-ingest: a.csv: 3 columns; lacks 2: "age", "shop"
cx-ingest: b.csv: 4 columns; adds 1: "age"; lacks 1: "shop"
cx-ingest: c.tsv: 3 columns; adds 1: "shop"; lacks 2: "nps", "town"
cx-ingest: d.csv: 3 columns; lacks 2: "age", "shop"
cx-ingest: read 5, kept 5
EOF2
cx-ingest a.csv b.csv c.tsv d.csv >got.tsv 2>got.err
same want.tsv got.tsv 'a union of four files'
same want.err got.err 'and how they differ'

# One of them through a pipe, one compressed, one from a named pipe.
gzip -c c.tsv >c.gz
mkfifo fifo
cat d.csv >fifo &
# shellcheck disable=SC2002 # it is the pipe that is wanted
cat b.csv | cx-ingest a.csv - c.gz fifo >got.tsv 2>got.err
same want.tsv got.tsv 'standard input, gzip and a named pipe among them'
sed 's/b.csv/standard input/; s/c.tsv/c.gz/; s/d.csv/fifo/' want.err >want2.err
same want2.err got.err 'and how they differ, by their names'
wait
cx-ingest a.csv - c.gz d.csv <b.csv >got.tsv 2>got.err
same want.tsv got.tsv 'standard input is a file'
fails 2 'cx-ingest: standard input is named twice, and would count twice' \
	'standard input twice' cx-ingest - a.csv - <b.csv

# A name that was changed a little is no column that is missing.
printf 'id,NPS\n1,9\n' >old.csv
printf 'id,Nps\n2,8\n' >new.csv
for order in 'old.csv new.csv' 'new.csv old.csv'; do
	# shellcheck disable=SC2086 # two files
	fails 2 'new.csv:1: a column is called "Nps" here, and "NPS" in another' \
		"a name in another case: $order" cx-ingest -c nps=NPS $order
done
printf 'column,header,type\nnps,NPS,score\nother,Nps,\n' >book
cx-ingest -q -m book old.csv new.csv >got.tsv
printf 'nps\tother\tid\n9\t\t1\n\t8\t2\n' >want2.tsv
same want2.tsv got.tsv 'a codebook may tell them apart'

# Enough rows for several pieces and threads in each file.
many() {
	awk -v names="$1" -v first="$2" 'BEGIN {
		print names
		n = split(names, c, ",")
		for (i = 0; i < 2000; i++) {
			for (k = 1; k <= n; k++)
				printf "%s%s%d", (k > 1 ? "," : ""), c[k], first + i
			print ""
		}
	}'
}
many p,q,r 0 >x.csv
many r,s 5000 >y.csv
{
	printf 'p\tq\tr\ts\n'
	awk 'BEGIN { for (i = 0; i < 2000; i++)
		printf "p%d\tq%d\tr%d\t\n", i, i, i
	for (i = 5000; i < 7000; i++)
		printf "\t\tr%d\ts%d\n", i, i }'
} >want.tsv
CX_DEBUG=piece=500 cx-ingest -q -j 4 x.csv y.csv >got.tsv
same want.tsv got.tsv 'in pieces'

# A codebook: its columns first, as long as one file has each.
cat >book.tsv <<'EOF2'
column	header	type	range
town	town	text	
nps	nps	score	
old	age	number	
EOF2
cat >want.tsv <<'EOF2'
town	nps	old	id	shop
Himi	9		1	
To,yama	8		2	
		50	4	A
EOF2
cx-ingest -q -m book.tsv a.csv c.tsv >got.tsv
same want.tsv got.tsv 'the columns of the codebook'
fails 2 'cx-ingest: book.tsv:4: no column "age" (there are: "id", "nps", "to' \
	'a column of the codebook that no file has' \
	cx-ingest -m book.tsv a.csv d.csv
fails 2 'cx-ingest: c.tsv:1: no column "shap"; did you mean "shop"?' \
	'the same for -c' cx-ingest -c x=shap -q c.tsv a.csv
fails 2 'cx-ingest: b.csv:1: #2 is "id" here, and "nps" in a file before' \
	'a column by its number, another one there' \
	cx-ingest -c nps='#2' a.csv b.csv
is '9 8 0' "$(cx-ingest -q -c nps='#2' a.csv d.csv | cut -f 1 | tail -n +2 |
	paste -s -d ' ' -)" 'a column by its number, the same one'
fails 2 'cx-ingest: b.csv:1: two columns would be called "x"' \
	'a name that is another column elsewhere' \
	sh -c 'sed s/age/x/ b.csv >e; mv e b.csv; cx-ingest -c x=town a.csv b.csv'
fails 1 'cx-ingest: none.csv: cannot open' 'a file that is not there' \
	cx-ingest a.csv none.csv
is '\!cx-ingest: none.csv: cannot open: No such file or directory' \
	"$(cx-ingest a.csv none.csv 2>&-)" 'found before a row is written'

tap_done
