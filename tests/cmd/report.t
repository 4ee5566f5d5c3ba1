#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a page must be whatever its tables hold.

# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"
data=$src/tests/golden/data/report

# ---- words ----

# The keys that the source asks for, and those of a file.
cat "$src"/cmd/report/*.c "$src"/cmd/cx-report.c | tr -d '\n\t ' |
	grep -o '\(report_word\|cx_str(report_word\|report_say\|REPORT_SAY\|add_fact\|show_section\|put_form\)([^")]*"[a-z_]*"' |
	sed 's/.*"\(.*\)"/\1/' | sort -u >"$tmp/asked"
for lang in en ja; do
	cut -f 1 "$src/share/words/$lang.tsv" | sort >"$tmp/$lang"
	comm -23 "$tmp/asked" "$tmp/$lang" >"$tmp/missing"
	same /dev/null "$tmp/missing" "the words of $lang are all there"
	uniq -d "$tmp/$lang" >"$tmp/doubled"
	same /dev/null "$tmp/doubled" "each is there once in $lang"
done
same "$tmp/en" "$tmp/ja" "both languages have the same keys"
cut -f 2 "$src/share/words/en.tsv" | grep -o '{.}' | sort | uniq -c >"$tmp/en"
cut -f 2 "$src/share/words/ja.tsv" | grep -o '{.}' | sort | uniq -c >"$tmp/ja"
[ -s "$tmp/ja" ]
ok "texts have places to fill in"

# ---- hostile tables ----

# Texts that would do harm in some context, one a line.
cat >"$tmp/hostile" <<'END'
<script>alert(1)</script>
" onmouseover="alert(1)
' onload='alert(1)
]]>
</svg><img src=x onerror=alert(1)>
</style><style>*{display:none}
</title></textarea><iframe src=x>
<!-- x --><!DOCTYPE x>
&lt;b&gt; &#60;b&#62;
javascript:alert(1)
{1} {2} %s %n
`code` | pipe ](javascript:alert(1)) ![x](y)
END
{
	printf 'a\342\200\256b\342\201\246c\033[31m\001d\ne'
	awk 'BEGIN { for (i = 0; i < 500; i++) printf "\314\201"; print "" }'
	awk 'BEGIN { for (i = 0; i < 1000000; i++) printf "x"; print "" }'
} >>"$tmp/hostile"

# Tables that hold them as groups, periods, column names.
columns='n	promoters	passives	detractors	nps	lo	hi	ci'
row='100	50	30	20	30	20	40	<b>ci</b>'
{
	printf '<script>x</script>\t" onload="x\t%s\n' "$columns"
	awk -v row="$row" -F '\n' '
		{ gsub(/\\/, "\\\\"); print $0 "\t" NR $0 "\t" row }' "$tmp/hostile"
} >"$tmp/groups.tsv"
{
	printf '</td>\tmonth\tvs\t%s\n' "$columns" | sed 's/vs	//'
	awk -v row="$row" '
		{ gsub(/\\/, "\\\\")
		  print $0 "\t2026-01\t" row; print $0 "\t2026-01" $0 "\t" row }' \
		"$tmp/hostile"
} >"$tmp/periods.tsv"

title='</title><script>alert(2)</script>'
cx-report --title "$title" --period '<i>' --tz '<i>' --as-of '<i>' \
	--table "</h2><script>x=$tmp/groups.tsv" "$tmp/periods.tsv" \
	>"$tmp/page.html"
is 0 $? "hostile tables make a page"
! grep -qi '<script\|<img\|<iframe\|<textarea\|<i>\|<b>' "$tmp/page.html"
ok "no element comes from data"
[ "$(grep -c '<style>' "$tmp/page.html")" = 1 ]
ok "one style, that of the page"
! grep -q "$(printf '[\001\033]')" "$tmp/page.html"
ok "no control characters"
! grep -q "$(printf '\342\200\256')" "$tmp/page.html"
ok "no bidirectional override"
[ "$(wc -c <"$tmp/page.html")" -lt 200000 ]
ok "a cell of 1 MB does not make a page of it"

# Attributes of elements: only those that pages and pictures have.
grep -o '<[a-z][a-z0-9]*\( [a-zA-Z0-9:-]*="[^"]*"\)*/\{0,1\}>' "$tmp/page.html" |
	sed 's/="[^"]*"/=/g' | grep -o ' [a-zA-Z0-9:-]*=' | sort -u |
	tr -d '=\n' >"$tmp/attributes"
is ' aria-label aria-labelledby charset class content cx cy d height href http-equiv id lang name r role scope tabindex viewBox width x1 x2 x y1 y2 y' \
	"$(cat "$tmp/attributes")" "no attribute comes from data"

if command -v tidy >/dev/null; then
	tidy -q -e "$tmp/page.html" >"$tmp/tidy" 2>&1
	same /dev/null "$tmp/tidy" "tidy finds nothing in it"
else
	skip "tidy finds nothing in it" "there is no tidy"
fi

# The same in the tables of journeys, gaps and personas.
{
	cut -f 1-14 "$data/map.tsv" | head -n 1 | tr -d '\n'
	printf '\tdrop_off\tflags\n'
	awk '{ gsub(/\\/, "\\\\")
		print $0 "\t1\t" $0 "\t" $0 "\t9\t9\t50\t1\t9\t4\t3\t5\t1\t0\t10\t" $0
	}' "$tmp/hostile"
} >"$tmp/map.tsv"
{
	head -n 1 "$data/cards.tsv"
	awk '{ gsub(/\\/, "\\\\")
		print $0 "\t" $0 "\t" $0 "\t50\t10\t90\t5\t15\t0.01\t1" }' \
		"$tmp/hostile"
} >"$tmp/cards.tsv"
cx-report "$tmp/map.tsv" "$tmp/cards.tsv" >"$tmp/other.html"
is 0 $? "hostile maps and cards make a page"
! grep -qi '<script\|<img\|<iframe\|<textarea' "$tmp/other.html"
ok "no element comes from them"

# What a card says of a mean, a share, a count without a share, and a text.
{
	head -n 1 "$data/cards.tsv"
	printf 'a\t%s\n' 'age	32.6667	60		68	30.4	34.9	0.01	1' \
		'city	Oslo	40	50	120	40	60	0.01	1' \
		'plan	5	40						1' \
		'path	web > shop	40	50		40	60' 'example	city Oslo	30' |
		awk -F '\t' -v OFS='\t' '{ $10 = $10; print }'
} >"$tmp/facts.tsv"
cx-report -q -F md "$tmp/facts.tsv" | sed -n '/^### a/,/^Personas/s/^- /&/p' >"$tmp/facts"
printf -- '- %s\n' 'age: 32.7 (30.4 to 34.9)' 'city: Oslo: 50.0%, index 120' \
	'plan: 5: 40' 'Path: web &gt; shop (50.0%)' 'Typical: city Oslo' >"$tmp/want"
same "$tmp/want" "$tmp/facts" "the facts of a card"

cx-report -F md "$tmp/groups.tsv" >"$tmp/page.md"
! grep -q '<[a-z/!]' "$tmp/page.md"
ok "no HTML in Markdown"
[ "$(grep '^|' "$tmp/page.md" | sed 's/\\|//g' | tr -cd '|\n' | sort -u | wc -l)" = 1 ]
ok "every row of a Markdown table has as many cells"

# ---- whole or not at all ----

cat "$data/nps.tsv" >"$tmp/good.tsv"
printf '\\!cx-nps: it broke\n' >>"$tmp/good.tsv"
cx-report -o "$tmp/out.html" "$data/nps-month.tsv" "$tmp/good.tsv" 2>"$tmp/err"
is 1 $? "a table that broke is an error"
[ ! -e "$tmp/out.html" ] && grep -q 'good.tsv: cx-nps: it broke' "$tmp/err"
ok "and there is no page"
cx-report "$data/nps-month.tsv" "$tmp/good.tsv" 2>/dev/null >"$tmp/out"
is '\!cx-nps: it broke' "$(cat "$tmp/out")" "a pipe gets the poison alone"

# ---- the same whatever the way ----

cx-report "$data/nps.tsv" "$data/nps-month.tsv" >"$tmp/want"
! grep -qi 'http:\|https:\|url(\|@import\|src=' "$tmp/want"
ok "nothing is loaded from elsewhere"
gzip -c "$data/nps.tsv" >"$tmp/nps.tsv"
tr '\t' , <"$data/nps-month.tsv" >"$tmp/nps-month.tsv"
cx-report "$tmp/nps.tsv" "$tmp/nps-month.tsv" | cmp -s "$tmp/want" -
ok "from gzip and CSV the same"
cx-report -j 1 "$data/nps.tsv" "$data/nps-month.tsv" | cmp -s "$tmp/want" -
ok "with one thread the same"

# The score of all, where it is known which it is.
for totals in 1 2; do
	cp "$data/nps.tsv" "$tmp/nps-$totals.tsv"
	cx-report "$tmp"/nps-[1-$totals].tsv "$data/nps-channel.tsv" \
		>"$tmp/page.html" 2>"$tmp/err"
	is $((totals - 1)) "$(grep -c 'two tables of all answers' "$tmp/err")" \
		"a note where $totals of all have one name"
	is $((2 - totals)) "$(grep -c '<line class="cross"' "$tmp/page.html")" \
		"the line of all, of $totals"
done

# ---- more groups than are drawn ----

awk 'BEGIN {
	OFS = "\t"
	print "group", "n", "promoters", "passives", "detractors", "nps", "lo", "hi"
	for (i = 0; i < 90; i++)
		print "g" i, i < 60 ? 7 : 900, 3, 3, 1, 10, 5, 15
}' >"$tmp/ties.tsv"
cx-report "$tmp/ties.tsv" >"$tmp/ties.html"
is 40 "$(grep -c 'class="dot' "$tmp/ties.html")" "40 of 90 groups are drawn"
is 30 "$(grep -c '<text class="small mute end"[^>]*>900<' "$tmp/ties.html")" \
	"the larger are among them, though they come last"
grep -q 'The picture shows the 40 largest of 90 groups\.' "$tmp/ties.html"
ok "the page says so"

# ---- the picture of cx-gaps ----

survey=$src/tests/golden/data/survey.tsv
gaps="-y nps -x csat --scale 1..5 -g segment"
# shellcheck disable=SC2086	# $gaps is several words
{
	cx-gaps -q $gaps -F svg -j 1 "$survey" >"$tmp/1.svg" &&
		cx-gaps -q $gaps -F svg -j 2 "$survey" >"$tmp/2.svg"
	ok "cx-gaps -F svg"
	same "$tmp/1.svg" "$tmp/2.svg" "the same with two threads"
	is 4 "$(grep -c 'class="dot' "$tmp/1.svg")" "a point for each segment"
	fails 2 'draws the gaps' "not with --fail-if" \
		cx-gaps $gaps -F svg --fail-if 'n < 3' "$survey"
	fails 2 'draws the gaps' "not with --state" \
		cx-gaps $gaps -F svg --state "$survey"
	fails 1 'No space left' "on a full disk" \
		sh -c "cx-gaps -q $gaps -F svg '$survey' >/dev/full"
}

# ---- size ----

awk 'BEGIN {
	OFS = "\t"
	print "group", "n", "promoters", "passives", "detractors", "nps", "lo", "hi"
	for (i = 0; i < 10000; i++)
		print "group " i, 500 + i % 97, 250, 150, 100, i % 50, i % 50 - 5, i % 50 + 5
}' >"$tmp/many.tsv"
cx-report "$tmp/many.tsv" >"$tmp/many.html"
[ "$(wc -c <"$tmp/many.html")" -lt 2000000 ]
ok "10,000 groups fit in 2 MB"
tap_done
