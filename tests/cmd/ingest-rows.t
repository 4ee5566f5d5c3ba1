#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Records that come twice, the latest of each customer, refunds, flags: input
# and stream were written by hand. Each case is run in one piece, in many, by
# threads, and for CSV and JSON.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# case NAME OPTIONS...: in.csv makes want.tsv, and the last line says what
# want.txt does; so in pieces, and in other formats as far as they tell.
case_of() {
	name=$1
	shift
	cx-ingest "$@" in.csv >got.tsv 2>err
	same want.tsv got.tsv "$name"
	tail -n 1 err >got.txt
	same want.txt got.txt "$name: what is told"
	CX_DEBUG=piece=9,block=3 cx-ingest -j 3 "$@" in.csv >got.tsv 2>err
	same want.tsv got.tsv "$name: in pieces"
	tail -n 1 err >got.txt
	same want.txt got.txt "$name: in pieces, what is told"
	cx-ingest -q -F csv "$@" in.csv | cx-ingest -q --duplicates keep >got.tsv
	same want.tsv got.tsv "$name: as CSV"
	is "$(tail -n +2 want.tsv | wc -l)" \
		"$(cx-ingest -q -F json "$@" in.csv | wc -l)" "$name: as JSON"
}

# ---- duplicates ----

cat >in.csv <<'EOF2'
id,nps,comment
A,9,"two
lines"
B,8,x
A,9,"two
lines"
,1,nobody
,1,nobody
C,7,y
B,8,x
EOF2
cat >want.tsv <<'EOF2'
id	nps	comment
A	9	two\nlines
B	8	x
	1	nobody
	1	nobody
C	7	y
EOF2
echo 'cx-ingest: read 7, kept 5, dropped 2: same record again 2' >want.txt
case_of 'the same record again'
# That its cells are quoted otherwise makes no difference.
printf 'id,nps\nA,9\n"A","9"\n' >quoted.csv
is 'cx-ingest: read 2, kept 1, dropped 1: same record again 1' \
	"$(cx-ingest quoted.csv 2>&1 >/dev/null)" 'the same, quoted'

cat >in.csv <<'EOF2'
id,nps
A,9
B,8
A,7
B,8
A,9
EOF2
fails 1 'cx-ingest: in.csv:4: column "id": the record has the id of in.csv:2, and' \
	'another record of one id' cx-ingest in.csv
fails 1 'cx-ingest: in.csv:4: column "id": the record has the id of in.csv:2, and' \
	'the same in pieces' env CX_DEBUG=piece=5 cx-ingest -j 4 in.csv
fails 2 '--duplicates: "latest" is not error, first, last or keep' \
	'a wrong rule' cx-ingest --duplicates latest in.csv
fails 2 '--duplicates needs the column id' 'nothing tells records apart' \
	cx-ingest --duplicates last -c other='#1' in.csv
printf 'id\tnps\nA\t9\nB\t8\n' >want.tsv
echo 'cx-ingest: read 5, kept 2, rejected 1: column "id": duplicate id 1, dropped 2: same record again 2' >want.txt
case_of 'rejected' --rejects bad.tsv
printf 'file\tline\tcolumn\treason\trecord\nin.csv\t4\tid\tduplicate id\tA,7\n' >want
same want bad.tsv 'the reject'
echo 'cx-ingest: read 5, kept 2, dropped 3: duplicate id 1, same record again 2' >want.txt
case_of 'the first' --duplicates first
printf 'id\tnps\nB\t8\nA\t9\n' >want.tsv
echo 'cx-ingest: read 5, kept 2, dropped 3: duplicate id 2, same record again 1' >want.txt
case_of 'the last' --duplicates last
tr , '\t' <in.csv >want.tsv
echo 'cx-ingest: read 5, kept 5' >want.txt
cx-ingest --duplicates keep in.csv >got.tsv 2>got.txt
same want.tsv got.tsv 'kept'
same want.txt got.txt 'kept: what is told'
cp in.csv again.csv
cx-ingest --duplicates first in.csv again.csv 2>err >/dev/null
is 'cx-ingest: read 10, kept 2, dropped 8: duplicate id 2, same record again 6' \
	"$(cat err)" 'across files'
printf 'id,nps\nA,9\nB,8\n' >a.csv
printf 'nps;id\n9;A\n1;B\n' >b.csv
fails 1 'b.csv:3: column "id": the record has the id of a.csv:3, and other' \
	'across files, other content' cx-ingest a.csv b.csv

printf 'id\ttouchpoint\tnps\na\\tb\tc\t9\na\tb\\tc\t8\n' >tabs.tsv
cx-ingest -q tabs.tsv | cmp -s - tabs.tsv
ok 'a tab in an id or a touchpoint makes them no other'

# A stream with touchpoint rows can be ingested again: id and touchpoint.
cat >in.csv <<'EOF2'
id,customer,time,touchpoint,nps,csat
1,X,2026-01-01T00:00:00Z,,9,
1,X,2026-01-01T00:00:00Z,Shop,,4
1,X,2026-01-01T00:00:00Z,Web,,5
2,X,2026-01-02T00:00:00Z,,3,
2,X,2026-01-02T00:00:00Z,Shop,,1
3,Y,2026-01-01T00:00:00Z,,7,
EOF2
tr , '\t' <in.csv >want.tsv
echo 'cx-ingest: read 6, kept 6' >want.txt
case_of 'touchpoint rows'
{
	sed -n 1p want.tsv
	sed -n 5,7p want.tsv
} >want2.tsv
mv want2.tsv want.tsv
echo 'cx-ingest: read 6, kept 3, dropped 3: not the latest 3' >want.txt
case_of 'the latest response, with its touchpoint rows' --latest-per customer

# ---- the latest ----

cat >in.csv <<'EOF2'
customer,time,nps
X,2026-01-02T00:00:00Z,1
Y,,2
X,2026-01-01T00:00:00Z,3
,2026-01-01T00:00:00Z,4
X,2026-01-02T00:00:00Z,5
Y,2026-01-01T00:00:00Z,6
,2026-01-01T00:00:00Z,7
Z,,8
Z,,9
EOF2
cat >want.tsv <<'EOF2'
customer	time	nps
	2026-01-01T00:00:00Z	4
X	2026-01-02T00:00:00Z	5
Y	2026-01-01T00:00:00Z	6
	2026-01-01T00:00:00Z	7
Z		9
EOF2
echo 'cx-ingest: read 9, kept 5, dropped 4: not the latest 4' >want.txt
case_of 'the latest of each customer' --latest-per customer
fails 2 '--latest-per: no column "custmer"; did you mean "customer"?' \
	'a column that is not there' cx-ingest --latest-per custmer in.csv
printf 'customer,nps\nX,1\n' >no-time.csv
fails 2 '--latest-per needs the column time, and the stream has none' \
	'no time' cx-ingest --latest-per customer no-time.csv
printf 'customer,time\nX,2026-01-02\nX,2026-01-02T00:00:00Z\n' >bad-time.csv
fails 1 'bad-time.csv:2: column "time": ' 'a time that is none' \
	cx-ingest --latest-per customer bad-time.csv
cx-ingest --latest-per customer --rejects bad.tsv bad-time.csv 2>err >/dev/null
is 'cx-ingest: read 2, kept 1, rejected 1: column "time": not a time 1' \
	"$(cat err)" 'a time that is none, rejected'
# First the duplicates, then the latest of those that stay.
cat >in.csv <<'EOF2'
id,customer,time
1,X,2026-01-09T00:00:00Z
2,X,2026-01-05T00:00:00Z
1,X,2026-01-01T00:00:00Z
EOF2
printf 'id\tcustomer\ttime\n2\tX\t2026-01-05T00:00:00Z\n' >want.tsv
echo 'cx-ingest: read 3, kept 1, dropped 2: duplicate id 1, not the latest 1' >want.txt
case_of 'the last of an id, then the latest' --duplicates last --latest-per customer

# ---- refunds ----

cat >in.csv <<'EOF2'
order,amount,what
1,10.50,sale
2,-3,before its sale
1,-2.5,part of it
2,5,sale
3,-1,of an order elsewhere
4,10,first line
4,20.25,second line
4,-12,more than the first
5,1,sale
5,-4,more than all
,-6,no order
6,,nothing
7,2,all
7,-2.00,of it
EOF2
cat >want.tsv <<'EOF2'
order	amount	what	flags
1	8.00	sale	
2	2	sale	
3	-1	of an order elsewhere	refund
4	0	first line	
4	18.25	second line	
5	-3	sale	
	-6	no order	refund
6		nothing	
7	0.00	all	
EOF2
echo 'cx-ingest: read 14, kept 9, dropped 5: netted refund 5' >want.txt
case_of 'refunds' --net-refunds order
is 18.25 "$(awk -F , 'NR > 1 { sum += $2 } END { print sum }' in.csv)" \
	'the sum of the input'
is '18.25' "$(awk -F '\t' 'NR > 1 { sum += $2 } END { print sum }' want.tsv)" \
	'the sum of the stream is that of the input'
# A refund that stands before its sale, and is more: -7.1 - 2.5 + 5.
printf 'order,amount\n1,-7.1\n1,-2.5\n1,5\n' >e.csv
is '1 -4.6' "$(cx-ingest -q --net-refunds order e.csv |
	awk 'NR > 1 { print $1, $2 }')" 'a sale that becomes negative stays'
printf 'order,amount\n1,1e3\n' >e.csv
fails 1 'column "amount": "1e3" cannot be netted: it is no plain number' \
	'an amount with an exponent' cx-ingest --net-refunds order e.csv
printf 'order,price\n1,3\n' >e.csv
fails 2 '--net-refunds needs the column amount' 'no amount' \
	cx-ingest --net-refunds order e.csv

# ---- flags ----

cat >in.csv <<'EOF2'
q1,q2,q3,q4,seconds
4,4,4,4,100
4,4,,4,10
4,4,,,99
4,4,5,4,101
,,,,
1,2,3,4,49.9
3,3,3,1,300
EOF2
cat >want.tsv <<'EOF2'
q1	q2	q3	q4	seconds	flags
4	4	4	4	100	straight-lining
4	4		4	10	straight-lining;speeder
4	4			99	
4	4	5	4	101	
					
1	2	3	4	49.9	speeder
3	3	3	1	300	
EOF2
echo 'cx-ingest: read 7, kept 7' >want.txt
case_of 'a battery and a bound' --battery 'q1|q2|q3|q4' --speeder seconds=50
# The median of 10, 49.9, 99, 100, 101 and 300 is 99.5, 51 % of it 50.745.
case_of 'a share of the median' --battery 'q1|q2|q3|q4' --speeder seconds=51%
is 'cx-ingest: records flagged: straight-lining 2, speeder 2' \
	"$(sed -n '/flagged/p' err)" 'flags are counted'
sed 's/3	3	3	1	300	$/&straight-lining/' want.tsv >want2.tsv
mv want2.tsv want.tsv
case_of 'two batteries' --battery 'q1|q2|q3|q4' --battery 'q1|q2|q3' \
	--speeder seconds=50
for bad in seconds seconds= seconds=0 seconds=-5 seconds=5x seconds=nan \
	seconds=0x10 seconds=%; do
	fails 2 "--speeder: \"$bad\" is not COLUMN=N or COLUMN=N%" "$bad" \
		cx-ingest --speeder $bad in.csv
done
fails 2 '--battery: "q1|q2" is not A|B|C, three columns or more' \
	'a battery of two' cx-ingest --battery 'q1|q2' in.csv
fails 2 '--battery: no column "q9"' 'a column that is not there' \
	cx-ingest --battery 'q1|q2|q9' in.csv
fails 2 'the stream has a column flags already' 'flags twice' \
	sh -c 'sed 1s/q1/flags/ in.csv | cx-ingest --speeder seconds=5'
fails 1 'column "seconds": "long" is not a number' 'a duration that is none' \
	sh -c 'echo 1,2,3,4,long | cat in.csv - | cx-ingest --speeder seconds=5'

# Ratings of touchpoints are a battery too.
cat >book.tsv <<'EOF2'
column	header	type	range	touchpoint
csat	food	score	1..5	Food
csat	stay	score	1..5	Stay
csat	trip	score	1..5	Trip
EOF2
printf 'who,food,stay,trip\nA,3,3,3\nB,3,3,\nC,1,3,3\n' >in.csv
cx-ingest -q -m book.tsv --battery touchpoint in.csv >got.tsv
is 4 "$(grep -c '	straight-lining$' got.tsv)" 'alike at all touchpoints'
is 4 "$(grep -c '	A	.*	straight-lining$\|^A	.*straight-lining$\|	A	straight-lining$' got.tsv)" \
	'and by whom'

# ---- many ----

# As many flags as there may be: 29, of which the last one holds.
set --
for i in $(seq 29); do
	set -- "$@" --flag "f$i=n == $i"
done
printf 'n\n29\n1\n' >in.csv
printf 'n\tflags\n29\tf29\n1\tf1\n' >want.tsv
cx-ingest -q "$@" in.csv >got.tsv
same want.tsv got.tsv 'the last of 29 flags'
is 'cx-ingest: records flagged: f1 1, f29 1' \
	"$(cx-ingest "$@" in.csv 2>&1 >/dev/null | grep flagged)" 'and is counted'

# Those that stay may start with any of the groups.
awk 'BEGIN {
	print "id,customer,time,nps"
	for (i = 1; i <= 3000; i++) print i ",c" i ",2026-01-01T00:00:00Z,1"
	for (i = 1; i <= 3000; i++)
		print i ",c" 3001 - i ",2026-01-02T00:00:00Z,2"
}' >in.csv
awk -F , -v OFS='\t' 'NR == 1 || $4 == 2 { $1 = $1; print }' in.csv >want.tsv
cx-ingest -q --duplicates last --latest-per customer in.csv >got.tsv
same want.tsv got.tsv 'the latest of 3000, in another order than they came'

# One order with everything: each of the refunds takes one sale away.
awk 'BEGIN {
	print "amount,order"
	for (i = 1; i <= 100000; i++) print "2,X"
	for (i = 1; i <= 100000; i++) print (i < 100000 ? "-2,X" : "-1,X")
}' >in.csv
is '0 99999 1 1' "$(timeout 20 cx-ingest -q --net-refunds order in.csv |
	tail -n +2 | cut -f 1 | sort | uniq -c | awk '{ print $2, $1 }' | paste -s -d ' ')" \
	'100000 refunds of one order'
printf 'amount,order\n1.01,A\n-90000000000000000,A\n-90000000000000000,A\n' >in.csv
fails 1 'too long to net' 'refunds that no number can hold' \
	cx-ingest --net-refunds order in.csv

# A record that is rejected behind its ratings leaves none of them.
printf 'id,seconds,food,stay\nA,9,3,3\nB,long,3,4\nC,9,1,\n' >in.csv
grep -v trip book.tsv >book3.tsv
cx-ingest -m book3.tsv --speeder seconds=5 --rejects rejects.tsv in.csv \
	>got.tsv 2>err
is "$(awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "touchpoint") t = i }
	NR > 1 && $t != "" { n++ }
	END { print "cx-ingest: rows of touchpoints: " n }' got.tsv)" \
	"$(grep 'rows of touchpoints' err)" 'ratings of a rejected record'

tap_done
