#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The order of day and month is what a whole column says, or the user; what
# leaves it open is an error. Every expected time was worked out by hand.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# column CELL...: a table of one time and a number in x.csv
column() {
	echo t,n
	for cell in "$@"; do
		echo "$cell,1"
	done
}

# reads WANT NAME CELL...: the times, with blanks between
reads() {
	want=$1 name=$2
	shift 2
	column "$@" >x.csv
	cx-ingest -c time=t --tz UTC x.csv 2>err | cut -f 1 | tail -n +2 |
		sed 's/T00:00:00Z//' >got
	is "$want" "$(tr '\n' ' ' <got | sed 's/ $//')" "$name"
}

reads '2026-02-01 2026-02-13 2026-04-03' 'day first: one cell tells' \
	1/2/2026 13/2/2026 3/4/2026
grep -qF 'column "time": dates are day, month, year: 1 of 3 that depend on it can be nothing else' err
ok 'and the finding is told'
reads '2026-01-02 2026-02-13 2026-03-04' 'month first: one cell tells' \
	1/2/2026 2/13/2026 3/4/2026
reads '2021-11-07 2021-12-25' 'two forms, one order' 7/11/21 25/12/2021
reads '2021-12-25 2021-02-01' 'two digits, zeros: years vary least' \
	25/12/21 01/02/21
reads '2026-05-05 2026-06-06' 'cells to which the order is nothing' \
	5/5/2026 6/6/2026
reads '2026-11-21 2026-02-13' 'years in front beside' 2026-11-21 13/2/2026
is 0 "$(cx-ingest -c time=t --tz UTC x.csv 2>&1 | grep -c 2026/11)" \
	'which are not in question'
reads '2026-11-21' 'nothing in question' 2026-11-21
is 'cx-ingest: read 1, kept 1' "$(cat err)" 'and nothing is told'

column 1/2/2026 2026-11-21 3/4/2026 >x.csv
fails 1 'cx-ingest: x.csv:2: column "time": "1/2/2026", and "3/4/2026" on line 4, like all such cells, may be month, day, year (mdy) or day, month, year (dmy): say which with --dates or in the codebook' \
	'ambiguous: two cells and what to do' cx-ingest -c time=t --tz UTC x.csv
is '\!cx-ingest: x.csv:2' "$(cut -c 1-20 fails.out)" 'nothing but poison is written'
fails 1 'x.csv:2: column "time": "1/2/2026"' 'the same with threads' \
	env CX_DEBUG=piece=8,block=5 cx-ingest -j 3 -c time=t --tz UTC x.csv
fails 1 'standard input:2: column "time": "1/2/2026"' 'the same of a pipe' \
	sh -c 'cat x.csv | cx-ingest -c time=t --tz UTC'
column 1/2/2026 >x.csv
fails 1 'x.csv:2: column "time": "1/2/2026" may be month, day, year (mdy) or' \
	'ambiguous: one cell' cx-ingest -c time=t --tz UTC x.csv
column 21/09/13 21/09/14 >x.csv
fails 1 'may be year, month, day (ymd) or day, month, year (dmy)' \
	'ambiguous: a year in front' cx-ingest -c time=t --tz UTC x.csv
column 1/2/2026 13/2/2026 3/4/2026 2/13/2026 >x.csv
fails 1 'x.csv:3: column "time": "13/2/2026", and "2/13/2026" on line 5, are not in one order' \
	'contradictory: two cells' cx-ingest -c time=t --tz UTC x.csv

# What the user says.
read_as() {
	cx-ingest -q -c time=t --tz UTC "$@" x.csv | cut -f 1 | tail -n +2 |
		sed 's/T00:00:00Z//' | tr '\n' ' '
}
column 1/2/2026 3/4/2026 >x.csv
is '2026-01-02 2026-03-04 ' "$(read_as --dates mdy)" '--dates mdy'
is '2026-02-01 2026-04-03 ' "$(read_as --dates dmy)" '--dates dmy'
column 21/09/13 >x.csv
is '2021-09-13 ' "$(read_as --dates ymd)" '--dates ymd'
column 45000 45000.5 >x.csv
is '2023-03-15 2023-03-15T12:00:00Z ' "$(read_as --dates excel)" '--dates excel'
fails 1 '"45000" is not a date that can be read in one way only' \
	'no spreadsheet day unless it is said' cx-ingest -c time=t --tz UTC x.csv
column 1614192119 >x.csv
is '2021-02-24T18:41:59Z ' "$(read_as)" 'seconds since 1970 by themselves'
is '2021-02-24T18:41:59Z ' "$(read_as --dates epoch)" 'seconds since 1970'
is '1970-01-19T16:23:12Z ' "$(read_as --dates epoch-ms)" 'and milliseconds'
fails 2 '--dates: "md" is no form of dates; there are ymd, mdy, dmy, epoch, epoch-ms, excel and excel-1904' \
	'no such form' cx-ingest --dates md -c time=t x.csv
printf 'column\theader\ttype\tdates\ntime\tt\ttime\tdmy\nlater\tu\ttime\t\n' >book.tsv
printf 't,u\n1/2/2026,1/2/2026\n3/4/2026,2/13/2026\n' >x.csv
cx-ingest -q -m book.tsv --tz UTC x.csv >got
printf 'time\tlater\n2026-02-01T00:00:00Z\t2026-01-02T00:00:00Z\n2026-04-03T00:00:00Z\t2026-02-13T00:00:00Z\n' >want
same want got 'the codebook says one column, the column the other'
cx-ingest -q -m book.tsv --dates dmy --rejects r.tsv --tz UTC x.csv >got
printf 'time\tlater\n2026-02-01T00:00:00Z\t2026-02-01T00:00:00Z\n' >want
same want got '--dates is for what the codebook leaves open'
sed 's/dmy/excell/' book.tsv >bad.tsv
fails 2 'bad.tsv:2: column "dates": "excell" is no form of dates' \
	'no such form in the codebook' cx-ingest -m bad.tsv x.csv

# Missing codes and labels are no evidence; records that cannot be used are
# passed over, and dealt with as ever.
printf 'column\theader\ttype\tmissing\ntime\tt\ttime\t1/1/1900|13/13/2013\n' >book.tsv
printf 't,n\n1/1/1900,1\n13/2/2026,1\nbad\n1/2/2026,1\nx,1\n' >x.csv
cx-ingest -m book.tsv --rejects r.tsv --tz UTC x.csv >got 2>err
printf 'time\tn\n\t1\n2026-02-13T00:00:00Z\t1\n2026-02-01T00:00:00Z\t1\n' >want
same want got 'bad records in between'
grep -q 'read 5, kept 3, rejected 2: column "time": not a date 1, ragged row 1' err
ok 'are counted once'
fails 1 'x.csv:4: the record has 1 cell' 'and are errors without --rejects' \
	cx-ingest -m book.tsv --tz UTC x.csv

# Whatever way the bytes come.
column 1/2/2026 13/2/2026 3/4/2026 >x.csv
cx-ingest -q -c time=t --tz UTC x.csv >want
gzip -nk x.csv
iconv -f UTF-8 -t UTF-16 x.csv >x16.csv
mkfifo fifo
for how in '<x.csv' '<x.csv.gz' '<x16.csv' 'x.csv.gz' 'x16.csv'; do
	sh -c "cx-ingest -q -c time=t --tz UTC $how" >got
	same want got "read twice: $how"
done
for f in x.csv x.csv.gz x16.csv; do
	# shellcheck disable=SC2002 # it is the pipe that is wanted
	cat $f | cx-ingest -q -c time=t --tz UTC >got
	same want got "read twice: $f in a pipe"
	cat $f >fifo &
	cx-ingest -q -c time=t --tz UTC fifo >got
	same want got "read twice: $f in a named pipe"
	# shellcheck disable=SC2002
	cat $f | CX_DEBUG=block=3,read=1,piece=9 cx-ingest -q -j 2 -c time=t \
		--tz UTC >got
	same want got "read twice: $f in a pipe, byte by byte"
done
{
	cat x.csv
	awk 'BEGIN { for (i = 0; i < 200000; i++) print "3/4/2026," i }'
} >long.csv
cx-ingest -q -c time=t --tz UTC long.csv >want
# shellcheck disable=SC2002
cat long.csv | cx-ingest -q -c time=t --tz UTC >got
same want got 'a long pipe'
# shellcheck disable=SC2002
cat long.csv | TMPDIR=/nowhere cx-ingest -c time=t --tz UTC >got 2>err
grep -q 'standard input: it is to be read twice, and cannot be kept in /nowhere: No such file or directory (TMPDIR names another folder)' err
ok 'no place to keep a pipe'
# shellcheck disable=SC2002
cat long.csv | TMPDIR=/nowhere cx-ingest -q -c time=t --dates dmy --tz UTC >got
same want got 'which is not needed when the form is told'
mkdir spool
# shellcheck disable=SC2002
cat long.csv | TMPDIR=spool cx-ingest -q -c time=t --tz UTC >got
is '' "$(ls spool)" 'nothing stays there'
# A stream that was cut off stays one.
printf 't\tn\n13/2/2026\t1\n1/2/2026\t1' >cut.tsv
# shellcheck disable=SC2002
cat cut.tsv >fifo &
fails 1 'the last line has no line end: the stream was cut off' \
	'a pipe that was cut off' cx-ingest -c time=t --tz UTC fifo

# Several files are one column.
column 1/2/2026 >a.csv
column 13/2/2026 >b.csv
is '2026-02-01T00:00:00Z 2026-02-13T00:00:00Z' \
	"$(cx-ingest -q -c time=t --tz UTC a.csv b.csv | cut -f 1 | tail -n 2 |
		tr '\n' ' ' | sed 's/ $//')" 'the second file tells'
# shellcheck disable=SC2002
is '2026-02-13T00:00:00Z 2026-02-01T00:00:00Z' \
	"$(cat a.csv | cx-ingest -q -c time=t --tz UTC b.csv - | cut -f 1 |
		tail -n 2 | tr '\n' ' ' | sed 's/ $//')" 'a file and a pipe'
column 2/13/2026 >a.csv
fails 1 'a.csv:2: column "time": "2/13/2026", and "13/2/2026" on line 2 of b.csv, are not in one order' \
	'files that contradict each other' \
	cx-ingest -c time=t --tz UTC a.csv b.csv

# Zero dates are missing, and counted.
printf 't,n\n0000-00-00 00:00:00,1\n2026-11-21 16:54:29,2\n' >x.csv
cx-ingest -c time=t --tz UTC x.csv >got 2>err
printf 'time\tn\n\t1\n2026-11-21T16:54:29Z\t2\n' >want
same want got 'a date of zeros is missing'
grep -q 'dates that are all zeros: 1; empty in the stream' err
ok 'and counted'
tap_done
