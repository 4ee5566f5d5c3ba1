#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What holds for cx-nps, cx-csat and cx-ces alike: the same table whatever way
# the records come, merged tables, windows of days, bad options; and the real
# data where they are.

# shellcheck disable=SC2154	# src and tmp are those of tap.sh
. "${srcdir:-.}/tests/lib/tap.sh"
. "${srcdir:-.}/tests/lib/ways.sh"

cd "$tmp" || exit 1
cp "$src/tests/golden/data/survey.tsv" "$src/tests/golden/data/margins.tsv" . ||
	exit 1
oracles=$src/tests/oracles
awk -f "$oracles/survey-data.awk" | cmp -s - survey.tsv
ok 'survey.tsv is what its script writes'
awk -v records=20000 -v customers=5000 -f "$oracles/survey-data.awk" >large.tsv

# ---- the way of the bytes does not show ----

# Every kind of sample, one on a line.
cat >modes <<'EOT'
cx-nps -g segment -t month --vs rest
cx-csat --scale 1..5 -g channel --vs first
cx-ces -s csat --scale 1..5 --high-is bad -t week --tz Asia/Tokyo
cx-nps --denominator seen -g segment
cx-nps --since 2026-02-01 --until 2026-05-31 --tz America/New_York -g segment
cx-nps --unit customer-latest -g segment
cx-nps --unit customer-first -t month
cx-csat --scale 1..5 --unit customer-mean -g segment
cx-nps --unit account-latest -g channel
cx-csat --scale 1..5 --unit account-mean -t quarter
cx-ces -s csat --scale 1..5 --high-is bad --unit account-worst -g channel
cx-nps -w w -g segment -t month
cx-nps --cluster customer -g segment
cx-csat --scale 1..5 --strata stratum -g segment -t quarter
cx-nps -w w --cluster customer --strata stratum -g segment
cx-nps -w w --unit account-worst -g stratum
cx-nps --rake margins.tsv -w w --cluster customer -g stratum
cx-csat --scale 1..5 --rake margins.tsv -t quarter
cx-nps -t week --rolling 30d -g segment
cx-nps -w w --cluster customer -t month --rolling 60d
cx-csat --scale 1..5 -t week --rolling 90d --unit customer-latest
cx-nps -w w --cluster customer --strata stratum -g segment --vs rest
cx-nps -w w --cluster customer -g channel -t month --vs previous
cx-nps --rake margins.tsv -w w -g channel -t quarter --vs rest
cx-csat --scale 1..5 --unit customer-mean -g segment --vs single
EOT

ways() {
	# shellcheck disable=SC2086 # several words
	set -- $mode
	plain_ways survey.tsv "$@"
	way pipe sh -c 'cat survey.tsv | "$@"' sh "$@" -q
	cx-ingest -q -F csv survey.tsv >survey.csv
	way CSV "$@" -q survey.csv
	for seed in 1 2 3; do
		way "shuffled, $seed" "$@" -q shuffled-$seed.tsv
	done
	"$@" -q -j 1 large.tsv >want
	for j in 2 7; do
		way "a large file, -j $j" "$@" -q -j $j large.tsv
	done
	way 'a large file, pipe' sh -c 'cat large.tsv | "$@"' sh "$@" -q
}

# The times in survey.tsv are all different: no order decides who is latest.
for seed in 1 2 3; do
	shuffled survey.tsv $seed >shuffled-$seed.tsv
	[ "$(sort shuffled-$seed.tsv | cksum)" = "$(sort survey.tsv | cksum)" ] &&
		! cmp -s shuffled-$seed.tsv survey.tsv
	ok "shuffle $seed moves the rows"
done
while read -r mode; do
	ways </dev/null
done <modes

# Of two answers at one time, the later row is the later one.
printf 'customer,time,nps\nA,2026-01-01T00:00:00Z,%s\nA,2026-01-01T00:00:00Z,%s\n' \
	9 3 >tie.csv
is -100.0000 "$(cx-nps --unit customer-latest tie.csv | awk 'NR == 2 { print $5 }')" \
	'latest of two at one time'
is 100.0000 "$(cx-nps --unit customer-first tie.csv | awk 'NR == 2 { print $5 }')" \
	'first of two at one time'

# ---- merged tables ----

sh "$src/scripts/make-sample" -n 3000 . >/dev/null
cx-ingest -q -m "$src/share/sample/codebook-ja.tsv" survey-ja.csv >all.tsv

# deal N KEY: the records of all.tsv into part-1 … part-N, in turn; or by the
# numbers in column KEY, so that who is in one part is in no other.
deal() {
	rm -f part-*
	awk -F '\t' -v n="$1" -v key="$2" '
		NR == 1 {
			for (i = 1; i <= NF; i++)
				if ($i == key)
					at = i
			h = $0
			next
		}
		{
			x = NR
			if (at) {
				x = $at
				gsub(/[^0-9]/, "", x)
			}
			f = "part-" (x % n + 1)
			if (!(f in seen))
				print h >f
			seen[f] = 1
			print >f
		}' all.tsv
}

# merges KEY COMMAND...: tables over parts, added up, are the table.
merges() {
	key=$1
	shift
	set -- "$@" -q
	"$@" all.tsv >want
	for n in 2 5 16; do
		deal $n "$key"
		rm -f t-* c-*
		for p in part-*; do
			"$@" "$p" >"t-$p"
			"$@" -F csv "$p" >"c-$p"
		done
		# shellcheck disable=SC2086 # several words
		$merge t-part-* >got
		same want got "$n parts of: $*"
		# shellcheck disable=SC2046,SC2012,SC2086
		$merge $(ls -r t-part-*) >got
		same want got "$n parts in another order: $*"
		# shellcheck disable=SC2086
		$merge c-part-* >got
		same want got "$n parts through CSV: $*"
	done
	# shellcheck disable=SC2086
	$merge want >got
	same want got "a table alone: $*"
}

merge='cx-csat --merge -q --scale 1..5'
merges '' cx-csat --scale 1..5
merges '' cx-csat --scale 1..5 -g segment
merges '' cx-csat --scale 1..5 -t month
merges '' cx-csat --scale 1..5 -g segment,city -t week --tz Asia/Tokyo
merges customer cx-csat --scale 1..5 --unit customer-first -g segment
merge='cx-ces --merge -q --scale 1..7 --high-is good'
merges '' cx-ces --scale 1..7 --high-is good
merges '' cx-ces --scale 1..7 --high-is good -g segment -t quarter
merge='cx-nps --merge -q'
merges customer cx-nps --unit customer-latest
merges customer cx-nps --unit customer-latest -g segment
merges customer cx-nps --unit customer-latest -t month
merge='cx-nps --merge -q --ci wald --level 0.8 --low-base 200'
merges '' cx-nps --ci wald --level 0.8 --low-base 200 -g segment

# What a table does not hold is said again.
deal 5 ''
rm -f t-*
for p in part-*; do
	cx-nps -g segment "$p" >"t-$p"
	cx-csat --scale 1..5 -g segment "$p" >"s-$p"
done
for options in '--vs rest' '--vs first --adjust holm' '--denominator seen' \
	'--denominator seen --vs rest --level 0.9'; do
	# shellcheck disable=SC2086
	cx-nps -g segment $options all.tsv >want
	# shellcheck disable=SC2086
	cx-nps --merge $options t-part-* >got
	same want got "merge with $options"
	# shellcheck disable=SC2086
	cx-csat --scale 1..5 -g segment $options all.tsv >want
	# shellcheck disable=SC2086
	cx-csat --scale 1..5 --merge $options s-part-* >got
	same want got "cx-csat, merge with $options"
done
cx-nps -g segment -t month --vs rest all.tsv >want
cx-nps -g segment -t month all.tsv | cx-nps --merge --vs rest >got
same want got 'merge of groups and months with --vs rest'
cx-nps -t month --as-of 2026-03-15 all.tsv >want
cx-nps -t month all.tsv | cx-nps --merge --as-of 2026-03-15 >got
same want got 'merge with --as-of'
printf 'id,csat\n1,4\n2,9\n3,\n' >a.csv
printf 'id,csat\n4,2\n5,0\n6,x\n' >b.csv
for p in a b; do
	cx-csat -q --scale 1..5 --rejects r $p.csv >t-$p
done
is '2 1 1 1 3' "$(cx-csat --scale 1..5 --merge t-a t-b |
	awk 'NR == 2 { print $1, $2, $3, $12, $13 }')" \
	'missing and invalid add up'

# What cannot be added up is refused.
refuses() {
	mode=$*
	"$@" survey.tsv >table
	fails 2 'cannot be added up' "no merge of: $mode" \
		"$1" --scale 1..5 --merge table
}
refuses cx-csat --scale 1..5 -w w
refuses cx-csat --scale 1..5 --cluster customer -g segment
refuses cx-csat --scale 1..5 --strata stratum -g segment -t month
refuses cx-csat --scale 1..5 --unit customer-mean
refuses cx-csat --scale 1..5 --rake margins.tsv
refuses cx-csat --scale 1..5 -t month --rolling 30d
for options in '-w w' '-t day --rolling 30d'; do
	# shellcheck disable=SC2086
	cx-nps $options survey.tsv >table
	fails 2 'cannot be added up' "no merge of: cx-nps $options" \
		cx-nps --merge <table
done
for option in '--unit customer-latest' '-w w' '--cluster customer' \
	'--strata stratum' '--since 2026-01-01' '--until 2026-01-01' \
	'-t month' '-s nps'; do
	# shellcheck disable=SC2086
	fails 2 --merge "no $option in a merge" cx-nps --merge $option t-part-1
done
for options in '--scale 1..5 --top 1' '--scale 1..5 --bottom 1' '--scale 0..5' \
	'--scale 1..5 --high-is bad'; do
	# shellcheck disable=SC2086
	fails 1 'column "scale": counted on' "no merge into: $options" \
		cx-csat $options --merge t-a
done
fails 2 '--as-of marks periods' '--as-of without -t' \
	cx-nps --as-of 2026-03-15 survey.tsv
printf 'n\ttop\tbottom\tsum\tsum_squares\tmissing\tinvalid\tscale\n3\t2\t2\t9\t33\t0\t0\t1..5 top 4..5 bottom 1..2\n' >x
fails 1 'x:2: n is not the sum of its parts' 'boxes that are more than n' \
	cx-csat --scale 1..5 --merge x
printf 'n\ttop\tbottom\tsum\tsum_squares\tmissing\tinvalid\tscale\n3\t2\t1\t-9\t-33\t0\t0\t1..5 top 4..5 bottom 1..2\n' >x
fails 1 'column "sum_squares": "-33" is not a count' 'squares below 0' \
	cx-csat --scale 1..5 --merge x

# ---- windows of days ----

# quarters START N: a record in each quarter of an hour of N days, START first
quarters() {
	awk -v start="$1" -v n="$2" 'BEGIN {
		split(start, d, "-")
		split("31 28 31 30 31 30 31 31 30 31 30 31", month, " ")
		print "id\ttime\tnps"
		for (i = 0; i < n * 96; i++) {
			m = i % 96
			if (i && m == 0 && ++d[3] > month[d[2] + 0]) {
				d[3] = 1
				d[2]++
			}
			printf "%d\t%d-%02d-%02dT%02d:%02d:00Z\t%d\n", i, d[1],
				d[2], d[3], m / 4, m % 4 * 15, i * 7 % 11
		}
	}'
}

# one_by_one ZONE START N COUNTS: the window of each day is the row of that
# day, and the middle days have so many records.
one_by_one() {
	zone=$1
	quarters "$2" "$3" >quarters.tsv
	cx-nps -t day --tz "$zone" quarters.tsv | tail -n +2 | cut -f 1-13 >days
	is "$4" "$(cut -f 2 days | sed '1d;$d' | tr '\n' ' ')" \
		"$zone: quarter hours of the days round $2"
	cut -f 1 days | while read -r day; do
		printf '%s\t%s\n' "$day" "$(cx-nps -q --tz "$zone" \
			--since "$day" --until "$day" quarters.tsv | tail -n 1)"
	done >windows
	same days windows "$zone: each day is its window"
	first=$(head -n 1 days | cut -f 1) last=$(tail -n 1 days | cut -f 1)
	is "$((96 * $3))" "$(cx-nps -q --tz "$zone" --since "$first" \
		--until "$last" quarters.tsv | awk 'NR == 2 { print $1 }')" \
		"$zone: all days"
}
one_by_one UTC 2026-03-27 5 '96 96 96 '
one_by_one +05:45 2026-03-27 5 '96 96 96 96 '
# The clocks go forward at 2:00 on 2026-03-29 and back at 3:00 on 2026-10-25.
one_by_one Europe/Berlin 2026-03-27 5 '96 92 96 96 '
one_by_one Europe/Berlin 2026-10-23 5 '96 100 96 96 '
one_by_one America/New_York 2026-03-06 5 '96 96 92 96 '
# At midnight: the day begins at 1:00, or its midnight comes twice.
one_by_one America/Sao_Paulo 2018-11-02 5 '96 96 92 96 '
one_by_one America/Havana 2025-11-01 4 '96 100 96 '
one_by_one Asia/Beirut 2025-03-29 4 '92 96 96 '
# 2011-12-30 did not take place.
one_by_one Pacific/Apia 2011-12-27 5 '96 96 96 96 '

quarters 2026-03-27 5 >quarters.tsv
fails 0 'outside the window: 388, and without a time: 0' \
	'a note says how many are outside' \
	cx-nps --tz Europe/Berlin --since 2026-03-29 --until 2026-03-29 quarters.tsv
cx-nps -q --since 2026-03-29 quarters.tsv 2>err >/dev/null && [ ! -s err ]
ok '-q: no note'
cx-nps --since 2026-03-29 --until 2026-03-31 quarters.tsv >want 2>/dev/null
awk 'NR == 1 || $2 >= "2026-03-29" && $2 < "2026-04-01"' quarters.tsv |
	cx-nps >got 2>/dev/null
same want got 'a window is the records in it'
# A window of one day is that day, and one as long as the data is all of them.
cx-nps -q -t day --rolling 1d --tz Europe/Berlin quarters.tsv | tail -n +2 >got
cx-nps -q -t day --tz Europe/Berlin quarters.tsv | tail -n +2 >want
same want got '--rolling 1d'
cx-nps -q quarters.tsv | tail -n 1 >want
cx-nps -q -t day --rolling 3660d quarters.tsv | tail -n 1 | cut -f 2- >got
same want got '--rolling 3660d'
is '96 192 288 288 288 ' "$(cx-nps -q -t day --rolling 3d quarters.tsv |
	tail -n +2 | cut -f 2 | tr '\n' ' ')" '--rolling 3d'
# The window before is one that shares no day with this one.
cx-nps -q -t day --rolling 30d --vs previous survey.tsv >windows
is '0 0' "$(awk -F '\t' '
	function number(day) {	# of a day of 2026
		split("0 31 59 90 120 151", before, " ")
		return before[substr(day, 6, 2) + 0] + substr(day, 9, 2)
	}
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ nps[$1] = $at["nps"]; vs = $at["vs"] }
	vs == "" { next }
	{
		n++
		near += number($1) - number(vs) < 30
		d = $at["diff"] - (nps[$1] - nps[vs])
		wrong += d > .00011 || d < -.00011
	}
	END { print (n > 50 ? near + 0 : "few"), wrong + 0 }' windows)" \
	'--rolling 30d --vs previous: 30 days apart, and the difference of the two'
cx-nps -q --rolling 30d -t month -g segment --unit customer-latest \
	-o a.tsv survey.tsv
cx-nps -q --rolling 30d -t month -g segment --unit customer-latest survey.tsv |
	cmp -s - a.tsv
ok '-o of windows'

# ---- gates ----

cx-nps -g segment survey.tsv >want
cx-nps -g segment --fail-if 'nps<0' -o got survey.tsv 2>err
is 3 $? 'a gate: exit 3'
same want got 'a gate: the table is whole, in -o too'
is '1 2' "$(wc -l <err | tr -d ' ') $(grep -o 'segment=' err | wc -l |
	tr -d ' ')" 'a gate: one line, which names two rows'
cx-nps -g segment --fail-if 'nps<0' survey.tsv 2>/dev/null >got
same want got 'a gate: no poison in the stream'
cx-nps -q -g segment --fail-if 'nps<0' survey.tsv 2>err >/dev/null
[ -s err ]
ok 'a gate is said even with -q'
for op in '<' '<=' '>' '>=' '==' '!='; do
	for bound in 10 11 12; do
		cx-nps --fail-if "n $op $bound" \
			"$src/tests/golden/data/answers.csv" >/dev/null 2>&1
		got=$?
		# n is 11
		case $op$bound in
		'<12' | '<=11' | '<=12' | '>10' | '>=10' | '>=11' | '==11' | \
			'!=10' | '!=12') want=3 ;;
		*) want=0 ;;
		esac
		is $want $got "n $op $bound"
	done
done
fails 2 'no column "npx"; did you mean "nps"?' 'a gate: columns before data' \
	sh -c "printf 'nps\n99\n' | cx-nps --fail-if 'npx < 1'"

# ---- bad options ----

# bad COMMAND OPTION VALUE...: each of them is refused, by the option's name.
bad() {
	command=$1 option=$2
	shift 2
	for value; do
		# shellcheck disable=SC2086 # several words
		fails 2 "$option" "$command $option \"$value\"" \
			$command "$option=$value" survey.tsv
	done
}
bad 'cx-nps -t day' --rolling 30 0d -1d 1.5d d 30dd 3661d 30D ''
bad cx-nps --since yesterday 2026-02-30 2026-13-01 2026-02 26-02-01 '' \
	2026-02-01T10:00:00 2026-02-01T00:00:00Z
bad cx-nps --until yesterday 2026-02-30 2026-13-01 2026-02 26-02-01 '' \
	2026-02-01T10:00:00 2026-02-01T00:00:00Z
bad 'cx-nps -t month' --as-of yesterday 2026-02-30 2026-02 2026-W05 ''
bad cx-nps --unit customer account-first latest Customer-latest ''
bad cx-nps --denominator all answered ''
bad cx-nps --level 0 1 95 -0.5 nan x ''
bad 'cx-nps -g segment --vs rest' --adjust bonferroni BH ''
bad cx-nps --ci exact wilson ''
bad cx-nps --low-base x nan -1 ''
bad cx-nps --fail-if nps 'nps 20' 'nps < ' 'nps < x' 'nps = 20' 'nps < 20 x' \
	'ci < 1' '20 > nps' ''
for gate in 'npx < 1' '< 1' 'nps lo < 1'; do
	fails 2 'no column "' "cx-nps --fail-if $gate" \
		cx-nps --fail-if "$gate" survey.tsv
done
bad cx-nps --tz Asia/Tokio UTC+9 ''
bad 'cx-nps -g segment' --vs nobody Rest ''
bad cx-csat --scale 5..1 1..1 1-5 1..5x 1.5..5 ..5 1.. 1..2000 x ''
bad 'cx-csat --scale 1..5' --top 0 5 1.5 -1 nan x ''
bad 'cx-csat --scale 1..5' --bottom 0 5 1.5 -1 nan x ''
bad 'cx-csat --scale 1..5' --high-is up GOOD ''
for c in 'cx-nps' 'cx-csat --scale 1..5' \
	'cx-ces -s csat --scale 1..5 --high-is bad'; do
	for option in -s -g -w --cluster --strata; do
		# shellcheck disable=SC2086
		fails 2 'no column "nosuch"' "$c $option nosuch" \
			$c $option nosuch survey.tsv
	done
done
fails 2 '--rolling needs -t' '--rolling alone' cx-nps --rolling 30d survey.tsv
fails 2 '--vs previous needs -t' '--vs previous alone' \
	cx-nps --vs previous survey.tsv
fails 0 '--adjust is for the p-values of --vs' '--adjust alone' \
	cx-nps --adjust holm survey.tsv
fails 2 '--vs rest needs -g' '--vs rest alone' cx-nps --vs rest survey.tsv
fails 2 '--vs first needs -g or -t' '--vs first alone' \
	cx-nps --vs first survey.tsv
fails 2 '--until is before --since' 'a window of no day' \
	cx-nps --since 2026-02-02 --until 2026-02-01 survey.tsv
fails 2 '--cluster' '--cluster of units' \
	cx-nps --cluster customer --unit customer-latest survey.tsv
fails 2 'independent samples' '--vs of periods that are raked, with clusters' \
	cx-nps --rake margins.tsv --cluster customer -t month --vs previous \
	survey.tsv
fails 2 --scale 'cx-csat needs a scale' cx-csat survey.tsv
fails 2 --scale 'cx-ces needs a scale' cx-ces -s csat --high-is bad survey.tsv
fails 2 --high-is 'cx-ces needs to know which end is high' \
	cx-ces -s csat --scale 1..5 survey.tsv
fails 2 'no column "time"' '--since needs times' \
	sh -c "printf 'nps\n9\n' | cx-nps --since 2026-01-01"
fails 2 'no column "customer"' '--unit customer-latest needs customers' \
	sh -c "printf 'nps,time\n9,\n' | cx-nps --unit customer-latest"
fails 2 'no column "account"' '--unit account-worst needs accounts' \
	sh -c "printf 'nps,time,customer\n9,,\n' | cx-nps --unit account-worst"

# Nobody answered: no number is made up.
for design in '' '-w w' '--cluster customer' '--strata stratum' \
	'--unit customer-latest' '--unit account-mean' '--denominator seen'; do
	# shellcheck disable=SC2086
	head -n 1 survey.tsv | cx-nps -q $design >got
	is '0    ' "$(awk -F '\t' 'NR == 2 { print $1, $5, $6, $7, $8 }' got)" \
		"a header only, cx-nps $design"
	# shellcheck disable=SC2086
	head -n 1 survey.tsv | cx-csat -q --scale 1..5 $design >got
	is '0      ' "$(awk -F '\t' 'NR == 2 { print $1, $4, $5, $6, $7, $8, $9 }' \
		got)" "a header only, cx-csat $design"
done

# Who is not known is nobody else.
printf 'nps,c\n9,a\n3,\n8,b\n' >x.csv
fails 1 'x.csv:3: column "c": the cluster is missing' 'no cluster' \
	cx-nps --cluster c x.csv
printf 'customer,account,time,nps\n,x,%s,9\n,x,%s,3\nA,x,%s,8\n' \
	2026-01-01T00:00:00Z 2026-01-02T00:00:00Z 2026-01-03T00:00:00Z >x.csv
is '1 0.0000' "$(cx-nps --unit account-mean x.csv |
	awk -F '\t' 'NR == 2 { print $1, $5 }')" 'two customers not known: 1 - 1 + 0'
is '1 0 0 1' "$(cx-nps --unit account-worst x.csv |
	awk -F '\t' 'NR == 2 { print $1, $2, $3, $4 }')" 'the worst is one of them'

# Rejected answers count as invalid in every mode.
awk -F '\t' -v OFS='\t' 'NR == 7 { $7 = 11 } NR == 9 { $7 = "x" } { print }' \
	survey.tsv >invalid.tsv
for design in '' '-w w' '--cluster customer' '--strata stratum' \
	'--unit customer-latest' '--unit customer-mean' '-t year' \
	'-t month --rolling 365d'; do
	# shellcheck disable=SC2086
	is 2 "$(cx-nps -q --rejects r $design invalid.tsv | awk -F '\t' '
		NR == 1 { while ($++i != "invalid"); next }
		{ n = $i }
		END { print n }')" "invalid ones of: cx-nps $design"
done

# ---- against R ----

# oracle SCRIPT WORDS COMMAND: what the command prints is what R has.
oracle() {
	sh -c "$3" >table 2>err
	# shellcheck disable=SC2086 # several words
	if (cd "$src" && Rscript "tests/oracles/$1.R" $2) <table >said 2>&1 &&
		[ -s table ]; then
		tap_line ok "R has the same: $3"
	else
		tap_line 'not ok' "R has the same: $3"
		sed 's/^/# /' said err
	fi
}
# What a second build of one machine would only repeat: CX_ORACLES=no.
has_r() {
	[ "${CX_ORACLES:-}" != no ] && Rscript -e "${1:-1}" >/dev/null 2>&1
}
survey=$src/tests/golden/data/survey.tsv units=$src/tests/golden/data/units.tsv
margins=$src/tests/golden/data/margins.tsv
if has_r 'library(survey)'; then
	for by in '' '-g segment' '-g segment,channel' '-g channel -t month'; do
		oracle survey weight=w "cx-nps -w w $by '$survey'"
		oracle survey cluster=customer "cx-nps --cluster customer $by '$survey'"
		oracle survey strata=stratum "cx-nps --strata stratum $by '$survey'"
		oracle survey 'weight=w cluster=customer strata=stratum' \
			"cx-nps -w w --cluster customer --strata stratum $by '$survey'"
		oracle survey 'weight=w cluster=customer strata=stratum score=csat' \
			"cx-csat --scale 1..5 -w w --cluster customer --strata stratum $by '$survey'"
	done
	for by in '' '-g stratum' '-t month'; do
		oracle survey "rake=$margins" "cx-nps --rake '$margins' $by '$survey'"
		oracle survey "rake=$margins weight=w cluster=customer" \
			"cx-nps --rake '$margins' -w w --cluster customer $by '$survey'"
		oracle survey "rake=$margins score=csat" \
			"cx-csat --scale 1..5 --rake '$margins' $by '$survey'"
	done
	for design in 'weight=w' 'weight=w strata=stratum' 'cluster=customer' \
		'weight=w cluster=customer strata=stratum'; do
		options=$(echo "$design" | sed 's/[a-z]*=/--&/g; s/=/ /g')
		oracle survey "$design vs=rest" \
			"cx-nps $options -g segment --vs rest '$survey'"
		oracle survey "$design vs=group score=csat" \
			"cx-csat --scale 1..5 $options -g segment --vs single '$survey'"
		oracle survey "$design vs=first" \
			"cx-nps $options -g channel -t month --vs first '$survey'"
		oracle survey "$design vs=previous" \
			"cx-nps $options -g segment -t month --vs previous '$survey'"
	done
	grep -v '^segment' "$margins" >one-margin.tsv
	for file in "$margins" one-margin.tsv; do
		oracle survey "rake=$(pwd)/${file##*/} weight=w vs=rest" \
			"cx-nps --rake '$file' -w w -g stratum --vs rest '$survey'"
		oracle survey "rake=$(pwd)/${file##*/} vs=previous" \
			"cx-nps --rake '$file' -t month --vs previous '$survey'"
	done
	oracle survey "rake=$(pwd)/one-margin.tsv weight=w cluster=customer vs=rest" \
		"cx-nps --rake one-margin.tsv -w w --cluster customer -g stratum -t month --vs rest '$survey'"
else
	skip 'designs against R' 'no package survey'
fi
if has_r; then
	for unit in response customer-latest customer-first customer-mean \
		account-latest account-mean account-worst; do
		oracle counts "data=$units unit=$unit score=csat scale=1..5" \
			"cx-csat --scale 1..5 --unit $unit '$units'"
		oracle counts "data=$survey unit=$unit period=month" \
			"cx-nps --unit $unit -g segment -t month '$survey'"
	done
	oracle counts "data=$survey period=week rolling=30 tz=Asia/Tokyo" \
		"cx-nps -g channel -t week --rolling 30d --tz Asia/Tokyo '$survey'"
	oracle boxes '.9 20' \
		"cx-csat --scale 1..5 --level 0.9 --low-base 20 -g channel -t month '$survey'"
	for vs in rest first web; do
		oracle versus "vs=$vs" "cx-nps -g channel --vs $vs '$survey'"
		oracle versus "vs=$vs period=month" \
			"cx-nps -g channel -t month --vs $vs '$survey'"
		oracle versus "vs=$vs period=month adjust=holm" \
			"cx-csat --scale 1..5 -g channel -t month --vs $vs --adjust holm '$survey'"
	done
	for period in day week month quarter year; do
		oracle versus "vs=previous period=$period" \
			"cx-nps -g channel -t $period --vs previous '$survey'"
	done
else
	skip 'units and comparisons against R' 'no R'
fi

# ---- real data ----

real_data

# Fukui tourism survey (CC BY 4.0, Fukui prefecture tourism federation). The
# latest answer of each member: python3, csv, by 回答日時. By member: R,
# svymean(~y, svydesign(~会員ID, weights = ~1), deff = "replace"), with
# confint(df = 8023). No other interval is the same.
cx-ingest -q -c nps=NPS -c customer=会員ID -c time=回答日時 --tz Asia/Tokyo \
	-o fukui.tsv "$data/fukui/derived_2025-05_2025-10.csv.gz"
is '12958 20.1574 0.6564 18.8663 21.4392' \
	"$(cx-nps fukui.tsv | awk 'NR == 2 { print $1, $5, $6, $7, $8 }')" \
	'fukui: every response'
is '8024 3373 3101 1550 22.7193' "$(cx-nps --unit customer-latest fukui.tsv |
	awk 'NR == 2 { print $1, $2, $3, $4, $5 }')" 'fukui: latest per member'
is '12958 20.1574 1.4107 17.3920 22.9229 4.6182' \
	"$(cx-nps --cluster customer fukui.tsv |
		awk 'NR == 2 { print $1, $5, $6, $7, $8, $NF }')" 'fukui: by member'
for options in '' '--unit customer-latest' '--cluster customer'; do
	# shellcheck disable=SC2086
	cx-nps $options fukui.tsv | awk 'NR == 2 { print $7, $8 }'
done | sort -u >intervals
is 3 "$(wc -l <intervals | tr -d ' ')" 'fukui: three intervals'

# NPS by channel (Apache-2.0). R, by the formulas of tests/oracles/versus.R:
# p of e-mail 3.996862399e-09, mobile 2.3456e-62, web 3.8151e-21 against the
# rest; p.adjust(, "BH") 3.996862399e-09, 7.036794194e-62, 5.722635047e-21;
# Q 280.2352116 on 2, p 1.405066814e-61.
for c in email mobile web; do
	awk -F , -v c=$c 'FNR == 1 { if (c == "email") print "channel,nps"; next }
		{ print c "," $3 }' "$data/nps-by-channel/nps_$c.csv"
done >channels.csv
cx-nps -g channel --vs rest channels.csv >channels.tsv
is 'email 12.7053 280.2352 2 mobile -35.1997 280.2352 2 web 19.4848 280.2352 2 ' \
	"$(awk -F '\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		{ printf "%s %s %s %s ", $1, $at["diff"], $at["q"], $at["q_df"] }' \
		channels.tsv)" 'channels: differences'

# fail WANT CONDITION: the channels for which it is true.
fail() {
	is "$1" "$(cx-nps -g channel --vs rest --fail-if "$2" channels.csv 2>&1 |
		sed -n 's/^cx-nps: --fail-if//p' | tr ';' '\n' |
		sed 's/.*channel="\([a-z]*\)".*/\1/' | tr '\n' ' ')" \
		"channels: $2"
}
fail '' 'p_adj > 3.99687e-9'
fail 'email ' 'p_adj > 3.99686e-9'
fail 'mobile ' 'p_adj < 5.72263e-21'
fail 'mobile web ' 'p_adj < 5.72264e-21'
fail '' 'p_adj < 7.03679e-62'
fail 'mobile ' 'p_adj < 7.03680e-62'
fail 'email mobile web ' 'q_p < 1.40507e-61'
fail '' 'q_p < 1.40506e-61'
if has_r; then
	oracle versus vs=rest "cat channels.tsv"
fi
tap_done
