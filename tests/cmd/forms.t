#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One text in two of Unicode's forms: tests/fixtures/forms/decomposed.csv is
# composed.csv after unicodedata.normalize("NFD", ...) of Python 3.11 (Unicode
# 14), but for its CJK compatibility ideograph, which files of macOS keep.

# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1
cp "$src"/tests/fixtures/forms/*.csv .

if perl -MUnicode::Normalize -e 1 2>/dev/null; then
	perl -MUnicode::Normalize -CSD -pe \
		's/([^\x{F900}-\x{FAFF}]+)/NFC($1)/ge' decomposed.csv >perl.csv
	same composed.csv perl.csv 'Perl composes it so'
else
	skip 'Perl composes it so' 'no Unicode::Normalize'
fi

# ---- the stream ----

cx-ingest -q composed.csv >want.tsv
cx-ingest -q -F csv composed.csv >got.csv
same composed.csv got.csv 'what is composed goes through as it came'
for variant in scan=avx2 scan=sse2 scan=portable block=1 block=7,read=3 \
	piece=64; do
	CX_DEBUG=$variant cx-ingest -q decomposed.csv >got.tsv 2>err
	! grep -q 'no such scanner' err || continue
	cmp -s want.tsv got.tsv || break
done
same want.tsv got.tsv 'the stream is composed, however it is read'
gzip -c decomposed.csv | cx-ingest -q --lenient >got.tsv
same want.tsv got.tsv 'from gzip, and leniently'
cx-ingest -q decomposed.csv | cx-ingest -q >got.tsv
same want.tsv got.tsv 'and once again'

# A mark that crosses any edge of what is scanned and read at a time.
for n in 54 55 56 57 65524 65525 65526 65527 65528 65529; do
	{
		echo a,b
		head -c "$n" /dev/zero | tr '\0' x
		printf ',\343\201\213\343\202\231\n'
	} >edge.csv
	cx-ingest -q -j1 edge.csv | tail -n 1 | cut -f 2
done | sort -u >got
printf '\343\201\214\n' >want
same want got 'a mark at the edge of a block'

# n and a tilde are one character, but not this n: it is a line feed.
printf 'a\tb\nx\\n\314\203\ty\nn\314\203\tz\n' >escape.tsv
cx-ingest -q escape.tsv >got
printf 'a\tb\nx\\n\314\203\ty\n\303\261\tz\n' >want
same want got 'an escape is none of its letters'

# U+0958 becomes two characters, as long each.
awk 'BEGIN {
	print "a,b"
	while (n++ < 500) printf "\340\245\230"
	print ",1"
}' >long.csv
cx-ingest -q long.csv | tail -n 1 | cut -f 1 | wc -c | tr -d ' ' >got
is 3001 "$(cat got)" 'a record that becomes twice as long'

printf 'a,b\n"\314\201","e\314\201""e\314\201"\n' | cx-ingest -q >got
printf 'a\tb\n\314\201\t\303\251"\303\251\n' >want
same want got 'quotes, and a mark of nothing'

printf 'a,b\n\343\201\213\343\202\231,\377\n1,2,3\n' >bad.csv
cx-ingest -q --rejects rejects bad.csv >got
is 'invalid UTF-8,ragged row' "$(cut -f 4 rejects | sed 1d | paste -s -d , -)" \
	'what is no UTF-8 stays an error'
printf 'a,b\ne\314\201,2,3\n' | cx-ingest -q --rejects rejects >got
grep -q "$(printf 'e\314\201')" rejects
ok 'a rejected record is told as it stands in the input'

# ---- names and values ----

# both LABEL COMMAND...: prints the same of either file.
both() {
	name=$1
	shift
	"$@" composed.csv >want 2>&1 && "$@" decomposed.csv >got 2>&1
	ok "$name: runs"
	same want got "$name: the same of either"
}
given=満足度が
apart=$(head -n 1 decomposed.csv | cut -d , -f 3)
both 'a column by its name' cx-ingest -q -c "nps=$given"
both 'by its name in the other form' cx-ingest -q -c "nps=$apart"
cx-ingest -q -c "nps=$apart" composed.csv | cmp -s - want
ok 'one stream of either name'
both 'a condition' cx-ingest -q --where '国 == "カナダ"'
is 3 "$(wc -l <got | tr -d ' ')" 'a condition finds what it asks for'
word=$(sed -n 2p decomposed.csv | cut -d , -f 4)
cx-ingest -q --where "国 == \"$word\"" composed.csv >got
same want got 'a condition in the other form'

printf 'column\theader\ttype\tlabels\nnps\t%s\tscore\t\nland\t国\tlabel\t%s\n' \
	"$given" 'カナダ=1|ガーナ=2' >book.tsv
printf 'column\theader\ttype\tlabels\nnps\t%s\tscore\t\nland\t国\tlabel\t%s\n' \
	"$apart" "$word=1|ガーナ=2" >apart.tsv
both 'a codebook' cx-ingest -q -m book.tsv
cp got want
cx-ingest -q -m apart.tsv composed.csv >got
same want got 'a codebook in the other form'

both 'pseudonyms of a column that messages are not to show' \
	cx-ingest -q --drop "$apart"

cat composed.csv decomposed.csv | awk 'NR == 1 || !/^id/' >twice.csv
cx-ingest -q --duplicates keep twice.csv | cx-nps -s "$apart" -g customer |
	cut -f 1,2 | sort >got
printf '%s\t2\n' customer が1 josé ペ 大塚 | sed 's/^customer	2/customer	n/' |
	sort >want
same want got 'customers and columns of two forms are one'

# ---- behind cx-ingest ----

cx-nps -s "$given" composed.csv | cut -f 1-12 >want
cx-nps -s "$given" decomposed.csv | cut -f 1-12 >got
same want got 'a table that was not taken in: its columns'
cx-nps --explain -s "x$given" decomposed.csv >got 2>&1
is 2 $? 'and a column that is not there'

tap_done
