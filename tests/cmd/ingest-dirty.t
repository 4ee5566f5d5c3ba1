#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What real exports do to an analyst, one case a line: cells as they are seen
# in public files, and the stream that must come of them, both by hand.
. "${srcdir:-.}/tests/lib/tap.sh"

cd "$tmp" || exit 1

# dirty NAME CODEBOOK INPUT STREAM [OPTION...]: the texts are formats of
# printf; the codebook, if any, is TSV with the columns named below.
dirty() {
	name=$1 book=$2 input=$3 stream=$4
	shift 4
	# shellcheck disable=SC2059 # formats, for their escapes
	printf "$input" >x.csv
	# shellcheck disable=SC2059
	printf "$stream" >want
	if [ -n "$book" ]; then
		# shellcheck disable=SC2059
		printf "column\theader\ttype\trange\tlabels\tmissing\n$book" >book
		set -- -m book "$@"
	fi
	cx-ingest -q "$@" x.csv >got 2>err
	[ -s err ] && sed 's/^/# /' err
	same want got "$name"
}

# ---- headers ----

dirty 'three header rows' '' \
	'ResponseId,Q1\nAntwort-ID,Wie?\n"{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}"\nR_1,2\n' \
	'id\tQ1\nR_1\t2\n'
dirty 'a translated row is never matched on' '' \
	'ResponseId,Q1\n回答ID,お薦め度\n"{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}"\nR_1,2\n' \
	'id\tQ1\nR_1\t2\n'
dirty 'two header rows, blank continuation' '' \
	'RespondentID,Which films? Select all that apply.,,Gender\n,Film I,Film II,Response\n1,Film I,,Male\n' \
	'id\tWhich films? Select all that apply. - Film I\tWhich films? Select all that apply. - Film II\tGender\n1\tFilm I\t\tMale\n'
dirty 'four columns of one name' '' 'Other,Other,Other,Other\n1,2,3,4\n' \
	'Other\tOther_2\tOther_3\tOther_4\n1\t2\t3\t4\n'
dirty 'the name that would be made is taken' '' 'a,a,a_2\n1,2,3\n' \
	'a\ta_3\ta_2\n1\t2\t3\n'
dirty 'a blank header in the middle and at the end' '' 'a,,b,\n1,2,3,4\n' \
	'a\tcol_2\tb\tcol_4\n1\t2\t3\t4\n'
dirty 'padded headers: blank, U+00A0, U+3000' '' \
	'Customerid ,\302\240Status\302\240,\343\200\200年代\n1,2,3\n' \
	'Customerid\tStatus\t年代\n1\t2\t3\n'
dirty 'a padded header, named without its padding' 'c\tCustomerid\tid\t\t\t\n' \
	'Customerid ,b\n007,x\n' 'c\tb\n007\tx\n'
dirty 'markup and references in a header' '' \
	'"situations: <br>In Lottery A",Q&amp;A,a<b\n1,2,3\n' \
	'situations: In Lottery A\tQ&A\ta<b\n1\t2\t3\n'
dirty 'a byte order mark in front and inside' 's\ts\tscore code\t0..10\t\t\n' \
	'\357\273\277s,b\n\357\273\2770 - Not at all satisfied,1\n' 's\tb\n0\t1\n'

# ---- labels ----

dirty 'a label that starts with its code' 'i\ti\tscore code\t1..5\t\t\n' \
	'i,b\n3: 600〜1000万円,1\n(4) Critical.,2\n5 - Mostly other people,3\n' \
	'i\tb\n3\t1\n4\t2\n5\t3\n'
dirty 'numbers, and labels at the ends of the scale' \
	's\ts\tscore code\t0..10\t\t\n' \
	's,b\n8,1\n10 - Completely satisfied,2\n0 - Not at all satisfied,3\n' \
	's\tb\n8\t1\n10\t2\n0\t3\n'
dirty 'options that do not apply' \
	'f\tf\tlabel favorability-5\t\t\t\ng\tg\tlabel ja-satisfaction-totemo-5\t\t\t\n' \
	'f,g\nVery favorably,とても満足\nUnfamiliar (N/A),選択肢なし\nSomewhat unfavorably,不満\n' \
	'f\tg\n5\t5\n\t\n2\t2\n'
dirty 'codes that are no answer' 'n\tn\tscore\t0..10\t\t-99|-1|997|998|999\n' \
	'n,b\n-99,1\n-1,2\n997,3\n998,4\n999,5\n10,6\n' \
	'n\tb\n\t1\n\t2\n\t3\n\t4\n\t5\n10\t6\n'
dirty 'words that are no answer, where the codebook says so' \
	't\tt\ttext\t\t\t-|N/A|NULL|なし|特になし|無回答\n' \
	't,b\n-,None\nN/A,なし\n ,1\n特になし,2\nNone,3\n' \
	't\tb\n\tNone\n\tなし\n\t1\n\t2\nNone\t3\n'
dirty 'None is an answer among several' 'm\tm\tmulti\t\t\t\n' \
	'm,b\nNone;Shop,1\nなし,2\n' 'm\tb\nNone|Shop\t1\nなし\t2\n'
dirty '満足 is a part of other labels' \
	's\ts\tlabel\t\tとても満足=5|満足=4|不満足=2\t\n' \
	's,b\n満足,1\n不満足,2\nとても満足,3\n' 's\tb\n4\t1\n2\t2\n5\t3\n'
dirty 'one answer in three languages' \
	's\ts\tlabel\t\tとても満足=5|Very satisfied=5|Muy satisfecho=5\t\n' \
	's,b\nとても満足,1\nVery satisfied,2\nMuy satisfecho,3\n' \
	's\tb\n5\t1\n5\t2\n5\t3\n'
dirty 'width, case and blanks of a label' 's\ts\tlabel agreement-5\t\t\t\n' \
	's,b\nＳｔｒｏｎｇｌｙ　Ａｇｒｅｅ,1\nstrongly  agree,2\n' \
	's\tb\n5\t1\n5\t2\n'

# ---- records ----

q='ResponseId,Status,Finished,DistributionChannel\nx,x,x,x\n"{""ImportId"":""1""}","{""ImportId"":""2""}","{""ImportId"":""3""}","{""ImportId"":""4""}"\n'
head='id\tStatus\tFinished\tDistributionChannel\n'
dirty 'previews, tests and spam' '' \
	"${q}a,0,1,email\nb,1,1,email\nc,2,1,email\nd,4,1,email\ne,8,1,email\nf,9,1,email\ng,16,1,email\nh,17,1,email\ni,0,1,preview\n" \
	"${head}a\t0\t1\temail\nd\t4\t1\temail\ng\t16\t1\temail\n"
dirty 'partials of Qualtrics' '' "${q}a,0,0,email\nb,0,True,email\nc,0,False,email\n" \
	"${head}b\t0\tTrue\temail\n"
dirty 'partials, kept' '' "${q}a,0,0,email\n" "${head}a\t0\t0\temail\n" \
	--keep partials
dirty 'partials of Alchemer' '' \
	'"Time Started","Date Submitted","Status"\n"2015-12-21 22:21:47","2015-12-21 22:21:47","Partial"\n"2015-12-21 22:21:47","2015-12-21 22:21:47","Complete"\n' \
	'time\tTime Started\tStatus\n2015-12-21T22:21:47Z\t2015-12-21 22:21:47\tComplete\n' \
	--tz UTC
dirty 'partials of LimeSurvey' '' \
	'id,submitdate,lastpage,startlanguage\n1,,2,en\n2,2018-09-03 12:28:46,3,en\n' \
	'id\ttime\tlastpage\tstartlanguage\n2\t2018-09-03T12:28:46Z\t3\ten\n' --tz UTC
dirty 'what was not rated is not bad' '' \
	'id,requester_id,submitter_id,satisfaction_rating\n1,2,3,offered\n2,2,3,unoffered\n3,2,3,bad\n4,2,3,goodwithcomment\n' \
	'id\tcustomer\tcsat\tsubmitter_id\n1\t2\t\t3\n2\t2\t\t3\n3\t2\t0\t3\n4\t2\t1\t3\n'
dirty 'earlier states of a record' '' \
	'id,conversation_rating_value,_fivetran_active\n1,3,FALSE\n1,5,TRUE\n' \
	'id\tcsat\t_fivetran_active\n1\t5\tTRUE\n'
dirty 'anonymous is not one person' '' \
	'ID,Start time,Completion time,Email,Name\n1,2026-01-01 10:00:00,2026-01-01 10:01:00,anonymous,anonymous\n' \
	'id\ttime\tEmail\tName\tStart time\n1\t2026-01-01T10:01:00Z\t\t\t2026-01-01 10:00:00\n' \
	--tz UTC
dirty 'ids are texts' 'customer\tc\tid\t\t\t\n' \
	'c,b\n007,1\n17850.0,2\n1.23E+11,3\n0015500000Xyy06AAB,4\n' \
	'customer\tb\n007\t1\n17850.0\t2\n1.23E+11\t3\n0015500000Xyy06AAB\t4\n'

# ---- several answers ----

dirty 'line ends between answers' 'm\tm\tmulti newline\t\t\t\n' \
	'm,b\n"買い物、アウトレット\nその他\n",1\n' 'm\tb\n買い物、アウトレット|その他\t1\n'
dirty 'a column for each, and other text in one' 'm\tq_*\tmulti\t\t\t\n' \
	'q_車,q_徒歩,b\n1,0,1\n0,家から近い,2\n' 'm\tb\n車\t1\n家から近い\t2\n'
dirty 'a column for each, with its label' 'm\t#1..#2\tmulti\t\t\t\n' \
	'hackathons,meetups,b\nhackathons,,1\n,meetups,2\nhackathons,meetups,3\n' \
	'm\tb\nhackathons\t1\nmeetups\t2\nhackathons|meetups\t3\n'
dirty 'semicolons, one at the end' 'm\tm\tmulti\t\t\t\n' 'm,b\nA;B;,1\n' \
	'm\tb\nA|B\t1\n'
dirty 'a comma inside an option that is known' \
	'm\tm\tmulti ,\t\t100 - 250, other=mid\t\n' \
	'm,b\n"100 - 250, other, Excel",1\n' 'm\tb\nmid|Excel\t1\n'

# ---- scales ----

dirty 'a scale in the other direction' 's\ts\tscore\t1..5\t\t\n' \
	's,b\n1,1\n' 's\tb\n1\t1\n'
printf 's,b\n1,1\n5,2\n4,3\n' >x.csv
printf 'column\theader\ttype\trange\thigh-is\ns\ts\tscore\t1..5\tbad\n' >book
is 's 5 1 2' "$(cx-ingest -q -m book x.csv | cut -f 1 | tr '\n' ' ' |
	sed 's/ $//')" 'a scale in the other direction, turned over'
printf 's,b\n1,1\n11,2\n' >x.csv
printf 'column\theader\ttype\trange\ns\ts\tscore\t1..5\n' >book
fails 1 'x.csv:3: column "s": "11" is not a whole number from 1 to 5' \
	'another scale in the same column' cx-ingest -m book x.csv
tap_done
