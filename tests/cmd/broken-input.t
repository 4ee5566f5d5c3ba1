#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every kind of broken input: the status, and a message with file, physical
# line and column. The lines were counted by hand.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# broken NAME PLACE TEXT INPUT: x.csv fails in both programs, from the file
# and through a pipe, with one thread and with several.
broken() {
	kind=$1 says=$2$3
	# shellcheck disable=SC2059 # the input is a format, for its escapes
	printf "$4" >x.csv
	fails 1 "cx-nps: x.csv$says" "$kind" cx-nps x.csv
	fails 1 "cx-ingest: x.csv$says" "$kind, cx-ingest" cx-ingest x.csv
	fails 1 "cx-nps: standard input$says" "$kind, piped" \
		sh -c 'cat x.csv | cx-nps'
	fails 1 "cx-nps: x.csv$says" "$kind, in small pieces" \
		env CX_DEBUG=piece=5,block=3 cx-nps -j 3 x.csv
}

broken 'ragged row, too long' :3: ' the record has 3 cells, and the header 2' \
	'id,nps\n1,9\n2,8,x\n3,7\n'
broken 'ragged row, too short' :3: ' the record has 1 cell, and the header 2' \
	'id,nps\n1,9\n2\n3,7\n'
broken 'empty line' :3: ' the line is empty, and the header has 2 columns' \
	'id,nps\n1,9\n\n3,7\n'
broken 'line after a cell of three lines' :5: ' the record has 1 cell,' \
	'id,nps\n"a\nb\nc",9\n2\n'
broken 'stray quote' :3: ' column "id": a quote stands inside a cell' \
	'id,nps\n1,9\na"b,8\n3,7\n'
broken 'stray quote that seems to close' :3: \
	' column "id": a quote stands inside a cell' \
	'id,nps\n1,9\na"b"c,8\n3,7\n'
broken 'text behind a quoted cell' :2: ' column "id": text follows' \
	'id,nps\n"1"2,9\n2,8\n'
broken 'unterminated quote' :3: ' column "id": a quoted cell opens here and' \
	'id,nps\n1,9\n"2,8\n3,7\n4,7\n'
broken 'unterminated quote that meets the next one' :3: \
	' column "id": a quoted cell opens here and closes before other text 2 l' \
	'id,nps\n1,9\n"2,8\n3,7\n"4",7\n'
broken 'invalid UTF-8' :3: ' column "id": byte 0xFF is not UTF-8' \
	'id,nps\n1,9\na\377b,8\n3,7\n'
broken 'UTF-8 cut by the end of its cell' :3: \
	' column "id": byte 0xE3 is not UTF-8' 'id,nps\n1,9\n\343\201,8\n'
broken 'surrogate' :2: ' column "id": byte 0xED is not UTF-8' \
	'id,nps\n\355\240\200,8\n'
broken 'overlong' :2: ' column "id": byte 0xC0 is not UTF-8' \
	'id,nps\n\300\200,8\n'
broken 'NUL byte' :2: ' column "id": there is a NUL byte' \
	'id,nps\na\0b,8\n'
broken 'lone CR' :2: ' column "id": a carriage return stands without' \
	'id,nps\na\rb,8\n'
broken 'CR at the end of the file' :2: \
	' column "nps": a carriage return stands without' 'id,nps\n1,8\r'
broken 'broken header' :1: ' text follows the closing quote' \
	'id,nps,"x"y\n1,8,z\n'
printf 'id,nps,x,nps\n1,8,1,2\n' >x.csv
fails 1 'x.csv:1: two columns are called "nps": #2 and #4' \
	'duplicate column' cx-nps x.csv
fails 1 'standard input:1: two columns are called "nps": #2 and #4' \
	'duplicate column, piped' sh -c 'cat x.csv | cx-nps'
fails 0 'x.csv: 1 column is called like one before; the first is #4, now "nps_2"' \
	'duplicate column, cx-ingest' cx-ingest x.csv
broken 'backslash in TSV' :2: ' column "id": a backslash is followed by "x"' \
	'id\tnps\na\\x\t8\n'
broken 'backslash at the end of a TSV cell' :2: \
	' column "id": a backslash is followed by "\x09"' 'id\tnps\na\\\t8\n'

# Values are cx-nps's business.
for bad in 11 7.5 eleven -1 1e1 '8 9' eight; do
	printf 'id,nps\n1,9\n2,%s\n' "$bad" >x.csv
	fails 1 "x.csv:3: column \"nps\": \"$bad\" is not a whole number from 0 to 10" \
		"$bad is no score" cx-nps x.csv
	fails 1 "x.csv:3: column \"nps\": \"$bad\" is not a whole number from 0 to 10" \
		"$bad is no score to cx-ingest" cx-ingest -c nps=nps x.csv
done
printf 'id,nps\n1,９\n' >x.csv
fails 1 '"９" is not a whole number from 0 to 10' 'a full-width digit' \
	cx-nps x.csv
is 9 "$(cx-ingest -q -c nps=nps x.csv | tail -n 1 | cut -f 1)" \
	'a full-width digit is one to cx-ingest'
printf 'id,nps\n1,9.0\n2, 8 \n3,10\n4,\n' >x.csv
is '3 2 1 0 1' "$(cx-nps x.csv | awk 'NR==2{print $1,$2,$3,$4,$10}')" \
	"9.0 is 9, blanks around are nothing, empty is missing"

printf 'id,nps,time\n1,9,2026-11-21T16:54:29Z\n2,8,2026-11-21 16:54:29\n' >x.csv
fails 1 'x.csv:3: column "time": "2026-11-21 16:54:29" is not a time with a z' \
	'time without a zone' cx-nps -t day x.csv
printf 'id,nps,time\n1,9,2026-02-30T16:54:29Z\n' >x.csv
fails 1 'x.csv:2: column "time": "2026-02-30T16:54:29Z" is not a time' \
	'a day that is none' cx-nps -t day x.csv

# Columns are looked for before any data is read.
printf 'id,nps,country\n1,elf,de\n' >x.csv
fails 2 'x.csv:1: no column "contry"; did you mean "country"? (there are: "id", "nps", "country")' \
	'unknown column, suggestion and list' cx-nps -g contry x.csv
fails 2 'x.csv:1: no column "score"' 'unknown score' cx-nps -s score x.csv
fails 2 'x.csv:1: no column "#4"' 'column beyond the last' cx-nps -g '#4' x.csv
fails 2 'two columns are called "id"' 'a group twice' cx-nps -g id,id x.csv
printf 'n,nps\n1,9\n' >y.csv
fails 2 'two columns of the output would be called "n"' \
	'two names of the output, each twice' cx-nps -g n,nps y.csv
fails 2 'no column "antwort"' 'unknown source column' \
	cx-ingest -c nps=antwort x.csv
fails 2 'two columns would be called "id"' 'a name twice' \
	cx-ingest -c id=nps x.csv
printf '%s\n' column,header,type,range,touchpoint csat,a,score,1..5,shop \
	csat,b,score,1..5,web >book
fails 2 '-c: the codebook has 2 rows for "csat": name the column of each there' \
	'-c for one of several ratings' cx-ingest -m book -c csat=nps x.csv

# A header and no records is an empty day, not an error.
printf 'id,nps\n' >x.csv
cx-nps x.csv >out 2>err
is '0 0' "$? $(tail -n 1 out | cut -f 1)" 'header only: nobody answered'
grep -q 'cx-nps: x.csv: a header and no records' err
ok 'header only: a note says so'
cx-nps -q x.csv 2>err >out && [ ! -s err ]
ok 'header only: -q is quiet'
is 1 "$(cx-nps -q -g id x.csv | wc -l | tr -d ' ')" 'header only: no group'

# What is no record's fault alone stops even with --rejects.
printf 'id,nps\n1,9\na"b,8\n3,7\n' >x.csv
fails 1 'x.csv:3:' 'a stray quote stops all' \
	cx-ingest --rejects r.tsv x.csv
printf 'id,nps\n1,9\n2\n3,7\n\n\3774,6\n5,5\n' >x.csv
cx-ingest -q --rejects r.tsv x.csv >out
is "$(printf 'id\tnps\n1\t9\n3\t7\n5\t5')" "$(cat out)" 'rejects: the rest'
printf 'file\tline\tcolumn\treason\trecord\nx.csv\t3\t\tragged row\t2\nx.csv\t5\t\tempty line\t\nx.csv\t6\tid\tinvalid UTF-8\t\357\277\2754,6\n' >want
same want r.tsv 'rejects: file, line, column, reason, record'
fails 1 'more than 2 records rejected' '--max-rejects 2' \
	cx-ingest --rejects r.tsv --max-rejects 2 x.csv
fails 0 'read 6, kept 3, rejected 3' '--max-rejects 3' \
	cx-ingest --rejects r.tsv --max-rejects 3 x.csv
fails 1 '3 of 6 records rejected, more than 49%' '--max-rejects 49%' \
	cx-ingest --rejects r.tsv --max-rejects 49% x.csv
fails 0 'rejected 3' '--max-rejects 50%' \
	cx-ingest --rejects r.tsv --max-rejects 50% x.csv
fails 2 '--max-rejects' '--max-rejects needs a number' \
	cx-ingest --rejects r.tsv --max-rejects many x.csv
fails 2 '--max-rejects bounds' '--max-rejects alone' \
	cx-ingest --max-rejects 3 x.csv

# A stream that was cut off is no matter of one record.
printf 'nps\tg\n9\ta\n8\tb\n10' >x.tsv
fails 1 'x.tsv:4: the last line has no line end' 'rejects: cut stream' \
	cx-nps --rejects r.tsv x.tsv
fails 1 'the last line has no line end' 'rejects: cut stream, piped' \
	sh -c 'cat x.tsv | cx-ingest --rejects r.tsv'
printf 'a,b\n1,2\n\\!cx-x: boom\n' >x.csv
fails 1 'x.csv: cx-x: boom' 'poison among rejects' \
	cx-ingest --rejects r.tsv x.csv
fails 1 'x.csv: cx-x: boom' 'poison and leniency' \
	cx-ingest --lenient x.csv
printf '\n\r\n' >x.csv
fails 1 'x.csv: the input is empty' 'nothing but empty lines, lenient' \
	cx-ingest --lenient x.csv
fails 2 '--rejects needs a file' 'rejects to standard output' \
	cx-ingest --rejects - x.csv
for bad in nan nan% 0x1p3 2.5 -1 1% 5%%; do
	printf 'id,nps\n1,9\n' >x.csv
	want=2
	[ "$bad" = 1% ] && want=0
	fails $want '' "--max-rejects $bad" \
		cx-ingest --rejects r.tsv --max-rejects "$bad" x.csv
done

for bad in 0x1p-1 nan 0.9x '' ' '; do
	fails 2 '--level: ' "--level '$bad'" cx-nps --level "$bad" x.csv
done

# What would print a table that no reader accepts.
printf 'n,nps,month,time\n1,9,x,\n' >x.csv
for g in n nps month; do
	fails 2 "two columns of the output would be called \"$g\"" \
		"a group called $g" cx-nps -g $g -t month x.csv
done

# Zones: a folder and a table of the database are none.
for zone in America zone.tab ../etc/passwd '' Etc/; do
	fails 2 'no time zone' "zone \"$zone\"" cx-nps --tz "$zone" x.csv
done

# Times that have no form in text.
printf 't\n9999-12-31T23:30:00-05:00\n' >x.csv
fails 1 'before the year 1 or after 9999' 'year 10000' \
	cx-ingest -c time=t x.csv
printf 't\n0001-01-01T00:00:00+05:00\n' >x.csv
fails 1 'before the year 1 or after 9999' 'year 0' \
	cx-ingest -c time=t x.csv

# The limit of a record is the same whatever the size of the blocks.
for n in 16777200 16777300; do
	{
		printf 'id,nps\n'
		head -c $n /dev/zero | tr '\0' x
		printf ',8\n1,9\n'
	} >long.csv
	cx-nps long.csv 2>/dev/null | tail -n 1 | cut -f 1 >want
	for block in 4096 1000000 5000000; do
		CX_DEBUG=block=$block cx-nps long.csv 2>/dev/null |
			tail -n 1 | cut -f 1 >got
		same want got "a record of $n bytes, blocks of $block"
	done
	if [ $n -lt 16777216 ]; then
		is 2 "$(cat want)" 'a record of nearly 16 MiB'
	else
		grep -q 'longer than 16 MiB' want
		ok 'a record of a little more'
	fi
done

# One line of 100 MB.
{
	printf 'id,nps\n1,9\n'
	head -c 100000000 /dev/zero | tr '\0' x
	printf ',8\n'
} >long.csv
fails 1 'long.csv:3: the record that starts here is longer than 16 MiB' \
	'100 MB line' cx-nps long.csv
rm long.csv
{
	printf 'id,nps\n1,9\n'
	head -c 100000000 /dev/zero | tr '\0' ,
} >long.csv
fails 1 'long.csv:3: the record that starts here' '100 MB of commas' \
	cx-nps long.csv
rm long.csv

# What is there many times takes no longer each time: a block of zeros where a
# disk failed, columns of one name, identifiers merged one into the next.
{ printf 'a,b\n1,2\n3,' && head -c 300000 /dev/zero && printf '\n4,5\n'; } >x.csv
cx-ingest -q --rejects r.tsv x.csv >out
is "$(printf 'a\tb\n1\t2\n4\t5')" "$(cat out)" 'rejects: zeros, the rest'
is 900003 "$(sed 1d r.tsv | cut -f 5 | wc -c | tr -d ' ')" \
	'rejects: each zero is U+FFFD'
awk 'BEGIN {
	for (i = 1; i <= 20000; i++)
		printf "%ssame", (i > 1 ? "," : "")
	print ""
}' >x.csv
cx-ingest -q x.csv | tr '\t' '\n' >out
is 'same same_2 same_20000' "$(sed -n '1p;2p;$p' out | tr '\n' ' ' |
	sed 's/ $//')" '20000 columns of one name'
awk 'BEGIN {
	print "id,old"
	for (i = 100000; i > 1; i--)
		print i ",:0;" i - 1
}' >old.csv
printf 'column,header,type,merges\ncustomer,id,id,old.csv:old:id\n' >book
printf 'id,n\n1,7\n99999,8\n' >x.csv
is '100000 7 100000 8' "$(cx-ingest -q -m book x.csv | sed 1d |
	tr '\t\n' '  ' | sed 's/ $//')" 'merged 99999 times, one into the next'

tap_done
