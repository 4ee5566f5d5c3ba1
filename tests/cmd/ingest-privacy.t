#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pseudonyms, texts without addresses, columns left out, and that messages
# show nothing of them. Pseudonyms: python3, hashlib.blake2b(digest_size=16,
# key=...) of the canonical text.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

(umask 077 && echo 0123456789abcdef0123456789abcdef >key)
cat >in.csv <<'EOF2'
id,who,mail,nps,comment
1,C00631,Taro@Example.jp,9,"Call 090-1234-5678
or mail taro@example.jp"
2, C00631 ,ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ,8,\fine at 12.50
3,007,,7,〒910-0005 4111 1111 1111 1111
4,,taro@example.jp,6,
EOF2
cat >want.tsv <<'EOF2'
id	who	nps	comment
1	a7ba7377c5345690f4e04652be27b0d4	9	Call [phone]\nor mail [email]
2	a7ba7377c5345690f4e04652be27b0d4	8	\\fine at 12.50
3	c3cdaf220fa35ed31436165d8e43516e	7	[postal] [card]
4		6	
EOF2
all='--key key --pseudonymize who --redact comment --drop mail'
# shellcheck disable=SC2086 # a list of words
{
	cx-ingest $all in.csv >got.tsv 2>err
	same want.tsv got.tsv 'a stream without persons'
	cat >want.err <<'EOF2'
cx-ingest: taken out of texts: email 1, phone 1, card 1, postal 1
cx-ingest: read 4, kept 4
EOF2
	same want.err err 'what is told'
	CX_DEBUG=piece=7 cx-ingest -q -j 4 $all in.csv >got.tsv
	same want.tsv got.tsv 'in pieces'
	cx-ingest -q -F csv $all in.csv | cx-ingest -q >got.tsv
	same want.tsv got.tsv 'as CSV'
	cx-ingest -q --duplicates last $all in.csv >got.tsv
	same want.tsv got.tsv 'held back'
}
is 'mail dc03ef6eb2394feeb971ffc42792b970 dc03ef6eb2394feeb971ffc42792b970  dc03ef6eb2394feeb971ffc42792b970' \
	"$(cx-ingest -q --key key --pseudonymize mail in.csv | cut -f 3 | paste -s -d ' ')" \
	'an address is one person however it is written'
is "$(cx-ingest -q --key key --pseudonymize x -c x=who in.csv | sed -n 2p | cut -f 1)" \
	a7ba7377c5345690f4e04652be27b0d4 'the same under another name'
# Who is the latest goes by the pseudonym.
sed 1s/id/time/ in.csv | sed 's/^[1-4],/2026-01-0&/; s/^2026-01-0[1-4]/&T00:00:00Z/' >time.csv
is '3 4' "$(cx-ingest -q --key key --pseudonymize mail --latest-per mail time.csv |
	cut -c 10 | tail -n +2 | paste -s -d ' ')" 'the latest by pseudonym'
# One column of the stream is left.
printf 'mail\n\ntaro@example.jp\n' >one.csv
printf 'mail\n\ndc03ef6eb2394feeb971ffc42792b970\n' >want.tsv
cx-ingest -q --key key --pseudonymize mail one.csv >got.tsv
same want.tsv got.tsv 'a table of one column'
fails 2 'the output would have no columns' 'nothing left' \
	cx-ingest --drop mail one.csv

# ---- messages ----

cat >book.tsv <<'EOF2'
column	header	type	range
who		text	
nps		score	0..10
age		number	0..120
EOF2
printf 'who,nps,age\nTaro,eleven,secret\n' >bad.csv
for option in '--drop nps' '--redact nps' '--key key --pseudonymize nps'; do
	# shellcheck disable=SC2086 # a list of words
	cx-ingest -m book.tsv $option bad.csv >out 2>err
	is 'cx-ingest: bad.csv:2: column "nps": a cell, which is not shown, cannot be used: not on the scale' \
		"$(cat err)" "$option: the message shows no cell"
	grep -c eleven out err >count
	is 'out:0 err:0' "$(paste -s -d ' ' count)" "$option: nor does the poison"
done
cx-ingest -m book.tsv -c nps=who -c who=nps --drop age --rejects r.tsv bad.csv 2>err >out
is 'cx-ingest: read 1, kept 0, rejected 1: column "nps": not on the scale 1' \
	"$(cat err)" 'the summary shows no cell'
is 'bad.csv	2	nps	not on the scale	Taro,eleven,secret' "$(tail -n 1 r.tsv)" \
	'the rejects are the records as they were'

# What only a whole column tells quotes cells too, and so do conditions.
cat >open.tsv <<'EOF2'
column	header	type
born	born	time
when	when	time
spent	spent	number
band	band	band
EOF2
hidden='a cell, which is not shown'
cat >open.csv <<'EOF2'
when,spent,band
1/2/2026,1.234,"1,000 - 2,999"
3/4/2026,2.345,"3,000+"
EOF2
# open_is NAME CODEBOOK-ROWS OPTION COLUMN MESSAGE
open_is() {
	grep "^column\|^$2	" open.tsv >book.tsv
	# shellcheck disable=SC2086 # a list of words
	cx-ingest -m book.tsv --tz UTC $3 "$4" open.csv >out 2>err
	is "cx-ingest: open.csv:2: column \"$2\": $5" "$(cat err)" "$1"
	grep -c '1/2\|3/4\|1\.234\|2\.345\|1,000\|3,000' out err >count
	is 'out:0 err:0' "$(paste -s -d ' ' count)" "$1: nor does the poison"
}
for option in --drop --redact '--key key --pseudonymize'; do
	open_is "$option: dates that may be two" when "$option" when \
		"$hidden, and $hidden on line 3, like all such cells, may be month, day, year (mdy) or day, month, year (dmy): say which with --dates or in the codebook's column \"dates\""
done
sign="may be thousands or decimals: say which sign is the decimal one with --decimal or in the codebook's column \"decimal\""
open_is 'numbers that may be two, by the number of their column' spent --redact '#1' \
	"$hidden, and $hidden on line 3, like all such cells, $sign"
open_is 'bands that may be two' band --drop band_mid \
	"$hidden, and $hidden on line 3, like all such cells, $sign"
printf 'when,n\n1/2/2026,1\n13/2/2026,2\n2/13/2026,3\n' >open.csv
cx-ingest -c time=when --tz UTC --drop time open.csv 2>err >out
is "cx-ingest: open.csv:3: column \"time\": $hidden, and $hidden on line 4, are not in one order of day, month and year: say which with --dates or in the codebook's column \"dates\", and put the others aside with --rejects" \
	"$(cat err)" 'dates in two orders'
for option in '--drop who' '--drop x -c x=who' '--redact x -c x=#1'; do
	# shellcheck disable=SC2086 # a list of words
	cx-ingest --where 'who > 5' $option bad.csv >out 2>err
	is "cx-ingest: bad.csv:2: column \"who\": $hidden, cannot be used: not a number" \
		"$(cat err)" "$option: a condition about its source"
done
cx-ingest --flag 'a=nps > 5' --drop nps bad.csv >out 2>err
is "cx-ingest: bad.csv:2: column \"nps\": $hidden, cannot be used: not a number" \
	"$(cat err)" 'a condition of a flag'
cx-ingest --where 'who > 5' --drop nps bad.csv 2>&1 >out | grep -q Taro
ok 'cells of other columns are shown'

# A message has no room for all of the name, which is a whole question.
name=$(printf 'What is it that %s we may know of you?' \
	"$(printf '%0120d' 0 | sed 's/0/x/g')")
printf 'column\theader\ttype\trange\n%s\t%s\tscore\t1..5\n' "$name" "$name" >long.book
printf '%s\n1\nhunter2\n' "$name" >long.csv
fails 1 'long.csv:3' 'a long name' cx-ingest -m long.book --drop "$name" long.csv
! cx-ingest -m long.book --drop "$name" long.csv 2>&1 | grep -q hunter2
ok 'a cell of a column with a long name is not shown'
fails 1 hunter2 'unless nothing is to be hidden' cx-ingest -m long.book long.csv

# ---- what is refused ----

chmod 644 key
fails 2 'cx-ingest: key: others than its owner have access to this key (mode 644)' \
	'a key that others read' cx-ingest --key key --pseudonymize who in.csv
(umask 077 && echo short >short)
fails 2 'cx-ingest: short: a key has 32 to 64 bytes' 'a short key' \
	cx-ingest --key short --pseudonymize who in.csv
fails 1 'cx-ingest: none: cannot open' 'no key file' \
	cx-ingest --key none --pseudonymize who in.csv
fails 2 '--pseudonymize needs --key FILE' 'no key' cx-ingest --pseudonymize who in.csv
fails 2 '--key is for --pseudonymize COLUMN' 'a key for nothing' cx-ingest --key key in.csv
fails 2 '--drop: no column "maill"; did you mean "mail"?' 'a column that is not there' \
	cx-ingest --drop maill in.csv
fails 2 '--redact: "mail" is asked for something else too' 'two wishes' \
	cx-ingest --drop mail --redact mail in.csv

tap_done
