#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The same table in many encodings is the same stream; what is no character
# is told with its line and offset; and nothing is guessed. iconv(1) makes
# the inputs; offsets and lines were counted by hand.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# As in: a, b, quotes, line end in a cell, the trail bytes 5C and 7C of cp932
# (hyou, so, po), kanji, half-width kana.
printf 'id,店,評,ご意見\n1,表ソポ,9,"早い, ""親切""\nまた来る|と思う"\n2,\\,8,ｱｲｳ\n3,仙台,,\n' >utf-8.csv
cx-ingest -q utf-8.csv >want

# way NAME COMMAND...: its output, for a file, a pipe and gzip
way() {
	name=$1 file=$2
	shift 2
	"$@" "$file" >got
	same want got "$name"
	# shellcheck disable=SC2002 # it is the pipe that is wanted
	cat "$file" | "$@" >got
	same want got "$name, piped"
	gzip -nc "$file" >x.gz
	"$@" x.gz >got
	same want got "$name, gzip"
	CX_DEBUG=block=3,read=1,piece=7 "$@" -j 3 "$file" >got
	same want got "$name, byte by byte"
}

for e in cp932 shift_jis euc-jp iso-2022-jp utf-16le utf-16be utf-32le \
	gb18030 EUC-JP-MS; do
	grep -v ｱ utf-8.csv >plain.csv
	from=plain.csv
	case $e in
	cp932 | utf-* | shift_jis | EUC-JP-MS) from=utf-8.csv ;;
	esac
	to=$e
	[ $e = shift_jis ] && to=cp932
	if lacks $e; then
		skip "$e" 'iconv lacks it'
		continue
	fi
	cx-ingest -q $from >want
	iconv -f UTF-8 -t $to $from >x.csv || exit 1
	way "$e" x.csv cx-ingest -q -e $e
done

# Marks are recognised by themselves, and with the option.
cx-ingest -q utf-8.csv >want
for mark in '\377\376 UTF-16LE utf-16' '\376\377 UTF-16BE utf-16be' \
	'\357\273\277 UTF-8 utf-8' '\377\376\000\000 UTF-32LE utf-32' \
	'\000\000\376\377 UTF-32BE utf-32be'; do
	# shellcheck disable=SC2086 # three words
	set -- $mark
	{
		# shellcheck disable=SC2059 # the mark is a format
		printf "$1"
		iconv -f UTF-8 -t "$2" utf-8.csv
	} >x.csv
	way "$2 with its mark" x.csv cx-ingest -q
	way "$2 with its mark, and named" x.csv cx-ingest -q -e "$3"
done

# Excel's "Unicode text": UTF-16 with a mark, tabs, CRLF.
{
	printf '\377\376'
	printf 'id\t評\r\n1\t9\r\n' | iconv -f UTF-8 -t UTF-16LE
} >x.txt
is "$(printf 'id\t評\n1\t9')" "$(cx-ingest -q x.txt)" 'TSV in UTF-16, CRLF'

if lacks cp932 || lacks macintosh; then
	skip 'what is no character, and what is told' 'iconv lacks cp932'
	tap_done
	exit
fi

# Delimiters are looked for behind decoding: 7C is the trail byte of po.
printf 'id|店\n1|ポ|\n' | sed 's/|$//' | iconv -f UTF-8 -t CP932 >x.csv
is "$(printf 'id\t店\n1\tポ')" "$(cx-ingest -q -d '|' -e cp932 x.csv)" \
	'a bar in a trail byte'

# Western sets.
printf 'id,c\n1,caf\351 \227 \200\n' >x.csv
is "$(printf 'id\tc\n1\tcafé — €')" "$(cx-ingest -q -e windows-1252 x.csv)" \
	windows-1252
printf 'id,c\n1,caf\216 \321\312x\n' >x.csv
is "$(printf 'id\tc\n1\tcafé —\302\240x')" "$(cx-ingest -q -e macintosh x.csv)" \
	macintosh

# ---- what is no character ----

bad='column "c": byte 0x81 at offset 19 is no character of cp932'
printf 'id,c\n1,"a\nb"\n2,a\n3,\201,\n' | sed 's/,$//' >x.csv
fails 1 "x.csv:5: $bad" 'the line and the offset' cx-ingest -e cp932 x.csv
fails 1 ":5: $bad" 'the same of a pipe' sh -c 'cx-ingest -e cp932 <x.csv'
gzip -nk x.csv
fails 1 "x.csv.gz:5: $bad" 'the same of gzip: before compression' \
	cx-ingest -e cp932 x.csv.gz
fails 1 "x.csv:5: $bad" 'the same in small pieces' \
	env CX_DEBUG=block=2,read=1 cx-ingest -e cp932 x.csv
fails 1 "x.csv:5: $bad" 'the same leniently' \
	cx-ingest --lenient -e cp932 x.csv

printf 'id,c\n1,\201\n\240,\202\240\n3,\201,\202\n4,z\n' >x.csv
cx-ingest --rejects r.tsv -e cp932 x.csv >got 2>err
printf 'id\tc\n4\tz\n' >want
same want got 'a bad character is one record, not the file'
printf 'file\tline\tcolumn\treason\trecord\nx.csv\t2\tc\tinvalid bytes\t1,�\nx.csv\t3\tid\tinvalid bytes\t�,あ\nx.csv\t4\tc\tinvalid bytes\t3,�,�\n' >want
same want r.tsv 'rejects name line and column'
grep -q 'read 4, kept 1, rejected 3: column "c": invalid bytes 2, column "id": invalid bytes 1' err
ok 'and the summary counts them'

printf 'id,c\n1,a\n2,\202' >x.csv
fails 1 'x.csv:3: the input ends within a character of cp932, at offset 11' \
	'cut off in a character' cx-ingest -e cp932 x.csv
fails 1 'x.csv:3: the input ends within a character' \
	'cut off in a character, in spite of --rejects' \
	cx-ingest -e cp932 --rejects r.tsv x.csv
printf 'i\0d\0\n\0001\0\n' >x.csv
fails 1 'x.csv:2: the input ends within a character of utf-16le, at offset 8' \
	'UTF-16 of odd length' cx-ingest -e utf-16le x.csv
printf 'i\0d\0\n\000\075\330a\0\n\0' >x.csv
fails 1 'x.csv:2: column "id": bytes 0x3DD8 at offset 6 are no character of ut' \
	'half a surrogate pair' cx-ingest -e utf-16le x.csv

# ---- what the user is told to do ----

iconv -f UTF-8 -t CP932 utf-8.csv >sjis.csv
hint='x.csv:1: byte 0x93 is not UTF-8, at offset 3; it looks like cp932: use -e cp932'
cp sjis.csv x.csv
fails 1 "$hint" 'cp932 and no -e' cx-ingest x.csv
gzip -nc x.csv >x.csv.gz
fails 1 'at offset 3; it looks like cp932: use -e cp932' 'cp932 in gzip' \
	cx-ingest x.csv.gz
fails 1 "$hint" 'cp932, byte by byte' env CX_DEBUG=block=1,read=1 \
	cx-ingest x.csv
fails 1 'standard input:1: byte 0x93 is not UTF-8, at offset 3; it looks like cp932: use -e cp932' \
	'cp932 from a pipe' sh -c 'cat x.csv | cx-ingest'
fails 1 'it looks like cp932: make a stream of it with cx-ingest -e cp932' \
	'cp932 to another program' cx-nps -s id x.csv
iconv -f UTF-8 -t EUC-JP plain.csv >x.csv
fails 1 'it looks like euc-jp: use -e euc-jp' 'euc-jp' cx-ingest x.csv
iconv -f UTF-8 -t UTF-16LE plain.csv >x.csv
fails 1 'it looks like utf-16le: use -e utf-16le' 'UTF-16 without a mark' \
	cx-ingest x.csv
fails 1 'there is no byte order mark: name the order, as utf-16le or utf-16be' \
	'utf-16 says too little' cx-ingest -e utf-16 x.csv
printf 'id,c\n1,don\222t know \227 really\n' >x.csv
fails 1 'it looks like windows-1252 or macintosh: use -e windows-1252' \
	windows-1252 cx-ingest x.csv
printf 'id,c\n1,don\325t know \321 really\n' >x.csv
fails 1 'it looks like macintosh or windows-1252: use -e macintosh' \
	macintosh cx-ingest x.csv
printf 'id,c\n1,東京\377東京大阪京都\n' >x.csv
fails 1 'at offset 13; what stands around it is UTF-8: is it damaged?' \
	'UTF-8 with a hole' cx-ingest x.csv
printf 'id,c\n1,東\000京\n' >x.csv
fails 1 'there is a NUL byte' 'a NUL byte alone is no UTF-16' cx-ingest x.csv
is 0 "$(grep -c 'looks like' fails.err)" 'and nothing is said of it'
printf 'column,type\nid,id\n評,text\n' | iconv -f UTF-8 -t CP932 >book.csv
fails 1 'book.csv:3: column "column": byte 0x95 is not UTF-8, at offset 18; it looks like' \
	'a codebook in cp932' cx-ingest -m book.csv utf-8.csv
fails 1 ': save it as UTF-8' 'is to be saved in UTF-8' \
	cx-ingest -e cp932 -m book.csv sjis.csv
mkdir -p own/bin own/share/formats own/share/labels
cp "$(command -v cx-ingest)" own/bin
printf 'label\tvalue\n満足\t2\n不満\t1\n' | iconv -f UTF-8 -t CP932 \
	>own/share/labels/mine-2.tsv
printf 'column,type\nc,label mine-2\n' >book.csv
fails 1 'mine-2.tsv:2: column "label": byte 0x96 is not UTF-8, at offset 12; it looks like' \
	'a set of labels in cp932' own/bin/cx-ingest -m book.csv utf-8.csv
is 1 "$(grep -c ': save it as UTF-8$' fails.err)" 'is to be saved too'

# A guess is the same for any number of threads.
awk 'BEGIN { print "id,c"
	for (i = 0; i < 200000; i++)
		print i ",abcdefgh"
	print "x,\202\240\202\242\202\244\202\246"
	for (i = 0; i < 2000; i++)
		print i ",\223\214\213\236" }' >x.csv
for j in 1 4; do
	fails 1 'x.csv:200002: column "c": byte 0x82 is not UTF-8, at offset 3088897; it looks like cp932: use -e cp932' \
		"a late fault, -j $j" cx-ingest -j $j x.csv
done

# What cannot be read further is not the end, though all records are there.
printf 'id,c\n1,a\n2,b\n' | gzip -nc | head -c -4 >x.csv.gz
fails 1 'x.csv.gz: the gzip data is cut off' 'gzip that is cut off' \
	cx-ingest -e cp932 x.csv.gz
is '\!' "$(cut -c 1-2 fails.out | tail -n 1)" 'and no whole stream'

# ---- names ----

fails 2 '"cp392" is no encoding; did you mean cp932? (there are: utf-8, ' \
	'an unknown name' cx-ingest -e cp392 utf-8.csv
fails 2 'is no encoding (there are: ' 'instructions to iconv' \
	cx-ingest -e CP932//IGNORE utf-8.csv
fails 2 'is no encoding' 'an empty name' cx-ingest -e '' utf-8.csv
printf '\357\273\277id,c\n1,a\n' >x.csv
fails 1 'x.csv: it starts with the byte order mark of utf-8, so it is not cp932' \
	'the mark contradicts the name' cx-ingest -e cp932 x.csv
tap_done
