#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Each format, with a small export written by hand in the shape that the tool
# gives it, and the stream that must come of it, written by hand too.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# export_is FORMAT [OPTION...]: the export in x.csv is recognised as FORMAT,
# and becomes the stream in want.
export_is() {
	name=$1
	shift
	cx-ingest "$@" x.csv >got 2>said
	grep -q "x.csv: read as $name (" said
	ok "$name $*: recognised"
	same want got "$name $*: the stream"
	grep -q '^cx-ingest: read' said || sed 's/^/# /' said
	# In small pieces, through a pipe.
	# shellcheck disable=SC2002 # it is the pipe that is tested
	cat x.csv | CX_DEBUG=block=7,piece=5,read=3 cx-ingest -q "$@" >got
	same want got "$name $*: through a pipe"
}

tabs() {
	tr '~' '\t'
}

# ---- Qualtrics ----

cat >x.csv <<'E'
StartDate,EndDate,Status,Finished,RecordedDate,ResponseId,ExternalReference,DistributionChannel,Q1,Q2,Q2_NPS_GROUP
Anfangsdatum,Enddatum,Antworttyp,Beendet,Erfassungsdatum,Antwort-ID,Externe Datenreferenz,Verteilungskanal,"Wie war
es?",Empfehlung,Empfehlung - Gruppe
"{""ImportId"":""startDate"",""timeZone"":""America/Denver""}","{""ImportId"":""endDate"",""timeZone"":""America/Denver""}","{""ImportId"":""status""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate"",""timeZone"":""America/Denver""}","{""ImportId"":""_recordId""}","{""ImportId"":""externalDataReference""}","{""ImportId"":""distributionChannel""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID2_NPS_GROUP""}"
2026-07-01 08:00:00,2026-07-01 08:01:00,0,1,2026-07-01 08:01:05,R_1,c1,anonymous,2,8,2
2026-07-01 08:00:00,2026-07-01 08:01:00,1,1,2026-07-01 08:01:05,R_2,c2,anonymous,2,8,2
2026-07-01 08:00:00,2026-07-01 08:01:00,2,1,2026-07-01 08:01:05,R_3,c3,anonymous,2,8,2
2026-07-01 08:00:00,2026-07-01 08:01:00,8,1,2026-07-01 08:01:05,R_4,c4,anonymous,2,8,2
2026-07-01 08:00:00,2026-07-01 08:01:00,0,0,2026-07-01 08:01:05,R_5,c5,anonymous,2,8,2
2026-07-01 08:00:00,2026-07-01 08:01:00,0,1,2026-07-01 08:01:05,R_6,c6,preview,2,8,2
2026-12-01 08:00:00,2026-12-01 08:01:00,16,True,2026-12-01 08:01:05,R_7,,email,-99,9,2
E
tabs >want <<'E'
id~customer~time~StartDate~EndDate~Status~Finished~DistributionChannel~Q1~Q2~Q2_NPS_GROUP
R_1~c1~2026-07-01T14:01:05Z~2026-07-01 08:00:00~2026-07-01 08:01:00~0~1~anonymous~2~8~2
R_7~~2026-12-01T15:01:05Z~2026-12-01 08:00:00~2026-12-01 08:01:00~16~True~email~~9~2
E
export_is qualtrics
is 'cx-ingest: x.csv: read as qualtrics (Qualtrics, with three header rows), 3 header rows
cx-ingest: cells that hold a missing code: 1; empty in the stream
cx-ingest: NPS groups that are not those of their scores: 1; the scores count
cx-ingest: read 7, kept 2, dropped 5: partials 1, previews 2, spam 1, tests 1' \
	"$(cx-ingest x.csv 2>&1 >/dev/null)" 'qualtrics: what is told'
# 0 to 6, 7 and 8, 9 and 10 (Reichheld 2003), as numbers and as words.
groups() {
	{
		head -n 4 x.csv
		awk -v right="$1" 'BEGIN {
			split("Detractor Passive Promoter", word, " ")
			for (score = 0; score <= 10; score++)
				for (group = 1; group <= 3; group++)
					if (right == (group == 1 + (score > 6) + (score > 8)))
						print ",,0,1,,R" ++n ",,x,2," score "," group "\n" \
							",,0,1,,W" n ",,x,2," score "," word[group]
		}'
	} >groups.csv
	cx-ingest groups.csv 2>&1 >/dev/null | grep "NPS groups"
}
is '' "$(groups 1)" 'qualtrics: scores in their groups'
is 'cx-ingest: NPS groups that are not those of their scores: 44; the scores count' \
	"$(groups 0)" 'qualtrics: scores in the others'
is 'R_1 R_5 R_7' "$(cx-ingest -q --keep partials x.csv | tail -n +2 | cut -f 1 |
	tr '\n' ' ' | sed 's/ $//')" 'qualtrics: partials kept'
fails 2 '--keep: no rule of a format or of the codebook is called "x"' \
	'a rule that there is not' cx-ingest --keep x x.csv
# Words that are translated cannot be dropped, and are not passed over.
sed 's/,1,1,/,Umfragevorschau,1,/' x.csv >y.csv
is 'cx-ingest: column "Status": cells that the format does not know: 1; their records are kept' \
	"$(cx-ingest y.csv 2>&1 >/dev/null | grep Status)" \
	'qualtrics: what is no status that is known'
is '' "$(cx-ingest --keep previews x.csv 2>&1 >/dev/null | grep Status)" \
	'qualtrics: what is kept is known'
# A line of the file, behind a header of four lines.
printf 'column\theader\ttype\trange\nx\tQ2\tscore\t0..7\n' >book
fails 1 'x.csv:5: column "x": "8" is not a whole number from 0 to 7' \
	'physical lines behind several header rows' cx-ingest -m book x.csv
# What the codebook says goes before the format.
printf 'column\theader\ttype\tzone\ntime\tEndDate\ttime\tUTC\nResponseId\tResponseId\ttext\t\n' >book
is 'time ResponseId customer StartDate Status' "$(cx-ingest -q -m book x.csv |
	head -n 1 | cut -f 1-5 | tr '\t' ' ')" 'a codebook before the format'
is 2026-07-01T08:01:00Z "$(cx-ingest -q -m book x.csv | sed -n 2p | cut -f 1)" \
	'its zone before that of the header'
printf 'column\theader\ttype\ntime\tEndDate\ttime\n' >book
is 2026-07-01T14:01:00Z "$(cx-ingest -q -m book x.csv | sed -n 2p | cut -f 1)" \
	'the zone of the header for a time of the codebook'
sed 's/America.Denver/Asia\/Tokyo/g' x.csv >y.csv
fails 1 'y.csv: the times are in "Asia/Tokyo", and in "America/Denver" in a' \
	'two zones in two files' cx-ingest x.csv y.csv

cat >x.csv <<'E'
StartDate,Status,Finished,ResponseId,Q1
Start Date,Response Type,Finished,Response ID,How was it?
{'ImportId': 'startDate'},{'ImportId': 'status'},{'ImportId': 'finished'},{'ImportId': '_recordId'},{'ImportId': 'QID1-TEXT'}
2026-07-01 08:00:00,IP Address,True,R_1,fine
2026-07-01 08:00:00,Survey Preview,True,R_2,fine
E
tabs >want <<'E'
id~StartDate~Status~Finished~Q1
R_1~2026-07-01 08:00:00~IP Address~True~fine
E
export_is qualtrics-api

printf '\357\273\277' >x.csv
cat >>x.csv <<'E'
V1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1,
ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,Finished,How was it?,
R_1,Default,Anonymous,c1,,,0,2026-07-01 08:00:00,2026-07-01 08:01:00,1,3,
R_2,Default,Anonymous,c2,,,0,2026-07-01 08:00:00,2026-07-01 08:01:00,0,3,
E
tabs >want <<'E'
id~ResponseSet~Name~customer~EmailAddress~IPAddress~Status~StartDate~time~Finished~Q1
R_1~Default~Anonymous~c1~~~0~2026-07-01 08:00:00~2026-07-01T08:01:00Z~1~3
E
export_is qualtrics-legacy --tz UTC

# ---- SurveyMonkey ----

cat >x.csv <<'E'
Respondent ID,Collector ID,Which have you used? Select all.,,,How was it?,Comments
,,Shop,App,Other (please specify),Response,Open-Ended Response
11,5,Shop,,,Good,"a, b"
12,5,,App,Phone,Poor,
E
tabs >want <<'E'
id~Collector ID~Which have you used? Select all. - Shop~Which have you used? Select all. - App~Which have you used? Select all. - Other (please specify)~How was it?~Comments
11~5~Shop~~~Good~a, b
12~5~~App~Phone~Poor~
E
export_is surveymonkey
# The same as one column of answers.
printf 'column\theader\ttype\nused\tWhich have you used*\tmulti\n' >book
is 'used Shop App|Phone' "$(cx-ingest -q -m book x.csv | cut -f 1 | tr '\n' ' ' |
	sed 's/ $//')" 'surveymonkey: one cell of several columns'

cat >x.csv <<'E'
RespondentID,How was it?
11,Good
E
tabs >want <<'E'
id~How was it?
11~Good
E
export_is surveymonkey-condensed

# ---- forms ----

printf 'Timestamp\tScore\tTools\r\n2026/1/7 19:41:41\t9\tA\\B, C\r\n' >x.csv
printf 'time\tScore\tTools\n2026-01-07T10:41:41Z\t9\tA\\\\B, C\n' >want
export_is google-forms --tz Asia/Tokyo
printf 'Timestamp\tScore\tTools\n2026/1/7 19:41:41\t9\tA\\\\B, C\n' >want
cx-ingest -q x.csv >got
same want got 'google-forms: a time of unknown zone stays as it is'

cat >x.csv <<'E'
タイムスタンプ,満足度,参加日
2020/07/27 3:15:06 午後 GMT+9,満足,1 日目;2 日目
2020/07/27 12:15:06 午前 GMT+9,不満,3 日目
E
tabs >want <<'E'
time~満足度~参加日
2020-07-27T06:15:06Z~満足~1 日目;2 日目
2020-07-26T15:15:06Z~不満~3 日目
E
export_is google-forms-csv

cat >x.csv <<'E'
ID,Start time,Completion time,Email,Name,How was it?
1,2026-08-20 12:50:00,2026-08-20 12:51:45,anonymous,anonymous,A;B;
2,2026-08-20 12:52:00,2026-08-20 12:53:00,a@example.com,anonymous,B;
E
tabs >want <<'E'
id~time~Email~Name~Start time~How was it?
1~2026-08-20T12:51:45Z~~~2026-08-20 12:50:00~A;B;
2~2026-08-20T12:53:00Z~a@example.com~~2026-08-20 12:52:00~B;
E
export_is ms-forms --tz UTC

cat >x.csv <<'E'
ID,開始時刻,完了時刻,メール,名前,満足度
1,2026/8/20 12:50:00,2026/8/20 12:51:45,anonymous,,満足
E
tabs >want <<'E'
id~time~メール~名前~開始時刻~満足度
1~2026-08-20T03:51:45Z~~~2026/8/20 12:50:00~満足
E
export_is ms-forms --tz Asia/Tokyo

cat >x.csv <<'E'
#,Used,Other,None,Other,Start Date (UTC),Submit Date (UTC),Network ID
a1,Shop,,,Fax,2026-03-29 21:20:00,2026-03-29 21:21:23,n1
E
tabs >want <<'E'
id~time~Used~Other~None~Other_2~Start Date (UTC)~Network ID
a1~2026-03-29T21:21:23Z~Shop~~~Fax~2026-03-29 21:20:00~n1
E
export_is typeform

printf '\357\273\277' >x.csv
cat >>x.csv <<'E'
id,submitdate,lastpage,startlanguage,q1[SQ001],q2
1,2026-09-03 12:28:46,3,en,Y,10 - Completely satisfied
2,,1,en,N,
3,1980-01-01 00:00:00,3,en,,0 - Not at all
E
tabs >want <<'E'
id~time~lastpage~startlanguage~q1[SQ001]~q2
1~2026-09-03T12:28:46Z~3~en~Y~10 - Completely satisfied
3~~3~en~~0 - Not at all
E
export_is limesurvey --tz UTC

cat >x.csv <<'E'
,socio1. In which country?,"time1[a]. How long: [Work]",q2. <b>How</b> was&nbsp;it?
1,Japan,1 (None at all),3
E
tabs >want <<'E'
col_1~socio1. In which country?~time1[a]. How long: [Work]~q2. How was it?
1~Japan~1 (None at all)~3
E
export_is limesurvey-answers

cat >x.csv <<'E'
"Response ID","Time Started","Date Submitted","Status","Words"
"1","2025-12-21 22:20:00","2025-12-21 22:21:47","Complete","quick;easy"
"2","2025-12-21 22:20:00","2025-12-21 22:21:47","Partial",""
E
tabs >want <<'E'
id~time~Time Started~Status~Words
1~2025-12-21T22:21:47Z~2025-12-21 22:20:00~Complete~quick;easy
E
export_is alchemer --tz UTC

cat >x.csv <<'E'
id,person,survey_type,score,comment,permalink,created_at,person_properties.plan
1,7,nps,9,,x,1614192119,a
E
tabs >want <<'E'
id~customer~time~survey_type~score~comment~permalink~person_properties.plan
1~7~2021-02-24T18:41:59Z~nps~9~~x~a
E
export_is delighted

cat >x.csv <<'E'
response_id,person_id,contact_id,answer,comment,dontcontact,responded,segment,question_type
1,2,3,9,null,,1614192119,s,nps
2,2,null,,late,,null,s,nps
E
tabs >want <<'E'
id~customer~time~person_id~answer~comment~dontcontact~segment~question_type
1~3~2021-02-24T18:41:59Z~2~9~~~s~nps
2~~~2~~late~~s~nps
E
export_is asknicely

# ---- tickets and customers ----

cat >x.csv <<'E'
id,requester_id,organization_id,submitter_id,created_at,via.channel,satisfaction_rating.score
1,7,3,7,2026-02-19 01:54:52,web,good
2,8,3,8,2026-02-19T01:54:52Z,email,bad with comment
3,9,,9,2026-02-19 01:54:52,email,offered
4,9,,9,2026-02-19 01:54:52,email,unoffered
E
tabs >want <<'E'
id~customer~account~time~channel~csat~submitter_id
1~7~3~2026-02-19T01:54:52Z~web~1~7
2~8~3~2026-02-19T01:54:52Z~email~0~8
3~9~~2026-02-19T01:54:52Z~email~~9
4~9~~2026-02-19T01:54:52Z~email~~9
E
export_is zendesk
is '2 1 2' "$(cx-csat --scale 0..1 --top 1 got |
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	NR == 2 { print $at["n"], $at["top"], $at["missing"] }')" \
	'zendesk: what was not rated is not bad'

cat >x.csv <<'E'
id,state,created_at,conversation_rating_value,conversation_rating_remark,conversation_rating_created_at,source_delivered_as,_fivetran_active
1,open,2020-10-28 00:26:06,4,ok,2020-10-29 00:26:06,automated,false
1,closed,2020-10-28 00:26:06,5,ok,2020-10-29 00:26:06,automated,true
E
tabs >want <<'E'
id~time~csat~comment~state~created_at~source_delivered_as~_fivetran_active
1~2020-10-29T00:26:06Z~5~ok~closed~2020-10-28 00:26:06~automated~true
E
export_is intercom

cat >x.csv <<'E'
id,property_email,property_createdate,property_hs_merged_object_ids
7,x,2021-04-01 17:32:47,8;9
E
tabs >want <<'E'
customer~time~property_email~property_hs_merged_object_ids
7~2021-04-01T17:32:47Z~x~8;9
E
export_is hubspot

cat >x.csv <<'E'
Id,AccountId,OwnerId,CreatedDate,Products
0015500000Xyy06AAB,0015500000Ygpq1,o,2021-04-01T17:32:47.000+0000,A;B
E
tabs >want <<'E'
id~account~time~OwnerId~Products
0015500000Xyy06AAB~0015500000Ygpq1~2021-04-01T17:32:47Z~o~A;B
E
export_is salesforce

# ---- the choice ----

cat >x.csv <<'E'
Respondent ID,Which?,
,A,B
1,A,
E
is 'Respondent ID Which? col_3' "$(cx-ingest -q -f generic x.csv | head -n 1 |
	tr '\t' ' ')" '-f generic'
is 'cx-ingest: read 2, kept 2' "$(cx-ingest -f generic x.csv 2>&1 >/dev/null)" \
	'-f generic says nothing of itself'
fails 2 '"nosuch" is not a format (there are: alchemer,' 'an unknown format' \
	cx-ingest -f nosuch x.csv
fails 1 'the format qualtrics has 3 header rows, and this has 1' \
	'too short for its format' sh -c 'echo a,b | cx-ingest -f qualtrics'
fails 1 'nosuch: cannot read the folder' 'a folder that there is not' \
	cx-ingest --formats nosuch x.csv
mkdir own
printf 'rule,column,note\ntitel,,x\n' >own/mine.tsv
fails 2 'own/mine.tsv:2: column "rule": "titel" is not a rule; did you mean title' \
	'a format with a fault' cx-ingest --formats own x.csv
printf 'rule,row,column,header,type,note\ntitle,,,,,Mine\nfirst,,,Respondent ID,,\nhas,,,Which?,,\nfirst,2,,,,\n,,who,Respondent ID,id,\n' >own/mine.tsv
is 'who Which? col_3' "$(CX_FORMATS=own cx-ingest -q x.csv | head -n 1 |
	tr '\t' ' ')" "CX_FORMATS: one's own is taken when it asks for more"
printf 'rule,column,note\ntitle,,Mine\n' >own/surveymonkey.tsv
is 'surveymonkey	1		Mine' "$(cx-ingest --formats own --list-formats |
	grep '^surveymonkey	')" 'one of the same name takes its place'
cx-ingest --list-formats >got && [ "$(wc -l <got)" -ge 20 ] &&
	sed 1d got | cut -f 1 | sort -c
ok '--list-formats, in order'

# ---- names ----

printf ' a ,a,a_2,<br>b<BR/>c,x &lt; 3,d\357\273\277,\343\200\200e\302\240,,1 < 2 > 1\n1,2,3,4,5,6,7,8,9\n' >x.csv
printf 'a\ta_3\ta_2\tb c\tx < 3\td\te\tcol_8\t1 < 2 > 1\n1\t2\t3\t4\t5\t6\t7\t8\t9\n' >want
cx-ingest -q x.csv >got
same want got 'names: blanks, markup, references, twice, none'

# ---- touchpoints ----

cat >x.csv <<'E'
rid,when,score,overall,food,rooms,notes,town
1,2026-01-01,9,5,4,N/A,fine,Toyama
2,2026-01-02,3,2,,,,Takaoka
E
cat >book <<'E'
column,header,type,range,missing,zone,stage,touchpoint,channel
id,rid,id,,,,,,
time,when,time,,,UTC,,,
nps,score,score,,,,,,
csat,overall,score,1..5,,,,,
csat,food,score,1..5,,,stay,food,
csat,rooms,score,1..5,N/A,,stay,rooms,web
comment,notes,text,,,,,,
E
tabs >want <<'E'
id~time~nps~csat~comment~touchpoint~stage~channel~town
1~2026-01-01T00:00:00Z~9~5~fine~~~~Toyama
1~2026-01-01T00:00:00Z~~4~~food~stay~~Toyama
2~2026-01-02T00:00:00Z~3~2~~~~~Takaoka
E
cx-ingest -m book x.csv >got 2>said
same want got 'touchpoints: a row for each that is rated'
is 'cx-ingest: cells that hold a missing code: 1; empty in the stream
cx-ingest: rows of touchpoints: 1
cx-ingest: read 2, kept 2' "$(cat said)" 'touchpoints: what is told'
sed 's/N.A/7/' x.csv >y.csv
fails 1 'y.csv:2: column "csat": "7" is not a whole number from 1 to 5' \
	'touchpoints: a rating off the scale' cx-ingest -m book y.csv
cx-ingest -q --rejects r.tsv -m book y.csv | sed 1d >got
sed 1,3d want | cmp -s - got
ok 'touchpoints: none of its rows when one rating is bad'
printf 'column,header,touchpoint\ncsat,food,food\n' >bad
fails 2 'bad:2: column "touchpoint": "csat" has a touchpoint and is no score' \
	'touchpoints: a text is no rating' cx-ingest -m bad x.csv
printf 'column,header,type,range,touchpoint\nt_*,*,score,1..5,food\n' >bad
fails 2 'bad:2: column "touchpoint": "t_*" has a touchpoint, which is rated' \
	'touchpoints: several columns of one' cx-ingest -m bad x.csv
printf 'column,header,type,range,stage\ncsat,food,score,1..5,stay\n' >bad
fails 2 'has a stage or a channel and no touchpoint' 'a stage alone' \
	cx-ingest -m bad x.csv
printf 'column,header,type,range,touchpoint\ncsat,food,score,1..5,food\ncsat,rooms,score,1..5,food\n' >bad
fails 2 'bad:3: the column "csat" has two rows' 'one touchpoint twice' \
	cx-ingest -m bad x.csv

# ---- several answers ----

# multi HEADER TYPE LABELS WANT NAME: the answers in x.csv, in one cell each
multi() {
	printf 'column\theader\ttype\tlabels\nm\t%s\t%s\t%s\n' "$1" "$2" "$3" >book
	is "$4" "$(cx-ingest -q -m book x.csv | sed 1d | cut -f 1 | tr '\n' '/')" \
		"several answers: $5"
}
printf 'a,b\n1 日目;2 日目;3 日目,1\nA;B;,1\n;;,1\n" A ; B;A",1\n' >x.csv
multi a multi '' '1 日目|2 日目|3 日目/A|B//A|B/' 'semicolons'
printf 'a,b\n"買い物、アウトレット\nその他\n",1\n' >x.csv
multi a 'multi newline' '' '買い物、アウトレット|その他/' 'line ends'
printf 'a,b\n"Excel, SPSS",1\n"100 - 250, other, SPSS",1\n' >x.csv
multi a 'multi ,' '100 - 250, other=mid|SPSS=spss' 'Excel|spss/mid|spss/' \
	'a comma inside an option, and labels'
printf 'q_walk,q_bus,q_other,b\n1,0,家から近い,1\n0,Yes,,1\nNo,FALSE,0,1\n,,,1\n' >x.csv
multi 'q_*' multi '' 'walk|家から近い/bus///' '0 and 1, and other text'
multi '#1..#3' multi '' 'q_walk|家から近い/q_bus///' 'a stretch of columns'
# More than are looked through one by one; each comes twice, by plain awk.
awk 'BEGIN { print "a,b"
	for (i = 0; i < 300; i++)
		printf "o%d;", i * 7 % 150
	print ",1" }' >x.csv
multi a multi '' "$(awk 'BEGIN {
	for (i = 0; i < 150; i++)
		printf "%so%d", i ? "|" : "", i * 7 % 150
	print "/" }')" 'many in a cell, each once'
printf 'a,b\nx|y,1\n' >x.csv
printf 'column\theader\ttype\nm\ta\tmulti\n' >book
fails 1 'x.csv:2: column "m": an answer has a |' 'several answers: one with a |' \
	cx-ingest -m book x.csv
printf 'q1_a,q1_b,q2_a\n1,2,3\n' >x.csv
printf 'column\theader\ttype\trange\nfirst_*\tq1_*\tscore\t1..5\n' >book
is 'first_a first_b q2_a' "$(cx-ingest -q -m book x.csv | head -n 1 |
	tr '\t' ' ')" 'a pattern that names columns'
printf 'column\theader\nx\tq1_*\n' >book
fails 2 'book:2: 2 columns are called like "q1_*"' 'a pattern for one column' \
	cx-ingest -m book x.csv

# ---- a codebook out of a spreadsheet ----

printf 'id,kind\n1,live\n' >x.csv
printf '\357\273\277column;header;type;;\r\nid;id;id;;\r\n;;;;\r\nsort;kind;text;;\r\n;;;;\r\n' >book
is 'id	sort' "$(cx-ingest -q -m book x.csv | head -n 1)" \
	'blank rows and columns of a spreadsheet'
printf 'column,header,\nid,id,oops\n' >book
fails 2 'book:2: cell 3 stands in a column without a name' \
	'a cell beside the columns of a codebook' cx-ingest -m book x.csv

# ---- rules of a codebook ----

printf 'id,kind\n1,live\n2,test\n3,\n' >x.csv
printf 'rule,column,header,cells,note\ndrop,,kind,test|,tests\n' >book
is 'cx-ingest: read 3, kept 1, dropped 2: tests 2' \
	"$(cx-ingest -m book x.csv 2>&1 >/dev/null)" 'a rule in a codebook'
printf 'rule,column,header,cells,note\nhas,,kind,,\n' >book
fails 2 'book:2: column "rule": only a format has this rule' \
	'a rule that is of formats' cx-ingest -m book x.csv
printf 'rule,column,header,cells,note\ndrop,,kind,x,\n' >book
fails 2 'book:2: column "rule": the rule needs a note' 'a rule without a name' \
	cx-ingest -m book x.csv
tap_done
