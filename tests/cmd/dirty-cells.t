#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What real exports do to the cells themselves: bytes, line ends, numbers,
# dates. One case a line; input and stream were written by hand, with the
# bytes of CP932.TXT, ROMAN.TXT and CP1252.TXT of the Unicode Consortium.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# dirty NAME CODEBOOK INPUT STREAM [OPTION...]: the texts are formats of
# printf; the codebook, if any, is TSV with the columns named below. The same
# must come of small pieces of the bytes, and from a pipe.
dirty() {
	name=$1 book=$2 input=$3 stream=$4
	shift 4
	# shellcheck disable=SC2059 # formats, for their escapes
	printf "$input" >x.csv
	# shellcheck disable=SC2059
	printf "$stream" >want
	if [ -n "$book" ]; then
		# shellcheck disable=SC2059
		printf "column\theader\ttype\tmissing\tdates\tzone\n$book" >book
		set -- -m book "$@"
	fi
	cx-ingest -q "$@" x.csv >got 2>err
	[ -s err ] && sed 's/^/# /' err
	same want got "$name"
	CX_DEBUG=block=3,read=2,piece=5 cx-ingest -q -j 2 "$@" x.csv >got
	same want got "$name, in small pieces"
	# shellcheck disable=SC2002 # it is the pipe that is wanted
	cat x.csv | cx-ingest -q "$@" >got
	same want got "$name, piped"
}

# stops NAME TEXT CODEBOOK INPUT [OPTION...]: exit 1, and TEXT.
stops() {
	name=$1 text=$2 book=$3 input=$4
	shift 4
	# shellcheck disable=SC2059
	printf "$input" >x.csv
	if [ -n "$book" ]; then
		# shellcheck disable=SC2059
		printf "column\theader\ttype\tmissing\tdates\tzone\n$book" >book
		set -- -m book "$@"
	fi
	fails 1 "$text" "$name" cx-ingest "$@" x.csv
}

time='time\tt\ttime\t\t\tUTC\n'

# ---- bytes ----

dirty 'a byte order mark is taken off once' '' '\357\273\277a,b\n1,2\n' \
	'a\tb\n1\t2\n'
dirty 'U+FEFF inside a cell does not count' 'n\tn\tnumber\t\t\t\n' \
	'n,b\n\357\273\2775,\357\273\277x\n' 'n\tb\n5\t\357\273\277x\n'
stops 'old Macintosh letters and no option' \
	'byte 0x8E is not UTF-8, at offset 9; it looks like macintosh' '' \
	'a,b\n1,caf\216 na\225ve\n'
dirty 'old Macintosh letters' '' 'a,b\n1,\214\346\312\n' \
	'a\tb\n1\t\303\245\303\212\302\240\n' -e macintosh
stops 'a dash of Windows and no option' \
	'byte 0x97 is not UTF-8, at offset 11; it looks like windows-1252' '' \
	'a,b\n1,good \227 bad\n'
dirty 'a dash of Windows' '' 'a,b\n1,good \227 bad\n' \
	'a\tb\n1\tgood — bad\n' -e windows-1252
dirty 'what cp932 has more than Shift_JIS, and its wave dash' '' \
	'a,b\n\207\100\207\212\373\374\355\225,\201\140\n' \
	'a\tb\n①㈱髙﨑\t～\n' -e cp932
dirty 'the same under the name that exports give it' '' \
	'a,b\n\207\100~\\,\201\140\n' 'a\tb\n①~\\\\\t～\n' -e shift_jis
dirty 'trail bytes that are a backslash and a bar' '' \
	'\225\134|\203\134|\203\174\n1|2|\203\174\n' '表\tソ\tポ\n1\t2\tポ\n' \
	-e cp932 -d '|'
dirty 'UTF-16 with a mark' '' \
	'\377\376a\0\t\0b\0\r\0\n\0001\0\t\0\102\060\r\0\n\0' 'a\tb\n1\tあ\n'
stops 'UTF-16 without one and no option' \
	'it looks like utf-16be: use -e utf-16be' '' \
	'\0a\0,\0b\0\n\0001\0,\060\102\0\n'
dirty 'UTF-16 without one' '' '\0a\0,\0b\0\n\0001\0,\060\102\0\n' \
	'a\tb\n1\tあ\n' -e utf-16be

# ---- lines and cells ----

dirty 'semicolons, decimal commas' 'n\tn\tnumber\t\t\t\n' \
	'n;b\n3,5;x\n12,25;y\n' 'n\tb\n3.5\tx\n12.25\ty\n'
dirty 'line ends, quotes and commas inside a cell' '' \
	'a,b\r\n"買い物、\nアウトレット\n","""x"", y"\r\n' \
	'a\tb\n買い物、\\nアウトレット\\n\t"x", y\n'
dirty 'lines that end in a carriage return, behind a mark' '' \
	'\357\273\277a,b\r1,2\r"3\r4",5\r\r\n6,7' \
	'a\tb\n1\t2\n3\\n4\t5\n6\t7\n' --rejects /dev/null
dirty 'lines that end in a carriage return, all of them' '' \
	'a,b\r1,2\r3,4\r' 'a\tb\n1\t2\n3\t4\n'
stops 'its line numbers' 'x.csv:3: the record has 1 cell' '' 'a,b\r1,2\rx\r'
stops 'a carriage return among line feeds' \
	'a carriage return stands without a line feed' '' 'a,b\n1,2\r3,4\n'

# ---- numbers ----

stops 'no digits are picked out of a text: 7.5 is not 75' \
	'"7.5" is not a whole number from 0 to 10' 'nps\ts\tscore\t\t\t\n' \
	's,b\n7.5,1\n'
stops 'nor is -1 a 1' '"-1" is not a whole number from 0 to 10' \
	'nps\ts\tscore\t\t\t\n' 's,b\n-1,1\n'
stops 'nor 11 on a scale to 10' '"11" is not a whole number from 0 to 10' \
	'nps\ts\tscore\t\t\t\n' 's,b\n11,1\n'
dirty 'full-width digits' 'nps\ts\tscore\t\t\t\n' 's,b\n１０,1\n８,2\n' \
	'nps\tb\n10\t1\n8\t2\n'
dirty 'bands of times, years and yen' 'v\ts\tband\t\t\t\n' \
	's,b\n１０回目以上,1\n80歳以上,2\n"1,000円以上 3,000円未満",3\n〜599万円,4\n' \
	'v_low\tv_high\tv_mid\tb\n10\t\t\t1\n80\t\t\t2\n1000\t3000\t2000\t3\n\t5990000\t\t4\n'
dirty 'a blank where a number should be' 'n\tTotalCharges\tnumber\t\t\t\n' \
	'TotalCharges,tenure\n" ",0\n29.85,1\n' 'n\ttenure\n\t0\n29.85\t1\n'
stops 'a point that may be one or the other' \
	'"1.234" may be thousands or decimals' 'n\tn\tnumber\t\t\t\n' \
	'n,b\n1.234,x\n'

# ---- dates ----

dirty 'day and month by the whole column' "$time" \
	't,b\n1/9/21,1\n30/9/21,2\n' \
	'time\tb\n2021-09-01T00:00:00Z\t1\n2021-09-30T00:00:00Z\t2\n'
stops 'day and month by nothing' \
	'"1/9/21", and "2/9/21" on line 3, like all such cells, may be' \
	"$time" 't,b\n1/9/21,1\n2/9/21,2\n'
dirty 'two forms of years in one column' "$time" \
	't,b\n7/11/21,1\n25/12/2021,2\n' \
	'time\tb\n2021-11-07T00:00:00Z\t1\n2021-12-25T00:00:00Z\t2\n'
dirty 'no zone in the cells' 'time\tt\ttime\t\tmdy\tAmerica/Denver\n' \
	't,b\n12/6/2018 11:57:58,1\n' 'time\tb\n2018-12-06T18:57:58Z\t1\n'
dirty 'a zone in each cell, before and after a change' "$time" \
	't,b\n2021-03-28T01:59:59+01:00,1\n2021-03-28T03:00:00+02:00,2\n' \
	'time\tb\n2021-03-28T00:59:59Z\t1\n2021-03-28T01:00:00Z\t2\n'
dirty 'dates of Japan' 'time\tt\ttime\t\t\tAsia/Tokyo\n' \
	't,b\n2025/4/18,1\n2020/07/27 3:15:06 午後 GMT+9,2\n令和7年4月18日,3\n20150905,4\n' \
	'time\tb\n2025-04-17T15:00:00Z\t1\n2020-07-27T06:15:06Z\t2\n2025-04-17T15:00:00Z\t3\n2015-09-04T15:00:00Z\t4\n'
dirty 'noon and midnight of Japan' 'time\tt\ttime\t\t\tAsia/Tokyo\n' \
	't,b\n2020/07/27 12:00:00 午後 GMT+9,1\n2020/07/27 12:00:00 午前 GMT+9,2\n2020/07/27 午後0:30,3\n' \
	'time\tb\n2020-07-27T03:00:00Z\t1\n2020-07-26T15:00:00Z\t2\n2020-07-27T03:30:00Z\t3\n'
dirty 'the first days of eras' 'time\tt\ttime\t\t\tAsia/Tokyo\n' \
	't,b\n令和元年5月1日,1\n平成31年4月30日,2\nS64.1.7,3\nH1.1.8,4\n' \
	'time\tb\n2019-04-30T15:00:00Z\t1\n2019-04-29T15:00:00Z\t2\n1989-01-06T15:00:00Z\t3\n1989-01-07T15:00:00Z\t4\n'
stops 'a day before its era' '"令和元年4月30日" is not a date' "$time" \
	't,b\n令和元年4月30日,1\n'
dirty 'seconds since 1970, and dates of zeros' "$time" \
	't,b\n1614192119,1\n0000-00-00 00:00:00,2\n1614192119000,3\n' \
	'time\tb\n2021-02-24T18:41:59Z\t1\n\t2\n2021-02-24T18:41:59Z\t3\n'
dirty 'a blank date in a good record' "$time" \
	't,b\n,1\n2026-11-21T00:00:00Z,2\n' 'time\tb\n\t1\n2026-11-21T00:00:00Z\t2\n'
dirty 'days of a spreadsheet, when it is said' \
	'time\tt\ttime\t\texcel\tUTC\n' 't,b\n45000,1\n45000.75,2\n' \
	'time\tb\n2023-03-15T00:00:00Z\t1\n2023-03-15T18:00:00Z\t2\n'
dirty 'a local time that clocks skipped, and one that came twice' \
	'time\tt\ttime\t\t\tEurope/Berlin\n' \
	't,b\n2026-03-29 02:30:00,1\n2026-10-25 02:30:00,2\n' \
	'time\tb\n2026-03-29T01:30:00Z\t1\n2026-10-25T00:30:00Z\t2\n'
tap_done
