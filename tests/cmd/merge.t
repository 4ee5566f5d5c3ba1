#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# cx-nps --merge of tables over parts of the data is cx-nps over all of it.

# shellcheck disable=SC2154,SC2086	# src and tmp are those of tap.sh; words
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1
sh "$src/scripts/make-sample" -n 3000 . >/dev/null
cx-ingest -q -m "$src/share/sample/codebook-ja.tsv" survey-ja.csv >all.tsv

# split N: part-1 … part-N, records dealt out in turn
split_rows() {
	rm -f part-*
	awk -v n="$1" 'NR == 1 { h = $0; next }
		{ f = "part-" (NR % n + 1); if (!(f in seen)) { print h >f; seen[f] = 1 } print >f }' all.tsv
}

for options in '' '-g segment' '-t month' '-g segment,city -t week --tz Asia/Tokyo' \
	'-g comment'; do
	# shellcheck disable=SC2086 # several words
	cx-nps $options all.tsv >want
	for n in 2 5 16; do
		split_rows $n
		rm -f t-*
		for p in part-*; do
			# shellcheck disable=SC2086
			cx-nps $options "$p" >"t-$p"
		done
		cx-nps --merge t-part-* >got
		same want got "$n parts of: cx-nps $options"
		# shellcheck disable=SC2046,SC2012
		cx-nps --merge $(ls -r t-part-*) >got
		same want got "$n parts in another order: cx-nps $options"
	done
	cx-nps --merge want >got
	same want got "a table alone: cx-nps $options"
	# shellcheck disable=SC2086
	cx-nps -F csv $options all.tsv | cx-nps --merge >got
	same want got "through CSV: cx-nps $options"
done

cx-nps -g segment,city all.tsv >fine
cx-nps -g city all.tsv >want
cx-nps --merge -g city fine >got
same want got 'groups added up over the others'

printf 'g\tn\tpromoters\tpassives\tdetractors\tmissing\tinvalid\na\t3\t1\t1\t2\t0\t0\n' >x
fails 1 'x:2: n is not the sum' 'counts that do not add up' cx-nps --merge x
printf 'g\tn\tpromoters\tpassives\tdetractors\tmissing\tinvalid\na\t1.5\t1\t1\t2\t0\t0\n' >x
fails 1 'x:2: column "n": "1.5" is not a count' 'no count' cx-nps --merge x
fails 2 'no column "n"' 'no table of cx-nps' cx-nps --merge all.tsv
cx-nps -g city all.tsv >other
fails 2 'other:1: this table is grouped by 1 column' 'tables of other groups' \
	cx-nps --merge fine other
fails 2 'fine:1: this table is grouped by 2 column' \
	'tables of other groups, the other way' cx-nps --merge other fine
fails 2 '-s names answers' 'no answers in a merge' cx-nps --merge -s nps fine
fails 2 '--merge has no times' 'no periods in a merge' cx-nps --merge -t day fine
fails 2 '--merge has no times' 'no clocks in a merge' cx-nps --merge --tz UTC fine

# ---- one file under two names ----

mkdir sub && ln fine hard && ln -s ../fine sub/soft || exit 1
twice='and would count twice'
fails 2 "fine is named twice, $twice" 'twice by one name' cx-nps --merge fine fine
for name in ./fine sub/../fine hard sub/soft; do
	fails 2 "$name is the same file as fine, $twice" "again as $name" \
		cx-nps --merge other fine $name
done
fails 2 "standard input is the same file as fine, $twice" 'again as input' \
	sh -c 'cx-nps --merge fine - <fine'
fails 2 "standard input is named twice, $twice" 'standard input twice' \
	sh -c 'cat fine | cx-nps --merge - -'
mkfifo one two && { cat fine >one & } && { cat fine >two & }
cx-nps --merge one two | cut -f 1,2,3 >got
cp fine again && cx-nps --merge fine again | cut -f 1,2,3 >want
same want got 'pipes and copies may hold the same'
wait
for c in 'cx-nps --rejects bad' 'cx-csat --scale 1..5' 'cx-ces --scale 1..7 --high-is good' \
	cx-ingest 'cx-persona --cards' 'cx-journey --view edges' \
	'cx-gaps --scale 1..5'; do
	fails 2 "sub/../all.tsv is the same file as all.tsv, $twice" \
		"records twice: $c" $c all.tsv sub/../all.tsv
done

cx-ingest -q --manifest m.json part-1 >/dev/null
fails 2 "./m.json is the same file as m.json, $twice" 'a manifest twice' \
	cx-report --manifest m.json --manifest ./m.json fine

# ---- tables of different things ----

# apart COMMAND...: it counts by another $column, $is and not $was, than the
# usual table does, and --merge tells.
usual='cx-csat --scale 1..5 -g segment -t week'
apart() {
	$usual part-1 >first
	"$@" part-2 >second
	fails 2 "second: column \"$column\": \"$is\" here, and \"$was\" in first: they cannot" \
		"not with: $*" $1 --scale 1..5 $ends --merge first second
	fails 2 "first: column \"$column\": \"$was\" here, and \"$is\" in second: they cannot" \
		"nor before: $*" $1 --scale 1..5 $ends --merge second first
	$1 --scale 1..5 $ends --merge second >got
	same second got "but alone: $*"
}
split_rows 2
ends=
column='answers' was=csat is=csat_delivery
apart $usual -s csat_delivery
column=tz was=UTC is=Asia/Tokyo
apart $usual --tz Asia/Tokyo
column=counted was=response is=customer-first
apart $usual --unit customer-first
column='answers' was=csat is=csat_search ends='--high-is good'
apart cx-ces --scale 1..5 --high-is good -g segment -t week -s csat_search

# All that is told is told of the sum too, in two steps as in one.
made='cx-csat -q --scale 1..5 -s csat_search -g segment -t month --tz Asia/Tokyo'
split_rows 4
for p in 1 2 3 4; do
	$made part-$p >t-$p
done
$made all.tsv >want
for p in '1 3' '2 4'; do
	cx-csat --scale 1..5 --merge t-${p% *} t-${p#* } >"u-${p% *}"
done
cx-csat --scale 1..5 --merge u-1 u-2 >got
same want got 'sums of sums'
is 'answers	tz' "$(head -n 1 got | cut -f 18,19)" 'a sum tells what it is of'
# Nobody is of anything.
head -n 1 all.tsv | $made >none
cx-csat -q --scale 1..5 --merge none want >got
same want got 'nobody with others'
cx-csat -q --scale 1..5 --merge none >got
same none got 'nobody alone'
head -n 1 part-1 | cx-csat -q --scale 1..5 -g segment -t month >nobody
cx-csat -q --scale 1..5 --merge nobody want >got
same want got 'nobody of the usual with others'

# Without its periods a table has no clocks.
cx-nps -g segment -t month --tz Asia/Tokyo part-1 >t-1
cx-nps -g segment -t month --tz America/Lima part-2 >t-2
cx-nps -g segment -t month part-3 >t-3
cx-nps -g segment part-4 >t-4
cx-nps -g segment all.tsv >want
cx-nps --merge -g segment t-1 t-2 t-3 t-4 >got
same want got 'periods of several zones, added up'

# Customers of a month are others than those of a year.
cx-nps -g segment -t month --unit customer-latest all.tsv >units
fails 2 'units:1: each row counts customers' 'customers added up over months' \
	cx-nps --merge -g segment units
fails 2 'units:1: each row counts customers' 'customers added up over groups' \
	cx-nps --merge -g month units

# In one file too, whatever order threads find it in.
{ cat t-1; sed 's/Asia.Tokyo/Asia\/Seoul/; 1d' t-1; } >both
fails 2 'both: column "tz": "Asia/Tokyo" here, and "Asia/Seoul" in both: they' \
	'one table of two things' cx-nps --merge both
# A column of groups may be called so.
sed '1s/segment/tz/' all.tsv | cx-nps -g tz >zones
cx-nps --merge zones >got
same zones got 'a group called tz'
tap_done
