#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Real exports and surveys: what they are recognised as, how many header rows
# and records they have, and that the command which --inspect prints works.
# The data are not part of cx: CX_DATA names their folder.
#
# Records were counted with python3, csv module: all rows of a file, decoded,
# less its header rows, which were counted by eye. (TSV without quoting, and
# StarWars as mac_roman.)
. "${srcdir:-.}/tests/lib/tap.sh"

real_data
cd "$tmp" || exit 1

# known FILE: what is said of the format and its header rows
known() {
	sed -n "s/.*: read as \([a-z-]*\) (.*), \([0-9]\) header row.*/\1 \2/p" "$1"
}

while read -r format headers rows dropped file option; do
	[ "$format" = - ] && want= || want="$format $headers"
	# shellcheck disable=SC2086 # an option is a word, or none
	cx-ingest $option "$data/$file" >out 2>said
	is "$want" "$(known said)" "$file: its format"
	records=$((rows - headers))
	is "read $records, kept $((records - dropped))" \
		"$(sed -n 's/^cx-ingest: \(read [0-9]*, kept [0-9]*\).*/\1/p' said)" \
		"$file: its records"
	is "$((records - dropped))" "$(sed 1d out | wc -l | tr -d ' ')" \
		"$file: its rows"
	# shellcheck disable=SC2086
	cx-ingest --inspect $option "$data/$file" 2>said >book
	sed -n 's/^cx-ingest: to use it: //p' said >command.sh
	sh ./command.sh 2>err >out
	is "0 $((records - dropped))" "$? $(sed 1d out | wc -l | tr -d ' ')" \
		"$file: the command that --inspect prints"
	grep -q '^cx-ingest: read' err || sed 's/^/# /' err
done <<'E'
qualtrics 3 4 0 exports/qualtrics/sample_3row_numeric_de.csv
qualtrics-legacy 2 3 0 exports/qualtrics/sample_legacy_2row_bom.csv
surveymonkey 2 1188 0 exports/surveymonkey/StarWars_2row_macroman.csv -emacintosh
surveymonkey-condensed 1 1130 0 exports/surveymonkey/comma_survey_1row.csv
google-forms 1 296 0 exports/google-forms/r2018_es.tsv
- 1 45 0 exports/google-forms/r2018_es_question_names.tsv
limesurvey-answers 1 254 0 exports/limesurvey/rse2017_uk.csv
typeform 1 501 0 exports/typeform/fcc2016_first500.csv
zendesk 1 11 0 exports/zendesk/ticket_data.csv
hubspot 1 23 0 exports/hubspot/contact_data.csv
salesforce 1 11 3 exports/salesforce/sf_account_data.csv
- 1 477 0 carpentries/longterm_20170701.csv
- 1 69660 0 cdnow/CDNOW_master.txt
- 1 6919 0 cdnow/CDNOW_sample.txt
- 1 2358 0 cdnow/oracle_cdnow_customers_summary.csv
- 1 31107 0 clickstream/ecom.csv.gz
- 1 21972 0 crm-ja/customer.csv
- 1 5443 0 event-logs/patients.csv
- 1 43 0 event-logs/running-example.csv
- 1 35 0 event-logs/running_example_semicolon.csv
- 1 456 0 fukui/byid_100200_92cols.csv
- 1 15 0 fukui/byid_119100_89cols.csv
- 1 292 0 fukui/byid_188800_90cols.csv
- 1 12959 0 fukui/derived_2025-05_2025-10.csv.gz
- 1 1953 0 nps-by-channel/nps_email.csv
- 1 1802 0 nps-by-channel/nps_mobile.csv
- 1 2291 0 nps-by-channel/nps_web.csv
- 1 119 0 oracles/carcinoma.csv
- 1 271 0 oracles/heart.csv
- 1 179 0 oracles/wine.csv
- 1 7044 0 telco/Telco-Customer-Churn.csv
- 1 287 0 toyama/oracle_nps_city_month.csv
- 1 451 0 toyama/oracle_spot_to_city.csv
- 1 3340 0 toyama/toyama.csv
E
is 1186 "$(cx-ingest -q -e macintosh \
	"$data/exports/surveymonkey/StarWars_2row_macroman.csv" | sed 1d | cut -f 1 |
	sort -u | wc -l | tr -d ' ')" 'Star Wars: 1,186 respondents'

# ---- Google Forms: an NPS item (Spanish R survey of 2018) ----

# n and NPS as the data's own description has them.
is '260 63.8462 35' "$(cx-ingest -q -c nps='#25' \
	"$data/exports/google-forms/r2018_es.tsv" | cx-nps |
	awk -F '\t' 'NR == 2 { print $1, $5, $10 }')" 'Google Forms: the NPS item'

# ---- LimeSurvey: U+FEFF in cells, end points with words ----

limesurvey=$data/exports/limesurvey/rse2017_uk.csv
sat='satisGen1[SQ001]. In general, how satisfied are you with: *'
printf 'column\theader\ttype\trange\ncsat\t%s\tscore code\t0..10\n' "$sat" >book
# python3: int of the leading digits after U+FEFF and blanks are taken off.
is '219 0 10' "$(cx-ingest -q -m book "$limesurvey" | sed 1d | cut -f 1 |
	grep . | sort -n | awk 'NR == 1 { low = $1 } { high = $1; n++ }
	END { print n, low, high }')" 'LimeSurvey: end points are end values'

# ---- Fukui: three schemas, labels, touchpoints ----

fukui=$data/fukui
cat >book <<'E'
column,header,type,dates,zone,touchpoint,stage
customer,会員ID,id,,,,
time,回答日時,time,ymd,Asia/Tokyo,,
nps,NPS,score,,,,
csat,満足度,label ja-satisfaction-totemo-5,,,visit,on site
csat,満足度(商品・サービス),label ja-satisfaction-totemo-5,,,goods,on site
csat,福井県内での交通手段の満足度,label ja-satisfaction-totemo-5,,,transport,travel
E
cx-ingest -m book "$fukui"/byid_*.csv >three.tsv 2>said
is 'cx-ingest: read 760, kept 760' "$(tail -n 1 said)" 'Fukui: three files'
is 'cells that say not applicable: 12; empty in the stream' \
	"$(sed -n 's/^cx-ingest: \(cells that say.*\)/\1/p' said)" \
	'Fukui: 選択肢なし is no answer'
# Counts of the answers by python3, csv.DictReader and Counter: of 満足度 760,
# of goods 607, of transport 158 that are points.
is 'goods 607 transport 158 visit 760' "$(awk -F '\t' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	NR > 1 && $at["touchpoint"] != "" { n[$at["touchpoint"]]++ }
	END { print "goods", n["goods"], "transport", n["transport"],
		"visit", n["visit"] }' three.tsv)" 'Fukui: rows of touchpoints'
is 'cx-ingest: rows of touchpoints: 1525' \
	"$(grep touchpoints: said)" 'Fukui: all of them'
is "$(cx-ingest -q -c nps=NPS "$fukui"/byid_*.csv | cx-nps | cut -f 1-6)" \
	"$(cx-nps three.tsv | cut -f 1-6)" 'Fukui: the NPS is what it was'
is '760 66 109 585' "$(cx-nps three.tsv | sed -n 2p | cut -f 1-4 | tr '\t' ' ')" \
	'Fukui: counts of the scores'
# Top two of visit: 254 + 389 満足, 28 + 25 とても満足 of 760.
is 'visit 760 696' "$(cx-csat -g touchpoint --scale 1..5 three.tsv |
	awk -F '\t' '$1 == "visit" { print $1, $2, $3 }')" \
	'Fukui: satisfaction by touchpoint'
sed 's/label ja-[a-z0-9-]*/label/' book >found
cx-ingest -q -m found "$fukui"/byid_*.csv >got
same three.tsv got 'Fukui: the same sets are found'
grep -q '119100_89cols.csv: no column "満足度(商品・サービス)"' said
ok 'Fukui: which touchpoint a file lacks'
# One cell of all answers, and a column of 0 and 1 for each. Rows, those whose
# one cell the columns have, and those with more in the columns, where a
# resident who came by car is both: python3, csv.DictReader and sets.
cat >book <<'E'
column,header,type
all,福井県までの交通手段ALL,multi newline
each,自家用車,multi
each,レンタカー,multi
each,新幹線,multi
each,在来線,multi
each,飛行機,multi
each,旅行会社ツアーバス,multi
each,県外から訪れていない（福井県在住）,multi
E
cx-ingest -q -m book "$fukui/byid_100200_92cols.csv" | sed 1d | cut -f 1,2 |
	awk -F '\t' '{ n = split($1, a, "|"); both = 0
		for (i = 1; i <= n; i++)
			both += index("|" $2 "|", "|" a[i] "|") > 0
		has += both == n
		more += split($2, b, "|") > n }
	END { print NR, has, more }' >got
is '455 451 349' "$(cat got)" 'Fukui: several answers, two forms'

# ---- Toyama: the labels of another set ----

cx-ingest --inspect -q "$data/toyama/toyama.csv" >book
is 6 "$(grep -c 'label ja-satisfaction-ooini-5' book)" \
	'Toyama: six columns of labels'
is '3339 1662 1169 508' "$(cx-ingest -q -m book "$data/toyama/toyama.csv" |
	cx-nps | sed -n 2p | cut -f 1-4 | tr '\t' ' ')" \
	'Toyama: the NPS with the drafted codebook'
tap_done
