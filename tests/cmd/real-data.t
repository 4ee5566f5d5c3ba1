#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Real surveys against figures that others published or computed. The data
# are not part of cx: CX_DATA names their folder.
. "${srcdir:-.}/tests/lib/tap.sh"

real_data
cd "$tmp" || exit 1

# figures FILE: n promoters passives detractors nps se of an ungrouped table
figures() {
	awk -F '\t' 'NR == 2 { print $1, $2, $3, $4, $5, $6 }'
}

# Toyama tourism survey (CC BY 4.0, Toyama prefecture). The NPS by city and
# month is the one published in oracle_nps_city_month.csv.
cp "$data/toyama/oracle_spot_to_city.csv" spots.csv
cat >toyama.book <<'EOF'
column	header	type	dates	zone	lookup
time	アンケート回答日	time	ymd	Asia/Tokyo	
nps	おすすめ度	score			
pref	回答場所	text			spots.csv:type:都道府県
city	回答場所	text			spots.csv:type:市区町村
EOF
cx-ingest -m toyama.book "$data/toyama/toyama.csv" >toyama.tsv 2>err
is 'cx-ingest: read 3339, kept 3339' "$(cat err)" 'toyama: all records'
is '3339 1662 1169 508 34.5612 1.2604' "$(cx-nps toyama.tsv | figures)" \
	'toyama: the whole'
is '3339 1662 1169 508 34.5612 1.2604' \
	"$(cx-nps -s おすすめ度 "$data/toyama/toyama.csv" | figures)" \
	'toyama: the whole, from the export'
cx-nps -g pref,city -t month --tz Asia/Tokyo toyama.tsv >months.tsv

# One test for each published row of the prefecture: n and the rounded NPS,
# and the share of each class from the published shares of the scores.
awk -F '\t' 'NR > 1 { n[$3, $1, $2] = $4; nps[$3, $1, $2] = $8
		d[$3, $1, $2] = $7; p[$3, $1, $2] = $5 }
	END {
		while ((getline line <oracle) > 0) {
			split(line, f, ",")
			if (f[2] != "富山県")
				continue
			k = f[1] SUBSEP f[2] SUBSEP f[3]
			near = nps[k] - f[4]
			low = 0
			for (i = 6; i <= 12; i++)
				low += f[i]
			# published shares are whole percentages
			share = n[k] ? 100 * d[k] / n[k] - low : 99
			bad = n[k] != f[5] || near > .0500001 ||
				near < -.0500001 || share > 3.6 || share < -3.6
			printf "%s %s %s %s\n", bad ? "bad" : "good", f[1], f[3],
				n[k] " " nps[k] " for " f[5] " " f[4]
		}
	}' oracle="$data/toyama/oracle_nps_city_month.csv" months.tsv >compared
is '94' "$(grep -c '^good' compared)" 'toyama: 94 published city-months equal'
is '0' "$(grep -c '^bad' compared)" 'toyama: none differs'
grep '^bad' compared | sed 's/^/# /'

# Fukui tourism survey (CC BY 4.0, Fukui prefecture tourism federation).
# Counts of the scores: python3, csv module, 2026-11-21.
fukui=$data/fukui/derived_2025-05_2025-10.csv.gz
is '12958 5187 5196 2575' "$(cx-nps -s NPS "$fukui" | figures | cut -d ' ' -f 1-4)" \
	'fukui: 12,958 records with line ends in cells'
cx-ingest -q -c nps=NPS -F csv "$fukui" | cx-nps | figures >got
cx-nps -s NPS "$fukui" | figures >want
same want got 'fukui: the same through cx-ingest and CSV'

# The raw files of three schemas in one call. Columns and records: python3, csv
# module.
cx-ingest "$data"/fukui/byid_100200_92cols.csv \
	"$data"/fukui/byid_119100_89cols.csv \
	"$data"/fukui/byid_188800_90cols.csv >fukui.tsv 2>err
sed "s,$data/fukui/,," err >got
cat >want <<'EOF'
cx-ingest: the files differ in their columns; the stream has all 92, empty where a file lacks them
cx-ingest: byid_119100_89cols.csv: 89 columns; lacks 3: "登録エリア", "満足度(商品・サービス)", "満足度(商品・サービス)の理由"
cx-ingest: byid_188800_90cols.csv: 90 columns; lacks 2: "登録施設", "アンケート回答後に訪問する予定の主な場所FA"
cx-ingest: read 760, kept 760
EOF
same want got 'fukui: how the schemas of 92, 89 and 90 columns differ'
shape() {
	awk -F '\t' 'NR == 1 { n = NF } NF != n { n = -1 }
		END { print n, NR - 1 }' "$1"
}
is '92 760' "$(shape fukui.tsv)" 'fukui: one stream of the three'
cx-ingest -q "$data"/fukui/byid_119100_89cols.csv \
	"$data"/fukui/byid_188800_90cols.csv \
	"$data"/fukui/byid_100200_92cols.csv >other.tsv
is '92 760' "$(shape other.tsv)" 'fukui: in another order'
cx-nps -s NPS fukui.tsv | figures >want
cx-nps -s NPS "$data"/fukui/byid_*.csv | figures >got
same want got 'fukui: the NPS of the three'

# The latest answer of each member, of those of one time the last in the file:
# python3, csv module.
cat >fukui.book <<'EOF'
column	header	type	labels	missing	range	touchpoint
customer	会員ID	id				
time	回答日時	time				
nps	NPS	score				
csat	満足度	score	とても満足=5|満足=4|どちらでもない=3|不満=2|とても不満=1	選択肢なし	1..5	旅行全体
csat	満足度(商品・サービス)	score	とても満足=5|満足=4|どちらでもない=3|不満=2|とても不満=1	選択肢なし	1..5	商品・サービス
csat	福井県内での交通手段の満足度	score	とても満足=5|満足=4|どちらでもない=3|不満=2|とても不満=1	選択肢なし	1..5	交通
EOF
cx-ingest -m fukui.book --tz Asia/Tokyo --latest-per customer "$fukui" \
	>latest.tsv 2>err
is 'cx-ingest: read 12958, kept 8024, dropped 4934: not the latest 4934' \
	"$(tail -n 1 err)" 'fukui: the latest of each member'
is '8024 3373 3101 1550' "$(cx-nps latest.tsv | figures | cut -d ' ' -f 1-4)" \
	'fukui: their NPS, with three ratings in rows of their own'
is "$(sed -n 's/.*rows of touchpoints: //p' err)" \
	"$(($(tail -n +2 latest.tsv | wc -l) - 8024))" 'fukui: their ratings'

# NPS by channel (Apache-2.0); figures from the data's own description.
for f in 'email 18.5963' 'mobile -14.7140' 'web 22.0961'; do
	channel=${f% *}
	is "${f#* }" "$(cx-nps -s nps_rating \
		"$data/nps-by-channel/nps_$channel.csv" | cut -f 5 | tail -n 1)" \
		"channel $channel"
done
# Three files at once: 6,043 records, counted with wc -l less headers.
is 6043 "$(cx-nps -s nps_rating "$data"/nps-by-channel/*.csv |
	tail -n 1 | cut -f 1)" 'three files at once'

# Carpentries long-term survey 2017 (CC BY 4.0, The Carpentries).
is '402 36.3184 74' "$(cx-nps -s Likely-To-Recommend \
	"$data"/carpentries/longterm_20170701.csv |
	awk 'NR == 2 { print $1, $5, $10 }')" 'carpentries'

# What drives recommendation in Toyama: importance (LMG) and expected change
# by R 4.2.2, cov(use = "pairwise") with all subsets, and lm().
satisfied='大いに満足=5|満足=4|普通=3|不満=2|大いに不満=1'
{
	printf 'column\theader\ttype\tlabels\n'
	printf 'nps\tおすすめ度\tscore\t\n'
	printf '%s\t満足度（%s）\tlabel\t%s\n' \
		食べ物 食べ物・料理 "$satisfied" 宿泊 宿泊施設 "$satisfied" \
		買い物 '買い物（工芸品・特産品など）' "$satisfied" \
		観光 観光・体験 "$satisfied" 交通 交通 "$satisfied" \
		csat 旅行全体 "$satisfied"
} >drivers.book
cx-ingest -q -m drivers.book "$data/toyama/toyama.csv" >drivers.tsv
cx-gaps -q --scale 1..5 --target 80 -x 食べ物,宿泊,買い物,観光,交通 drivers.tsv |
	cut -f 1,2,5,23,40 >got
cat >want <<'EOF'
rank	touchpoint	importance	nps_change	r2
1	買い物	0.0396	3.3479	0.2145
2	観光	0.0579	2.6927	0.2145
3	交通	0.0157	1.2353	0.2145
4	宿泊	0.0341	0.7000	0.2145
5	食べ物	0.0673	0.0000	0.2145
EOF
same want got 'toyama: what drives recommendation'
cx-gaps -q --scale 1..5 -y csat -x 食べ物,宿泊,買い物,観光,交通 drivers.tsv |
	sort -t '	' -k 5,5nr | head -n 1 | cut -f 2,4,13 >got
printf '観光\t3339\tkeep up\n' >want
same want got 'toyama: what drives satisfaction'

# Fukui by age: rows and ratings counted with python3, csv module.
cat >fukui.book <<'EOF'
column	header	type	labels	missing
id	会員ID	text		
nps	NPS	score		
age	年代	text		
shop	満足度(商品・サービス)	label	とても満足=5|満足=4|どちらでもない=3|不満=2|とても不満=1	選択肢なし
travel	福井県内での交通手段の満足度	label	とても満足=5|満足=4|どちらでもない=3|不満=2|とても不満=1	選択肢なし
EOF
cx-ingest -q -m fukui.book --duplicates keep "$fukui" >fukui.tsv
cx-gaps -q --scale 1..5 -g age -x shop,travel --target best fukui.tsv |
	awk -F '\t' '$4 == "50代" { print $2, $5, $40 }' | sort >got
printf 'shop 4241 4241\ntravel 2032 4241\n' >want
same want got 'fukui: ratings by age'

# Japanese customers (MIT, The Japan DataScientist Society), whose characters
# are all in cp932: one stream, whatever the encoding.
customers=$data/crm-ja/customer.csv
cx-ingest -q "$customers" >want
is 21971 "$(($(wc -l <want) - 1))" 'customers: all records'
tail -c +4 "$customers" >bare.csv
iconv -f UTF-8 -t CP932 bare.csv >cp932.csv
iconv -f UTF-8 -t EUC-JP bare.csv >euc-jp.csv
printf '\377\376' >utf-16.csv
iconv -f UTF-8 -t UTF-16LE bare.csv >>utf-16.csv
for e in cp932 euc-jp utf-16; do
	cx-ingest -q -e $e $e.csv >got
	same want got "customers in $e"
	gzip -n $e.csv
	cx-ingest -q -e $e $e.csv.gz >got
	same want got "customers in $e, gzip"
done
gzip -nc "$customers" >utf-8.csv.gz
for f in bare.csv utf-8.csv.gz utf-16.csv.gz; do
	cx-ingest -q $f >got
	same want got "customers in $f, with no option"
done

# Star Wars survey (CC BY 4.0, FiveThirtyEight), in MacRoman: two bytes of
# its header line are no ASCII.
starwars=$data/exports/surveymonkey/StarWars_2row_macroman.csv
fails 1 ':1: byte 0x8C is not UTF-8, at offset 641; it looks like' \
	'star wars: not UTF-8' cx-ingest "$starwars"
grep -q 'macintosh' fails.err
ok 'star wars: macintosh is among what it may be'
tap_done
