#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# cx-ingest --inspect: what is found in small tables written by hand, and that
# the command it prints works. What is wanted was written by hand too.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# rows OPTION...: those of the codebook that is drafted for x.csv
rows() {
	cx-ingest -q --inspect "$@" x.csv | sed 1d
}

# note_is HEADER TEXT NAME: the note on a column
note_is() {
	is "$2" "$(rows | awk -F '\t' -v h="$1" '$2 == h { print $NF }')" "$3"
}

# row_is HEADER COLUMN,TYPE,RANGE,MISSING,DATES NAME
row_is() {
	is "$2" "$(rows | awk -F '\t' -v h="$1" \
		'$2 == h { print $1 "," $3 "," $4 "," $6 "," $7 }')" "$3"
}

cat >x.csv <<'E'
Response ID,member_id,How likely are you to recommend us?,満足度,Agree?,Visited,Born,Spend,Rank,Used,Comment,Mail,Empty
1,m1,10,とても満足,Agree,25/12/2025,1/2/90,12.5,10 - best,A;B,It took far too long to be answered.,a@example.com,
2,m2,-99,満足,Neutral,3/1/2026,3/4/91,-3,8,B,Everything was as it should have been.,b@example.com,
3,m1,0,どちらでもない,Disagree,4/1/2026,5/6/92,7,0 - worst,A;C,Nobody told me about the change at all.,c@example.com,
4,m1,7,不満,Agree,5/1/2026,7/8/93,7,3,A;B;C,,d@example.com,
5,m3,N/A,選択肢なし,,6/1/2026,,1,4,B;C,The third floor was closed for repairs.,e@example.com,
E
row_is 'Response ID' 'id,id,,,' 'an id'
note_is 'Response ID' 'an id; all 5 different' 'an id: why'
row_is member_id 'customer,id,,,' 'a customer'
note_is member_id 'an id; 3 different in 5, one 3 times' \
	'repeated respondents are counted'
row_is 'How likely are you to recommend us?' 'nps,score,0..10,-99|N/A,' 'nps'
note_is 'How likely are you to recommend us?' \
	'whole numbers from 0 to 10 in 3; -99 in 1; N/A in 1' \
	'codes that are no answer'
row_is 満足度 'csat,label ja-satisfaction-totemo-5,,,' 'labels'
note_is 満足度 'labels of ja-satisfaction-totemo-5, 1 to 5, in 5' 'labels: why'
row_is 'Agree?' 'Agree?,text,,,' 'labels of two sets'
note_is 'Agree?' \
	'labels of agreement-3 and of agreement-5: name one, label agreement-3 or label agreement-5; 1 blank' \
	'labels of two sets: which'
row_is Visited 'Visited,text,,,' 'a time without a zone stays a text'
note_is Visited \
	'dates, D/M by 1 of 5; without a zone: make it a time and name its zone, or give --tz' \
	'the order of dates: by how many'
note_is Born \
	'4 dates, but D/M or M/D, nothing tells: make it a time and say which in dates; 1 blank' \
	'dates that can be either'
is 'time,time,dmy' "$(rows --tz Asia/Tokyo | awk -F '\t' \
	'$2 == "Visited" { print $1 "," $3 "," $7 }')" 'with --tz it is a time'
row_is Spend 'Spend,number,,,' 'numbers'
note_is Spend 'numbers from -3 to 12.5 in 5' 'numbers: from where to where'
row_is Rank 'Rank,score code,0..10,,' 'numbers in front of labels'
row_is Used 'Used,multi ;,,,' 'several answers'
note_is Used 'several answers in 4 of 5 cells, with semicolons between; 3 different' \
	'several answers: why'
row_is Comment 'comment,text,,,' 'a comment'
note_is Comment 'free text in 4, 38 characters; 1 blank' 'a comment: why'
note_is Mail 'short text, mostly different, in 5; e-mail addresses in 5' \
	'e-mail addresses'
row_is Empty 'Empty,drop,,,' 'a blank column'

# Nothing of what people wrote is told.
cx-ingest --inspect x.csv >out 2>&1
! grep -qE 'took far|example.com|third floor|m1|12/2025' out
ok 'no cell is printed'

# Names that look alike: a blank, U+00A0, U+3000, U+200B and U+FEFF beside them.
{
	echo Town,Score
	for blank in '' ' ' '\0302\0240' '\0343\0200\0200' \
		'\0342\0200\0213' '\0357\0273\0277'; do
		printf 'Toyama%b,1\nHimi,5\nUozu,3\n' "$blank"
	done
} >x.csv
row_is Town 'Town,text,,,' 'names that look alike stay texts'
note_is Town \
	'4 different in 18; 5 differ from others in blanks alone: as a key they are the same' \
	'and it is told that they differ'
printf 'column\theader\ttype\nTown\tTown\tkey\n' >book.tsv
is 3 "$(cx-ingest -q -m book.tsv x.csv | cut -f 1 | sed 1d | sort -u | wc -l |
	tr -d ' ')" 'as a key they are the same'

# What is not a scale, an id or a date.
cat >x.csv <<'E'
paid,number_of_items,flag,price,year,a,b
1.5,3,0,"1,000円以上 3,000円未満",2025,999,5
2,14,1,"3,000円以上",2024,5,5
3,2,1,"1,000円以上 3,000円未満",2025,6,5
E
row_is paid 'paid,number,,,' '"paid" is no id'
row_is number_of_items 'number_of_items,number,,,' '"number_of" is no id'
row_is flag 'flag,text,,,' '0 and 1 are no scale'
row_is price 'price,text,,,' 'a comma in a number parts no answers'
row_is year 'year,number,,,' 'a year is no date'
row_is a 'a,score,1..7,999,' '999 above all others is a code'
row_is b 'b,number,,,' 'one value is no scale'

# ---- the file ----

printf 'a;b\n1;2\n1;2\n1\n3;4\n' >x.csv
cx-ingest --inspect x.csv >book 2>said
is 'cx-ingest: x.csv: encoding utf-8, delimiter semicolon
cx-ingest: x.csv: no format is recognised; 1 header row
cx-ingest: 4 records, 2 columns, not usable 1: ragged row 1
cx-ingest: records that stand there before: 1
cx-ingest: to use it: cx-ingest --inspect -q -o x.book.tsv x.csv && cx-ingest -m x.book.tsv --rejects rejects.tsv x.csv' \
	"$(cat said)" 'delimiter, ragged rows, repeated records, command'

# command_works NAME: what is printed for the inspection in said runs
command_works() {
	sed -n 's/^cx-ingest: to use it: //p' said >command.sh
	sh ./command.sh >got 2>err
	is 0 $? "$1: the command runs"
	grep -q '^cx-ingest: read' err || sed 's/^/# /' err
}
command_works 'ragged rows'
is '3' "$(sed 1d got | wc -l | tr -d ' ')" 'ragged rows: what is left'

# Names that a shell would take apart, and that look like an option.
mkdir "a b's"
printf 'a,b\n1,2\n' >"a b's/\$x.csv"
cx-ingest --inspect "a b's/\$x.csv" 2>said >/dev/null
command_works 'a name for a shell'
printf 'a,b\n1,2\n' >-x.csv
cx-ingest --inspect ./-x.csv 2>said >/dev/null
command_works 'a name like an option'
cx-ingest --inspect -- -x.csv 2>said >/dev/null
command_works 'the same behind --'
printf 'a|b\n1|x\n' >bar.csv
cx-ingest --inspect -d '|' --where "b == 'x'" bar.csv 2>said >/dev/null
command_works 'a condition'
cx-ingest --inspect -d '|' --where "b == 'y'" bar.csv 2>said >/dev/null
grep -q '^cx-ingest: 1 record, 2 columns, left out 1 (--where)$' said
ok 'a condition: what it leaves out is told'
command_works 'another condition'
is 'a	b' "$(cat got)" 'another condition: it is repeated'
cx-ingest --inspect -d '|' bar.csv 2>said >/dev/null
command_works 'a delimiter'
is 'a	b' "$(head -n 1 got)" 'a delimiter: it is repeated'
cx-ingest --inspect -o mine.tsv --tz Asia/Tokyo bar.csv 2>said
is 'cx-ingest -m mine.tsv --tz Asia/Tokyo bar.csv' \
	"$(sed -n 's/^cx-ingest: to use it: //p' said)" '-o names the codebook'
printf '\357\273\277名前,値\nあ,1\n' | iconv -f UTF-8 -t UTF-16 >wide.csv
cx-ingest --inspect wide.csv 2>said >/dev/null
grep -q 'wide.csv: encoding utf-16' said
ok 'a byte order mark is believed'
command_works 'UTF-16'
i=0
printf '商品,感想\n' >u.csv
while [ $i -lt 40 ]; do
	echo "表示とソース,今日はとても良い天気でしたがポンプは動きませんでした"
	i=$((i + 1))
done >>u.csv
iconv -f UTF-8 -t CP932 u.csv >cp932.csv
cx-ingest --inspect cp932.csv 2>said >/dev/null
grep -qi 'not UTF-8; it looks like \(cp932\|shift_jis\)' said
ok 'another encoding is guessed, and told'
if lacks cp932; then
	skip 'another encoding' 'iconv lacks cp932'
else
	command_works 'another encoding'
	cx-ingest -q u.csv >want
	cmp -s want got
	ok 'another encoding: it is repeated'
fi
gzip -c bar.csv >bar.csv.gz
cx-ingest --inspect -d '|' bar.csv.gz 2>said >/dev/null
command_works 'gzip'
is 'bar.book.tsv' "$(grep -o 'bar[a-z.]*tsv' command.sh | head -n 1)" \
	'the name of the codebook'
cx-ingest --inspect -d '|' bar.csv >want 2>/dev/null
cx-ingest --inspect -d '|' <bar.csv 2>/dev/null | cmp -s - want
ok 'standard input'
fails 2 'looks at one file at a time' 'two files' \
	cx-ingest --inspect x.csv bar.csv
fails 2 'drafts a codebook, and takes none' 'a codebook' \
	cx-ingest --inspect -m book x.csv
for option in --battery --by --dates --decimal --drop --duplicates --flag \
	--key --latest-per --manifest --max-rejects --net-refunds \
	--pseudonymize --redact --rejects --shard --speeder; do
	fails 2 "cx-ingest: $option does not go with --inspect" \
		"$option of no stream" cx-ingest --inspect $option 1 x.csv
	fails 2 "cx-ingest: $option does not go with --list-formats" \
		"$option of no records" cx-ingest --list-formats $option 1
done
fails 2 '--list-formats reads no records' 'a list of formats and a file' \
	cx-ingest --list-formats x.csv
fails 2 '--list-formats reads no records' 'a list of formats and a condition' \
	cx-ingest --list-formats --where 'a == "1"'
fails 2 '--inspect does not go with --list-formats' 'a list and a file' \
	cx-ingest --list-formats --inspect
fails 1 'the input is empty' 'an empty file' cx-ingest --inspect /dev/null
fails 1 'nosuch: cannot open' 'no file' cx-ingest --inspect nosuch
fails 1 'cannot write: No space' 'a full disk' \
	sh -c 'cx-ingest --inspect x.csv >/dev/full'
printf 'a,b\n' >x.csv
cx-ingest --inspect x.csv 2>said >/dev/null
command_works 'a header alone'

# ---- with a format ----

cat >x.csv <<'E'
#,Score,Start Date (UTC),Submit Date (UTC)
a,5,2026-01-01 00:00:00,2026-01-01 00:01:00
a,9,2026-01-02 00:00:00,2026-01-02 00:01:00
b,7,2026-01-02 00:00:00,2026-01-03 00:01:00
E
cx-ingest --inspect x.csv >book 2>said
is 'column Score Start Date (UTC)' "$(cut -f 1 book | tr '\n' ' ' | sed 's/ $//')" \
	'a format: its columns are left to it'
grep -q 'column "#", of the format: 2 different in 3, one 2 times' said
ok 'a format: repeated ids'
command_works 'a format'
is 'Score	Start Date (UTC)	id	time' "$(head -n 1 got)" \
	'a format: it is recognised again'

mkdir own
printf '%s\n' rule,row,header,cells,note,column,type first,1,no,,,, \
	drop,,mode,demo,tests,, >own/kiosk.tsv
printf 'no,mode\n1,live\n2,demo\n' >x.csv
cx-ingest --inspect --formats own --keep tests x.csv 2>said >/dev/null
command_works 'a rule that does not drop'
is 3 "$(wc -l <got | tr -d ' ')" 'a rule that does not drop: it is repeated'

# ---- labels that the whole column decides, without a codebook's word ----

printf 'a,b\n満足,x\nどちらでもない,x\nとても満足,x\n選択肢なし,x\n' >x.csv
printf 'column,header,type\ncsat,a,label\n' >book
printf 'csat\tb\n4\tx\n3\tx\n5\tx\n\tx\n' >want
cx-ingest -m book x.csv >got 2>said
same want got 'a set that is found'
is 'cx-ingest: column "csat": labels of ja-satisfaction-totemo-5, 1 to 5' \
	"$(head -n 1 said)" 'a set that is found: it is told'
cx-ingest -q -m book <x.csv >got
same want got 'a set that is found, through a pipe'
CX_DEBUG=piece=5,block=3 cx-ingest -q -j 3 -m book x.csv >got
same want got 'a set that is found, in pieces'
printf 'a,b\n満足,x\n不満,x\n' >x.csv
fails 1 'cx-ingest: column "csat": its answers are labels of ja-satisfaction-3 and of ja-satisfaction-dochiraka-4, which differ' \
	'labels of two sets are refused' cx-ingest -m book x.csv
printf 'a,b\n満足,x\n不満足,x\n' >x.csv
fails 1 'column "csat": there is no set of labels that has all its answers' \
	'a label that is in no set' cx-ingest -m book x.csv
printf 'a,b\nN/A,x\n満足,x\nやや満足,x\n不満,x\n不満足,x\n' >x.csv
fails 1 'value of its own; ja-satisfaction-yaya-4 lacks "不満足": name them' \
	'a label that the likeliest set lacks' cx-ingest -m book x.csv
printf 'a,b\n,x\n' >x.csv
is 'cx-ingest: read 1, kept 1' "$(cx-ingest -m book x.csv 2>&1 >/dev/null)" \
	'no answer at all'
printf 'column\theader\ttype\ncsat\ta\tlabel agrement-5\n' >book
fails 2 'book:2: column "type": "agrement-5" is not a set of labels; did you mean agreement-5?' \
	'a set that is nearly one' cx-ingest -m book x.csv
tap_done
