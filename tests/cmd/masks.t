#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What masked tables give away to who has nothing but them: found by
# subtraction (tests/lib/attack-cards.awk, which knows no masks), or by what
# else they print. tests/oracles/masks.py tries all values instead, by hand.

# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# ---- cards ----

# people SEED: responses of personas of very different sizes.
people() {
	awk -v seed="$1" 'BEGIN {
		srand(seed)
		print "id\tcustomer\tpersona\tamount\tplan\tcity"
		n = 30 + 9 * seed
		for (i = 1; i <= n; i++) {
			p = int(5 * rand() * rand()) + 1
			amount = rand() < .3 ? "" : int(100 * rand())
			plan = int(2 * rand() + .6 * (p == 2))
			city = int(4 * rand() ^ 2) + 1
			print i "\tc" int(rand() * 60) "\tP" p "\t" amount \
				"\tplan" plan "\tcity" city
		}
	}'
}

masks=0
: >found
for seed in 2 4 6 9 12 15 18 20 28 34 36; do
	people $seed | cx-persona -q --cards >cards.tsv
	masks=$((masks + $(grep -c '	<5	\|	\*	' cards.tsv)))
	awk -F '\t' -v min=5 -f "$src/tests/lib/attack-cards.awk" cards.tsv |
		sed "s/^/seed $seed: /" >>found
done
: >want
same want found 'cards: no masked count follows from counts and shares'
[ "$masks" -gt 100 ]
ok "cards: there were masks to attack ($masks)"

# repeat N LINE
repeat() {
	awk -v n="$1" -v line="$2" 'BEGIN { while (n-- > 0) print line }'
}

{
	echo persona,city
	repeat 20 big,x
	repeat 3 ann,x
	repeat 4 zoe,x
} >sizes.csv
cx-persona -q --cards sizes.csv | grep size | cut -f 1,4 >got
printf '%s\t%s\n' big 20 ann '<5' zoe '<5' >want
same want got 'cards: masked ones stand by name, as 7 of the larger first is 4'

{
	echo persona,customer
	for i in 1 2 3 4 5 6 7 8 9; do echo "a,a$i"; echo "b,b$i"; done
	for i in 1 2 3; do echo "c,c$i"; echo "c,c$i"; done
} >customers.csv
cx-persona -q --cards customers.csv | grep customers | cut -f 1,4 >got
printf '%s\t%s\n' a '*' b 9 c '<5' >want
same want got 'cards: customers are masked by twos'

{
	echo persona,amount
	repeat 9 a,1
	repeat 9 b,2
	repeat 3 c,5
	repeat 9 c,
} >amounts.csv
cx-persona -q --cards amounts.csv | grep amount | cut -f 1,3-5 >got
printf '%s\t%s\t%s\t%s\n' b 18.0000 9 42.8571 a '' '*' '' c '' '<5' '' >want
sort want >want.sorted
sort got >got.sorted
same want.sorted got.sorted \
	'cards: with 18 of 42.9 % told, the 15 of three would be known'

{
	echo persona,age
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "a,$i"; echo "b,2$i"; done
	echo c,30
	echo c,40
	repeat 9 c,
} >ages.csv
cx-persona -q --cards ages.csv | grep age | cut -f 1,4,6,9 >got
printf '%s\t%s\t%s\t%s\n' a 12 '' '' b 12 '' '' c '<5' '' '' >want
sort got >got.sorted
same want got.sorted 'cards: no mean of all, as the mean of two would follow'

{
	echo persona,plan,id
	for i in 1 2 3 4 5 6 7 8 9 10; do echo "a,x,$i"; echo "b,x,1$i"; done
	for i in 1 2 3; do echo "b,y,2$i"; done
	repeat 7 'b,,' | awk '{ print $0 3 NR }'
} >zeros.csv
cx-persona -q --cards zeros.csv | grep '	plan	' | cut -f 1,3,4,6 | sort >got
printf '%s\t%s\t%s\t%s\n' a x 10 '' a y 0 '' b x '*' '' b y '<5' '' >want
same want got 'cards: no index of a value that has a masked count'
cx-persona -q --cards -F md zeros.csv | grep -c '<5\|plan' >got
is 1 "$(cat got)" 'cards for people: nothing of what is masked'

# ---- a page, of tables that mask nothing ----

# nps FILE: segments of 3, 40, 9 and 60 answers in two months, and others
awk 'BEGIN {
	print "id\ttime\tnps\tsegment"
	split("3 40 9 60", n, " ")
	for (s = 1; s <= 4; s++)
		for (i = 1; i <= n[s]; i++)
			print ++id "\t2026-0" 1 + (i % 3 == 0) \
				"-05T00:00:00Z\t" i % 11 "\ts" s
}' >nps.tsv
cx-nps -q -g segment nps.tsv >segments.tsv
cx-nps -q -g segment --vs rest nps.tsv >rest.tsv
cx-nps -q -g segment -t month nps.tsv >both.tsv
cx-nps -q nps.tsv >all.tsv

# cells FILE...: the rows of the page, with tabs
cells() {
	cx-report -q -F md "$@" | sed -n 's/^| //p' | grep -v '^---' |
		sed 's/ | /	/g; s/ |$//; s/&lt;/</'
}
cells segments.tsv | cut -f 1-3,6 | grep '^s[0-9]' >got
printf '%s\t%s\t%s\t%s\n' s1 '<5' masked masked s2 40 17 12.5 \
	s3 masked masked masked s4 60 12 -31.7 >want
cut -f 1,2 want >want.n
cut -f 1,2 got >got.n
same want.n got.n 'page: the 3 do not follow from 112 in all'
is 's1 s3' "$(grep masked got | cut -f 1 | tr '\n' ' ' | sed 's/ $//')" \
	'page: both rows are masked whole'
cells rest.tsv | grep '^s[0-9]' | awk -F '\t' '{ print $NF, $(NF - 2) }' |
	sort -u >got
echo 'masked masked' >want
same want got 'page: no difference from a rest that holds what is masked'
cells both.tsv | grep '^s[0-9]' | cut -f 1-3 >got
awk -F '\t' '$3 ~ /^(<5|masked)$/ { groups[$1]++; months[$2]++; n++ }
	END { for (g in groups) bad += groups[g] < 2
		for (m in months) bad += months[m] < 2
		print (n > 2), bad + 0 }' got >found
is '1 0' "$(cat found)" 'page: groups and months, each masked by twos'

awk 'BEGIN {
	print "time\tnps"
	for (i = 1; i <= 63; i++)
		print "2026-0" 1 + (i > 3) + (i > 23) "-05T00:00:00Z\t" i % 11
}' >trend.csv
cx-nps -q -t month --vs previous trend.csv >trend.tsv
cx-nps -q trend.csv >whole.tsv
told() {
	cells "$@" | grep 2026 | awk -F '\t' '{ printf "%s%s", sep, $2
		sep = " " }'
}
is '<5 20 40' "$(told trend.tsv)" 'page: a trend alone hides what is small'
is '<5 masked 40' "$(told trend.tsv whole.tsv)" \
	'page: by twos where the sum stands there, too'
cells trend.tsv | grep 2026 | awk -F '\t' '{ print $(NF - 2) }' | tail -n 2 \
	>got
is masked "$(head -n 1 got)" 'page: a change from a masked month is masked'
is 0 "$(tail -n 1 got | grep -c masked)" 'page: one from another is not'

# Two groups that are 3 and 30 in the first month, and 30 after that: what is
# compared with the 3 is masked, and what would tell them by subtraction.
awk 'BEGIN {
	print "time\tnps\tsegment"
	split("a b c d", names, " ")
	for (s = 1; s <= 4; s++)
		for (m = 1; m <= 3; m++)
			for (i = 0; i < (s == 1 && m == 1 ? 3 : 28 + s + m); i++)
				print "2026-0" m "-05T00:00:00Z\t" i % 11 "\t" names[s]
}' >months.tsv
# compared WITH: of each group and month whether row and difference are masked
compared() {
	cx-nps -q -g segment -t month --vs "$1" months.tsv >compared.tsv
	cells compared.tsv | awk -F '\t' '$1 ~ /^[abcd]$/ {
		line[$1] = line[$1] " " ($3 == "masked" || $3 ~ /^</) \
			($(NF - 2) == "masked")
	}
	END { print "a" line["a"] ", b" line["b"] ", c" line["c"] ", d" line["d"] }'
}
is 'a 11 11 01, b 11 11 01, c 00 00 00, d 00 00 00' "$(compared previous)" \
	'page: changes from masked months alone are masked'
is 'a 11 11 00, b 11 11 00, c 01 01 00, d 01 01 00' "$(compared rest)" \
	'page: differences from a rest, in the months where some is masked'

cx-persona -q --cards --min-n 0 ages.csv >cards.tsv
is 0 "$(cells cards.tsv | grep '^c	' | grep -c 35)" \
	'page: no mean of two from cards that mask nothing'
cx-persona -q --cards --min-n 0 zeros.csv >cards.tsv
is 'masked <5' "$(cells cards.tsv | awk -F '\t' '$2 == "example" { print $3 }' |
	sort -u) $(cells cards.tsv | awk -F '\t' '$3 == "y" && $1 == "b" {
		print $4 }')" 'page: no example that may name what is masked'

awk 'BEGIN {
	print "customer\ttime\ttouchpoint\tcsat"
	for (i = 1; i <= 9; i++) {
		print "c" i "\t2026-01-01T00:00:00Z\tshop\t" i % 5 + 1
		for (j = 2; j <= 4 && i <= 3; j++)
			print "c" i "\t2026-01-0" j "T00:00:00Z\tdesk\t2"
	}
}' >events.tsv
cx-journey -q --scale 1..5 events.tsv >map.tsv
cells map.tsv | grep 'desk	<5' | tr '\t' '\n' | sort -u | tr '\n' ' ' >got
is '<5 desk masked ' "$(sed 's/^ *//; s/(not given) //' got)" \
	'page: three customers who gave nine ratings are three'

# ---- no way back ----

# adds_up_none TEXT SCORE OPTION...
adds_up_none() {
	text=$1 score=$2
	shift 2
	sed "1s/nps/$score/" nps.tsv |
		"cx-$score" -q "$@" --min-n 5 -g segment >masked.tsv
	fails 1 "$text" "cx-$score adds up no masked table" \
		"cx-$score" "$@" --merge masked.tsv
}
adds_up_none '"<5" is not a count' nps
adds_up_none 'counted on "masked"' csat --scale 0..10
adds_up_none 'counted on "masked"' ces --scale 0..10 --high-is good

tap_done
