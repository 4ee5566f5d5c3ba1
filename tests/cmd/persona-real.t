#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Rules and cards on real data, against counts that were made with the csv
# module of Python 3.11 (Fukui) and with awk (telco). The data are not part of
# cx: CX_DATA names their folder.

# shellcheck disable=SC1090,SC1091,SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"

real_data
cd "$tmp" || exit 1
rules=$src/share/personas/fukui.rules
fukui=$data/fukui/derived_2025-05_2025-10.csv.gz

# Fukui tourism survey (CC BY 4.0, Fukui Prefecture Tourism Federation)
cat >want <<'END'
persona	n	promoters	detractors
bath and table	982	482	123
by shinkansen	1338	581	202
drivers	5033	1961	1114
on business	411	146	130
others	1068	452	205
outdoors	1574	612	324
residents	1625	448	349
young drivers	927	505	128
END
cx-ingest -q -c nps=NPS "$fukui" | cx-persona -q -r "$rules" >named.tsv
cx-nps -g persona named.tsv | cut -f 1,2,3,5 >got
same want got 'fukui: the rules of share, through three programs'

# Other threads, gzip, csv: the same stream.
cx-ingest -q -c nps=NPS -o plain.tsv "$fukui"
cx-ingest -q -c nps=NPS -F csv -o plain.csv "$fukui"
gzip -k plain.tsv
for how in '-j 1 plain.tsv' '-j 2 plain.tsv' 'plain.tsv.gz' '-j 2 plain.csv'; do
	# shellcheck disable=SC2086	# options and a file
	cx-persona -q -r "$rules" $how | cmp -s named.tsv -
	ok "fukui: the same with $how"
done
cut -f 1-92 named.tsv | cmp -s plain.tsv -
ok 'fukui: all other cells as they came'

# Cards do not depend on order, threads or compression.
columns=年代,同行者,6分類,回答時の年齢:num
(head -n 1 named.tsv; sed 1d named.tsv | sort) >shuffled.tsv
cx-persona --cards -j 1 -x $columns named.tsv >cards.tsv
for how in '-j 2 named.tsv' '-j 2 shuffled.tsv'; do
	# shellcheck disable=SC2086	# options and a file
	cx-persona --cards -x $columns $how | cmp -s cards.tsv -
	ok "fukui: the same cards with $how"
done

# IBM telco churn (Apache-2.0): who leaves
cat >telco.rules <<'END'
newcomers: tenure < 12 and Contract == "Month-to-month"
settled: Contract in ("One year", "Two year")
others: else
END
cx-persona -q -r telco.rules "$data"/telco/*.csv |
	cx-persona -q --cards -x Churn,InternetService,tenure:num >telco.tsv
awk -F '\t' '$2 == "size" || ($2 == "Churn" && $3 == "Yes") {
		print $1, $2, $4, $5, $6 }' telco.tsv | sort >got
cat "$data"/telco/*.csv | tr -d '\r' | awk -F , '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{
		who = $at["tenure"] < 12 && $at["Contract"] == "Month-to-month" ?
			"newcomers" : $at["Contract"] ~ /year/ ? "settled" : "others"
		n[who]++
		all++
		churn[who] += $at["Churn"] == "Yes"
		left += $at["Churn"] == "Yes"
	}
	END {
		for (who in n) {
			printf "%s size %d %.4f \n", who, n[who], 100 * n[who] / all
			printf "%s Churn %d %.4f %.4f\n", who, churn[who],
				100 * churn[who] / n[who],
				100 * (churn[who] / n[who]) / (left / all)
		}
	}' | sort >want
same want got 'telco: sizes, and who leaves'
is newcomers "$(awk -F '\t' '$2 == "Churn" && $3 == "Yes" && $10 == 1 && $6 > 150 {
	print $1 }' telco.tsv)" 'telco: newcomers without a contract are set apart by leaving'
tap_done
