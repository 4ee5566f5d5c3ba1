#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Groups by several columns and periods, counted by awk(1) as well: cells of
# each length round those that are remembered, more values than there is room
# to remember, empty cells, times with offsets and without a time.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# A multiplicative generator, so that every awk draws the same.
awk 'function draw(n) { seed = seed * 16807 % 2147483647; return int(seed / 2147483647 * n) }
BEGIN {
	seed = 20161
	OFS = "\t"
	print "short", "long", "many", "few", "time", "nps"
	for (i = 0; i < 30000; i++) {
		s = substr("abcdefghijklmnopqrstuvwxyz", 1 + draw(2), draw(20))
		l = draw(3)
		for (j = draw(9); j > 0; j--)
			l = l "é"
		t = sprintf("%04d-%02d-%02dT%02d:%02d:%02dZ", 2019 + draw(5),
			1 + draw(12), 1 + draw(28), draw(24), draw(60), draw(60))
		if (i % 97 == 0)
			t = ""
		print s, l, "measure." draw(1500), draw(3), t, draw(11)
	}
}' >rows.tsv

# count COLUMN... and the first letters of the time: keys and n, sorted.
count() {
	awk -F '\t' -v columns="$1" -v letters="$2" 'NR > 1 {
		n = split(columns, c, ",")
		key = n ? $c[1] : ""
		for (i = 2; i <= n; i++)
			key = key FS $c[i]
		if (letters)
			key = (n ? key FS : "") substr($5, 1, letters)
		seen[key]++
	}
	END { for (key in seen) print key FS seen[key] }' rows.tsv | sort
}

# try COLUMNS NUMBERS OPTIONS LETTERS
try() {
	cells=$(($(echo "$2" | tr ',' '\n' | grep -c .) + ($4 > 0)))
	count "$2" "$4" >want
	for threads in 1 2; do
		# shellcheck disable=SC2086
		CX_DEBUG=piece=100000 cx-nps -j $threads ${1:+-g $1} $3 rows.tsv |
			sed 1d | cut -f "1-$((cells + 1))" | sort >got
		same want got "-g $1 $3, threads: $threads"
	done
}

try short,few 1,4 '' 0
try short,long 1,2 '' 0
try short,many 1,3 '' 0
try short,long,few 1,2,4 '-t month' 7
try many,few 3,4 '-t year' 4
try few 4 '-t day' 10
try short,long,few 1,2,4 '-t day' 10
try '' '' '-t day' 10
try short,long,many,few 1,2,3,4 '' 0
try short,long,many,few 1,2,3,4 '-t month' 7
# Weighted, each piece is merged in its turn: what one remembers is no news of
# the next.
try short,few 1,4 '-w few' 0

awk -F '\t' 'BEGIN { OFS = FS } NR == 3 { $5 = "soon" } NR < 9' rows.tsv >late.tsv
for weighted in '' '-w few'; do
	# shellcheck disable=SC2086
	fails 1 'late.tsv:3: column "time": "soon"' "no time for -t $weighted" \
		cx-nps -t year $weighted late.tsv
done

# The same cells written with quotes, which the reader has to take off.
awk -F '\t' 'BEGIN { OFS = "," } { for (i = 1; i <= NF; i++) $i = "\"" $i "\""; print }' \
	rows.tsv >rows.csv
awk -F '\t' 'BEGIN { OFS = "," } { for (i = 1; i <= NF; i++) $i = "\"" (i < 3 && NR > 1 ? "\"\"" : "") $i "\""; print }' \
	rows.tsv >doubled.csv
cx-nps -g short,long,few -t month rows.tsv >want
cx-nps -g short,long,few -t month rows.csv >got
same want got 'quoted cells'
cx-nps -g few,short -t month doubled.csv | sed 1d | cut -f 1-4 | tr -d '"' | sort >got
cx-nps -g few,short -t month rows.tsv | sed 1d | cut -f 1-4 | sort >want
same want got 'cells with doubled quotes'

# Records without a time are in no first period: what the others are compared
# with over time, and q, do not change with them.
awk -F '\t' 'NR == 1 || $5 != "" && NR < 2000' rows.tsv >timed.tsv
{ cat timed.tsv; sed '1d; s/[^\t]*Z\t/\t/' timed.tsv | head -n 50; } >both.tsv
for options in '--vs first' '-g few --vs first' '-g few --vs previous' \
	'--unit customer-mean --vs first'; do
	sed '1s/many/customer/' timed.tsv >a.tsv
	sed '1s/many/customer/' both.tsv >b.tsv
	# shellcheck disable=SC2086
	cx-nps -t year $options a.tsv | cut -f 2- >want
	# shellcheck disable=SC2086
	cx-nps -t year $options b.tsv | grep -v '^\(.	\)\{0,1\}	' |
		cut -f 2- >got
	same want got "-t year $options: whatever has no time"
done
is '       ' "$(cx-nps -t year --vs first both.tsv | awk -F '\t' 'NR == 2 {
	print $14, $15, $16, $17, $18, $19, $20, $21 }')" 'which is not compared'

# Overall answers and those about touchpoints are told apart, or it is told.
printf '%s\n' id,touchpoint,csat 1,,5 1,shop,1 2,,4 >mixed.csv
fails 0 'touchpoints, 1, and overall ones, 2, are counted together' \
	'overall answers among others' cx-csat --scale 1..5 mixed.csv
# shellcheck disable=SC2086,SC2089,SC2090 # words; the quotes are of a condition
for apart in '-g touchpoint' '--where touchpoint==""'; do
	cx-csat --scale 1..5 $apart mixed.csv 2>err >/dev/null
	! grep -q together err
	ok "told apart by $apart"
done

# Bars and sparklines below a table, drawn again from the numbers of the stream:
# 25 cells from -100 to 100, eighths from the least score to the greatest.
cat >draw.awk <<'DONE'
function cell(x, low, high, n) {
	return int((x - low) / (high - low) * (n - 1) + 0.5)
}
function bar(x, lo, hi, i, mark, text) {
	for (i = 0; i < 25; i++) {
		mark = i == 12 ? "┊" : "·"
		if (i >= lo && i <= hi)
			mark = i == x ? "●" : "━"
		text = text mark
	}
	return text
}
BEGIN {
	FS = "\t"
	split("▁ ▂ ▃ ▄ ▅ ▆ ▇ █", eighth, " ")
}
NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}
$at["nps"] == "" {
	if (n[$1 "," $2])
		blanks[$1 "," $2]++
	next
}
{
	x = $at["nps"]
	print bar(cell(x, -100, 100, 25), cell($at["lo"], -100, 100, 25),
		cell($at["hi"], -100, 100, 25))
	group = $1 "," $2
	if (!n[group]++)
		name[++groups] = group
	for (; blanks[group]; blanks[group]--)
		line[group] = line[group] " _"
	line[group] = line[group] " " x
	if (shown++ == 0 || x < least)
		least = x
	if (shown == 1 || x > most)
		most = x
}
END {
	for (i = 1; i <= groups; i++) {
		group = name[i]
		if (n[group] < 2)
			continue
		of = split(line[group], xs, " ")
		printf "%s  ", group
		for (j = 1; j <= of; j++)
			if (xs[j] == "_")
				printf " "
			else
				printf "%s", eighth[1 + cell(xs[j], least, most, 8)]
		printf "  %.1f to %.1f\n", xs[1], xs[of]
	}
}
DONE
awk -F '\t' 'BEGIN { OFS = FS }
$5 $6 $4 ~ /^(student|family)web2026-0[14]/ { $7 = "" }
$5 $6 $4 ~ /^singleapp2026-0[356]/ { $7 = "" } { print }' \
	"$src/tests/golden/data/survey.tsv" >survey.tsv
cx-nps -g channel,segment -t month survey.tsv | awk -f draw.awk >want
cx-nps -F table -g channel,segment -t month survey.tsv |
	sed '1d; / to /b
		/●/!d; s/.* //' >got
[ -s want ] || echo none >want
same want got 'bars and sparklines'

tap_done
