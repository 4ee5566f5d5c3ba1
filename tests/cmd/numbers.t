#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Numbers as exports write them. Which sign is the decimal one is what a whole
# column says, or the user. What they are was worked out by hand.
# shellcheck disable=SC2016	# the dollars are money
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# column TYPE CELL...: n.tsv, a table of one column and a number, and its book
column() {
	printf 'column\theader\ttype\nv\tSpent\t%s\n' "$1" >book.tsv
	shift
	printf 'Spent\tn\n' >n.tsv
	for cell in "$@"; do
		printf '%s\t1\n' "$cell" >>n.tsv
	done
}

# reads WANT NAME TYPE CELL...
reads() {
	want=$1 name=$2
	shift 2
	column "$@"
	cx-ingest -m book.tsv n.tsv 2>err | sed 's/	1$//' | tail -n +2 >got
	is "$want" "$(tr '\n' '|' <got | tr '\t' ' ')" "$name"
}

reads '12|-3.50|1e6||007|' 'plain numbers stay as they are' \
	number 12 -3.50 1e6 '' 007
reads '123|1234|1234.5|' 'full width, and a point that tells' \
	number １２３ '１，２３４' '1,234.5'
grep -qF 'column "v": the decimal sign is a point: 1 of 2 cells with a comma or a point can have no other' err
ok 'which is told where it decides'
reads '3.5|1.234|' 'a comma that tells' number '3,5' '1,234'
grep -qF 'column "v": the decimal sign is a comma: 1 of 2 cells with a comma or a point can have no other' err
ok 'and is told'
reads '1234|1234567|' 'spaces' number '1 234' '1 234 567'
column number 1.234 2.345 12
fails 1 'n.tsv:2: column "v": "1.234", and "2.345" on line 3, like all such cells, may be thousands or decimals: say which sign is the decimal one with --decimal or in the codebook' \
	'thousands or decimals: nobody can tell' cx-ingest -m book.tsv n.tsv
# shellcheck disable=SC2002 # it is the pipe that is wanted
cat n.tsv >pipe.tsv
fails 1 'standard input:2: column "v": "1.234"' 'the same of a pipe' \
	sh -c 'cat pipe.tsv | cx-ingest -m book.tsv'
is '1.234 2.345 12' "$(cx-ingest -q --decimal . -m book.tsv n.tsv |
	cut -f 1 | tail -n 3 | tr '\n' ' ' | sed 's/ $//')" '--decimal .'
is '1234 2345 12' "$(cx-ingest -q --decimal , -m book.tsv n.tsv |
	cut -f 1 | tail -n 3 | tr '\n' ' ' | sed 's/ $//')" '--decimal ,'
printf 'column\theader\ttype\tdecimal\nv\tSpent\tnumber\t,\n' >book.tsv
is '1234 2345 12' "$(cx-ingest -q --decimal . -m book.tsv n.tsv |
	cut -f 1 | tail -n 3 | tr '\n' ' ' | sed 's/ $//')" 'the codebook goes first'
column number 1,5 1.5
fails 1 'n.tsv:2: column "v": "1,5", and "1.5" on line 3, are not numbers with one decimal sign' \
	'two signs' cx-ingest -m book.tsv n.tsv
cx-ingest -q --decimal . --rejects r.tsv -m book.tsv n.tsv >got
is "$(printf 'n.tsv\t2\tv\tnot a number\t1,5\\t1')" "$(tail -n 1 r.tsv)" \
	'with one that is told the other is a reject'
fails 2 '--decimal: ";" is no decimal sign; it is a point or a comma' \
	'no such sign' cx-ingest --decimal ';' -m book.tsv n.tsv
printf 'column\ttype\tdecimal\nSpent\tnumber\tdot\n' >bad.tsv
fails 2 'bad.tsv:2: column "decimal": "dot" is no decimal sign; it is a point or a comma' \
	'no such sign in the codebook' cx-ingest -m bad.tsv n.tsv
column number '5 EUR'
fails 1 '"5 EUR" is not a number' 'a number has no currency' \
	cx-ingest -m book.tsv n.tsv
column number 5%
fails 1 '"5%" is not a number' 'and no percent sign' cx-ingest -m book.tsv n.tsv

# shellcheck disable=SC2016 # dollars
reads '1234|-1234.50|-5|12|' 'money' money '$1,234' '(1,234.50)' '-$5' 'USD 12'
reads '1234|-1234|1234|' 'money of Japan' money '1,234円' '▲1,234' '￥1,234'
reads '15000|15000|15000|10500|12500|123450000|3000000|1234000|-20000|' \
	'money with powers of ten in words' money '1万5千円' '1万5000' '1.5万円' \
	'1万500円' '１万２千５百円' '1億2,345万円' '3百万円' '1,234千円' '-2万円'
column money 1万5
fails 1 'nobody can tell what the last digits of "1万5" stand for: write them out' \
	'what people say for 15000' cx-ingest -m book.tsv n.tsv
for cell in 1万15000円 1万1億円 千円 万 1.5万5千円 1万万5円; do
	column money $cell
	fails 1 "\"$cell\" is not a sum of money" "$cell is none" \
		cx-ingest -m book.tsv n.tsv
done

# One column, one currency. A sign may stand for several.
reads '10|3|7|1|' 'dollars, and nothing but dollars' money '$10' '$3' 'A$7' 1
reads '1000|500|20|' 'yen by three names' money '¥1,000' '500円' 'JPY 20'
column money '¥1,000' 12 '$10' '€5'
wrong='n.tsv:2: column "v": "¥1,000", and "$10" on line 4, are not in one currency: name the one that is meant behind the type in the codebook, as in "money JPY"'
fails 1 "$wrong" 'two currencies' cx-ingest -m book.tsv n.tsv
fails 1 "$wrong" 'the same in pieces' env CX_DEBUG=piece=5,block=3 cx-ingest -j 3 -m book.tsv n.tsv
fails 1 "$wrong" 'no way round it' cx-ingest --rejects r.tsv -m book.tsv n.tsv
fails 1 'column "v": a cell, which is not shown, and a cell, which is not shown' \
	'two currencies, hidden' cx-ingest --drop v -m book.tsv n.tsv
printf 'Spent\tn\nUS$1\t1\n' >x.tsv
printf 'Spent\tn\nA$1\t1\n' >y.tsv
fails 1 'x.tsv:2: column "v": "US$1", and "A$1" on line 2 of y.tsv, are not in one currency' \
	'two dollars in two files' cx-ingest -m book.tsv x.tsv y.tsv
column 'money ¥' '¥1,000' 12 '$10' '€5' 500円
cx-ingest --rejects r.tsv -m book.tsv n.tsv >got 2>err
is '1000 12 500' "$(cut -f 1 got | tail -n +2 | paste -s -d ' ' -)" \
	'one that is named, and the others rejected'
grep -q 'rejected 2: column "v": another currency 2$' err
ok 'and counted'
column 'money XYZ' 1
fails 2 'column "type": "XYZ" is no currency that is known' 'no such currency' \
	cx-ingest -m book.tsv n.tsv
column 'id 2.5' 7
fails 2 'column "type": nothing like "2.5" goes with id' 'no such width' \
	cx-ingest -m book.tsv n.tsv
column money '１，２３４，５６７，８９０，１２３．５０ ＵＳＤ' '€5'
fails 1 'column "v": "１，２３４，５６７，８９０，１２３．５０ ＵＳＤ", and "€5" on line 3, are not in one currency' \
	'a long cell as it is' cx-ingest -m book.tsv n.tsv
reads '1234|12|1234.50|' 'money, with commas: cents have no third digit' \
	money '1.234 €' '12 EUR' '1.234,50 €'
reads '12|12.5|12|' 'percent' percent 12% '12.5 %' １２％
column percent 12
fails 1 '"12" is not a percentage, with its sign' 'which must be there' \
	cx-ingest -m book.tsv n.tsv

reads '1000 3000 2000| 5990000 |6000000 10000000 8000000|10  |20 29 24.5|' \
	'bands, Japanese' \
	band '1,000円以上 3,000円未満' '〜599万円' '600〜1000万円' \
	'１０回目以上' 20代
reads '1000 3000 2000| 1000 |3000  |5 5 5|' 'bands, English' \
	band '$1,000 - $3,000' 'under $1,000' '$3,000 or more' 5
is 'v_low v_high v_mid n' "$(cx-ingest -q -m book.tsv n.tsv | head -n 1 |
	tr '\t' ' ')" 'their columns'
column band '1,000 - 2,999' '3,000+'
fails 1 'column "v": "1,000 - 2,999", and "3,000+" on line 3, like all such cells, may be thousands or decimals' \
	'bands: nobody can tell' cx-ingest -m book.tsv n.tsv
is '1000 2999 1999.5' "$(cx-ingest -q --decimal . -m book.tsv n.tsv |
	sed -n 2p | cut -f 1-3 | tr '\t' ' ')" 'but for the user'
reads '15000 20000 17500| 12000 |' 'bands with powers of ten in words' band \
	1万5千円以上2万円未満 〜1万2千円
column band '$5 - €10'
fails 1 'is not a range of numbers' 'a band of two currencies' \
	cx-ingest -m book.tsv n.tsv
column band '¥1,000 - ¥2,000' '$5 - $10'
fails 1 '"¥1,000 - ¥2,000", and "$5 - $10" on line 3, are not in one currency' \
	'bands in two currencies' cx-ingest -m book.tsv n.tsv
column band many
fails 1 'column "v_low": "many" is not a range of numbers' 'no band' \
	cx-ingest -m book.tsv n.tsv
printf 'column\theader\ttype\trange\tmissing\tlabels\nv\tSpent\tband\t0..10000\t無回答\tlots=5,000円以上\n' >book.tsv
printf 'Spent\tn\n5,000円以上\t1\n1,000円未満\t1\n無回答\t1\nlots\t1\n' >n.tsv
cx-ingest -m book.tsv n.tsv >got 2>err
printf 'v_low\tv_high\tv_mid\tn\n5000\t10000\t7500\t1\n0\t1000\t500\t1\n\t\t\t1\n5000\t10000\t7500\t1\n' >want
same want got 'a range closes open ends; missing codes and labels as ever'
grep -q 'missing code: 1;' err
ok 'a missing code is counted once'
printf '20,000円以上\t1\n' >>n.tsv
fails 1 '"20,000円以上" is not from 0 to 10000' 'and bounds them' \
	cx-ingest -m book.tsv n.tsv

printf 'a,nps\n1,８\n2,"8,0"\n3,１０\n' >n.csv
printf 'column\theader\ttype\tdecimal\nnps\tnps\tscore\t,\n' >book.tsv
is '8 8 10' "$(cx-ingest -q -m book.tsv n.csv | cut -f 1 | tail -n 3 |
	tr '\n' ' ' | sed 's/ $//')" 'scores: full width, decimal comma'
tap_done
