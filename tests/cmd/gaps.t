#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# cx-gaps: the same table whatever way the respondents come, states merged,
# bad input, odd drivers.

# shellcheck disable=SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"
. "${srcdir:-.}/tests/lib/ways.sh"

cd "$tmp" || exit 1

for size in 'small 900' 'large 7000'; do
	awk -v records="${size#* }" -f "$src/tests/oracles/gaps-data.awk" |
		cut -f 1-4,6-11 >"${size% *}.tsv"
done
awk -v records=160 -f "$src/tests/oracles/gaps-data.awk" |
	cmp -s - "$src/tests/golden/data/touchpoints.tsv"
ok 'touchpoints.tsv is what its script writes'
gaps() {
	cx-gaps -q --scale 1..5 "$@"
}

# parts N FILE: part-0 … part-(N-1), rows dealt out in turn
parts() {
	rm -f part-*
	awk -v n="$1" 'NR == 1 { h = $0; next }
		{ f = "part-" NR % n; if (!(f in seen)) { print h >f; seen[f] = 1 } print >f }' "$2"
}

for size in small large; do
	for options in '' '-g persona' '-w w -g persona --target best' \
		'--missing listwise' '--missing met --importance johnson' \
		'-y c --intervals jackknife'; do
		drivers=a,b,c,d
		[ "${options#-y c}" = "$options" ] || drivers=a,b,d
		# shellcheck disable=SC2086 # several words
		gaps -x $drivers $options -j 1 $size.tsv >want
		[ "$(wc -l <want)" -gt 3 ]
		ok "$size $options: a table"
		shuffled $size.tsv 1 >shuffled.tsv
		# shellcheck disable=SC2086
		gaps -x $drivers $options shuffled.tsv >got
		same want got "$size $options: rows in another order"
		# shellcheck disable=SC2086
		CX_DEBUG=piece=4096 gaps -j 7 -x $drivers $options $size.tsv >got
		same want got "$size $options: 7 threads, small pieces"
		# shellcheck disable=SC2086
		gaps -x "$(echo $drivers | tr abcd dcba | tr , '\n' |
			grep -v '^$' | grep "[$drivers]" | paste -s -d , -)" \
			$options -j 2 $size.tsv >got
		[ "$drivers" != a,b,c,d ] ||
			same want got "$size $options: drivers in another order"
		for n in 2 5; do
			rm -f s-part-*
			parts $n $size.tsv
			for p in part-*; do
				# shellcheck disable=SC2086
				gaps -x $drivers $options --state "$p" >"s-$p"
			done
			# What is not of the state is given to the merge.
			late=
			case $options in
			*listwise*) late='--missing listwise' ;;
			*met*) late='--missing met --importance johnson' ;;
			*best*) late='--target best' ;;
			*jackknife*) late='--intervals jackknife' ;;
			esac
			# shellcheck disable=SC2046,SC2012,SC2086
			cx-gaps -q --merge $late $(ls -r s-part-*) >got
			same want got "$size $options: $n states merged"
			# shellcheck disable=SC2086
			cx-gaps -q --merge --state s-part-* |
				cx-gaps -q --merge $late >got
			same want got "$size $options: $n states, twice merged"
		done
	done
done

# ---- other units, other names ----

gaps -x a,b,c,d small.tsv >want
awk -F '\t' 'BEGIN { OFS = "\t" }
	NR > 1 { for (i = 5; i <= 8; i++) if ($i != "") $i *= 10 } { print }' \
	small.tsv >tens.tsv
cx-gaps -q --scale 10..50 --top 20 --bottom 20 -x a,b,c,d tens.tsv >got
cut -f 1-15,20-34 want >w
cut -f 1-15,20-34 got >g
same w g 'ratings in another unit: the same but for the boxes'
sed '1s/customer/other/' small.tsv >nobody.tsv
gaps -x a,b,c,d nobody.tsv | cut -f 1-5,8 >g
cut -f 1-5,8 want >w
same w g 'without customers: the same estimates'

# ---- long streams ----

awk -F '\t' 'BEGIN { OFS = "\t"; print "id", "customer", "persona", "touchpoint", "nps", "csat", "w", "amount" }
	NR == 1 { for (i = 5; i <= 8; i++) name[i] = $i; next }
	{
		print $1, $2, $3, "", $4, "", $9, $10
		for (i = 5; i <= 8; i++)
			if ($i != "")
				print $1, $2, $3, name[i], "", $i, "", ""
	}' small.tsv >long.tsv
for options in '' '-g persona' '-w w'; do
	# shellcheck disable=SC2086
	gaps $options -x a,b,c,d small.tsv >want
	# shellcheck disable=SC2086
	gaps $options long.tsv >got
	same want got "a long stream $options"
	shuffled long.tsv 1 >shuffled.tsv
	# shellcheck disable=SC2086
	CX_DEBUG=piece=2048 gaps -j 3 $options shuffled.tsv >got
	same want got "a long stream $options, shuffled"
done
gaps --by customer long.tsv >got
[ "$(wc -l <got)" -eq 5 ]
ok 'a long stream by customer'
# Means of 2, 2.5, 3, 3.5 and 4: one of 1 and 2, one of 4 and 5.
awk 'BEGIN {
	print "id\tcustomer\ttouchpoint\tnps\tcsat"
	for (i = 4; i <= 8; i++) {
		print i "\tc" i "\t\t" i "\t"
		print i "\tc" i "\tx\t\t" int(i / 2)
		print i "\tc" i "\tx\t\t" int((i + 1) / 2)
	}
}' >means.tsv
is '5 20.0000 20.0000' "$(gaps --by customer means.tsv |
	awk -F '\t' 'NR == 2 { print $4, $14, $17 }')" 'means and boxes'

# From an export to the list, as wide and as long streams.
sh "$src/scripts/make-sample" -n 700 . >/dev/null
awk -F '\t' 'BEGIN { OFS = FS }
	NR == 1 { n = NF; print $0, "touchpoint", "stage"; next }
	{ stage = name = "" }
	/^csat_/ { name = substr($1, 6); $1 = "csat"; stage = "use" }
	{ $(n + 1) = name; $(n + 2) = stage; print }' \
	"$src/share/sample/codebook-ja.tsv" >long.book
cp "$src/share/sample/stores-ja.tsv" .
cx-ingest -q -m "$src/share/sample/codebook-ja.tsv" survey-ja.csv >wide.tsv
gaps -g segment --target 80 wide.tsv \
	-x csat_search,csat_checkout,csat_delivery,csat_returns,csat_support |
	sed 's/csat_//' >want
cx-ingest -q -m long.book survey-ja.csv |
	gaps -g segment --target 80 | awk -F '\t' 'BEGIN { OFS = FS }
		NR > 1 { $3 = $3 == "use" ? "" : "no stage" } { print }' >got
same want got 'through cx-ingest, wide and long'

# ---- intervals ----

# The two ways agree: half-widths of importance, performance and change as
# far as 100 blocks can tell them (to 7 %, one standard error), and centres
# within a sixth of the half-width.
for way in bootstrap jackknife; do
	gaps -x a,b,c,d --target 90 --reps 1000 --intervals $way large.tsv |
		sort -t '	' -k 2 | cut -f 2,6,7,9,10,24,25 >"by-$way"
done
paste by-bootstrap by-jackknife | awk -F '\t' '
	NR > 0 && $1 != "touchpoint" {
		for (i = 2; i <= 6; i += 2) {
			h = ($(i + 1) - $i) / 2
			k = ($(i + 8) - $(i + 7)) / 2
			off = ($(i + 1) + $i - $(i + 8) - $(i + 7)) / 2
			if (h / k < .8 || h / k > 1.25 || off > h / 6 || off < -h / 6)
				print $1, i, h, k, off
		}
		n++
	}
	END { if (n != 4) print n " rows" }' >differ
[ ! -s differ ]
ok 'bootstrap and jackknife agree'
sed 's/^/# /' differ
gaps -x a,b,c,d small.tsv >one
gaps -x a,b,c,d --seed 2 small.tsv >two
! cmp -s one two && cut -f 1-5,8 one >w && cut -f 1-5,8 two >g
same w g '--seed changes intervals only'

# ---- odd drivers ----

awk -F '\t' 'BEGIN { OFS = "\t" }
	NR == 1 { print $0, "same", "flat", "sum"; next }
	{ print $0, $5, 3, $5 == "" || $7 == "" ? "" : ($5 + $7) / 2 }' \
	small.tsv >odd.tsv
# evidence TOUCHPOINT: its importance and evidence in the table `got`
evidence() {
	awk -F '\t' -v t="$1" '$2 == t { print $5, $35 }' got
}
gaps -x a,b,flat odd.tsv >got
is ' suppressed: all ratings alike' "$(evidence flat)" 'a constant driver'
gaps -x a,b odd.tsv | cut -f 2,5 | sort >w
grep -v flat got | cut -f 2,5 | sort >g
same w g 'leaves the others as they are'
gaps -x a,b,same odd.tsv >got
evidence a | grep -q 'made up of other drivers'
ok 'a driver that is there twice'
is "$(evidence a)" "$(evidence same)" 'shares its importance with itself'
gaps -x a,c,sum odd.tsv >got
evidence sum | grep -q 'made up of other drivers'
ok 'a driver that is the mean of two others'
gaps -y a -x same,b odd.tsv >got
is 1.0000 "$(awk -F '\t' 'NR == 2 { print $40 }' got)" 'a perfect fit'
head -n 4 small.tsv | gaps -x a,b,c,d >got
is 4 "$(grep -c 'suppressed: ' got)" \
	'fewer rows than drivers'
awk -F '\t' 'BEGIN { OFS = FS } NR > 1 { $4 = 9 } { print }' small.tsv |
	gaps -x a,b,c,d >got
is 4 "$(grep -c 'all outcomes alike' got)" 'outcomes that are alike'

# ---- pictures ----

sed '1s/a	b	c	d/<b>	x\&y	配送	d/' small.tsv >names.tsv
gaps -g persona -x '<b>,x&y,配送,d' -F svg names.tsv >one.svg
CX_DEBUG=piece=999 gaps -j 5 -g persona -x 'd,配送,x&y,<b>' -F svg \
	-o two.svg names.tsv
cmp one.svg two.svg && [ "$(grep -c '<b>' one.svg)" = 0 ] &&
	grep -q '配送' one.svg && grep -q '&lt;b&gt;' one.svg
ok 'a picture: names are text, whatever they are'
if command -v xmllint >/dev/null; then
	xmllint --noout one.svg
	ok 'a picture is XML'
else
	skip 'a picture is XML' 'no xmllint'
fi
fails 2 '-F svg draws the gaps' 'no picture of a state' \
	gaps -x a -F svg --state small.tsv
fails 2 '--state prints none' 'no gate on a state' \
	gaps -x a --fail-if 'n<1' --state small.tsv

# ---- bad input ----

awk -F '\t' 'BEGIN { OFS = "\t" } NR > 1 { $4 = "" } { print }' small.tsv >none.tsv
fails 1 'none of 900 respondents has an outcome in "nps"' \
	'an outcome that is missing everywhere' gaps -x a,b none.tsv
fails 1 'tens.tsv:2: column "a": "' 'ratings off the scale' gaps -x a,b tens.tsv
gaps -x a,b --scale b=10..50 --rejects r.tsv small.tsv >/dev/null 2>&1
[ "$(wc -l <r.tsv)" -gt 700 ]
ok 'ratings on mixed scales that are not: rejects'
awk -F '\t' 'BEGIN { OFS = "\t" } NR > 1 && $6 != "" { $6 *= 10 } { print }' \
	small.tsv >mixed.tsv
cx-gaps -q --scale 1..5 --scale b=10..50 -x a,b,c,d mixed.tsv | cut -f 1-13 >g
gaps -x a,b,c,d small.tsv | cut -f 1-13 >w
same w g 'ratings on mixed scales that are told'
cx-gaps -q --scale b=0..10 --scale 0..10 --scale b=10..50 --scale 1..5 \
	-x a,b,c,d mixed.tsv | cut -f 1-13 >g
same w g 'of scales of one thing the last counts'
fails 2 '--scale is required' 'no scale' cx-gaps -x a small.tsv
fails 2 'there is no column "touchpoint"' 'neither wide nor long' \
	gaps small.tsv
fails 2 'no column "nonsense"' 'a driver that is not there' \
	gaps -x nonsense small.tsv
fails 2 '"nps" is the outcome' 'the outcome as a driver' \
	gaps -x a,nps small.tsv
fails 2 '--importance: "magic" is not lmg, johnson' 'no such method' \
	gaps -x a --importance magic small.tsv
fails 2 '--expect names 1 column(s), and -x 2' 'too few expectations' \
	gaps -x a,b --expect c small.tsv
fails 2 'are for --view gaps' 'a target of dimensions' \
	gaps -x a --expect b --view dimensions --target 80 small.tsv
fails 2 '--target: "high"' 'no such target' gaps -x a --target high small.tsv
fails 2 '--cross: "1"' 'half a cross' gaps -x a --cross 1 small.tsv
fails 2 '--merge reads states' 'a merge with drivers' \
	cx-gaps --merge -x a small.tsv
for option in '-y c' '-g persona' '-w w' '--scale 1..5' '--top 1' '--bottom 1' \
	'--high-is bad' '--by customer' '--rating a' '--expect a' '--stated a'; do
	# shellcheck disable=SC2086 # two words
	fails 2 '--merge reads states' "a merge with $option" \
		cx-gaps --merge $option small.tsv
done
for option in '--by customer' '--rating a'; do
	# shellcheck disable=SC2086 # two words
	fails 2 'are of long streams, without -x' "$option of a wide one" \
		gaps -x a $option small.tsv
done
fails 2 'no column "kind"' 'a merge of no states' cx-gaps --merge small.tsv
fails 2 '--scale: there is no touchpoint "bb"' 'a scale of nothing' \
	gaps -x a,b --scale bb=0..10 small.tsv
printf 'touchpoint\ttarget\na\t70\nz\t80\ny\t90\n' >items.tsv
cx-gaps --scale 1..5 -x a,b --items items.tsv small.tsv 2>&1 >/dev/null |
	grep -q 'items.tsv: touchpoints that are not rated: 2, such as "z"'
ok 'touchpoints of --items that are not rated'
printf 'touchpoint\ttarget\na\t70\na\t80\n' >items.tsv
fails 1 'items.tsv:3: "a" stands here twice' 'a touchpoint twice in --items' \
	gaps -x a,b --items items.tsv small.tsv
printf 'touchpoint\ttarget\na\t170\n' >items.tsv
fails 1 'items.tsv:2: column "target": "170" is not from 0 to 100' \
	'a target off the scale' gaps -x a,b --items items.tsv small.tsv
gaps -x a,b --state small.tsv >ab
gaps -x a,c --state small.tsv >ac
fails 1 'not all states have the driver "c", as ac has' 'states of other drivers' \
	cx-gaps --merge ab ac
gaps -x a,b -w w --state small.tsv >aw
fails 1 'aw: --weight is "w", and "" in ab' 'states of other weights' \
	cx-gaps --merge ab aw
awk -F '\t' 'BEGIN { OFS = FS } { $(NF + 1) = NR > 1 ? 2 : "v" } 1' small.tsv >two.tsv
gaps -x a,b -w v --state two.tsv >av
fails 1 'aw: --weight is "w", and "v" in av' 'weights of another column' \
	cx-gaps --merge av aw
gaps -x a,b --expect a,b --state small.tsv >ae
gaps -x a,b --expect b,a --state small.tsv >be
fails 1 'be: --expect is "b,a", and "a,b" in ae' 'other expectations' \
	cx-gaps --merge ae be
gaps -x a,b -y c --state small.tsv >ac
fails 1 'ac: the outcome is "c", and "nps" in ab' 'another outcome' \
	cx-gaps --merge ab ac
gaps -x a,b --top 1 --state small.tsv >boxed
fails 1 'boxed: the scale of "a" (low, high, top, bottom, 1 where high is good; and' \
	'other boxes' cx-gaps --merge ab boxed
awk -F '\t' 'BEGIN { OFS = FS; print "id", "customer", "nps", "touchpoint", "csat", "ces" }
	NR > 1 { print $1, $2, $4, "", "", ""; print $1, $2, "", "a", $5, $6 }' \
	small.tsv >long.tsv
gaps --state long.tsv >long
gaps --by customer --state long.tsv >customers
gaps --rating ces --state long.tsv >efforts
fails 1 'customers: --by is "customer", and "id" in long' 'other respondents' \
	cx-gaps --merge long customers
fails 1 'efforts: --rating is "ces", and "csat" in long' 'other ratings' \
	cx-gaps --merge long efforts
fails 1 'long: --by is "id", and "" in a' 'wide and long' \
	sh -c 'cx-gaps -q --scale 1..5 -x a --state small.tsv >a; cx-gaps --merge a long'
fails 2 'no --where' 'some rows of a state' cx-gaps --merge --where 'key != "a"' ab
cp small.tsv again.tsv
gaps -x a,b --state again.tsv >again
for n in 2 3 4 5 20 $(($(wc -l <ab) - 1)); do
	head -n $n ab >part
	fails 1 'part: it has fewer rows than it tells of' "a state cut behind line $n" \
		cx-gaps --merge again part
done
sed 's/^facts	\([^	]*\)	[0-9]* /facts	\1	/' ab >broken
fails 1 'a row of the kind facts cannot be read' 'a broken state' \
	cx-gaps --merge broken
sed '/^record/s/ [0-9]*$/ 99999999999999999999/' ab >broken
fails 1 'a row of the kind record cannot be read' 'a record off the map' \
	cx-gaps --merge broken
# 2^64 + 3000000, of which 64 bits are the rating 3
sed '/^record/s/ [0-9]*$/ 18446744073712551616/' ab >broken
fails 1 'a row of the kind record cannot be read' 'a record of 65 bits' \
	cx-gaps --merge broken
fails 2 'more than 1000 groups' 'a ranking for each respondent' \
	gaps -x a,b -g id large.tsv
awk -F '\t' 'BEGIN { OFS = FS } NR > 1 { $9 = 1000000; $4 = 1000000 - NR }
	NR == 1 { $4 = "sales" } { print }' small.tsv >huge.tsv
fails 1 'the sums are too large' 'weights that are too large' \
	gaps -y sales -x a,b -w w huge.tsv
awk -F '\t' 'BEGIN { OFS = FS } NR > 1 { $9 = 1000000; $4 = 1000000 - NR }
	NR == 1 { $4 = "sales" } { print }' large.tsv >huge.tsv
fails 1 'the sums are too large' 'sums of blocks too large together' \
	gaps -y sales -x a,b -w w huge.tsv
printf 'id\tnps\tw\ta\n1\t9\t1000001\t3\n' >heavy.tsv
fails 1 '"1000001" is not a weight from 0 to 1000000' 'a weight too large' \
	gaps -x a -w w heavy.tsv

# R: d <- c(-1, -3, -1, 0, -3)
#    25 * (mean(d) + c(0, -1, 1) * qt(0.975, 4) * sd(d) / sqrt(5))
cat >expected.tsv <<'END'
id	nps	a	b	ea	eb
1	9	4	3	5	
2	3	2	2	5	
3	7	3	1	4	
4	10	5	4	5	
5	0	1	5	4	
END
is '1 5.0000 90.0000 50.0000 -40.0000 -81.6467 1.6467 1.0000 -40.0000' \
	"$(gaps -x a,b --expect ea,eb --view dimensions expected.tsv |
		awk -F '\t' '$1 == "" { $1 = ""; sub(/^ /, ""); print }')" \
	'a dimension nobody had expectations of has no part in all'

# One respondent alone is unhappy, with a. Of bootstrap samples (1 - 1/40)^40,
# a third, are without him and tell nothing of either driver.
awk 'BEGIN {
	print "id\tnps\ta\tb"
	for (i = 1; i <= 40; i++)
		print i "\t" (i == 40 ? 0 : 9) "\t" (i == 40 ? 1 : 3 + i % 2) "\t" \
			4 + int(i / 2) % 2
}' >one.tsv
gaps -x a,b one.tsv >ranks
is 'a 1 1 b 2 2' "$(awk -F '\t' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ printf "%s%s %d %d", (NR > 2 ? " " : ""), $(at["touchpoint"]),
		$(at["rank_lo"]), $(at["rank_hi"]) }' ranks)" \
	'a sample that tells nothing ranks nobody first'
tap_done
