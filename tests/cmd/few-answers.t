#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A handful of answers, and answers that are all alike, are certain of nothing.

# shellcheck disable=SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# cells FILE ROW COLUMN...: of a table, an empty one as a hyphen
cells() {
	awk -F '\t' -v row="$2" -v columns="$*" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR == row + 1 {
			n = split(columns, c, " ")
			for (i = 3; i <= n; i++) {
				x = $(at[c[i]])
				printf "%s%s", (i > 3 ? " " : ""), x == "" ? "-" : x
			}
		}' "$1"
}

# ---- scores of a designed sample ----

# few N: N promoters, and 300 others
few() {
	echo customer,time,nps,g,w
	awk -v n="$1" 'BEGIN {
		for (i = 1; i <= 300 + n; i++)
			print "c" i ",," (i > 300 ? 10 : i % 11) "," \
				(i > 300 ? "few" : "many") ",1"
	}'
}
for design in '-w w' '--cluster customer' '--unit customer-mean'; do
	for vs in rest many; do
		# shellcheck disable=SC2086 # two words
		few 4 | cx-nps $design -g g --vs $vs >table
		is '146.0000 - -' "$(cells table 1 diff p p_adj)" \
			"$design, four answers against $vs: no p"
		# shellcheck disable=SC2086
		few 6 | cx-nps $design -g g --vs $vs >table
		# R: x <- 1:300 %% 11; y <- (x >= 9) - (x <= 6)
		# 146 - qt(.975, c(304, 299)) *
		#     100 * sqrt(var(y) * (1 / 300 + 1 / 6)): 82.609, 82.605
		got=$(cells table 1 diff_lo)
		is 82.6 "${got%???}" "$design, six equal ones against $vs"
	done
	# shellcheck disable=SC2086
	few 6 | grep -e nps -e few -e ',9,' | cx-nps $design -g g --vs rest >table
	is '0.0000 - - -' "$(cells table 1 diff diff_lo diff_hi p)" \
		"$design: all alike, and nothing to tell by"
done
few 4 | cx-nps -w w -g g --vs rest >table
is '- -' "$(cells table 1 q q_p)" 'one row of fewer than 5 answers: no q'

# ---- weights ----

# What is the same but for the unit of the weights is the same.
awk 'BEGIN { for (i = 0; i < 60; i++) print i * 7 % 11, 1 + i % 4, i % 3 }' >w
for times in 1 3e307 1e-309; do
	awk -v t=$times 'BEGIN { print "nps\tw\tg"; split(t, part, "e") }
		{ print $1 "\t" $2 * part[1] (part[2] ? "e" part[2] : "") "\t" $3 }' w |
		cx-nps -w w -g g --vs rest >table-$times
done
same table-1 table-3e307 'weights near 1e308'
same table-1 table-1e-309 'weights near 1e-308'

# ---- shares ----

# R: fisher.test(matrix(c(2, 0, 0, 2), 2)); z would have 0.0455
printf 'csat,g\n5,a\n5,a\n1,b\n2,b\n' | cx-csat --scale 1..5 -g g --vs rest >table
is '100.0000 0.333333 0.333333 -' "$(cells table 1 diff p p_adj q_p)" \
	'two of two against none of two'

# ---- means ----

awk 'BEGIN {
	print "customer,time,touchpoint,channel,csat"
	for (i = 0; i < 40; i++) {
		print "c" i ",2026-01-01T00:00:00Z,x,web," i % 5 + 1
		print "c" i ",2026-01-02T00:00:00Z,x," \
			(i < 2 ? "app,5" : "web," i % 5 + 1)
	}
}' >two.csv
cx-journey --view handoffs two.csv >table
is '1.9211 -' "$(cells table 1 diff p)" 'two ratings after a change: no p'

# R: a <- rep(7, 8); b <- 1:200 %% 13; s <- sqrt(var(b) * (1 / 8 + 1 / 200))
# 2 * pt(-abs(7 - mean(b)) / s, 199): 0.426316
awk 'BEGIN {
	print "persona\tx\tcsat"
	for (i = 1; i <= 208; i++)
		print (i > 200 ? "few\t7\t4" : "many\t" i % 13 "\t" i % 5 + 1)
}' >cards.tsv
cx-persona -q --cards -x x:num cards.tsv | grep '^few' >rows
is '- - 0.426316 0' "$(awk -F '\t' '$2 == "x" {
	print ($7 == "" ? "-" : $7), ($8 == "" ? "-" : $8), $9, $10 }' rows)" \
	'a persona whose numbers are alike: no interval, not apart'
is '4.0000 - -' "$(awk -F '\t' '$2 == "csat" {
	print $3, ($7 == "" ? "-" : $7), ($8 == "" ? "-" : $8) }' rows)" \
	'and whose answers are'

# R: a <- 1:150 %% 100 / 1000; b <- 1:50 %% 7 / 100, which are what is here
# of both less 999999999: t.test(a)$conf.int, t.test(a, b)$p.value
awk 'BEGIN {
	print "persona\tx"
	for (i = 1; i <= 150; i++)
		printf "a\t%d.%03d\n", 999999999, i % 100
	for (i = 1; i <= 50; i++)
		printf "b\t%d.%02d\n", 999999999, i % 7
}' | cx-persona -q --cards -x x:num >rows
is '999999999.0371 999999999.0459 0.001405' "$(awk -F '\t' '$1 == "a" && $2 == "x" {
	print $7, $8, $9 }' rows)" 'large numbers that differ little'

# The same against a model: two records, and fifty that are all alike.
awk 'BEGIN {
	print "ch\tx"
	for (i = 0; i < 200; i++)
		print (i % 2 ? "web\t" 10 + i % 13 : "app\t" 40 + i % 17)
}' >then.tsv
cx-persona --discover -q -x ch,x:num -k 2 --starts 5 --samples 0 \
	--save model.tsv then.tsv >/dev/null
for n in 2 50; do
	awk -v n=$n 'BEGIN {
		print "ch\tx"
		for (i = 0; i < n; i++)
			print (i % 2 ? "web" : "app") "\t30.1"
	}' | cx-persona -q --model model.tsv --drift drift.tsv >/dev/null
	grep '^x		200' drift.tsv | cut -f 11 >p-$n
done
is '' "$(cat p-2)" 'drift: two records are not tested'
# R: x <- scan of then.tsv; s <- sd(x) * sqrt(1 / 200 + 1 / 50)
# 2 * pt(-abs(mean(x) - 30.1) / s, 199)
is 0.498974 "$(cat p-50)" 'drift: fifty equal numbers are no fifty certainties'

tap_done
