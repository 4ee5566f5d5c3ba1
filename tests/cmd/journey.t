#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# cx-journey against an independent script, on the sample and on real event
# logs; and that the way of the records does not show.

# shellcheck disable=SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"
. "${srcdir:-.}/tests/lib/ways.sh"

cd "$tmp" || exit 1
oracle=$src/tests/oracles/journey.awk
sh "$src/scripts/make-sample" -n 1200 . || exit 1

# ---- against the script ----

# oracle_agrees NAME FILE [channels]
oracle_agrees() {
	gawk -v view=edges -f "$oracle" "$2" >want
	cx-journey -q --view edges "$2" | tail -n +2 >got
	same want got "$1: edges"
	gawk -v view=paths -f "$oracle" "$2" >want
	cx-journey -q --view paths "$2" | tail -n +2 | cut -f 2,13,14 >got
	same want got "$1: paths"
	gawk -v view=cases -f "$oracle" "$2" >want
	cx-journey -q --view cases "$2" | tail -n +2 | cut -f 1,5,6 >got
	same want got "$1: cases"
	[ "$3" ] || return
	gawk -v view=handoffs -f "$oracle" "$2" >want
	cx-journey -q --view handoffs "$2" | tail -n +2 | cut -f 1-3,9 |
		grep -v '^(any)' >got
	same want got "$1: hand-offs"
}

if command -v gawk >/dev/null; then
	oracle_agrees 'sample' events-en.tsv channels
	oracle_agrees 'Japanese sample' events-ja.tsv channels
else
	skip 'against the script' 'no gawk'
fi

# ---- the way of the records ----

# Every view, one on a line.
cat >modes <<'EOT'
cx-journey --view edges
cx-journey --view edges --by-channel --gap 20d
cx-journey --view edges -g stage
cx-journey --view paths --goal checkout
cx-journey --view paths -g channel,stage --end checkout
cx-journey --view cases --gap 20d --end delivery
cx-journey -g persona
cx-journey --by-channel --gap 30d --end club --window 7d
cx-journey --outcome conversion --goal club -m stages.tsv
cx-journey --view paths -s nps --scale 0..10 -g persona
cx-journey --view funnel --steps ad,checkout,club -g persona,channel
cx-journey --view funnel --steps ad,use,club --strict --entry any --within 9d
cx-journey --view handoffs -g persona --within 3d
EOT

cp "$src/tests/golden/data/journey.tsv" rated.tsv
awk -f "$src/tests/oracles/journey-data.awk" | cmp -s - rated.tsv
ok 'journey.tsv is what its script writes'
printf 'touchpoint\tstage\torder\tlabel\n%s\n%s\n%s\n' \
	"helpdesk	help	2	Hilfe" "ad	see	1	" "setup	help	2	" >stages.tsv

# Two events of one customer at one time would depend on the order.
awk -F '\t' '!seen[$1, $2]++' events-en.tsv >sample.tsv

# variants FILE AT: it shuffled, sorted by column AT, and in 16 shards.
variants() {
	cp "$1" events.tsv
	for seed in 1 2; do
		shuffled events.tsv $seed >shuffled-$seed.tsv
	done
	(head -n 1 events.tsv && tail -n +2 events.tsv |
		sort -t '	' -k "$2,$2" -k "$(($2 + 1)),$(($2 + 1))") >sorted.tsv
	(head -n 1 events.tsv &&
		tail -n +2 shuffled-1.tsv | sort -s -t '	' -k "$2,$2") >grouped.tsv
	rm -f shard-*.tsv
	awk -F '\t' -v at="$2" 'NR == 1 { head = $0; next }
		{
			if (!($at in shard)) {
				shard[$at] = "shard-" n++ % 16 ".tsv"
				if (n <= 16)
					print head >shard[$at]
			}
			print >shard[$at]
		}' events.tsv
}

ways() {
	# shellcheck disable=SC2086 # several words
	set -- $mode
	plain_ways events.tsv "$@"
	way 'shuffled' "$@" -q shuffled-1.tsv
	way 'shuffled again' "$@" -q -j 1 shuffled-2.tsv
	way 'on disk' "$@" -q --memory 1K events.tsv
	way 'shuffled, on disk' "$@" -q --memory 100K shuffled-1.tsv
	way 'sorted' "$@" -q --sorted sorted.tsv
	way 'sorted, pieces of 100 bytes' \
		env CX_DEBUG=piece=100,block=64 "$@" -q --sorted sorted.tsv
	way 'grouped, times in any order' "$@" -q --sorted grouped.tsv
	way 'two files' sh -c '
		head -n 3000 events.tsv >a.tsv
		(head -n 1 events.tsv && tail -n +3001 events.tsv) >b.tsv
		"$@" -q a.tsv b.tsv' sh "$@"
	case $mode in
	*cases*) return ;;
	esac
	for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
		"$@" -q --counts shard-$i.tsv >counts-$i.tsv
	done
	merge=$(echo "$mode" | sed 's/ -g [^ ]*//')
	# shellcheck disable=SC2086
	way '16 shards' $merge -q --merge counts-*.tsv
	# shellcheck disable=SC2086
	way '16 shards, on disk' $merge -q --memory 1K --merge counts-*.tsv
	"$@" -q --counts events.tsv >want
	# shellcheck disable=SC2086
	way 'counts of 16 shards' $merge -q --counts --merge counts-*.tsv
}
variants sample.tsv 1
grep -v -e persona -e outcome -e club modes >sample-modes
while read -r mode; do
	ways
done <sample-modes
variants rated.tsv 2
grep -e persona -e outcome -e by-channel -e club modes >rated-modes
while read -r mode; do
	ways
done <rated-modes

# ---- bad input ----

printf '%s\n' customer,time,touchpoint,csat a,2026-01-02T00:00:00Z,web,5 \
	b,,web,4 c,yesterday,web,4 ,2026-01-02T00:00:00Z,web,3 \
	d,2026-01-02T00:00:00Z,web,6 e,2026-01-02T00:00:00Z,,3 >bad.csv
fails 1 'bad.csv:3: column "time": the time is missing' 'no time' \
	cx-journey --view edges bad.csv
cx-journey --view paths --rejects rejects.tsv bad.csv >got 2>err
tail -n +2 rejects.tsv | cut -f 2-4 >got.rejects
printf '%s\t%s\t%s\n' 3 time 'no time' 4 time 'not a time' \
	5 customer 'no customer' 6 csat 'not on the scale' >want
same want got.rejects 'each with its reason'
is 1 "$(tail -n +2 got | wc -l)" 'and the rest is a journey'
grep -q 'records without a touchpoint, which are no contacts: 1$' err
ok 'records without a touchpoint are told'
head -n 2 bad.csv >good.csv
fails 1 'someone comes back after others' 'not grouped' \
	cx-journey --view edges --sorted shuffled-1.tsv
cp sorted.tsv again.tsv
fails 1 'someone comes back after others' 'nor in a second file' \
	cx-journey --view edges --sorted sorted.tsv good.csv again.tsv
printf 'touchpoint\tstage\torder\nweb\tuse\t1\nweb\tbuy\t2\n' >stages.tsv
fails 1 'stages.tsv:3: "web" has another stage than before' \
	'a touchpoint in two stages' cx-journey -m stages.tsv good.csv
printf 'touchpoint\tstage\torder\nweb\tuse\t1\napp\tuse\t2\n' >stages.tsv
fails 1 'stages.tsv:3: "use" has another order than before' \
	'a stage in two places' cx-journey -m stages.tsv good.csv
fails 2 '--gap: "30" is not a time such as 30d' 'no unit' \
	cx-journey --gap 30 good.csv
fails 2 '--memory: "1T"' 'no size' cx-journey --memory 1T good.csv
fails 2 '-s nps needs --scale' 'no scale' cx-journey -s nps good.csv
for option in '--steps a,b' --strict '--entry any' '--entry bogus' \
	'--within 7d' '--min-share 5' '--top 5' '--goal a'; do
	# shellcheck disable=SC2086 # an option and its argument
	fails 2 "for --view " "$option of another view" cx-journey $option good.csv
done
fails 2 '--view edges has no intervals' '--level of edges' \
	cx-journey --view edges --level 0.9 good.csv
fails 2 '--entry: "bogus" is not first or any' 'no entry' \
	cx-journey --view funnel --entry bogus good.csv
for option in '--outcome nps' '--as-of 2027-01-01' '--window 30d'; do
	# shellcheck disable=SC2086
	fails 2 'are for --view map' "$option of the map" \
		cx-journey --view paths $option good.csv
done
for top in nan inf; do
	fails 2 '--top: "'$top'" is not a number' "--top $top" \
		cx-journey --view paths --top $top good.csv
done
fails 2 '--top: a whole number' 'too many' \
	cx-journey --view paths --top 1e18 good.csv
fails 2 '--fail-if looks at the table; --counts prints none' 'a gate for counts' \
	cx-journey --counts --fail-if 'customers > 0' good.csv
cat >few.csv <<'EOF'
customer,time,touchpoint,kind,csat,nps,emotion
a,2026-01-01T00:00:00Z,x,p,2,9,
a,2026-01-02T00:00:00Z,x,p,3,,
b,2026-01-01T00:00:00Z,x,q,1,9,
b,2026-01-02T00:00:00Z,x,q,,,2
c,2026-01-01T00:00:00Z,x,q,2,9,
c,2026-01-02T00:00:00Z,x,q,,,0.333
EOF
cx-journey -q --counts --scale 1..4 few.csv >all.counts
cx-journey -q --counts --scale 1..4 -g kind few.csv >kinds.counts
fails 2 'kinds.counts:1: these counts are of other groups' 'groups behind none' \
	cx-journey --merge --scale 1..4 all.counts kinds.counts
fails 2 'all.counts:1: these counts are of other groups' 'none behind groups' \
	cx-journey --merge --scale 1..4 kinds.counts all.counts
# 2 and 3 of 1 to 4, and 1 and an emotion of 2, are in the middle; 2 is at
# -2/3, which 0.333 does not make up for.
is '1 cell-badly' "$(cut -f 2 all.counts | grep 'cell-well\|cell-badly' |
	sort | uniq -c | sed 's/^ *//')" 'a mean feeling of nothing is neither'
fails 2 'records of a customer no longer stand together' 'sorted aliases' \
	cx-journey --sorted --alias x good.csv
fails 2 'column "touchpoint"' 'no touchpoints' \
	sh -c 'printf "customer,time\n" | cx-journey'
fails 1 'temporary file in /nosuchdir: cannot create: No such file' 'nowhere to spill' \
	env TMPDIR=/nosuchdir cx-journey --view edges --memory 1 events.tsv

# Nobody at all.
head -n 1 rated.tsv >none.tsv
printf 'touchpoint\tstage\nad\tsee\n' >stages.tsv
while read -r mode; do
	# shellcheck disable=SC2086
	[ "$($mode -q none.tsv | wc -l)" -eq 1 ]
	ok "$mode: nobody"
	case $mode in
	*cases*) continue ;;
	esac
	# shellcheck disable=SC2086
	$mode -q --counts none.tsv >none.counts
	merge=$(echo "$mode" | sed 's/ -g [^ ]*//')
	# shellcheck disable=SC2086
	[ "$($merge -q --merge none.counts | wc -l)" -eq 1 ]
	ok "$mode: nobody, merged"
done <modes

# One customer with many events.
awk 'BEGIN {
	print "customer,time,touchpoint"
	for (i = 0; i < 1000000; i++)
		printf "a,2026-01-%02dT%02d:%02d:00Z,%s\n", i % 28 + 1,
			i % 24, i % 60, i % 3
}' >one.csv
is 1000001 "$(cx-journey --view edges one.csv | awk '{ n += $3 } END { print n }')" \
	'one customer with a million contacts'
is 1000000 "$(cx-journey --view paths one.csv | tail -n 1 | cut -f 13)" \
	'whose path is cut'

# ---- what else there is ----

printf '%s\n' alias,customer x1,a x2,a y1,b >alias.csv
printf '%s\n' customer,time,touchpoint x1,2026-01-01T00:00:00Z,web \
	a,2026-01-03T00:00:00Z,shop x2,2026-01-02T00:00:00Z,app \
	y1,2026-01-01T00:00:00Z,web >log.csv
is 'web > app > shop|web|' \
	"$(cx-journey --view paths --alias alias.csv log.csv |
		cut -f 14 | tail -n +2 | sort -r | tr '\n' '|')" 'aliases'

printf '%s\n' alias,customer x1,x2 x2,a y1, b, >alias.csv
is 'a 3 y1 1 ' "$(cx-journey --view cases --alias alias.csv log.csv |
	awk -F '\t' 'NR > 1 { printf "%s %d ", $1, $6 }')" \
	'an alias of an alias, and one of nobody yet'
printf '%s\n' alias,customer x1,a a,x2 x2,x1 >alias.csv
fails 1 'alias.csv: there are names that stand for each other, in a circle' \
	'aliases in a circle' cx-journey --alias alias.csv log.csv

# Processing and waiting by hand: 10 + 30 min at work, 20 - 10 between.
printf '%s\n' customer,time,touchpoint,state \
	a,2026-01-01T00:00:00Z,x,start a,2026-01-01T00:10:00Z,x,complete \
	a,2026-01-01T00:20:00Z,y,start a,2026-01-01T00:30:00Z,z,start \
	a,2026-01-01T00:50:00Z,y,complete >log.csv
cx-journey --view cases --lifecycle state log.csv 2>err |
	cut -f 5-8 >got
printf '%s\t%s\t%s\t%s\n' duration_s processing_s waiting_s contacts \
	3000 2400 600 2 >want
same want got 'processing and waiting'
grep -q 'starts that nothing completes, which are no contacts: 1$' err
ok 'an open start is told'
# A contact that lies in another one ends first, and does not begin first.
printf '%s\n' customer,time,touchpoint,state \
	a,2026-01-01T00:00:00Z,x,start a,2026-01-01T00:10:00Z,y,start \
	a,2026-01-01T00:20:00Z,y,complete a,2026-01-01T00:30:00Z,x,complete >in.csv
is '2026-01-01T00:00:00Z 1800 1800.0' "$(for view in cases paths; do
	cx-journey -q --view $view --lifecycle state in.csv |
		awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
			NR == 2 && at["start"] { print $at["start"], $at["duration_s"] }
			NR == 2 && at["median_s"] { print $at["median_s"] }'
done | paste -s -d ' ' -)" 'a contact within another'
fails 1 'is not start or complete' 'no phase' \
	cx-journey --lifecycle touchpoint log.csv

# Of entries that are repeated, the one that is in time counts.
printf '%s\n' customer,time,touchpoint a,2026-01-01T00:00:00Z,ad \
	a,2026-01-09T00:00:00Z,ad a,2026-01-11T00:00:00Z,shop >again.csv
for strict in '' --strict; do
	# shellcheck disable=SC2086
	is '1 1 172800.0' "$(cx-journey --view funnel --steps ad,shop $strict \
		--entry any --within 9d again.csv |
		awk -F '\t' 'NR == 2 { print $3, $4, $12 }')" \
		"an entry again, in time $strict"
done

printf '%s\n' customer,time,touchpoint a,2026-01-01T00:00:00Z,ad \
	a,2026-01-02T00:00:00Z,shop a,2026-01-03T00:00:00Z,ad \
	a,2026-01-10T00:00:00Z,ad >again.csv
is '1 1 1' "$(cx-journey --view funnel --steps ad,shop,ad --strict --entry any \
	--within 5d again.csv | awk -F '\t' 'NR > 1 { print $3 }' |
	paste -s -d ' ' -)" 'an entry that is the last step too'

# ---- masked cells ----

# No row of fewer than 8 is told; of a touchpoint none or two groups or more
# are masked, with 8 customers or more; what is told rests on 8 or on none.
cx-journey -q -g persona sorted.tsv >map.tsv
cx-journey -q -g persona --min-n 8 sorted.tsv >masked.tsv
awk -F '\t' 'NR == FNR { n[FNR] = $5; next }
	FNR == 1 { next }
	$5 ~ /^[0-9]/ { bad += $5 != n[FNR] || n[FNR] < 8
		bad += $9 ~ /^[1-7]$/ || $19 ~ /^[1-7]$/; next }
	{
		small += $5 == "<8"
		bad += $5 == "<8" ? n[FNR] >= 8 : $5 != "masked"
		for (i = 6; i <= NF; i++)
			bad += $i != "masked"
		rows[$4]++
		sum[$4] += n[FNR]
	}
	END {
		for (t in rows)
			bad += rows[t] < 2 || sum[t] < 8
		print (small > 0), bad + 0, (FNR == NR / 2)
	}' map.tsv masked.tsv >got
is '1 0 1' "$(cat got)" 'what is about fewer than 8 is masked'
is 0 "$(cx-journey -q -g persona --min-n 1000 sorted.tsv |
	cut -f 5- | tail -n +2 | grep -c -v -e '^<1000.masked' -e '^masked')" \
	'all of it where nobody is enough'
cx-journey -q -g persona --min-n 0 sorted.tsv | cmp -s - map.tsv
ok '--min-n 0 masks nothing'
cx-journey -q -g persona --counts sorted.tsv |
	cx-journey -q --merge --min-n 8 | cmp -s - masked.tsv
ok 'added up counts are masked alike'
fails 2 '--min-n masks --view map alone' 'no masked edges' \
	cx-journey --view edges --min-n 5 good.csv
fails 2 '--min-n: --counts tells all' 'no masked counts' \
	cx-journey --counts --min-n 5 good.csv

# ---- names that hold what stands between names ----

printf '%s\t%s\t%s\t%s\n' customer time touchpoint channel \
	a 2026-01-01T00:00:00Z 'home > shoes' web a 2026-01-02T00:00:00Z cart web \
	b 2026-01-01T00:00:00Z home web b 2026-01-02T00:00:00Z 'shoes > cart' web \
	c 2026-01-01T00:00:00Z 'say "hi"' 'b / c' d 2026-01-01T00:00:00Z '"hi" b' c \
	e 2026-01-01T00:00:00Z 'a / b' c f 2026-01-01T00:00:00Z a 'b / c' >signs.tsv
cx-journey --view paths signs.tsv >want
cx-journey --view paths --counts signs.tsv | cx-journey --view paths --merge >got
same want got 'paths of names with " > ", added up'
cut -f 2,14 want | tail -n +2 >got
printf '1\t%s\n' '"""hi"" b"' '"home > shoes" > cart' a 'a / b' \
	'home > "shoes > cart"' 'say "hi"' >want
same want got 'are told apart'
cx-journey --view edges --by-channel signs.tsv | cut -f 1 | grep '^a' >got
printf '%s\n' 'a / "b / c"' 'a / b / c' | cmp -s - got
ok 'touchpoint and channel'
awk 'NR == 1 { print $0 "\tg\th" }
	NR > 1 { print $0 "\t" (NR % 2 ? "a / b\tc" : "a\tb / c") }' \
	signs.tsv >groups.tsv
cx-journey -g g,h -F svg groups.tsv >map.svg
cx-journey -g g,h --view edges -F dot groups.tsv >edges.dot
for picture in map.svg edges.dot; do
	grep -q 'a / b / c' $picture && grep -q 'a / b[^ ][^ ]* / c' $picture
	ok "groups that look alike are two: $picture"
done

# ---- counts that are not those asked for, or not all of them ----

printf 'touchpoint\tstage\tlabel\ncart\tbuy\tBuy\nhome\tlook\tLook\n' >one.stages
printf 'touchpoint\tstage\torder\nhome\tlook\t2\ncart\tbuy\t1\n' >same.stages
printf 'touchpoint\tstage\ncart\tlook\nhome\tbuy\n' >other.stages
cx-journey -q -m one.stages --counts signs.tsv >one.counts
cx-journey -q -m same.stages signs.tsv >want
cx-journey -q -m same.stages --merge one.counts >got
same want got 'the order of stages is that of the merge'
fails 2 'one.counts:2: these are counts of other settings: "stages=' \
	'other stages' cx-journey -m other.stages --merge one.counts
cx-journey -q --gap 30d --counts signs.tsv >gap.counts
fails 2 'settings: "gap=30d score=csat scale=1..5", and not "gap=7d ' 'another gap' \
	cx-journey --gap 7d --merge gap.counts
cx-journey -q --end 'a end=b' --counts signs.tsv >end.counts
fails 2 'other settings: "end="a end=b" score' 'two ends in one' \
	cx-journey --end a --end b --merge end.counts
cp signs.tsv again.tsv
for view in map edges paths 'funnel --steps home,cart' handoffs; do
	# shellcheck disable=SC2086
	cx-journey -q --view $view --counts signs.tsv >whole
	# shellcheck disable=SC2086
	cx-journey -q --view $view --counts again.tsv >again
	cut=
	for n in 2 3 4 $(($(wc -l <whole) - 2)) $(($(wc -l <whole) - 1)); do
		head -n $n whole >part
		# shellcheck disable=SC2086
		cx-journey -q --view $view --merge again part >got 2>err
		[ $? -eq 1 ] && grep -q '^cx-journey: part: it tells of .* missing' err ||
			cut="$cut $n"
	done
	is '' "$cut" "$view: counts that were cut off"
	# What is divided by lines and added up anew is whole again.
	for n in 0 1; do
		awk -v n=$n 'NR == 1 || NR % 2 == n' whole |
			eval "cx-journey -q --view $view --counts --merge" >half-$n
	done
	# shellcheck disable=SC2086
	cx-journey -q --view $view --merge half-0 half-1 >got
	# shellcheck disable=SC2086
	cx-journey -q --view $view signs.tsv >want
	same want got "$view: counts divided by lines"
done

# ---- pictures ----

printf '%s\t%s\t%s\t%s\t%s\n' customer time touchpoint csat persona \
	a 2026-01-01T00:00:00Z 'say "hi" \\ <b>' 5 'x & y' \
	a 2026-01-02T00:00:00Z 広告 2 'x & y' >odd.tsv
cx-journey --view edges -F dot odd.tsv >odd.dot
grep -qF 'label="say \"hi\" \\ <b>\n1"' odd.dot && grep -qF '広告\n1' odd.dot
ok 'texts in DOT are escaped'
cx-journey -g persona -F svg odd.tsv >odd.svg
grep -qF '&lt;b&gt;' odd.svg && grep -qF 'x &amp; y' odd.svg &&
	! grep -q -e '<b>' -e '<script' odd.svg
ok 'texts in SVG are escaped'
for j in 1 2; do
	for format in svg dot; do
		view=map
		[ $format = dot ] && view=edges
		cx-journey -q --view $view -g persona -F $format -j $j \
			sorted.tsv >$format-$j
	done
done
cmp -s svg-1 svg-2 && cmp -s dot-1 dot-2 && [ -s svg-1 ] && [ -s dot-1 ]
ok 'pictures do not depend on -j'
if command -v xmllint >/dev/null; then
	xmllint --noout svg-1 && xmllint --noout odd.svg
	ok 'SVG is well-formed'
fi
if command -v dot >/dev/null; then
	dot -Tsvg dot-1 >/dev/null 2>err && [ ! -s err ] &&
		dot -Tsvg odd.dot >/dev/null
	ok 'dot reads the graph'
fi
cx-journey -q -F svg --top 1 -o map.svg events-en.tsv
cx-journey -q -F tsv events-en.tsv >map.tsv
# The rest of a stage by its own count, from the table.
for stage in $(cut -f 2 map.tsv | tail -n +2 | sort -u); do
	awk -F '\t' -v s="$stage" '$2 == s { print $4 }' map.tsv | sort -rn |
		awk -v s="$stage" 'NR == 2 { most = $1 }
			END { if (NR > 1) printf "%s – not drawn: %d more, of at most %s customers each\n", s, NR - 1, most }'
done | sort >want
grep -o '[a-z]* – not drawn[^<]*' map.svg | sort >got
[ -s want ]
ok 'some touchpoints are not drawn'
same want got 'and a line for each stage tells of them'
is 0 "$(cx-journey -q -F svg --top 0 events-en.tsv | grep -c 'not drawn')" \
	'--top 0 draws all'
cx-journey -q -F svg --top 1 --min-n 200 events-en.tsv >map.svg
grep -q 'awareness – not drawn: 1 more, of at most 250' map.svg &&
	grep -q 'loyalty – not drawn: 2 more<' map.svg
ok 'what is masked has no bound'
is 5 "$(cx-journey -q --view edges -F dot --top 5 sorted.tsv | grep -c -e '->')" \
	'--top edges are drawn'
fails 2 '--lang: there are no words of "tlh"' 'no such language' \
	cx-journey -l tlh -F svg odd.tsv
fails 2 '--lang: -F svg and dot have words' 'a table in no language' \
	cx-journey -l ja -F tsv odd.tsv
fails 2 '-F svg draws --view map' 'no picture of it' \
	cx-journey --view paths -F svg odd.tsv
fails 2 '-F dot draws --view edges' 'no graph of it' cx-journey -F dot odd.tsv
fails 1 'standard output: cannot write' 'a picture on a full disk' \
	sh -c 'cx-journey -F svg odd.tsv >/dev/full'
printf 'customer\ttime\ttouchpoint\na\tb\tc\n' |
	cx-journey -F svg 2>/dev/null | grep -q '^.!cx-journey: '
ok 'no picture, but poison'

# ---- real event logs ----

real_data

# The running example of process mining: 6 cases, 42 events, 8 activities, 16
# edges, 6 variants, as pm4py prints them; times of one edge by DuckDB 1.4:
# avg and median of epoch(lead(time) over (partition by case order by time)).
cx-ingest -q -c customer=case:concept:name -c time=time:timestamp \
	-c touchpoint=concept:name "$data/event-logs/running-example.csv" >run.tsv
is '6 42' "$(cx-journey --view cases run.tsv |
	awk -F '\t' 'NR > 1 { n++; sum += $6 } END { print n, sum }')" \
	'running example: cases and events'
cx-journey --view edges run.tsv >edges.tsv
is '16 8' "$(awk -F '\t' 'NR > 1 && !/\((start|end)\)/ { n++ }
	NR > 1 { node[$1]; node[$2] }
	END { for (i in node) m++; print n, m - 2 }' edges.tsv)" \
	'running example: edges and activities'
is 6 "$(cx-journey --view paths run.tsv | tail -n +2 | wc -l)" \
	'running example: variants'
is '6 129300.0 181960.0' "$(awk -F '\t' '/^check ticket\tdecide/ {
	print $3, $6, $8 }' edges.tsv)" 'running example: check ticket, decide'

# patients of bupaR: 500 cases, 2721 completions, 7 activities, 7 edges and 7
# variants, of which the first has 258 cases, as bupaR prints them.
cx-ingest -q -c customer=patient -c touchpoint=handling \
	"$data/event-logs/patients.csv" >patients.tsv
cx-journey -q --view cases --lifecycle registration_type patients.tsv |
	awk -F '\t' 'NR > 1 { n++; sum += $8 } END { print n, sum }' >got
is '500 2721' "$(cat got)" 'patients: cases and contacts'
is '7 258' "$(cx-journey -q --view paths --lifecycle registration_type \
	patients.tsv | awk -F '\t' 'NR == 2 { n = $2 }
	END { print NR - 1, n }')" 'patients: variants'
cx-journey -q --view edges --lifecycle registration_type patients.tsv >edges.tsv
is '7 7' "$(awk -F '\t' 'NR > 1 && !/\((start|end)\)/ { n++ }
	NR > 1 { node[$1]; node[$2] }
	END { for (i in node) m++; print n, m - 2 }' edges.tsv)" \
	'patients: edges and activities'

# Web sessions: steps and medians by DuckDB 1.5.6, tests/oracles/funnel.mjs.
cx-ingest -q -c session=session_id -c customer=user_id -c time=timestamp \
	-c touchpoint=event -c channel=platform --tz UTC \
	"$data/clickstream/ecom.csv.gz" >click.tsv
cx-journey --view funnel --unit session \
	--steps home,product_view,cart,shipping_details click.tsv |
	tail -n +2 | cut -f 3,12 >got
printf '%s\t%s\n' 2099 260.0 1493 531.5 388 447.5 160 '' >want
same want got 'web sessions: first entry, any later step'
is '2251 827 29' "$(cx-journey --view funnel --unit session --strict --entry any \
	--steps search,product_view,cart click.tsv |
	awk 'NR > 1 { printf "%s%s", sep, $3; sep = " " }')" \
	'web sessions: best entry, the next step'

# Fukui tourism survey (CC BY 4.0, Fukui Prefecture Tourism Federation): places
# as touchpoints, satisfaction as emotion, against awk.
cat >fukui.book <<'EOF'
column	header	type	labels	missing	dates	zone
customer	会員ID	id				
time	回答日時	time			ymd	Asia/Tokyo
touchpoint	回答エリア2	text				
csat	満足度	label	とても満足=5|満足=4|どちらでもない=3|不満=2|とても不満=1	選択肢なし		
nps	NPS	score				
persona	年代	text				
before	アンケート回答前に訪問した主な場所	text				
after	アンケート回答後に訪問する予定の主な場所	text				
EOF
cx-ingest -q -m fukui.book "$data/fukui/derived_2025-05_2025-10.csv.gz" |
	cut -f 1-8 >fukui.tsv
awk -F '\t' 'NR > 1 && $3 != "" {
		events[$3]++
		who[$3] += !(($3, $1) in seen)
		seen[$3, $1]
		if ($4 != "") { n[$3]++; sum[$3] += $4; low[$3] += $4 < 3 }
	}
	END { for (t in events)
		printf "%s\t%d\t%d\t%d\t%.4f\t%.4f\t%.4f\n", t, who[t],
			events[t], n[t], sum[t] / n[t], sum[t] / n[t] - 3,
			100 * low[t] / n[t] }' fukui.tsv | sort >want
cx-journey -q fukui.tsv | tail -n +2 | cut -f 3-5,8,9,12,17 | sort >got
same want got 'Fukui: customers, contacts and satisfaction of all places'
is "$(cut -f 6 fukui.tsv | tail -n +2 | sort -u | wc -l)" \
	"$(cx-journey -q -g persona fukui.tsv | tail -n +2 | cut -f 1 |
		sort -u | wc -l)" 'Fukui: a map for each age group'
# The places before and after each answer: the path of a day.
awk -F '\t' -v OFS='\t' 'NR == 1 { print $1, $2, $3; next }
	{
		if ($7 !~ /^$|選択なし/) print $1, $2, $7
		print $1, $2, $3
		if ($8 !~ /^$|選択なし/) print $1, $2, $8
	}' fukui.tsv | grep -v '	$' >day.tsv
command -v gawk >/dev/null && oracle_agrees 'Fukui, places of a day' day.tsv

if command -v gawk >/dev/null; then
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++)
		at = $i == "registration_type" ? i : at }
		NR == 1 || $at == "complete"' patients.tsv >complete.tsv
	oracle_agrees 'running example' run.tsv
	oracle_agrees 'patients' complete.tsv
fi
tap_done
