#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What masked tables give away to who has nothing but them: found by
# subtraction (tests/lib/attack-cards.awk, which knows no masks), or by what
# else they print.

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
is 2 "$(cat got)" 'cards for people: nothing of what is masked'

tap_done
